// scenario/lib/engine.mjs: real machine translation behind a door that can be made to fail.
//
//   const engine = await startEngine(t);                    // engine.url; args for the server: engine.args
//   const engine = await startEngine(t, { kind: 'libretranslate' });
//   engine.fault = 'hung';                                  // from now on, for every translation; undefined: none
//   await engine.asked((n) => n >= 3);                      // when so many translations were asked for
//   engine.heard                                            // { text, from, to, key } of each
//   engine.gives.set('ar-nl', (text) => text);              // a pair that Debian's engines have not, and what comes of it
//   engine.lacks.add('eng-spa');                            // a pair that it has not: it is not on its list, and refused
//   startEngine(t, { tls: certificate })                    // over https: { key, cert }, of certificates()
//
// Debian's apertium-apy does the work, in a network namespace of its own that reaches nothing, on a socket of the file system; where this user may not make
// namespaces it runs without one (engine.alone says which). In front of it stands this process, which speaks either engine's contract on the loopback.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { dirname, join, resolve } from 'node:path';
import { after } from 'node:test';
import { pause, slow, temporaryFolder, within } from './server.mjs';

const wrapper = resolve(import.meta.dirname, 'apertium.py');

const ends = async (command, args) => {
  const child = spawn(command, args, { stdio: 'ignore' });
  return new Promise((done) => {
    child.on('error', () => done(1));
    child.on('exit', (code) => done(code ?? 1));
  });
};

let alone; // ['unshare', ...] where that is allowed, or []
async function inItsOwnNetwork() {
  for (const command of [['unshare', '-n', '--'], ['unshare', '-rn', '--']]) {
    if (alone) break;
    if (await ends(command[0], [...command.slice(1), 'true']) === 0) alone = command;
  }
  return alone ??= [];
}

/** apertium-apy on a socket of the file system, one for all tests of a file: { socket, alone }. */
let apertium;
after(async () => {
  const { socket, child } = await apertium?.catch(() => ({})) ?? {};
  child?.kill('SIGKILL');
  if (socket) await rm(dirname(socket), { recursive: true, force: true });
});

async function startApertium() {
  const socket = join(await temporaryFolder(), 'apertium');
  const before = await inItsOwnNetwork();
  const tether = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL', '--'] : [];
  const [command, ...args] = [...before, ...tether, '/usr/bin/python3', wrapper, socket, '/usr/share/apertium', '-j1'];
  const child = spawn(command, args, { env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { said = (said + text).slice(-4000); });
  const gone = once(child, 'exit').then(() => { throw new Error(`apertium-apy ended.\n${said}`); });
  gone.catch(() => {});
  const up = async () => {
    while (!existsSync(socket)) await pause(20);
    while (!await ask(socket, '/listPairs').then(({ status }) => status === 200, () => false)) await pause(50);
  };
  await within(Promise.race([up(), gone]), 60_000, () => `apertium-apy did not start.\n${said}`);
  return { socket, child, alone: before.length > 0 };
}

const ask = (socketPath, path) => new Promise((done, fail) => {
  request({ socketPath, path, headers: { host: 'apertium' } }, async (response) => {
    let body = '';
    for await (const piece of response.setEncoding('utf8')) body += piece;
    done({ status: response.statusCode, body });
  }).on('error', fail).end();
});

const read = async (incoming) => {
  let body = '';
  for await (const piece of incoming.setEncoding('utf8')) body += piece;
  return body;
};

/** What goes wrong, by name: (response, answer, told) where answer(text) says a translation in the engine's own words. */
const FAULTS = {
  hung: () => {},
  slow: async (response, { right, after }) => { await pause(after); await right(); },
  500: (response) => response.writeHead(500, { 'content-type': 'application/json' }).end('{"error":"it fails"}'),
  503: (response) => response.writeHead(503, { 'retry-after': '1' }).end(),
  429: (response) => response.writeHead(429, { 'retry-after': '1' }).end('{"error":"slow down"}'),
  403: (response) => response.writeHead(403).end('{"error":"Invalid API key"}'),
  400: (response) => response.writeHead(400).end('{"error":"bad"}'),
  nothing: (response) => response.writeHead(200).end(),
  garbage: (response) => response.writeHead(200).end('{"translatedText": '),
  cut: (response) => { response.writeHead(200, { 'content-length': '5000' }).write('{"translatedText": "La esc'); response.socket.destroySoon(); },
  huge: (response) => response.writeHead(200).end(`{"translatedText": "${'a'.repeat(4 << 20)}"}`),
  elsewhere: (response, { elsewhere }) => response.writeHead(302, { location: elsewhere }).end(),
  empty: (response, { answer }) => answer(''),
  echo: (response, { answer, text }) => answer(text),
  script: (response, { answer }) => answer('Школа завтра закрыта, принесите ваш пропуск.'),
  long: (response, { answer }) => answer(`3 ${'La escuela está cerrada. '.repeat(60)}`),
  number: async (response, { answer, translate }) => answer((await translate()).replace(/\d+/g, 'mucho')),
};

class Engine {
  constructor(kind, socket, own, tls) {
    Object.assign(this, { kind, socket, alone: own, heard: [], listed: 0, visited: 0, fault: undefined, after: 300, looking: new Set(), lacks: new Set(), gives: new Map(), secure: tls !== undefined });
    const serve = (incoming, response) => this.#serve(incoming, response).catch(() => response.destroy());
    this.server = tls ? createSecureServer(tls, serve) : createServer(serve);
  }

  get url() { return `${this.secure ? 'https' : 'http'}://127.0.0.1:${this.server.address().port}`; }

  /** What the server is started with. */
  get args() { return ['--translate-kind', this.kind, '--translate-url', this.url, '--translate-timeout-s', String(1 * slow), '--translate-wait-s', '0.1']; }

  /** Waits until the translations asked for fit: n, how many there were. */
  asked(fits) {
    if (fits(this.heard.length)) return Promise.resolve();
    return within(new Promise((done) => this.looking.add({ fits, done })), 20_000, () => `The engine heard only: ${JSON.stringify(this.heard)}`);
  }

  /** Waits until it has told once more which pairs it has. */
  told() { return within(once(this.server, 'told'), 20_000, 'Nobody asks the engine what it has.'); }

  async #serve(incoming, response) {
    const url = new URL(incoming.url, this.url);
    const body = await read(incoming);
    if (url.pathname === '/elsewhere') this.visited++;
    if (url.pathname === (this.kind === 'apertium' ? '/listPairs' : '/languages')) return this.#list(response);
    const said = this.kind === 'apertium' ? this.#ofQuery(url) : JSON.parse(body);
    if (url.pathname !== '/translate' || incoming.method !== (this.kind === 'apertium' ? 'GET' : 'POST')) return response.writeHead(404).end();
    const { q: text, source: from, target: to, format, api_key: key } = said;
    const fault = typeof this.fault === 'function' ? this.fault(text, this.heard.length) : this.fault;
    this.heard.push({ text, from, to, key, format });
    for (const look of this.looking) {
      if (!look.fits(this.heard.length)) continue;
      this.looking.delete(look);
      look.done();
    }
    const answer = (translated) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(
      this.kind === 'apertium' ? { responseData: { translatedText: translated }, responseDetails: null, responseStatus: 200 } : { translatedText: translated }));
    const translate = async () => {
      if (this.gives.has(`${from}-${to}`)) return this.gives.get(`${from}-${to}`)(text);
      const query = new URLSearchParams({ langpair: `${from}|${to}`, q: text, markUnknown: 'no', format: 'txt' });
      const { status, body: found } = await ask(this.socket, `/translate?${query}`);
      if (status !== 200) throw Object.assign(new Error('It has not the pair.'), { status, found });
      return JSON.parse(found).responseData.translatedText;
    };
    const right = () => translate().then(answer, ({ status, found }) => response.writeHead(status ?? 500).end(found));
    if (fault === undefined && this.lacks.has(`${from}-${to}`)) return FAULTS[400](response);
    return fault === undefined ? right() : FAULTS[fault](response, { answer, text, translate, right, after: this.after, elsewhere: `${this.url}/elsewhere` });
  }

  async #list(response) {
    this.listed++;
    response.on('finish', () => this.server.emit('told'));
    if (FAULTS[this.listFault]) return FAULTS[this.listFault](response, { elsewhere: `${this.url}/elsewhere` });
    const { body } = await ask(this.socket, '/listPairs');
    const given = [...this.gives.keys()].map((pair) => pair.split('-')).map(([sourceLanguage, targetLanguage]) => ({ sourceLanguage, targetLanguage }));
    const pairs = [...JSON.parse(body).responseData, ...given].filter(({ sourceLanguage: from, targetLanguage: to }) => !this.lacks.has(`${from}-${to}`));
    if (this.kind === 'apertium') return response.writeHead(200).end(JSON.stringify({ ...JSON.parse(body), responseData: pairs }));
    const targets = {};
    for (const { sourceLanguage, targetLanguage } of pairs) (targets[sourceLanguage] ??= []).push(targetLanguage);
    return response.writeHead(200).end(JSON.stringify(Object.entries(targets).map(([code, to]) => ({ code, name: code, targets: to }))));
  }

  #ofQuery(url) {
    const [source, target] = (url.searchParams.get('langpair') ?? '').split('|');
    return { q: url.searchParams.get('q'), source, target, format: url.searchParams.get('format'), api_key: url.searchParams.get('key') ?? undefined };
  }
}

/** A real engine that speaks as `kind` (apertium, libretranslate). */
export async function startEngine(t, { kind = 'apertium', tls } = {}) {
  const { socket, alone: own } = await (apertium ??= startApertium());
  const engine = new Engine(kind, socket, own, tls);
  engine.server.listen(0, '127.0.0.1');
  await once(engine.server, 'listening');
  t.after(() => {
    engine.server.closeAllConnections();
    engine.server.close();
  });
  return engine;
}

/** An authority of one's own, as a file, and certificates { key, cert }: by it for this machine, by it for another name, and signed by itself. */
export function certificates(folder) {
  const path = (name) => join(folder, name);
  const make = (name, subject, more) => {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${subject}`,
      '-keyout', path(`${name}.key`), '-out', path(`${name}.pem`), ...more], { stdio: 'ignore' });
    return { key: readFileSync(path(`${name}.key`)), cert: readFileSync(path(`${name}.pem`)) };
  };
  make('authority', 'De Proef', []);
  const by = ['-CA', path('authority.pem'), '-CAkey', path('authority.key')], here = ['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  return { authority: path('authority.pem'), good: make('good', 'engine', [...by, ...here]), own: make('own', 'engine', here),
    other: make('other', 'elsewhere', [...by, '-addext', 'subjectAltName=DNS:engine.example']) };
}

/** The people of a school where one writes English and a family reads Spanish, and another French. */
export const englishSchool = {
  visser: { role: 'mentor', given: 'Marjan', family: 'Visser', called: 'mw. Visser', mentor: ['2B'], language: 'en', speaks: 'nl;en', reads: 'en' },
  rania: { role: 'coach', given: 'Rania', family: 'Haddad', language: 'en', speaks: 'fr;en', reads: 'en' },
  admin: { role: 'administrator', given: 'Dick', family: 'Huisman', username: 'huisman', language: 'nl', speaks: 'nl', reads: 'nl' },
  samir: { role: 'pupil', given: 'Samir', family: 'Vega', class: '2B' },
  mykola: { role: 'pupil', given: 'Mykola', family: 'Diop', class: '2B' },
  huda: { role: 'parent', relation: 'mother', given: 'Lucia', family: 'Vega', of: ['samir'], language: 'es', speaks: 'es', reads: 'es', script: 'Latn' },
  oksana: { role: 'parent', relation: 'mother', given: 'Awa', family: 'Diop', of: ['mykola'], language: 'es', speaks: 'es;fr', reads: 'es', script: 'Latn' },
};

/** The family says yes to a machine. */
export async function agree(asker, family, thread) {
  const { consent } = await asker.do('consent_ask', { thread, kind: 'machine' });
  await family.do('consent_answer', { thread, consent: consent.id, says: 'yes', language: 'es', words: '0123456789abcdef' });
  return consent.id;
}

/** The next version in this language of a message that a client hears of. */
export const versionOf = (client, seq, language, ms = 20_000) => client.event('message', ({ message }) => message.seq === seq &&
  message.versions.some((version) => version.language === language), ms).then(({ message }) => message.versions.findLast((version) => version.language === language));

/** What could not be done with a message, once a client hears of it. */
export const missedOf = (client, seq, ms = 20_000) => client.event('message', ({ message }) => message.seq === seq && message.untranslated?.length > 0, ms)
  .then(({ message }) => message.untranslated);
