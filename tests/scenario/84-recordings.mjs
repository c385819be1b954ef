// A person's recording of a phrase: for a mother whose language no program speaks. Recorded by who may, of sentences that are always the same, heard in
// place of a program, gone at once when it is withdrawn or the list says something else.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { refusal, uuid } from './lib/client.mjs';
import { picture, probe, record, voice } from './lib/media.mjs';
import { room, threadOf, unhurried } from './lib/room.mjs';
import { keyOf } from './lib/school.mjs';
import { ouderbrug, startServer } from './lib/server.mjs';

const spoken = (account, phrase, language, headers = {}) => account.fetch(`/api/recording?${new URLSearchParams({ phrase, language })}`, { headers });
const heard = (account, thread, seq, version, headers = {}) => account.fetch(`/api/speech?${new URLSearchParams({ thread, seq, version })}`, { headers });
const bytesOf = async (response) => Buffer.from(await response.arrayBuffer());

test('a coach speaks a phrase in Tigrinya; the mother hears her, and nobody else\'s voice', async (t) => {
  const { server, school, bakker, abrehet, rania, accounts } = await room(t, ['bakker', 'abrehet', 'rania', 'huda'], { args: [...unhurried, '--files-max-bytes', '100000'], speech: true });
  const thread = threadOf(abrehet, 'ሄለን').id;
  const say = (phrase, parts = {}) => bakker.do('phrase', { thread, client_id: uuid(), phrase, language: 'nl', ...parts });
  const tigrinya = async (seq) => (await abrehet.do('history', { thread, after: seq - 1, limit: 1 })).messages[0].versions.find(({ language }) => language === 'ti');
  const { seq } = await say('absence.leave_ask'), other = await say('absence.miss_lesson', { time: '09:15' });
  const version = await tigrinya(seq);

  // Nobody spoke it, no program can.
  assert.equal((await heard(accounts.abrehet, thread, seq, version.n)).status, 404);
  assert.deepEqual((await abrehet.do('recordings', { language: 'ti' })).recordings, []);

  // Only a sentence that is the same each time, but for the child's name; a minute; a voice.
  const first = voice({ seconds: 2 });
  const refused = async (phrase, language, bytes) => (({ status, body: { field, reason } }) => [status, field, reason])(await record(accounts.rania, phrase, language, bytes));
  assert.deepEqual(await refused('absence.miss_lesson', 'ti', first), [422, 'phrase', 'range']);
  assert.deepEqual(await refused('no.such', 'ti', first), [422, 'phrase', 'word']);
  assert.deepEqual(await refused('my.yes', 'xx', first), [422, 'language', 'word']);
  assert.deepEqual(await refused('my.yes', 'ti', picture()), [422, 'body', 'file_type']);
  assert.deepEqual(await refused('my.yes', 'ti', voice({ seconds: 62, type: 'ogg' })), [422, 'body', 'too_long']);
  assert.equal((await record(accounts.bakker, 'my.yes', 'ti', first)).status, 403);
  assert.equal((await record(accounts.abrehet, 'my.yes', 'ti', first)).status, 403);
  assert.equal((await spoken(accounts.abrehet, 'my.yes', 'ti')).status, 404);

  assert.equal((await record(accounts.rania, 'absence.leave_ask', 'ti', first)).status, 204);
  const list = await bakker.do('recordings');
  assert.deepEqual(list.recordings.map(({ made, ...rest }) => rest), [{ phrase: 'absence.leave_ask', language: 'ti', by: 'Rania Haddad' }]);
  // The family is told that it can be heard, and not by whom.
  assert.deepEqual((await abrehet.do('recordings', { language: 'ti-ER' })).recordings.map(({ made, ...rest }) => rest), [{ phrase: 'absence.leave_ask', language: 'ti' }]);
  assert.deepEqual((await abrehet.do('recordings', { language: 'ar' })).recordings, []);

  // She hears it, made anew: as AAC, by parts where an iPhone asks for them.
  const whole = await heard(accounts.abrehet, thread, seq, version.n);
  assert.deepEqual([whole.status, whole.headers.get('content-type')], [200, 'audio/mp4']);
  const sound = await bytesOf(whole), { streams, format } = probe(sound);
  assert.equal(streams[0].codec_name, 'aac');
  assert.ok(Math.abs(Number(format.duration) - 2) < 0.2, format.duration);
  const part = await heard(accounts.abrehet, thread, seq, version.n, { range: 'bytes=0-1' });
  assert.deepEqual([part.status, part.headers.get('content-range'), await bytesOf(part)], [206, `bytes 0-1/${sound.length}`, sound.subarray(0, 2)]);
  assert.deepEqual(await bytesOf(await spoken(accounts.abrehet, 'absence.leave_ask', 'ti')), sound);
  const etag = whole.headers.get('etag');
  assert.equal((await heard(accounts.abrehet, thread, seq, version.n, { 'if-none-match': etag })).status, 304);
  assert.equal((await spoken(accounts.abrehet, 'absence.leave_ask', 'ti', { 'if-none-match': etag })).status, 304);

  // Nothing else is: another phrase, the Dutch of it (a program speaks that), somebody else's conversation, what a person wrote instead.
  assert.equal((await heard(accounts.abrehet, thread, other.seq, (await tigrinya(other.seq)).n)).status, 404);
  assert.equal((await heard(accounts.abrehet, thread, seq, 0)).headers.get('content-type'), 'audio/mpeg');
  assert.equal((await heard(accounts.huda, thread, seq, version.n)).status, 404);
  const { message } = await bakker.do('version', { thread, seq, language: 'ti', body: 'ካልእ ጽሑፍ' });
  assert.equal((await heard(accounts.abrehet, thread, seq, message.versions.find(({ origin }) => origin === 'person').n)).status, 404);

  // A person is heard before a program.
  assert.equal((await record(accounts.rania, 'absence.leave_ask', 'nl', voice({ seconds: 1, type: 'mp4' }))).status, 204);
  assert.equal((await heard(accounts.abrehet, thread, seq, 0)).headers.get('content-type'), 'audio/mp4');

  // Another takes its place, under another tag; it takes room, once.
  assert.equal((await record(accounts.rania, 'absence.leave_ask', 'ti', voice({ seconds: 4 }))).status, 204);
  const again = await heard(accounts.abrehet, thread, seq, version.n, { 'if-none-match': etag });
  assert.equal(again.status, 200);
  assert.ok(Math.abs(Number(probe(await bytesOf(again)).format.duration) - 4) < 0.2);
  assert.equal((await bakker.do('recordings', { language: 'ti' })).recordings.length, 1);
  assert.deepEqual(await refused('my.yes', 'ti', voice({ seconds: 59, type: 'ogg' })), [409, undefined, 'no_room']);

  // Nothing of it can be read on disk; who recorded and who took away is on record.
  const db = new DatabaseSync(join(school.data, 'school.db'));
  const rows = db.prepare('SELECT sound, bytes FROM recording').all();
  assert.ok(rows.every(({ sound: sealed }) => sealed.length > 1000 && !Buffer.from(sealed).includes('ftyp')));
  assert.equal(db.prepare('SELECT bytes FROM file_room').get().bytes, rows.reduce((sum, { bytes }) => sum + bytes, 0));
  assert.deepEqual(db.prepare("SELECT DISTINCT actor FROM audit WHERE deed = 'recorded'").all().map(({ actor }) => actor), [rania.welcome.me.id]);

  // It is in the backup.
  const file = join(school.folder, 'school.backup'), data = join(school.folder, 'restored');
  await ouderbrug(['backup', '--data', school.data, file]);

  // The list says it otherwise by now: it is not played, and the school sees why.
  db.prepare("UPDATE recording SET sentence = 'Zo stond het er eerst.' WHERE language = 'ti'").run();
  assert.equal((await heard(accounts.abrehet, thread, seq, version.n)).status, 404);
  assert.deepEqual((await bakker.do('recordings', { language: 'ti' })).recordings.map(({ changed }) => changed), [true]);
  db.close();

  await rania.do('recording_withdraw', { phrase: 'absence.leave_ask', language: 'nl' });
  assert.equal((await heard(accounts.abrehet, thread, seq, 0)).headers.get('content-type'), 'audio/mpeg');
  assert.equal((await refusal(bakker.do('recording_withdraw', { phrase: 'absence.leave_ask', language: 'ti' }))).code, 'forbidden');

  await server.stop();
  await ouderbrug(['restore', '--data', data, file], { env: keyOf(school) });
  accounts.abrehet.server = await startServer(t, { data, env: keyOf(school), speech: true });
  assert.equal((await heard(accounts.abrehet, thread, seq, version.n)).headers.get('content-type'), 'audio/mp4');
});
