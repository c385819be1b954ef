// How it starts and how it ends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSocket, signIn, uuid } from './lib/client.mjs';
import { frame, opcodes, rawSocket, rawWebSocket, strangeCookie } from './lib/raw.mjs';
import { makeSchool } from './lib/school.mjs';
import { ouderbrug, patience, startServer, temporaryFolder } from './lib/server.mjs';

const empty = async (t, args = []) => startServer(t, { data: await temporaryFolder(t), args });

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`${signal} closes every socket with 1001 and ends with 0, soon`, async (t) => {
    const server = await empty(t);
    const clients = await Promise.all(Array.from({ length: 20 }, () => openSocket(server, { cookie: strangeCookie() })));
    const started = Date.now();
    const end = await server.stop(signal);
    assert.deepEqual(end, { code: 0, signal: null });
    assert.ok(Date.now() - started < patience(1500), `it took ${Date.now() - started} ms`);
    for (const client of clients) assert.equal((await client.closed).code, 1001);
  });
}

test('who does not answer the close does not hold up the end', async (t) => {
  const server = await empty(t);
  const deaf = await rawSocket(server);
  deaf.socket.pause();
  const mute = await rawWebSocket(server, { cookie: strangeCookie() });
  mute.socket.removeAllListeners('data');
  mute.socket.on('data', () => {});
  const half = await rawSocket(server);
  half.send('GET / HTTP/1.1\r\n');
  const started = Date.now();
  assert.equal((await server.stop()).code, 0);
  assert.ok(Date.now() - started < patience(4000));
});

test('what was sent before the end is answered before the close', async (t) => {
  const server = await startServer(t, { ...(await makeSchool(t)), args: ['--rate-burst', '1000'] });
  const visser = await (await signIn(server, 'visser')).connect();
  const thread = visser.welcome.threads[0].id;
  const refs = [];
  for (let i = 0; i < 30; i++) {
    visser.raw(JSON.stringify({ do: 'send', ref: 1000 + i, thread, client_id: uuid(), body: `Bericht ${i}` }));
    refs.push(visser.answer(1000 + i, 'send'));
  }
  const settled = Promise.allSettled(refs);
  await refs[0];
  await server.stop();
  assert.equal((await visser.closed).code, 1001);
  const stored = (await settled).filter((one) => one.status === 'fulfilled').length;
  await server.start();
  const again = await (await signIn(server, 'visser')).connect();
  const page = await again.do('history', { thread });
  const there = page.messages.filter((message) => message.body?.startsWith('Bericht')).length;
  assert.equal(there, stored, 'an answer was lost, or a message');
});

test('a port that is in use is told, with its number', async (t) => {
  const server = await empty(t);
  const { code, stderr } = await ouderbrug(['serve', '--data', await temporaryFolder(t), '--port', String(server.port)], { fails: true });
  assert.equal(code, 1);
  assert.match(stderr, new RegExp(`127\\.0\\.0\\.1 port ${server.port}: Address already in use`));
});

test('an address that is not this machine’s is told', async (t) => {
  const { code, stderr } = await ouderbrug(['serve', '--data', await temporaryFolder(t), '--port', '0', '--address', '192.0.2.1'], { fails: true });
  assert.equal(code, 1);
  assert.match(stderr, /192\.0\.2\.1 port 0: Cannot assign requested address/);
});

test('it listens on IPv6 where it is told to', async (t) => {
  const server = await empty(t, ['--address', '::1']).catch((error) => error);
  if (server instanceof Error) return t.skip('no IPv6 here');
  const port = /listening on .*:(\d+)$/m.exec(server.log())[1];
  const answer = await fetch(`http://[::1]:${port}/healthz`);
  assert.equal(answer.status, 200);
});

test('a thousand sockets come and go and nothing of them stays', async (t) => {
  const server = await empty(t);
  for (let round = 0; round < 10; round++) {
    const sockets = await Promise.all(Array.from({ length: 100 }, (_, i) => rawWebSocket(server, { cookie: strangeCookie(), early: i % 3 ? frame('{}') : '' })));
    sockets.forEach((ws, i) => {
      if (i % 4 === 0) ws.send(frame(Buffer.from([3, 0xe8]), { opcode: opcodes.close }));
      else if (i % 4 === 1) ws.send(frame('half', { fin: false, length: 100 }));
      if (i % 2) ws.socket.destroy();
      else ws.socket.end();
    });
  }
  assert.equal((await server.stop()).code, 0);
});
