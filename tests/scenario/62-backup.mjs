// A backup taken while people talk, and what it is worth: put back, it is the conversation up to one moment, whole.
import assert from 'node:assert/strict';
import { mkdir, open, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
