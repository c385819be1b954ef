// That readers can trust a version: somebody looked at it, better words take its place, and who read the old ones hears of it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { refusal, signIn } from './lib/client.mjs';
import { allOf, say, threadOf } from './lib/room.mjs';
import { makeSchool } from './lib/school.mjs';
import { ouderbrug, startServer } from './lib/server.mjs';

test('a coach checks a machine\'s version, writes a better one, and who read the old one hears of it', async (t) => {
  const school = await makeSchool(t);
  const file = join(school.data, 'demo.json');
  writeFileSync(file, JSON.stringify({ conversations: [{ pupil: 'samir', messages: [
    { by: 'visser', days_ago: 1, at: '09:00', language: 'nl', body: 'Tot morgen!', versions: [{ language: 'ar', origin: 'machine', body: 'إلى الغد!' }] },
  ] }] }));
  await ouderbrug(['demo', file, '--data', school.data]);
  const server = await startServer(t, school);
  const connect = async (name) => (await signIn(server, name)).connect({ name });
  const [visser, huda, karim, rania] = await Promise.all(['visser', 'huda', 'karim', 'rania'].map(connect));
  const thread = threadOf(visser, 'Samir').id;
  assert.equal((await refusal(rania.do('check_version', { thread, seq: 1, n: 1 }))).code, 'not_found', 'she is not in it yet');
  const { consent } = await visser.do('bring', { thread, person: rania.welcome.me.id, reach: 'all' });
  if (consent) await huda.do('consent_answer', { thread, consent: consent.id, says: 'yes', language: 'ar' });

  for (const who of [visser, huda]) assert.equal((await refusal(who.do('check_version', { thread, seq: 1, n: 1 }))).code, 'forbidden');
  assert.deepEqual((({ code, field }) => [code, field])(await refusal(rania.do('check_version', { thread, seq: 1 }))), ['invalid', 'n']);
  const checked = (await rania.do('check_version', { thread, seq: 1, n: 1 })).message.versions[0];
  assert.deepEqual([checked.origin, checked.checked_by], ['machine', rania.welcome.me.id]);
  const told = await huda.event('message', ({ message }) => message.versions[0].checked_by !== undefined);
  assert.deepEqual(told.message.versions[0], checked);

  // Huda has read it, Karim has not; only she hears of better words, and only she.
  await huda.do('read', { thread, seq: 1 });
  await rania.do('version', { thread, seq: 1, language: 'ar', body: 'نراكم غدا!' });
  assert.deepEqual((await huda.event('better')).better, [{ seq: 1 }]);
  assert.deepEqual((await karim.do('thread', { thread })).thread.better, []);
  assert.deepEqual((await rania.do('thread', { thread })).thread.better, []);
  assert.deepEqual((await huda.do('thread', { thread })).thread.better, [{ seq: 1 }]);
  assert.deepEqual((await allOf(huda, thread)).messages[0].versions.map(({ body }) => body), ['إلى الغد!', 'نراكم غدا!'], 'the history keeps both');
  await huda.do('better_seen', { thread, seq: 1 });
  assert.deepEqual((await huda.do('thread', { thread })).thread.better, []);
  assert.equal(karim.events.some(({ event }) => event === 'better'), false);

  // A first version in a language takes nobody's words away.
  const { seq } = await say(visser, thread, 'Gym is om tien uur');
  await huda.do('read', { thread, seq });
  await rania.do('version', { thread, seq, language: 'ar', body: 'الرياضة في العاشرة' });
  assert.deepEqual((await huda.do('thread', { thread })).thread.better, []);
  assert.equal((await refusal(rania.do('check_version', { thread, seq, n: 1 }))).reason, 'own_words');

  // The sender lets a message go, once and for all; nobody else does.
  assert.equal((await refusal(rania.do('let_go', { thread, seq }))).reason, 'not_sender');
  assert.ok((await visser.do('let_go', { thread, seq })).message.unchecked > 0);
  assert.deepEqual(await visser.do('held', { thread, seq }), { versions: [] });
});
