// Photos, documents and voice messages: sent in, made safe, sent in a message, shown to who may see it, and gone when it is withdrawn.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { refusal, uuid } from './lib/client.mjs';
import { fetchFile, heic, picture, upload, withPlace } from './lib/media.mjs';
import { room, say, threadOf } from './lib/room.mjs';
import { keyOf } from './lib/school.mjs';
import { ouderbrug, startServer, temporaryFolder } from './lib/server.mjs';
import { unzip } from './lib/zip.mjs';

test('a photo goes out turned upright, without the place where it was taken', async (t) => {
  const { thread, visser, huda, bakker: colleague, accounts } = await room(t, ['visser', 'huda', 'bakker']);
  const { visser: visserAccount, huda: hudaAccount, bakker } = accounts;
  const photo = withPlace(picture({ width: 3000, height: 1000 }));
  assert.ok(photo.includes('Geheime Fotograaf'));

  const { status, body: attachment } = await upload(hudaAccount, thread, photo, { name: 'oma.jpg' });
  assert.equal(status, 200, JSON.stringify(attachment));
  const { id, bytes, ...rest } = attachment;
  assert.deepEqual(rest, { kind: 'photo', type: 'image/jpeg', width: 683, height: 2048, thumb: true });

  // As an iPhone keeps it: what comes back every browser shows.
  const apple = heic({ width: 1200, height: 900 });
  assert.equal(apple.subarray(4, 12).toString(), 'ftypheic');
  const { body: fromApple } = await upload(hudaAccount, thread, apple, { name: 'IMG_0001.HEIC' });
  assert.deepEqual([fromApple.kind, fromApple.type, fromApple.width, fromApple.height], ['photo', 'image/jpeg', 1200, 900]);
  assert.deepEqual([...(await fetchFile(hudaAccount, fromApple.id)).bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);

  // Nobody else's before it is sent, and nobody else can send it.
  assert.equal((await fetchFile(hudaAccount, id)).status, 200);
  assert.equal((await fetchFile(visserAccount, id)).status, 404);
  assert.deepEqual({ ...(await refusal(say(visser, thread, 'van een ander', { files: [id] }))) }, { code: 'not_found', field: 'files' });

  const fields = { thread, client_id: uuid(), files: [id] };
  const sent = await huda.do('send', fields);
  const { message } = await visser.event('message', (e) => e.message.seq === sent.seq);
  assert.equal(message.body, '');
  assert.deepEqual(message.attachments, [attachment]);
  assert.deepEqual((await huda.do('history', { thread, limit: 1 })).messages[0].attachments, [attachment]);
  assert.equal((await huda.do('send', fields)).again, true);
  assert.equal((await refusal(huda.do('send', { ...fields, files: undefined, body: 'x' }))).reason, 'other_content');
  assert.deepEqual({ ...(await refusal(say(huda, thread, 'nog eens', { files: [id] }))) }, { code: 'not_found', field: 'files' });
  assert.equal((await refusal(huda.do('send', { thread, client_id: uuid() }))).field, 'body');

  const shown = await fetchFile(visserAccount, id);
  assert.equal(shown.status, 200);
  assert.equal(shown.bytes.length, bytes);
  assert.deepEqual([...shown.bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);
  for (const word of ['Exif', 'Geheime Fotograaf', 'http://ns.adobe']) assert.ok(!shown.bytes.includes(word), word);
  assert.equal(shown.headers['content-type'], 'image/jpeg');
  assert.equal(shown.headers['content-security-policy'], "default-src 'none'; sandbox; frame-ancestors 'none'");
  assert.equal(shown.headers['x-content-type-options'], 'nosniff');
  assert.equal(shown.headers['cross-origin-resource-policy'], 'same-origin');
  assert.equal(shown.headers['cache-control'], 'private, no-cache');
  assert.equal((await fetchFile(visserAccount, id, { headers: { 'if-none-match': shown.headers.etag } })).status, 304);
  const thumb = await fetchFile(visserAccount, id, { as: 'thumb' });
  assert.equal(thumb.status, 200);
  assert.ok(thumb.bytes.length < shown.bytes.length);

  // Not theirs, and not there: the same.
  const strangers = await fetchFile(bakker, id), nowhere = await fetchFile(bakker, 999_999);
  assert.equal(strangers.status, 404);
  assert.deepEqual(strangers.bytes, nowhere.bytes);
  assert.deepEqual((await upload(bakker, thread, photo)).body, (await upload(bakker, 999_999, photo)).body);

  // Who comes in from now on sees no message of before, and no file of it.
  await visser.do('bring', { thread, person: colleague.welcome.me.id });
  assert.deepEqual((await colleague.do('history', { thread })).messages, []);
  assert.equal((await fetchFile(bakker, id)).status, 404);

  await huda.do('withdraw', { thread, seq: sent.seq });
  for (const account of [visserAccount, hudaAccount]) assert.equal((await fetchFile(account, id)).status, 404);
});

test('what was answered survives a kill in the middle of the next one, goes along in the zip and the backup, and is erased', async (t) => {
  const { server, school, thread, visser, huda, accounts } = await room(t, ['visser', 'huda']);
  const amal = threadOf(huda, 'Amal').id, bytes = picture();
  const { id } = (await upload(accounts.huda, thread, bytes)).body, { id: other } = (await upload(accounts.huda, amal, bytes)).body;
  const { seq } = await huda.do('send', { thread, client_id: uuid(), files: [id] });
  await say(huda, amal, 'ook een foto', { files: [other] });
  const shown = await fetchFile(accounts.visser, id);

  // Half of one is on its way.
  const half = request(`${server.url}/api/upload?thread=${thread}`, { method: 'POST', headers: { cookie: accounts.huda.cookie, 'content-length': 200_000 } });
  half.on('error', () => {});
  await new Promise((done) => half.write(Buffer.concat([bytes, Buffer.alloc(100_000)]), done));
  const waiting = upload(accounts.huda, thread, picture({ width: 2000, height: 2000 })).catch(() => null);
  await server.kill();
  await waiting;
  assert.deepEqual((await readdir(school.data)).filter((name) => name.startsWith('upload')), []);
  await server.start();
  assert.deepEqual((await fetchFile(accounts.huda, id)).bytes, shown.bytes);

  const zip = unzip(Buffer.from(await (await accounts.huda.fetch('/api/export')).arrayBuffer()));
  assert.deepEqual(zip[`files/${id}.jpg`], shown.bytes);
  assert.ok(String(zip['index.html']).includes(`href="files/${id}.jpg"`));
  assert.ok(zip[`files/${other}.jpg`]);

  const folder = await temporaryFolder(t), file = join(folder, 'school.backup'), data = join(folder, 'restored');
  await ouderbrug(['erase', '--data', school.data, '--yes', 'samir']);
  await ouderbrug(['backup', '--data', school.data, file]);
  assert.equal((await fetchFile(accounts.huda, id)).status, 404);
  const kept = await fetchFile(accounts.huda, other);
  assert.equal(kept.status, 200);
  await server.stop();
  const db = new DatabaseSync(join(school.data, 'school.db'), { readOnly: true });
  assert.deepEqual(db.prepare('SELECT DISTINCT file FROM file_piece').all().map((row) => row.file), [other]);
  assert.equal(db.prepare('SELECT bytes FROM file_room').get().bytes, db.prepare('SELECT sum(bytes_all) AS n FROM file').get().n);
  assert.deepEqual(db.prepare("SELECT actor, thread, seq, n FROM audit WHERE deed = 'file' AND thread = ? AND actor = ?").all(thread, visser.welcome.me.id).map((row) => ({ ...row })),
    [{ actor: visser.welcome.me.id, thread, seq, n: id }]);
  db.close();

  // The backup has the one that was not erased, whole.
  await ouderbrug(['restore', '--data', data, file], { env: keyOf(school) });
  accounts.huda.server = await startServer(t, { data, env: keyOf(school) });
  assert.deepEqual((await fetchFile(accounts.huda, other)).bytes, kept.bytes);
  half.destroy();
});
