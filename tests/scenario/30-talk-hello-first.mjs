// Before hello is answered nobody knows who is there, so nothing but hello is let through.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSocket, refusal, signIn, uuid } from './lib/client.mjs';
import { room, say } from './lib/room.mjs';

const others = (thread, seq, person) => [
  ['threads'], ['thread', { thread }], ['history', { thread }], ['send', { thread, client_id: uuid(), body: 'x' }], ['correct', { thread, seq, body: 'x' }],
  ['version', { thread, seq, language: 'nl', body: 'x' }], ['withdraw', { thread, seq }], ['read', { thread, seq }], ['answer', { thread, seq, answer: 'understood' }],
  ['handled', { thread }], ['typing', { thread }], ['people'], ['bring', { thread, person }], ['take_out', { thread, person }], ['profile', { language: 'en' }],
  ['roll'], ['invite', { person }],
];

for (const first of [false, true]) {
  test(first ? 'what comes in the same breath as hello is refused, whoever asks' : 'without hello everything else is refused', async (t) => {
    const { server, thread, visser } = await room(t, ['visser']);
    const { seq } = await say(visser, thread, 'Dag');
    const person = visser.welcome.me.id;
    for (const who of ['huda', 'admin']) {
      const account = await signIn(server, who);
      for (const [command, fields] of others(thread, seq, person)) {
        const client = await openSocket(server, { cookie: account.cookie, name: who });
        client.socket._socket.cork(); // both in one packet
        const hello = first ? client.do('hello') : null;
        const answer = client.do(command, fields);
        client.socket._socket.uncork();
        const { code, reason } = await refusal(answer);
        assert.deepEqual({ code, reason }, { code: 'conflict', reason: 'hello_first' }, `${who}: ${command}`);
        await hello;
        client.drop();
      }
    }
    assert.deepEqual((await visser.do('history', { thread })).messages.map(({ body }) => body), ['Dag']);
  });
}

test('hello is said once', async (t) => {
  const { visser } = await room(t, ['visser']);
  const { code, reason } = await refusal(visser.do('hello'));
  assert.deepEqual({ code, reason }, { code: 'conflict', reason: 'already_in' });
});

test('hello with the cookie of no session, or of one that ended, closes with 4401', async (t) => {
  const { server, accounts, visser } = await room(t, ['visser']);
  const stranger = await openSocket(server, { cookie: `ouderbrug=${'A'.repeat(43)}` });
  await assert.rejects(stranger.do('hello'), { closed: 4401 });
  assert.equal((await stranger.closed).code, 4401);
  assert.equal((await accounts.visser.fetch('/api/session', { method: 'DELETE' })).status, 204);
  const back = await openSocket(server, { cookie: accounts.visser.cookie });
  await assert.rejects(back.do('hello'), { closed: 4401 });
  assert.equal((await back.closed).code, 4401);
  assert.equal((await visser.closed).code, 4401, 'a socket that was open ends with its session');
});
