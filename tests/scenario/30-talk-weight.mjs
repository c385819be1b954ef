// However much one person writes, everybody can still open the conversation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal } from './lib/client.mjs';
import { allOf, room, say } from './lib/room.mjs';

test('a message takes a bounded number of versions, and says so', async (t) => {
  const { thread, visser } = await room(t, ['visser', 'huda']);
  const { seq } = await say(visser, thread, 'kort');
  for (let n = 1; n <= 100; n++) await visser.do('correct', { thread, seq, body: `versie ${n}` });
  for (const [command, fields] of [['correct', { body: 'nog een' }], ['version', { language: 'ar', body: 'أهلا' }]]) {
    const { code, field, reason } = await refusal(visser.do(command, { thread, seq, ...fields }));
    assert.deepEqual({ code, field, reason }, { code: 'conflict', field: 'seq', reason: 'too_many' }, command);
  }
});

test('long texts make short pages, and everybody can still come in', async (t) => {
  const { thread, accounts, visser, huda } = await room(t, ['visser', 'huda']);
  const long = 'ا'.repeat(3900);
  let refused;
  for (let message = 0; message < 12; message++) {
    const { seq } = await say(huda, thread, long);
    for (let n = 0; !refused && n < 100; n++) refused = await huda.do('correct', { thread, seq, body: long + n }).then(() => null, (error) => error);
    assert.equal(refused?.reason, 'too_many');
    refused = null;
  }
  const page = await visser.do('history', { thread, limit: 100 });
  assert.ok(page.more && page.messages.length > 0 && page.messages.length < 12, `${page.messages.length} messages`);
  assert.equal(page.messages.at(-1).seq, 12);
  assert.deepEqual((await allOf(visser, thread)).messages.map(({ seq }) => seq), Array.from({ length: 12 }, (_, i) => i + 1));
  const after = await visser.do('history', { thread, after: 0, limit: 100 });
  assert.ok(after.more && after.messages[0].seq === 1);
  assert.equal((await accounts.visser.connect()).welcome.mode, 'fresh');
});

test('who connects more often may not say more', async (t) => {
  const { thread, accounts, visser, huda } = await room(t, ['visser', 'huda'], { args: ['--rate-burst', '30', '--rate-per-second', '0.1'] });
  const second = await accounts.visser.connect();
  const outcome = (client) => client.do('thread', { thread }).then(() => 'done', ({ code }) => code);
  // Until it is: a slow machine earns some meanwhile.
  for (let n = 0; n < 100 && await outcome(visser) === 'done'; n++);
  assert.equal(await outcome(visser), 'rate_limited');
  assert.equal(await outcome(second), 'rate_limited');
  assert.equal(await outcome(huda), 'done', 'others are not held up');
  await visser.close();
  assert.equal(await outcome(second), 'rate_limited', 'while one of their connections is there');
});

test('what is refused is paid for as well, before and after hello, and who floods on is closed', async (t) => {
  const { thread, accounts, huda } = await room(t, ['visser', 'huda'], { args: ['--rate-burst', '30', '--rate-per-second', '0.1'] });
  const silent = await accounts.visser.connect({ hello: false });
  const outcomes = async (client, command, fields) => {
    const codes = await Promise.all(Array.from({ length: 40 }, () => client.do(command, fields).then(() => 'done', ({ code }) => code)));
    return codes.at(-1);
  };
  assert.equal(await outcomes(silent, 'threads', {}), 'rate_limited');
  assert.equal(await outcomes(await accounts.visser.connect(), 'hello', {}), 'rate_limited');
  const flood = await accounts.visser.connect();
  const frame = JSON.stringify({ do: 'send', ref: 1, thread, client_id: '0190a0a0-0000-7000-8000-000000000000', body: 'x'.repeat(60_000) });
  for (let n = 0; n < 60; n++) flood.raw(frame);
  assert.equal((await flood.closed).code, 4001);
  assert.equal((await huda.do('thread', { thread })).thread.id, thread, 'others notice nothing');
});
