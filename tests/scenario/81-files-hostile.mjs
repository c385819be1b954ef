// What strangers send in to do harm: names, disguises, bombs, broken files, tools that hang, other people's uploads. Each is answered with a code, and
// nothing of it is there afterwards.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, readdir, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import { refusal } from './lib/client.mjs';
import { fetchFile, pdf, picture, textOf, upload } from './lib/media.mjs';
import { room, say, threadOf } from './lib/room.mjs';
import { temporaryFolder } from './lib/server.mjs';

const crc = (bytes) => {
  let c = ~0;
  for (const b of bytes) { c ^= b; for (let k = 0; k < 8; k++) c = c >>> 1 ^ (c & 1 ? 0xedb88320 : 0); }
  return ~c >>> 0;
};
const chunk = (type, data) => {
  const head = Buffer.alloc(8), tail = Buffer.alloc(4);
  head.writeUInt32BE(data.length); head.write(type, 4, 'latin1');
  tail.writeUInt32BE(crc(Buffer.concat([head.subarray(4), data])));
  return Buffer.concat([head, data, tail]);
};
const png = (width, height, data) => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width); header.writeUInt32BE(height, 4); header[8] = 8;
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
};

test('disguises, bombs and broken files are refused, and say why', async (t) => {
  const tools = await temporaryFolder(t);
  const fake = async (name, script) => { await writeFile(join(tools, name), `#!/bin/sh\n${script}\n`); await chmod(join(tools, name), 0o755); return join(tools, name); };
  const { server, thread, visser, huda, accounts } = await room(t, ['visser', 'huda', 'karim'], {
    args: ['--rate-burst', '1000', '--file-max-bytes', '1M', '--ffmpeg', await fake('ffmpeg', 'exit 3')] });
  const photo = picture(), send = async (bytes, options) => {
    const { status, body } = await upload(accounts.huda, options?.thread ?? thread, bytes, options);
    return status === 200 ? body : `${status} ${body.field ?? ''} ${body.reason ?? body.code}`;
  };

  const script = '<script>alert(document.domain)</script>';
  for (const [what, bytes] of Object.entries({
    'a page': `<!doctype html>${script}`, 'a drawing with a script': `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`,
    'a GIF that is a script': 'GIF89a/*\x01\0\0\0\0\0;*/=1;alert(1)', 'a program': '\x7fELF\x02\x01\x01\0', 'a zip': 'PK\x03\x04', 'packed': gzipSync(photo),
    'a playlist': '#EXTM3U\nfile:///etc/passwd\n', 'a list of files': 'ffconcat version 1.0\nfile /etc/passwd\n', 'one byte': 'x', 'PostScript': '%!PS-Adobe-3.0',
    'a bare head of a JPEG': Buffer.from([0xff, 0xd8, 0xff]), 'a TIFF': 'II*\0\x08\0\0\0', 'an AVI': 'RIFF\0\0\0\0AVI LIST',
  })) assert.equal(await send(Buffer.from(bytes, 'latin1')), '422 body file_type', what);
  assert.equal(await send(Buffer.alloc(0)), '422 body empty');

  // What is in front of it or behind it goes: it is written anew.
  const polyglot = await send(Buffer.concat([photo, Buffer.from(script)]), { name: '<script>.html' });
  assert.equal(polyglot.kind, 'photo');
  const shown = await fetchFile(accounts.huda, polyglot.id);
  assert.ok(!shown.bytes.includes('script'));
  assert.equal(shown.headers['content-type'], 'image/jpeg');

  assert.equal(await send(png(60_000, 60_000, deflateSync(Buffer.alloc(1000)))), '422 body too_wide');
  assert.equal(await send(png(0, 10, deflateSync(Buffer.alloc(10)))), '422 body damaged');
  assert.match(await send(png(7000, 7000, deflateSync(Buffer.alloc(100)))).then((x) => x.kind ?? x), /damaged|photo/);
  const bomb = Buffer.from(`%PDF-1.4\n${'['.repeat(200_000)}`, 'latin1');
  assert.match(await send(bomb), /damaged|too_heavy/);
  assert.match(await send(photo.subarray(0, 400)).then((x) => x.kind ?? x), /damaged/);
  assert.equal(await send(Buffer.from('\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm', 'latin1')), '422 body damaged');
  assert.equal(await send(pdf('x', { trailer: '/Encrypt<</Filter/Standard/V 1/R 2/O(01234567890123456789012345678901)/U(01234567890123456789012345678901)/P -4>>/ID[(x)(x)]' })), '422 body locked');
  const tooLong = request(`${server.url}/api/upload?thread=${thread}`, { method: 'POST', headers: { cookie: accounts.huda.cookie, 'content-length': 1024 * 1024 + 1 } });
  tooLong.on('error', () => {}).flushHeaders();
  assert.equal((await once(tooLong, 'response'))[0].statusCode, 413);
  tooLong.destroy();

  // A name that is too long, holds a NUL or is no text is refused; in the address it is nothing.
  for (const named of ['x'.repeat(300), '%00', '%zz', '%4']) {
    const { status, body } = await upload(accounts.huda, thread, photo, { headers: { 'x-file-name': named } });
    assert.deepEqual([status, body.field], [422, 'name'], named);
  }
  // A document keeps what it says and loses what it does; its name loses its folders.
  for (const [name, is] of [['../../etc/passwd', 'passwd.pdf'], ['C:\\Users\\oma\\brief.docx', 'brief.pdf'], ['a\u202egnp.exe', 'agnp.pdf'], ['brief aan school.pdf', 'brief aan school.pdf'], ['/', undefined], ['a\u0007b', undefined]]) {
    const made = await send(pdf('Beste ouders', { catalogue: '/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Names<</EmbeddedFiles<</Names[(x)9 0 R]>>>>', trailer: '/Info<</Author(Geheim)>>' }), { name });
    assert.equal(made.kind, 'document', name);
    assert.equal(made.name, is, JSON.stringify(name));
    const { bytes, headers } = await fetchFile(accounts.huda, made.id);
    // It is saved under its name, of which nothing stands in the head as it was written.
    assert.equal(headers['content-disposition'], `attachment; filename="document.pdf"${is ? `; filename*=UTF-8''${encodeURIComponent(is)}` : ''}`);
    if (name !== '/') continue;
    assert.equal(textOf(bytes), 'Beste ouders');
    for (const word of ['JavaScript', 'OpenAction', 'EmbeddedFiles', 'Geheim']) assert.ok(!bytes.includes(word), word);
    assert.equal((await fetchFile(accounts.huda, made.id, { as: 'thumb' })).headers['content-type'], 'image/jpeg');
  }

  // Other people's uploads, other conversations, things that are not numbers.
  const { id } = await send(photo);
  const { id: own } = (await upload(accounts.karim, thread, photo)).body;
  const { id: elsewhere } = (await upload(accounts.huda, threadOf(huda, 'Amal').id, photo)).body;
  for (const files of [[own], [id, own], [elsewhere], [999_999]]) assert.deepEqual({ ...(await refusal(say(huda, thread, 'x', { files }))) }, { code: 'not_found', field: 'files' });
  for (const path of ['/api/file', '/api/file?file=999999', `/api/file?file=${own}`, `/api/file?file=${id}&as=original`]) assert.equal((await accounts.huda.fetch(path)).status, 404, path);
  for (const path of ['/api/file?file=..%2F..%2Fetc%2Fpasswd', `/api/file?file=${id}&as=..`, '/api/file?file=-1']) assert.equal((await accounts.huda.fetch(path)).status, 422, path);
  assert.equal((await fetch(`${server.url}/api/file?file=${id}`)).status, 401);
  assert.equal((await accounts.huda.fetch(`/api/file?file=${id}`, { headers: { 'sec-fetch-site': 'cross-site' } })).status, 403);
  assert.equal((await accounts.huda.fetch(`/api/upload?thread=${thread}`, { method: 'POST', body: photo, headers: { origin: 'https://elders.example' } })).status, 403);
  assert.equal((await upload({ fetch: (path, init) => fetch(server.url + path, init) }, thread, photo)).status, 401);

  // As much as may wait, and no more; what was refused left nothing.
  let last;
  for (let i = 0; i < 24 && typeof last !== 'string'; i++) last = await send(picture({ width: 16, height: 16 }));
  assert.equal(last, '409  unsent');
  const db = new DatabaseSync(join(server.data, 'school.db'), { readOnly: true });
  assert.equal(db.prepare('SELECT count(*) AS n FROM file WHERE person = ?').get(huda.welcome.me.id).n, 24);
  assert.equal(db.prepare('SELECT bytes FROM file_room').get().bytes, db.prepare('SELECT sum(bytes_all) AS n FROM file').get().n);
  db.close();
  assert.deepEqual((await readdir(server.data)).filter((name) => name.startsWith('upload')), []);
});

test('a tool that hangs is ended, and nobody waits for it but who sent the file; a school that is full says so', async (t) => {
  const tools = await temporaryFolder(t), slow = join(tools, 'vipsthumbnail');
  await writeFile(slow, '#!/bin/sh\nwhile :; do :; done\n');
  await chmod(slow, 0o755);
  const { server, thread, visser, huda, accounts } = await room(t, ['visser', 'huda'], { args: ['--rate-burst', '1000', '--vipsthumbnail', slow, '--files-max-bytes', '65536'] });
  const hanging = upload(accounts.huda, thread, picture());
  assert.equal((await say(visser, thread, 'intussen')).seq, 1);
  await huda.event('message');
  const book = pdf(Array.from({ length: 700 }, () => randomBytes(120).toString('base64')).join(') Tj 0 -0.4 Td ('));
  assert.equal((await upload(accounts.visser, thread, book)).status, 200);
  assert.equal((await upload(accounts.visser, thread, book)).body.reason, 'no_room');
  await server.stop(); // and the server ends without waiting for it
  assert.equal((await hanging).body.reason, 'busy');
});

test('where the machine gives no network of its own the log says so, and photos are made all the same', async (t) => {
  const through = ['unshare', '--user', '--map-root-user', 'sh', '-c', 'echo 0 >/proc/sys/user/max_net_namespaces && exec "$0" "$@"'];
  if (spawnSync(through[0], [...through.slice(1), 'true']).status !== 0) { t.skip('this machine permits no namespaces'); return; }
  const { server, thread, accounts } = await room(t, ['visser', 'huda'], { through });
  assert.match(server.log(), /network namespaces/);
  assert.equal((await upload(accounts.huda, thread, picture())).status, 200);
});
