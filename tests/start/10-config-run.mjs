// config/run: starts, prints links that work, stops on Ctrl-C, and starts again in seconds with yesterday's conversations.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { signInWith, uuid } from '../scenario/lib/client.mjs';
import { temporaryFolder, within } from '../scenario/lib/server.mjs';

const top = resolve(import.meta.dirname, '../..');

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function start(t, data, port) {
  const began = Date.now();
  // A process group of its own, as a terminal gives one: Ctrl-C goes to all of it.
  const child = spawn(join(top, 'config/run'), ['--data', data, '--port', String(port)], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const run = { output: '', url: `http://localhost:${port}`, socketUrl: `ws://localhost:${port}/ws` };
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  t.after(() => { if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGTERM'); });
  child.stderr.setEncoding('utf8').on('data', (text) => { run.output += text; });
  const ready = new Promise((done, fail) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      run.output += text;
      if (run.output.includes('Ctrl-C stops it')) done();
    });
    ended.then(({ code }) => fail(new Error(`config/run ended with ${code}\n${run.output}`)));
  });
  ready.catch(() => {});
  await within(ready, 600_000, () => `config/run did not get ready\n${run.output}`);
  run.seconds = (Date.now() - began) / 1000;
  run.links = [...run.output.matchAll(/^ +(.+?) {2,}(http:\/\/\S+)#(\S+)$/gm)].map(([, who, page, secret]) => ({ who, page, secret }));
  run.interrupt = () => {
    process.kill(-child.pid, 'SIGINT');
    return within(ended, 30_000, () => `It did not stop\n${run.output}`);
  };
  return run;
}

test('config/run starts, serves, stops, and starts again with what was said', async (t) => {
  const data = join(await temporaryFolder(t), 'data');
  const port = await freePort();

  const first = await start(t, data, port);
  assert.equal(first.links.length, 6, first.output);
  assert.equal(new Set(first.links.map(({ secret }) => secret)).size, 6);
  for (const { page } of first.links) assert.equal(page, `http://localhost:${port}/in`);
  const page = await fetch(`${first.url}/in`);
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-security-policy'), /default-src 'none'/);

  const mentor = await signInWith(first, first.links[0].secret);
  const client = await mentor.connect();
  assert.equal(client.welcome.me.role, 'mentor');
  assert.ok(client.welcome.threads.length > 10, 'a class is there');
  assert.ok(client.welcome.threads.filter(({ last }) => last).length > 0, 'there are conversations to look at');
  const thread = client.welcome.threads[0].id;
  const body = 'Tot morgen!';
  const { seq } = await client.do('send', { thread, client_id: uuid(), body });
  const closed = client.closed;
  assert.deepEqual(await first.interrupt(), { code: 0, signal: null }, first.output);
  assert.equal((await closed).code, 1001, 'the server says that it goes');

  const second = await start(t, data, port);
  assert.ok(second.seconds < 30, `the second start took ${second.seconds} s`);
  const again = await mentor.connect(); // the cookie of before
  const { messages } = await again.do('history', { thread, limit: 1 });
  assert.deepEqual(messages.map((message) => [message.seq, message.body]), [[seq, body]]);
  const late = await signInWith(second, first.links[1].secret);
  assert.equal(late.person.role, 'parent', 'a link that nobody used yet still opens the door');
  await assert.rejects(signInWith(second, first.links[1].secret), { code: /./ }, 'and only once');
  assert.deepEqual(await second.interrupt(), { code: 0, signal: null }, second.output);
});
