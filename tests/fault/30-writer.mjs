// Another program holds the database's lock for a while: a backup, or an import of a large school.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { refusal, signIn, uuid } from '../scenario/lib/client.mjs';
import { makeSchool } from '../scenario/lib/school.mjs';
import { pause, startServer } from '../scenario/lib/server.mjs';
import { checkDatabase } from './lib/truth.mjs';

const HELD_MS = 3000;
const WAITED_MS = 10_000; // how long the server waits for the lock
const PATIENCE_MS = 30_000;

/** Two people in one conversation, which the mentor has open, and the lock in other hands. */
async function held(t) {
  const school = await makeSchool(t);
  const server = await startServer(t, school);
  const visser = await (await signIn(server, 'visser')).connect();
  const oksana = await (await signIn(server, 'oksana')).connect();
  await visser.do('history', { thread: oksana.welcome.threads[0].id });
  const lock = new DatabaseSync(join(school.data, 'school.db'));
  t.after(() => lock.close());
  lock.exec('BEGIN IMMEDIATE');
  return { server, visser, oksana, lock, thread: oksana.welcome.threads[0].id };
}

test('while another program writes, the loop answers, who reads reads on, and what waits is written afterwards, in order', async (t) => {
  const { server, visser, oksana, lock, thread } = await held(t);
  const start = performance.now();
  const bodies = ['one', 'two', 'three', 'four', 'five'];
  let acknowledged = 0;
  const sent = bodies.map((body) => oksana.do('send', { thread, client_id: uuid(), body }, PATIENCE_MS).then((ok) => {
    acknowledged++;
    return ok;
  }));

  let slowest = 0;
  while (performance.now() - start < HELD_MS) {
    const asked = performance.now();
    await visser.do('typing', { thread });
    assert.deepEqual((await visser.do('history', { thread })).messages, []);
    slowest = Math.max(slowest, performance.now() - asked);
    await pause(200);
  }
  assert.equal(acknowledged, 0, 'something was acknowledged that could not be written');
  assert.ok(slowest < 1000, `an answer took ${slowest} ms`);
  t.diagnostic(`the slowest answer meanwhile took ${slowest.toFixed(1)} ms`);
  lock.exec('COMMIT');

  assert.deepEqual((await Promise.all(sent)).map(({ seq }) => seq), [1, 2, 3, 4, 5]);
  for (const body of bodies) assert.equal((await visser.event('message')).message.body, body);
  checkDatabase(server.data);
});

test('held for too long, a message is refused with a time to try again, and the same message then goes out once', async (t) => {
  const { server, visser, oksana, lock, thread } = await held(t);
  const message = { thread, client_id: uuid(), body: 'one' };
  const start = performance.now();
  const { code, reason, retry_ms } = await refusal(oksana.do('send', message, PATIENCE_MS));
  assert.deepEqual([code, reason], ['unavailable', 'busy']);
  assert.ok(retry_ms > 0);
  assert.ok(performance.now() - start >= WAITED_MS - 500);
  assert.deepEqual((await visser.do('history', { thread })).messages, []);
  // What was not shown before is not shown now: it could not be put on record.
  assert.deepEqual((await refusal(oksana.do('thread', { thread }, PATIENCE_MS))).code, 'unavailable');
  lock.exec('COMMIT');

  await oksana.do('send', message);
  assert.equal((await oksana.do('send', message)).again, true);
  const { messages } = await visser.do('history', { thread });
  assert.deepEqual(messages.map(({ seq, body }) => [seq, body]), [[1, 'one']]);
  checkDatabase(server.data);
});
