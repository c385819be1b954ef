// scenario/lib/server.mjs: the real program, in a folder of its own, on a port of its own.
//
//   const server = await startServer(t, { data });   // stops by itself when the test `t` ends
//   server.url, server.port, server.data, server.log()
//   await server.stop();  await server.kill();  await server.start();   // the port stays the same
//   startServer(t, { data, consent: true })          // families are asked first, as by default; elsewhere a coach comes in at once
//   startServer(t, { data, speech: true })           // it says messages aloud, as by default; to ask its two programs at the start takes as long as all the rest
//   ouderbrug(['import', path, '--data', data])      // any other command, run to its end
//
// Environment: OUDERBRUG_BIN the program, OUDERBRUG_WEB the built app, OUDERBRUG_SLOW how many times slower than usual
// this program is (sanitizers): every time limit here is stretched by it.
import { spawn, execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const top = resolve(import.meta.dirname, '../../..');

export const slow = Number(process.env.OUDERBRUG_SLOW ?? 1);
export const patience = (ms) => ms * slow;

export const program = process.env.OUDERBRUG_BIN ??
  ['dev', 'release'].map((preset) => join(top, '.build', preset, 'bridge/ouderbrug')).find(existsSync);
export const web = process.env.OUDERBRUG_WEB ?? join(top, 'web/dist');

const ends = new WeakMap();

/**
 * Does `work` when the test has ended, before what was asked for earlier: a folder goes after the server that writes into it. All of it is done, whatever
 * fails; node's own hooks run in the other order and end with the first that fails, and a server left alive held up everything behind it.
 */
export function atEnd(t, work) {
  if (!t) return;
  if (!ends.has(t)) {
    ends.set(t, []);
    t.after(async () => {
      const failed = [];
      for (const one of ends.get(t).reverse()) {
        try { await one(); } catch (error) { failed.push(error); }
      }
      if (failed.length > 0) throw failed[0];
    });
  }
  ends.get(t).push(work);
}

/** A folder that is gone when the test has ended, and the school's key beside it where it was a data folder. */
export async function temporaryFolder(t) {
  const folder = await mkdtemp(join(tmpdir(), 'ouderbrug-test-'));
  atEnd(t, async () => {
    await rm(folder, { recursive: true, force: true });
    await rm(`${folder}.key`, { force: true });
  });
  return folder;
}

/** Runs the program to its end: { code, stdout, stderr }. Throws when it fails, unless `fails` is set. */
export async function ouderbrug(args, { fails = false, env = {}, input } = {}) {
  if (!program) throw new Error('There is no built program; set OUDERBRUG_BIN.');
  const running = promisify(execFile)(program, args, {
    env: { ...process.env, ...env }, maxBuffer: 64 << 20, timeout: patience(120_000),
  });
  if (input !== undefined) running.child.stdin.end(input);
  const result = await running.then(
    (ok) => ({ code: 0, ...ok }),
    (error) => {
      if (typeof error.code !== 'number') throw error;
      return { code: error.code, stdout: error.stdout, stderr: error.stderr };
    });
  if (!fails && result.code !== 0) {
    throw new Error(`ouderbrug ${args.join(' ')} ended with ${result.code}\n${result.stderr}`);
  }
  return result;
}

/** What each thread of a process waits for: its name, state, system call and, where a debugger is there, where it stands. */
async function threadsOf(pid) {
  const read = (file) => readFile(`/proc/${pid}/task/${file}`, 'utf8').then((text) => text.trim(), () => '?');
  const lines = [];
  for (const id of await readdir(`/proc/${pid}/task`).catch(() => [])) {
    const state = /State:\s*(\S)/.exec(await read(`${id}/status`))?.[1];
    lines.push(`${id} ${await read(`${id}/comm`)} ${state} ${await read(`${id}/wchan`)} ${await read(`${id}/syscall`)}`);
  }
  const stacks = await promisify(execFile)('gdb', ['-p', String(pid), '-batch', '-ex', 'thread apply all bt 12'], { timeout: 60_000, maxBuffer: 4 << 20 })
    .then(({ stdout }) => stdout, () => '');
  return `${lines.join('\n')}\n${stacks}`;
}

class Server {
  constructor({ data, args, env, webFolder, through }) {
    this.data = data;
    this.port = 0;
    this.args = args;
    this.env = env;
    this.webFolder = webFolder;
    this.through = through;
    this.output = '';
    this.child = null;
  }

  get url() { return `http://127.0.0.1:${this.port}`; }
  get socketUrl() { return `ws://127.0.0.1:${this.port}/ws`; }
  get pid() { return this.child?.pid; }
  log() { return this.output; }

  /** Waits until the log holds what fits. */
  wrote(pattern) {
    const { stdout, stderr } = this.child;
    const look = async () => {
      while (!pattern.test(this.output)) await Promise.race([once(stdout, 'data'), once(stderr, 'data')]);
    };
    return within(look(), 20_000, () => `The log has nothing like ${pattern}:\n${this.output.slice(-4000)}`);
  }

  async start() {
    const args = ['serve', '--data', this.data, '--port', String(this.port), '--web', this.webFolder, ...this.args];
    // Should this process be killed, the server goes with it.
    const tether = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL', '--'] : [];
    const [command, ...rest] = [...tether, ...this.through, program, ...args];
    this.child = spawn(command, rest, { env: { ...process.env, ...this.env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = once(this.child, 'exit').then(([code, signal]) => ({ code, signal }));
    const ready = new Promise((done, fail) => {
      let line = '';
      this.child.stdout.setEncoding('utf8').on('data', (text) => {
        this.output += text;
        line += text;
        const found = /listening on (?:https?:\/\/)?\S+?:(\d+)/.exec(line);
        if (found) done(Number(found[1]));
      });
      this.child.stderr.setEncoding('utf8').on('data', (text) => { this.output += text; });
      this.child.on('error', fail);
      this.ended.then(({ code, signal }) => fail(new Error(`The server ended with ${code ?? signal}\n${this.output}`)));
    });
    ready.catch(() => {});
    this.port = await within(ready, 30_000, () => `The server did not say that it listens.\n${this.output}`);
    return this;
  }

  /** Asks it to stop (SIGTERM) and waits: { code, signal }. */
  async stop(signal = 'SIGTERM') {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return this.ended;
    this.child.kill(signal);
    try {
      return await within(this.ended, 30_000, 'late');
    } catch {
      const threads = await threadsOf(this.child.pid);
      // Left alive it would keep this process waiting for its output, and the whole group with it.
      this.child.kill('SIGKILL');
      throw new Error(`The server did not stop.\n${threads}\n${this.output}`);
    }
  }

  /** Ends it as a power cut would. */
  kill() { return this.stop('SIGKILL'); }

  /** The secret of a new sign-in link for a person of the roster. */
  async link(person) {
    const { stdout } = await ouderbrug(['link', '--data', this.data, person], { env: this.env });
    const secret = /\/in#(\S+)/.exec(stdout)?.[1];
    if (!secret) throw new Error(`No sign-in link in: ${stdout}`);
    return secret;
  }
}

/**
 * Starts `ouderbrug serve`. data: the folder of an imported school (school.mjs); args, env: more of either; through: a command that starts it.
 * When `t` ends it is stopped, and a sanitizer's report or a bad exit fails the test.
 */
export async function startServer(t, { data, args = [], env = {}, webFolder = web, consent = false, speech = false, through = [] } = {}) {
  if (!consent) env = { ...Object.fromEntries(['COACH', 'KEY_PERSON', 'INTERPRETER', 'PARTNER'].map((who) => [`OUDERBRUG_CONSENT_${who}`, '0'])), ...env };
  if (!program) throw new Error('There is no built program; set OUDERBRUG_BIN.');
  if (!speech) args = ['--speech-program=', ...args];
  const server = new Server({ data, args, env, webFolder, through });
  // What a test reports is its first failure, and a server that died is mostly seen by its closed connections first.
  const complain = (text) => {
    process.stderr.write(`${text}\n`);
    throw new Error(text);
  };
  atEnd(t, async () => {
    const end = await server.stop();
    if (/ERROR: \w+Sanitizer|WARNING: ThreadSanitizer|runtime error:/.test(server.output)) {
      complain(`A sanitizer found something:\n${server.output.slice(-20_000)}`);
    }
    if (end && end.code !== 0 && end.signal !== 'SIGKILL') {
      complain(`The server ended with ${end.code ?? end.signal}\n${server.output.slice(-4000)}`);
    }
  });
  return server.start();
}

/** The promise's value, or an error after ms (stretched by `slow`). */
export function within(promise, ms, message) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(typeof message === 'function' ? message() : message)), patience(ms));
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
