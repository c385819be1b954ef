// State plus events equals a fresh fetch: for every command of the table, for everyone who is there and who comes back.
//
// Each case does one command, in all the ways that change something. After it, each viewer's state, kept by the app's own
// reducer from events alone, must be deep-equal to what a new connection is told; and so must the state of somebody who was
// away for just this case and resumed. A new command without a case here fails.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { before, after, describe, test } from 'node:test';
import { refusal, signIn, uuid } from './lib/client.mjs';
import { pdf, picture, record, upload, voice } from './lib/media.mjs';
import { room, say, threadOf } from './lib/room.mjs';
import { Phone } from './lib/invited.mjs';
import { people, writeRoster } from './lib/school.mjs';
import { ouderbrug } from './lib/server.mjs';
import { commands } from './lib/shapes.mjs';
import { freshly, Viewer } from './lib/viewer.mjs';

// Who watches: both sides, one who may see all, one who may see from some moment on, one who left, and who sees nothing.
const watchers = ['visser', 'huda', 'karim', 'jansen', 'rania', 'bakker', 'oksana', 'admin'];

const cases = {
  async hello({ visser }) { assert.equal((await refusal(visser.do('hello'))).reason, 'already_in'); },
  async threads({ visser, huda }) { await visser.do('threads'); await huda.do('threads'); },
  async thread({ thread, visser, huda, bakker }) {
    await visser.do('thread', { thread });
    await huda.do('thread', { thread });
    await refusal(bakker.do('thread', { thread }));
  },
  async history({ thread, huda }) { await huda.do('history', { thread, limit: 2 }); },
  async search({ thread, visser, huda, bakker }) {
    await visser.do('search', { query: 'van' });
    await huda.do('search', { query: 'van', thread, limit: 1 });
    await refusal(bakker.do('search', { query: 'van', thread }));
  },
  async send({ thread, visser, huda, karim, jansen, rania, sentIn }) {
    for (const who of [visser, huda, karim, jansen, rania]) await say(who, thread, `van ${who.name}`);
    const fields = { thread, client_id: uuid(), body: 'twee keer' };
    await visser.do('send', fields);
    await visser.do('send', fields);
    await refusal(visser.do('send', { ...fields, body: 'anders' }));
    await say(huda, thread, 'kijk', { files: [await sentIn('huda', picture({ width: 64, height: 48 })), await sentIn('huda', pdf('brief'), { name: 'brief.pdf' })] });
    await visser.do('send', { thread, client_id: uuid(), files: [await sentIn('visser', picture({ width: 48, height: 64 }))] });
    await say(huda, threadOf(huda, 'Amal').id, 'elders');
    await Promise.all(Array.from({ length: 20 }, (_, i) => say(i % 2 ? huda : visser, thread, `door elkaar ${i}`)));
  },
  async phrase({ thread, visser, huda }) {
    const fields = { thread, client_id: uuid(), phrase: 'closed.date', date: '2026-12-24' };
    await visser.do('phrase', fields);
    await visser.do('phrase', fields);
    await refusal(visser.do('phrase', { ...fields, date: '2026-12-25' }));
    await huda.do('phrase', { thread, client_id: uuid(), phrase: 'my.ill_today' });
  },
  async correct({ thread, visser, huda, rania, seqs }) {
    await visser.do('correct', { thread, seq: seqs.first, body: 'verbeterd' });
    await visser.do('correct', { thread, seq: seqs.first, body: 'nog eens verbeterd' });
    await refusal(huda.do('correct', { thread, seq: seqs.first, body: 'x' }));
    const { seq } = await say(rania, thread, 'na binnenkomst');
    await rania.do('correct', { thread, seq, body: 'na binnenkomst, verbeterd' });
  },
  async version({ thread, visser, karim, seqs }) {
    await visser.do('version', { thread, seq: seqs.first, language: 'ar', body: 'مرحبا' });
    await refusal(karim.do('version', { thread, seq: seqs.first, language: 'en', body: 'x' }));
    const { seq } = await say(karim, thread, 'أهلا');
    await karim.do('version', { thread, seq, language: 'en', body: 'Hello', direction: 'rtl' });
  },
  async check_version({ thread, rania, visser, seqs }) {
    await visser.do('version', { thread, seq: seqs.later, language: 'uk', body: 'Привіт' });
    assert.equal((await refusal(rania.do('check_version', { thread, seq: seqs.later, n: 9 }))).code, 'not_found');
    const { seq } = await say(rania, thread, 'mag zo');
    await rania.do('version', { thread, seq, language: 'ar', body: 'حسنا' });
    assert.equal((await refusal(rania.do('check_version', { thread, seq, n: 1 }))).reason, 'own_words');
    await rania.do('check_version', { thread, seq: seqs.later, n: 1 });
  },
  async held({ thread, rania, visser, seqs }) {
    await rania.do('held', { thread, seq: seqs.later + 1 }).catch(() => {});
    await visser.do('held', { thread, seq: seqs.first });
  },
  async let_go({ thread, visser, seqs }) {
    await visser.do('let_go', { thread, seq: seqs.first });
    await visser.do('let_go', { thread, seq: seqs.first });
  },
  async better_seen({ thread, visser, huda, karim, seqs }) {
    await huda.do('read', { thread, seq: 1_000_000 });
    await visser.do('version', { thread, seq: seqs.first, language: 'ar', body: 'أهلا وسهلا' });
    const { thread: now } = await huda.do('thread', { thread });
    assert.ok(now.better.some(({ seq }) => seq === seqs.first));
    await karim.do('better_seen', { thread, seq: seqs.first });
    await visser.do('version', { thread, seq: seqs.later, language: 'ar', body: 'أولا' });
    await visser.do('version', { thread, seq: seqs.later, language: 'ar', body: 'ثانيا' });
    await huda.do('better_seen', { thread, seq: seqs.later });
  },
  async withdraw({ thread, visser, huda, sentIn }) {
    const { seq } = await say(visser, thread, 'spijt');
    await visser.do('version', { thread, seq, language: 'ar', body: 'ندم' });
    await say(huda, thread, 'erachter');
    await visser.do('withdraw', { thread, seq });
    const photo = await say(huda, thread, 'met foto', { files: [await sentIn('huda', picture({ width: 64, height: 48 }))] });
    await huda.do('withdraw', { thread, seq: photo.seq });
    const { seq: last } = await say(huda, thread, 'de laatste');
    await huda.do('withdraw', { thread, seq: last });
  },
  async read({ thread, visser, huda, rania, jansen, seqs }) {
    await huda.do('read', { thread, seq: seqs.first });
    await huda.do('read', { thread, seq: seqs.first });
    await visser.do('read', { thread, seq: 1_000_000 });
    await say(huda, thread, 'ongelezen');
    await rania.do('read', { thread, seq: seqs.later });
    await jansen.do('read', { thread, seq: 0 });
    await say(visser, thread, 'ook ongelezen');
    await huda.do('read', { thread, seq: seqs.later });
  },
  async answer({ thread, visser, huda, karim, seqs }) {
    const { seq } = await say(visser, thread, 'begrepen?');
    for (const answer of ['understood', 'not_understood', 'call_me', 'none', 'call_me']) await huda.do('answer', { thread, seq, answer });
    await karim.do('answer', { thread, seq, answer: 'not_understood' });
    await karim.do('answer', { thread, seq: seqs.first, answer: 'call_me' });
    await say(visser, thread, 'ik leg het uit');
    await karim.do('answer', { thread, seq, answer: 'not_understood' });
    await huda.do('answer', { thread, seq, answer: 'understood' });
  },
  async handled({ thread, visser, karim, seqs }) {
    await karim.do('answer', { thread, seq: seqs.first, answer: 'understood' });
    await karim.do('answer', { thread, seq: seqs.first, answer: 'call_me' });
    await visser.do('handled', { thread });
    await visser.do('handled', { thread });
    await karim.do('answer', { thread, seq: seqs.first, answer: 'call_me' });
  },
  async typing({ thread, visser, huda }) { await huda.do('typing', { thread }); await visser.do('typing', { thread }); },
  async people({ visser }) { await visser.do('people', { language: 'ar' }); },
  async bring({ thread, visser, bakker, rania, person }) {
    await visser.do('take_out', { thread, person: person.rania });
    await say(visser, thread, 'zonder Rania');
    await visser.do('bring', { thread, person: person.rania, why: 'weer terug' });
    await visser.do('bring', { thread: threadOf(visser, 'Микола').id, person: person.rania, reach: 'all' });
    await say(rania, thread, 'daar ben ik weer');
    await bakker.do('bring', { thread: threadOf(bakker, 'Amal').id, person: person.visser, reach: 'all' });
    await refusal(visser.do('bring', { thread, person: person.huda }));
  },
  async extend({ thread, visser, person }) {
    await visser.do('extend', { thread, person: person.rania, until: Date.now() + 86_400_000 });
    await visser.do('extend', { thread, person: person.rania, until: Date.now() + 186_400_000 });
    await visser.do('extend', { thread, person: person.rania });
    await refusal(visser.do('extend', { thread, person: person.huda }));
  },
  async widen({ school, thread, visser, huda, karim, rania, person }) {
    await visser.do('note', { thread, client_id: uuid(), level: 'staff', body: 'voor wie er al was' });
    await visser.do('take_out', { thread, person: person.rania });
    await visser.do('bring', { thread, person: person.rania });
    const { seq } = await say(rania, thread, 'van nu af');
    await visser.do('widen', { thread, person: person.rania, from_seq: seq - 2 });
    await visser.do('widen', { thread, person: person.rania, from_seq: seq });
    await visser.do('widen', { thread, person: person.rania });
    await visser.do('take_out', { thread, person: person.rania });
    await visser.do('bring', { thread, person: person.rania });

    // A guardian who comes later by the roster: the family is asked.
    const noura = { role: 'legal_guardian', relation: 'guardian', given: 'Noura', family: 'Haddad', of: ['samir'], language: 'ar', speaks: 'ar', reads: 'ar' };
    await ouderbrug(['import', await writeRoster(school.roster, { ...people, noura }), '--data', school.data]);
    const { id } = (await visser.do('thread', { thread })).thread.members.at(-1).person;
    const asked = async () => (await visser.do('widen', { thread, person: id })).consent.id;
    const answer = async (says) => huda.do('consent_answer', { thread, consent: await asked(), says, language: 'ar' });
    await answer('no');
    const { consent } = await answer('yes');
    await say(rania, thread, 'sinds die dag');
    await karim.do('consent_withdraw', { thread, consent: consent.id });
    await visser.do('consent_take_back', { thread, consent: await asked() });
    const there = (await visser.do('thread', { thread })).thread.members.at(-1);
    await ouderbrug(['import', await writeRoster(school.roster, people), '--data', school.data]);
    await visser.event('member', ({ member }) => member.id === there.id && member.until !== undefined);
  },
  async take_out({ thread, visser, jansen, person, huda }) {
    await say(huda, thread, 'nog met allemaal');
    await visser.do('take_out', { thread, person: person.rania });
    await say(huda, thread, 'nog met Jansen');
    await visser.do('bring', { thread, person: person.rania, reach: 'all' });
    await visser.do('take_out', { thread, person: person.rania });
    await visser.do('bring', { thread, person: person.rania });
    await jansen.do('take_out', { thread, person: person.jansen });
    await say(huda, thread, 'zonder Jansen');
    await visser.do('bring', { thread, person: person.jansen, reach: 'all' });
  },
  async readers({ thread, huda, visser }) { for (const who of [huda, visser]) await who.do('readers', { thread }); },
  async consent_ask({ thread, visser, huda, jansen }) {
    await visser.do('consent_ask', { thread, kind: 'machine', why: 'sneller' });
    await jansen.do('consent_ask', { thread, kind: 'voice', until: 4_000_000_000_000 });
    await refusal(visser.do('consent_ask', { thread, kind: 'voice' }));
    await refusal(huda.do('consent_ask', { thread, kind: 'voice' }));
  },
  async consent_answer({ thread, huda, karim, consent }) {
    await huda.do('consent_answer', { thread, consent: await consent('machine'), says: 'yes', language: 'ar', words: 'abc' });
    await karim.do('consent_answer', { thread, consent: await consent('voice'), says: 'no', language: 'nl' });
    await refusal(karim.do('consent_answer', { thread, consent: await consent('machine'), says: 'no', language: 'nl' }));
  },
  async consent_give({ thread, visser, huda, karim }) {
    const now = async () => (await visser.do('thread', { thread })).thread.consents.find(({ kind, answer, end }) => kind === 'voice' && answer === 'yes' && end === undefined);
    const stood = await now();
    if (stood) await karim.do('consent_withdraw', { thread, consent: stood.id });
    await huda.do('consent_give', { thread, language: 'ar' });
    await refusal(karim.do('consent_give', { thread, language: 'ar' }));
    if (!stood) await karim.do('consent_withdraw', { thread, consent: (await now()).id });
  },
  async consent_record({ thread, visser, rania, person, consent }) {
    await visser.do('consent_ask', { thread, kind: 'voice' });
    await rania.do('consent_record', { thread, consent: await consent('voice'), said_by: person.karim, says: 'yes', language: 'ar' });
    await rania.do('consent_record', { thread, consent: await consent('machine'), said_by: person.karim, says: 'no', language: 'ar' });
  },
  async consent_withdraw({ thread, visser, huda, karim, consent, sentIn }) {
    // With the yes go the voices: of a message, and of who said what it means.
    const said = { seconds: 0.5, type: 'mp4' };
    const { seq } = await huda.do('send', { thread, client_id: uuid(), files: [await sentIn('huda', voice(said))] });
    await visser.do('version', { thread, seq, language: 'nl', file: await sentIn('visser', voice(said)) });
    await karim.do('consent_withdraw', { thread, consent: await consent('voice') });
    await refusal(karim.do('consent_withdraw', { thread, consent: await consent('voice') }));
  },
  async consent_take_back({ thread, visser, consent }) {
    await visser.do('consent_ask', { thread, kind: 'voice' });
    await visser.do('consent_take_back', { thread, consent: await consent('voice') });
    await visser.do('consent_ask', { thread, kind: 'voice' });
  },
  async consents({ thread, huda, rania }) { for (const who of [huda, rania]) await who.do('consents', { thread }); },
  async notes({ thread, visser, huda }) {
    await visser.do('notes', { thread, limit: 1 });
    await refusal(huda.do('notes', { thread }));
  },
  async note({ thread, visser, rania, jansen, huda, bakker }) {
    for (const [who, level] of [[visser, 'staff'], [rania, 'staff'], [rania, 'care'], [jansen, 'care'], [jansen, 'staff'], [visser, 'care']]) {
      await who.do('note', { thread, client_id: uuid(), level, body: `van ${who.name} aan ${level}` });
    }
    const fields = { thread, client_id: uuid(), level: 'staff', body: 'twee keer' };
    await visser.do('note', fields);
    await visser.do('note', fields);
    for (const who of [huda, bakker]) await refusal(who.do('note', { ...fields, client_id: uuid() }));
  },
  async note_change({ thread, visser, rania, huda }) {
    const { note } = await rania.do('note', { thread, client_id: uuid(), level: 'staff', body: 'eerst' });
    await rania.do('note_change', { thread, note: note.id, body: 'dan' });
    await rania.do('note_change', { thread, note: note.id, body: 'ثم' });
    for (const who of [visser, huda]) await refusal(who.do('note_change', { thread, note: note.id, body: 'x' }));
  },
  async note_withdraw({ thread, visser, jansen }) {
    const { note } = await jansen.do('note', { thread, client_id: uuid(), level: 'care', body: 'spijt' });
    await visser.do('note', { thread, client_id: uuid(), level: 'staff', body: 'erachter' });
    await jansen.do('note_withdraw', { thread, note: note.id });
    await refusal(jansen.do('note_withdraw', { thread, note: note.id }));
  },
  async note_read({ thread, visser, rania, jansen }) {
    const { note } = await rania.do('note', { thread, client_id: uuid(), level: 'staff', body: 'lees' });
    await rania.do('note', { thread, client_id: uuid(), level: 'staff', body: 'en dit' });
    await visser.do('note_read', { thread, note: note.id });
    await visser.do('note_read', { thread, note: 1 });
    await jansen.do('note_read', { thread, note: 1_000_000 });
    await rania.do('note', { thread, client_id: uuid(), level: 'care', body: 'ongelezen' });
  },
  async profile({ visser, huda, rania, bakker, viewers }) {
    await huda.do('profile', { language: 'en' });
    await huda.do('profile', { balance: 'school' });
    for (const who of [visser, rania, bakker]) await who.do('profile', { language: 'uk' });
    await bakker.do('profile', { language: 'nl' });
    // Who is in no conversation hears no events: the device that asked has the answer, another one the next welcome.
    const { person } = await viewers.admin.client.do('profile', { language: 'uk' });
    viewers.admin.state = { ...viewers.admin.state, me: person };
  },
  async recordings({ visser, admin, huda }) { for (const who of [visser, admin, huda]) assert.deepEqual((await who.do('recordings', { language: 'ti' })).recordings, []); },
  async recording_withdraw({ accounts, rania, visser }) {
    assert.equal((await record(accounts.rania, 'my.yes', 'ti', voice({ seconds: 1 }))).status, 204);
    const { recordings } = await visser.do('recordings', {});
    assert.deepEqual(recordings.map(({ phrase, language }) => [phrase, language]), [['my.yes', 'ti']]);
    await rania.do('recording_withdraw', { phrase: 'my.yes', language: 'ti' });
    await refusal(rania.do('recording_withdraw', { phrase: 'my.yes', language: 'ti' }));
    await refusal(visser.do('recording_withdraw', { phrase: 'my.yes', language: 'ti' }));
  },
  async glossary({ visser, admin, huda }) {
    for (const who of [visser, admin]) await who.do('glossary');
    await refusal(huda.do('glossary'));
  },
  async glossary_put({ rania, visser }) {
    const { term } = await rania.do('glossary_put', { language: 'nl', words: 'mentor', target_language: 'ar', instead: 'المرشد' });
    await rania.do('glossary_put', { term: term.id, language: 'nl', words: 'mentor', target_language: 'ar', instead: 'المرشدة', inflects: true });
    await refusal(visser.do('glossary_put', { language: 'nl', words: 'ISK' }));
  },
  async glossary_remove({ rania }) {
    const { terms } = await rania.do('glossary');
    await rania.do('glossary_remove', { term: terms[0].id });
    await refusal(rania.do('glossary_remove', { term: terms[0].id }));
  },
  async preview({ thread, visser, huda }) {
    const { topic, languages } = await visser.do('preview', { thread, body: 'De rekening', language: 'nl' });
    assert.equal(topic, 'money');
    assert.equal(languages.find(({ language }) => language === 'en')?.source ?? 'nobody', 'nobody');
    await refusal(huda.do('preview', { thread, body: 'x', language: 'ar' }));
  },
  async topics({ visser, admin }) { for (const who of [visser, admin]) await who.do('topics'); },
  async topic_hold({ admin, visser }) {
    const { topics } = await admin.do('topic_hold', { topic: 'money', held: false });
    assert.equal(topics.find(({ topic }) => topic === 'money').held, undefined);
    await admin.do('topic_hold', { topic: 'money', held: true });
    await refusal(visser.do('topic_hold', { topic: 'money', held: false }));
  },
  async topic_word_add({ rania }) {
    const { words } = await rania.do('topic_word_add', { topic: 'money', language: 'nl', words: 'Contributie*' });
    assert.ok(words.some((one) => one.words === 'contributie*'));
  },
  async topic_word_remove({ admin }) {
    const word = (await admin.do('topics')).words.find((one) => one.words === 'contributie*').id;
    await admin.do('topic_word_remove', { word });
    await refusal(admin.do('topic_word_remove', { word }));
  },
  async roll({ admin }) { await admin.do('roll', { query: 'h' }); },
  async classes({ visser, admin }) {
    assert.equal((await visser.do('classes')).classes.length, 1);
    await admin.do('classes');
  },
  // Of somebody who is not watched: a new PIN signs its person out everywhere else.
  async invite({ server, admin }) {
    const { entries } = await admin.do('roll', { query: 'de Wit' });
    const { invitations } = await admin.do('invite', { person: entries[0].person.id });
    await new Phone(server).open(invitations[0].code, '482913');
  },
  async invite_class({ visser }) { await visser.do('invite_class', { class: (await visser.do('classes')).classes[0].class.id }); },
  async sessions({ huda }) { assert.ok((await huda.do('sessions')).sessions.some(({ here }) => here)); },
  async session_end({ server, huda }) {
    const { sessions } = await huda.do('sessions');
    const other = await signIn(server, 'huda');
    const { session } = (await huda.do('sessions')).sessions.find((one) => !sessions.some((known) => known.session === one.session));
    await huda.do('session_end', { session });
    assert.equal((await other.fetch('/api/session')).status, 401);
    assert.equal((await refusal(huda.do('session_end', { session }))).code, 'not_found');
  },
  async sessions_of({ visser, admin, person }) {
    assert.deepEqual(await visser.do('sessions_of', { person: person.huda }), await admin.do('sessions_of', { person: person.huda }));
  },
  async session_end_of({ server, admin, person }) {
    const other = await (await signIn(server, 'oksana')).connect();
    const { sessions } = await admin.do('sessions_of', { person: person.oksana });
    await admin.do('session_end_of', { person: person.oksana, session: sessions[0].session });
    assert.equal((await other.closed).code, 4401);
  },
};

test('every command of the table has a case here', () => {
  assert.deepEqual(Object.keys(cases), commands().map(({ name }) => name));
});

describe('state plus events equals a fresh fetch', () => {
  const cleanup = [];
  const viewers = {};
  let here;

  before(async () => {
    const t = { after: (undo) => cleanup.push(undo) };
    here = await room(t, watchers, { speech: true });
    const { thread, visser, huda } = here;
    here.person = Object.fromEntries(watchers.map((name) => [name, here[name].welcome.me.id]));
    here.viewers = viewers;
    here.sentIn = async (name, bytes, options) => (await upload(here.accounts[name], thread, bytes, options)).body.id;
    here.consent = async (kind) => (await visser.do('consents', { thread })).consents.filter((one) => one.kind === kind).at(-1).id;
    here.seqs = { first: (await say(visser, thread, 'de eerste')).seq };
    await say(huda, thread, 'de tweede');
    await huda.do('answer', { thread, seq: here.seqs.first, answer: 'understood' });
    await visser.do('bring', { thread, person: here.person.jansen, reach: 'all' });
    await visser.do('bring', { thread, person: here.person.rania });
    await visser.do('bring', { thread, person: here.person.bakker, reach: 'all' });
    await visser.do('take_out', { thread, person: here.person.bakker });
    here.seqs.later = (await say(visser, thread, 'de derde')).seq;
    for (const name of watchers) viewers[name] = await Viewer.start(here.accounts[name], name);
  });
  after(async () => {
    for (const undo of cleanup.reverse()) await undo();
  });

  for (const { name } of commands()) {
    test(name, async () => {
      const was = Object.fromEntries(watchers.map((who) => [who, viewers[who].state]));
      await cases[name](here);
      for (const who of watchers) {
        const expected = await freshly(here.accounts[who], who);
        await viewers[who].settle();
        assert.deepEqual(viewers[who].known(), expected, `${who}, who was there`);
        const late = await Viewer.back(here.accounts[who], who, was[who]);
        assert.equal(late.client.welcome.mode, 'resumed', who);
        assert.deepEqual(late.known(), expected, `${who}, who came back`);
        late.client.drop();
      }
    });
  }

  test('each left in the audit log what the table says', async () => {
    const db = new DatabaseSync(join(here.school.data, 'school.db'), { readOnly: true });
    const rows = db.prepare('SELECT deed, saw FROM audit').all();
    db.close();
    for (const { name, record } of commands()) {
      const left = new Set(rows.filter(({ deed }) => deed === name).map(({ saw }) => saw));
      assert.deepEqual([...left], { nothing: [], done: [0], shown: [1] }[record], name);
    }
  });
});
