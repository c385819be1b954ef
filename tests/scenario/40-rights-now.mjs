// Rights change while people are connected: from that moment on, everywhere. And one person has only so many connections.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { refusal, signIn } from './lib/client.mjs';
import { room, say, settled, unhurried } from './lib/room.mjs';
import { makeSchool, people, writeRoster } from './lib/school.mjs';
import { ouderbrug, startServer } from './lib/server.mjs';

test('one person has so many connections and no more; those they have stay', async (t) => {
  const school = await makeSchool(t);
  const server = await startServer(t, { ...school, args: [...unhurried, '--person-connections-max', '3'] });
  const huda = await signIn(server, 'huda'), again = await signIn(server, 'huda'), visser = await (await signIn(server, 'visser')).connect();
  const three = [await huda.connect(), await huda.connect(), await again.connect()];
  const fourth = await huda.connect({ hello: false });
  await assert.rejects(fourth.do('hello'), ({ closed }) => closed === 4003);
  const thread = three[0].welcome.threads.find(({ pupil }) => pupil.given === 'Samir').id;
  const { seq } = await say(visser, thread, 'Dag');
  for (const client of three) await client.event('message', (e) => e.message.seq === seq);
  await three[0].close();
  await huda.connect();
});

test('who is taken out hears and gets nothing from then on, on every device', async (t) => {
  const { thread, accounts, visser, rania } = await room(t, ['visser', 'rania']);
  await visser.do('bring', { thread, person: rania.welcome.me.id, reach: 'all' });
  const phone = await accounts.rania.connect({ name: 'phone' });
  const { seq } = await say(visser, thread, 'Met haar');
  for (const client of [rania, phone]) await client.event('message', (e) => e.message.seq === seq);
  await visser.do('take_out', { thread, person: rania.welcome.me.id });
  const late = await say(visser, thread, 'Zonder haar');
  for (const client of [rania, phone]) {
    await settled(client);
    assert.deepEqual(client.events.filter((e) => e.event === 'message' && e.message.seq === late.seq), []);
    assert.equal((await refusal(client.do('history', { thread }))).code, 'not_found');
  }
});

test('another role ends every session of its person, and no other', async (t) => {
  const here = await room(t, ['visser', 'rania', 'huda']);
  const { school, accounts, rania, huda, visser, thread } = here;
  await visser.do('bring', { thread, person: rania.welcome.me.id, reach: 'all' });
  const phone = await (await signIn(here.server, 'rania')).connect();
  const second = await writeRoster(join(school.folder, 'second'), { ...people, rania: { ...people.rania, role: 'interpreter' } });
  await ouderbrug(['import', second, '--data', school.data]);
  // They only listen, and are told.
  for (const client of [rania, phone]) assert.equal((await client.closed).code, 4401);
  assert.equal((await accounts.rania.fetch('/api/session')).status, 401);
  const now = await (await signIn(here.server, 'rania')).connect();
  assert.equal(now.welcome.me.role, 'interpreter');
  assert.equal((await refusal(now.do('people'))).reason, 'role', 'an interpreter brings in nobody');
  await now.do('history', { thread });
  assert.equal((await huda.do('threads')).threads.length, 2);
  await visser.do('people');
});

test('a session that runs out while it only listens hears no more, and no other ends with it', async (t) => {
  const { server, school, accounts, huda, karim, visser, thread } = await room(t, ['huda', 'karim', 'visser']);
  const other = await (await signIn(server, 'huda')).connect();
  const db = new DatabaseSync(join(school.data, 'school.db'), { timeout: 5000 });
  db.prepare('UPDATE session SET until_ms = ? WHERE id = (SELECT min(id) FROM session WHERE person = ?)').run(Date.now() + 300, huda.welcome.me.id);
  db.close();
  assert.equal((await huda.closed).code, 4401);
  const { seq } = await say(visser, thread, 'Na afloop');
  for (const client of [karim, other]) await client.event('message', (e) => e.message.seq === seq);
  assert.deepEqual(huda.events.filter((e) => e.event === 'message'), []);
  assert.equal((await accounts.huda.fetch('/api/session')).status, 401);
});
