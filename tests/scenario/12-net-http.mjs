// HTTP beside the files: what is refused and how, bodies and their lengths, the cookie, and half requests.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signIn, signInWith } from './lib/client.mjs';
import { rawSocket } from './lib/raw.mjs';
import { makeSchool } from './lib/school.mjs';
import { patience, pause, startServer, temporaryFolder } from './lib/server.mjs';

const empty = async (t, args = []) => startServer(t, { data: await temporaryFolder(t), args });

const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; "
  + "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

function assertCareful(headers, https = false) {
  assert.equal(headers['content-security-policy'], CSP);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['referrer-policy'], 'no-referrer');
  assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
  assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
  assert.match(headers['permissions-policy'], /geolocation=\(\)/);
  assert.equal(headers['strict-transport-security'], https ? 'max-age=31536000; includeSubDomains' : undefined);
}

/** Sends one request by hand and gives its answer. */
async function ask(server, lines, { body = '', head = false } = {}) {
  const raw = await rawSocket(server);
  raw.send([...lines, '', ''].join('\r\n') + body);
  const answer = await raw.response({ head });
  raw.socket.end();
  return answer;
}

function assertProblem(answer, status, code, reason) {
  assert.equal(answer.status, status, JSON.stringify(answer));
  assert.equal(answer.headers['content-type'], 'application/problem+json');
  assert.equal(answer.headers['cache-control'], 'no-store');
  const problem = JSON.parse(answer.body);
  assert.equal(problem.status, status);
  assert.equal(problem.code, code);
  assert.equal(problem.reason, reason);
  assertCareful(answer.headers);
}

test('the server is well when its store answers', async (t) => {
  const server = await empty(t);
  const answer = await ask(server, ['GET /healthz HTTP/1.1', 'Host: x']);
  assert.equal(answer.status, 200);
  assert.deepEqual(JSON.parse(answer.body), { status: 'ok' });
  assertCareful(answer.headers);
});

test('every kind of answer has the security headers', async (t) => {
  const server = await empty(t);
  for (const [line, status] of [
    ['GET /healthz', 200], ['GET /api/openapi.json', 200], ['GET /api/session', 401], ['GET /nothing.txt', 404], ['GET /api/nothing', 404],
    ['PUT /api/session', 405], ['POST /api/session', 411], ['GET /ws', 404], ['OPTIONS /api/session', 405],
    ['GET /%zz', 403], ['GET /%', 403], ['PATCH /api/session', 405],
  ]) {
    const answer = await ask(server, [`${line} HTTP/1.1`, 'Host: x']);
    // lws hangs up on some malformed lines without an answer; what is answered is answered carefully
    if (answer === undefined && line.includes('%')) continue;
    assert.equal(answer.status, status, line);
    assertCareful(answer.headers);
  }
});

test('behind https browsers are told to stay there', async (t) => {
  const server = await empty(t, ['--public-url', 'https://school.example']);
  assertCareful((await ask(server, ['GET /healthz HTTP/1.1', 'Host: x'])).headers, true);
});

test('a method that an address does not know is 405 and says which it knows', async (t) => {
  const server = await empty(t);
  const answer = await ask(server, ['PUT /api/session HTTP/1.1', 'Host: x', 'Content-Length: 0']);
  assertProblem(answer, 405, 'method');
  assert.equal(answer.headers.allow, 'GET, HEAD, POST, DELETE');
  const openapi = await ask(server, ['DELETE /api/openapi.json HTTP/1.1', 'Host: x']);
  assertProblem(openapi, 405, 'method');
  assert.equal(openapi.headers.allow, 'GET, HEAD');
});

test('an address that is not there is 404', async (t) => {
  const server = await empty(t);
  assertProblem(await ask(server, ['GET /api/nothing HTTP/1.1', 'Host: x']), 404, 'not_found');
  assertProblem(await ask(server, ['POST /api/nothing HTTP/1.1', 'Host: x', 'Content-Length: 2'], { body: '{}' }), 404, 'not_found');
});

test('a body without a length is 411', async (t) => {
  const server = await empty(t);
  assertProblem(await ask(server, ['POST /api/session HTTP/1.1', 'Host: x'], { body: '{}' }), 411, 'length_required');
  const chunked = await ask(server, ['POST /api/session HTTP/1.1', 'Host: x', 'Transfer-Encoding: chunked'], { body: '2\r\n{}\r\n0\r\n\r\n' });
  assertProblem(chunked, 411, 'length_required');
  assert.equal(chunked.headers.connection, 'close');
});

test('a body with two lengths, or one that is no number, is 400', async (t) => {
  const server = await empty(t);
  for (const lines of [['Content-Length: 2', 'Transfer-Encoding: chunked'], ['Content-Length: 2', 'Content-Length: 3'], ['Content-Length: 2', 'Content-Length: 2'],
    ['Content-Length: -1'], ['Content-Length: 0x2'], ['Content-Length: 2,2'], ['Content-Length: +2'], ['Content-Length: 99999999999999999999999']]) {
    const answer = await ask(server, ['POST /api/session HTTP/1.1', 'Host: x', ...lines], { body: '{}' });
    assertProblem(answer, 400, 'bad_frame');
    assert.equal(answer.headers.connection, 'close');
  }
});

test('a body that is too long is 413, and the connection goes on when little of it was', async (t) => {
  const server = await empty(t);
  const raw = await rawSocket(server);
  raw.send(['POST /api/session HTTP/1.1', 'Host: x', 'Content-Length: 5000', '', ''].join('\r\n'), 'x'.repeat(5000));
  assertProblem(await raw.response(), 413, 'too_large');
  raw.send(['GET /healthz HTTP/1.1', 'Host: x', '', ''].join('\r\n'));
  assert.equal((await raw.response()).status, 200);
  raw.socket.destroy();
});

test('a body that is much too long is answered before it is sent, and the answer arrives', async (t) => {
  const server = await empty(t);
  for (const length of [100_000_000, 5_000_000_000_000]) {
    const raw = await rawSocket(server);
    raw.send(['POST /api/session HTTP/1.1', 'Host: x', `Content-Length: ${length}`, '', ''].join('\r\n'));
    for (let i = 0; i < 40; i++) raw.send('x'.repeat(50_000));
    const answer = await raw.response();
    assertProblem(answer, 413, 'too_large');
    assert.equal(answer.headers.connection, 'close');
    await raw.closed;
  }
});

// A browser looks for the answer when it has sent everything, and that takes as long as it takes.
test('a body that is too long and comes slowly is let fall on the floor, so that the answer arrives', async (t) => {
  const server = await empty(t), raw = await rawSocket(server), pieces = 30, size = 20_000;
  raw.send(['POST /api/session HTTP/1.1', 'Host: x', `Content-Length: ${pieces * size}`, '', ''].join('\r\n'));
  raw.socket.pause();
  for (let i = 0; i < pieces; i++) {
    raw.send('x'.repeat(size));
    await pause(170); // all told longer than a silent one is waited for
  }
  raw.socket.resume();
  assertProblem(await raw.response(), 413, 'too_large');
  await raw.closed;
});

test('an address with a NUL in it is 400, and says so', async (t) => {
  const server = await empty(t);
  for (const line of ['GET /api/session?a=%00', 'GET /healthz?%00', 'GET /a%00b', 'GET /%00', 'DELETE /api/session?a=b%00c&d=e']) {
    const raw = await rawSocket(server);
    raw.send(`${line} HTTP/1.1\r\nHost: x\r\n\r\n`);
    const answer = await raw.response();
    assertProblem(answer, 400, 'bad_frame');
    assert.equal(answer.headers.connection, 'close');
    raw.socket.end();
    await raw.closed;
  }
  // It is an address like any other where it is no escape, and in what follows the first line.
  for (const lines of [['GET /healthz?a=%2500 HTTP/1.1', 'Host: x'], ['GET /healthz HTTP/1.1', 'Host: x', 'X-Other: %00']]) assert.equal((await ask(server, lines)).status, 200);
});

test('a body where none belongs is 413', async (t) => {
  const server = await empty(t);
  assertProblem(await ask(server, ['GET /api/session HTTP/1.1', 'Host: x', 'Content-Length: 5'], { body: 'hello' }), 413, 'too_large');
  assertProblem(await ask(server, ['DELETE /api/session HTTP/1.1', 'Host: x', 'Content-Length: 5'], { body: 'hello' }), 413, 'too_large');
});

test('HEAD is GET without its body', async (t) => {
  const server = await empty(t);
  for (const path of ['/healthz', '/api/openapi.json', '/api/session', '/api/nothing']) {
    const get = await ask(server, [`GET ${path} HTTP/1.1`, 'Host: x']);
    const raw = await rawSocket(server);
    raw.send(`HEAD ${path} HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`);
    const head = await raw.response({ head: true });
    assert.equal(head.status, get.status, path);
    assert.equal(head.headers['content-length'], get.headers['content-length'], path);
    assert.equal((await raw.response()).body, '{"status":"ok"}\n', 'a body came after all');
    raw.socket.destroy();
  }
});

const get = (path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const post = (body) => `POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

test('requests in one packet are answered one after the other', async (t) => {
  const server = await empty(t);
  const raw = await rawSocket(server);
  raw.send(post('{}') + get('/healthz') + get('/api/session') + get('/nothing.js') + get('/healthz'));
  const statuses = [];
  for (let i = 0; i < 5; i++) statuses.push((await raw.response()).status);
  assert.deepEqual(statuses, [422, 200, 401, 404, 200]);
  raw.socket.destroy();
});

test('a body in one packet with an earlier request is hung up on, and nobody else notices', async (t) => {
  const server = await empty(t);
  for (const rest of [post('{}'), post('{}') + get('/healthz'), post('{}') + post('{}') + get('/healthz'), 'POST /api/session HTTP/1.1\r\n\r\n' + get('/healthz')]) {
    const raw = await rawSocket(server);
    raw.send(get('/healthz') + rest);
    assert.equal((await raw.response()).status, 200);
    assert.equal(await raw.response(), undefined, 'it was answered');
    assert.equal((await ask(server, ['GET /healthz HTTP/1.1', 'Host: x'])).status, 200);
  }
});

test('one request after the other on one connection, with and without bodies', async (t) => {
  const server = await empty(t);
  const raw = await rawSocket(server);
  for (let i = 0; i < 50; i++) {
    raw.send(get('/healthz'));
    assert.equal((await raw.response()).status, 200);
    raw.send(post('{}'));
    assert.equal((await raw.response()).status, 422);
  }
  raw.socket.destroy();
});

test('a body byte by byte is one body', async (t) => {
  const server = await empty(t);
  const raw = await rawSocket(server);
  for (const byte of Buffer.from('POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 16\r\n\r\n{"link":"nobody"}'.slice(0, -1))) {
    raw.send(Buffer.from([byte]));
    await new Promise((done) => setImmediate(done));
  }
  assert.equal((await raw.response()).status, 400);
  raw.socket.destroy();
});

test('HTTP/1.0 is answered and closed', async (t) => {
  const server = await empty(t);
  const raw = await rawSocket(server);
  raw.send('GET /healthz HTTP/1.0\r\n\r\n');
  assert.equal((await raw.response()).status, 200);
  await raw.closed;
});

test('another page may not sign anybody in or out', async (t) => {
  const server = await empty(t);
  for (const method of ['POST', 'DELETE']) {
    const answer = await ask(server, [`${method} /api/session HTTP/1.1`, 'Host: x', 'Origin: https://evil.example', `Content-Length: ${method === 'POST' ? 2 : 0}`],
      { body: method === 'POST' ? '{}' : '' });
    assertProblem(answer, 403, 'forbidden', 'origin');
  }
});

test('every call but those by which one comes in asks who it is, and what site the page is of', async (t) => {
  const school = await makeSchool(t), server = await startServer(t, school);
  const account = await signIn(server, 'huda');
  const open = ['post /api/session', 'post /api/invitation', 'post /api/invitation/session', 'get /api/device', 'post /api/device/session', 'post /api/enrolment',
    'post /api/enrolment/proof', 'get /api/ways', 'get /api/oidc/start', 'get /api/oidc/return', 'get /api/openapi.json', 'get /api/asyncapi.json'];
  const { paths } = await (await fetch(`${server.url}/api/openapi.json`)).json();
  const calls = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
  assert.deepEqual(open.filter((call) => !calls.includes(call)), []);
  for (const call of calls.filter((one) => one.includes(' /api/') && !open.includes(one))) {
    const [method, path] = call.split(' '), body = method === 'post' ? '{}' : undefined;
    const nobody = await fetch(server.url + path, { method, body, headers: { origin: server.url } });
    assert.deepEqual([nobody.status, (await nobody.json()).code], [401, 'signed_out'], call);
    const elsewhere = await account.fetch(path, { method, body, headers: { origin: server.url, 'sec-fetch-site': 'cross-site' } });
    assert.deepEqual([elsewhere.status, (await elsewhere.json()).reason], [403, 'origin'], call);
  }
  assert.equal((await account.fetch('/api/session')).status, 200, 'nothing came of it');
});

test('what is no HTTP is hung up on, and the server lives', async (t) => {
  const server = await empty(t);
  for (const bytes of ['\x16\x03\x01\x02\x00\x01\x00', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'HELLO\r\n\r\n', 'GET\r\n\r\n', 'TRACE / HTTP/1.1\r\n\r\n',
    'CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n', 'GET / HTTP/1.1\r\nGET / HTTP/1.1\r\n\r\n', '\0'.repeat(9000), '\r\n'.repeat(100),
    `GET /${'x'.repeat(20000)} HTTP/1.1\r\nHost: x\r\n\r\n`, `GET / HTTP/1.1\r\nX: ${'y'.repeat(20000)}\r\n\r\n`,
    `GET / HTTP/1.1\r\n${'A: b\r\n'.repeat(3000)}\r\n`, `GET / HTTP/1.1\r\nCookie: ${'a=b; '.repeat(1500)}\r\n\r\n`,
    `GET / HTTP/1.1\r\n${'Cookie: a=b\r\n'.repeat(300)}\r\n`, `GET /?${'a=b&'.repeat(500)} HTTP/1.1\r\n\r\n`, 'GET http://x/ HTTP/1.1\r\n\r\n', 'GET * HTTP/1.1\r\n\r\n']) {
    const raw = await rawSocket(server);
    raw.send(Buffer.from(bytes, 'latin1'));
    raw.socket.end();
    await raw.closed;
  }
  assert.equal((await ask(server, ['GET /healthz HTTP/1.1', 'Host: x'])).status, 200);
});

test('who sends half a request, or drips one, is hung up on', async (t) => {
  const server = await empty(t, ['--request-timeout-s', '2']);
  const halves = ['', 'GE', 'GET / HTTP/1.1\r\nHost:', 'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"li'];
  const raws = await Promise.all(halves.map(() => rawSocket(server)));
  raws.forEach((raw, i) => { if (halves[i]) raw.send(halves[i]); });
  const drips = await Promise.all([rawSocket(server), rawSocket(server)]);
  drips[0].send('GET / HTTP/1.1\r\n');
  drips[1].send('POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n');
  const dripping = setInterval(() => { drips[0].send('X'); drips[1].send('x'); }, 200);
  const started = Date.now();
  await Promise.all([...raws, ...drips].map((raw) => raw.closed));
  clearInterval(dripping);
  assert.ok(Date.now() - started < patience(8000), `it took ${Date.now() - started} ms`);
});

test('a browser may keep its connection for a while', async (t) => {
  const server = await empty(t, ['--request-timeout-s', '1']);
  const raw = await rawSocket(server);
  raw.send('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
  assert.equal((await raw.response()).status, 200);
  await new Promise((done) => setTimeout(done, 3000));
  raw.send('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
  assert.equal((await raw.response()).status, 200);
  raw.socket.destroy();
});

test('signing in sets the cookie, signing out clears it', async (t) => {
  const server = await startServer(t, { ...(await makeSchool(t)), args: ['--session-days', '3'] });
  const secret = await server.link('visser');
  const response = await fetch(`${server.url}/api/session`, { method: 'POST', body: JSON.stringify({ link: secret }), headers: { origin: server.url } });
  assert.equal(response.status, 200);
  const [cookie] = response.headers.getSetCookie();
  assert.match(cookie, /^ouderbrug=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=259200; HttpOnly; SameSite=Lax$/);
  await assert.rejects(signInWith(server, secret), { reason: 'link' });

  const account = await signIn(server, 'visser');
  assert.equal((await account.fetch('/api/session')).status, 200);
  const out = await account.fetch('/api/session', { method: 'DELETE' });
  assert.equal(out.status, 204);
  assert.match(out.headers.getSetCookie()[0], /^ouderbrug=; Path=\/; Max-Age=0; HttpOnly; SameSite=Lax$/);
  assert.equal((await account.fetch('/api/session')).status, 401);
});

test('behind https the cookie is __Host- and Secure', async (t) => {
  const origin = 'https://school.example';
  const server = await startServer(t, { ...(await makeSchool(t)), args: ['--public-url', origin] });
  const response = await fetch(`${server.url}/api/session`, { method: 'POST', body: JSON.stringify({ link: await server.link('visser') }), headers: { origin } });
  const [cookie] = response.headers.getSetCookie();
  assert.match(cookie, /^__Host-ouderbrug=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/);
  const session = await fetch(`${server.url}/api/session`, { headers: { cookie: cookie.split(';')[0] } });
  assert.equal(session.status, 200);
});
