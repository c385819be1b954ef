// Who is in a conversation: brought in for all of it or from now on, taken out again, and what each of them may know.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal, signIn } from './lib/client.mjs';
import { allOf, room, say, settled, threadOf } from './lib/room.mjs';

const secret = 'Van vroeger';

/** Everything this person can get of a thread by asking. */
const told = async (client, thread) => JSON.stringify([client.welcome, client.events, await allOf(client, thread), await client.do('thread', { thread }), await client.do('threads')]);

test('people of the school side are found by name and language', async (t) => {
  const { visser, huda } = await room(t, ['visser', 'huda']);
  const names = async (fields) => (await visser.do('people', fields)).people.map(({ name }) => name).sort();
  assert.deepEqual(await names({}), ['Els Jansen', 'Rania Haddad', 'mw. Bakker', 'mw. Visser']);
  assert.deepEqual(await names({ query: 'hadd' }), ['Rania Haddad']);
  assert.deepEqual(await names({ query: 'RÁNIA' }), ['Rania Haddad']);
  assert.deepEqual(await names({ query: 'al-hariri' }), [], 'the family side is not found');
  assert.deepEqual(await names({ query: '%' }), await names({}), 'no wildcards');
  assert.deepEqual(await names({ language: 'ar' }), ['Rania Haddad']);
  assert.deepEqual(await names({ language: 'ar-SY' }), ['Rania Haddad']);
  assert.deepEqual(await names({ language: 'so' }), []);
  assert.equal((await refusal(huda.do('people'))).code, 'forbidden');
});

test('who is brought in for all of it reads all of it, and everyone sees who came and why', async (t) => {
  const { thread, visser, huda, rania } = await room(t, ['visser', 'huda', 'rania']);
  const { seq } = await say(visser, thread, secret);
  const { member } = await visser.do('bring', { thread, person: rania.welcome.me.id, reach: 'all', why: 'Spreekt Arabisch' });
  assert.deepEqual([member.joined, member.why, member.by, member.since_seq, member.first_seq], ['brought', 'Spreekt Arabisch', visser.welcome.me.id, seq, 1]);
  const event = await huda.event('member');
  assert.deepEqual([event.member.person.name, event.member.why, event.member.read], ['Rania Haddad', 'Spreekt Arabisch', undefined]);
  assert.equal((await rania.event('member')).member.read, 0);
  assert.deepEqual((await rania.do('thread', { thread })).thread.unread, 1);
  assert.deepEqual((await allOf(rania, thread)).messages.map(({ body }) => body), [secret]);
  await say(rania, thread, 'مرحبا، أنا رانيا');
  assert.equal((await huda.event('message', (e) => e.message.seq === 2)).message.sender, rania.welcome.me.id);
});

test('who is brought in from now on never sees what was before: not asked for, not told, not corrected', async (t) => {
  const { thread, accounts, visser, huda, rania } = await room(t, ['visser', 'huda', 'rania']);
  const { seq } = await say(visser, thread, secret);
  await say(huda, thread, `${secret} nog iets`);
  await huda.do('answer', { thread, seq, answer: 'understood' });
  const { member } = await visser.do('bring', { thread, person: rania.welcome.me.id });
  assert.deepEqual([member.first_seq, member.since_seq], [3, 2]);
  const before = rania.welcome;
  assert.equal((await rania.do('thread', { thread })).thread.last, undefined);
  assert.deepEqual(await allOf(rania, thread), { messages: [], replies: [] });
  for (const fields of [{ before: 3 }, { after: 0 }, { after: 1 }]) assert.deepEqual((await rania.do('history', { thread, ...fields })).messages, []);

  await visser.do('correct', { thread, seq, body: `${secret}, verbeterd` });
  await visser.do('version', { thread, seq, language: 'en', body: `${secret} in English` });
  await huda.do('answer', { thread, seq, answer: 'none' });
  await visser.do('withdraw', { thread, seq });
  for (const [command, fields] of [['version', { language: 'en', body: 'x' }], ['correct', { body: 'x' }], ['withdraw', {}]]) {
    assert.equal((await refusal(rania.do(command, { thread, seq, ...fields }))).code, 'not_found', command);
  }
  const third = await say(huda, thread, 'أهلا');
  assert.equal((await rania.event('message')).message.seq, third.seq, 'the first message event is of what came after');
  assert.deepEqual(rania.events.filter(({ event }) => event === 'reply'), []);
  const resumed = await accounts.rania.connect({ hello: { since: before.at, log: before.log } });
  assert.equal(resumed.welcome.mode, 'resumed');
  assert.equal((await resumed.event('message')).message.seq, third.seq);
  for (const client of [rania, resumed, await accounts.rania.connect()]) assert.ok(!(await told(client, thread)).includes(secret), client.name);
  assert.equal((await rania.do('thread', { thread })).thread.unread, 1);
  assert.deepEqual(await rania.do('read', { thread, seq: third.seq }), { read: 3, unread: 0 });
});

test('nobody opens to another what is closed to themselves', async (t) => {
  const { thread, visser, rania, jansen } = await room(t, ['visser', 'rania', 'jansen']);
  await say(visser, thread, secret);
  await visser.do('bring', { thread, person: rania.welcome.me.id, reach: 'now' });
  const { member } = await rania.do('bring', { thread, person: jansen.welcome.me.id, reach: 'all' });
  assert.equal(member.first_seq, 2);
  assert.deepEqual(await allOf(jansen, thread), { messages: [], replies: [] });
});

test('who was taken out hears and gets nothing more, not even by resuming; the others see that they left', async (t) => {
  const { thread, accounts, visser, huda, rania } = await room(t, ['visser', 'huda', 'rania']);
  const person = rania.welcome.me.id;
  await visser.do('bring', { thread, person, reach: 'all' });
  await say(visser, thread, 'Welkom');
  const { id: since } = await rania.event('message');
  const { member } = await visser.do('take_out', { thread, person });
  assert.ok(member.until >= member.since);
  assert.equal(member.until_seq, 1);
  const left = await rania.event('member', (e) => e.member.until !== undefined);
  assert.equal((await huda.event('member', (e) => e.member.until !== undefined)).member.person.id, person);
  const { seq } = await say(visser, thread, 'Nu zonder Rania');
  await huda.do('read', { thread, seq });
  await huda.do('answer', { thread, seq, answer: 'call_me' });
  await visser.do('correct', { thread, seq: 1, body: 'Welkom!' });
  await huda.do('typing', { thread });
  await settled(visser);
  assert.equal((await refusal(rania.do('history', { thread }))).code, 'not_found');
  assert.deepEqual(rania.drain().filter((e) => e.thread === thread && e.event !== 'member' && !(e.id <= left.id)), [], 'nothing live');
  const resumed = await accounts.rania.connect({ hello: { since, log: rania.welcome.log } });
  assert.equal(resumed.welcome.mode, 'resumed');
  await settled(resumed);
  assert.deepEqual(resumed.events.map(({ event, id }) => [event, id]), [['member', left.id]], 'nothing by resuming but that they left');
  assert.deepEqual((await accounts.rania.connect()).welcome.threads, []);
  for (const command of ['send', 'typing', 'read', 'thread']) {
    const fields = { send: { client_id: crypto.randomUUID(), body: 'x' }, read: { seq: 1 } }[command] ?? {};
    assert.equal((await refusal(rania.do(command, { thread, ...fields }))).code, 'not_found', command);
  }
  const { members } = (await huda.do('thread', { thread })).thread;
  assert.deepEqual(members.filter((m) => m.person.id === person).map((m) => m.until_seq), [1]);
  assert.equal((await allOf(huda, thread)).messages.length, 2, 'what they wrote and read stays with the others');
});

test('who comes back has a second time, from then on', async (t) => {
  const { thread, visser, rania } = await room(t, ['visser', 'rania']);
  const person = rania.welcome.me.id;
  await visser.do('bring', { thread, person, reach: 'all' });
  await say(visser, thread, secret);
  await visser.do('take_out', { thread, person });
  await say(visser, thread, secret);
  await visser.do('bring', { thread, person });
  const { seq } = await say(visser, thread, 'Daar is ze weer');
  await rania.event('message', (e) => e.message.seq === seq);
  assert.deepEqual((await allOf(rania, thread)).messages.map((message) => message.seq), [3]);
  const { members } = (await visser.do('thread', { thread })).thread;
  assert.deepEqual(members.filter((m) => m.person.id === person).map((m) => [m.since_seq, m.until_seq]), [[0, 1], [2, undefined]]);
});

test('oneself may leave where one was brought in; the roster\'s people stay, families and the administrator cannot be brought', async (t) => {
  const { thread, visser, huda, rania, admin, oksana } = await room(t, ['visser', 'huda', 'rania', 'admin', 'oksana']);
  const bring = (person) => visser.do('bring', { thread, person: person.welcome.me.id });
  const because = async (promise) => (({ code, field, reason }) => [code, field, reason])(await refusal(promise));
  await bring(rania);
  assert.deepEqual(await because(bring(rania)), ['conflict', 'person', 'already_in']);
  assert.deepEqual(await because(bring(visser)), ['conflict', 'person', 'already_in']);
  for (const nobody of [admin, oksana]) assert.deepEqual(await because(bring(nobody)), ['not_found', 'person', undefined], 'as if there were no such person');
  assert.deepEqual(await because(bring(huda)), ['conflict', 'person', 'already_in']);
  assert.deepEqual(await because(visser.do('bring', { thread, person: 99999 })), ['not_found', 'person', undefined]);
  for (const fixed of [huda, visser]) {
    assert.deepEqual(await because(rania.do('take_out', { thread, person: fixed.welcome.me.id })), ['conflict', 'person', 'by_roster']);
  }
  assert.deepEqual(await because(huda.do('take_out', { thread, person: rania.welcome.me.id })), ['forbidden', undefined, 'role']);
  const { member } = await rania.do('take_out', { thread, person: rania.welcome.me.id });
  assert.ok(member.until > 0);
  assert.deepEqual(await because(visser.do('take_out', { thread, person: rania.welcome.me.id })), ['not_found', 'person', undefined]);
});

test('a language that somebody chose is told to the school side and stays', async (t) => {
  const { thread, accounts, visser, huda, karim } = await room(t, ['visser', 'huda', 'karim']);
  const laptop = await accounts.huda.connect({ name: 'laptop' });
  const { person } = await huda.do('profile', { language: 'EN-gb' });
  assert.equal(person.language, 'en-GB');
  assert.equal((await visser.event('member')).member.person.language, 'en-GB');
  assert.equal((await laptop.event('member', (e) => e.thread === thread)).member.person.language, 'en-GB');
  assert.equal((await karim.event('member')).member.person.language, undefined);
  assert.equal((await accounts.huda.connect()).welcome.me.language, 'en-GB');
  assert.equal((await say(huda, thread, 'Hello')).seq, 1);
  assert.equal((await karim.event('message')).message.language, 'en-GB', 'and it is what they write in');
  const { person: same } = await (await accounts.huda.fetch('/api/session')).json();
  assert.equal(same.language, 'en-GB');
  visser.drain();
  await huda.do('profile', { language: 'en-GB' });
  await settled(visser);
  assert.deepEqual(visser.drain(), [], 'what changes nothing is told to nobody');
});

test('which wording somebody reads first is kept with them, and not told to the rest of the family', async (t) => {
  const { thread, accounts, visser, huda, karim } = await room(t, ['visser', 'huda', 'karim']);
  assert.equal(huda.welcome.me.balance, 'own');
  const laptop = await accounts.huda.connect({ name: 'laptop' });
  const { person } = await huda.do('profile', { balance: 'both' });
  assert.deepEqual([person.balance, person.language], ['both', huda.welcome.me.language]);
  assert.equal((await laptop.event('member', (e) => e.thread === thread)).member.person.balance, 'both');
  assert.equal((await visser.event('member')).member.person.balance, 'both');
  assert.equal((await karim.event('member')).member.person.balance, undefined);
  assert.equal((await accounts.huda.connect()).welcome.me.balance, 'both');
  const { thread: seen } = await karim.do('thread', { thread });
  assert.ok(seen.members.every(({ person: { balance, id } }) => balance === undefined || id === karim.welcome.me.id));
  visser.drain();
  await huda.do('profile', { balance: 'both' });
  await huda.do('profile', {});
  await settled(visser);
  assert.deepEqual(visser.drain(), []);
  assert.deepEqual((({ code, field, reason }) => [code, field, reason])(await refusal(huda.do('profile', { balance: 'dutch' }))), ['invalid', 'balance', 'word']);
});

test('the administrator finds everyone, nobody else does; a link is good once', async (t) => {
  const here = await room(t, ['admin', 'visser', 'huda', 'rania']);
  const { server, admin, visser, huda, rania } = here;
  const roll = await admin.do('roll');
  assert.deepEqual([roll.pupils, roll.classes, roll.guardians, roll.staff, roll.entries.length], [5, 2, 5, 5, 10]);
  const { entries: [entry] } = await admin.do('roll', { query: 'huda' });
  assert.deepEqual([entry.person.name, entry.about.sort()], ['Huda Al-Hariri', ['Amal Al-Hariri · 1A', 'Samir Al-Hariri · 2B']]);
  assert.ok(entry.seen > 0);
  const oksana = (await admin.do('roll', { query: 'коваленко' })).entries[0];
  assert.equal(oksana.seen, undefined, 'she never signed in');
  const { signInWith } = await import('./lib/client.mjs');
  const secret = await server.link('oksana');
  const account = await signInWith(server, secret);
  assert.equal(account.person.id, oksana.person.id);
  assert.equal((await refusal(signInWith(server, secret))).reason, 'link', 'a link is good once');
  assert.equal((await refusal(signInWith(server, 'x'.repeat(43)))).reason, 'link');
  for (const other of [visser, huda, rania]) {
    for (const [command, fields] of [['roll', {}]]) {
      assert.equal((await refusal(other.do(command, fields))).code, 'forbidden', command);
    }
  }
  assert.equal((await refusal(admin.do('invite', { person: 99999 }))).code, 'not_found');
  await admin.do('profile', { language: 'en' });
});

test('two children are two conversations, and another family\'s is not there', async (t) => {
  const { huda, karim, visser, accounts, server } = await room(t, ['huda', 'karim', 'visser']);
  assert.deepEqual(huda.welcome.threads.map(({ pupil }) => pupil.given).sort(), ['Amal', 'Samir']);
  assert.deepEqual(karim.welcome.threads.map(({ pupil }) => pupil.given), ['Samir']);
  assert.deepEqual(visser.welcome.threads.map(({ pupil }) => pupil.given).sort(), ['Samir', 'Микола']);
  const amal = threadOf(huda, 'Amal').id;
  await say(huda, amal, 'مرحبا');
  await settled(visser);
  assert.deepEqual([...visser.events, ...karim.events].filter(({ thread, event }) => thread === amal && event === 'message'), []);
  const bakker = await (await signIn(server, 'bakker')).connect();
  assert.equal(bakker.welcome.threads.find(({ id }) => id === amal).unread, 1);
  assert.ok(accounts);
});
