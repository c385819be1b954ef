// Rights change while people are connected: from that moment on, everywhere. And one person has only so many connections.
import assert from 'node:assert/strict';
import { join } from 'node:path';
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
  for (const client of [rania, phone]) {
    const end = await client.do('people').then(() => assert.fail('it was allowed'), (error) => error);
    assert.ok(end.closed === 4401 || end.code === 'signed_out', JSON.stringify(end));
    assert.equal((await client.closed).code, 4401);
  }
  assert.equal((await accounts.rania.fetch('/api/session')).status, 401);
  const now = await (await signIn(here.server, 'rania')).connect();
  assert.equal(now.welcome.me.role, 'interpreter');
  assert.equal((await refusal(now.do('people'))).reason, 'role', 'an interpreter brings in nobody');
  await now.do('history', { thread });
  assert.equal((await huda.do('threads')).threads.length, 2);
  await visser.do('people');
});
