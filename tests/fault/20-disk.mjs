// There is no room for another message: in a file that may not grow, and on a disk that is full.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { signIn, uuid } from '../scenario/lib/client.mjs';
import { makeSchool } from '../scenario/lib/school.mjs';
import { startServer } from '../scenario/lib/server.mjs';
import { checkDatabase } from './lib/truth.mjs';

const ROOMY = ['--rate-burst', '100000', '--rate-per-second', '100000'];
const MESSAGES_MAX = 5000;
const LIMIT_MS = 120_000;
const body = 'a message of some length, so that the disk is full soon '.repeat(20);

/** Two people in one conversation, and messages that are written until there is no room; what then holds, and that it passes. */
async function untilItIsFull(t, data, { narrow, widen }) {
  const server = await startServer(t, { data, args: ROOMY });
  try {
    await fill(t, server, { narrow, widen });
  } finally {
    await server.stop();
  }
}

async function fill(t, server, { narrow, widen }) {
  const visser = await (await signIn(server, 'visser')).connect();
  const oksana = await (await signIn(server, 'oksana')).connect();
  const thread = oksana.welcome.threads[0].id;
  const acknowledged = [];
  const refused = [];
  const first = { thread, client_id: uuid(), body: `first ${body}` };
  acknowledged.push({ ...first, seq: (await oksana.do('send', first)).seq });
  await visser.do('history', { thread, after: 0, limit: 100 });
  await visser.do('thread', { thread });
  await narrow(server);

  for (let i = 0; refused.length < 20; i++) {
    assert.ok(i < MESSAGES_MAX, 'there was room for everything');
    const message = { thread, client_id: uuid(), body: `${i} ${body}` };
    try {
      acknowledged.push({ ...message, seq: (await oksana.do('send', message)).seq });
    } catch (error) {
      assert.deepEqual([error.code, error.reason], ['unavailable', 'store'], String(error));
      assert.ok(error.retry_ms > 0);
      refused.push(message);
    }
  }
  t.diagnostic(`${acknowledged.length} messages went in`);
  assert.ok(acknowledged.length > 0, 'not even one message was acknowledged');

  // Who has the conversation open reads on: that is on record already. What cannot be put on record is not shown.
  const page = await visser.do('history', { thread, after: 0, limit: 100 });
  assert.deepEqual(page.messages.map(({ client_id }) => client_id), acknowledged.slice(0, 100).map(({ client_id }) => client_id));
  await visser.do('thread', { thread });

  await widen(server);
  for (const message of refused) acknowledged.push({ ...message, seq: (await oksana.do('send', message)).seq });
  assert.deepEqual(acknowledged.map(({ seq }) => seq), acknowledged.map((_, i) => i + 1), 'a gap in the numbers');
  for (const { client_id, seq } of acknowledged) {
    const event = await visser.event('message');
    assert.deepEqual([event.message.client_id, event.message.seq], [client_id, seq]);
  }
  checkDatabase(server.data);

  await server.stop();
  checkDatabase(server.data);
  await server.start();
  const again = await (await signIn(server, 'oksana')).connect();
  assert.equal(again.welcome.threads[0].last.seq, acknowledged.length);
}

test('when the database may not grow, sending is refused and who reads reads on; when it may, everything goes out once', { timeout: LIMIT_MS }, async (t) => {
  const { data } = await makeSchool(t);
  const limit = (server, bytes) => execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}`]);
  await untilItIsFull(t, data, {
    narrow: async (server) => {
      const sizes = await Promise.all(['school.db', 'school.db-wal'].map(async (name) => (await stat(join(data, name))).size));
      limit(server, `${Math.max(...sizes) + 300_000}:unlimited`);
    },
    widen: (server) => limit(server, 'unlimited'),
  });
});

test('when the disk is full, sending is refused and who reads reads on; when there is room, everything goes out once', { timeout: LIMIT_MS }, async (t) => {
  const { data: made } = await makeSchool(t);
  const disk = await mkdtemp(join(tmpdir(), 'ouderbrug-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    await rm(disk, { recursive: true });
    return t.skip('this user may not mount a disk');
  }
  try {
    const data = join(disk, 'data');
    await cp(made, data, { recursive: true });
    await cp(`${made}.key`, `${data}.key`);
    await untilItIsFull(t, data, {
      narrow: async () => {
        const filler = await open(join(disk, 'filler'), 'w');
        for (let size = 65536; size >= 4096;) {
          try {
            await filler.appendFile(Buffer.alloc(size));
          } catch {
            size >>= 1;
          }
        }
        await filler.truncate((await filler.stat()).size - 300_000);
        await filler.close();
      },
      widen: () => rm(join(disk, 'filler')),
    });
  } finally {
    execFileSync('umount', ['-l', disk]);
    await rm(disk, { recursive: true });
  }
});
