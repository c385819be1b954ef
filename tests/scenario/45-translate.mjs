// Machine translation: a real engine's answer comes as a version, with the family's yes and not without; the original never waits; nothing is lost
// however the engine fails, and what is wrong is not shown.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { test } from 'node:test';
import { refusal, signIn, uuid } from './lib/client.mjs';
import { agree, certificates, englishSchool, missedOf, startEngine, versionOf } from './lib/engine.mjs';
import { picture, upload } from './lib/media.mjs';
import { allOf, say, settled, threadOf, unhurried } from './lib/room.mjs';
import { makeSchool } from './lib/school.mjs';
import { startServer, temporaryFolder } from './lib/server.mjs';
import { unzip } from './lib/zip.mjs';

/** Everyone connected, in front of an engine; the family of Samir said yes, unless told otherwise. */
async function here(t, names, { kind, args = [], yes = true, people = englishSchool, lacks = [] } = {}) {
  const engine = await startEngine(t, { kind });
  for (const pair of lacks) engine.lacks.add(pair);
  const school = await makeSchool(t, people);
  const server = await startServer(t, { ...school, args: [...unhurried, ...engine.args, ...args] });
  const all = { engine, school, server, id: {}, accounts: {} };
  for (const name of names) {
    all.accounts[name] = await signIn(server, name);
    all[name] = await all.accounts[name].connect({ name });
    all.thread ??= threadOf(all[name], 'Samir')?.id;
    all.id[name] = all[name].welcome.me.id;
  }
  if (yes) await agree(all.visser, all.huda, all.thread);
  return all;
}

test('the original at once, the translation as an event: who made it, what is kept, and nothing without the family\'s yes', async (t) => {
  const { engine, server, visser, huda, oksana, thread, id } = await here(t, ['visser', 'huda', 'oksana'], { yes: false, args: ['--log-level', 'debug'] });
  t.diagnostic(engine.alone ? 'the engine has a network of its own' : 'the engine shares the network: namespaces are not allowed here');
  const before = await say(visser, thread, 'The school is closed tomorrow.');
  await visser.do('note', { thread, level: 'staff', client_id: crypto.randomUUID(), body: 'The mother has a new job.' });
  const other = threadOf(oksana, 'Mykola').id;
  await say(visser, other, 'The book is red.');
  await huda.event('message', ({ message }) => message.seq === before.seq);

  // With the yes, what was said shortly before comes too.
  const consent = await agree(visser, huda, thread);
  const first = await versionOf(huda, before.seq, 'es');
  assert.equal(first.body, 'La escuela está cerrada mañana.');
  assert.deepEqual([first.origin, first.engine, first.direction, first.author], ['machine', 'Apertium', 'ltr', undefined]);
  assert.equal((await versionOf(visser, before.seq, 'es')).body, first.body);

  const { seq } = await say(visser, thread, 'Bring 3 books 📚 and a pen.\nSee https://school.example/a?b=1 <now> & call 06-12345678.');
  assert.deepEqual((await huda.event('message', ({ message }) => message.seq === seq)).message.versions, [], 'the original waits for nothing');
  const second = await versionOf(huda, seq, 'es');
  assert.match(second.body, /^\S.* 3 libros 📚 \S.*\.\n\S+ https:\/\/school\.example\/a\?b=1 <\S+> & .*06-12345678\.$/);
  // Names are nobody's to translate: vega is a meadow.
  const named = await say(visser, thread, 'Samir and Lucia Vega see the house.');
  assert.match((await versionOf(huda, named.seq, 'es')).body, /^Samir y Lucia Vega \w+ la casa\.$/i);
  // What says the same in every language is no translation, and nothing that could not be done either.
  for (const body of ['👍 🙏🏽', '06-12345678', 'https://school.example/a', 'Samir', 'Lucia Vega!']) {
    const same = await say(visser, thread, body), behind = await say(visser, thread, 'Thanks');
    await versionOf(huda, behind.seq, 'es');
    const { versions, untranslated } = (await huda.do('history', { thread, after: same.seq - 1, limit: 1 })).messages[0];
    assert.deepEqual([versions, untranslated], [[], undefined], body);
  }
  // And the other way.
  const answer = await say(huda, thread, 'Mi hijo está enfermo.');
  assert.match((await versionOf(visser, answer.seq, 'en')).body, /^My son is \w+\.$/);

  // Neither notes nor the other family's messages, who gave no yes, nor where it goes after they took it back.
  await huda.do('consent_withdraw', { thread, consent });
  const after = await say(visser, thread, 'The window is open.');
  await huda.event('message', ({ message }) => message.seq === after.seq);
  const { consent: again } = await visser.do('consent_ask', { thread, kind: 'machine' });
  await settled(visser);
  for (const { text } of engine.heard) assert.doesNotMatch(text, /job|red|window|📚|https/);
  await huda.do('consent_answer', { thread, consent: again.id, says: 'yes', language: 'es', words: '0123456789abcdef' });
  await versionOf(huda, after.seq, 'es');
  assert.ok(id.visser > 0);
  for (const word of ['closed', 'escuela', 'window', 'hijo', 'Samir']) assert.ok(!server.log().includes(word), `${word} is in the log`);
});

test('LibreTranslate\'s contract: a key from a file that no log knows, text as text', async (t) => {
  const key = 'k3y-0f-th3-sch00l', file = join((await makeSchool(t)).folder, 'key');
  await writeFile(file, `${key}\n`, { mode: 0o600 });
  const { engine, server, visser, huda, thread } = await here(t, ['visser', 'huda'], { kind: 'libretranslate', args: ['--translate-key-file', file, '--log-level', 'debug'] });
  const { seq } = await say(visser, thread, 'The "school" is closed tomorrow.');
  const version = await versionOf(huda, seq, 'es');
  assert.deepEqual([version.body, version.engine], ['La "escuela" está cerrada mañana.', 'LibreTranslate']);
  assert.deepEqual(engine.heard, [{ text: 'The "school" is closed tomorrow.', from: 'eng', to: 'spa', key, format: 'text' }]);
  engine.fault = '403';
  await say(visser, thread, 'The door is green.');
  await engine.asked((n) => n >= 4);
  engine.fault = undefined;
  await versionOf(huda, seq + 1, 'es');
  assert.match(server.log(), /LibreTranslate is left alone for a while: it does not take our key/);
  assert.ok(!server.log().includes(key));
});

test('however the engine fails, the original is there and the translation comes in the end', async (t) => {
  const { engine, visser, huda, thread } = await here(t, ['visser', 'huda'], { args: ['--log-level', 'debug'] });
  for (const fault of ['hung', '500', '503', '429', 'nothing', 'garbage', 'cut', 'huge', 'elsewhere']) {
    const heard = engine.heard.length;
    engine.fault = fault;
    const { seq } = await say(visser, thread, `The house is big, and ${fault} is a word.`);
    await huda.event('message', ({ message }) => message.seq === seq);
    await engine.asked((n) => n > heard);
    engine.fault = undefined;
    assert.match((await versionOf(huda, seq, 'es')).body, /casa/, fault);
  }
  assert.equal(engine.visited, 0, 'nobody is sent elsewhere');
  assert.deepEqual((await allOf(huda, thread)).messages.map(({ versions, untranslated }) => [versions.length, untranslated]), Array(9).fill([1, undefined]));
});

test('what is wrong is not shown, and everybody is told why: a person can do it', async (t) => {
  const { engine, visser, huda, thread } = await here(t, ['visser', 'huda']);
  for (const [fault, reason] of [['empty', 'empty'], ['echo', 'echo'], ['script', 'script'], ['long', 'length'], ['number', 'number'], ['400', 'refused']]) {
    engine.fault = fault;
    const { seq } = await say(visser, thread, 'The school is closed tomorrow, bring your 3 books.');
    for (const who of [huda, visser]) assert.deepEqual(await missedOf(who, seq), [{ language: 'es', state: 'failed', reason }], fault);
    const message = (await allOf(huda, thread)).messages.at(-1);
    assert.deepEqual([message.seq, message.versions, message.untranslated], [seq, [], [{ language: 'es', state: 'failed', reason }]]);
  }
  // A person does it: it is not missing any more. The sender says it again: the machine may try again.
  engine.fault = undefined;
  const by = (await visser.do('version', { thread, seq: 1, language: 'es', body: 'La escuela está cerrada mañana, traiga sus 3 libros.' })).message;
  assert.deepEqual([by.untranslated, by.versions.length], [undefined, 1]);
  await visser.do('correct', { thread, seq: 2, body: 'The school is closed.' });
  assert.equal((await versionOf(huda, 2, 'es')).body, 'La escuela está cerrada.');
  assert.equal((await allOf(huda, thread)).messages[1].untranslated, undefined);
});

test('a restart in the middle loses nothing and does nothing twice', async (t) => {
  const { engine, server, visser, huda, thread } = await here(t, ['visser', 'huda']);
  engine.fault = 'hung';
  for (const body of ['The cat is white.', 'The dog is black.', 'The horse is red.']) await say(visser, thread, body);
  await engine.asked((n) => n >= 2);
  await server.kill();
  engine.fault = undefined;
  await server.start();
  const back = await (await signIn(server, 'huda')).connect();
  const now = (await allOf(back, thread)).messages;
  for (const { seq, versions } of now) if (versions.length === 0) await versionOf(back, seq, 'es');
  await back.do('thread', { thread });
  assert.deepEqual((await allOf(back, thread)).messages.map(({ versions }) => versions.map(({ body }) => body)),
    [['El gato es blanco.'], ['El perro es negro.'], ['El caballo es rojo.']]);
  assert.ok(huda);

  // Nor what was said while nobody looked for it: served for a while without an engine.
  const { args } = server;
  for (const [now, body] of [[unhurried, 'The bird is green.'], [args, undefined]]) {
    await server.stop();
    server.args = now;
    await server.start();
    if (body) await say(await (await signIn(server, 'visser')).connect(), thread, body);
  }
  const last = await (await signIn(server, 'huda')).connect();
  const { versions: [version] } = (await allOf(last, thread)).messages.at(-1);
  assert.match((version ?? await versionOf(last, 4, 'es')).body, /verde/);
});

test('what was taken back or said otherwise meanwhile is not answered with the old', async (t) => {
  const { engine, visser, huda, thread } = await here(t, ['visser', 'huda']);
  engine.fault = 'slow';
  const gone = await say(visser, thread, 'The house is big.');
  await engine.asked((n) => n >= 1);
  await visser.do('withdraw', { thread, seq: gone.seq });
  const { seq } = await say(visser, thread, 'The house is smal.');
  await engine.asked((n) => n >= 2);
  await visser.do('correct', { thread, seq, body: 'The house is small.' });
  assert.equal((await versionOf(huda, seq, 'es')).body, 'La casa es pequeña.');
  const [first, second] = (await allOf(huda, thread)).messages;
  assert.deepEqual([first.versions, second.versions.map(({ origin }) => origin)], [[], ['correction', 'machine']]);
  // The yes is taken back while the engine has the text.
  const heard = engine.heard.length;
  const last = await say(visser, thread, 'The house is new.');
  await engine.asked((n) => n > heard);
  const consent = (await huda.do('consents', { thread })).consents.at(-1);
  await huda.do('consent_withdraw', { thread, consent: consent.id });
  engine.fault = undefined;
  await agree(visser, huda, thread); // everything recent is asked anew, after the old answer was dropped
  await versionOf(huda, last.seq, 'es');
  assert.equal((await allOf(huda, thread)).messages.at(-1).versions.length, 1);
});

test('who comes, or reads otherwise from now on, has the recent messages; what no engine can do is said', async (t) => {
  const { visser, huda, rania, thread, id } = await here(t, ['visser', 'huda', 'rania']);
  for (const body of ['The house is big.', 'The house is small.']) await say(visser, thread, body);
  const written = await say(huda, thread, 'La casa es blanca.');
  await versionOf(visser, written.seq, 'en');
  await visser.do('profile', { language: 'es' });
  await rania.do('profile', { language: 'fr' });
  await visser.do('bring', { thread, person: id.rania, reach: 'all' });
  await versionOf(rania, written.seq, 'fr');
  // From English there is nothing into French; from Spanish there is.
  assert.deepEqual(await missedOf(rania, 1), [{ language: 'fr', state: 'failed', reason: 'pair' }]);
  assert.deepEqual((await allOf(rania, thread)).messages.map(({ versions }) => versions.map(({ language }) => language).sort()), [['es'], ['es'], ['en', 'fr']]);
});

test('the school allows pairs: what is not allowed is not asked', async (t) => {
  const { engine, visser, huda, thread } = await here(t, ['visser', 'huda'], { args: ['--translate-pairs', 'es-* nl-en'] });
  const { seq } = await say(visser, thread, 'The house is big.');
  assert.deepEqual(await missedOf(huda, seq), [{ language: 'es', state: 'failed', reason: 'pair' }]);
  const answer = await say(huda, thread, 'La casa es blanca.');
  await versionOf(visser, answer.seq, 'en');
  assert.deepEqual(engine.heard.map(({ from, to }) => `${from}-${to}`), ['spa-eng']);
  assert.deepEqual(await foreseen(visser, thread), { es: 'nobody' });
});

/** What a sender is told of a text before it is sent: { es: 'machine' }, and by whom where it is a person: { es: 'person 7' }. */
async function foreseen(client, thread, fields = { body: 'The house is big.' }, language = 'en') {
  const { languages } = await client.do('preview', { thread, language, ...fields });
  return Object.fromEntries(languages.map(({ language: to, source, by }) => [to, by === undefined ? source : `${source} ${by}`]));
}

test('what an engine lacked is asked again when it gains it, and before sending one is told what it is now', async (t) => {
  const people = { ...englishSchool, rania: { ...englishSchool.rania, speaks: 'es;en', reads: 'es;en' } };
  const { engine, visser, huda, rania, thread, id } = await here(t, ['visser', 'huda', 'rania'],
    { kind: 'libretranslate', lacks: ['eng-spa'], yes: false, people, args: ['--translate-list-s', '0.1'] });
  const needs = async () => ((await visser.do('thread', { thread })).thread.needs ?? []).filter(({ language }) => language === 'es').map(({ seq, reason }) => [seq, reason]);
  assert.deepEqual(await foreseen(visser, thread), { es: 'nobody' });
  await agree(visser, huda, thread);
  const first = await say(visser, thread, 'The house is big.');
  assert.deepEqual(await missedOf(huda, first.seq), [{ language: 'es', state: 'failed', reason: 'pair' }]);
  assert.deepEqual(await needs(), [[first.seq, 'pair']]);
  assert.deepEqual(await foreseen(visser, thread), { es: 'nobody' }, 'a yes is no machine');
  // Somebody who is there to interpret, and not who is there otherwise; nor who interprets and writes it themselves.
  await visser.do('bring', { thread, person: id.rania, reach: 'all' });
  assert.deepEqual(await foreseen(visser, thread), { es: `person ${id.rania}`, en: 'original' });
  assert.deepEqual(await foreseen(rania, thread), { es: 'nobody', en: 'original' });

  // It learns: what waits for a person is done, everybody hears of it, and it is on the list of what waits no more.
  engine.lacks.clear();
  assert.equal((await versionOf(huda, first.seq, 'es')).body, 'La casa es grande.');
  assert.deepEqual((await allOf(visser, thread)).messages.map(({ versions, untranslated }) => [versions.length, untranslated]), [[1, undefined]]);
  assert.deepEqual(await needs(), []);
  assert.deepEqual(await foreseen(visser, thread), { es: 'machine', en: 'original' });
  assert.deepEqual(await foreseen(visser, thread, { body: 'Het huis' }, 'nl'), { es: 'nobody', en: 'nobody' }, 'it has not that pair, and she reads no Dutch');

  // What says the same in every language, files only, and a phrase of the list.
  for (const fields of [{}, { body: '👍 12:30' }]) assert.deepEqual(await foreseen(visser, thread, fields), { es: 'original', en: 'original' });
  const phrase = 'absence.miss_today';
  assert.deepEqual(await foreseen(visser, thread, { phrase, body: 'x' }, 'nl'), { es: 'phrase', en: 'phrase' });
  await huda.do('profile', { language: 'vi' });
  assert.deepEqual(await foreseen(visser, thread, { phrase, body: 'x' }), { vi: 'nobody', en: 'original' }, 'the list has it not');
  const { code, field, reason } = await refusal(visser.do('preview', { thread, phrase: 'nothing.such', language: 'en' }));
  assert.deepEqual([code, field, reason], ['invalid', 'phrase', 'word']);
  await huda.do('profile', { language: 'es' });

  // It loses the pair, and says so by refusing, as LibreTranslate does: with 400 or 500. Learned again, both are done.
  for (const fault of ['400', '500']) {
    engine.fault = () => { engine.lacks.add('eng-spa'); return fault; };
    const lost = [];
    for (let why; why !== 'pair'; ) {
      if (why) await engine.told();
      lost.push((await say(visser, thread, `The door is number ${fault}${lost.length}.`)).seq);
      [{ reason: why }] = await missedOf(huda, lost.at(-1));
    }
    engine.fault = undefined;
    engine.lacks.clear();
    for (const seq of lost) await versionOf(huda, seq, 'es');
  }
  assert.deepEqual(await needs(), []);
});

test('a message of files only is nothing to translate: not asked, never failed, and as it is on every way out', async (t) => {
  const { engine, accounts, visser, huda, thread } = await here(t, ['visser', 'huda'], { args: ['--translate-patience-s', '1'] });
  engine.fault = 'hung';
  // These hold the engine, and those behind the photo come before it: it would have to wait, longer than anybody has patience.
  const late = [];
  for (const body of ['The house is big.', 'The house is small.']) late.push((await say(visser, thread, body)).seq);
  await engine.asked((n) => n >= 2);
  const { body: photo } = await upload(accounts.visser, thread, picture({ width: 64, height: 64 }));
  const { seq } = await visser.do('send', { thread, client_id: uuid(), files: [photo.id] });
  for (const body of ['The house is old.', 'The house is new.']) late.push((await say(visser, thread, body)).seq);
  for (const one of late) assert.deepEqual(await missedOf(huda, one), [{ language: 'es', state: 'failed', reason: 'engine' }], 'so long did it wait');
  engine.fault = undefined;
  const behind = await say(visser, thread, 'The door is green.');
  await versionOf(huda, behind.seq, 'es');
  const shown = (await allOf(huda, thread)).messages[seq - 1];
  assert.deepEqual([shown.body, shown.versions, shown.untranslated, shown.attachments.length], ['', [], undefined, 1]);
  assert.deepEqual((await visser.do('thread', { thread })).thread.needs.map((need) => need.seq), late);
  assert.ok(engine.heard.every(({ text }) => text.trim() !== ''));
  for (const query of ['house', 'casa', 'green']) assert.ok((await huda.do('search', { query })).hits.every((hit) => hit.seq !== seq), query);

  const files = unzip(Buffer.from(await (await accounts.huda.fetch('/api/export')).arrayBuffer()));
  const article = String(files['index.html']).split('<article').find((one) => one.includes(`files/${photo.id}.jpg`));
  assert.ok(article && !article.includes('class="text"') && !article.includes('class="version"'));
  const { messages } = JSON.parse(String(files['data.json'])).conversations.find((one) => one.thread.id === thread);
  assert.deepEqual(messages[seq - 1].message, shown);

  // With words beside it, those are asked for.
  const { body: other } = await upload(accounts.visser, thread, picture({ width: 64, height: 64, type: 'png' }));
  const both = await visser.do('send', { thread, client_id: uuid(), body: 'The door is white.', files: [other.id] });
  await versionOf(huda, both.seq, 'es');
});

test('over https: an engine whose certificate we believe is asked, to any other not a word is said', async (t) => {
  const { authority, good, own, other } = certificates(await temporaryFolder(t));
  const school = await makeSchool(t, englishSchool);
  const start = async (tls, args) => {
    const [first, second] = [await startEngine(t, { tls: tls[0] }), await startEngine(t, { kind: 'libretranslate', tls: tls[1] })];
    const refused = [first, second].map(({ server }) => once(server, 'connection').then(([socket]) => once(socket, 'close')));
    const server = await startServer(t, { ...school, args: [...unhurried, ...first.args, '--translate-2-kind', 'libretranslate', '--translate-2-url', second.url, ...args] });
    const [visser, huda] = await Promise.all(['visser', 'huda'].map(async (name) => (await signIn(server, name)).connect({ name })));
    return { first, second, refused, server, visser, huda, thread: threadOf(visser, 'Samir').id };
  };
  // Of another name, though by our authority; and the right one.
  const one = await start([other, good], ['--translate-ca-file', authority]);
  await agree(one.visser, one.huda, one.thread);
  const { seq } = await say(one.visser, one.thread, 'The house is big.');
  assert.equal((await versionOf(one.huda, seq, 'es')).engine, 'LibreTranslate');
  await one.refused[0];
  assert.deepEqual([one.first.listed, one.first.heard.length, one.second.heard.length], [0, 0, 1]);
  await one.server.stop();

  // Signed by itself; and by an authority that the system does not know.
  const two = await start([own, good], []);
  await say(two.visser, two.thread, 'The door is green.');
  await Promise.all(two.refused);
  await settled(two.visser);
  assert.deepEqual(await foreseen(two.visser, two.thread), { es: 'nobody' });
  for (const engine of [two.first, two.second]) assert.deepEqual([engine.listed, engine.heard.length], [0, 0]);
});

test('one conversation does not keep the others waiting', async (t) => {
  const { engine, visser, huda, oksana, thread } = await here(t, ['visser', 'huda', 'oksana']);
  const other = threadOf(oksana, 'Mykola').id;
  await agree(visser, oksana, other);
  Object.assign(engine, { fault: 'slow', after: 100 });
  for (let i = 0; i < 60; i++) await say(visser, thread, `The house is number ${i}.`);
  await engine.asked((n) => n >= 2);
  const { seq } = await say(visser, other, 'The door is green.');
  await versionOf(oksana, seq, 'es');
  assert.ok(engine.heard.length < 45, `${engine.heard.length} were asked before it`);
  engine.fault = undefined;
  await versionOf(huda, 1, 'es');
});

test('two engines: the first that is well and has the pair', async (t) => {
  const second = await startEngine(t, { kind: 'libretranslate' });
  const { engine, visser, huda, thread } = await here(t, ['visser', 'huda'], { args: ['--translate-2-kind', 'libretranslate', '--translate-2-url', second.url] });
  const first = await say(visser, thread, 'The house is big.');
  assert.equal((await versionOf(huda, first.seq, 'es')).engine, 'Apertium');
  engine.fault = '500';
  for (const body of ['The house is old.', 'The house is new.', 'The house is red.', 'The house is white.']) await say(visser, thread, body);
  for (const seq of [2, 3, 4, 5]) await versionOf(huda, seq, 'es');
  assert.ok(second.heard.length > 0);
});

test('a text that one engine cannot do is given to the other at once, and the others stay with the first', async (t) => {
  const second = await startEngine(t, { kind: 'libretranslate' });
  const { engine, visser, huda, thread } = await here(t, ['visser', 'huda'], { args: ['--translate-2-kind', 'libretranslate', '--translate-2-url', second.url] });
  engine.fault = (text) => text.includes('red') ? '500' : undefined;
  for (const [body, by] of [['The house is big.', 'Apertium'], ['The house is red.', 'LibreTranslate'], ['The house is old.', 'Apertium']]) {
    const { seq } = await say(visser, thread, body);
    assert.equal((await versionOf(huda, seq, 'es')).engine, by, body);
  }
  assert.deepEqual([engine, second].map(({ heard }) => heard.filter(({ text }) => text.includes('red')).length), [1, 1]);
});

test('an engine that tells what it can do and fails at every text is left alone all the same', async (t) => {
  const { engine, server, visser, huda, thread } = await here(t, ['visser', 'huda'], { args: ['--translate-wait-s', '60'] });
  engine.fault = '500';
  for (const body of ['The house is big.', 'The house is red.']) {
    const told = engine.told();
    await say(visser, thread, body);
    await told;
  }
  await say(visser, thread, 'The house is old.');
  await server.wrote(/Apertium is left alone for a while/);
  await say(visser, thread, 'The house is new.');
  await settled(visser);
  assert.equal(engine.heard.length, 3);
});

test('an address that a text may not go to does not start', async (t) => {
  const school = await makeSchool(t);
  for (const [args, why] of [[['--translate-kind', 'oracle', '--translate-url', 'http://127.0.0.1:1'], /neither libretranslate nor apertium/],
    [['--translate-kind', 'apertium', '--translate-url', 'ftp://127.0.0.1/'], /no address that a text may go to/],
    [['--translate-kind', 'apertium', '--translate-url', 'http://user:word@127.0.0.1/'], /no address that a text may go to/],
    [['--translate-kind', 'apertium', '--translate-url', 'http://127.0.0.1:1', '--translate-pairs', 'nl'], /translate_pairs is no list/],
    [['--translate-kind', 'apertium', '--translate-url', 'http://127.0.0.1:1', '--translate-key-file', '/nowhere'], /cannot read the translation engine's key/],
    [['--translate-kind', 'apertium', '--translate-url', 'https://127.0.0.1:1', '--translate-ca-file', '/nowhere'], /cannot read the certificates/]]) {
    await assert.rejects(startServer(null, { ...school, args }), why);
  }
});

test('a parent who writes Arabic or Tigrinya about the police or money is told that a person looks first, and lets it go if she likes', async (t) => {
  const engine = await startEngine(t, { kind: 'libretranslate' });
  const dutch = { 'ذهبنا للشرطة أمس.': 'Wij gingen gisteren naar de politie.', 'ابني مريض اليوم.': 'Mijn zoon is vandaag ziek.', 'ገንዘብ የብልናን።': 'Wij hebben geen geld.', 'ጽባሕ ክንመጽእ ኢና።': 'Wij komen morgen.' };
  for (const pair of ['ar-nl', 'ti-nl']) engine.gives.set(pair, (text) => dutch[text]);
  const school = await makeSchool(t);
  const server = await startServer(t, { ...school, args: [...unhurried, ...engine.args] });
  const connect = async (name) => (await signIn(server, name)).connect({ name });
  const families = [
    { mentor: 'visser', family: 'huda', pupil: 'Samir', language: 'ar', about: 'ذهبنا للشرطة أمس.', everyDay: 'ابني مريض اليوم.' },
    { mentor: 'bakker', family: 'abrehet', pupil: 'ሄለን', language: 'ti', about: 'ገንዘብ የብልናን።', everyDay: 'ጽባሕ ክንመጽእ ኢና።' },
  ];
  for (const { mentor, family, pupil, language, about, everyDay } of families) {
    const [staff, parent] = [await connect(mentor), await connect(family)];
    const thread = threadOf(parent, pupil).id;
    await agree(staff, parent, thread);
    const plain = await say(parent, thread, everyDay, { language });
    assert.equal((await versionOf(staff, plain.seq, 'nl')).body, dutch[everyDay]);

    const { seq } = await say(parent, thread, about, { language });
    assert.deepEqual((await staff.event('message', ({ message }) => message.seq === seq)).message.body, about, 'the original waits for nothing');
    // She is told, as the mentor is, by words of the protocol that her own language says (message.held).
    assert.deepEqual(await missedOf(parent, seq), [{ language: 'nl', state: 'held', reason: 'sensitive' }]);
    assert.deepEqual((await staff.do('thread', { thread })).thread.needs.map(({ seq, state }) => [seq, state]), [[seq, 'held']]);
    assert.deepEqual((await parent.do('held', { thread, seq })).versions.map(({ language, body }) => [language, body]), [['nl', dutch[about]]]);
    assert.equal((await refusal(staff.do('let_go', { thread, seq }))).reason, 'not_sender');
    assert.ok((await parent.do('let_go', { thread, seq })).message.unchecked > 0);
    const version = await versionOf(staff, seq, 'nl');
    assert.deepEqual([version.body, version.origin, version.checked_by], [dutch[about], 'machine', undefined]);
    assert.deepEqual((await staff.do('thread', { thread })).thread.needs, []);
  }
});
