// Hearing a message: said aloud by the server, in the languages it has, for who may read it; and a program that hangs holds up nobody.
import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { DatabaseSync } from 'node:sqlite';
import { room, say, settled, threadOf, unhurried } from './lib/room.mjs';
import { patience, temporaryFolder } from './lib/server.mjs';

const hear = (account, query, headers = {}) => account.fetch(`/api/speech?${new URLSearchParams(query)}`, { headers });

/** What is wrong, without what every answer has of its own. */
const problemOf = async (response) => [response.status, await response.text()];

test('a message is said aloud, the original or a version, for who may read it', async (t) => {
  const { school, thread, visser, huda, oksana, rania, accounts } = await room(t, ['visser', 'huda', 'oksana', 'rania', 'admin'], { speech: true });
  const before = await say(visser, thread, 'Dit was eerder.');
  const { seq } = await say(visser, thread, 'We missen Samir vandaag. Is hij ziek?');
  await visser.do('version', { thread, seq, language: 'ar', body: 'نشتاق إلى سمير اليوم. هل هو مريض؟' });
  await visser.do('version', { thread, seq, language: 'ti', body: 'ሎሚ ንሳሚር ናፊቕናዮ።' });
  await visser.do('bring', { thread, person: rania.welcome.me.id, reach: 'now', why: 'vertelt mee' });

  // What the browser is told it can have.
  for (const language of ['nl', 'ar', 'uk', 'ru', 'tr', 'fa', 'prs', 'pl', 'es', 'pt', 'fr', 'ro', 'bg', 'lt', 'id', 'am', 'ku']) assert.ok(huda.welcome.says.includes(language), language);
  for (const language of ['ti', 'so', 'ps', 'ckb']) assert.ok(!huda.welcome.says.includes(language), language);

  const original = await hear(accounts.huda, { thread, seq });
  assert.equal(original.status, 200);
  assert.equal(original.headers.get('content-type'), 'audio/mpeg');
  assert.equal(original.headers.get('cache-control'), 'private, no-cache');
  const sound = Buffer.from(await original.arrayBuffer());
  assert.ok(sound.length > 5000 && sound.length < 50_000, `${sound.length} bytes`);
  assert.equal(sound.readUInt16BE(0) & 0xffe0, 0xffe0);
  const arabic = await hear(accounts.huda, { thread, seq, version: 1 });
  assert.equal(arabic.status, 200);
  assert.notDeepEqual(Buffer.from(await arabic.arrayBuffer()), sound);

  // The browser keeps it, and asks.
  const etag = original.headers.get('etag');
  assert.notEqual(arabic.headers.get('etag'), etag);
  const again = await hear(accounts.huda, { thread, seq }, { 'if-none-match': etag });
  assert.deepEqual([again.status, again.headers.get('etag'), (await again.arrayBuffer()).byteLength], [304, etag, 0]);

  // No voice, no version, not theirs, not that far back, not there: one answer.
  const gone = await problemOf(await hear(accounts.huda, { thread, seq, version: 2 }));
  assert.equal(gone[0], 404);
  for (const [who, query] of [[accounts.huda, { thread, seq, version: 9 }], [accounts.huda, { thread, seq: 999 }], [accounts.huda, { thread: 999_999, seq: 1 }],
    [accounts.oksana, { thread, seq }], [accounts.oksana, { thread: threadOf(oksana, 'Микола').id, seq: 999 }], [accounts.rania, { thread, seq: before.seq }]]) {
    assert.deepEqual(await problemOf(await hear(who, query)), gone, JSON.stringify(query));
  }
  assert.deepEqual(await problemOf(await hear(accounts.oksana, { thread, seq }, { 'if-none-match': etag })), gone);
  assert.equal((await hear(accounts.admin, { thread, seq })).status, 403);
  const later = await say(visser, thread, 'Tot morgen.');
  assert.equal((await hear(accounts.rania, { thread, seq: later.seq })).status, 200);
  await visser.do('withdraw', { thread, seq: later.seq });
  assert.deepEqual(await problemOf(await hear(accounts.rania, { thread, seq: later.seq })), gone);

  for (const [query, field, reason] of [[{ seq }, 'thread', 'missing'], [{ thread }, 'seq', 'missing'], [{ thread, seq: 'x' }, 'seq', 'range'], [{ thread, seq, version: -1 }, 'version', 'range']]) {
    const response = await hear(accounts.huda, query);
    const problem = await response.json();
    assert.deepEqual([response.status, problem.field, problem.reason], [422, field, reason], JSON.stringify(query));
  }

  // Words that are no message: a button's, or a sentence before it is sent. On no record, and kept nowhere.
  const words = (body) => accounts.oksana.fetch('/api/speech', { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  const word = await words({ text: 'Хворий', language: 'uk' });
  assert.deepEqual([word.status, word.headers.get('content-type'), word.headers.get('cache-control'), word.headers.get('etag')], [200, 'audio/mpeg', 'no-store', null]);
  assert.ok((await word.arrayBuffer()).byteLength > 1000);
  for (const [body, status] of [[{ text: 'ሕሙም', language: 'ti' }, 404], [{ text: '', language: 'uk' }, 404], [{ text: 'x', language: '../../etc' }, 404], [{ text: 'x' }, 422], [{ text: 7, language: 'uk' }, 422], [{ text: 'x'.repeat(5000), language: 'uk' }, 413]]) {
    assert.equal((await words(body)).status, status, JSON.stringify(body).slice(0, 80));
  }

  // It is on record, once an hour.
  const rows = new DatabaseSync(join(school.data, 'school.db'), { readOnly: true }).prepare("SELECT actor, saw, thread, seq FROM audit WHERE deed = 'heard'").all();
  assert.deepEqual(rows.map((row) => ({ ...row })).filter(({ actor }) => actor === huda.welcome.me.id), [{ actor: huda.welcome.me.id, saw: 1, thread, seq }]);
  assert.equal(rows.some(({ actor }) => actor === oksana.welcome.me.id), false);
});

test('a program that hangs, dies or talks without end: said so in time, and nobody else waits', async (t) => {
  const folder = await temporaryFolder(t), program = join(folder, 'espeak');
  const pretend = async (line) => {
    await writeFile(program, `#!/bin/sh\n[ "$1" = --voices ] && exec /usr/bin/espeak-ng --voices\n${line}\n`);
    await chmod(program, 0o755);
  };
  await pretend('sleep 1000 & sleep 1000');
  const { thread, visser, huda, accounts } = await room(t, ['visser', 'huda'], { args: [...unhurried, '--speech-program', program, '--speech-time-s', '1'], speech: true });
  const { seq } = await say(visser, thread, 'Dag allemaal');

  const began = performance.now();
  const asked = Array.from({ length: 6 }, () => hear(accounts.huda, { thread, seq }));
  // Meanwhile everything goes on.
  await say(huda, thread, 'شكرا', { language: 'ar' });
  await settled(huda);
  const answers = await Promise.all(asked);
  assert.deepEqual(answers.map(({ status }) => status), Array(6).fill(503));
  const problem = await answers[0].json();
  assert.deepEqual([problem.code, problem.reason], ['unavailable', 'busy']);
  assert.ok(performance.now() - began < patience(15_000));

  for (const line of ['kill -SEGV $$; exit 1', 'exec cat /dev/urandom', 'exit 0', 'echo nonsense that is long enough to be taken for a head of sound, which it is not']) {
    await pretend(line);
    const { status } = await hear(accounts.huda, { thread, seq });
    assert.equal(status, line === 'exit 0' ? 404 : 503, line);
  }
});

test('without the program there is no voice, and the rest is as it was', async (t) => {
  for (const program of ['', '/usr/bin/no-such-program']) {
    const { server, thread, visser, huda, accounts } = await room(t, ['visser', 'huda'], { args: [...unhurried, '--speech-program', program], speech: true });
    const { seq } = await say(visser, thread, 'Dag');
    assert.equal(huda.welcome.says, undefined);
    assert.equal((await hear(accounts.huda, { thread, seq })).status, 404);
    assert.equal(/said aloud/.test(server.log()), program !== '');
  }
});
