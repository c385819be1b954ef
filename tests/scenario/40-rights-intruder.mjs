// Somebody of each role tries to reach what is not theirs: every conversation, message and person of the school, by its number, with every command
// there is, by history, by search, by listening, by resuming from the beginning, and by every HTTP address. Everything that their connection ever got
// is searched for the words that were said elsewhere, and what does not exist is answered with the same bytes as what is another's.
import assert from 'node:assert/strict';
import { before, after, describe, test } from 'node:test';
import { uuid } from './lib/client.mjs';
import { fetchFile, picture, upload } from './lib/media.mjs';
import { answerOf, everyRole, isFamily, sample, table } from './lib/cast.mjs';
import { say, settled, threadOf } from './lib/room.mjs';
import { commands } from './lib/shapes.mjs';

const word = () => `geheim${uuid().replaceAll('-', '')}`;

describe('nothing of others', () => {
  const cleanup = [], heard = new Map(), secrets = {}, files = {}, unsent = {};
  let cast, rights, threads, talkers, waiting;

  // Why somebody was brought in, and what a family was asked, before the others came: one that waits, one that is over.
  async function early({ visser: { client }, threads: { later: thread }, others }) {
    await client.do('bring', { thread, person: others.gast.id, reach: 'all', why: 'oud waarom in later' });
    const { consent: { id } } = await client.do('consent_ask', { thread, kind: 'machine', why: 'oud gevraagd in later' });
    await client.do('consent_take_back', { thread, consent: id });
    waiting = (await client.do('consent_ask', { thread, kind: 'voice', why: 'oud wachtend in later' })).consent.id;
  }

  before(async () => {
    cast = await everyRole({ after: (undo) => cleanup.push(undo) }, { early });
    rights = await table();
    const ander = cast.subjects.find(({ name }) => name === 'ander');
    threads = { ...cast.threads, other: threadOf(ander.client, 'Other').id };
    talkers = { in: cast.visser, later: cast.visser, left: cast.visser, none: cast.others.bakker, other: ander };
    for (const subject of cast.subjects) {
      await settled(subject.client);
      heard.set(subject, '');
      subject.client.socket.on('message', (data) => heard.set(subject, heard.get(subject) + data));
    }
    // Everyone talks everywhere while they listen: a message, a version, a correction, and one that is taken back.
    const photo = picture({ width: 64, height: 48 });
    for (const [name, { client, account }] of Object.entries(talkers)) {
      const words = secrets[name] = { messages: [] };
      for (let i = 0; i < 3; i++) {
        const body = word();
        const { seq } = await say(client, threads[name], body);
        words.messages.push(body);
        if (i === 0) await client.do('version', { thread: threads[name], seq, language: 'ar', body: words.messages[words.messages.push(word()) - 1] });
        if (i === 2) files[name] = (await upload(account, threads[name], photo)).body.id;
        if (i === 1) await client.do('correct', { thread: threads[name], seq, body: words.messages[words.messages.push(word()) - 1] });
      }
      await client.do('send', { thread: threads[name], client_id: uuid(), files: [files[name]] });
      unsent[name] = (await upload(account, threads[name], photo)).body.id;
      await client.do('read', { thread: threads[name], seq: 100 });
      await client.do('typing', { thread: threads[name] });
    }
    // Of what was before they came something changes now.
    await cast.visser.client.do('extend', { thread: threads.later, person: cast.others.gast.id, until: Date.now() + 86_400_000 });
    await cast.visser.client.do('consent_take_back', { thread: threads.later, consent: waiting });
    await cast.others.vader.client.do('answer', { thread: threads.none, seq: 2, answer: 'call_me' });
  });
  after(async () => {
    for (const undo of cleanup.reverse()) await undo();
  });

  /** The conversations somebody may be in, as the school was made; nothing of it is asked of the program. */
  function theirs({ name, role }) {
    if (name === 'visser') return ['in', 'later', 'left'];
    if (name === 'ander') return ['in', 'later', 'other'];
    if (role === 'administrator') return [];
    return isFamily(role) ? ['in'] : ['in', 'later'];
  }

  /** The words that must never have come to them. */
  function hidden(subject) {
    const elsewhere = Object.keys(talkers).filter((name) => !theirs(subject).includes(name));
    const names = subject.role === 'administrator' ? [] : [...elsewhere.map((name) => `"given":"${name[0].toUpperCase()}${name.slice(1)}"`), 'Vader'];
    const old = theirs(subject).includes('later') && subject !== cast.visser ? ['oud in later', 'ouder in later', 'oud waarom', 'oud gevraagd', 'oud wachtend'] : [];
    return { elsewhere, words: [...elsewhere.flatMap((name) => secrets[name].messages), ...names, ...old] };
  }

  function assertNothing(subject, what) {
    const found = hidden(subject).words.filter((one) => heard.get(subject).includes(one));
    assert.deepEqual(found, [], `${subject.name} (${subject.role}) got it ${what}`);
  }

  const people = () => [...cast.subjects, ...Object.values(cast.others)].map(({ id }) => id);

  test('by listening', async () => {
    for (const subject of cast.subjects) {
      await settled(subject.client);
      assertNothing(subject, 'by listening');
      const strangers = subject.client.events.filter(({ thread }) => thread !== undefined && hidden(subject).elsewhere.some((name) => threads[name] === thread && name !== 'left'));
      assert.deepEqual(strangers, [], `${subject.name} was told of a conversation`);
      for (const name of theirs(subject)) assert.ok(heard.get(subject).includes(secrets[name].messages[0]) || subject === talkers[name], `${subject.name} hears of ${name}`);
    }
  });

  test('by resuming from the beginning, and by looking anew', async () => {
    for (const subject of cast.subjects) {
      for (const hello of [{ since: 0, log: subject.client.welcome.log }, {}]) {
        const client = await subject.account.connect({ hello: false });
        client.socket.on('message', (data) => heard.set(subject, heard.get(subject) + data));
        await client.do('hello', hello);
        await settled(client);
        client.drop();
      }
      assertNothing(subject, 'by connecting');
    }
  });

  test('by number, with every command: it looks as if it were not there', async () => {
    for (const subject of cast.subjects) {
      const { elsewhere } = hidden(subject);
      for (const { name, fields, required } of commands()) {
        const row = rights.find((one) => one.kind === 'command' && one.name === name), may = row.may[subject.role];
        const given = () => Object.fromEntries(required.map((field) => [field, sample(field, fields[field])]));
        if ('query' in fields) for (const one of hidden(subject).words) await answerOf(subject.client, name, { ...given(), query: one });
        if (!('thread' in fields)) {
          // Nothing is named, or it is theirs to name; what comes back is searched.
          if (may === 'no' && 'person' in fields) {
            const answers = new Set();
            for (const person of [...people(), 888_888]) answers.add(JSON.stringify(await answerOf(subject.client, name, { ...given(), person })));
            assert.equal(answers.size, 1, `${subject.name}, ${name}: ${[...answers].join(' and ')}`);
          }
          continue;
        }
        const answers = new Set();
        for (const thread of [...elsewhere.map((one) => threads[one]), 999_999, Number.MAX_SAFE_INTEGER]) {
          for (const seq of 'seq' in fields ? [1, 2, 3, 4, 99] : [1]) {
            for (const person of 'person' in fields ? [...people(), 888_888] : [1]) {
              const args = { ...given(), thread, ...('seq' in fields ? { seq } : {}), ...('person' in fields ? { person } : {}) };
              answers.add(JSON.stringify(await answerOf(subject.client, name, args)));
            }
          }
        }
        assert.equal(answers.size, 1, `${subject.name}, ${name}: ${[...answers].join(' and ')}`);
        assert.match([...answers][0], may === 'no' ? /"forbidden"/ : /"not_found"/, `${subject.name}, ${name}`);
      }
      assertNothing(subject, 'by number');
    }
  });

  test('by the messages from before they came', async () => {
    for (const subject of cast.subjects.filter((one) => theirs(one).includes('later') && one !== cast.visser)) {
      const thread = threads.later;
      for (const args of [{}, { before: 3 }, { after: 0 }, { after: 0, limit: 1 }, { before: 99 }]) await answerOf(subject.client, 'history', { thread, ...args });
      await answerOf(subject.client, 'thread', { thread });
      await answerOf(subject.client, 'threads');
      for (const command of ['consents', 'readers']) await answerOf(subject.client, command, { thread });
      assertNothing(subject, 'in a conversation of their own');
    }
  });

  test('by attachment: whatever they ask of it, and however it was made, it looks as if it were not there', async () => {
    for (const subject of cast.subjects) {
      const answers = new Set(), mine = theirs(subject);
      for (const name of Object.keys(talkers)) {
        for (const as of [undefined, 'thumb', 'original']) {
          const { status, bytes } = await fetchFile(subject.account, unsent[name], { as });
          if (talkers[name].account !== subject.account) answers.add(`${status} ${bytes}`);
          if (as === 'original') continue;
          const sent = await fetchFile(subject.account, files[name], { as });
          if (mine.includes(name)) assert.equal(sent.status, 200, `${subject.name}, ${name}`);
          else answers.add(`${sent.status} ${sent.bytes}`);
        }
      }
      const nowhere = await fetchFile(subject.account, 999_999);
      answers.add(`${nowhere.status} ${nowhere.bytes}`);
      assert.equal(answers.size, 1, `${subject.name}: ${[...answers].join(' and ')}`);
      assert.match([...answers][0], subject.role === 'administrator' ? /^403/ : /^404/, subject.name);
    }
  });

  test('a person who cannot be brought in looks like one who is not there', async () => {
    for (const subject of cast.subjects.filter(({ role }) => rights.find(({ name }) => name === 'bring').may[role] === 'in')) {
      const answers = new Set();
      const strangers = [cast.others.vader.id, cast.subjects.find(({ role }) => role === 'administrator').id, 888_888];
      for (const person of strangers) answers.add(JSON.stringify(await answerOf(subject.client, 'bring', { thread: threads.in, person })));
      for (const person of [...strangers, cast.others.bakker.id]) answers.add(JSON.stringify(await answerOf(subject.client, 'take_out', { thread: threads.in, person })));
      assert.deepEqual([...answers], ['{"error":{"code":"not_found","field":"person"}}'], subject.name);
    }
  });

  test('by every HTTP address that gives something', async () => {
    const { paths } = await (await cast.visser.account.fetch('/api/openapi.json')).json();
    for (const subject of cast.subjects) {
      for (const [path, methods] of Object.entries(paths)) {
        if (!methods.get) continue;
        for (const id of path.includes('{') ? [1, 2, 3, 4, 5, 6, 7, 8, 999_999] : ['']) {
          const response = await subject.account.fetch(path.replaceAll(/\{\w+\}/g, id));
          heard.set(subject, heard.get(subject) + await response.text());
        }
      }
      assertNothing(subject, 'over HTTP');
    }
  });
});
