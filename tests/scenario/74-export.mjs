// A family's own data: all of it, as they see it, and nothing of others; as a page that cannot do anything, and as JSON.
import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { signIn, uuid } from './lib/client.mjs';
import { allOf, room, say, threadOf, unhurried } from './lib/room.mjs';
import { makeSchool, people, writeRoster } from './lib/school.mjs';
import { ouderbrug, startServer, temporaryFolder } from './lib/server.mjs';
import { unzip } from './lib/zip.mjs';

// What people write, and what those write who try things.
const hostile = [
  '<script>alert(1)</script>', '</p></article><h1>x', '"><img src=x onerror=alert(1)>', "'; DROP TABLE message; --", '&lt;b&gt; & &amp; &#60;', '{{7*7}} ${7*7}',
  '<!-- -->', '<![CDATA[x]]>', 'javascript:alert(1)', '<svg/onload=alert(1)>', '\u202bمرحبا\u202c <b>', 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢', '👩‍👩‍👧‍👦 🇸🇾', 'a\n\n\tb', "l'école \\ / `", '=HYPERLINK("http://x")', '\\u003cscript\\u003e',
];

const entities = (text) => text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));

/** All bodies on the page, in their order: those that were written, with their versions. */
const bodies = (html) => [...html.matchAll(/<p class="text" lang="([^"]*)" dir="(ltr|rtl)">([^<]*)<\/p>/g)].map(([, language, direction, text]) => ({ language, direction, body: entities(text) }));

async function take(account) {
  const response = await account.fetch('/api/export');
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'application/zip');
  assert.match(response.headers.get('content-disposition'), /^attachment; filename="ouderbrug\.zip"$/);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const files = unzip(Buffer.from(await response.arrayBuffer()));
  assert.deepEqual(Object.keys(files).sort(), ['data.json', 'index.html']);
  return { html: String(files['index.html']), data: JSON.parse(String(files['data.json'])) };
}

/** Samir's family talks, with everything that a message can have; and so do others. */
async function talk(t) {
  const here = await room(t, ['visser', 'huda', 'karim', 'oksana', 'rania']);
  const { thread, visser, huda, karim, oksana, rania } = here;
  for (const text of hostile) await say(visser, thread, text);
  const { seq } = await say(visser, thread, 'Morgen om negen uur op school.');
  await visser.do('version', { thread, seq, language: 'ar', body: 'غداً الساعة التاسعة في المدرسة.' });
  await huda.do('answer', { thread, seq, answer: 'not_understood' });
  await karim.do('answer', { thread, seq, answer: 'call_me' });
  await say(huda, thread, 'شكراً <b>جزيلاً</b>', { language: 'ar' });
  const secret = await say(huda, thread, 'dit-neem-ik-terug');
  await huda.do('withdraw', { thread, seq: secret.seq });
  await visser.do('bring', { thread, person: rania.welcome.me.id, reach: 'all', why: 'vertelt <i>mee</i>' });
  const { consent } = await visser.do('consent_ask', { thread, kind: 'machine', why: 'zodat <b>iedereen</b> het leest' });
  await huda.do('consent_answer', { thread, consent: consent.id, says: 'yes', language: 'ar' });
  await visser.do('note', { thread, client_id: uuid(), level: 'staff', body: 'aantekening-van-school', language: 'nl' });
  await say(huda, threadOf(huda, 'Amal').id, 'over-amal');
  await say(oksana, threadOf(oksana, 'Микола').id, 'over-mykola');
  await huda.do('read', { thread, seq });
  return { ...here, seq };
}

test('the JSON is what the protocol shows, all of it, and nothing of others', async (t) => {
  const { thread, huda, accounts } = await talk(t);
  const { threads } = await huda.do('threads');
  // What is shown goes on record too, so it is looked at first.
  for (const { id } of threads) await allOf(huda, id);
  const read = Object.fromEntries(await Promise.all(threads.map(async ({ id }) => [id, (await huda.do('readers', { thread: id })).readers])));
  const { data } = await take(accounts.huda);
  assert.equal(data.format, 'ouderbrug-export-1');
  assert.deepEqual(data.me, huda.welcome.me);
  assert.deepEqual(data.school, huda.welcome.school);
  assert.deepEqual(data.conversations.map((c) => c.thread), threads);
  assert.deepEqual(data.sessions.map(({ kind, how, ended }) => [kind, how, ended]), [['computer', 'link', undefined]]);
  for (const { thread: { id }, consents, readers, messages } of data.conversations) {
    const shown = await allOf(huda, id);
    assert.deepEqual(messages.map(({ message }) => message), shown.messages);
    assert.deepEqual(readers, read[id]);
    assert.deepEqual(consents, (await huda.do('consents', { thread: id })).consents);
    assert.deepEqual(messages.flatMap(({ answer }) => answer ?? []), shown.replies);
  }
  const text = JSON.stringify(data);
  for (const none of ['over-mykola', 'dit-neem-ik-terug', 'Оксана', 'call_me', 'aantekening-van-school']) assert.equal(text.includes(none), false, none);
  // Others' reading marks, and the languages others read in, are shown to no family.
  const others = data.conversations.find((c) => c.thread.id === thread).thread.members.filter(({ person }) => person.id !== data.me.id);
  assert.ok(others.length >= 3);
  for (const { read, person } of others) assert.deepEqual([read, person.reads, person.language], [undefined, undefined, undefined]);
});

test('the page holds every text as text, reads in their language and direction, and can do nothing', async (t) => {
  const { accounts } = await talk(t);
  const { html, data } = await take(accounts.huda);
  assert.match(html, /^<!doctype html>\n<html lang="ar" dir="rtl">/);
  const said = data.conversations.flatMap(({ messages }) => messages.flatMap(({ message }) =>
    [...(message.body === undefined ? [] : [message]), ...message.versions].map(({ language, direction, body }) => ({ language, direction, body }))));
  assert.deepEqual(bodies(html), said);
  for (const text of hostile) assert.ok(said.some(({ body }) => body === text.normalize('NFC')) || text.includes('\u202b'), text);
  assert.match(html, /Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/);
  // What stands between < and > is ours alone, and asks for nothing from anywhere.
  const tags = [...new Set([...html.matchAll(/<([a-z0-9]+)/g)].map(([, name]) => name))].sort();
  assert.deepEqual(tags, ['article', 'b', 'bdi', 'body', 'dd', 'div', 'dl', 'dt', 'h1', 'h2', 'h3', 'head', 'header', 'html', 'li', 'meta', 'p', 'span', 'style', 'time', 'title', 'ul']);
  for (const [tag] of html.matchAll(/<[a-z][^>]*>/g)) assert.doesNotMatch(tag, /\s(src|href|on\w+|style)=/);
  assert.match(html, /prefers-color-scheme:dark/);
  for (const none of ['over-mykola', 'dit-neem-ik-terug', 'aantekening-van-school', '{name}', 'consent.', 'export.', 'undefined', '(null)']) assert.equal(html.includes(none), false, none);
  assert.ok(html.includes('بياناتكم'));
  assert.ok(html.includes('zodat &#60;b&#62;iedereen&#60;/b&#62; het leest'));
  const dutch = await take(await signIn(accounts.huda.server, 'nidos'));
  assert.match(dutch.html, /^<!doctype html>\n<html lang="nl" dir="ltr">/);
});

test('the page says of each version where its words come from, and who looked at a machine\'s, as the app does', async (t) => {
  const school = await makeSchool(t), file = join(school.folder, 'demo.json');
  await writeFile(file, JSON.stringify({ conversations: [{ pupil: 'samir', messages: [
    { by: 'visser', days_ago: 1, at: '09:00', language: 'nl', body: 'Tot morgen!', versions: [{ language: 'ar', origin: 'machine', body: 'إلى الغد!' }] },
    { by: 'visser', days_ago: 1, at: '09:10', language: 'nl', body: 'Dag!', versions: [{ language: 'ar', origin: 'machine', body: 'وداعا!' }] },
  ] }] }));
  await ouderbrug(['demo', file, '--data', school.data]);
  const server = await startServer(t, { ...school, args: unhurried });
  const [visser, huda, rania] = await Promise.all(['visser', 'huda', 'rania'].map(async (name) => (await signIn(server, name)).connect({ name })));
  const { id: thread } = threadOf(visser, 'Samir');
  const { consent } = await visser.do('bring', { thread, person: rania.welcome.me.id, reach: 'all' });
  if (consent) await huda.do('consent_answer', { thread, consent: consent.id, says: 'yes', language: 'ar' });
  await rania.do('check_version', { thread, seq: 1, n: 1 });
  const { seq } = await say(visser, thread, 'Gym is om tien uur');
  await rania.do('version', { thread, seq, language: 'ar', body: 'الرياضة في العاشرة' });
  await visser.do('phrase', { thread, client_id: uuid(), phrase: 'closed.tomorrow' });
  const { html } = await take(await signIn(server, 'huda'));
  const { messages: words } = JSON.parse(await readFile(new URL('../../locales/ar.json', import.meta.url), 'utf8'));
  const with_ = (key, part, value) => words[key].replace(part, `<bdi>${value}</bdi>`);
  assert.deepEqual([...html.matchAll(/<div class="version"><span class="dim">(.*?) · /g)].map(([, origin]) => entities(origin)), [
    with_('origin.checkedBy', '{role}', words['role.coach']), words['origin.machine'], with_('origin.personBy', '{name}', rania.welcome.me.name), words['origin.phraseUnread'],
  ]);
});

test('who is a pupil’s guardian no more gets nothing of them', async (t) => {
  const { school, accounts } = await talk(t);
  await ouderbrug(['import', '--data', school.data, await writeRoster(join(school.folder, 'next'), { ...people, huda: { ...people.huda, of: ['amal'] } })]);
  const { html, data } = await take(accounts.huda);
  assert.deepEqual(data.conversations.map((c) => c.thread.pupil.given), ['Amal']);
  assert.doesNotMatch(html, /Samir|negen uur/);
});

test('a stranger gets nothing, nor does the school side, nor whose session has ended; and it is on record', async (t) => {
  const { school, server, accounts } = await talk(t);
  for (const cookie of ['', 'ouderbrug=', `ouderbrug=${'A'.repeat(43)}`, accounts.huda.cookie.slice(0, -2)]) {
    const response = await fetch(`${server.url}/api/export`, { headers: { cookie } });
    assert.equal(response.status, 401, cookie);
    assert.equal((await response.json()).code, 'signed_out');
  }
  const staff = await accounts.visser.fetch('/api/export');
  assert.deepEqual([staff.status, (await staff.json()).reason], [403, 'role']);
  assert.equal((await accounts.huda.fetch('/api/export', { method: 'POST', body: '' })).status, 405);
  await take(accounts.huda);
  const head = await accounts.huda.fetch('/api/export', { method: 'HEAD' });
  assert.equal(head.status, 200);
  const { stdout } = await ouderbrug(['audit', 'list', '--data', school.data]);
  assert.equal(stdout.split('\n').filter((line) => line.split('\t')[3] === 'export').length, 2);
  await accounts.huda.fetch('/api/session', { method: 'DELETE' });
  assert.equal((await accounts.huda.fetch('/api/export')).status, 401);
});

test('many at once are told to wait, and who goes away in the middle leaves nothing behind', async (t) => {
  const { server, accounts, huda } = await talk(t);
  const all = await Promise.all(Array.from({ length: 12 }, async () => (await accounts.huda.fetch('/api/export')).status));
  assert.ok(all.includes(200) && all.includes(429), String(all));
  assert.deepEqual([...new Set(all)].sort(), [200, 429]);
  const gone = new AbortController();
  const half = accounts.huda.fetch('/api/export', { signal: gone.signal }).catch(() => null);
  gone.abort();
  await half;
  await huda.do('threads');
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
});

test('the command line writes the same, into a new file that is the school’s alone, for a family only', async (t) => {
  const { school, accounts } = await talk(t);
  const folder = await temporaryFolder(t), file = join(folder, 'huda.zip');
  await ouderbrug(['export', '--data', school.data, 'huda', file]);
  assert.equal((await stat(file)).mode & 0o077, 0);
  const data = JSON.parse(String(unzip(await readFile(file))['data.json'])), { data: shown } = await take(accounts.huda);
  assert.deepEqual({ ...data, made: 0 }, { ...shown, made: 0 });
  for (const args of [['huda', file], ['nobody', join(folder, 'a.zip')], ['visser', join(folder, 'b.zip')]]) {
    const { code, stderr } = await ouderbrug(['export', '--data', school.data, ...args], { fails: true });
    assert.equal(code, 1);
    assert.match(stderr, /^ouderbrug export: ./);
  }
  await assert.rejects(stat(join(folder, 'b.zip')), { code: 'ENOENT' });
  assert.equal((await ouderbrug(['export', '--data', school.data, 'huda'], { fails: true })).code, 2);
});

test('a link on a page of another site takes nothing along', async (t) => {
  const { accounts } = await room(t, ['huda']);
  const from = async (site) => {
    const response = await accounts.huda.fetch('/api/export', { headers: { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'navigate' } });
    return [response.status, response.status === 200 ? (await response.arrayBuffer()).byteLength > 0 : (await response.json()).reason];
  };
  assert.deepEqual(await from('cross-site'), [403, 'origin']);
  assert.deepEqual(await from('same-site'), [403, 'origin']);
  assert.deepEqual(await from('same-origin'), [200, true]);
});
