// A time in a conversation has a beginning and an end, as agreed: from now, from a message, all of it; until a moment, that comes by
// itself. Nothing after it, and who comes back begins at what is agreed then.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { refusal, signIn, uuid } from './lib/client.mjs';
import { allOf, room, say, settled, unhurried } from './lib/room.mjs';
import { makeSchool, people, writeRoster } from './lib/school.mjs';
import { ouderbrug, startServer } from './lib/server.mjs';

const because = async (promise) => (({ code, field, reason }) => [code, field, reason])(await refusal(promise));
const seqs = async (client, thread) => (await allOf(client, thread)).messages.map(({ seq }) => seq);
const own = (members, client) => members.findLast(({ person }) => person.id === client.welcome.me.id);

test('who is brought in from a message sees it and what follows, and no note from before it', async (t) => {
  const { thread, visser, huda, rania, jansen } = await room(t, ['visser', 'huda', 'rania', 'jansen']);
  await visser.do('note', { thread, client_id: uuid(), level: 'staff', body: 'oud' });
  for (const body of ['een', 'twee', 'drie']) await say(visser, thread, body);
  const { note } = await visser.do('note', { thread, client_id: uuid(), level: 'staff', body: 'nieuw' });
  const { member } = await visser.do('bring', { thread, person: rania.welcome.me.id, from_seq: 2 });
  assert.deepEqual([member.first_seq, member.since_seq, member.read], [2, 3, 1]);
  assert.equal((await huda.event('member')).member.first_note, undefined, 'where the notes begin is not told to a family');
  assert.deepEqual(await seqs(rania, thread), [2, 3]);
  assert.deepEqual((await rania.do('notes', { thread })).notes.map(({ id }) => id), [note.id]);

  // Nobody opens to another what is closed to themselves, and a message that is not there looks the same.
  const bring = (fields) => rania.do('bring', { thread, person: jansen.welcome.me.id, ...fields });
  for (const from_seq of [1, 4, 777]) assert.deepEqual(await because(bring({ from_seq })), ['not_found', 'from_seq', undefined]);
  assert.deepEqual(await because(bring({ from_seq: 2, reach: 'all' })), ['invalid', 'from_seq', 'unknown_field']);
  assert.equal((await bring({ reach: 'all' })).member.first_seq, 2);
  assert.deepEqual((await jansen.do('notes', { thread })).notes.map(({ id }) => id), [note.id]);
});

test('why others were brought in and what was asked before one came stays closed, live, resumed and anew, until it is opened', async (t) => {
  const { thread, accounts, visser, huda, rania, jansen } = await room(t, ['visser', 'huda', 'rania', 'jansen'], { args: [...unhurried, '--consent-coach', '0'] });
  const id = ({ welcome }) => welcome.me.id;
  await visser.do('bring', { thread, person: id(jansen), reach: 'all', why: 'zorgen om thuis' });
  const { consent: over } = await visser.do('consent_ask', { thread, kind: 'machine', why: 'vertaling bij zorgen' });
  await huda.do('consent_answer', { thread, consent: over.id, says: 'no', language: 'ar' });
  const { consent: stands } = await visser.do('consent_ask', { thread, kind: 'voice', why: 'stem bij zorgen' });
  const { consent: move } = await visser.do('consent_ask', { thread, kind: 'move_people', why: 'ISK Het Anker' });
  for (const body of ['een', 'twee']) await say(visser, thread, body);
  await visser.do('bring', { thread, person: id(rania), reach: 'now', why: 'zij spreekt Arabisch' });
  const since = { since: rania.welcome.at, log: rania.welcome.log };

  // Something of before changes while she is there.
  await huda.do('consent_answer', { thread, consent: stands.id, says: 'yes', language: 'ar' });
  await visser.do('extend', { thread, person: id(jansen), until: Date.now() + 86_400_000 });
  await settled(rania);
  assert.ok(rania.events.some((e) => e.event === 'thread' && e.thread === thread), 'she is told that something is otherwise');
  const looked = async (client) => ({ thread: (await client.do('thread', { thread })).thread, all: (await client.do('consents', { thread })).consents });
  const hers = await looked(rania), theirs = await looked(visser);
  const again = await accounts.rania.connect({ hello: since }), anew = await accounts.rania.connect();
  await settled(again);
  assert.doesNotMatch(JSON.stringify([rania.events, hers, again.events, anew.welcome]), /zorgen/);
  assert.match(JSON.stringify(theirs), /zorgen om thuis.*vertaling bij zorgen.*stem bij zorgen/s);
  assert.equal(own(hers.thread.members, rania).why, 'zij spreekt Arabisch');
  assert.equal(hers.thread.members.find(({ person }) => person.id === id(jansen)).why, undefined);
  assert.deepEqual(hers.all.map(({ kind, answer, why }) => [kind, answer, why]), [['voice', 'yes', undefined], ['move_people', undefined, 'ISK Het Anker']]);
  assert.deepEqual(hers.thread.consents.map(({ id: one }) => one), [stands.id, move.id]);
  assert.doesNotMatch(JSON.stringify(await rania.do('take_out', { thread, person: id(jansen) })), /zorgen/);

  // With the first message it was said to whom it may be; who left before that stays unnamed no more.
  await visser.do('widen', { thread, person: id(rania) });
  const open = await looked(rania);
  assert.match(JSON.stringify(open), /zorgen om thuis.*vertaling bij zorgen.*stem bij zorgen/s);
  await settled(huda);
});

test('a time ends by itself: from that moment nothing is seen or heard, and everyone is told', async (t) => {
  const { thread, accounts, visser, huda, rania } = await room(t, ['visser', 'huda', 'rania']);
  const person = rania.welcome.me.id;
  await say(visser, thread, 'een');
  const until = Date.now() + 1500;
  const { member } = await visser.do('bring', { thread, person, reach: 'all', until });
  assert.deepEqual([member.ends, member.until], [until, undefined]);
  assert.equal((await huda.event('member')).member.ends, until);
  assert.deepEqual(await seqs(rania, thread), [1]);
  const phone = await accounts.rania.connect({ name: 'phone' });
  const before = phone.welcome;

  const [left, told] = [await huda.event('member', (e) => e.member.until > 0), await rania.event('member', (e) => e.member.until > 0)];
  assert.deepEqual([left.member.until, left.member.until_seq], [until, 1], 'it ended when it was agreed, not when it was noticed');
  assert.equal(told.id, left.id);
  await say(huda, thread, 'daarna');
  for (const client of [rania, phone]) {
    await settled(client);
    assert.ok(!JSON.stringify(client.events).includes('daarna'));
    for (const [command, fields] of [['history', {}], ['thread', {}], ['notes', {}], ['send', { client_id: uuid(), body: 'x' }], ['typing', {}], ['read', { seq: 1 }]]) {
      assert.equal((await refusal(client.do(command, { thread, ...fields }))).code, 'not_found', command);
    }
  }
  const back = await accounts.rania.connect({ hello: { since: before.at, log: before.log } });
  await settled(back);
  assert.ok(!JSON.stringify(back.events).includes('daarna'));
  assert.deepEqual((await accounts.rania.connect()).welcome.threads, []);

  // Back for a day, from now on.
  const again = await visser.do('bring', { thread, person });
  assert.deepEqual([again.member.first_seq, again.member.ends], [3, undefined]);
  assert.deepEqual(await seqs(rania, thread), []);
});

test('what ended while nobody served is over, before anybody wrote it down', async (t) => {
  const { server, thread, accounts, visser, rania } = await room(t, ['visser', 'rania']);
  const person = rania.welcome.me.id;
  await visser.do('bring', { thread, person, reach: 'all', until: Date.now() + 1000 });
  await say(visser, thread, 'een');
  await server.stop();
  await new Promise((done) => { setTimeout(done, 1100); });
  await server.start();
  const client = await accounts.rania.connect();
  assert.deepEqual(client.welcome.threads, []);
  assert.equal((await refusal(client.do('thread', { thread }))).code, 'not_found');
  const mentor = await accounts.visser.connect();
  const ended = own(mentor.welcome.threads.find(({ id }) => id === thread).members, client);
  if (ended.until === undefined) await mentor.event('member', (e) => e.member.person.id === person && e.member.until > 0);
  const { member } = await mentor.do('bring', { thread, person });
  assert.equal(member.first_seq, 2);
});

test('an end is changed, by others than oneself, and never past one\'s own', async (t) => {
  const { thread, visser, huda, rania, jansen } = await room(t, ['visser', 'huda', 'rania', 'jansen']);
  const person = rania.welcome.me.id, day = 86_400_000, until = Date.now() + day;
  for (const past of [1, Date.now() - 1]) assert.deepEqual(await because(visser.do('bring', { thread, person, until: past })), ['invalid', 'until', 'range']);
  await visser.do('bring', { thread, person, until });
  const extend = (who, whom, fields = {}) => who.do('extend', { thread, person: whom.welcome.me.id, ...fields });
  assert.equal((await extend(visser, rania, { until: until + day })).member.ends, until + day);
  assert.equal((await huda.event('member', (e) => e.member.ends === until + day)).member.person.id, person);
  assert.deepEqual(await because(extend(rania, rania, { until: until + 9 * day })), ['conflict', 'person', 'own_time']);
  assert.deepEqual(await because(extend(visser, huda, { until })), ['conflict', 'person', 'by_roster']);
  assert.deepEqual(await because(extend(visser, jansen)), ['not_found', 'person', undefined]);
  const bring = (fields) => rania.do('bring', { thread, person: jansen.welcome.me.id, ...fields });
  assert.deepEqual(await because(bring({ until: until + 3 * day })), ['invalid', 'until', 'range']);
  assert.equal((await bring({})).member.ends, until + day, 'nobody gives more than they have');
  assert.deepEqual(await because(extend(rania, jansen, { until: until + 3 * day })), ['invalid', 'until', 'range']);
  assert.equal((await extend(visser, jansen)).member.ends, undefined);

  // Moved forward, it ends then.
  await extend(visser, rania, { until: Date.now() + 700 });
  await rania.event('member', (e) => e.member.until > 0 && e.member.person.id === person);
  assert.equal((await refusal(rania.do('thread', { thread }))).code, 'not_found');
});

test('a guardian who comes later sees from then on, until the school and the family agree otherwise', async (t) => {
  const school = await makeSchool(t);
  const server = await startServer(t, { ...school, args: ['--rate-burst', '100000', '--rate-per-second', '100000'] });
  const on = async (name) => (await signIn(server, name)).connect({ name });
  const bring = async (who) => ouderbrug(['import', await writeRoster(join(school.folder, 'roster'), { ...people, ...who }), '--data', school.data]);
  const [visser, karim] = [await on('visser'), await on('karim')];
  const thread = karim.welcome.threads[0].id;
  for (const body of ['van vroeger', 'ook van vroeger', 'kort geleden']) await say(visser, thread, body);
  const noura = { role: 'legal_guardian', relation: 'guardian', given: 'Noura', family: 'Haddad', of: ['samir'], language: 'ar', speaks: 'ar', reads: 'ar' };
  await bring({ noura });
  const guardian = await on('noura');
  assert.deepEqual([guardian.welcome.threads[0].last, guardian.welcome.threads[0].unread], [undefined, 0]);
  assert.deepEqual(await seqs(guardian, thread), []);

  // Another of the family is asked, and sees with them what was agreed; nobody answers for themselves, and nothing opens before.
  const person = guardian.welcome.me.id;
  const widen = (fields = {}) => visser.do('widen', { thread, person, ...fields });
  const answer = (who, consent, says) => who.do('consent_answer', { thread, consent: consent.id, says, language: 'ar' });
  assert.equal((await refusal(karim.do('widen', { thread, person }))).reason, 'role');
  const first = await widen({ from_seq: 3 });
  assert.equal(first.member, undefined);
  assert.deepEqual((({ kind, from_seq, reach, person: { id } }) => [kind, from_seq, reach, id])(first.consent), ['earlier', 3, undefined, person]);
  assert.deepEqual(await because(widen()), ['conflict', 'person', 'already_asked']);
  assert.deepEqual(await because(answer(guardian, first.consent, 'yes')), ['conflict', 'consent', 'own_question']);
  assert.deepEqual(await because(answer(karim, first.consent, 'someone_else')), ['invalid', 'says', 'word']);
  await answer(karim, first.consent, 'no');
  assert.deepEqual(await seqs(guardian, thread), []);

  const second = (await widen({ from_seq: 3 })).consent;
  await answer(karim, second, 'yes');
  assert.equal((await guardian.event('member', (e) => e.member.first_seq === 3)).member.person.id, person);
  assert.deepEqual(await seqs(guardian, thread), [3]);
  assert.deepEqual(await because(widen()), ['conflict', 'person', 'agreed'], 'further back is asked when this is withdrawn');

  // Withdrawn, they see from the day on which they came, and what was said since.
  await say(visser, thread, 'sinds die dag');
  await say(visser, thread, 'en ook dit');
  await karim.do('consent_withdraw', { thread, consent: second.id });
  await guardian.event('member', (e) => e.member.first_seq === 4);
  assert.deepEqual(await seqs(guardian, thread), [4, 5]);
  const third = (await widen()).consent;
  assert.deepEqual([third.reach, third.from_seq], ['all', undefined]);
  await answer(karim, third, 'yes');
  assert.deepEqual(await seqs(guardian, thread), [1, 2, 3, 4, 5]);
  await visser.do('correct', { thread, seq: 1, body: 'van vroeger, verbeterd' });
  await guardian.event('message', (e) => e.message.seq === 1);

  // Left out of the roster and put back: nothing was said meanwhile, so nothing is lost; later it would begin anew.
  await bring({ noura, karim: null });
  await bring({ noura });
  assert.deepEqual(await seqs(await on('karim'), thread), [1, 2, 3, 4, 5]);
  await bring({ noura, karim: null });
  await say(visser, thread, 'zonder Karim');
  await bring({ noura });
  const back = await on('karim');
  assert.deepEqual(await seqs(back, thread), []);
  assert.equal(own((await visser.do('thread', { thread })).thread.members, back).first_seq, 7);

  // They came back and their yes still stands: nobody is asked twice. Where nobody else of the family is left, the school decides.
  const sami = { role: 'parent', relation: 'father', given: 'Sami', family: 'Haddad', of: ['samir'], language: 'ar', speaks: 'ar', reads: 'ar' };
  await bring({ sami, karim: null, huda: null });
  const only = await on('sami');
  assert.deepEqual(await seqs(only, thread), []);
  assert.equal((await visser.do('widen', { thread, person: only.welcome.me.id })).member.first_seq, 1);
  assert.deepEqual(await seqs(only, thread), [1, 2, 3, 4, 5, 6]);
  await say(visser, thread, 'zonder Noura');
  await bring({ sami, noura, karim: null, huda: null });
  const later = await on('noura');
  assert.deepEqual(await seqs(later, thread), []);
  assert.equal((await visser.do('widen', { thread, person })).member.first_seq, 1);
});

test('a new mentor sees from the day they came, and with the family’s yes what was said before', async (t) => {
  const { school, server, thread, huda } = await room(t, ['huda']);
  await say(huda, thread, 'van vroeger');
  const bos = { role: 'mentor', given: 'Jan', family: 'Bos', mentor: ['2B'], language: 'nl', speaks: 'nl', reads: 'nl' };
  await ouderbrug(['import', await writeRoster(join(school.folder, 'roster'), { ...people, bos, visser: { ...people.visser, mentor: ['1A'] } }), '--data', school.data]);
  const mentor = await (await signIn(server, 'bos')).connect(), person = mentor.welcome.me.id;
  assert.deepEqual(await seqs(mentor, thread), []);
  assert.deepEqual(await because(mentor.do('widen', { thread, person, from_seq: 9 })), ['not_found', 'from_seq', undefined]);
  const { consent } = await mentor.do('widen', { thread, person });
  assert.equal((await refusal(mentor.do('consent_answer', { thread, consent: consent.id, says: 'yes', language: 'nl' }))).code, 'forbidden');
  await huda.do('consent_answer', { thread, consent: consent.id, says: 'no', language: 'ar' });
  assert.deepEqual(await seqs(mentor, thread), []);
  const again = (await mentor.do('widen', { thread, person })).consent;
  await huda.do('consent_answer', { thread, consent: again.id, says: 'yes', language: 'ar' });
  assert.deepEqual(await seqs(mentor, thread), [1]);
});

test('what waits is told to who came later without the numbers of earlier messages', async (t) => {
  const { thread, accounts, visser, huda, rania } = await room(t, ['visser', 'huda', 'rania']);
  const first = (await say(visser, thread, 'een')).seq;
  await say(visser, thread, 'twee');
  await huda.do('answer', { thread, seq: first, answer: 'call_me' });
  await visser.do('bring', { thread, person: rania.welcome.me.id });
  const start = { since: rania.welcome.at, log: rania.welcome.log };
  const { seq } = await say(visser, thread, 'drie');
  await huda.do('answer', { thread, seq, answer: 'not_understood' });
  await huda.do('answer', { thread, seq: first, answer: 'call_me' });
  await visser.event('needs', (e) => e.needs.length === 2);
  await settled(rania);
  const resumed = await accounts.rania.connect({ hello: start });
  await settled(resumed);
  const { thread: state } = await rania.do('thread', { thread });
  assert.deepEqual([state.needs.map((need) => need.seq), state.handled], [[seq], seq - 1]);
  for (const { events } of [rania, resumed]) {
    assert.ok(events.some((e) => e.event === 'thread' || e.event === 'needs'), 'it is told that something waits');
    for (const e of events) if (e.event === 'needs') assert.ok(e.needs.every((need) => need.seq >= seq) && e.handled >= seq - 1, JSON.stringify(e));
  }
});

test('what the family agreed to holds: no further back and no longer than they said', async (t) => {
  const { thread, visser, huda, rania } = await room(t, ['visser', 'huda', 'rania'], { consent: true });
  const person = rania.welcome.me.id, day = 86_400_000, until = Date.now() + day;
  for (const body of ['een', 'twee', 'drie']) await say(visser, thread, body);
  const { consent } = await visser.do('bring', { thread, person, from_seq: 2, until });
  assert.deepEqual([consent.from_seq, consent.until], [2, until]);
  await huda.do('consent_answer', { thread, consent: consent.id, says: 'yes', language: 'ar' });
  const { member } = await rania.event('member');
  assert.deepEqual([member.first_seq, member.ends], [2, until]);
  for (const fields of [{}, { until: until + day }]) assert.deepEqual(await because(visser.do('extend', { thread, person, ...fields })), ['conflict', 'until', 'agreed']);
  assert.equal((await visser.do('extend', { thread, person, until: until - day / 2 })).member.ends, until - day / 2);
  assert.deepEqual(await because(visser.do('widen', { thread, person })), ['conflict', 'person', 'agreed']);
  // Taken out and back while their yes stands: as they agreed, whatever is asked now.
  await visser.do('take_out', { thread, person });
  const again = await visser.do('bring', { thread, person, reach: 'all' });
  assert.deepEqual([again.member.first_seq, again.member.ends], [2, until]);
  assert.deepEqual(await seqs(rania, thread), [2, 3]);
});
