// Voice messages: what browsers record becomes what every telephone plays, with its wave, only with the family's consent, and goes with it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal, uuid } from './lib/client.mjs';
import { agreeToVoice, fetchFile, picture, probe, upload, voice } from './lib/media.mjs';
import { room, say } from './lib/room.mjs';

test('a voice is kept with the consent of the family, plays everywhere, and can be answered by voice', async (t) => {
  const { thread, visser, huda, accounts } = await room(t, ['visser', 'huda'], { args: ['--rate-burst', '1000', '--voice-max-s', '10'] });
  const recorded = voice({ seconds: 2 });

  // Without it: refused, and says why; nothing is there to send.
  assert.deepEqual((({ status, body: { code, field, reason } }) => ({ status, code, field, reason }))(await upload(accounts.huda, thread, recorded)),
    { status: 409, code: 'conflict', field: 'body', reason: 'no_consent' });
  const consent = await agreeToVoice(visser, huda, thread);

  const { status, body: attachment } = await upload(accounts.huda, thread, recorded);
  assert.equal(status, 200, JSON.stringify(attachment));
  assert.equal(attachment.kind, 'voice');
  assert.equal(attachment.type, 'audio/mp4');
  assert.ok(Math.abs(attachment.duration_ms - 2000) < 150, `${attachment.duration_ms}`);
  const peaks = [...Buffer.from(attachment.peaks, 'hex')];
  assert.equal(peaks.length, 96);
  assert.equal(Math.max(...peaks), 255);
  assert.ok(Math.max(...peaks.slice(60, 90)) < 10 && Math.min(...peaks.slice(5, 40)) > 100, `the wave is loud and then silent: ${peaks}`);

  const { seq } = await huda.do('send', { thread, client_id: uuid(), files: [attachment.id] });
  await visser.event('message', (e) => e.message.seq === seq);
  const shown = await fetchFile(accounts.visser, attachment.id);
  const { format, streams } = probe(shown.bytes);
  assert.equal(streams.length, 1);
  assert.equal(streams[0].codec_name, 'aac');
  assert.match(format.format_name, /mp4/);
  assert.ok(recorded.includes('Geheime Opname') && !shown.bytes.includes('Geheime Opname'), 'nothing is said beside it');
  assert.ok(shown.bytes.indexOf('moov') < shown.bytes.indexOf('mdat'), 'its index stands in front');
  assert.equal(shown.headers['content-type'], 'audio/mp4');
  assert.deepEqual((await fetchFile(accounts.visser, attachment.id, { as: 'original' })).bytes, recorded);

  // As old iPhones ask: first two bytes, then parts.
  const part = (range) => fetchFile(accounts.visser, attachment.id, { headers: { range } });
  const all = shown.bytes.length;
  for (const [range, from, to] of [['bytes=0-1', 0, 2], ['bytes=0-', 0, all], ['bytes=100-199', 100, 200], ['bytes=-10', all - 10, all], [`bytes=${all - 1}-${all + 50}`, all - 1, all]]) {
    const { status: code, headers, bytes } = await part(range);
    assert.equal(code, 206, range);
    assert.equal(headers['content-range'], `bytes ${from}-${to - 1}/${all}`);
    assert.deepEqual(bytes, shown.bytes.subarray(from, to), range);
  }
  assert.equal((await part(`bytes=${all}-`)).status, 416);
  for (const range of ['bytes=5-2', 'bytes=a-b', 'lines=0-1', 'bytes=0-1,5-6', 'bytes=-']) assert.equal((await part(range)).status, 200, range);

  // Somebody says the translation of it; a photo is no voice.
  const spoken = (await upload(accounts.visser, thread, voice({ seconds: 1, type: 'mp4' }))).body;
  const { message } = await visser.do('version', { thread, seq, language: 'nl', file: spoken.id });
  assert.deepEqual(message.versions.map(({ body, voice: said, language }) => ({ body, said, language })), [{ body: '', said: spoken, language: 'nl' }]);
  assert.deepEqual(message.attachments, [attachment]);
  assert.equal((await fetchFile(accounts.huda, spoken.id)).status, 200);
  assert.deepEqual({ ...(await refusal(visser.do('version', { thread, seq, language: 'nl', file: attachment.id }))) }, { code: 'not_found', field: 'file' });
  const { id: photo } = (await upload(accounts.visser, thread, picture({ width: 32, height: 32 }))).body;
  assert.deepEqual({ ...(await refusal(visser.do('version', { thread, seq, language: 'nl', file: photo }))) }, { code: 'not_found', field: 'file' });
  assert.equal((await refusal(visser.do('version', { thread, seq, language: 'nl' }))).field, 'body');

  assert.equal((await upload(accounts.huda, thread, voice({ seconds: 12, type: 'ogg' }))).body.reason, 'too_long');

  // Withdrawn: at once, for what is there and for what comes.
  const waiting = (await upload(accounts.huda, thread, recorded)).body;
  await huda.do('consent_withdraw', { thread, consent });
  const { message: after } = await visser.event('message', (e) => e.message.seq === seq && !e.message.attachments);
  assert.equal(after.versions[0].voice, undefined);
  assert.deepEqual((await visser.do('history', { thread, limit: 1 })).messages, [after]);
  for (const gone of [attachment.id, spoken.id]) assert.equal((await fetchFile(accounts.huda, gone)).status, 404);
  assert.equal((await refusal(say(huda, thread, 'x', { files: [waiting.id] }))).code, 'not_found');
  assert.equal((await upload(accounts.huda, thread, recorded)).body.reason, 'no_consent');
});
