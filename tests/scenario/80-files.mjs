// Photos, documents and voice messages: sent in, made safe, sent in a message, shown to who may see it, and gone when it is withdrawn.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { refusal, uuid } from './lib/client.mjs';
import { fetchFile, picture, upload, withPlace } from './lib/media.mjs';
import { room, say, threadOf } from './lib/room.mjs';

test('a photo goes out turned upright, without the place where it was taken', async (t) => {
  const { thread, visser, huda, accounts } = await room(t, ['visser', 'huda', 'bakker']);
  const { visser: visserAccount, huda: hudaAccount, bakker } = accounts;
  const photo = withPlace(picture({ width: 3000, height: 1000 }));
  assert.ok(photo.includes('Geheime Fotograaf'));

  const { status, body: attachment } = await upload(hudaAccount, thread, photo, { name: 'oma.jpg' });
  assert.equal(status, 200, JSON.stringify(attachment));
  const { id, bytes, ...rest } = attachment;
  assert.deepEqual(rest, { kind: 'photo', type: 'image/jpeg', width: 683, height: 2048, thumb: true });

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

  await huda.do('withdraw', { thread, seq: sent.seq });
  for (const account of [visserAccount, hudaAccount]) assert.equal((await fetchFile(account, id)).status, 404);
});
