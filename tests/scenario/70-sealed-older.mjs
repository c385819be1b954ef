// A school from before texts were sealed: its first start seals them, and leaves no word in the open, also when it is killed on the way.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { signIn } from './lib/client.mjs';
import { allOf } from './lib/room.mjs';
import { ouderbrug, program, startServer, temporaryFolder } from './lib/server.mjs';

const migrations = resolve(import.meta.dirname, '../../bridge/store/sql/migrations');
const word = 'zwaluwstaartverbinding';

/** A school as version 3 of the schema left it, with 2,000 messages and the log not written back. */
async function plainSchool(folder) {
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  const db = new DatabaseSync(join(data, 'school.db'));
  db.exec('PRAGMA journal_mode=WAL');
  for (const name of (await readdir(migrations)).sort().slice(0, 3)) db.exec(await readFile(join(migrations, name), 'utf8'));
  db.exec(`PRAGMA application_id=${0x4f756272}; PRAGMA user_version=3; BEGIN`);
  const id = () => Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
  db.prepare("INSERT INTO school VALUES (1, 'De Proef', 'nl', ?, 1)").run(id());
  const person = db.prepare("INSERT INTO person (sourced_id, given, family, name, folded, role, speaks, language) VALUES (?, ?, ?, ?, ?, ?, 'nl', 'nl')");
  for (const [who, role] of [['huda', 'parent'], ['visser', 'mentor']]) person.run(who, who, who, who, who, role);
  db.exec(`INSERT INTO pupil (sourced_id, given, family, name) VALUES ('samir', 'Samir', 'S', 'Samir S'), ('amal', 'Amal', 'S', 'Amal S');
    INSERT INTO thread (id, pupil, made_ms) VALUES (1, 1, 1), (2, 2, 1);
    INSERT INTO member (thread, person, joined, since_ms, since_seq, first_seq, read_seq) SELECT 1, id, 'roster', 1, 0, 1, 0 FROM person`);
  const message = db.prepare("INSERT INTO message (thread, seq, rev, sender, client_id, sent_ms, language, direction, body) VALUES (1, ?, ?, ?, ?, ?, 'nl', 'ltr', ?)");
  const event = db.prepare("INSERT INTO event (kind, thread, seq, person, n, at_ms) VALUES ('message', 1, ?, 1, 0, 1)");
  for (let seq = 1; seq <= 2000; seq++) {
    message.run(seq, seq, 1 + seq % 2, id(), seq, `${word} ${seq}`);
    event.run(seq);
  }
  db.exec(`INSERT INTO version VALUES (1, 7, 1, 'en', 'ltr', 'machine', NULL, 'an ${word}', 9), (1, 8, 1, 'nl', 'ltr', 'correction', 1, 'een ${word}', 9);
    UPDATE message SET versions = 1 WHERE seq IN (7, 8);
    UPDATE message SET withdrawn_ms = 5 WHERE seq = 9;
    COMMIT`);
  // As a power cut would leave it: the log beside the file.
  const cut = join(folder, 'cut');
  await cp(data, cut, { recursive: true });
  db.close();
  return cut;
}

async function found(folder) {
  const hits = [];
  for (const name of await readdir(folder)) if ((await readFile(join(folder, name))).includes(word)) hits.push(name);
  return hits;
}

const check = (messages) => {
  assert.equal(messages.length, 2000);
  for (const { seq, body, withdrawn } of messages) assert.equal(body, withdrawn ? undefined : `${word} ${seq}`);
  assert.deepEqual(messages[6].versions.map(({ body, origin }) => [body, origin]), [[`an ${word}`, 'machine']]);
  assert.deepEqual(messages[7].versions.map(({ body }) => body), [`een ${word}`]);
  assert.equal(messages[8].withdrawn, 5);
};

test('what an older version wrote in the open is sealed, and wiped from every file', async (t) => {
  const data = await plainSchool(await temporaryFolder(t));
  assert.notDeepEqual(await found(data), []);
  const server = await startServer(t, { data });
  assert.deepEqual(await found(data), [], 'while it is served');
  assert.equal((await stat(`${data}.key`)).mode & 0o777, 0o600);
  const huda = await (await signIn(server, 'huda')).connect();
  check((await allOf(huda, 1)).messages);
  await server.stop();
  assert.deepEqual(await found(data), []);
});

test('killed at any moment of it, the next start brings it to its end', async (t) => {
  const folder = await temporaryFolder(t);
  const made = await plainSchool(folder);
  let early = 0;
  for (let i = 0; i < 12; i++) {
    const data = join(folder, `school-${i}`);
    await cp(made, data, { recursive: true });
    const child = spawn(program, ['link', '--data', data, 'huda'], { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), 4 + i * 14);
    const [, signal] = await once(child, 'exit');
    clearTimeout(timer);
    if (signal) early++;
    await ouderbrug(['link', '--data', data, 'huda']);
    assert.deepEqual(await found(data), [], `killed after ${4 + i * 14} ms`);
    const db = new DatabaseSync(join(data, 'school.db'), { readOnly: true });
    assert.equal(db.prepare('SELECT count(*) AS n FROM message WHERE length(body) > 41').get().n, 1999);
    db.close();
  }
  t.diagnostic(`${early} of 12 were killed in time`);
  const server = await startServer(t, { data: join(folder, 'school-3') });
  check((await allOf(await (await signIn(server, 'huda')).connect(), 1)).messages);
});

test('a backup of before is put back and sealed', async (t) => {
  const folder = await temporaryFolder(t);
  const made = await plainSchool(folder);
  const file = join(folder, 'old.backup');
  const old = new DatabaseSync(join(made, 'school.db'));
  old.exec(`VACUUM INTO '${file}'`);
  old.close();
  const data = join(folder, 'restored');
  await ouderbrug(['restore', '--data', data, file]);
  assert.deepEqual(await found(data), []);
  const server = await startServer(t, { data });
  check((await allOf(await (await signIn(server, 'huda')).connect(), 1)).messages);
});
