// Consent: each kind asked, answered, withdrawn and over; what follows does so at once, in the same transaction; and who has no say has none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal, signIn } from './lib/client.mjs';
import { fetchFile, picture, upload } from './lib/media.mjs';
import { say, threadOf, unhurried } from './lib/room.mjs';
import { makeSchool, people, writeRoster } from './lib/school.mjs';
import { ouderbrug, pause, startServer } from './lib/server.mjs';

const more = {
  ...people,
  yonas: { role: 'interpreter', given: 'Yonas', family: 'Habte', language: 'nl', speaks: 'ar;nl', reads: 'nl' },
  tsehaye: { role: 'key_person', given: 'Tsehaye', family: 'Gebru', language: 'nl', speaks: 'ti;nl', reads: 'nl' },
  smit: { role: 'external_partner', given: 'Hanneke', family: 'Smit', language: 'nl', speaks: 'nl', reads: 'nl' },
  farid: { role: 'residential_counsellor', relation: 'other', given: 'Farid', family: 'Amin', of: ['samir'], language: 'nl', speaks: 'nl', reads: 'nl' },
};

/** Everyone of `more`, connected, where families are asked first. */
async function asking(t, names, { args = unhurried, ...options } = {}) {
  const school = await makeSchool(t, more);
  const server = await startServer(t, { ...school, args, consent: true, ...options });
  const here = { school, server, accounts: {}, id: {} };
  for (const name of names) {
    here.accounts[name] = await signIn(server, name);
    here[name] = await here.accounts[name].connect({ name });
    here.thread ??= threadOf(here[name], 'Samir')?.id;
    here.id[name] = here[name].welcome.me.id;
  }
  return here;
}

const inThread = async (client, thread, person) =>
  (await client.do('thread', { thread })).thread.members.some((member) => member.person.id === person && member.until === undefined);
const yes = { says: 'yes', language: 'ar', words: '0123456789abcdef' };

for (const [who, kind] of [['rania', 'coach'], ['tsehaye', 'key_person'], ['yonas', 'interpreter'], ['smit', 'partner']]) {
  test(`a ${kind} comes in with the family's yes and leaves with its withdrawal, at once`, async (t) => {
    const here = await asking(t, ['visser', 'huda', 'karim', who]);
    const { thread, visser, huda, karim, id } = here, them = here[who];
    await say(visser, thread, 'van vroeger');
    const { consent, member } = await visser.do('bring', { thread, person: id[who], why: 'spreekt Arabisch' });
    assert.equal(member, undefined);
    assert.deepEqual([consent.kind, consent.person.id, consent.why, consent.by, consent.answer], [kind, id[who], 'spreekt Arabisch', id.visser, undefined]);
    assert.ok(!('reads' in consent.person) && !('language' in consent.person));
    assert.deepEqual((await huda.event('consent')).consent, consent);
    assert.deepEqual(them.events, []);
    assert.equal((await refusal(them.do('history', { thread }))).code, 'not_found');
    assert.equal((await refusal(visser.do('bring', { thread, person: id[who] }))).reason, 'already_asked');

    const said = (await huda.do('consent_answer', { thread, consent: consent.id, ...yes })).consent;
    assert.deepEqual([said.answer, said.answered_by, said.recorded_by, said.language, said.words, said.end], ['yes', id.huda, undefined, 'ar', yes.words, undefined]);
    await them.event('member', ({ member: { person } }) => person.id === id[who]);
    assert.equal((await karim.event('member', ({ member: { person } }) => person.id === id[who])).member.why, 'spreekt Arabisch');
    assert.deepEqual((await them.do('history', { thread })).messages, [], 'from now on, as was asked');
    await say(huda, thread, 'welkom');
    await them.event('message');

    // What was sent while they were in it: theirs to see until the moment that they are not.
    const photo = who === 'smit' && (await upload(here.accounts.huda, thread, picture({ width: 64, height: 48 }))).body.id;
    const fetched = async () => [await fetchFile(here.accounts[who], photo), await fetchFile(here.accounts[who], photo, { as: 'thumb' })].map(({ status }) => status);
    if (photo) {
      await say(huda, thread, 'kijk', { files: [photo] });
      assert.deepEqual(await fetched(), [200, 200]);
    }

    // The other guardian withdraws.
    const ended = (await karim.do('consent_withdraw', { thread, consent: consent.id })).consent;
    assert.deepEqual([ended.end, ended.ended_by], ['withdrawn', id.karim]);
    if (photo) assert.deepEqual(await fetched(), [404, 404], 'at once, files too');
    await say(huda, thread, 'onder ons');
    await them.event('member', ({ member }) => member.until !== undefined);
    const left = them.events.findIndex(({ event, member }) => event === 'member' && member.until !== undefined);
    assert.equal((await refusal(them.do('history', { thread }))).code, 'not_found');
    assert.deepEqual(them.events.slice(left + 1), [], 'nothing after they left');
    assert.equal((await visser.event('consent', ({ consent: c }) => c.end === 'withdrawn')).consent.ended_by, id.karim);

    // Asked again, and this time not them.
    const again = (await visser.do('bring', { thread, person: id[who] })).consent;
    assert.notEqual(again.id, consent.id);
    await huda.do('consent_answer', { thread, consent: again.id, says: 'someone_else', language: 'ar' });
    assert.equal(await inThread(visser, thread, id[who]), false);
    const all = (await huda.do('consents', { thread })).consents;
    assert.deepEqual(all.map(({ answer, end }) => [answer, end]), [['yes', 'withdrawn'], ['someone_else', 'answered']]);
    // The state has the newest of the matter.
    assert.deepEqual((await huda.do('thread', { thread })).thread.consents, [all[1]]);
  });
}

test('all that a coach sees is not all: nobody lets a person see further back than the family was asked', async (t) => {
  const { thread, visser, huda, rania, id } = await asking(t, ['visser', 'huda', 'rania', 'smit']);
  for (const body of ['een', 'twee', 'drie']) await say(visser, thread, body);
  const agreed = async (who, fields) => {
    const { consent } = await who.do('bring', { thread, ...fields });
    await huda.do('consent_answer', { thread, consent: consent.id, ...yes });
    return consent;
  };
  await agreed(visser, { person: id.rania, from_seq: 3 });
  assert.deepEqual((({ reach, from_seq }) => [reach, from_seq])(await agreed(rania, { person: id.smit, reach: 'all' })), ['all', 3]);
  for (const fields of [{}, { from_seq: 2 }]) assert.equal((await refusal(visser.do('widen', { thread, person: id.smit, ...fields }))).reason, 'agreed');
});

test('machine translation and voice messages: asked, answered, withdrawn', async (t) => {
  const { thread, visser, huda, karim } = await asking(t, ['visser', 'huda', 'karim']);
  for (const kind of ['machine', 'voice']) {
    const { consent } = await visser.do('consent_ask', { thread, kind, why: 'zo gaat het sneller' });
    assert.equal((await refusal(visser.do('consent_ask', { thread, kind }))).reason, 'already_asked');
    assert.equal((await refusal(huda.do('consent_answer', { thread, consent: consent.id, says: 'someone_else', language: 'ar' }))).field, 'says');
    await karim.do('consent_answer', { thread, consent: consent.id, ...yes });
    assert.equal((await refusal(visser.do('consent_ask', { thread, kind }))).reason, 'already_asked');
    await huda.do('consent_withdraw', { thread, consent: consent.id });
    const second = (await visser.do('consent_ask', { thread, kind })).consent;
    assert.equal((await visser.do('consent_take_back', { thread, consent: second.id })).consent.end, 'taken_back');
    assert.equal((await refusal(huda.do('consent_answer', { thread, consent: second.id, ...yes }))).reason, 'answered');
    const third = (await visser.do('consent_ask', { thread, kind })).consent;
    await huda.do('consent_answer', { thread, consent: third.id, says: 'no', language: 'ar' });
  }
  for (const kind of ['coach', 'key_person', 'interpreter', 'partner']) assert.equal((await refusal(visser.do('consent_ask', { thread, kind }))).field, 'kind');
  assert.equal((await refusal(visser.do('consent_ask', { thread, kind: 'voice', until: Date.now() - 1 }))).field, 'until');
});

test('a yes ends by its date, by itself, and is told', async (t) => {
  const { server, thread, visser, huda } = await asking(t, ['visser', 'huda']);
  const until = Date.now() + 1500;
  const { consent } = await visser.do('consent_ask', { thread, kind: 'machine', until });
  const open = (await visser.do('consent_ask', { thread, kind: 'voice', until })).consent;
  await huda.do('consent_answer', { thread, consent: consent.id, ...yes });
  for (const { id } of [consent, open]) {
    const { consent: over } = await huda.event('consent', ({ consent: c }) => c.id === id && c.end !== undefined, 20_000);
    assert.equal(over.end, 'expired');
    assert.ok(over.ended >= until);
  }
  assert.equal((await refusal(huda.do('consent_withdraw', { thread, consent: consent.id }))).reason, 'answered');
  // One that ended while nobody served is told after the start.
  const late = (await visser.do('consent_ask', { thread, kind: 'machine', until: Date.now() + 300 })).consent;
  await server.stop();
  await pause(400); // its time passes
  await server.start();
  const back = await (await signIn(server, 'huda')).connect();
  const now = (await back.do('consents', { thread })).consents.find(({ id }) => id === late.id);
  if (now.end === undefined) await back.event('consent', ({ consent: c }) => c.id === late.id && c.end === 'expired', 20_000);
});

test('a coach writes down what a guardian says; never who asked, nor for who is no guardian', async (t) => {
  const { thread, visser, huda, rania, yonas, farid, id } = await asking(t, ['visser', 'huda', 'karim', 'rania', 'yonas', 'farid', 'oksana', 'jansen']);
  const coach = (await visser.do('bring', { thread, person: id.rania })).consent;
  assert.equal((await refusal(rania.do('consent_record', { thread, consent: coach.id, said_by: id.huda, says: 'yes', language: 'ar' }))).code, 'not_found', 'not in it yet');
  await huda.do('consent_answer', { thread, consent: coach.id, ...yes });
  await rania.event('member');
  const asked = (await visser.do('bring', { thread, person: id.yonas, why: 'voor het gesprek' })).consent;
  const record = (fields) => rania.do('consent_record', { thread, consent: asked.id, said_by: id.karim, says: 'yes', language: 'ar', ...fields });
  for (const said_by of [id.farid, id.oksana, id.visser, id.rania, 999_999]) assert.deepEqual([(await refusal(record({ said_by }))).field], ['said_by'], `${said_by}`);
  const { consent } = await record();
  assert.deepEqual([consent.answer, consent.answered_by, consent.recorded_by, consent.language, consent.words], ['yes', id.karim, id.rania, 'ar', undefined]);
  await yonas.event('member');
  assert.equal((await refusal(record())).reason, 'answered');
  // What they said later: no. Not by the one it is about.
  assert.equal((await refusal(yonas.do('consent_record', { thread, consent: asked.id, said_by: id.karim, says: 'no', language: 'ar' }))).reason, 'own_question');
  const { consent: ended } = await record({ says: 'no', said_by: id.huda });
  assert.deepEqual([ended.answer, ended.end, ended.ended_by, ended.ended_recorded_by], ['yes', 'withdrawn', id.huda, id.rania]);
  assert.equal(await inThread(visser, thread, id.yonas), false);
  // The coach asks: then the coach does not write the answer down.
  const own = (await rania.do('consent_ask', { thread, kind: 'voice' })).consent;
  assert.equal((await refusal(rania.do('consent_record', { thread, consent: own.id, said_by: id.huda, says: 'yes', language: 'ar' }))).reason, 'own_question');
  assert.equal((await refusal(farid.do('consent_answer', { thread, consent: own.id, ...yes }))).code, 'forbidden');
});

test('who has no say has none, and nothing changes', async (t) => {
  const { thread, visser, huda, oksana, bakker, jansen, farid, admin, id } = await asking(t, ['visser', 'huda', 'oksana', 'bakker', 'jansen', 'farid', 'admin', 'rania']);
  const { consent } = await visser.do('bring', { thread, person: id.rania });
  const other = threadOf(oksana, 'Микола').id;
  const answer = (who, fields = {}) => refusal(who.do('consent_answer', { thread, consent: consent.id, ...yes, ...fields }));
  for (const who of [visser, bakker, jansen, farid, admin]) assert.deepEqual((({ code, reason }) => [code, reason])(await answer(who)), ['forbidden', 'role'], who.name);
  assert.equal((await answer(oksana)).code, 'not_found', 'a guardian of another');
  assert.deepEqual((({ code, field }) => [code, field])(await answer(oksana, { thread: other })), ['not_found', 'consent'], 'a question of another conversation');
  assert.deepEqual((({ code, field }) => [code, field])(await answer(huda, { consent: 999_999 })), ['not_found', 'consent']);
  assert.equal((await refusal(huda.do('consent_withdraw', { thread, consent: consent.id }))).reason, 'not_answered');
  for (const who of [visser, farid]) assert.equal((await refusal(who.do('consent_withdraw', { thread, consent: consent.id }))).code, 'forbidden');
  assert.equal((await refusal(visser.do('consent_record', { thread, consent: consent.id, said_by: id.huda, says: 'yes', language: 'ar' }))).code, 'forbidden');
  assert.equal((await refusal(huda.do('consent_take_back', { thread, consent: consent.id }))).code, 'forbidden');
  assert.deepEqual((await huda.do('consents', { thread })).consents, [consent]);
  await huda.do('consent_answer', { thread, consent: consent.id, ...yes });
  assert.equal((await answer(huda)).reason, 'answered', 'twice');
  assert.equal((await refusal(visser.do('consent_take_back', { thread, consent: consent.id }))).reason, 'answered');
  await huda.do('consent_withdraw', { thread, consent: consent.id });
  assert.equal((await refusal(huda.do('consent_withdraw', { thread, consent: consent.id }))).reason, 'answered', 'withdrawn twice');
  assert.equal((await answer(huda)).reason, 'answered', 'after it was withdrawn');
});

test('two guardians at once: one answer counts; a colleague needs none; a yes that stands lets in again as was agreed', async (t) => {
  const { thread, visser, huda, karim, rania, id } = await asking(t, ['visser', 'huda', 'karim', 'rania', 'jansen']);
  assert.ok((await visser.do('bring', { thread, person: id.jansen })).member);
  await say(visser, thread, 'voor die tijd');
  const { consent } = await visser.do('bring', { thread, person: id.rania });
  const both = await Promise.allSettled([huda.do('consent_answer', { thread, consent: consent.id, ...yes }),
    karim.do('consent_answer', { thread, consent: consent.id, says: 'no', language: 'nl' })]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  if (both[0].status === 'rejected') return;
  await rania.event('member');
  await visser.do('take_out', { thread, person: id.rania });
  const { member } = await visser.do('bring', { thread, person: id.rania, reach: 'all' });
  assert.ok(member.first_seq > 1, 'no further back than the family said');
});

test('who left the school meanwhile does not come in', async (t) => {
  const { school, thread, visser, huda, id } = await asking(t, ['visser', 'huda', 'rania']);
  const { consent } = await visser.do('bring', { thread, person: id.rania });
  const { rania: _, ...rest } = more;
  await ouderbrug(['import', await writeRoster(school.roster, rest), '--data', school.data]);
  assert.equal((await refusal(huda.do('consent_answer', { thread, consent: consent.id, ...yes }))).reason, 'gone');
  assert.equal((await huda.do('consents', { thread })).consents[0].answer, undefined, 'nothing was written down');
  await huda.do('consent_answer', { thread, consent: consent.id, says: 'no', language: 'ar' });
});

test('whether a new guardian reads what was said before, said aloud: never by themselves, and withdrawn it is closed again', async (t) => {
  const { school, server, thread, visser, huda, rania, id } = await asking(t, ['visser', 'huda', 'rania']);
  const { consent: joins } = await visser.do('bring', { thread, person: id.rania, reach: 'all' });
  await huda.do('consent_answer', { thread, consent: joins.id, ...yes });
  await say(visser, thread, 'van vroeger');
  const noura = { role: 'legal_guardian', relation: 'guardian', given: 'Noura', family: 'Haddad', of: ['samir'], language: 'ar', speaks: 'ar', reads: 'ar' };
  await ouderbrug(['import', await writeRoster(school.roster, { ...more, noura }), '--data', school.data]);
  const guardian = await (await signIn(server, 'noura')).connect();
  const person = guardian.welcome.me.id;
  const sees = async () => (await guardian.do('history', { thread })).messages.map(({ seq }) => seq);
  const { consent } = await visser.do('widen', { thread, person });
  const record = (said_by, says) => rania.do('consent_record', { thread, consent: consent.id, said_by, says, language: 'ar' });
  assert.equal((await refusal(record(person, 'yes'))).reason, 'own_question');
  assert.deepEqual(await sees(), []);
  await record(id.huda, 'yes');
  assert.deepEqual(await sees(), [1]);
  await record(id.huda, 'no');
  assert.deepEqual(await sees(), []);
  assert.equal((await refusal(guardian.do('consent_answer', { thread, consent: (await visser.do('widen', { thread, person })).consent.id, ...yes }))).reason, 'own_question');
});

test('a guardian agrees to voice messages without being asked, or answers what waits; once', async (t) => {
  const { thread, visser, huda, karim, id } = await asking(t, ['visser', 'huda', 'karim']);
  const { consent } = await huda.do('consent_give', { thread, language: 'ar', words: yes.words });
  assert.deepEqual([consent.kind, consent.by, consent.answer, consent.answered_by, consent.language, consent.words], ['voice', id.huda, 'yes', id.huda, 'ar', yes.words]);
  assert.deepEqual((await visser.event('consent', ({ consent: one }) => one.answer === 'yes')).consent, consent);
  assert.equal((await refusal(karim.do('consent_give', { thread, language: 'ar' }))).reason, 'answered');
  assert.equal((await refusal(visser.do('consent_ask', { thread, kind: 'voice' }))).reason, 'already_asked');
  await karim.do('consent_withdraw', { thread, consent: consent.id });
  const asked = (await visser.do('consent_ask', { thread, kind: 'voice' })).consent;
  const again = (await karim.do('consent_give', { thread, language: 'ar' })).consent;
  assert.deepEqual([again.id, again.by, again.answered_by], [asked.id, id.visser, id.karim]);
});
