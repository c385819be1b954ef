// A backup taken while people talk, and what it is worth: put back, it is the conversation up to one moment, whole.
import assert from 'node:assert/strict';
import { copyFile, mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { refusal, signIn, signInWith } from './lib/client.mjs';
import { allOf, room, say } from './lib/room.mjs';
import { keyOf } from './lib/school.mjs';
import { ouderbrug, startServer, temporaryFolder } from './lib/server.mjs';

const backup = (data, file) => ouderbrug(['backup', '--data', data, file], { fails: true });
const restore = (school, data, file, ...options) => ouderbrug(['restore', '--data', data, ...options, file], { fails: true, env: keyOf(school) });

test('a backup taken in the middle of it all is one moment of it, and can be talked in', async (t) => {
  const { server, school, thread, visser, huda, accounts } = await room(t, ['visser', 'huda']);
  const folder = await temporaryFolder(t);
  const file = join(folder, 'school.backup');
  let talking = true;
  const talk = (async () => {
    for (let i = 0; talking; i++) await say(i % 2 ? visser : huda, thread, `bericht ${i}`);
  })();
  await huda.event('message', ({ message }) => message.seq === 20);
  assert.equal((await backup(school.data, file)).code, 0);
  talking = false;
  await talk;
  const now = await allOf(huda, thread);
  const before = { since: huda.last, log: huda.welcome.log };

  const data = join(folder, 'restored');
  assert.equal((await restore(school, data, file)).code, 0);
  assert.equal((await stat(join(data, 'school.db'))).mode & 0o077, 0, 'others may read it');
  const again = await startServer(t, { data, args: ['--rate-burst', '1000'], env: keyOf(school) });
  // The browsers are signed in as before: the backup knows their sessions.
  accounts.huda.server = again;
  const client = await accounts.huda.connect({ hello: before });
  assert.equal(client.welcome.mode, 'fresh', 'its events are of another log');
  const then = await allOf(client, thread);
  assert.ok(then.messages.length >= 20 && then.messages.length <= now.messages.length);
  assert.deepEqual(then.messages, now.messages.slice(0, then.messages.length));
  const { seq } = await say(client, thread, 'verder');
  assert.equal(seq, then.messages.length + 1);
  assert.equal(await server.stop().then(({ code }) => code), 0);
});

test('a link that was used after the backup is not good again, and --sign-out ends every session', async (t) => {
  const { server, school, accounts } = await room(t, ['visser']);
  const folder = await temporaryFolder(t);
  const file = join(folder, 'school.backup');
  const secret = await server.link('huda');
  assert.equal((await backup(school.data, file)).code, 0);
  await signInWith(server, secret);

  const kept = join(folder, 'kept'), ended = join(folder, 'ended');
  assert.equal((await restore(school, kept, file)).code, 0);
  assert.equal((await restore(school, ended, file, '--sign-out')).code, 0);
  const one = await startServer(t, { data: kept, env: keyOf(school) }), other = await startServer(t, { data: ended, env: keyOf(school) });
  assert.equal((await refusal(signInWith(one, secret))).reason, 'link');
  accounts.visser.server = one;
  assert.equal((await accounts.visser.connect()).welcome.me.name, accounts.visser.person.name);
  accounts.visser.server = other;
  assert.equal((await accounts.visser.fetch('/api/session')).status, 401);
  await signIn(other, 'visser');
});

test('nothing is written over, and what is no whole school is refused', async (t) => {
  const { school } = await room(t, []);
  const folder = await temporaryFolder(t);
  const file = join(folder, 'school.backup');
  assert.equal((await backup(school.data, file)).code, 0);
  const bytes = await readFile(file);

  const twice = await backup(school.data, file);
  assert.equal(twice.code, 1);
  assert.match(twice.stderr, /already/);
  assert.deepEqual(await readFile(file), bytes);

  const full = await restore(school, school.data, file);
  assert.equal(full.code, 1);
  assert.match(full.stderr, /already/);

  const damaged = join(folder, 'damaged'), cut = join(folder, 'cut'), other = join(folder, 'other');
  await writeFile(damaged, bytes);
  const handle = await open(damaged, 'r+');
  await handle.write(Buffer.alloc(4096 * 8, 0xa5), 0, 4096 * 8, 4096 * 4);
  await handle.close();
  await writeFile(cut, bytes.subarray(0, bytes.length - 4096 * 3));
  await writeFile(other, 'this is a letter, not a school');
  for (const bad of [damaged, cut, other, join(folder, 'nowhere')]) {
    const data = join(folder, `data of ${bad.split('/').at(-1)}`);
    await mkdir(data);
    const result = await restore(school, data, bad);
    assert.equal(result.code, 1, bad);
    assert.match(result.stderr, /^ouderbrug restore: ./);
    await assert.rejects(stat(join(data, 'school.db')), { code: 'ENOENT' });
    await assert.rejects(stat(join(data, 'restoring.db')), { code: 'ENOENT' });
  }
  assert.equal((await backup(join(folder, 'nobody'), join(folder, 'x'))).code, 1);
  assert.equal((await ouderbrug(['backup', '--data', school.data], { fails: true })).code, 2);
});

test('keys come from the data folder, else from beside the backup, and old ones do not open with a new key of the school', async (t) => {
  const { server, school, thread, huda, accounts } = await room(t, ['huda']);
  const folder = await temporaryFolder(t);
  const file = join(folder, 'school.backup'), newer = join(folder, 'newer.keys');
  await say(huda, thread, 'Dag');
  const said = await allOf(huda, thread);
  assert.equal((await backup(school.data, file)).code, 0);
  await server.stop();
  await ouderbrug(['key', 'rotate', '--data', school.data]);
  await ouderbrug(['backup', '--data', school.data, '--keys-only', newer]);

  const folderOf = (name) => join(folder, name);
  const refused = async (name, says, ...options) => {
    const result = await restore(school, folderOf(name), file, ...options);
    assert.equal(result.code, 1);
    assert.match(result.stderr, says);
    assert.deepEqual(await readdir(folderOf(name)), [], 'something was left behind');
  };
  await refused('old keys', /is not the key of this school/);
  await refused('no such keys', /the keys of the backup are missing/, '--keys', join(folder, 'nowhere'));
  assert.equal((await restore(school, folderOf('newer'), file, '--keys', newer)).code, 0);

  // Today's keys lie there already: they count, and others may not be named.
  await mkdir(folderOf('today'));
  await copyFile(join(school.data, 'keys.db'), join(folderOf('today'), 'keys.db'));
  assert.equal((await restore(school, folderOf('today'), file, '--keys', newer)).code, 1);
  assert.equal((await restore(school, folderOf('today'), file)).code, 0);
  for (const name of ['newer', 'today']) {
    const again = await startServer(t, { data: folderOf(name), env: keyOf(school) });
    accounts.huda.server = again;
    assert.deepEqual(await allOf(await accounts.huda.connect(), thread), said);
  }
});

test('from an older backup what was destroyed since stays shut, and all else opens', async (t) => {
  const { server, school, thread, huda } = await room(t, ['huda']);
  const visser = await (await signIn(server, 'visser')).connect();
  const folder = await temporaryFolder(t);
  const file = join(folder, 'school.backup'), data = join(folder, 'restored');
  const others = visser.welcome.threads.map(({ id }) => id).filter((id) => id !== thread);
  assert.ok(others.length > 0);
  await say(huda, thread, 'weg ermee');
  for (const id of others) await say(visser, id, 'dit blijft');
  assert.equal((await backup(school.data, file)).code, 0);
  await server.stop();
  const keys = new DatabaseSync(join(school.data, 'keys.db'));
  keys.prepare('UPDATE key SET sealed = NULL, destroyed_ms = 7 WHERE thread = ?').run(thread);
  keys.close();
  await ouderbrug(['key', 'rotate', '--data', school.data]);
  assert.equal((await restore(school, data, file)).code, 1, 'the keys of then do not open with the key of now');
  await copyFile(join(school.data, 'keys.db'), join(data, 'keys.db'));
  assert.equal((await restore(school, data, file)).code, 0);
  const again = await startServer(t, { data, env: keyOf(school) });
  const mentor = await (await signIn(again, 'visser')).connect();
  // What has no key any more was erased: putting a backup back erases the rest of it too.
  assert.equal((await refusal(allOf(mentor, thread))).code, 'not_found');
  for (const id of others) assert.deepEqual((await allOf(mentor, id)).messages.map(({ body }) => body), ['dit blijft']);
  assert.equal((await refusal(say(mentor, thread, 'nog iets'))).code, 'not_found');
});
