// The words by which a message is known to be about care, money, police or health: what a school says every day is not held up by them, what a family should
// read in a person's words is. The list is the program's (locales/topics/), and the school's own on top of it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { refusal } from './lib/client.mjs';
import { room, unhurried } from './lib/room.mjs';

const read = (name) => JSON.parse(readFileSync(new URL(`../../locales/${name}.json`, import.meta.url), 'utf8'));

/** Said every day, and close to a word of the list more than once. */
const everyDay = {
  nl: ['Wij missen Samir vandaag. Is alles goed?', 'Is Samir ziek? Beterschap!', 'Morgen is er geen les, de school is dicht.', 'Neem een pen, een schrift en je pas mee.',
    'De leerlingen doen onderzoek naar planten in de les biologie.', 'Voor het onderzoekje van dinsdag heeft hij een schoenendoos nodig.', 'Neem 5 euro mee voor het zwembad.',
    'Een kaartje kost 2 euro.', 'Wij houden rekening met de ramadan.', 'Kunt u daar rekening mee houden?', 'Vanmiddag oefenen we rekenen en taal.', 'De nieuwe regels gelden vanaf maandag.',
    'Uw ov-kaart is nog geldig tot mei.', 'De ingang is rechts, aan de rechterkant van het gebouw.', 'Loop door de rechterdeur naar binnen.', 'Uw kind is leerplichtig en hoort vandaag op school te zijn.',
    'De klas leert over bedreigde dieren zoals de panda.', 'De leerlingen tekenen het wapenschild van de stad.', 'Hij heeft de uitleg goed opgepakt.', 'Zij pakt de taal snel op!',
    'Iedere leerling levert een bijdrage aan het toneelstuk.', 'Wilt u een advocado of banaan meegeven voor de fruitsalade?', 'Maandag is er een diagnostische toets Nederlands.',
    'De verwarming is per ongeluk uitgezet, het is koud in het lokaal.', 'Zet uw telefoon graag uit in de les.', 'Onze school werkt samen met een coöperatie van boeren.', 'De zorgboerderij was erg leuk.',
    'Bij biologie leren we wat er in de cel zit.', 'Samir heeft zijn best gedaan, u kunt trots zijn.', 'Het rapport krijgt hij vrijdag mee.', 'Kom gerust naar de ouderavond om 19.30 uur.',
    'De gymles begint om tien uur, denk aan sportkleren.', 'Mag ik u bellen over de planning van deze week?', 'Het spijt ons, het is niet zijn schuld dat de bus te laat was.', 'Hij is gevallen op het plein en heeft een pleister gekregen.',
    'De tandarts komt op school, dat is gratis.', 'We gaan naar het museum. De bus vertrekt om 9 uur.', 'Vergeet de zwembroek niet.', 'De mentor komt kennismaken, bij u thuis of op school.',
    'Ons team wenst u een fijne vakantie.', 'De leerlingen krijgen een nieuw rooster.', 'Wie kan er helpen in de bibliotheek?', 'Verzamel oude kranten voor het knutselen.', 'Er zijn luizen in de klas, wilt u kijken?',
    'Snijd het brood met een mes en neem het mee.', 'Het examen duurt twee uur.', 'Hij heeft veel vrienden gemaakt.', 'U hoeft niets mee te nemen.', 'Neemt u uw paspoort of verblijfsvergunning mee?', 'Tot morgen!'],
  en: ['We miss Samir today. Is everything well?', 'Please pay attention to the new timetable.', 'It was a fine day at the beach.', 'He is doing fine.', 'The class learns about Europe and European rivers.', 'A ticket is 2 euros.',
    'Pupils benefit from reading at home.', 'We play on the basketball court.', 'Please bring a pen.', 'There is a diagnostic test on Monday.', 'Thank you for your hospitality.', 'The school is closed tomorrow.', 'Bring swimming clothes.',
    'The pupils do research on plants.', 'Get well soon!', 'She works well with others.', 'Could you call me?', 'The bus was late, no problem.', 'The link on the page is disabled.', 'Cut the bread with care.', 'Take care of the plants in class.'],
};
/** What a family should not read in a machine's words alone. */
const sensitive = {
  nl: { care: ['Wij maken ons zorgen. Het zorgteam wil met u praten.', 'Jeugdzorg komt morgen langs.', 'We doen een melding bij Veilig Thuis.', 'Een hulpverlener belt u.', 'Het wijkteam kan u helpen.', 'Wij vermoeden kindermishandeling.',
      'Er komt een psychologisch onderzoek.', 'De gezinsvoogd is erbij.', 'Wij denken aan speciaal onderwijs.', 'De Raad voor de Kinderbescherming belt.', 'Hij woont in een pleeggezin.', 'De orthopedagoog wil hem zien.'],
    money: ['De rekening van de reis is nog niet betaald.', 'Het geld kan ook contant.', 'U heeft schulden, wij helpen u.', 'Wilt u de ouderbijdrage overmaken?', 'U krijgt een boete.', 'Vraag kinderbijslag aan.', 'Er is een betalingsregeling mogelijk.',
      'De voedselbank is open.', 'Dit betaalt de gemeente.', 'De deurwaarder heeft een brief gestuurd.', 'De rekeningen zijn niet betaald.'],
    police: ['De politie was op school.', 'U kunt aangifte doen.', 'Zijn fiets is gestolen.', 'Hij had een mes bij zich.', 'De leerplichtambtenaar nodigt u uit.', 'U moet naar de rechter.', 'Hij werd bedreigd.', 'Er zijn drugs gevonden.',
      'Hij is opgepakt.', 'De advocaat belt u terug.', 'De IND heeft een brief gestuurd.', 'Uw verblijfsvergunning loopt af.'],
    health: ['Samir is naar het ziekenhuis gebracht.', 'Krijgt hij medicijnen?', 'Heeft zij een allergie?', 'De schoolpsycholoog wil met u praten.', 'Zij is zwanger.', 'Wij denken aan een trauma.', 'De ambulance is gebeld.', 'Hij heeft epilepsie.',
      'Is uw kind gevaccineerd?', 'Zijn oma is overleden.', 'Hij praat over zelfmoord.', 'De GGZ heeft een wachtlijst.'] },
  en: { care: ['Social services will visit you.', 'We suspect child abuse.', 'We are thinking of special education.', 'The social worker will call.'], money: ['The bill has not been paid.', 'You have to pay for the trip.', 'You can pay a fine online.', 'Ask for child benefit.', 'Bring money.'],
    police: ['The police came to school.', 'You must go to court.', 'His bike was stolen.', 'He was threatened.', 'He had a knife.'], health: ['He is in hospital.', 'She is pregnant.', 'Does he have an allergy?', 'The psychologist wants to see her.', 'He takes medicine.'] },
};

test('what is said every day is not held, and what is about care, money, police or health is', async (t) => {
  const { visser, thread } = await room(t, ['visser'], { args: unhurried });
  const topicOf = async (body, language) => (await visser.do('preview', { thread, body, language })).topic;
  const { phrases: list } = read('phrases/list');
  const delicate = new Set(['money', 'illness', 'safety', 'my_child', 'my_answer', 'intake']);
  const wrong = [];
  for (const [language, sentences] of Object.entries(everyDay)) {
    const { phrases } = read(`phrases/${language}`);
    const said = list.filter(({ category }) => !delicate.has(category)).map(({ key }) => phrases[key].text.replace(/[{}]/g, ' '));
    for (const body of [...sentences, ...said]) {
      const topic = await topicOf(body, language);
      if (topic) wrong.push(`${topic}: ${body}`);
    }
  }
  assert.deepEqual(wrong, [], 'held, though it is said every day');
  for (const [language, topics] of Object.entries(sensitive))
    for (const [topic, sentences] of Object.entries(topics))
      for (const body of sentences) if (await topicOf(body, language) !== topic) wrong.push(`${topic}, not ${await topicOf(body, language)}: ${body}`);
  assert.deepEqual(wrong, [], 'not held');
});

test('what the school added stays, and what it took out does not come back by itself', async (t) => {
  const { visser, admin, thread, server } = await room(t, ['visser', 'admin'], { args: unhurried });
  const topicOf = async (client, body) => (await client.do('preview', { thread, body, language: 'nl' })).topic;
  const all = async (client) => (await client.do('topics')).words.filter(({ language }) => language === 'nl');
  const folded = (word) => word.normalize('NFKD').replace(/\p{M}|'/gu, '').replace('-', ' ').toLowerCase();
  const ours = Object.entries(read('topics/nl').topics).flatMap(([topic, words]) => words.map((word) => `${topic} ${folded(word)}`));
  assert.deepEqual((await all(admin)).map(({ topic, words }) => `${topic} ${words}`).sort(), [...new Set(ours)].sort(), 'the list of locales/topics/ and no word of former ones');
  await admin.do('topic_word_remove', { word: (await all(admin)).find(({ words }) => words === 'ambulance*').id });
  await admin.do('topic_word_add', { topic: 'care', language: 'nl', words: 'zorgboerderij' });
  assert.deepEqual([await topicOf(visser, 'De ambulance komt.'), await topicOf(visser, 'De zorgboerderij.')], [undefined, 'care']);
  const before = await all(admin);
  await server.stop();
  await server.start();
  const again = await (await import('./lib/client.mjs')).signIn(server, 'admin').then((account) => account.connect());
  assert.deepEqual(await all(again), before);
  // Added again it is there again; a word of the school's own is gone when it is taken out.
  await again.do('topic_word_add', { topic: 'health', language: 'nl', words: 'Ambulance*' });
  const own = (await all(again)).find(({ words }) => words === 'zorgboerderij');
  await again.do('topic_word_remove', { word: own.id });
  assert.equal((await refusal(again.do('topic_word_remove', { word: own.id }))).code, 'not_found');
  assert.deepEqual((await all(again)).filter(({ words }) => /^(ambulance|zorgboer)/.test(words)).map(({ topic, words }) => [topic, words]), [['health', 'ambulance*']]);
});
