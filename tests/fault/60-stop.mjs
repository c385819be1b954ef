// The server is asked to end while everybody writes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signIn } from '../scenario/lib/client.mjs';
import { makeSchool } from '../scenario/lib/school.mjs';
import { startServer, within } from '../scenario/lib/server.mjs';
import { Talker, chances } from './lib/talker.mjs';
import { checkDatabase, checkTalker } from './lib/truth.mjs';

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`${signal} under load: everybody hears 1001, and everything acknowledged is there`, async (t) => {
    const server = await startServer(t, { ...await makeSchool(t), args: ['--rate-burst', '100000', '--rate-per-second', '100000'] });
    let left = 300;
    let enough;
    const busy = new Promise((done) => { enough = done; });
    const onAcknowledged = () => { if (--left === 0) enough(); };
    const talkers = [];
    for (const [i, name] of ['visser', 'bakker', 'huda', 'karim', 'oksana', 'nidos'].entries()) {
      talkers.push(new Talker(name, await signIn(server, name), { flight: 4, chance: chances(i + 1), onAcknowledged }));
    }
    await Promise.all(talkers.map((talker) => talker.connect()));
    talkers.forEach((talker) => talker.talk());
    await within(busy, 30_000, 'nobody was acknowledged');

    const end = await server.stop(signal);
    assert.deepEqual(end, { code: 0, signal: null }, server.log());
    assert.deepEqual(await Promise.all(talkers.map((talker) => talker.away)), talkers.map(() => 1001));
    checkDatabase(server.data);

    // What was not acknowledged may be there or not; said again it is there once.
    await server.start();
    await Promise.all(talkers.map((talker) => talker.connect()));
    await Promise.all(talkers.map((talker) => talker.finish()));
    await Promise.all(talkers.map((talker) => talker.caughtUp()));
    for (const talker of talkers) await checkTalker(talker);
  });
}
