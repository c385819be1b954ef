// Who is let in at /ws, and what the others are told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSocket, signIn } from './lib/client.mjs';
import { handshake, rawSocket, rawWebSocket, strangeCookie } from './lib/raw.mjs';
import { makeSchool } from './lib/school.mjs';
import { startServer, temporaryFolder, patience } from './lib/server.mjs';

const empty = async (t, options = {}) => startServer(t, { data: await temporaryFolder(t), ...options });

/** The answer to a handshake that is not let in. */
async function refused(server, options) {
  const raw = await rawSocket(server);
  raw.send(handshake(server, options));
  const answer = await raw.response();
  assert.notEqual(answer, undefined, 'it was hung up on without an answer');
  assert.notEqual(answer.status, 101);
  assert.match(answer.headers['content-security-policy'], /default-src 'none'/);
  await raw.closed;
  return { ...answer, problem: JSON.parse(answer.body) };
}

test('a page of another site is refused at the handshake', async (t) => {
  const server = await empty(t);
  for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${server.port + 1}`, `https://127.0.0.1:${server.port}`,
    `http://127.0.0.1:${server.port}.evil.example`, 'x'.repeat(1000)]) {
    const { status, problem, headers } = await refused(server, { cookie: strangeCookie(), origin });
    assert.equal(status, 403, origin);
    assert.equal(headers['content-type'], 'application/problem+json');
    assert.deepEqual([problem.code, problem.reason], ['forbidden', 'origin']);
  }
});

test('the address of the server and the origins of its settings are let in', async (t) => {
  const server = await empty(t, { args: ['--origins', 'https://school.example, http://intranet:81'] });
  for (const origin of [server.url, `http://localhost:${server.port}`, 'https://school.example', 'http://intranet:81']) {
    const ws = await rawWebSocket(server, { cookie: strangeCookie(), origin });
    ws.socket.destroy();
  }
});

test('with a public address of its own the local one is foreign', async (t) => {
  const server = await empty(t, { args: ['--public-url', 'http://school.example:8000'] });
  assert.equal((await refused(server, { cookie: strangeCookie() })).status, 403);
  (await rawWebSocket(server, { cookie: strangeCookie(), origin: 'http://school.example:8000' })).socket.destroy();
});

test('a client that is no browser says no origin and is let in by its cookie', async (t) => {
  const server = await empty(t);
  (await rawWebSocket(server, { cookie: strangeCookie(), origin: null })).socket.destroy();
});

test('a handshake without a session cookie is refused', async (t) => {
  const server = await empty(t);
  const secret = 'A'.repeat(43);
  for (const cookie of [undefined, 'other=1', 'ouderbrug=', 'ouderbrug=short', `ouderbrug=${secret}A`, `ouderbrug=${'A'.repeat(42)}!`,
    `xouderbrug=${secret}`, `__Host-ouderbrug=${secret}`]) {
    const { status, problem } = await refused(server, { cookie });
    assert.equal(status, 401, cookie);
    assert.equal(problem.code, 'signed_out');
  }
});

test('the cookie is found among others and in a second header', async (t) => {
  const server = await empty(t);
  (await rawWebSocket(server, { cookie: `a=1; ${strangeCookie()} ; b="2"` })).socket.destroy();
  (await rawWebSocket(server, { cookie: 'a=1', more: [`Cookie: ${strangeCookie()}`] })).socket.destroy();
});

test('behind https only the __Host- cookie counts', async (t) => {
  const server = await empty(t, { args: ['--public-url', 'https://school.example'] });
  const origin = 'https://school.example';
  assert.equal((await refused(server, { cookie: strangeCookie(), origin })).status, 401);
  (await rawWebSocket(server, { cookie: `__Host-${strangeCookie()}`, origin })).socket.destroy();
});

test('another subprotocol, path, version or kind of upgrade is refused', async (t) => {
  const server = await empty(t);
  const cookie = strangeCookie();
  assert.equal((await refused(server, { cookie, protocol: 'chat' })).status, 400);
  assert.equal((await refused(server, { cookie, protocol: null })).status, 400);
  assert.equal((await refused(server, { cookie, protocol: '(http)' })).status, 400);
  assert.equal((await refused(server, { cookie, version: '12' })).status, 400);
  assert.equal((await refused(server, { cookie, path: '/' })).status, 404);
  assert.equal((await refused(server, { cookie, path: '/api/session' })).status, 404);
  const raw = await rawSocket(server);
  raw.send('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n');
  assert.equal((await raw.response()).status, 400);
});

test('our subprotocol is found among several', async (t) => {
  const server = await empty(t);
  const ws = await rawWebSocket(server, { cookie: strangeCookie(), protocol: 'chat, ouderbrug.v1' });
  assert.equal(ws.answer.headers['sec-websocket-protocol'], 'ouderbrug.v1');
  assert.equal(ws.answer.headers['sec-websocket-extensions'], undefined);
  ws.socket.destroy();
});

test('a full server says so at the handshake and lets in again when there is room', async (t) => {
  const server = await empty(t, { args: ['--connections-max', '2'] });
  const first = await rawWebSocket(server, { cookie: strangeCookie() });
  await rawWebSocket(server, { cookie: strangeCookie() });
  const { status, problem } = await refused(server, { cookie: strangeCookie() });
  assert.equal(status, 503);
  assert.equal(problem.code, 'unavailable');
  first.socket.destroy();
  await first.closed;
  for (;;) {
    const again = await rawWebSocket(server, { cookie: strangeCookie() }).catch((error) => error);
    if (again.status === 503) continue;
    again.socket.destroy();
    break;
  }
});

test('a cookie that belongs to no session is told so at hello', async (t) => {
  const server = await empty(t);
  const client = await openSocket(server, { cookie: strangeCookie() });
  client.raw('{"do":"hello","ref":1}');
  assert.equal((await client.closed).code, 4401);
});

test('who says no hello in time is asked to come again', async (t) => {
  const server = await startServer(t, { ...(await makeSchool(t)), args: ['--hello-timeout-s', String(patience(1)), '--ping-s', '60'] });
  const silent = await openSocket(server, { cookie: strangeCookie() });
  const said = await (await signIn(server, 'visser')).connect();
  assert.equal((await silent.closed).code, 4002);
  await said.do('threads');
});

test('nothing of a cookie, an address or a path is in the log', async (t) => {
  const server = await empty(t, { args: ['--log-level', 'debug'] });
  const cookie = strangeCookie();
  await refused(server, { cookie, origin: 'https://evil.example' });
  await refused(server, { cookie, path: '/secret-path?secret-query' });
  await fetch(`${server.url}/in?secret-query`, { headers: { cookie } });
  (await rawWebSocket(server, { cookie })).socket.destroy();
  await server.stop();
  assert.doesNotMatch(server.log(), new RegExp(`secret|evil|${cookie.slice(10)}`));
});
