// Forged, expired, reused and swapped: what opens nothing; wrong PINs and the waits that grow; sessions that end with their sockets.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openSocket, refusal, signIn } from './lib/client.mjs';
import { inviteOf, Phone } from './lib/invited.mjs';
import { unhurried } from './lib/room.mjs';
import { makeSchool, people, writeRoster } from './lib/school.mjs';
import { ouderbrug, pause, startServer } from './lib/server.mjs';

const PIN = '482913', WRONG = '482914';

async function withSchool(t, args = []) {
  const school = await makeSchool(t);
  const server = await startServer(t, { ...school, args: [...unhurried, ...args] });
  return { server, school, admin: await (await signIn(server, 'admin')).connect() };
}

async function phoneOf(server, admin, name) {
  const phone = new Phone(server);
  const account = await phone.open((await inviteOf(admin, name)).secret, PIN);
  return { phone, account };
}

test('three wrong PINs in a row, and then a wait that grows, also after a restart', async (t) => {
  const { server, admin } = await withSchool(t, ['--attempt-wait-s', '600']);
  const { phone, account } = await phoneOf(server, admin, 'Huda');
  await phone.lock();
  for (let i = 0; i < 3; i++) assert.equal((await refusal(phone.enter(account.person.id, WRONG))).reason, 'pin');
  const wait = await refusal(phone.enter(account.person.id, PIN));
  assert.equal(wait.code, 'rate_limited');
  assert.ok(wait.retry_ms > 500_000 && wait.retry_ms <= 600_000, String(wait.retry_ms));
  await server.stop();
  await server.start();
  assert.equal((await refusal(phone.enter(account.person.id, PIN))).code, 'rate_limited');
  // Another phone of hers, and somebody else, are not held up by it.
  const again = await (await signIn(server, 'admin')).connect();
  await phoneOf(server, again, 'Huda');
  await phoneOf(server, again, 'Karim');
});

test('after twenty wrong ones a phone knows its person no more; a right one in time forgives', async (t) => {
  const { server, admin } = await withSchool(t, ['--attempt-wait-s', '0.01']);
  const { phone, account } = await phoneOf(server, admin, 'Huda');
  const wrong = async () => {
    for (;;) {
      const error = await refusal(phone.enter(account.person.id, WRONG));
      if (error.code !== 'rate_limited') return error;
      await pause(Math.min(error.retry_ms, 5000));
    }
  };
  for (let i = 0; i < 2; i++) assert.equal((await wrong()).reason, 'pin');
  await phone.enter(account.person.id, PIN);
  assert.equal((await refusal(phone.enter(account.person.id, WRONG))).reason, 'pin');
  assert.equal((await refusal(phone.enter(account.person.id, WRONG))).reason, 'pin');
  await phone.enter(account.person.id, PIN);
  assert.equal((await phone.people()).length, 1);
});

test('who does not exist is answered as who does, and takes as long', async (t) => {
  const { server, admin } = await withSchool(t, ['--attempt-wait-s', '0.01']);
  const { phone, account } = await phoneOf(server, admin, 'Huda');
  await phone.lock();
  const times = { known: [], unknown: [] };
  const answers = new Set();
  for (let i = 0; i < 2; i++) {
    for (const [kind, who, id] of [['known', phone, account.person.id], ['unknown', phone, 900_000 + i], ['unknown', new Phone(server), account.person.id]]) {
      const began = performance.now();
      const { status, body } = await who.call('POST', '/api/device/session', { person: String(id), pin: WRONG });
      times[kind].push(performance.now() - began);
      answers.add(`${status} ${JSON.stringify(body)}`);
    }
  }
  assert.equal(answers.size, 1, [...answers].join('\n'));
  const least = (list) => Math.min(...list);
  assert.ok(least(times.unknown) > least(times.known) / 3, JSON.stringify(times));
  assert.ok(least(times.known) > least(times.unknown) / 3, JSON.stringify(times));
});

test('cookies of one phone open nothing on another, and forged ones nothing anywhere', async (t) => {
  const { server, admin } = await withSchool(t, ['--attempt-wait-s', '0.01']);
  const one = await phoneOf(server, admin, 'Huda'), two = await phoneOf(server, admin, 'Оксана');
  for (const { phone } of [one, two]) await phone.lock();
  // Each other's device: the right PIN of a person who is not of it.
  [one.phone.cookies, two.phone.cookies] = [two.phone.cookies, one.phone.cookies];
  assert.equal((await refusal(one.phone.enter(one.account.person.id, PIN))).reason, 'pin');
  const forged = new Phone(server);
  for (const value of ['A'.repeat(43), 'x', '', `${'A'.repeat(43)};`]) {
    forged.cookies.set('ouderbrug-device', value);
    assert.deepEqual(await forged.people(), []);
    assert.equal((await refusal(forged.enter(one.account.person.id, PIN))).reason, 'pin');
    await pause(50);
  }
  forged.cookies.set('ouderbrug', 'A'.repeat(43));
  assert.equal((await forged.call('GET', '/api/session')).status, 401);
  assert.equal((await forged.call('POST', '/api/device/invitation', { pin: PIN })).status, 401);
  await assert.rejects(async () => { const socket = await openSocket(server, { cookie: forged.cookie }); await socket.do('hello'); });
});

test('a page of another site signs nobody in and out', async (t) => {
  const { server, admin } = await withSchool(t);
  const { secret } = await inviteOf(admin, 'Karim');
  const { phone, account } = await phoneOf(server, admin, 'Huda');
  const foreign = { origin: 'https://elders.example' };
  for (const [method, path, body] of [
    ['POST', '/api/invitation', { secret }], ['POST', '/api/invitation/session', { secret, pin: PIN }], ['POST', '/api/device/session', { person: String(account.person.id), pin: PIN }],
    ['POST', '/api/device/invitation', { pin: PIN }], ['DELETE', '/api/device'], ['DELETE', '/api/session'],
  ]) {
    const answer = await phone.call(method, path, body, foreign);
    assert.equal(answer.status, 403, `${method} ${path}`);
    assert.equal(answer.body.reason, 'origin');
  }
  await assert.rejects(openSocket(server, { cookie: phone.cookie, origin: foreign.origin }), { status: 403 });
  assert.equal((await phone.call('GET', '/api/session')).status, 200);
  assert.equal((await new Phone(server).look(secret)).status, 200);
});

test('codes and secrets that are none: one answer, and after many an address waits', async (t) => {
  const { server } = await withSchool(t);
  const phone = new Phone(server);
  const answers = new Set();
  let waits = 0;
  for (let i = 0; i < 40 && waits === 0; i++) {
    const { status, body } = await phone.look(['0000-0000', 'zzzz-zzzz', 'A'.repeat(43), 'nonsense', ''][i % 5]);
    if (status === 429) waits = body.retry_ms;
    else answers.add(`${status} ${JSON.stringify(body)}`);
  }
  assert.equal(answers.size, 1);
  assert.ok(waits > 0);
  // Not believed: nobody said that there is a proxy.
  assert.equal((await new Phone(server, { headers: { 'x-forwarded-for': '203.0.113.9' } }).look('0000-0000')).status, 429);
});

test('behind a proxy each address waits for itself', async (t) => {
  const { server } = await withSchool(t, ['--proxy', '127.0.0.1']);
  const from = (address) => new Phone(server, { headers: { 'x-forwarded-for': `198.51.100.1, ${address}` } });
  const floods = from('2001:db8:1:2::1');
  for (let i = 0; i < 40; i++) await floods.look('nonsense');
  assert.equal((await floods.look('nonsense')).status, 429);
  assert.equal((await from('2001:db8:1:2:ffff::9').look('nonsense')).status, 429, 'the same /64');
  assert.equal((await from('2001:db8:1:3::1').look('nonsense')).status, 401);
  assert.equal((await from('203.0.113.9').look('nonsense')).status, 401);
  assert.doesNotMatch(server.log(), /2001:db8|203\.0\.113/);
});

test('a second phone comes in by the first, with the PIN; sessions end with their sockets', async (t) => {
  const { server, admin } = await withSchool(t, ['--attempt-wait-s', '0.01']);
  const { phone, account } = await phoneOf(server, admin, 'Huda');
  const first = await account.connect();
  assert.equal((await phone.call('POST', '/api/device/invitation', { pin: WRONG })).body.reason, 'pin');
  const { status, body } = await phone.call('POST', '/api/device/invitation', { pin: PIN });
  assert.equal(status, 200);
  assert.ok(body.until - Date.now() <= 10 * 60_000);
  const second = new Phone(server);
  assert.equal((await second.look(body.code)).body.proof, 'pin');
  assert.equal((await refusal(second.open(body.code, WRONG))).reason, 'pin');
  const there = await (await second.open(body.code, PIN)).connect();
  const { sessions } = await first.do('sessions');
  assert.deepEqual(sessions.map(({ here, how, kind }) => [!!here, how, kind]).sort(), [[false, 'pin', 'phone'], [true, 'pin', 'phone']]);
  assert.equal((await refusal(first.do('session_end', { session: 999_999 }))).code, 'not_found');
  assert.equal((await refusal(there.do('sessions_of', { person: account.person.id }))).code, 'forbidden');
  const left = await first.do('session_end', { session: sessions.find(({ here }) => !here).session });
  assert.equal(left.sessions.length, 1);
  assert.equal((await there.closed).code, 4401);
  assert.equal((await second.call('GET', '/api/session')).status, 401);
  // The office ends the rest.
  await admin.do('session_end_of', { person: account.person.id });
  assert.equal((await first.closed).code, 4401);
});

test('a PIN that is replaced by an invitation: its person is signed out elsewhere, and it is in the audit log', async (t) => {
  const { server, school, admin } = await withSchool(t);
  const { phone, account } = await phoneOf(server, admin, 'Huda');
  const huda = await account.connect();
  await new Phone(server).open((await inviteOf(admin, 'Huda')).secret, '739164');
  assert.equal((await huda.closed).code, 4401);
  assert.equal((await phone.call('GET', '/api/session')).status, 401);
  assert.equal((await refusal(phone.enter(account.person.id, PIN))).reason, 'pin');
  const db = new DatabaseSync(join(school.data, 'school.db'), { readOnly: true });
  const rows = db.prepare("SELECT deed, actor, person FROM audit WHERE deed IN ('invite', 'pin') ORDER BY id").all();
  db.close();
  const invited = ['invite', admin.welcome.me.id, account.person.id], chosen = ['pin', account.person.id, 0];
  assert.deepEqual(rows.map(({ deed, actor, person }) => [deed, actor, person ?? 0]), [invited, chosen, invited, chosen]);
});

test('another role, or another program, ends sessions at once; who was a parent has no PIN as a teacher', async (t) => {
  const { server, school, admin } = await withSchool(t, ['--attempt-wait-s', '0.01']);
  const { phone, account } = await phoneOf(server, admin, 'Huda');
  const invitation = await inviteOf(admin, 'Karim');
  const client = await account.connect();
  await writeRoster(school.roster, { ...people, huda: { ...people.huda, role: 'teacher', relation: undefined, of: undefined }, karim: null });
  await ouderbrug(['import', school.roster, '--data', school.data]);
  assert.equal((await client.closed).code, 4401);
  assert.deepEqual(await phone.people(), []);
  assert.equal((await refusal(phone.enter(account.person.id, PIN))).reason, 'pin');
  assert.equal((await new Phone(server).look(invitation.secret)).status, 401, 'who left is not invited any more');
});

test('the day a session was last used is noted with what it writes', async (t) => {
  const { server, school } = await withSchool(t);
  const client = await (await signIn(server, 'huda')).connect();
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(`${school.data}/school.db`);
  db.prepare('UPDATE session SET seen_ms = seen_ms - 3 * 86400000').run();
  await client.do('profile', { language: 'ar' });
  const { seen } = (await client.do('sessions')).sessions.find(({ here }) => here);
  assert.ok(seen % 86_400_000 === 0 && Date.now() - seen < 2 * 86_400_000, String(seen));
  db.close();
});

test('no secret, code, PIN or address is in the log, and none but hashes in the database', async (t) => {
  const { server, admin, school } = await withSchool(t, ['--log-level', 'debug']);
  const invitation = await inviteOf(admin, 'Huda');
  const phone = new Phone(server);
  await phone.open(invitation.code, PIN);
  await server.stop();
  const { readFile } = await import('node:fs/promises');
  const bytes = (await Promise.all(['school.db', 'school.db-wal'].map((name) => readFile(`${school.data}/${name}`).catch(() => Buffer.alloc(0))))).map((part) => part.toString('latin1')).join('') + server.log();
  for (const secret of [invitation.secret, invitation.code, invitation.code.replace('-', ''), PIN, ...phone.cookies.values()]) assert.ok(!bytes.includes(secret), secret);
});
