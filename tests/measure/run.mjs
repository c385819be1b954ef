// measure/run.mjs: makes a school for each case, starts the server and the client on a core each, and prints the figures.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createEngine } from 'node:http';
import { createServer } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs, promisify } from 'node:util';
import { writeCorpus } from './corpus.mjs';

const top = resolve(import.meta.dirname, '../..');
const { values: options, positionals: chosen } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: 'boolean' }, times: { type: 'string', default: '1' }, seconds: { type: 'string', default: '5' },
    bin: { type: 'string', default: join(top, '.build/release/bridge/ouderbrug') },
    load: { type: 'string', default: join(top, '.build/release/tests/measure/load') },
    keep: { type: 'boolean' }, messages: { type: 'string', default: '1000000' },
    plain: { type: 'string', default: join(top, '.build/release/tests/measure/ouderbrug_plain') },
  },
});
process.env.OUDERBRUG_BIN = options.bin;
const { writeRoster } = await import('../scenario/lib/school.mjs');
const { ouderbrug } = await import('../scenario/lib/server.mjs');
const { signInWith } = await import('../scenario/lib/client.mjs');

// The school's loop and its writer share a core: what they do to each other belongs to the figure.
const [serverCore, clientCore] = availableParallelism() > 1 ? [0, 1] : [0, 0];
const seconds = Number(options.seconds);
const MESSAGES_A_THREAD = 200;
const HUNG_TURNS = 9;
const FAMILY = 3; // a mentor and two parents
const run = promisify(execFile);
let folder;

// ---- a school for the case

const guardian = (i, of, language = 'nl') => ({ role: 'parent', relation: 'other', given: `Ouder ${i}`, family: 'Drukte', of, language, speaks: language, reads: language });

/** One pupil in whose conversation k people are: the mentor and k - 1 guardians. And a crowd, two guardians a pupil. */
function makePeople(k, crowd, language) {
  const people = {
    mentor: { role: 'mentor', given: 'Mia', family: 'Drukte', mentor: ['room'], language: 'nl', speaks: 'nl', reads: 'nl' },
    'crowd-mentor': { role: 'mentor', given: 'Moos', family: 'Drukte', mentor: ['crowd'], language: 'nl', speaks: 'nl', reads: 'nl' },
    pupil: { role: 'pupil', given: 'Kind', family: 'Drukte', class: 'room' },
  };
  const room = ['mentor'];
  for (let i = 1; i < k; i++) {
    people[`room-${i}`] = guardian(i, ['pupil'], language);
    room.push(`room-${i}`);
  }
  const outside = [];
  for (let i = 0; i < crowd; i++) {
    const pupil = `pupil-${i >> 1}`;
    people[pupil] ??= { role: 'pupil', given: `Kind ${i >> 1}`, family: 'Drukte', class: 'crowd' };
    people[`crowd-${i}`] = guardian(i, [pupil]);
    outside.push(`crowd-${i}`);
  }
  return { people, room, crowd: outside };
}

async function importSchool(k, crowd = 0, language = 'nl') {
  const school = makePeople(k, crowd, language);
  const roster = await writeRoster(join(folder, 'roster'), school.people);
  const data = join(folder, 'data');
  const start = performance.now();
  await ouderbrug(['import', roster, '--data', data]);
  return { ...school, data, imported: (performance.now() - start) / 1000 };
}

// ---- servers

async function start(command, args, name) {
  const child = spawn('taskset', ['-c', String(serverCore), command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const ready = new Promise((done, fail) => {
    child.stdout.on('data', (text) => {
      output += text;
      const port = /listening on \S+?:(\d+)/.exec(output)?.[1];
      if (port) done(Number(port));
    });
    child.stderr.on('data', (text) => { output += text; });
    child.on('exit', (code) => fail(new Error(`${name} ended with ${code}\n${output}`)));
    child.on('error', fail);
  });
  const port = await ready;
  ready.catch(() => {});
  return {
    port, pid: child.pid, url: `http://127.0.0.1:${port}`,
    stop: async () => { child.kill('SIGTERM'); await once(child, 'exit'); },
  };
}

const serve = (school, args = [], bin = options.bin) => start(bin,
  ['serve', '--data', school.data, '--port', '0', '--web', '', '--rate-burst', '100000', '--rate-per-second', '100000', ...args], 'The server');

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

// ---- who is there

/** Signs everyone in through a link, and writes their cookies where the client reads them. */
async function signInAll(server, school, people, name) {
  const { stdout } = await ouderbrug(['link', '--data', school.data, ...people]);
  const cookies = [];
  for (const [, secret] of stdout.matchAll(/\/in#(\S+)/g)) cookies.push((await signInWith(server, secret)).cookie);
  const path = join(folder, name);
  await writeFile(path, cookies.join('\n') + '\n');
  return path;
}

/** The same for thousands, past the limit on signing in: straight into the database, before the server starts. */
async function sessionsFor(school, people, name) {
  const { stdout } = await run(options.load, ['tokens', '--count', String(people.length)], { maxBuffer: 64 << 20 });
  const tokens = stdout.trim().split('\n').map((line) => line.split(' '));
  const db = new DatabaseSync(join(school.data, 'school.db'));
  const find = db.prepare('SELECT id FROM person WHERE sourced_id = ?');
  const add = db.prepare('INSERT INTO session (hash, person, made_ms, until_ms) VALUES (?, ?, ?, ?)');
  db.exec('BEGIN');
  people.forEach((person, i) => add.run(Buffer.from(tokens[i][1], 'hex'), find.get(person).id, Date.now(), Date.now() + 86400_000));
  db.exec('COMMIT');
  db.close();
  const path = join(folder, name);
  await writeFile(path, tokens.map(([cookie]) => cookie).join('\n') + '\n');
  return path;
}

const everyone = async (name, cookie, n) => {
  const path = join(folder, name);
  await writeFile(path, `${cookie}\n`.repeat(n));
  return path;
};

// ---- the client, and its figures

const figures = new Map(); // name: { values, unit }

function note(name, value, unit) {
  if (!figures.has(name)) figures.set(name, { values: [], unit });
  figures.get(name).values.push(Number(value));
}

const client = (server, args) => run('taskset', ['-c', String(clientCore), options.load, ...args.map(String),
  ...(server ? ['--port', String(server.port), '--pid', String(server.pid)] : [])], { timeout: 300_000 });

async function figuresOf(server, args) {
  const { stdout } = await client(server, args);
  return Object.fromEntries(stdout.trim().split('\n').map((line) => line.split(' ')).map(([figure, value]) => [figure, Number(value)]));
}

async function measure(name, server, args) {
  const { stdout } = await client(server, args);
  for (const line of stdout.trim().split('\n')) {
    const [figure, value, ...unit] = line.split(' ');
    note(`${name}_${figure}`, value, unit.join(' '));
  }
}

// ---- cases

async function room(name, k, args, bin = options.bin) {
  const school = await importSchool(k);
  const server = await serve(school, [], bin);
  try {
    await measure(name, server, ['room', '--cookies', await signInAll(server, school, school.room, 'cookies'), '--seconds', seconds, ...args]);
  } finally {
    await server.stop();
  }
}

async function peer(name, k, args, group) {
  const data = join(folder, 'peer');
  await mkdir(data);
  const server = await start(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'peer.mjs'), data,
    String(await freePort()), ...(group ? ['group'] : [])], 'The peer');
  try {
    await measure(name, server, ['room', '--cookies', await everyone('cookies', 'room', k), '--seconds', seconds, ...args]);
  } finally {
    await server.stop();
  }
}

async function idle() {
  const school = await importSchool(FAMILY, 10_000);
  note('idle_import', school.imported, 's');
  const crowd = await sessionsFor(school, school.crowd, 'crowd');
  const server = await serve(school);
  try {
    await measure('idle', server, ['idle', '--cookies', await signInAll(server, school, school.room, 'cookies'), '--crowd', 10_000,
      '--crowd-cookies', crowd, '--rate', 1000, '--seconds', seconds]);
  } finally {
    await server.stop();
  }
}

async function idlePeer() {
  const data = join(folder, 'peer');
  await mkdir(data);
  const server = await start(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'peer.mjs'), data,
    String(await freePort())], 'The peer');
  try {
    await measure('idle_node', server, ['idle', '--cookies', await everyone('cookies', 'room', FAMILY), '--crowd', 10_000,
      '--crowd-cookies', await everyone('crowd', 'crowd', 10_000), '--rate', 1000, '--seconds', seconds]);
  } finally {
    await server.stop();
  }
}

async function stall() {
  const school = await importSchool(11);
  const server = await serve(school);
  try {
    await measure('stall', server, ['stall', '--cookies', await signInAll(server, school, school.room, 'cookies'), '--seconds', 20]);
  } finally {
    await server.stop();
  }
}

/** At the store, without sockets: the same messages sealed and as plain rows, in turns in the same run. */
async function sealed() {
  const { stdout } = await run('taskset', ['-c', String(serverCore), join(options.load, '../load_sealed'), '--data', folder, '--threads', '5000'], { timeout: 300_000 });
  for (const line of stdout.trim().split('\n')) {
    const [figure, value, ...unit] = line.split(' ');
    note(figure, value, unit.join(' '));
  }
}

/** At the store: a school of many messages kept in three ways, which take turns, and what one costs against the other. */
async function search() {
  const corpus = join(folder, 'corpus');
  await writeCorpus(corpus);
  const { stdout } = await run('taskset', ['-c', String(serverCore), join(options.load, '../load_search'), '--data', folder, '--corpus', corpus,
    '--messages', options.messages, '--threads', String(Math.max(600, Number(options.messages) / MESSAGES_A_THREAD | 0))], { timeout: 3600_000 });
  for (const line of stdout.trim().split('\n')) {
    const [figure, value, ...unit] = line.split(' ');
    note(`search_${figure}`, value, unit.join(' '));
  }
}

/** A family that reads Arabic and said yes to a machine; twice the same school, with an engine that takes every text and never answers, and without one. They
 * take turns, so that whatever else the machine does falls on both. */
async function hung() {
  let asked = 0;
  const engine = createEngine((request, response) => {
    if (request.url === '/languages') response.end('[{"code":"nl","targets":["ar"]},{"code":"ar","targets":["nl"]}]');
    else asked++;
  }).listen(0, '127.0.0.1');
  await once(engine, 'listening');
  const school = await importSchool(10, 0, 'ar');
  const db = new DatabaseSync(join(school.data, 'school.db'));
  const now = Date.now();
  db.prepare(`INSERT INTO consent (thread, kind, asked_by, asked_ms, answer, answered_by, answered_ms, language)
    SELECT t.id, 'machine', m.person, ?1, 'yes', m.person, ?1, 'ar' FROM thread t JOIN member m ON m.thread = t.id GROUP BY t.id`).run(now);
  db.close();
  const other = { ...school, data: join(folder, 'other') };
  await cp(school.data, other.data, { recursive: true });
  await cp(`${school.data}.key`, `${other.data}.key`);
  const sides = [{ name: 'without', server: await serve(other) },
    { name: 'hung', server: await serve(school, ['--translate-kind', 'libretranslate', '--translate-url', `http://127.0.0.1:${engine.address().port}`]) }];
  try {
    for (const side of sides) {
      side.cookies = await signInAll(side.server, side.name === 'hung' ? school : other, school.room, side.name);
      side.p99 = [];
      side.p50 = [];
    }
    for (let turn = 0; turn < HUNG_TURNS; turn++) {
      for (const side of turn % 2 ? sides : sides.toReversed()) {
        const said = await figuresOf(side.server, ['room', '--cookies', side.cookies, '--seconds', seconds, '--rate', 200]);
        side.p99.push(said.delivery_p99);
        side.p50.push(said.delivery_p50);
      }
    }
    for (const { name, p50, p99 } of sides) {
      note(`hung_${name}_delivery_p50`, median(p50), 'ms');
      note(`hung_${name}_delivery_p99`, median(p99), 'ms');
    }
    note('hung_p99_ratio', median(sides[1].p99) / median(sides[0].p99), 'times');
    note('hung_asked', asked, 'texts');
  } finally {
    for (const { server } of sides) await server.stop();
    engine.closeAllConnections();
    engine.close();
  }
}

const steady = ['--rate', 200];
const cases = {
  room10: ['ten people in one conversation, all writing, four messages under way each', () => room('room10', 10, [])],
  room10_plain: ['the same without sealing and search: plain rows', () => room('room10_plain', 10, [], options.plain)],
  room100: ['a hundred people, ten of them writing', () => room('room100', 100, [])],
  steady: ['two hundred messages a second to ten people', () => room('steady', 10, steady)],
  hung: ['200 messages a second with a translation engine that never answers, and without one, in turns', hung],
  idle: ['10,000 connections that say nothing, and 1,000 messages a second to three people beside them', idle],
  stall: ['a reader that stops reading is cut off and comes back', stall],
  sealed: ['the writer alone: messages sealed and as plain rows, in turns; a page; another key for the school', sealed],
  durable: ['how often a second this disk can be told to keep something', () => measure('durable', null, ['durable', '--data', folder, '--seconds', 3])],
  room10_node: ['a plain Node server: insert, then broadcast', () => peer('room10_node', 10, [])],
  room100_node: ['the same with a hundred people', () => peer('room100_node', 100, [])],
  steady_node: ['the same at 200 messages a second', () => peer('steady_node', 10, steady)],
  room10_group: ['the plain Node server with group commit', () => peer('room10_group', 10, [], true)],
  room100_group: ['the same with a hundred people', () => peer('room100_group', 100, [], true)],
  steady_group: ['the same at 200 messages a second', () => peer('steady_group', 10, steady, true)],
  search: ['a school of a million messages, sealed and searched; beside it plain rows, and plain rows with FTS5', search],
  idle_node: ['10,000 connections on the plain Node server', idlePeer],
};

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
};
const show = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(3));

function ratios() {
  const value = (name) => figures.has(name) && median(figures.get(name).values);
  for (const k of ['room10', 'room100']) {
    for (const other of ['plain', 'node', 'group']) {
      for (const what of ['messages', 'cpu_10000_deliveries']) {
        const [ours, theirs] = [value(`${k}_${what}`), value(`${k}_${other}_${what}`)];
        if (ours && theirs) console.log(`${k}_${what}_ratio_${other} ${show(ours / theirs)} times`);
      }
    }
  }
}

const searchRatios = [
  ['messages_to_rows', 'search_sealed_messages', 'search_rows_messages'], ['messages_to_fts', 'search_sealed_messages', 'search_fts_messages'],
  ['file_to_fts', 'search_sealed_file', 'search_fts_file'],
];

function ratiosOfSearch() {
  for (const [name, ours, theirs] of searchRatios) {
    if (figures.has(ours) && figures.has(theirs)) console.log(`search_${name} ${show(median(figures.get(ours).values) / median(figures.get(theirs).values))} times`);
  }
}

if (options.list) {
  for (const [name, [what]] of Object.entries(cases)) console.log(`${name.padEnd(14)} ${what}`);
  process.exit();
}
const names = chosen.length > 0 ? chosen : Object.keys(cases);
for (const name of names) {
  if (!cases[name]) {
    console.error(`There is no case called ${name}; tests/load --list names them.`);
    process.exit(2);
  }
}
for (let i = 0; i < Number(options.times); i++) {
  for (const name of names) {
    folder = await mkdtemp(join(process.env.OUDERBRUG_LOAD_FOLDER ?? tmpdir(), 'ouderbrug-load-'));
    try {
      await cases[name][1]();
    } finally {
      if (options.keep) console.error(`${name}: ${folder}`);
      else await rm(folder, { recursive: true, force: true });
    }
    if (Number(options.times) > 1) continue;
    for (const [figure, { values, unit }] of figures) if (!figures.get(figure).said) {
      figures.get(figure).said = true;
      console.log(`${figure} ${show(values[0])} ${unit}`.trimEnd());
    }
  }
}
if (Number(options.times) > 1) for (const [name, { values, unit }] of figures) console.log(`${name} ${show(median(values))} ${unit}`.trimEnd());
ratios();
ratiosOfSearch();
