// The built app's files: which path gives which file, in which encoding, kept for how long; and that nothing else is given.
import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { rawSocket } from './lib/raw.mjs';
import { ouderbrug, patience, startServer, temporaryFolder } from './lib/server.mjs';

const html = '<!doctype html><title>Ouderbrug</title>';
const script = 'console.log(1);\n'.repeat(30_000);

/** A server with a small app of its own. */
async function withApp(t, args = []) {
  const folder = await temporaryFolder(t);
  const app = join(folder, 'app');
  await mkdir(join(app, 'assets/fonts'), { recursive: true });
  const files = {
    'index.html': html, 'sw.js': '// worker', 'manifest.webmanifest': '{}', 'icon.svg': '<svg/>', 'empty.txt': '', 'alone.br': 'x', '.hidden': 'x',
    'assets/app-3f2a.js': script, 'assets/app-3f2a.js.br': brotliCompressSync(script), 'assets/app-3f2a.js.gz': gzipSync(script),
    'assets/style.css': 'a{}', 'assets/style.css.gz': gzipSync('a{}'), 'assets/fonts/f.woff2': 'font', 'assets/big.bin': Buffer.alloc(3_000_000, 7),
  };
  for (const [path, content] of Object.entries(files)) await writeFile(join(app, path), content);
  await writeFile(join(folder, 'outside.txt'), 'outside');
  await symlink(join(folder, 'outside.txt'), join(app, 'link.txt'));
  return startServer(t, { data: join(folder, 'data'), webFolder: app, args });
}

/** One GET by hand: { status, headers, body: Buffer }. */
async function get(server, path, { headers = {}, method = 'GET' } = {}) {
  const raw = await rawSocket(server);
  raw.send(`${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${Object.entries(headers).map(([n, v]) => `${n}: ${v}\r\n`).join('')}\r\n`);
  await raw.closed;
  const end = raw.received.indexOf('\r\n\r\n');
  if (end < 0) return { status: 0, headers: {}, body: raw.received };
  const [line, ...lines] = raw.received.subarray(0, end).toString('latin1').split('\r\n');
  return {
    status: Number(line.split(' ')[1]),
    headers: Object.fromEntries(lines.map((one) => [one.slice(0, one.indexOf(':')), one.slice(one.indexOf(': ') + 2)])),
    body: raw.received.subarray(end + 4),
  };
}

test('the app is given at its address and at those of its screens', async (t) => {
  const server = await withApp(t);
  for (const path of ['/', '/index.html', '/in', '/threads/5', '/threads/5?message=3', '/threads/']) {
    const answer = await get(server, path);
    assert.equal(answer.status, 200, path);
    assert.equal(String(answer.body), html);
    assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(answer.headers['cache-control'], 'no-cache');
    assert.match(answer.headers['content-security-policy'], /frame-ancestors 'none'/);
  }
});

test('what is not there is 404, also below a folder that is', async (t) => {
  const server = await withApp(t);
  for (const path of ['/nothing.js', '/assets/nothing', '/assets/nothing.js', '/assets/', '/api/nothing', '/ws', '/link.txt', '/.hidden',
    '/assets/app-3f2a.js.br', '/assets/app-3f2a.js/', '/INDEX.HTML', '/assets/APP-3f2a.js']) {
    const answer = await get(server, path);
    assert.equal(answer.status, 404, path);
    assert.equal(answer.headers['content-type'], 'application/problem+json');
    assert.match(answer.headers['content-security-policy'], /frame-ancestors 'none'/);
  }
});

test('no path leaves the folder', async (t) => {
  const server = await withApp(t);
  for (const path of ['/../outside.txt', '/assets/../../outside.txt', '/%2e%2e/outside.txt', '/..%2foutside.txt', '/assets/%2e%2e%2f%2e%2e%2foutside.txt',
    '//outside.txt', '/./../outside.txt', '/..\\outside.txt', '/%5c..%5coutside.txt', '/....//outside.txt', '/outside.txt%00.html', '/%00', '/assets/..;/outside.txt',
    'http://x/../outside.txt', '*', 'outside.txt']) {
    const answer = await get(server, path);
    assert.doesNotMatch(String(answer.body), /outside/, path);
    assert.ok([0, 200, 400, 403, 404].includes(answer.status), `${path}: ${answer.status}`);
    if (answer.status === 200) assert.equal(String(answer.body), html);
  }
});

test('every file has its type', async (t) => {
  const server = await withApp(t);
  for (const [path, type] of Object.entries({
    '/sw.js': 'text/javascript; charset=utf-8', '/manifest.webmanifest': 'application/manifest+json', '/icon.svg': 'image/svg+xml',
    '/assets/style.css': 'text/css; charset=utf-8', '/assets/fonts/f.woff2': 'font/woff2', '/assets/big.bin': 'application/octet-stream', '/alone.br': 'application/octet-stream',
  })) {
    const answer = await get(server, path);
    assert.equal(answer.status, 200, path);
    assert.equal(answer.headers['content-type'], type);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
  }
});

test('assets are kept for a year, everything else is asked about again', async (t) => {
  const server = await withApp(t);
  assert.equal((await get(server, '/assets/app-3f2a.js')).headers['cache-control'], 'public, max-age=31536000, immutable');
  for (const path of ['/', '/sw.js', '/manifest.webmanifest', '/icon.svg']) assert.equal((await get(server, path)).headers['cache-control'], 'no-cache', path);
});

test('the encoding is the best of those that are accepted', async (t) => {
  const server = await withApp(t);
  const path = '/assets/app-3f2a.js';
  for (const [accept, coding] of Object.entries({
    'gzip, deflate, br, zstd': 'br', 'gzip, deflate': 'gzip', br: 'br', BR: 'br', 'br;q=0, gzip': 'gzip', 'br;q=0.5, gzip;q=0.8': 'gzip', 'gzip;q=0.8, br;q=0.8': 'br',
    'br;q=0, gzip;q=0': undefined, identity: undefined, '*': 'br', '*;q=0.1, br;q=0': 'gzip', 'br;q=0, *;q=0': undefined, deflate: undefined, '': undefined,
    'gzip;q=0.000, br;q=0.001': 'br', 'x-gzip': undefined, 'br ; q=1': 'br', 'gzip;q=nonsense': undefined, 'brotli, gzippy': undefined,
    'identity;q=1, gzip;q=0.5': undefined,
  })) {
    const answer = await get(server, path, { headers: { 'Accept-Encoding': accept } });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-encoding'], coding, accept);
    assert.equal(answer.headers.vary, 'accept-encoding');
    assert.equal(Number(answer.headers['content-length']), answer.body.length);
    const body = coding === 'br' ? brotliDecompressSync(answer.body) : coding === 'gzip' ? gunzipSync(answer.body) : answer.body;
    assert.equal(String(body), script);
  }
  const plain = await get(server, '/sw.js', { headers: { 'Accept-Encoding': 'br, gzip' } });
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(plain.headers.vary, undefined);
});

test('what the browser has is not sent again, and each encoding has a tag of its own', async (t) => {
  const server = await withApp(t);
  const path = '/assets/app-3f2a.js';
  const tags = [];
  for (const accept of ['identity', 'br', 'gzip']) tags.push((await get(server, path, { headers: { 'Accept-Encoding': accept } })).headers.etag);
  assert.equal(new Set(tags).size, 3);
  assert.match(tags[0], /^"[0-9a-f]{32}"$/);
  for (const [known, status] of [[tags[0], 304], [`W/${tags[0]}`, 304], [`"x", ${tags[0]}`, 304], ['*', 304], [tags[1], 200], ['"x"', 200], ['nonsense', 200], [`${tags[0].slice(0, -1)}`, 200]]) {
    const answer = await get(server, path, { headers: { 'If-None-Match': known } });
    assert.equal(answer.status, status, known);
    assert.equal(answer.headers.etag, tags[0]);
    assert.equal(answer.headers.vary, 'accept-encoding');
    assert.match(answer.headers['content-security-policy'], /frame-ancestors 'none'/);
    if (status === 304) assert.equal(answer.body.length, 0);
  }
});

test('HEAD of a file tells its length and sends nothing', async (t) => {
  const server = await withApp(t);
  const answer = await get(server, '/assets/app-3f2a.js', { method: 'HEAD' });
  assert.equal(answer.status, 200);
  assert.equal(Number(answer.headers['content-length']), script.length);
  assert.equal(answer.body.length, 0);
});

test('a file takes GET and HEAD only', async (t) => {
  const server = await withApp(t);
  for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    const answer = await get(server, '/sw.js', { method });
    assert.equal(answer.status, 405, method);
    assert.equal(answer.headers.allow, 'GET, HEAD');
  }
});

test('a large file arrives whole, also where it is read slowly, and the empty one too', async (t) => {
  const server = await withApp(t);
  const raw = await rawSocket(server);
  raw.send('GET /assets/big.bin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  raw.socket.pause();
  await new Promise((done) => setTimeout(done, 500));
  raw.socket.resume();
  await raw.closed;
  const body = raw.received.subarray(raw.received.indexOf('\r\n\r\n') + 4);
  assert.equal(body.length, 3_000_000);
  assert.ok(body.every((byte) => byte === 7));
  const empty = await get(server, '/empty.txt');
  assert.deepEqual([empty.status, empty.headers['content-length'], empty.body.length], [200, '0', 0]);
});

for (const [what, more] of [['in the same packet', '\r\n'], ['later', 'GET /sw.js HTTP/1.1\r\nHost: x\r\n\r\n']]) {
  test(`who asks for more ${what} without reading what they get is cut`, async (t) => {
    const server = await withApp(t);
    const raw = await rawSocket(server);
    raw.socket.pause();
    const gone = new Promise((done) => raw.socket.once('error', done).once('close', done));
    raw.send('GET /assets/big.bin HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(what === 'later' ? 3 : 20));
    const started = Date.now();
    const nudge = setInterval(() => raw.socket.write(more), 500);
    await gone;
    clearInterval(nudge);
    assert.ok(Date.now() - started < patience(10_000), `it took ${Date.now() - started} ms`);
    assert.equal((await get(server, '/sw.js')).status, 200);
  });
}

test('without an app the API is served, and a folder that is no app is refused', async (t) => {
  const folder = await temporaryFolder(t);
  const server = await startServer(t, { data: join(folder, 'data'), webFolder: join(folder, 'nowhere') });
  assert.equal((await get(server, '/')).status, 404);
  assert.equal((await get(server, '/healthz')).status, 200);
  assert.match(server.log(), /the built app is not at/);
  await writeFile(join(folder, 'file'), '');
  const { code, stderr } = await ouderbrug(['serve', '--data', join(folder, 'data2'), '--port', '0', '--web', join(folder, 'file')], { fails: true });
  assert.equal(code, 1);
  assert.match(stderr, /Not a directory/);
});
