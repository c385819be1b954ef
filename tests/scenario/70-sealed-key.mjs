// The school's key: without the right one nothing starts and nothing is touched; with it everything opens; it can be changed while people
// talk, and a change that is cut short at any moment leaves a school that opens.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { signIn } from './lib/client.mjs';
import { allOf, room, say, unhurried } from './lib/room.mjs';
import { makeSchool, people, writeRoster } from './lib/school.mjs';
import { ouderbrug, program, startServer, temporaryFolder } from './lib/server.mjs';

const files = async (folder) => Object.fromEntries(await Promise.all((await readdir(folder)).sort().map(async (name) =>
  [name, createHash('sha256').update(await readFile(join(folder, name))).digest('hex')])));

/** Every verb that opens a school, as it would be called here. */
const verbs = (school, folder) => [
  ['serve', '--data', school.data, '--port', '0'],
  ['import', school.roster, '--data', school.data],
  ['import', '--dry-run', school.roster, '--data', school.data],
  ['link', '--data', school.data, 'visser'],
  ['backup', '--data', school.data, join(folder, 'school.backup')],
  ['key', 'rotate', '--data', school.data],
];

test('without its key a school does not start, and nothing is touched', async (t) => {
  const school = await makeSchool(t);
  const folder = await temporaryFolder(t);
  const key = `${school.data}.key`, away = join(folder, 'away');
  const right = await readFile(key, 'utf8');
  const keys = join(school.data, 'keys.db'), db = join(school.data, 'school.db');
  const wrongs = {
    'no key': [() => rename(key, away), () => rename(away, key), /^ouderbrug \w+: the school's key is missing: there is no file \S+$/m],
    'another key': [() => writeFile(key, randomBytes(32).toString('hex')), () => writeFile(key, right), /is not the key of this school/],
    'half a key': [() => writeFile(key, right.slice(0, 63)), () => writeFile(key, right), /is not a key/],
    'no text': [() => writeFile(key, ''), () => writeFile(key, right), /is not a key/],
    'a long one': [() => writeFile(key, `${right}0`), () => writeFile(key, right), /is not a key/],
    'a key that all can read': [() => chmod(key, 0o644), () => chmod(key, 0o600), /others may read the school's key/],
    'no keys.db': [() => rename(keys, away), () => rename(away, keys), /the school's keys are missing/],
    'no school.db': [() => rename(db, away), () => rename(away, db), /the school is missing|there is no school/],
  };
  for (const [what, [spoil, mend, says]] of Object.entries(wrongs)) {
    await spoil();
    const before = await files(school.data);
    for (const args of verbs(school, folder)) {
      // A dry run into a folder without a school compares with nothing; a backup of nothing has its own words.
      if (what === 'no school.db' && (args[1] === '--dry-run' || args[0] === 'backup')) continue;
      const result = await ouderbrug(args, { fails: true });
      assert.equal(result.code, 1, `${what}: ${args[0]}\n${result.stderr}`);
      assert.match(result.stderr, says, `${what}: ${args[0]}`);
      assert.match(result.stderr.replace(/^info: .*\n/gm, ''), /^ouderbrug \w+: [^\n]+\n$/, 'one sentence');
      assert.ok(!result.stderr.includes(right.trim()));
      assert.deepEqual(await files(school.data), before, `${what}: ${args[0]} touched something`);
    }
    await mend();
    assert.ok(!(await readdir(folder)).some((name) => name.startsWith('school.backup')), what);
  }
  await ouderbrug(['link', '--data', school.data, 'visser']);
});

test('the key comes from a credential or the environment too, and is not left there', async (t) => {
  const { server, school, thread, huda } = await room(t, ['huda']);
  const folder = await temporaryFolder(t);
  await say(huda, thread, 'Dag');
  const said = await allOf(huda, thread);
  await server.stop();
  const key = (await readFile(`${school.data}.key`, 'utf8')).trim();
  await rm(`${school.data}.key`);
  const read = async (env) => {
    const again = await startServer(t, { data: school.data, args: unhurried, env });
    const environment = await readFile(`/proc/${again.pid}/environ`, 'utf8');
    assert.ok(!environment.includes(key), 'the key stands in /proc');
    assert.deepEqual(await allOf(await (await signIn(again, 'huda')).connect(), thread), said);
    await again.stop();
  };
  await read({ OUDERBRUG_KEY: key });
  await writeFile(join(folder, 'ouderbrug-key'), `${key}\n`);
  await read({ CREDENTIALS_DIRECTORY: folder, OUDERBRUG_KEY: 'of no use' });
  // What was named counts, and is not made where it is missing.
  const named = await ouderbrug(['link', '--data', school.data, 'huda'], { fails: true, env: { OUDERBRUG_KEY: key, OUDERBRUG_KEY_FILE: join(folder, 'nowhere') } });
  assert.equal(named.code, 1);
  assert.deepEqual(await readdir(folder), ['ouderbrug-key']);
});

test('the key is changed while people talk, and what comes after is sealed for the new one', async (t) => {
  const { server, school, thread, visser, huda } = await room(t, ['visser', 'huda']);
  const key = `${school.data}.key`, first = await readFile(key, 'utf8');
  const old = join(await temporaryFolder(t), 'old.key');
  await writeFile(old, first, { mode: 0o600 });
  let talking = true;
  const talk = (async () => {
    for (let i = 0; talking; i++) await say(i % 2 ? visser : huda, thread, `bericht ${i}`);
  })();
  for (let i = 1; i <= 5; i++) {
    await huda.event('message', ({ message }) => message.seq === 10 * i);
    const { stdout } = await ouderbrug(['key', 'rotate', '--data', school.data]);
    assert.match(stdout, /keys were sealed anew/);
  }
  talking = false;
  await talk;
  assert.notEqual(await readFile(key, 'utf8'), first);
  assert.equal((await stat(key)).mode & 0o777, 0o600);
  await assert.rejects(stat(`${key}.next`), { code: 'ENOENT' });
  // A new pupil's conversation, made by another program with the new key, is talked in at once.
  await writeRoster(school.roster, { ...people, nieuw: { role: 'pupil', given: 'Nieuw', family: 'Kind', class: people.samir.class } });
  await ouderbrug(['import', school.roster, '--data', school.data]);
  const mentor = await (await signIn(server, 'visser')).connect();
  const fresh = mentor.welcome.threads.find(({ pupil }) => pupil.given === 'Nieuw');
  await say(mentor, fresh.id, 'welkom');
  const said = await allOf(huda, thread);
  await server.stop();
  assert.equal((await ouderbrug(['link', '--data', school.data, '--key-file', old, 'huda'], { fails: true })).code, 1, 'the old key opens it still');
  await server.start();
  assert.deepEqual(await allOf(await (await signIn(server, 'huda')).connect(), thread), said);
});

test('a change of the key that is killed at any moment leaves a school that opens, served or not', async (t) => {
  const { server, school, thread, huda } = await room(t, ['huda']);
  let killed = 0;
  for (let i = 0; i < 40; i++) {
    const child = spawn(program, ['key', 'rotate', '--data', school.data], { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), i * 1.5);
    const [, signal] = await once(child, 'exit');
    clearTimeout(timer);
    if (signal) killed++;
    await say(huda, thread, `bericht ${i}`);
    // Every fourth is opened by the server alone, the others by a new program first.
    if (i % 4) await ouderbrug(['link', '--data', school.data, 'huda']);
  }
  t.diagnostic(`${killed} of 40 were killed`);
  assert.ok(killed > 0, 'none was killed in time');
  const said = await allOf(huda, thread);
  assert.equal(said.messages.length, 40);
  await server.stop();
  await server.start();
  assert.deepEqual(await allOf(await (await signIn(server, 'huda')).connect(), thread), said);
});
