// The audit log: what every command leaves in it, that nothing of what people wrote does, and that each way to tamper with it is found.
import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { refusal, uuid } from './lib/client.mjs';
import { room, say, threadOf } from './lib/room.mjs';
import { keyOf } from './lib/school.mjs';
import { ouderbrug, startServer, temporaryFolder } from './lib/server.mjs';

const verify = (data, ...more) => ouderbrug(['audit', 'verify', '--data', data, ...more], { fails: true });

function rowsOf(data) {
  const db = new DatabaseSync(join(data, 'school.db'), { readOnly: true });
  try {
    return db.prepare('SELECT * FROM audit ORDER BY id').all();
  } finally {
    db.close();
  }
}

/** Does to the log what only who holds the file can. */
function tamper(data, ...statements) {
  const db = new DatabaseSync(join(data, 'school.db'));
  db.exec('DROP TRIGGER IF EXISTS audit_stays; DROP TRIGGER IF EXISTS audit_is_kept;');
  for (const statement of statements) db.exec(statement);
  db.close();
}

test('what is done leaves a row of ids, what is shown one an hour, and no text, name or secret', async (t) => {
  const { school, server, thread, visser, huda } = await room(t, ['visser', 'huda']);
  const me = (who) => who.welcome.me.id;
  const { seq } = await say(visser, thread, 'Ongelezen woordje kwartelei');
  await say(huda, thread, 'zevenslaper');
  await visser.do('bring', { thread, person: (await visser.do('people', { query: 'Jansen' })).people[0].id, why: 'distelvink' });
  for (let i = 0; i < 3; i++) await huda.do('history', { thread, after: 1 });
  await huda.do('history', { thread });
  await huda.do('history', { thread, limit: 1 });
  await huda.do('answer', { thread, seq, answer: 'understood' });
  for (const mark of [1, 2]) await huda.do('read', { thread, seq: mark });
  await huda.do('typing', { thread });
  await refusal(huda.do('history', { thread: 999_999 }));
  await refusal(huda.do('handled', { thread }));
  await server.stop();

  const rows = rowsOf(school.data);
  const of = (who, deed) => rows.filter((row) => row.actor === me(who) && row.deed === deed);
  assert.deepEqual(of(visser, 'send').map((row) => [row.thread, row.seq, row.saw]), [[thread, 1, 0]]);
  assert.equal(of(visser, 'bring').length, 1);
  assert.ok(of(visser, 'bring')[0].person > 0);
  assert.equal(of(visser, 'people')[0].saw, 1);
  // Message 2 three times, then the first too, then nothing older.
  assert.deepEqual(of(huda, 'history').map((row) => [row.seq, row.n, row.saw]), [[2, 1, 1], [1, 2, 1]]);
  assert.equal(of(huda, 'hello').length, 1);
  assert.equal(of(huda, 'read').length, 1);
  assert.deepEqual(of(huda, 'answer').map((row) => row.seq), [seq]);
  for (const deed of ['typing', 'handled']) assert.equal(of(huda, deed).length, 0, deed);
  assert.deepEqual(rows.filter(({ actor }) => actor === 0).map(({ deed }) => deed), ['import', 'link_made', 'link_made']);
  rows.forEach((row, i) => assert.equal(row.id, i + 1));

  const all = rows.map(({ hash, ...row }) => JSON.stringify(row)).join('\n');
  for (const word of ['kwartelei', 'zevenslaper', 'distelvink', 'Visser', 'Huda', 'Jansen', 'visser', 'huda', 'Samir']) assert.ok(!all.includes(word), word);
  const { stdout } = await ouderbrug(['audit', 'list', '--data', school.data]);
  for (const word of ['kwartelei', 'zevenslaper', 'distelvink', 'Visser', 'Huda']) assert.ok(!stdout.includes(word), word);
  assert.match((await ouderbrug(['audit', 'list', '--data', school.data, '--person', 'huda', '--names'])).stdout, /Huda/);
  // Who looked is in it.
  assert.deepEqual(rowsOf(school.data).slice(-2).map(({ deed, n }) => [deed, n]), [['audit_listed', 0], ['audit_listed', 1]]);
});

test('a server that starts again remembers what was shown within the hour', async (t) => {
  const { school, server, thread, visser, accounts } = await room(t, ['visser']);
  await say(visser, thread, 'een');
  await visser.do('history', { thread });
  await server.stop();
  await server.start();
  const again = await accounts.visser.connect();
  await again.do('history', { thread });
  await server.stop();
  const shown = rowsOf(school.data).filter(({ deed }) => deed === 'history');
  // Unless the hour turned just then.
  assert.ok(shown.length === 1 || Math.floor(shown[0].at_ms / 3_600_000) !== Math.floor(shown[1].at_ms / 3_600_000));
});

test('nothing is shown that cannot be put on record', async (t) => {
  const { school, thread, visser } = await room(t, ['visser']);
  await say(visser, thread, 'een');
  const db = new DatabaseSync(join(school.data, 'school.db'));
  db.exec("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT raise(ABORT, 'full'); END;");
  assert.equal((await refusal(visser.do('history', { thread }))).code, 'unavailable');
  assert.equal((await refusal(visser.do('send', { thread, client_id: uuid(), body: 'twee' }))).code, 'unavailable');
  db.exec('DROP TRIGGER full');
  db.close();
  assert.equal((await visser.do('history', { thread })).messages.length, 1);
});

test('each way to tamper is found, with the first row that is wrong', async (t) => {
  const { school, server, thread, visser, huda } = await room(t, ['visser', 'huda']);
  for (let i = 0; i < 6; i++) await say(i % 2 ? visser : huda, thread, `bericht ${i}`);
  await server.stop();
  const rows = rowsOf(school.data), n = rows.length;
  const good = await verify(school.data);
  assert.equal(good.code, 0);
  const head = good.stdout.trim();
  assert.match(head, new RegExp(`^${n} [0-9a-f]{64}$`));
  const file = await readFile(join(school.data, 'school.db'));
  const noted = await readFile(join(school.data, 'audit.head'));
  assert.equal(String(noted).trim(), head);

  // A program, ours or another, that forgets itself.
  const db = new DatabaseSync(join(school.data, 'school.db'));
  assert.throws(() => db.exec('UPDATE audit SET actor = 1'), /only added to/);
  assert.throws(() => db.exec('DELETE FROM audit'), /only added to/);
  db.close();

  const columns = 'at_ms, actor, deed, saw, thread, seq, person, pupil, n, hash';
  const ways = {
    'a time changed': [4, 'UPDATE audit SET at_ms = at_ms + 1 WHERE id = 4'],
    'an actor changed': [5, 'UPDATE audit SET actor = actor + 1 WHERE id = 5'],
    'a deed changed': [n, `UPDATE audit SET deed = 'read' WHERE id = ${n}`],
    'a thread changed': [3, 'UPDATE audit SET thread = thread + 1 WHERE id = 3'],
    'a count changed': [1, 'UPDATE audit SET n = n + 1 WHERE id = 1'],
    'what was shown called done': [4, 'UPDATE audit SET saw = 1 - saw WHERE id = 4'],
    'neither shown nor done': [4, 'UPDATE audit SET saw = saw + 2 WHERE id = 4'],
    'a hash changed': [5, "UPDATE audit SET hash = zeroblob(32) WHERE id = 5"],
    'a hash cut': [5, 'UPDATE audit SET hash = substr(hash, 1, 31) WHERE id = 5'],
    'one of the middle taken out': [4, 'DELETE FROM audit WHERE id = 4'],
    'the first taken out': [1, 'DELETE FROM audit WHERE id = 1'],
    'the last taken out': [n, `DELETE FROM audit WHERE id = ${n}`],
    'all taken out': [1, 'DELETE FROM audit'],
    'the middle closed up': [4, 'DELETE FROM audit WHERE id = 4', 'UPDATE audit SET id = id - 1 WHERE id > 4'],
    'one put in': [5, 'UPDATE audit SET id = -id WHERE id >= 5', 'UPDATE audit SET id = 1 - id WHERE id < 0',
      `INSERT INTO audit (id, ${columns}) SELECT 5, ${columns} FROM audit WHERE id = 4`],
    'one put before': [0, `INSERT INTO audit (id, ${columns}) SELECT 0, ${columns} FROM audit WHERE id = 1`],
    'one added at the end': [n + 1, `INSERT INTO audit (id, ${columns}) SELECT ${n + 1}, ${columns} FROM audit WHERE id = ${n}`],
    'two swapped': [4, 'UPDATE audit SET id = -4 WHERE id = 4', 'UPDATE audit SET id = 4 WHERE id = 5', 'UPDATE audit SET id = 5 WHERE id = -4'],
    'all renumbered': [1, 'UPDATE audit SET id = id + 1000'],
  };
  for (const [way, [row, ...statements]] of Object.entries(ways)) {
    await writeFile(join(school.data, 'school.db'), file);
    tamper(school.data, ...statements);
    const found = await verify(school.data);
    assert.equal(found.code, 1, way);
    assert.match(found.stderr, new RegExp(`row ${row === 0 ? 1 : row}: `), `${way}: ${found.stderr}`);
  }

  // The end cut off and the note beside it too: a line that was noted elsewhere still shows it.
  await writeFile(join(school.data, 'school.db'), file);
  tamper(school.data, `DELETE FROM audit WHERE id > ${n - 2}`);
  await rm(join(school.data, 'audit.head'));
  assert.match((await verify(school.data)).stderr, /nothing says where the log ended/);
  await writeFile(join(school.data, 'audit.head'), `${n - 2} ${Buffer.from(rows[n - 3].hash).toString('hex')}\n`);
  assert.equal((await verify(school.data)).code, 0, 'each row fits the one before');
  const late = await verify(school.data, '--head', head);
  assert.equal(late.code, 1);
  assert.match(late.stderr, new RegExp(`row ${n - 1}: it is missing`));
  // So does a log that was written anew with hashes that fit.
  await writeFile(join(school.data, 'school.db'), file);
  assert.match((await verify(school.data, '--head', `3 ${'0'.repeat(64)}`)).stderr, /row 3: the record was written anew/);
  for (const bad of ['', '3', `x ${'0'.repeat(64)}`, `3 ${'0'.repeat(63)}`, `3 ${'g'.repeat(64)}`]) assert.equal((await verify(school.data, '--head', bad)).code, 2, bad);
  await writeFile(join(school.data, 'audit.head'), 'nonsense');
  assert.equal((await verify(school.data)).code, 1);
});

test('a backup carries the chain, and a restore goes on with it and says so', async (t) => {
  const { school, server, thread, visser } = await room(t, ['visser']);
  const file = join(await temporaryFolder(t), 'school.backup'), data = join(await temporaryFolder(t), 'restored');
  await say(visser, thread, 'voor');
  await ouderbrug(['backup', '--data', school.data, file]);
  await say(visser, thread, 'na');
  await server.stop();
  await ouderbrug(['restore', '--data', data, file], { env: keyOf(school) });
  assert.equal((await verify(data)).code, 0);
  const rows = rowsOf(data), was = rowsOf(school.data);
  assert.deepEqual(rows.slice(0, -1), was.slice(0, rows.length - 1));
  assert.deepEqual([rows.at(-2).deed, rows.at(-1).deed, rows.at(-1).n], ['backup', 'restore', rows.length - 1]);
  const again = await startServer(t, { data, env: keyOf(school) });
  await again.stop();
  assert.equal((await verify(data)).code, 0);
});

test('who signs in and out is on record, and how many failed, of nobody', async (t) => {
  const { school, server, accounts } = await room(t, ['visser', 'huda']);
  for (let i = 0; i < 3; i++) {
    const { status } = await fetch(`${server.url}/api/session`, {
      method: 'POST', headers: { 'content-type': 'application/json', origin: server.url }, body: JSON.stringify({ link: 'x'.repeat(43) }),
    });
    assert.equal(status, 401);
  }
  assert.equal((await accounts.huda.fetch('/api/session', { method: 'DELETE' })).status, 204);
  await server.stop();
  const rows = rowsOf(school.data);
  assert.deepEqual(rows.filter(({ deed }) => deed === 'sign_in').map(({ actor }) => actor), ['visser', 'huda'].map((name) => accounts[name].person.id));
  assert.deepEqual(rows.filter(({ deed }) => deed === 'sign_out').map(({ actor }) => actor), [accounts.huda.person.id]);
  const failed = rows.filter(({ deed }) => deed === 'sign_in_failed');
  assert.equal(failed.reduce((sum, { n }) => sum + n, 0), 3);
  assert.ok(failed.every(({ actor, person }) => actor === 0 && person === 0));
  assert.equal((await verify(school.data)).code, 0);
});

test('a parent sees who of the school has read, also who left, and nothing of the other parent', async (t) => {
  const { thread, visser, huda, karim, rania } = await room(t, ['visser', 'huda', 'karim', 'rania', 'jansen']);
  const names = async (who) => (await who.do('readers', { thread })).readers.map(({ person }) => person.id);
  const { seq } = await say(huda, thread, 'voor wie het leest');
  assert.deepEqual(await names(huda), []);
  const before = Date.now();
  await visser.do('history', { thread });
  await visser.do('read', { thread, seq });
  await karim.do('history', { thread });
  await visser.do('bring', { thread, person: rania.welcome.me.id, reach: 'all' });
  await rania.event('member');
  await rania.do('history', { thread });
  await visser.do('take_out', { thread, person: rania.welcome.me.id });
  await huda.event('member', ({ member }) => member.until !== undefined);
  const { readers } = await huda.do('readers', { thread });
  assert.deepEqual(readers.map(({ person }) => person.id), [visser.welcome.me.id, rania.welcome.me.id]);
  assert.ok(readers[0].first >= before && readers[0].last >= readers[0].first && readers[0].read === seq);
  assert.ok(readers.every(({ person }) => person.reads === undefined));
  assert.deepEqual(await names(karim), [visser.welcome.me.id, karim.welcome.me.id, rania.welcome.me.id]);
  assert.deepEqual((await names(visser)).sort(), [visser, karim, rania].map((who) => who.welcome.me.id).sort());
  assert.equal((await refusal(rania.do('readers', { thread }))).code, 'not_found');
});

test('a search is on record in each conversation of which it shows something', async (t) => {
  const { school, server, thread, visser, huda } = await room(t, ['visser', 'huda']);
  const other = threadOf(visser, 'Микола').id;
  await say(visser, thread, 'de kwartelei ligt klaar');
  await say(huda, thread, 'kwartelei');
  await say(visser, other, 'nog een kwartelei');
  const { hits } = await visser.do('search', { query: 'kwartelei' });
  assert.equal(hits.length, 3);
  await visser.do('search', { query: 'kwartelei', thread });
  await visser.do('search', { query: 'niets' });
  assert.deepEqual((await huda.do('readers', { thread })).readers.map(({ person }) => person.id), [visser.welcome.me.id]);
  await server.stop();
  const rows = rowsOf(school.data).filter(({ deed }) => deed === 'search');
  assert.deepEqual(rows.map((row) => [row.thread, row.seq, row.n]).sort((a, b) => a[0] - b[0]), [[0, 0, 0], [thread, 1, 2], [other, 1, 1]].sort((a, b) => a[0] - b[0]));
});
