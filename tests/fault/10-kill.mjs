// The server is killed while everybody writes, and starts again; everybody comes back. OUDERBRUG_ROUNDS says how often (20),
// OUDERBRUG_SEED repeats the choices of an earlier run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signIn } from '../scenario/lib/client.mjs';
import { makeSchool } from '../scenario/lib/school.mjs';
import { patience, startServer, within } from '../scenario/lib/server.mjs';
import { Talker, chances } from './lib/talker.mjs';
import { checkDatabase, checkTalker } from './lib/truth.mjs';

const rounds = Number(process.env.OUDERBRUG_ROUNDS ?? 20);
const seed = Number(process.env.OUDERBRUG_SEED ?? Date.now() % 1_000_000);
const roomy = ['--rate-burst', '100000', '--rate-per-second', '100000'];

// huda sits at a phone and at a laptop
const cast = ['visser', 'bakker', 'huda', 'huda', 'karim', 'oksana', 'abrehet', 'nidos'];

test(`killed ${rounds} times under load: nothing acknowledged is missing, nothing is there twice, no number is left out`, { timeout: patience(60_000 + rounds * 20_000) }, async (t) => {
  t.diagnostic(`OUDERBRUG_SEED=${seed}`);
  const chance = chances(seed);
  const server = await startServer(t, { ...await makeSchool(t), args: roomy });
  let left = Infinity;
  let killed = Promise.resolve();
  let onKill;
  // In the very moment of an acknowledgement: were it given before the commit, the message would be gone.
  const onAcknowledged = () => {
    if (--left !== 0) return;
    killed = server.kill();
    onKill();
  };
  const talkers = [];
  for (const [i, name] of cast.entries()) {
    talkers.push(new Talker(`${name} (${i})`, await signIn(server, name), { flight: 4, chance: chances(seed + i + 1), onAcknowledged }));
  }
  await Promise.all(talkers.map((talker) => talker.connect()));

  let absent = new Set();
  for (let round = 1; round <= rounds; round++) {
    const present = talkers.filter((talker) => !absent.has(talker));
    const kill = new Promise((done) => { onKill = done; });
    left = 20 + Math.floor(chance() * 1200);
    present.forEach((talker) => talker.talk());
    await within(kill, 60_000, () => `round ${round}: ${left} acknowledgements did not come`);
    await killed;
    await Promise.all(present.map((talker) => talker.away));
    for (const { fault } of talkers) if (fault) throw fault;

    await server.start();
    // Now and then somebody stays away for some rounds, and misses more than is told as events.
    absent = new Set(round < rounds ? talkers.filter((talker) => chance() < (absent.has(talker) ? 0.7 : 0.1)).slice(0, 3) : []);
    await Promise.all(talkers.filter((talker) => !absent.has(talker)).map((talker) => talker.connect()));
  }

  await Promise.all(talkers.map((talker) => talker.finish()));
  checkDatabase(server.data);
  await Promise.all(talkers.map((talker) => talker.caughtUp()));
  for (const talker of talkers) await checkTalker(talker);
  const sum = (of) => talkers.reduce((n, talker) => n + of(talker), 0);
  t.diagnostic(`${sum((talker) => talker.acknowledged.size)} messages acknowledged; ${sum((talker) => talker.resumed)} times resumed, ` +
    `${sum((talker) => talker.refreshed) - talkers.length} times told to fetch anew`);
  assert.equal(sum((talker) => talker.acknowledged.size), sum((talker) => talker.sent), 'a message was never acknowledged');
});
