// What has had its time: listed, and then exactly that is deleted, and nothing of anybody else.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { signIn, uuid } from './lib/client.mjs';
import { allOf, room, say, threadOf, unhurried } from './lib/room.mjs';
import { people, writeRoster } from './lib/school.mjs';
import { ouderbrug, startServer } from './lib/server.mjs';

const day = (after) => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);

/** The lines that retention prints: { kind, id, since, count, why, name }. */
async function retention(data, ...args) {
  const { stdout } = await ouderbrug(['retention', '--data', data, ...args]);
  const [head, ...lines] = stdout.trimEnd().split('\n').map((line) => line.split('\t'));
  return lines.map((cells) => Object.fromEntries(cells.map((cell, i) => [head[i], cell])));
}

const short = ({ kind, id, since, count, why }) => `${kind} ${id} ${since} ${count} ${why}`;
const kinds = (lines, kind) => lines.filter((line) => line.kind === kind);

/** Samir, his father and the coach leave; his mother stays for Amal. */
async function afterLeaving(t) {
  const here = await room(t, ['visser', 'huda', 'karim', 'rania', 'oksana', 'bakker']);
  const { school, thread, visser, huda, karim, oksana } = here;
  await say(visser, thread, 'Dag familie Al-Hariri');
  await say(karim, thread, 'أهلا');
  await say(huda, threadOf(huda, 'Amal').id, 'عن أمل');
  await say(oksana, threadOf(oksana, 'Микола').id, 'Доброго дня');
  await ouderbrug(['import', '--data', school.data,
    await writeRoster(join(school.folder, 'next'), { ...people, samir: null, karim: null, rania: null, huda: { ...people.huda, of: ['amal'] } })]);
  return here;
}

test('nothing goes before its time, and the list has names only where they are asked for', async (t) => {
  const { school } = await afterLeaving(t);
  assert.deepEqual(await retention(school.data), []);
  assert.deepEqual(kinds(await retention(school.data, '--today', day(729)), 'pupil'), []);
  const found = await retention(school.data, '--today', day(732), '--names');
  assert.deepEqual(kinds(found, 'pupil').map(({ name, count, since, why }) => [name, count, since, why]),
    [['Samir Al-Hariri', '2', day(0), 'keep_pupil_days=730']]);
  assert.deepEqual(['guardian', 'person'].map((kind) => kinds(found, kind).map(({ name }) => name)), [['Karim Al-Hariri'], ['Rania Haddad']]);
  const { stdout } = await ouderbrug(['retention', '--data', school.data, '--today', day(732)]);
  assert.doesNotMatch(stdout, /Samir|Karim|Rania/);
});

test('the dry run lists exactly what --run takes, the log says so, and nothing of others goes', async (t) => {
  const { school, thread, server, huda, oksana, accounts } = await afterLeaving(t);
  const amal = threadOf(huda, 'Amal').id, mykola = threadOf(oksana, 'Микола').id;
  const before = { amal: await allOf(huda, amal), mykola: await allOf(oksana, mykola) };
  const today = day(732);
  const found = await retention(school.data, '--today', today);
  assert.deepEqual([...new Set(found.map(({ kind }) => kind))].sort(), ['event', 'guardian', 'link', 'person', 'pupil', 'session']);
  await retention(school.data, '--run', '--today', today);
  const log = await retention(school.data, '--log');
  assert.deepEqual(log.map(short).sort(), found.map(short).sort());
  assert.deepEqual(await retention(school.data, '--today', today), []);

  // Their sessions ended 732 days from now, but they are gone already: who comes now signs in anew.
  await server.stop();
  const again = await startServer(t, { ...school, args: unhurried });
  const mother = await (await signIn(again, 'huda')).connect(), other = await (await signIn(again, 'oksana')).connect();
  assert.deepEqual(mother.welcome.threads.map(({ id }) => id), [amal]);
  assert.deepEqual(await allOf(mother, amal), before.amal);
  assert.deepEqual(await allOf(other, mykola), before.mykola);
  await assert.rejects(again.link('karim'));
  accounts.visser.server = again;
  assert.equal((await accounts.visser.fetch('/api/session')).status, 401);
  const visser = await (await signIn(again, 'visser')).connect();
  assert.equal(visser.welcome.threads.some(({ id }) => id === thread), false);
  const { seq } = await say(mother, amal, 'نكمل');
  assert.equal(seq, before.amal.messages.length + 1);
});

test('who saw less than the log of events still holds is told everything afresh, and no number comes twice', async (t) => {
  const { school, server, thread, visser, huda, accounts } = await room(t, ['visser', 'huda']);
  for (let i = 0; i < 5; i++) await say(visser, thread, `bericht ${i}`);
  await huda.event('message', ({ message }) => message.seq === 5);
  const early = { since: huda.events[0].id, log: huda.welcome.log }, last = { since: huda.last, log: huda.welcome.log };
  assert.equal((await accounts.huda.connect({ hello: early })).welcome.mode, 'resumed');
  const [gone] = kinds(await retention(school.data, '--run', '--today', day(31), '--keep-sign-in-days', '0'), 'event');
  assert.ok(Number(gone.count) > 4);
  const behind = await accounts.huda.connect({ hello: early });
  assert.equal(behind.welcome.mode, 'fresh');
  assert.equal((await accounts.huda.connect({ hello: last })).welcome.mode, 'resumed', 'the newest event is there still');
  const { rev } = await say(visser, thread, 'verder');
  assert.equal(rev, last.since + 1);
  await server.kill();
  await server.start();
  const late = await accounts.huda.connect({ hello: last });
  assert.equal(late.welcome.mode, 'resumed');
  await late.event('message', ({ message }) => message.body === 'verder');
});

test('staff notes and consents have their own time, and the newest stay', async (t) => {
  const { school, thread, visser, huda } = await room(t, ['visser', 'huda']);
  await visser.do('note', { thread, client_id: uuid(), level: 'staff', body: 'oud', language: 'nl' });
  const { consent } = await visser.do('consent_ask', { thread, kind: 'machine', why: 'sneller' });
  await huda.do('consent_answer', { thread, consent: consent.id, says: 'no', language: 'ar' });
  await visser.do('consent_ask', { thread, kind: 'voice', why: 'later' });
  const only = ['--keep-sign-in-days=0', '--keep-event-days=0'];
  assert.deepEqual(await retention(school.data, '--today', day(730), ...only), []);
  const found = await retention(school.data, '--today', day(732), '--names', ...only);
  assert.deepEqual(found.map(({ kind, count, why, name }) => [kind, count, why, name]),
    [['note', '1', 'keep_note_days=730', 'Samir Al-Hariri'], ['consent', '1', 'keep_consent_days=730', 'Samir Al-Hariri']]);
  await retention(school.data, '--run', '--today', day(732), ...only);
  assert.deepEqual((await visser.do('notes', { thread })).notes, []);
  assert.deepEqual((await huda.do('consents', { thread })).consents.map(({ kind, answer }) => [kind, answer]), [['voice', undefined]]);
  const { stdout } = await ouderbrug(['retention', '--kinds', '--keep-note-days', '0']);
  assert.match(stdout, /^note\tfor ever\tkeep_note_days\t/m);
  assert.match(stdout, /^absence\t1825\tkeep_absence_days\t/m);
});

test('a setting of 0 keeps it, and what is no day is refused', async (t) => {
  const { school } = await afterLeaving(t);
  const never = ['--keep-pupil-days', '0', '--keep-sign-in-days', '0', '--keep-person-days', '0', '--keep-event-days=0'];
  assert.deepEqual(await retention(school.data, '--today', day(9000), ...never), []);
  for (const bad of [['--today', 'tomorrow'], ['--today', '2026-02-30'], ['--today'], ['--run', '--log'], ['--kinds', '--run'], ['x'], ['--keep-pupil-days', '-1']]) {
    assert.equal((await ouderbrug(['retention', '--data', school.data, ...bad], { fails: true })).code, 2, bad.join(' '));
  }
  assert.deepEqual(await retention(school.data, '--log'), []);
});

test('a server does it by itself in its hour, and tells who listens', async (t) => {
  const { school, server, thread } = await afterLeaving(t);
  await server.stop();
  const db = new DatabaseSync(join(school.data, 'school.db'));
  const long = Date.now() - 800 * 86_400_000;
  db.prepare('UPDATE pupil SET ended_ms = ? WHERE ended_ms IS NOT NULL').run(long);
  // Somebody whose membership did not end with the pupil hears that it is gone.
  db.prepare("UPDATE member SET until_ms = NULL, until_seq = NULL WHERE thread = ? AND person = (SELECT id FROM person WHERE sourced_id = 'visser')").run(thread);
  db.close();
  const hour = String(new Date().getUTCHours());
  const idle = await startServer(t, { ...school, args: [...unhurried, '--retention-hour', String((Number(hour) + 12) % 24)] });
  const early = await (await signIn(idle, 'visser')).connect();
  assert.ok(threadOf(early, 'Samir'), 'not in another hour');
  await idle.stop();
  const busy = await startServer(t, { ...school, args: [...unhurried, '--retention-hour', hour] });
  const account = await signIn(busy, 'visser');
  const visser = await account.connect();
  if (threadOf(visser, 'Samir')) await visser.event('gone', (event) => event.thread === thread);
  assert.equal(threadOf(await account.connect(), 'Samir'), undefined);
  assert.deepEqual(kinds(await retention(school.data, '--log'), 'pupil').map(({ count, why }) => [count, why]), [['2', 'keep_pupil_days=730']]);
});
