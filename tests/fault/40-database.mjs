// A file that is not what it should be is refused with words, and left as it is.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { makeSchool, writeRoster } from '../scenario/lib/school.mjs';
import { ouderbrug, startServer, temporaryFolder } from '../scenario/lib/server.mjs';

const hash = async (path) => createHash('sha256').update(await readFile(path)).digest('hex');

/** Every command that opens the database refuses it, says why, and changes not a byte. */
async function refused(t, data, why) {
  const file = join(data, 'school.db');
  const before = await hash(file);
  const roster = await writeRoster(join(await temporaryFolder(t), 'roster'));
  for (const args of [['serve', '--port', '0', '--web', ''], ['link', 'visser'], ['import', roster]]) {
    const { code, stdout, stderr } = await ouderbrug([...args, '--data', data], { fails: true });
    assert.notEqual(code, 0, args[0]);
    assert.match(stderr, why, args[0]);
    assert.doesNotMatch(stdout, /listening/);
    assert.equal(await hash(file), before, `${args[0]} has changed the file`);
  }
}

async function damage(file, at, bytes) {
  const content = await readFile(file);
  bytes.copy(content, at);
  await writeFile(file, content);
}

test('a file with another beginning is refused and untouched', async (t) => {
  const { data } = await makeSchool(t);
  await damage(join(data, 'school.db'), 0, Buffer.alloc(100, 'x'));
  await refused(t, data, /not a database|damaged/);
});

test('a file that has lost its second half is refused and untouched', async (t) => {
  const { data } = await makeSchool(t);
  const file = join(data, 'school.db');
  await truncate(file, Math.floor((await readFile(file)).length / 8192) * 4096);
  await refused(t, data, /damaged|malformed/);
});

test('a file whose schema is garbage is refused and untouched', async (t) => {
  const { data } = await makeSchool(t);
  await damage(join(data, 'school.db'), 100, Buffer.alloc(3900, 0xa5));
  await refused(t, data, /damaged|malformed/);
});

test('the database of another program is refused and untouched', async (t) => {
  const data = await temporaryFolder(t);
  const db = new DatabaseSync(join(data, 'school.db'));
  db.exec('PRAGMA application_id=1; CREATE TABLE message (id INTEGER PRIMARY KEY); INSERT INTO message VALUES (1)');
  db.close();
  await refused(t, data, /not a database of ouderbrug/);
});

test('the database of a program that does not say its name is refused and untouched', async (t) => {
  const data = await temporaryFolder(t);
  const db = new DatabaseSync(join(data, 'school.db'));
  db.exec('CREATE TABLE bookmark (id INTEGER PRIMARY KEY)');
  db.close();
  await refused(t, data, /not a database of ouderbrug/);
});

test('a database of a newer version is refused and untouched', async (t) => {
  const { data } = await makeSchool(t);
  const db = new DatabaseSync(join(data, 'school.db'));
  const { user_version } = db.prepare('PRAGMA user_version').get();
  db.exec('PRAGMA user_version=9999');
  db.close();
  await refused(t, data, /newer version/);

  const again = new DatabaseSync(join(data, 'school.db'));
  again.exec(`PRAGMA user_version=${user_version}`);
  again.close();
  await startServer(t, { data });
});
