// What is said is sealed on disk: no word of it stands in a file of the school, its log, its keys or a backup.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { signIn, uuid } from './lib/client.mjs';
import { allOf, room, say } from './lib/room.mjs';
import { ouderbrug, temporaryFolder } from './lib/server.mjs';

const words = ['zwaluwstaartverbinding', 'قسطنطينية', 'ፍልፍልታት', 'вітрильник'];

/** Which of these words stand in which files of a folder, as UTF-8. */
async function found(folder, list = words) {
  const hits = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    for (const word of list) if (bytes.includes(Buffer.from(word))) hits.push(`${entry.name}: ${word}`);
  }
  return hits;
}

test('no word that was said stands in a file, in a backup or in what a killed server leaves', async (t) => {
  const { server, school, thread, visser, huda } = await room(t, ['visser', 'huda']);
  const folder = await temporaryFolder(t);
  for (const word of words) await say(huda, thread, `Dag, ${word}!`);
  const { seq } = await say(visser, thread, `Taken back: ${words[0]}`);
  await visser.do('correct', { thread, seq, body: `Better: ${words[0]}` });
  const whole = await allOf(huda, thread);
  await visser.do('withdraw', { thread, seq });
  // A resend is compared with what is sealed.
  const client_id = uuid();
  const first = await visser.do('send', { thread, client_id, body: words[1] });
  assert.equal((await visser.do('send', { thread, client_id, body: words[1] })).seq, first.seq);
  await assert.rejects(visser.do('send', { thread, client_id, body: words[2] }), { code: 'conflict' });

  await ouderbrug(['backup', '--data', school.data, join(folder, 'school.backup')]);
  assert.deepEqual((await readdir(folder)).sort(), ['school.backup', 'school.backup.keys']);
  assert.deepEqual(await found(folder), []);
  await server.kill();
  assert.ok((await readdir(school.data)).includes('school.db-wal'), 'the log is looked at too');
  assert.deepEqual(await found(school.data), []);
  // The search itself can find: names are not sealed.
  assert.notDeepEqual(await found(school.data, ['Visser']), []);

  await server.start();
  const again = await allOf(await (await signIn(server, 'huda')).connect(), thread);
  assert.deepEqual(again.messages.slice(0, words.length), whole.messages.slice(0, words.length));
  await server.stop();
  assert.deepEqual(await found(school.data), []);
});
