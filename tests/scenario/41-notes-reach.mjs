// Staff notes reach those they are for and nobody else. Every byte that each connection ever gets is kept: live, resumed, fresh, asked for
// page by page, after another role, after leaving and coming back. No word of a note stands in the bytes of the wrong person.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSocket, refusal, signIn, uuid, WireError } from './lib/client.mjs';
import { everyRole, isFamily } from './lib/cast.mjs';
import { room, say, settled } from './lib/room.mjs';
import { people, writeRoster } from './lib/school.mjs';
import { ouderbrug } from './lib/server.mjs';
import { unzip } from './lib/zip.mjs';

/** Connects and keeps all that comes: client.bytes. */
async function recorded(account, name, hello = {}) {
  const client = await openSocket(account.server, { cookie: account.cookie, name });
  client.bytes = '';
  client.socket.on('message', (data) => { client.bytes += data; });
  client.welcome = await client.do('hello', hello);
  return client;
}

/** Asks for everything there is to ask for about a thread. */
async function askAll(client, thread) {
  for (const [command, fields] of [['threads', {}], ['thread', { thread }], ['history', { thread }], ['notes', { thread }], ['notes', { thread, limit: 1 }], ['people', {}],
    ['consents', { thread }], ['roll', {}]]) {
    await client.do(command, fields).catch((error) => { if (!(error instanceof WireError)) throw error; });
  }
  await settled(client);
}

const note = (client, thread, level, body) => client.do('note', { thread, client_id: uuid(), level, body }).then((answer) => answer.note);
const found = (bytes, words) => words.filter((word) => bytes.includes(word));

const staff = ['mentor', 'teacher', 'attendance_coordinator', 'care_coordinator', 'psychologist', 'bridge_officer', 'coach', 'school_leader'];
const care = ['care_coordinator', 'psychologist'];

test('each role gets the notes of its level, from when it may see them, and no other byte of them', async (t) => {
  const cast = await everyRole(t);
  const { visser, others, threads, subjects } = cast;
  const by = (name) => subjects.find((subject) => subject.name === name);
  const everyone = [...subjects, ...Object.values(others)];
  const start = { since: visser.client.welcome.at, log: visser.client.welcome.log };
  for (const subject of everyone) {
    subject.live = await recorded(subject.account, subject.name);
    subject.mark = { since: subject.live.welcome.at, log: subject.live.welcome.log };
  }

  const words = { staff: ['stafeen', 'staftwee', 'stafvier', 'stafanders'], care: ['zorgeen', 'zorgtwee', 'zorganders'], teacher: ['zorgvandocent'], gone: ['stafweg'] };
  await note(visser.client, threads.in, 'staff', 'stafeen');
  await note(by('coach').client, threads.in, 'staff', 'staftwee لا تقلق');
  const worry = await note(by('zorg').client, threads.in, 'care', 'zorgeen');
  await note(by('docent').client, threads.in, 'care', 'zorgvandocent');
  await note(by('psycholoog').client, threads.in, 'care', 'zorgtwee');
  await by('zorg').client.do('note_change', { thread: threads.in, note: worry.id, body: 'zorganders' });
  const slip = await note(visser.client, threads.in, 'staff', 'stafweg');
  await visser.client.do('note_withdraw', { thread: threads.in, note: slip.id });
  const other = await note(visser.client, threads.in, 'staff', 'stafvier');
  await visser.client.do('note_change', { thread: threads.in, note: other.id, body: 'stafanders' });
  for (const subject of subjects) await subject.client.do('note_read', { thread: threads.in, note: other.id }).catch(() => {});
  await note(visser.client, threads.later, 'staff', 'staflater');
  await say(visser.client, threads.in, 'gewoon bericht');

  const all = [...words.staff, ...words.care, ...words.teacher, ...words.gone, 'staflater', 'oude notitie'];
  for (const subject of everyone) {
    await settled(subject.live);
    await askAll(subject.live, threads.in);
    const resumed = await recorded(subject.account, `${subject.name} resumed`, subject.mark), fresh = await recorded(subject.account, `${subject.name} fresh`);
    const before = await recorded(subject.account, `${subject.name} from before`, start);
    for (const client of [resumed, fresh, before]) await askAll(client, threads.in);
    const session = await (await subject.account.fetch('/api/session')).text();

    const taken = await subject.account.fetch('/api/export');
    const exported = isFamily(subject.role) ? Object.values(unzip(Buffer.from(await taken.arrayBuffer()))).join('\n') : await taken.text();
    if (isFamily(subject.role)) assert.ok(exported.includes('Proef'), 'their own data is there');

    const reads = staff.includes(subject.role) && subject !== others.bakker && subject !== others.nieuw;
    const may = !reads ? [] : [...words.staff, ...(care.includes(subject.role) ? [...words.care, ...words.teacher] : []), ...(subject.name === 'docent' ? words.teacher : []),
      ...words.gone, 'staflater', ...(subject === visser ? ['oude notitie'] : [])];
    for (const [how, bytes] of Object.entries({ live: subject.live.bytes, resumed: resumed.bytes, fresh: fresh.bytes, before: before.bytes, first: JSON.stringify(subject.client.events), session, exported })) {
      assert.deepEqual(found(bytes, all).filter((word) => !may.includes(word)), [], `${subject.name} (${subject.role}), ${how}`);
      if (isFamily(subject.role)) assert.ok(!bytes.includes('note'), `${subject.name}, ${how}: nothing even names a note`);
    }
    const now = ['stafanders', 'staftwee', 'stafeen', ...(care.includes(subject.role) ? ['zorganders', 'zorgtwee', 'zorgvandocent'] : []), ...(subject.name === 'docent' ? ['zorgvandocent'] : [])];
    if (reads) for (const client of [subject.live, resumed, fresh]) assert.deepEqual(found(client.bytes, now).sort(), now.sort(), `${subject.name}: what is for them is there`);
    // A text that was put right or taken back is in no later answer.
    for (const client of [resumed, fresh]) assert.deepEqual(found(client.bytes, ['zorgeen', 'stafvier', 'stafweg']), [], subject.name);
    for (const client of [resumed, fresh, before]) await client.drop();
  }
});

test('who leaves hears no note from then on, and who comes back those from then on', async (t) => {
  const { thread, accounts, visser, jansen } = await room(t, ['visser', 'jansen', 'rania']);
  const { person } = { person: (await accounts.rania.connect()).welcome.me.id };
  const rania = await recorded(accounts.rania, 'rania');
  await note(visser, thread, 'staff', 'vooraf');
  await visser.do('bring', { thread, person });
  await visser.do('bring', { thread, person: jansen.welcome.me.id, reach: 'all' });
  await note(visser, thread, 'staff', 'erbij');
  const own = await note(rania, thread, 'care', 'eigenzorg');
  await visser.do('take_out', { thread, person });
  await note(visser, thread, 'staff', 'zonder haar');
  await note(jansen, thread, 'care', 'zorg zonder haar');
  for (const [command, fields] of [['notes', {}], ['note', { client_id: uuid(), level: 'staff', body: 'x' }], ['note_change', { note: own.id, body: 'x' }], ['note_withdraw', { note: own.id }], ['note_read', { note: 1 }]]) {
    assert.equal((await refusal(rania.do(command, { thread, ...fields }))).code, 'not_found', command);
  }
  const away = { since: rania.last, log: rania.welcome.log };
  await visser.do('bring', { thread, person });
  const last = await note(visser, thread, 'staff', 'weer erbij');
  await rania.event('note', (e) => e.note.id === last.id);
  const back = await recorded(accounts.rania, 'back', away), fresh = await recorded(accounts.rania, 'fresh');
  for (const client of [rania, back, fresh]) await askAll(client, thread);
  assert.deepEqual(found(rania.bytes, ['vooraf', 'erbij', 'zonder haar', 'weer erbij']), ['erbij', 'weer erbij']);
  for (const client of [back, fresh]) {
    const { notes } = await client.do('notes', { thread });
    assert.deepEqual(notes.map(({ body }) => body), ['weer erbij'], 'a new time begins anew, also for what one wrote oneself');
    assert.ok(!client.bytes.includes('eigenzorg') && !client.bytes.includes('zonder haar'));
  }
  assert.equal((await refusal(rania.do('note_change', { thread, note: own.id, body: 'x' }))).code, 'not_found');
  assert.deepEqual((await jansen.do('notes', { thread })).notes.map(({ body }) => body), ['vooraf', 'erbij', 'eigenzorg', 'zonder haar', 'zorg zonder haar', 'weer erbij']);
});

test('with another role the notes of the old one are gone, also from what is resumed', async (t) => {
  const here = await room(t, ['visser', 'rania', 'jansen']);
  const { thread, school, server, visser, rania, jansen } = here;
  for (const who of [rania, jansen]) await visser.do('bring', { thread, person: who.welcome.me.id, reach: 'all' });
  await note(visser, thread, 'staff', 'vroegstaf');
  await note(jansen, thread, 'care', 'vroegzorg');
  const marks = { since: visser.welcome.at, log: visser.welcome.log };
  await settled(rania);
  const second = await writeRoster(join(school.folder, 'second'), { ...people, rania: { ...people.rania, role: 'interpreter' }, jansen: { ...people.jansen, role: 'teacher' } });
  await ouderbrug(['import', second, '--data', school.data]);
  // Whether their connections are closed by then or not, from the moment the change is told no note reaches them.
  await visser.event('member', (e) => e.member.person.role === 'teacher');
  await note(visser, thread, 'staff', 'laatstaf');
  for (const client of [rania, jansen]) {
    await client.do('threads').catch(() => {});
    await client.closed;
  }
  assert.ok(!JSON.stringify(rania.events).includes('laatstaf'));
  for (const [name, expected] of [['rania', []], ['jansen', ['vroegstaf', 'vroegzorg', 'laatstaf']]]) {
    const account = await signIn(server, name);
    for (const hello of [{}, marks]) {
      const client = await recorded(account, name, hello);
      await askAll(client, thread);
      const got = found(client.bytes, ['vroegstaf', 'vroegzorg', 'laatstaf']);
      // What Jansen wrote to the care team she still sees; of others' she is no reader any more.
      assert.deepEqual(got, expected, `${name} ${JSON.stringify(hello)}`);
      if (name === 'rania') assert.deepEqual([(await refusal(client.do('notes', { thread }))).reason, client.welcome.threads?.[0]?.notes], ['role', undefined]);
      await client.drop();
    }
  }
});

test('a note is there once, in its order, and its author alone writes it again or takes it back', async (t) => {
  const { thread, accounts, visser, rania, huda } = await room(t, ['visser', 'rania', 'huda']);
  await visser.do('bring', { thread, person: rania.welcome.me.id, reach: 'all' });
  const fields = { thread, client_id: uuid(), level: 'staff', body: 'e\u0301e\u0301n', language: 'nl' };
  const first = (await rania.do('note', fields)).note;
  assert.deepEqual([first.body, first.direction, first.language, first.level, first.author], ['één', 'ltr', 'nl', 'staff', rania.welcome.me.id]);
  assert.equal((await rania.do('note', fields)).note.id, first.id, 'sent again it is the same');
  assert.deepEqual([(await refusal(rania.do('note', { ...fields, level: 'care' }))).reason, (await refusal(rania.do('note', { ...fields, thread: 999 }))).code], ['other_content', 'not_found']);
  assert.equal((await visser.event('note')).note.id, first.id);
  const second = (await visser.do('note', { thread, client_id: uuid(), level: 'staff', body: 'ملاحظة', language: 'ar' })).note;
  assert.equal(second.direction, 'rtl');
  const state = async (client) => { const { thread: { notes, notes_unread: unread } } = await client.do('thread', { thread }); return [notes, unread]; };
  assert.deepEqual([await state(visser), await state(rania), await state(huda)], [[second.id, 1], [second.id, 1], [undefined, undefined]]);
  assert.deepEqual(await visser.do('note_read', { thread, note: first.id }), { note: first.id, unread: 0 });
  const laptop = await accounts.visser.connect();
  assert.equal((await refusal(visser.do('note_change', { thread, note: first.id, body: 'x' }))).reason, 'not_sender');
  const { note: again } = await rania.do('note_change', { thread, note: first.id, body: 'twee' });
  assert.ok(again.changed >= first.made && again.rev > first.rev);
  assert.equal((await laptop.event('note')).note.body, 'twee');
  const { note: gone } = await rania.do('note_withdraw', { thread, note: first.id });
  assert.deepEqual([gone.body, gone.withdrawn > 0], [undefined, true]);
  for (const [command, more] of [['note_change', { body: 'x' }], ['note_withdraw', {}]]) assert.equal((await refusal(rania.do(command, { thread, note: first.id, ...more }))).reason, 'withdrawn');
  assert.equal((await rania.do('note', fields)).note.withdrawn > 0, true, 'and a late resend does not bring it back');
  const { notes, more } = await visser.do('notes', { thread, before: second.id });
  assert.deepEqual([notes.map(({ id }) => id), more], [[first.id], false]);
  assert.ok(!JSON.stringify(huda.events).includes('note'));
});

test('no word of a note stands in the database, nor in what a corrected or withdrawn one leaves behind', async (t) => {
  const { school, server, thread, visser } = await room(t, ['visser']);
  const { id } = await note(visser, thread, 'staff', 'geheimeerste');
  await visser.do('note_change', { thread, note: id, body: 'geheimetweede' });
  const other = await note(visser, thread, 'care', 'geheimederde');
  await visser.do('note_withdraw', { thread, note: other.id });
  await server.stop();
  const { readdir, readFile } = await import('node:fs/promises');
  for (const name of await readdir(school.data, { recursive: true })) {
    const bytes = await readFile(join(school.data, name)).catch(() => Buffer.alloc(0));
    for (const word of ['geheimeerste', 'geheimetweede', 'geheimederde']) assert.ok(!bytes.includes(word), `${word} in ${name}`);
  }
});
