// A family moves to another school: what it agreed to goes along, item by item, in a file that only that school opens; the rest is nowhere in it.
import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { refusal, signIn, uuid } from './lib/client.mjs';
import { agreeToVoice, fetchFile, pdf, picture, probe, textOf, upload, voice } from './lib/media.mjs';
import { allOf, room, say, settled, threadOf } from './lib/room.mjs';
import { makeSchool, people } from './lib/school.mjs';
import { ouderbrug, startServer, temporaryFolder } from './lib/server.mjs';
import { unzip } from './lib/zip.mjs';

const kinds = ['move_people', 'move_conversation', 'move_files', 'move_answers', 'move_agreed'];

/** Asks for each item; the family says yes to those named. */
async function agree({ visser, huda, thread }, yes, why = 'ISK Het Anker') {
  for (const kind of kinds) {
    const { consent } = await visser.do('consent_ask', { thread, kind, why });
    await huda.do('consent_answer', { thread, consent: consent.id, says: yes.includes(kind) ? 'yes' : 'no', language: 'ar' });
  }
}

/** The school that is left, with a conversation in which there is something of everything. */
const anotherSchool = (t) => makeSchool(t, people, { other: true });

async function left(t) {
  const here = await room(t, ['visser', 'huda', 'karim']);
  const { thread, visser, huda, karim } = here;
  const first = await say(visser, thread, 'Welkom op school.');
  await visser.do('version', { thread, seq: first.seq, language: 'ar', body: 'أهلاً بكم في المدرسة.' });
  const asks = await say(visser, thread, 'Morgen om negen uur.');
  await huda.do('answer', { thread, seq: asks.seq, answer: 'not_understood' });
  await karim.do('answer', { thread, seq: asks.seq, answer: 'call_me' });
  await say(karim, thread, 'شكراً <b>جزيلاً</b>', { language: 'ar' });
  const back = await say(huda, thread, 'dit-neem-ik-terug', { language: 'nl' });
  await huda.do('withdraw', { thread, seq: back.seq });
  await visser.do('note', { thread, client_id: uuid(), level: 'staff', body: 'aantekening-van-school', language: 'nl' });
  await say(huda, threadOf(huda, 'Amal').id, 'over-amal');
  return { ...here, file: join(await temporaryFolder(t), 'samir.ouderbrug') };
}

const keyOf = async ({ data }) => (await ouderbrug(['moving', 'key', '--data', data])).stdout.trim();
const pack = (school, to, file, options = {}) => ouderbrug(['moving', 'pack', '--data', school.data, '--to', to, 'samir', file], options);
const unpack = (school, file, args = [], options = {}) => ouderbrug(['moving', 'unpack', '--data', school.data, ...args, file, 'samir'], options);
const show = async (school, file) => (await ouderbrug(['moving', 'show', '--data', school.data, file])).stdout;
/** The number that somebody has in the file. */
const numberOf = (shown, name) => shown.split('\n').find((line) => line.includes(name)).split('\t')[0];

test('what a family agreed to stands at the other school, each word as it was', async (t) => {
  const here = await left(t), other = await anotherSchool(t);
  await agree(here, kinds);
  await pack(here.school, await keyOf(other), here.file);
  assert.equal((await stat(here.file)).mode & 0o777, 0o600);
  const shown = await show(other, here.file);
  for (const none of ['aantekening', 'over-amal', 'dit-neem-ik-terug', 'Welkom']) assert.ok(!shown.includes(none), none);

  // It is served meanwhile: who is there hears of it.
  const server = await startServer(t, other);
  const visser = await (await signIn(server, 'visser')).connect(), huda = await (await signIn(server, 'huda')).connect();
  const { id: thread } = threadOf(visser, 'Samir');
  await unpack(other, here.file, ['--guardian', `${numberOf(shown, 'Huda')}=huda`, '--guardian', `${numberOf(shown, 'Karim')}=karim`]);
  await visser.event('message', (e) => e.thread === thread && e.message.seq === 4);
  await settled(visser);

  const was = await allOf(here.huda, here.thread), is = await allOf(huda, thread);
  const plain = ({ messages }, members) => messages.map(({ seq, sender, sent, language, direction, body, withdrawn, versions }) =>
    ({ seq, sender: members.find(({ person }) => person.id === sender).person.name, sent, language, direction, body, gone: withdrawn !== undefined,
      versions: versions.map(({ n, language: to, origin, body: text, at }) => ({ n, to, origin, text, at })) }));
  const { thread: before } = await here.huda.do('thread', { thread: here.thread }), { thread: after } = await huda.do('thread', { thread });
  assert.deepEqual(plain(is, after.members), plain(was, before.members));
  assert.deepEqual(is.replies.map(({ seq, answer }) => [seq, answer]), [[2, 'not_understood']]);

  // Whoever is not of this school has left; the mentor of then is not the mentor of now, though both are called the same.
  const sender = after.members.find(({ person }) => person.id === is.messages[0].sender);
  assert.equal(sender.person.name, 'mw. Visser');
  assert.notEqual(sender.person.id, visser.welcome.me.id);
  assert.ok(sender.until > 0);
  // Nothing of then is an errand of now, and nothing that was agreed then counts here.
  assert.deepEqual(after.consents, []);
  const { thread: staff } = await visser.do('thread', { thread });
  assert.deepEqual(staff.needs ?? [], []);
  assert.deepEqual((await visser.do('notes', { thread })).notes, []);
  // It can be found, and the talk goes on.
  assert.deepEqual((await visser.do('search', { query: 'negen' })).hits.map(({ seq }) => seq), [2]);
  assert.equal((await say(visser, thread, 'Fijn dat jullie er zijn.')).seq, 5);
});

test('who looked at a version goes along, and the parts of a phrase: who reads another language there has it from the list too', async (t) => {
  const here = await room(t, ['visser', 'huda', 'rania']), other = await makeSchool(t);
  const { thread, visser, huda, rania } = here, file = join(await temporaryFolder(t), 'samir.ouderbrug');
  const { consent } = await visser.do('bring', { thread, person: rania.welcome.me.id, reach: 'all' });
  if (consent) await huda.do('consent_answer', { thread, consent: consent.id, says: 'yes', language: 'ar' });
  const by = (key, parts = {}) => visser.do('phrase', { thread, client_id: uuid(), phrase: key, ...parts });
  await by('visit.propose', { date: '2026-12-01', time: '15:30' });
  await by('absence.miss_days', { number: 3 });
  await by('praise.did_well', { gender: 'female' });
  await by('visit.with_coach', { name: 'Rania "x" {child}' });
  await by('absence.miss_today');
  await rania.do('check_version', { thread, seq: 1, n: 1 });
  await agree(here, kinds);
  await pack(here.school, await keyOf(other), file);
  await unpack(other, file);

  const server = await startServer(t, other);
  const there = await (await signIn(server, 'huda')).connect(), { id } = threadOf(there, 'Samir');
  const { thread: talk } = await there.do('thread', { thread: id });
  const [first] = (await allOf(there, id)).messages, [was] = (await allOf(huda, thread)).messages;
  const checker = talk.members.find(({ person }) => person.id === first.versions[0].checked_by)?.person;
  assert.deepEqual([checker?.name, checker?.role, first.versions[0].checked], [rania.welcome.me.name, 'coach', was.versions[0].checked]);
  // Of all five, also in a language that nobody read at the school before.
  for (const family of [there, huda]) await family.do('profile', { language: 'tr' });
  const turkish = ({ messages }) => messages.map(({ phrase, versions }) => [phrase, versions.find(({ language }) => language === 'tr')?.body]);
  const now = turkish(await allOf(there, id));
  assert.ok(now.length === 5 && now.every(([, body]) => body));
  assert.deepEqual(now, turkish(await allOf(huda, thread)));
});

test('what was refused, or agreed to and taken back, is not in the file', async (t) => {
  const here = await left(t), other = await anotherSchool(t);
  await agree(here, ['move_people', 'move_answers']);
  await pack(here.school, await keyOf(other), here.file);
  const shown = await show(other, here.file);
  assert.match(shown, /: 0 messages, 0 answers, 0 questions/);
  assert.match(shown, /Huda.*speaks ar-SY/);
  assert.ok(!shown.includes('Visser'), 'nobody of the school is named where no message goes along');
  await unpack(other, here.file);

  const { thread, huda, visser, school } = here;
  for (const { id, answer, end } of (await huda.do('consents', { thread })).consents) {
    if (answer === 'yes' && !end) await huda.do('consent_withdraw', { thread, consent: id });
  }
  const { code, stderr } = await pack(school, await keyOf(other), `${here.file}.2`, { fails: true });
  assert.deepEqual([code, stderr], [1, 'ouderbrug moving: the family agreed to nothing going along, or took it back\n']);
  await assert.rejects(stat(`${here.file}.2`));

  // The messages alone: names of who spoke, but not which languages a family speaks.
  await agree({ visser, huda, thread }, ['move_conversation']);
  await pack(school, await keyOf(other), `${here.file}.3`);
  const talk = await show(other, `${here.file}.3`);
  assert.match(talk, /: 4 messages, 0 answers, 0 questions/);
  assert.ok(talk.includes('mw. Visser') && talk.includes('Huda') && !talk.includes('ar-SY'));
});

test('a family is told where it goes; nobody else is asked, and nobody else says yes', async (t) => {
  const { thread, visser, huda, karim } = await left(t);
  const { code, field, reason } = await refusal(visser.do('consent_ask', { thread, kind: 'move_people' }));
  assert.deepEqual([code, field, reason], ['invalid', 'why', 'missing']);
  const { consent } = await visser.do('consent_ask', { thread, kind: 'move_conversation', why: 'ISK Het Anker' });
  const told = await karim.event('consent', (e) => e.consent.id === consent.id);
  assert.equal(told.consent.why, 'ISK Het Anker');
  assert.equal((await refusal(visser.do('consent_answer', { thread, consent: consent.id, says: 'yes', language: 'nl' }))).code, 'forbidden');
  assert.equal((await refusal(huda.do('consent_answer', { thread, consent: consent.id, says: 'someone_else', language: 'ar' }))).field, 'says');
  assert.equal((await refusal(huda.do('consent_ask', { thread, kind: 'move_people', why: 'x' }))).code, 'forbidden');
});

test('a file for another school, changed, cut off, brought in twice or come too late is refused, and nothing of it stays', async (t) => {
  const here = await left(t), other = await anotherSchool(t), third = await anotherSchool(t);
  await agree(here, kinds);
  const to = await keyOf(other);
  await pack(here.school, to, here.file);
  const good = await readFile(here.file);
  const refused = async (school, bytes, sentence) => {
    await writeFile(`${here.file}.bad`, bytes);
    const { code, stderr } = await unpack(school, `${here.file}.bad`, [], { fails: true });
    assert.deepEqual([code, stderr], [1, `ouderbrug moving: ${sentence}\n`]);
  };
  await refused(third, good, 'the file is sealed for another school than this one');
  await refused(here.school, good, 'the file is sealed for another school than this one');
  const changed = Buffer.from(good);
  changed[changed.length - 40] ^= 1;
  await refused(other, changed, 'the file was changed on its way, or a part of it is missing');
  await refused(other, good.subarray(0, good.length - 1), 'the file was changed on its way, or a part of it is missing');
  await refused(other, Buffer.concat([good, good]), 'the file was changed on its way, or a part of it is missing');
  await refused(other, Buffer.from('PK\x03\x04 no parcel'), 'this is no file that a school sends to another');
  await refused(other, Buffer.alloc(0), 'this is no file that a school sends to another');
  assert.equal((await unpack(other, '/dev/zero', [], { fails: true })).code, 1);
  assert.equal((await ouderbrug(['moving', 'unpack', '--data', other.data, here.file, 'niemand'], { fails: true })).stderr, 'ouderbrug moving: the roster has no such pupil\n');
  for (const match of ['1=niemand', '999999=huda', '1=visser']) assert.equal((await unpack(other, here.file, ['--guardian', match], { fails: true })).code, 1, match);

  await unpack(other, here.file);
  await refused(other, good, 'this file was brought in before');
  await pack(here.school, to, `${here.file}.again`);
  await refused(other, await readFile(`${here.file}.again`), "somebody wrote in this pupil's conversation already, and nothing can be put before that");

  // A slip in an address, a file that is there, and half a question.
  const slip = to.replace(/.$/, (c) => (c === '0' ? '1' : '0'));
  assert.equal((await pack(here.school, slip, `${here.file}.slip`, { fails: true })).code, 2);
  assert.match((await pack(here.school, to, here.file, { fails: true })).stderr, /already; it was left alone/);
  assert.deepEqual(await readFile(here.file), good);
  for (const args of [[], ['pack', 'samir', 'x'], ['unpack', here.file], ['key', 'x'], ['show'], ['unpack', '--guardian', 'x', here.file, 'samir']]) {
    assert.equal((await ouderbrug(['moving', '--data', other.data, ...args], { fails: true })).code, 2, args.join(' '));
  }

  // It is on record at both, without a word of it.
  const listed = async ({ data }) => (await ouderbrug(['audit', 'list', '--data', data])).stdout;
  assert.equal((await listed(here.school)).match(/moved_out/g).length, 2);
  assert.equal((await listed(other)).match(/moved_in/g).length, 1);
  for (const school of [here.school, other]) await ouderbrug(['audit', 'verify', '--data', school.data]);
});

test('who came along from another school goes with the pupil; a new key of the school opens what was sent before', async (t) => {
  const here = await left(t), other = await anotherSchool(t);
  await agree(here, kinds);
  const to = await keyOf(other);
  await pack(here.school, to, here.file);
  await ouderbrug(['key', 'rotate', '--data', other.data]);
  assert.equal(await keyOf(other), to);
  await unpack(other, here.file);
  await ouderbrug(['erase', '--yes', '--data', other.data, 'samir']);
  for (const name of ['school.db', 'school.db-wal']) {
    const bytes = await readFile(join(other.data, name)).catch(() => Buffer.alloc(0));
    assert.equal(bytes.includes('Welkom'), false, name);
  }
  const file = await readFile(here.file);
  for (const word of ['Welkom', 'Samir', 'Huda', 'move_']) assert.equal(file.includes(word), false, word);
});

/** A photo, a document, a voice message and a voice said over the school's words, each sent by who it is of. */
async function withFiles(t) {
  const here = await room(t, ['visser', 'huda', 'karim']);
  const { thread, visser, huda, accounts } = here;
  await agreeToVoice(visser, huda, thread);
  const one = async (who, bytes, name) => (await upload(accounts[who], thread, bytes, { name })).body.id;
  await say(visser, thread, 'Kijk, dit is de brief.', { files: [await one('visser', pdf('De brief over het kamp'), 'Brief kamp.pdf'), await one('visser', picture())] });
  await huda.do('send', { thread, client_id: uuid(), files: [await one('huda', voice({ seconds: 12 }))] });
  await visser.do('version', { thread, seq: 2, language: 'nl', body: 'Wij komen mee.', file: await one('visser', voice({ type: 'mp4' })) });
  const gone = await huda.do('send', { thread, client_id: uuid(), files: [await one('huda', picture({ width: 320 }))] });
  await huda.do('withdraw', { thread, seq: gone.seq });
  return { ...here, file: join(await temporaryFolder(t), 'samir.ouderbrug') };
}

const filesOf = ({ messages }) => messages.flatMap(({ attachments = [], versions }) => [...attachments, ...versions.flatMap((version) => version.voice ?? [])]);

test('photos, documents and voices go along where the family says so, are made anew there, and stay that school\'s to erase', async (t) => {
  const here = await withFiles(t), other = await makeSchool(t);
  await agree(here, kinds);
  await pack(here.school, await keyOf(other), here.file);
  assert.match(await show(other, here.file), /, 4 photos, documents and voice messages/);
  const shown = await show(other, here.file);
  const server = await startServer(t, other);
  const accounts = { visser: await signIn(server, 'visser'), huda: await signIn(server, 'huda'), bakker: await signIn(server, 'bakker') };
  const visser = await accounts.visser.connect(), huda = await accounts.huda.connect();
  const { id: thread } = threadOf(huda, 'Samir');
  await unpack(other, here.file, ['--guardian', `${numberOf(shown, 'Huda')}=huda`]);
  await visser.event('message', (e) => e.thread === thread && e.message.seq === 3);
  const is = await allOf(huda, thread), was = await allOf(here.huda, here.thread);
  const plain = (talk) => filesOf(talk).map(({ kind, type, name, width, height }) => ({ kind, type, name, width, height }));
  assert.deepEqual(plain(is), plain(was));
  assert.deepEqual(plain(is).map(({ kind, name }) => [kind, name]), [['document', 'Brief kamp.pdf'], ['photo', undefined], ['voice', undefined], ['voice', undefined]]);
  assert.deepEqual(is.messages.map(({ body }) => body), ['Kijk, dit is de brief.', '', undefined]);
  const [document, photo, spoken] = filesOf(is);
  assert.equal(textOf((await fetchFile(accounts.huda, document.id)).bytes), 'De brief over het kamp');
  assert.deepEqual([...(await fetchFile(accounts.visser, photo.id)).bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);
  assert.equal((await fetchFile(accounts.visser, photo.id, { as: 'thumb' })).status, 200);
  assert.equal(probe((await fetchFile(accounts.visser, spoken.id)).bytes).streams[0].codec_name, 'aac');
  assert.equal((await fetchFile(accounts.bakker, photo.id)).status, 404, 'a mentor of another class');
  const zip = unzip(Buffer.from(await (await accounts.huda.fetch('/api/export')).arrayBuffer()));
  assert.deepEqual(zip[`files/${photo.id}.jpg`], (await fetchFile(accounts.huda, photo.id)).bytes);

  // Voices are asked for anew: a no takes those that came along as well, and nothing else.
  const { consent } = await visser.do('consent_ask', { thread, kind: 'voice' });
  await huda.do('consent_answer', { thread, consent: consent.id, says: 'no', language: 'ar' });
  assert.deepEqual(filesOf(await allOf(huda, thread)).map(({ kind }) => kind), ['document', 'photo']);
  assert.equal((await fetchFile(accounts.huda, spoken.id)).status, 404);
  await ouderbrug(['erase', '--yes', '--data', other.data, 'samir']);
  assert.equal((await fetchFile(accounts.huda, photo.id)).status, 404);
  await server.stop();
  const db = new DatabaseSync(join(other.data, 'school.db'), { readOnly: true });
  assert.equal(db.prepare('SELECT count(*) AS n FROM file_piece').get().n, 0);
  db.close();
});

test('a family says yes to the talk and no to pictures and voices; what was made of a yes is told to who takes it back', async (t) => {
  const here = await withFiles(t), other = await makeSchool(t), full = await makeSchool(t);
  const { thread, visser, huda, school, file } = here;
  const used = async () => Object.fromEntries((await huda.do('consents', { thread })).consents.map(({ kind, used: at }) => [kind, at > 0]));
  await agree(here, ['move_conversation']);
  await pack(school, await keyOf(other), file);
  const told = await huda.event('consent', (e) => e.consent.kind === 'move_conversation' && e.consent.used > 0);
  assert.match(await show(other, file), /: 3 messages, 0 answers, 0 questions.*, 0 photos/);
  assert.deepEqual(await used(), { voice: false, move_people: false, move_conversation: true, move_files: false, move_answers: false, move_agreed: false });
  await huda.do('consent_withdraw', { thread, consent: told.consent.id });
  const over = await visser.event('consent', (e) => e.consent.id === told.consent.id && e.consent.end === 'withdrawn');
  assert.equal(over.consent.used, told.consent.used);
  await unpack(other, file);
  const server = await startServer(t, other);
  const there = await (await signIn(server, 'visser')).connect();
  const talk = await allOf(there, threadOf(there, 'Samir').id);
  assert.deepEqual([filesOf(talk), talk.messages.map(({ body }) => body)], [[], ['Kijk, dit is de brief.', '📎', undefined]]);

  // A file with pictures in it, changed, cut off, or too much for the school: nothing of it stays.
  await agree({ visser, huda, thread }, ['move_conversation', 'move_files']);
  await pack(school, await keyOf(full), `${file}.files`);
  const good = await readFile(`${file}.files`);
  const changed = Buffer.from(good);
  changed[changed.length - 2000] ^= 1;
  for (const bytes of [changed, good.subarray(0, 70_000)]) {
    await writeFile(`${file}.bad`, bytes);
    assert.match((await unpack(full, `${file}.bad`, [], { fails: true })).stderr, /was changed on its way, or a part of it is missing/);
  }
  assert.match((await unpack(full, `${file}.files`, ['--files-max-bytes', '65536'], { fails: true })).stderr, /no room for its photos/);
  assert.match((await unpack(full, `${file}.files`, ['--vipsthumbnail', '/nowhere'], { fails: true })).stderr, /a tool that makes photos/);
  assert.match((await unpack(full, `${file}.files`, ['--voice-max-s', '10'], { fails: true })).stderr, /file 3: it is longer than a voice message may be here/);
  const db = new DatabaseSync(join(full.data, 'school.db'));
  const count = (table) => db.prepare(`SELECT count(*) AS n FROM ${table}`).get().n;
  assert.deepEqual(['file', 'file_piece', 'message', 'moved'].map(count), [0, 0, 0, 0]);
  db.close();
  assert.deepEqual((await readdir(full.data)).filter((name) => name.startsWith('upload')), []);
  await unpack(full, `${file}.files`);
});
