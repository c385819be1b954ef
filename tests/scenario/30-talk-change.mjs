// A message stays what it was: corrections and versions stand beside the original, and what is taken back is gone everywhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal } from './lib/client.mjs';
import { allOf, room, say } from './lib/room.mjs';

const bare = ({ at, ...version }) => version;

test('a correction is a new version beside the original, for everyone and in history', async (t) => {
  const { thread, visser, huda } = await room(t, ['visser', 'huda']);
  const { seq, rev } = await say(visser, thread, 'Morgen om 9 uur');
  const { message } = await visser.do('correct', { thread, seq, body: 'Morgen om 10 uur' });
  assert.equal(message.body, 'Morgen om 9 uur');
  assert.ok(message.rev > rev);
  assert.deepEqual(message.versions.map(bare), [
    { n: 1, language: 'nl', direction: 'ltr', origin: 'correction', author: visser.welcome.me.id, body: 'Morgen om 10 uur' }]);
  const heard = await huda.event('message', (e) => e.message.versions.length > 0);
  assert.deepEqual(heard.message, message);
  assert.equal(heard.id, message.rev);
  assert.deepEqual((await allOf(huda, thread)).messages, [message]);
  const second = await visser.do('correct', { thread, seq, body: 'Morgen om 11 uur' });
  assert.deepEqual(second.message.versions.map(({ n, body }) => [n, body]), [[1, 'Morgen om 10 uur'], [2, 'Morgen om 11 uur']]);
});

test('only the sender corrects and withdraws', async (t) => {
  const { thread, visser, huda, karim } = await room(t, ['visser', 'huda', 'karim']);
  const { seq } = await say(huda, thread, 'مرحبا');
  for (const other of [visser, karim]) {
    for (const [command, fields] of [['correct', { body: 'x' }], ['withdraw', {}]]) {
      const { code, field, reason } = await refusal(other.do(command, { thread, seq, ...fields }));
      assert.deepEqual({ code, field, reason }, { code: 'forbidden', field: 'seq', reason: 'not_sender' });
    }
  }
  assert.equal((await huda.do('correct', { thread, seq, body: 'أهلا' })).message.versions[0].direction, 'rtl');
});

test('those of the school translate what is said, a family what they said themselves', async (t) => {
  const { thread, visser, huda, karim } = await room(t, ['visser', 'huda', 'karim']);
  const school = await say(visser, thread, 'Morgen is er les'), family = await say(huda, thread, 'غدا؟');
  const version = (who, seq) => who.do('version', { thread, seq, language: 'en', body: 'There is no school tomorrow' });
  assert.equal((await refusal(version(huda, school.seq))).reason, 'not_sender');
  assert.equal((await refusal(version(karim, family.seq))).reason, 'not_sender');
  assert.deepEqual((await allOf(huda, thread)).messages.map(({ versions }) => versions.length), [0, 0]);
  assert.equal((await version(huda, family.seq)).message.versions.length, 1);
  assert.equal((await version(visser, family.seq)).message.versions.length, 2);
});

test('a version typed by hand has its language, direction, origin and author', async (t) => {
  const { thread, visser, huda, karim } = await room(t, ['visser', 'huda', 'karim']);
  const { seq } = await say(visser, thread, 'Samir is ziek');
  const { message } = await visser.do('version', { thread, seq, language: 'ar-sy', body: 'سمير مريض' });
  assert.deepEqual(message.versions.map(bare), [
    { n: 1, language: 'ar-SY', direction: 'rtl', origin: 'person', author: visser.welcome.me.id, body: 'سمير مريض' }]);
  const own = await visser.do('version', { thread, seq, language: 'en', body: 'Samir (سمير) is ill', direction: 'rtl' });
  assert.deepEqual(bare(own.message.versions[1]), { n: 2, language: 'en', direction: 'rtl', origin: 'person', author: visser.welcome.me.id, body: 'Samir (سمير) is ill' });
  await huda.event('message', (e) => e.message.versions.length === 2);
  assert.deepEqual((await allOf(huda, thread)).messages[0], own.message);
});

test('the text of a withdrawn message is gone: from events, history, the list, and what is resumed', async (t) => {
  const { thread, accounts, visser, huda } = await room(t, ['visser', 'huda']);
  const since = huda.welcome.at, { log } = huda.welcome;
  const secret = 'Dit had ik niet mogen schrijven';
  const { seq } = await say(visser, thread, secret);
  await visser.do('version', { thread, seq, language: 'en', body: `${secret} in English` });
  await visser.do('correct', { thread, seq, body: `${secret}!` });
  const { message } = await visser.do('withdraw', { thread, seq });
  assert.deepEqual([message.body, message.versions], [undefined, []]);
  assert.ok(message.withdrawn > 0);
  const heard = await huda.event('message', (e) => e.message.withdrawn);
  assert.deepEqual(heard.message, message);

  const late = await accounts.huda.connect({ hello: { since, log } });
  assert.equal(late.welcome.mode, 'resumed');
  assert.deepEqual((await late.event('message', (e) => e.id === heard.id)).message, message);
  const fresh = await accounts.visser.connect();
  const told = [late.events, fresh.welcome, await late.do('history', { thread }), await fresh.do('history', { thread }), await fresh.do('thread', { thread }), await late.do('threads')];
  assert.ok(!JSON.stringify(told).includes('niet mogen'), 'nobody is shown it any more');
  assert.equal(fresh.welcome.threads.find(({ id }) => id === thread).last.withdrawn, message.withdrawn);

  for (const [command, fields] of [['withdraw', {}], ['correct', { body: 'x' }], ['version', { language: 'en', body: 'x' }]]) {
    const { code, reason } = await refusal(visser.do(command, { thread, seq, ...fields }));
    assert.deepEqual([code, reason], ['conflict', 'withdrawn'], command);
  }
  const { code, reason } = await refusal(huda.do('answer', { thread, seq, answer: 'understood' }));
  assert.deepEqual([code, reason], ['conflict', 'withdrawn']);
  assert.equal((await say(visser, thread, 'Verder')).seq, seq + 1, 'its number stays taken');
});

test('what was never sent cannot be changed', async (t) => {
  const { thread, visser, huda } = await room(t, ['visser', 'huda']);
  await say(visser, thread, 'Dag');
  for (const [command, fields] of [['withdraw', {}], ['correct', { body: 'x' }], ['version', { language: 'en', body: 'x' }]]) {
    assert.equal((await refusal(visser.do(command, { thread, seq: 2, ...fields }))).code, 'not_found', command);
  }
  assert.equal((await refusal(huda.do('answer', { thread, seq: 2, answer: 'call_me' }))).code, 'not_found');
});

test('a language and a direction that the sender chose stay; else they come from the writer and the text', async (t) => {
  const { thread, visser, huda } = await room(t, ['visser', 'huda']);
  const cases = [
    [visser, { body: 'Dag' }, 'nl', 'ltr'],
    [huda, { body: 'مرحبا' }, 'ar', 'rtl'],
    [huda, { body: 'Dag mevrouw' }, 'ar', 'ltr'],
    [huda, { body: '12:30' }, 'ar', 'rtl'],
    [visser, { body: 'سمير is er', language: 'NL', direction: 'ltr' }, 'nl', 'ltr'],
    [visser, { body: 'https://example.nl سمير', language: 'ar' }, 'ar', 'rtl'],
  ];
  for (const [who, fields, language, direction] of cases) {
    const { seq } = await say(who, thread, fields.body, fields);
    const { message } = await visser.event('message', (e) => e.message.seq === seq);
    assert.deepEqual([message.body, message.language, message.direction], [fields.body, language, direction]);
  }
});
