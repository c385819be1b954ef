// The phrase list: what somebody sends by it everyone reads in their own language at once, without any engine.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { join } from 'node:path';
import { refusal, uuid } from './lib/client.mjs';
import { allOf, room, settled, threadOf } from './lib/room.mjs';
import { unzip } from './lib/zip.mjs';

const folder = new URL('../../locales/phrases/', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const { phrases: list } = read('list.json');
const languages = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'list.json').map(read);
const sentence = (tag, key) => languages.find(({ language }) => language.tag === tag).phrases[key]?.text;
const readers = ['visser', 'huda', 'karim'];

const phrase = (client, thread, key, parts = {}) => client.do('phrase', { thread, client_id: uuid(), phrase: key, ...parts });
const plain = ({ code, field, reason }) => ({ code, field, reason });
const ofPhrase = (message, language) => message.versions.find((version) => version.language === language && version.origin === 'phrase');

test('a phrase reaches the family with its version in their language, in one event', async (t) => {
  const { thread, visser, huda, karim } = await room(t, readers);
  const client_id = uuid();
  const sent = await visser.do('phrase', { thread, client_id, phrase: 'absence.miss_today' });
  for (const someone of [visser, huda, karim]) {
    const { message } = await someone.event('message');
    assert.equal(message.body, 'We missen Samir vandaag. Is alles goed?');
    assert.equal(message.phrase, 'absence.miss_today');
    assert.equal(message.language, 'nl');
    assert.equal(message.rev, sent.rev);
    assert.deepEqual(message.versions.map(({ n, language, origin, native, author }) => ({ n, language, origin, native, author })),
      [{ n: 1, language: 'ar', origin: 'phrase', native: undefined, author: undefined }], 'one for each language that is read here; a machine made it');
    assert.equal(ofPhrase(message, 'ar').body, sentence('ar', 'absence.miss_today').replace('{child}', '\u2068Samir\u2069'), 'a Latin name in an Arabic sentence is isolated');
    assert.equal(ofPhrase(message, 'ar').direction, 'rtl');
  }
  for (const someone of [visser, huda]) {
    await settled(someone);
    assert.deepEqual(someone.events.filter(({ event }) => event === 'message').length, 1, 'there is no second event');
  }
  assert.deepEqual((await allOf(huda, thread)).messages.length, 1);
});

test('days and hours are written in each language, with Latin digits', async (t) => {
  const { thread, visser, huda } = await room(t, readers);
  await phrase(visser, thread, 'visit.propose', { date: '2026-12-01', time: '15:30' });
  const { message } = await huda.event('message');
  assert.match(message.body, /dinsdag 1 december/);
  assert.match(message.body, /15:30/);
  assert.match(ofPhrase(message, 'ar').body, /الثلاثاء 1 ديسمبر/);
  await phrase(visser, thread, 'absence.miss_days', { number: 1 });
  assert.match((await huda.event('message')).message.body, /1 dag niet gezien/);
  await phrase(visser, thread, 'absence.miss_days', { number: 3 });
  const three = (await huda.event('message')).message;
  assert.match(three.body, /3 dagen niet gezien/);
  assert.match(ofPhrase(three, 'ar').body, /3/);
  await phrase(visser, thread, 'praise.did_well', { gender: 'female' });
  assert.match((await huda.event('message')).message.body, /trots op haar/);
  await phrase(visser, thread, 'praise.did_well');
  assert.match((await huda.event('message')).message.body, /We zijn trots!/);
});

test('a day is written as Intl writes it, or as the app does where browsers hardly know the language; with the calendar that families keep', async (t) => {
  const { thread, visser, huda } = await room(t, readers);
  // Each month and each weekday; the end of a Persian leap year, and the days of the thirteenth Ethiopic month.
  const dates = ['2026-01-05', '2026-02-03', '2026-03-04', '2026-04-02', '2026-05-01', '2026-06-06', '2026-07-05', '2026-08-15', '2026-09-08', '2026-10-31', '2026-11-30', '2026-12-01', '2028-02-29', '2025-03-20', '2025-03-21', '2027-09-11'];
  for (const date of dates) await phrase(visser, thread, 'visit.propose', { date, time: '08:05' });
  const near = { prs: 'fa-AF' }, calendars = { fa: 'persian', prs: 'persian', ps: 'persian', am: 'ethiopic', ti: 'ethiopic' };
  for (const { language: { tag, dates: { pattern, months, family } } } of languages) {
    await huda.do('profile', { language: tag });
    const { messages } = await allOf(visser, thread);
    const { dates: own } = JSON.parse(readFileSync(new URL(`../../locales/${tag}.json`, import.meta.url), 'utf8'));
    const format = (options) => new Intl.DateTimeFormat(`${near[tag] ?? tag}-u-nu-latn`, { timeZone: 'UTC', calendar: 'gregory', ...options });
    const long = format({ weekday: 'long', day: 'numeric', month: 'long' });
    assert.equal(family?.calendar, calendars[tag], tag);
    for (const [i, date] of dates.entries()) {
      const at = new Date(`${date}T00:00:00Z`), part = (type) => long.formatToParts(at).find((one) => one.type === type).value;
      const body = messages[i].language === tag ? messages[i].body : messages[i].versions.find(({ language }) => language === tag).body;
      assert.ok(body.includes('08:05'), `${tag}: ${body}`);
      const weekday = own?.weekdays[at.getUTCDay()] ?? part('weekday'), month = own?.months[at.getUTCMonth()] ?? part('month');
      // Arabic has both names of a month, as Egypt and as Syria say it.
      const said = months[at.getUTCMonth()];
      assert.ok(tag === 'ar' ? said.startsWith(`${month} (`) : said === month, `${tag}: ${said}, not ${month}`);
      let expected = pattern.replace('{weekday}', weekday).replace('{day}', String(at.getUTCDate())).replace('{month}', said);
      if (family) {
        const numbers = new Intl.DateTimeFormat('en-u-nu-latn', { calendar: family.calendar, timeZone: 'UTC', day: 'numeric', month: 'numeric' }).formatToParts(at);
        const number = (type) => Number(numbers.find((one) => one.type === type).value);
        expected += ` ${family.pattern.replace('{day}', String(number('day'))).replace('{month}', family.months[number('month') - 1])}`;
      }
      assert.ok(body.includes(expected), `${tag} ${date}: ${expected}: ${body}`);
    }
  }
});

test('a family’s phrase is in their own language, and the school reads it in Dutch', async (t) => {
  const { thread, visser, huda } = await room(t, readers);
  await phrase(huda, thread, 'my.ill_today');
  const { message } = await visser.event('message');
  assert.equal(message.language, 'ar');
  assert.equal(message.body, sentence('ar', 'my.ill_today').replace('{child}', '\u2068Samir\u2069'));
  assert.equal(ofPhrase(message, 'nl').body, 'Samir is vandaag ziek en komt niet.');
  assert.deepEqual(plain(await refusal(phrase(huda, thread, 'absence.miss_today'))), { code: 'invalid', field: 'phrase', reason: 'word' });
  assert.deepEqual(plain(await refusal(phrase(visser, thread, 'my.ill_today'))), { code: 'invalid', field: 'phrase', reason: 'word' });
});

test('a phrase sent again is there once; with other parts it is refused', async (t) => {
  const { thread, visser, huda } = await room(t, readers);
  const fields = { thread, client_id: uuid(), phrase: 'closed.date', date: '2026-12-24' };
  const first = await visser.do('phrase', fields);
  assert.deepEqual(await visser.do('phrase', fields), { ...first, again: true });
  for (const other of [{ date: '2026-12-25' }, { phrase: 'closed.holiday' }])
    assert.deepEqual(plain(await refusal(visser.do('phrase', { ...fields, ...other }))), { code: 'conflict', field: 'client_id', reason: 'other_content' });
  assert.deepEqual(plain(await refusal(visser.do('phrase', { ...fields, thread: threadOf(visser, 'Микола').id }))), { code: 'conflict', field: 'client_id', reason: 'other_content' });
  const { messages } = await allOf(huda, thread);
  assert.equal(messages.length, 1);
  await visser.do('withdraw', { thread, seq: first.seq });
  assert.equal((await visser.do('phrase', fields)).again, true, 'what was taken back is not sent anew');
  const gone = (await allOf(huda, thread)).messages[0];
  assert.equal(gone.phrase, undefined);
  assert.deepEqual(gone.versions, []);
});

test('what a phrase does not take is refused by name, and nothing is changed', async (t) => {
  const { thread, visser, huda } = await room(t, readers);
  const cases = [
    ['closed.date', {}, 'date', 'missing'],
    ['closed.tomorrow', { date: '2026-12-01' }, 'date', 'unknown_field'],
    ['closed.tomorrow', { gender: 'male' }, 'gender', 'unknown_field'],
    ['closed.tomorrow', { number: 2 }, 'number', 'unknown_field'],
    ['late.today', { time: '8:30' }, 'time', 'range'],
    ['late.today', { time: '24:00' }, 'time', 'range'],
    ['late.today', { time: '08.30' }, 'time', 'range'],
    ...['2026-13-01', '2026-02-29', '2026-00-10', '26-12-01', '2026/12/01', '1999-01-01', '०१२३'].map((date) => ['closed.date', { date }, 'date', 'range']),
    ['nothing.such', {}, 'phrase', 'word'],
    ['absence.miss_days', { number: -1 }, 'number', 'range'],
    ['closed.tomorrow', { language: 'de' }, 'language', 'word'],
    ['visit.with_coach', { name: '\u202e' }, 'name', 'empty'],
    ['closed.tomorrow', { child: 'Samir' }, undefined, 'unknown_field'],
  ];
  for (const [key, parts, field, reason] of cases)
    assert.deepEqual(plain(await refusal(phrase(visser, thread, key, parts))), { code: 'invalid', field, reason }, `${key} ${JSON.stringify(parts)}`);
  assert.deepEqual((await allOf(huda, thread)).messages, []);
  await phrase(visser, thread, 'closed.date', { date: '2028-02-29' });
  await phrase(visser, thread, 'visit.with_coach', { name: 'Rania {child} \'x' });
  const [, said] = (await allOf(huda, thread)).messages;
  assert.equal(said.body, 'Rania {child} \'x komt mee. Rania {child} \'x spreekt jouw taal.', 'a name is a name');
});

test('whoever comes later, or reads another language from now on, gets it from the list too', async (t) => {
  const { thread, visser, huda, rania } = await room(t, [...readers, 'rania']);
  const { seq } = await phrase(visser, thread, 'visit.propose', { date: '2026-12-01', time: '15:30' });
  const corrected = await phrase(visser, thread, 'closed.tomorrow');
  await visser.do('correct', { thread, seq: corrected.seq, body: 'Overmorgen is de school dicht.' });
  const own = await visser.do('send', { thread, client_id: uuid(), body: 'Dag' });
  await rania.do('profile', { language: 'en' });
  const { consent } = await visser.do('bring', { thread, person: rania.welcome.me.id, reach: 'all' });
  if (consent) await huda.do('consent_answer', { thread, consent: consent.id, says: 'yes', language: 'ar' });
  const inEnglish = (messages, at) => messages.find((message) => message.seq === at).versions.filter(({ language }) => language === 'en');
  const { messages } = await allOf(rania, thread);
  assert.match(inEnglish(messages, seq)[0].body, /Tuesday 1 December/);
  assert.equal(inEnglish(messages, seq)[0].origin, 'phrase');
  assert.deepEqual(inEnglish(messages, corrected.seq), [], 'what was written again is no phrase any more');
  assert.deepEqual(inEnglish(messages, own.seq), []);
  await huda.do('profile', { language: 'uk' });
  const after = await allOf(visser, thread);
  assert.equal(after.messages[0].versions.filter(({ language }) => language === 'uk').length, 1);
  await huda.do('profile', { language: 'ar' });
  await huda.do('profile', { language: 'uk' });
  assert.equal((await allOf(visser, thread)).messages[0].versions.filter(({ language }) => language === 'uk').length, 1, 'once is enough');
});

test('every phrase goes out, and comes in every language that has it', async (t) => {
  const parts = { name: 'Rania', place: 'aula', date: '2026-12-01', time: '15:30', number: 5 };
  const { thread, visser, huda } = await room(t, readers);
  const taken = (key) => Object.fromEntries(Object.entries(parts).filter(([name]) => new RegExp(`\\{${name}[,}]`).test(sentence('nl', key))));
  for (const { key, from } of list) await phrase(from === 'family' ? huda : visser, thread, key, taken(key));
  for (const { language: { tag }, phrases } of languages) {
    await huda.do('profile', { language: tag });
    const { messages } = await allOf(visser, thread);
    for (const message of messages) {
      const has = phrases[message.phrase] !== undefined, there = tag === message.language || message.versions.some((version) => version.language === tag);
      assert.equal(there, has, `${message.phrase} in ${tag}`);
      const body = tag === message.language ? message.body : message.versions.find((version) => version.language === tag)?.body ?? '';
      assert.doesNotMatch(body, /[{}]|[\u0660-\u0669\u06f0-\u06f9]/, `${message.phrase} in ${tag}`);
      if (has && sentence('nl', message.phrase).includes('{child}')) assert.match(body, /Samir/, `${message.phrase} in ${tag}`);
    }
  }
});

test('who was away hears of it with its versions; a family takes it along as it stands; on disk it is sealed', async (t) => {
  const { thread, visser, huda, karim, accounts, server, school } = await room(t, readers);
  await settled(karim);
  const { at, log } = karim.welcome;
  karim.close();
  await phrase(visser, thread, 'visit.with_coach', { name: 'Zwaluwstaartje' });
  const [message] = (await allOf(huda, thread)).messages;
  const back = await accounts.karim.connect({ name: 'karim again', hello: { since: at, log } });
  assert.equal(back.welcome.mode, 'resumed');
  assert.deepEqual((await back.event('message')).message, message);
  assert.equal(message.phrase, 'visit.with_coach');

  const files = unzip(Buffer.from(await (await accounts.huda.fetch('/api/export')).arrayBuffer()));
  const data = JSON.parse(String(files['data.json']));
  const taken = JSON.stringify(data);
  assert.ok(taken.includes('"phrase":"visit.with_coach"'), 'which phrase it was is theirs too');
  assert.ok(String(files['index.html']).includes('Zwaluwstaartje'));

  await server.stop();
  for (const entry of readdirSync(school.data, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())) {
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    for (const word of ['Zwaluwstaartje', 'visit.with_coach']) assert.ok(!bytes.includes(word), `${entry.name}: ${word}`);
  }
});
