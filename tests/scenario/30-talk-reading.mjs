// Reading marks, unread counts, answers, what waits for the school, and typing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal } from './lib/client.mjs';
import { room, say, settled } from './lib/room.mjs';

const threadNow = async (client, thread) => (await client.do('thread', { thread })).thread;
const needsOf = async (client, thread) => (await threadNow(client, thread)).needs.map(({ seq, answer }) => [seq, answer]);

test('a reading mark moves forward, never back, and never past the newest message', async (t) => {
  const { thread, accounts, visser, huda } = await room(t, ['visser', 'huda']);
  const laptop = await accounts.huda.connect({ name: 'laptop' });
  for (const who of [visser, visser, huda, visser, visser]) await say(who, thread, 'x');
  assert.equal((await threadNow(huda, thread)).unread, 4);
  assert.deepEqual(await huda.do('read', { thread, seq: 2 }), { read: 2, unread: 2 });
  for (const someone of [visser, huda, laptop]) {
    const { person, seq, unread } = await someone.event('read');
    assert.deepEqual([person, seq, unread], [huda.welcome.me.id, 2, 2], someone.name);
  }
  assert.deepEqual(await huda.do('read', { thread, seq: 1 }), { read: 2, unread: 2 });
  assert.deepEqual(await huda.do('read', { thread, seq: 2 }), { read: 2, unread: 2 });
  assert.deepEqual(await laptop.do('read', { thread, seq: 9007199254740991 }), { read: 5, unread: 0 });
  const { id } = await visser.event('read');
  await settled(visser);
  assert.deepEqual(visser.drain().filter(({ event }) => event === 'read'), [], 'a mark that did not move is no event');
  assert.ok(id > 0);
  assert.equal((await threadNow(laptop, thread)).unread, 0);
  const { members } = await threadNow(visser, thread);
  assert.equal(members.find(({ person }) => person.name.startsWith('Huda')).read, 5);
});

test('one\'s own messages are not unread, and reading is each one\'s own', async (t) => {
  const { thread, visser, huda, karim } = await room(t, ['visser', 'huda', 'karim']);
  for (let i = 0; i < 3; i++) await say(huda, thread, 'مرحبا');
  assert.deepEqual(await Promise.all([visser, huda, karim].map(async (who) => (await threadNow(who, thread)).unread)), [3, 0, 3]);
  await karim.do('read', { thread, seq: 3 });
  assert.deepEqual(await Promise.all([visser, huda, karim].map(async (who) => (await threadNow(who, thread)).unread)), [3, 0, 0]);
});

test('an answer is seen by the school and by oneself; a later one replaces it, none takes it back', async (t) => {
  const { thread, accounts, visser, huda, karim } = await room(t, ['visser', 'huda', 'karim']);
  const laptop = await accounts.huda.connect({ name: 'laptop' });
  const { seq } = await say(visser, thread, 'Komt Samir morgen?');
  for (const answer of ['understood', 'not_understood', 'call_me', 'none']) {
    assert.deepEqual(await huda.do('answer', { thread, seq, answer }), {});
    for (const someone of [visser, huda, laptop]) {
      const { reply } = await someone.event('reply');
      assert.deepEqual([reply.seq, reply.person, reply.answer], [seq, huda.welcome.me.id, answer], someone.name);
    }
    for (const who of [visser, huda]) {
      const { replies } = await who.do('history', { thread });
      assert.deepEqual(replies.map((reply) => reply.answer), answer === 'none' ? [] : [answer]);
    }
    assert.deepEqual((await karim.do('history', { thread })).replies, [], 'the other parent does not see it');
  }
  await huda.do('answer', { thread, seq, answer: 'understood' });
  await visser.event('reply');
  await huda.do('answer', { thread, seq, answer: 'understood' });
  await settled(visser);
  assert.deepEqual(visser.drain().filter(({ event }) => event === 'reply'), [], 'the same answer again is no event');
  assert.deepEqual(karim.events.filter(({ event }) => event === 'reply' || event === 'needs'), []);
});

test('only a message from school takes an answer, and only from the family', async (t) => {
  const { thread, visser, huda, karim } = await room(t, ['visser', 'huda', 'karim']);
  const { seq } = await say(karim, thread, 'مرحبا');
  const error = await refusal(huda.do('answer', { thread, seq, answer: 'understood' }));
  assert.deepEqual([error.code, error.field, error.reason], ['conflict', 'seq', 'not_from_school']);
  const { seq: school } = await say(visser, thread, 'Dag');
  assert.equal((await refusal(visser.do('answer', { thread, seq: school, answer: 'understood' }))).code, 'forbidden');
  assert.equal((await refusal(huda.do('handled', { thread }))).code, 'forbidden');
});

test('not understood waits until the school speaks; call me waits until it is handled or taken back', async (t) => {
  const { thread, visser, huda, karim } = await room(t, ['visser', 'huda', 'karim']);
  const a = (await say(visser, thread, 'Een')).seq, b = (await say(visser, thread, 'Twee')).seq;
  await huda.do('answer', { thread, seq: a, answer: 'not_understood' });
  assert.deepEqual((await visser.event('needs')).needs.map(({ seq, answer, person }) => [seq, answer, person]), [[a, 'not_understood', huda.welcome.me.id]]);
  await karim.do('answer', { thread, seq: b, answer: 'call_me' });
  assert.deepEqual((await visser.event('needs')).needs.map(({ seq, answer }) => [seq, answer]), [[a, 'not_understood'], [b, 'call_me']]);
  await say(huda, thread, 'لا أفهم');
  assert.deepEqual(await needsOf(visser, thread), [[a, 'not_understood'], [b, 'call_me']], 'a message of the family settles nothing');
  await say(visser, thread, 'Ik leg het uit');
  assert.deepEqual((await visser.event('needs')).needs.map(({ seq, answer }) => [seq, answer]), [[b, 'call_me']]);
  assert.deepEqual((await huda.do('history', { thread })).replies.map(({ answer }) => answer), ['not_understood'], 'the answer itself stays');
  await huda.do('answer', { thread, seq: a, answer: 'not_understood' });
  assert.deepEqual(await needsOf(visser, thread), [[a, 'not_understood'], [b, 'call_me']], 'asked again it waits again');
  await visser.do('version', { thread, seq: a, language: 'ar', body: 'واحد' });
  assert.deepEqual(await needsOf(visser, thread), [[b, 'call_me']], 'a version in another language is an explanation');
  await visser.do('correct', { thread, seq: a, body: 'Een!' });
  assert.deepEqual(await needsOf(visser, thread), [[b, 'call_me']]);
  await visser.do('handled', { thread });
  assert.deepEqual(await needsOf(visser, thread), []);
  assert.equal((await threadNow(visser, thread)).handled, 4);
  await karim.do('answer', { thread, seq: a, answer: 'call_me' });
  assert.deepEqual(await needsOf(visser, thread), [[a, 'call_me']]);
  await karim.do('answer', { thread, seq: a, answer: 'understood' });
  assert.deepEqual(await needsOf(visser, thread), [], 'the parent answered otherwise');
  assert.deepEqual([...huda.events, ...karim.events].filter(({ event }) => event === 'needs'), [], 'the family is not told what waits');
});

test('typing is told to the school side only, not to the writer\'s own devices, and is not stored', async (t) => {
  const here = await room(t, ['visser', 'huda', 'karim', 'jansen', 'oksana']);
  const { thread, accounts, visser, huda, karim, jansen, oksana } = here;
  const tablet = await accounts.visser.connect({ name: 'tablet' });
  const laptop = await accounts.huda.connect({ name: 'laptop' });
  await visser.do('bring', { thread, person: jansen.welcome.me.id });
  assert.deepEqual(await huda.do('typing', { thread }), {});
  for (const someone of [visser, tablet, jansen]) {
    assert.deepEqual(await someone.event('typing'), { event: 'typing', thread, person: huda.welcome.me.id });
  }
  await visser.do('typing', { thread });
  assert.equal((await jansen.event('typing')).person, visser.welcome.me.id);
  assert.equal((await refusal(oksana.do('typing', { thread }))).code, 'not_found');
  await say(visser, thread, 'klaar');
  for (const someone of [huda, laptop, karim, visser, tablet]) {
    await someone.event('message');
    assert.deepEqual(someone.drain().filter(({ event }) => event === 'typing'), [], someone.name);
  }
  const again = await accounts.jansen.connect({ hello: { since: jansen.welcome.at, log: jansen.welcome.log } });
  await again.event('message');
  assert.deepEqual(again.events.filter(({ event }) => event === 'typing'), []);
});
