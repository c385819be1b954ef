// A pupil is erased: no word of theirs is left in any file, and no backup opens it any more; all others stay as they were.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { refusal, signIn, uuid } from './lib/client.mjs';
import { allOf, room, say, settled, threadOf, unhurried } from './lib/room.mjs';
import { makeSchool, people, writeRoster } from './lib/school.mjs';
import { ouderbrug, program, startServer, temporaryFolder } from './lib/server.mjs';

const erase = (data, ...args) => ouderbrug(['erase', '--data', data, '--yes', ...args], { fails: true });

/** Which of these words stand in which files of a folder. */
async function found(folder, words) {
  const hits = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    for (const word of words) if (bytes.includes(Buffer.from(word))) hits.push(`${entry.name}: ${word}`);
  }
  return hits;
}

const words = ['zwaluwstaartverbinding', 'قسطنطينية', 'vertaalwoord', 'waaromwoord', 'teruggenomenwoord', 'aantekeningwoord', 'toestemmingwoord'];
const names = ['Samir', 'Karim'];

/** Samir's family and others talk; everything a conversation can hold is in Samir's. */
async function talk(t, options) {
  const here = await room(t, ['visser', 'huda', 'karim', 'oksana', 'rania', 'bakker'], options);
  const { thread, visser, huda, karim, oksana, rania } = here;
  const amal = threadOf(huda, 'Amal').id, mykola = threadOf(oksana, 'Микола').id;
  const { seq } = await say(visser, thread, `Dag ${words[0]}`);
  await visser.do('version', { thread, seq, language: 'ar', body: `مرحبا ${words[2]}` });
  await huda.do('answer', { thread, seq, answer: 'not_understood' });
  await say(karim, thread, words[1], { language: 'ar' });
  const back = await say(karim, thread, words[4]);
  await karim.do('withdraw', { thread, seq: back.seq });
  await visser.do('bring', { thread, person: rania.welcome.me.id, reach: 'all', why: words[3] });
  await visser.do('note', { thread, client_id: uuid(), level: 'staff', body: words[5], language: 'nl' });
  await visser.do('consent_ask', { thread, kind: 'machine', why: words[6] });
  assert.equal((await visser.do('search', { query: words[0] })).hits.length, 1);
  for (let i = 0; i < 30; i++) {
    await say(huda, amal, `over Amal ${i}`);
    await say(i % 2 ? oksana : visser, mykola, `о Миколі ${i}`);
  }
  return { ...here, amal, mykola };
}

const conversations = async (client) => Object.fromEntries(await Promise.all((await client.do('threads')).threads.map(async ({ id }) => [id, (await allOf(client, id)).messages])));

test('after erasing no word is in a file, no backup opens it, all others open, and the school talks on meanwhile', async (t) => {
  const { server, school, thread, visser, huda, karim, oksana, bakker, amal, mykola, accounts } = await talk(t);
  const folder = await temporaryFolder(t), backup = join(folder, 'school.backup');
  await ouderbrug(['backup', '--data', school.data, backup]);
  const oldKeys = join(folder, 'old.keys'), oldKey = join(folder, 'old.key');
  await copyFile(`${backup}.keys`, oldKeys);
  await copyFile(`${school.data}.key`, oldKey);
  const before = { mother: await conversations(huda), other: await conversations(oksana) };
  const early = { since: visser.last, log: visser.welcome.log };

  let talking = true;
  const chat = (async () => { for (let i = 0; talking; i++) await say(i % 2 ? oksana : visser, mykola, `intussen ${i}`); })();
  const { code, stdout, stderr } = await erase(school.data, 'samir');
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^Erased\./);
  // Who is in it hears it at once, and the guardian of nobody else has to leave.
  await Promise.all([visser, huda].map((client) => client.event('gone', (event) => event.thread === thread)));
  await karim.closed;
  const said = (await say(oksana, mykola, 'na het wissen')).seq;
  talking = false;
  await chat;
  assert.equal(oksana.events.some(({ event }) => event === 'gone'), false);
  assert.equal(bakker.events.some((event) => event.thread === thread), false);

  for (const client of [visser, huda]) assert.equal((await refusal(client.do('history', { thread }))).code, 'not_found');
  assert.deepEqual((await visser.do('search', { query: words[0] })).hits, []);
  assert.equal((await accounts.karim.fetch('/api/session')).status, 401);
  assert.deepEqual((await huda.do('threads')).threads.map(({ id }) => id), [amal], 'her other child stays');
  const back = await accounts.visser.connect({ hello: early });
  assert.equal(back.welcome.mode, 'fresh', 'who was away is told the state, in which it is not');
  assert.deepEqual(back.welcome.threads.map(({ id }) => id), [mykola]);

  assert.deepEqual(await found(school.data, [...words, ...names]), [], 'while it is served');
  await server.kill();
  assert.deepEqual(await found(school.data, [...words, ...names]), [], 'in what a killed server leaves');
  assert.deepEqual(await found(folder, words), [], 'nor in the older backup');
  // The search itself can find.
  assert.notDeepEqual(await found(school.data, ['Visser', 'Amal']), []);

  // Everything of the others is as it was, and goes on.
  await server.start();
  const mother = await (await signIn(server, 'huda')).connect(), other = await (await signIn(server, 'oksana')).connect();
  assert.deepEqual(await conversations(mother), { [amal]: before.mother[amal] });
  const now = await allOf(other, mykola);
  assert.deepEqual(now.messages.slice(0, 30), before.other[mykola]);
  assert.ok(now.messages.length >= said);
  await server.stop();

  // The older backup with today's keys: it is replayed there; all others open, every message of them.
  const data = join(folder, 'restored');
  await mkdir(data);
  await copyFile(join(school.data, 'keys.db'), join(data, 'keys.db'));
  await copyFile(`${school.data}.key`, `${data}.key`);
  assert.notDeepEqual(await found(folder, names), [], 'the backup has the names, which are not sealed');
  await ouderbrug(['restore', '--data', data, backup]);
  assert.deepEqual(await found(data, [...words, ...names]), []);
  const again = await startServer(t, { data, args: unhurried });
  await assert.rejects(again.link('karim'));
  assert.deepEqual(await conversations(await (await signIn(again, 'huda')).connect()), { [amal]: before.mother[amal] });
  assert.deepEqual(await conversations(await (await signIn(again, 'oksana')).connect()), before.other);
  assert.deepEqual((await (await signIn(again, 'visser')).connect()).welcome.threads.map(({ id }) => id), [mykola]);
  await again.stop();

  // The keys of that time are dead: with today's school key they do not open, and the key of that time is nowhere but in our copy.
  const dead = join(folder, 'dead');
  await mkdir(dead);
  await copyFile(`${school.data}.key`, `${dead}.key`);
  const refused = await ouderbrug(['restore', '--data', dead, '--keys', oldKeys, backup], { fails: true });
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /key/);
  assert.notEqual(await readFile(`${school.data}.key`, 'utf8'), await readFile(oldKey, 'utf8'));
});

test('it is in the logs by its ids, the audit log stays whole, and who is not there, or erased already, is refused', async (t) => {
  const { school, server } = await talk(t);
  const nobody = await erase(school.data, 'nobody');
  assert.deepEqual([nobody.code, nobody.stderr], [1, 'ouderbrug erase: the roster has no such pupil\n']);
  assert.equal((await erase(school.data, 'samir')).code, 0);
  assert.equal((await erase(school.data, 'samir')).code, 1);
  const { stdout } = await ouderbrug(['retention', '--data', school.data, '--log']);
  const lines = stdout.trimEnd().split('\n').slice(1).map((line) => line.split('\t'));
  assert.deepEqual(lines.map(([, kind, , , count, why]) => [kind, count, why]), [['guardian', '1', 'asked'], ['pupil', '3', 'asked']]);
  assert.doesNotMatch(stdout, /Samir|Karim/);
  await ouderbrug(['audit', 'verify', '--data', school.data]);
  assert.match((await ouderbrug(['audit', 'list', '--data', school.data, '--names'])).stdout, /\terase\tdid\t/);
  // A terminal is asked; without one it has to be said.
  const unsure = await ouderbrug(['erase', '--data', school.data, 'amal'], { fails: true });
  assert.deepEqual([unsure.code, /--yes/.test(unsure.stderr)], [2, true]);
  for (const bad of [[], ['amal', 'helen'], ['--nonsense', 'amal']]) assert.equal((await erase(school.data, ...bad)).code, 2);
  assert.ok(threadOf(await (await signIn(server, 'huda')).connect(), 'Amal'));
});

test('an administration that still names them makes a new pupil with nothing said; numbers never come twice', async (t) => {
  const { school, server, thread, visser, huda } = await talk(t);
  const { id } = threadOf(huda, 'Samir').pupil;
  await erase(school.data, 'samir');
  await visser.event('gone');
  await ouderbrug(['import', '--data', school.data, school.roster]);
  const mother = await (await signIn(server, 'huda')).connect();
  const anew = threadOf(mother, 'Samir');
  assert.ok(anew.id > thread && anew.pupil.id !== id);
  assert.deepEqual((await allOf(mother, anew.id)).messages, []);
  const { seq } = await say(mother, anew.id, 'opnieuw');
  assert.equal(seq, 1);
  await server.link('karim');
  // Whom a delta does not name is not asked for among the erased.
  await ouderbrug(['import', '--data', school.data, await writeRoster(join(school.folder, 'without'), { ...people, samir: null, karim: null, huda: { ...people.huda, of: ['amal'] } })]);
  await settled(mother);
});

test('without them in the roster nothing refers to them any more', async (t) => {
  const { school } = await talk(t);
  await erase(school.data, 'samir');
  const { stdout } = await ouderbrug(['import', '--dry-run', '--data', school.data,
    await writeRoster(join(school.folder, 'without'), { ...people, samir: null, karim: null, huda: { ...people.huda, of: ['amal'] } })]);
  assert.equal(stdout, 'No difference.\n');
});

test('killed at any moment, it is finished: by another call, or by a server that starts', async (t) => {
  const many = Object.fromEntries(Array.from({ length: 24 }, (_, i) => [`kind${i}`, { role: 'pupil', given: `Kind${i}`, family: 'Test', class: '2B' }]));
  const school = await makeSchool(t, { ...people, ...many });
  const server = await startServer(t, { ...school, args: unhurried });
  const visser = await (await signIn(server, 'visser')).connect();
  const secret = (i) => `geheimwoord${i}x`;
  for (let i = 0; i < 24; i++) await say(visser, threadOf(visser, `Kind${i}`).id, secret(i));
  const mykola = threadOf(visser, 'Микола').id;
  await say(visser, mykola, 'blijft');
  await server.stop();
  let killed = 0;
  for (let i = 0; i < 24; i++) {
    const child = spawn(program, ['erase', '--data', school.data, '--yes', `kind${i}`], { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), 3 + i * 4);
    const [, signal] = await once(child, 'exit');
    clearTimeout(timer);
    if (signal) killed++;
    // Every third is left to the server.
    if (i % 3 === 0) continue;
    const next = await erase(school.data, `kind${i}`);
    assert.ok(next.code === 0 || /no such pupil/.test(next.stderr), next.stderr);
  }
  t.diagnostic(`${killed} of 24 were killed`);
  assert.ok(killed > 0);
  await server.start();
  const now = await (await signIn(server, 'visser')).connect();
  for (const { id, pupil } of now.welcome.threads) {
    const { messages } = await allOf(now, id);
    if (id === mykola) assert.deepEqual(messages.map(({ body }) => body), ['blijft']);
    else assert.ok(!/^Kind/.test(pupil.given) || (Number(pupil.given.slice(4)) % 3 === 0 && messages[0].body), `${pupil.given} is there, without its text`);
  }
});

test('cut off between the keys and the rows, a server goes on with it before anybody is let in', async (t) => {
  const { school, server, thread } = await talk(t);
  await server.stop();
  const key = await readFile(`${school.data}.key`, 'utf8');
  const db = new DatabaseSync(join(school.data, 'keys.db'));
  db.prepare('UPDATE key SET sealed = NULL, destroyed_ms = ? WHERE thread = ?').run(Date.now(), thread);
  db.close();
  const again = await startServer(t, { ...school, args: unhurried });
  const visser = await (await signIn(again, 'visser')).connect();
  assert.equal(threadOf(visser, 'Samir'), undefined);
  assert.deepEqual(await found(school.data, [...words, ...names]), []);
  assert.notEqual(await readFile(`${school.data}.key`, 'utf8'), key, 'the school has another key');
  assert.equal((await ouderbrug(['retention', '--data', school.data, '--log'])).stdout.split('\n').filter((line) => line.endsWith('resumed')).length, 2);
});

test('a server that runs goes on with what another program did not finish, and tells who listens', async (t) => {
  const { school, thread, visser } = await talk(t);
  const db = new DatabaseSync(join(school.data, 'keys.db'));
  db.prepare('UPDATE key SET sealed = NULL, destroyed_ms = ? WHERE thread = ?').run(Date.now(), thread);
  db.close();
  await visser.event('gone', (event) => event.thread === thread, 30_000);
  assert.deepEqual(await found(school.data, words), []);
  assert.match((await erase(school.data, 'samir')).stderr, /no such pupil/);
});

test('where the key is a credential, it says what to do before anything is gone; with a new key it is done', async (t) => {
  const { server, school, thread, visser } = await talk(t);
  await server.stop();
  const credentials = await temporaryFolder(t), next = join(credentials, 'next');
  await rename(`${school.data}.key`, join(credentials, 'ouderbrug-key'));
  const env = { CREDENTIALS_DIRECTORY: credentials };
  const call = (...args) => ouderbrug(['erase', '--data', school.data, '--yes', ...args], { fails: true, env });
  const refused = await call('samir');
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /Nothing was erased\..*--new-key-file/s);
  await writeFile(next, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  assert.match((await call('--new-key-file', join(credentials, 'nowhere'), 'samir')).stderr, /./);
  const done = await call('--new-key-file', next, 'samir');
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stdout, /Put .*next where the school's key comes from/);
  assert.equal((await ouderbrug(['link', '--data', school.data, 'huda'], { fails: true, env })).code, 1, 'the old key opens nothing');
  await rm(join(credentials, 'ouderbrug-key'));
  await rename(next, join(credentials, 'ouderbrug-key'));
  const again = await startServer(t, { ...school, env, args: unhurried });
  const back = await (await signIn(again, 'visser')).connect();
  assert.equal(back.welcome.threads.some(({ id }) => id === thread), false);
  void visser;
});
