// A socket that has said hello: pings, readers that are too slow, and coming back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signIn, uuid } from './lib/client.mjs';
import { frame, opcodes, rawWebSocket } from './lib/raw.mjs';
import { makeSchool } from './lib/school.mjs';
import { patience, startServer } from './lib/server.mjs';

const withSchool = async (t, args = []) => startServer(t, { ...(await makeSchool(t)), args: ['--rate-burst', '100000', '--rate-per-second', '100000', ...args] });

/** A socket of this account whose frames are read by hand, past its welcome. */
async function rawSession(server, account) {
  const ws = await rawWebSocket(server, { cookie: account.cookie });
  ws.send(frame('{"do":"hello","ref":1}'));
  const [{ ok }] = JSON.parse((await ws.frame()).payload);
  assert.equal(ok.mode, 'fresh');
  return Object.assign(ws, { welcome: ok });
}

test('who is silent is pinged, and stays when they answer', async (t) => {
  const server = await withSchool(t, ['--ping-s', '1']);
  const account = await signIn(server, 'visser');
  const client = await account.connect();
  let pings = 0;
  client.socket.on('ping', () => { pings++; });
  await new Promise((done) => setTimeout(done, 5000));
  assert.ok(pings >= 2, `${pings} pings`);
  await client.do('threads');
});

test('who does not answer a ping is cut', async (t) => {
  const server = await withSchool(t, ['--ping-s', '1']);
  const ws = await rawSession(server, await signIn(server, 'visser'));
  const next = await ws.frame(20_000);
  assert.equal(next.opcode, opcodes.ping);
  await ws.closed;
});

test('who talks is not pinged', async (t) => {
  const server = await withSchool(t, ['--ping-s', '1']);
  const client = await (await signIn(server, 'visser')).connect();
  let pings = 0;
  client.socket.on('ping', () => { pings++; });
  for (let i = 0; i < 16; i++) {
    await client.do('threads');
    await new Promise((done) => setTimeout(done, 250));
  }
  assert.equal(pings, 0);
});

test('a reader who is too slow is cut off, the others go on, and nothing is lost on resuming', async (t) => {
  const server = await withSchool(t, ['--queue-max-bytes', '256K']);
  const visser = await (await signIn(server, 'visser')).connect();
  const huda = await signIn(server, 'huda');
  const slow = await huda.connect();
  const other = await (await signIn(server, 'karim')).connect();
  const thread = other.welcome.threads[0].id;

  slow.pause();
  const body = 'م'.repeat(3500);
  const sent = [];
  let gone = false;
  slow.closed.then(() => { gone = true; });
  // The system's own buffers take some megabytes before the server notices.
  while (!gone && sent.length < 1600) {
    const some = await Promise.all(Array.from({ length: 10 }, () => visser.do('send', { thread, client_id: uuid(), body })));
    sent.push(...some.map((one) => one.seq));
  }
  slow.resume();
  const { code } = await slow.closed;
  assert.ok(code === 4001 || code === 1006, `closed with ${code}`);

  const seen = new Set(slow.events.filter((e) => e.event === 'message').map((e) => e.message.seq));
  assert.ok(seen.size < sent.length, 'it had read everything');
  // What was missed is more than a resume tells: the state comes afresh, and history has every message.
  const back = await huda.connect({ hello: { since: slow.last, log: slow.welcome.log } });
  if (back.welcome.mode === 'resumed') {
    while (seen.size < sent.length) seen.add((await back.event('message')).message.seq);
  }
  const last = sent.at(-1);
  assert.equal(back.welcome.threads?.find((one) => one.id === thread)?.last.seq ?? last, last);
  await other.event('message', (e) => e.message.seq === last);
});

test('what waits goes out as one frame', async (t) => {
  const server = await withSchool(t);
  const visser = await (await signIn(server, 'visser')).connect();
  const ws = await rawSession(server, await signIn(server, 'huda'));
  const { id } = ws.welcome.threads[0];
  ws.send(Buffer.concat(Array.from({ length: 200 }, (_, i) => frame(JSON.stringify({ do: 'send', ref: 100 + i, thread: id, client_id: uuid(), body: 'سلام' })))));
  let items = 0, frames = 0;
  while (items < 200) {
    const next = JSON.parse((await ws.frame()).payload);
    frames++;
    items += next.filter((item) => item.ref).length;
  }
  assert.ok(frames < 100, `${frames} frames for ${items} answers`);
  await visser.do('threads');
});

test('a thousand connections of one person each hear of a message', async (t) => {
  const server = await withSchool(t, ['--connections-max', '1100', '--person-connections-max', '1100']);
  const visser = await (await signIn(server, 'visser')).connect();
  const hers = new Set(visser.welcome.threads.map((one) => one.id));
  const huda = await signIn(server, 'huda');
  const many = [];
  for (let i = 0; i < 10; i++) many.push(...await Promise.all(Array.from({ length: 100 }, () => huda.connect())));
  const thread = many[0].welcome.threads.find((one) => hers.has(one.id)).id;
  const { seq } = await visser.do('send', { thread, client_id: uuid(), body: 'Dag' });
  const started = Date.now();
  await Promise.all(many.map((client) => client.event('message', (e) => e.message.seq === seq)));
  assert.ok(Date.now() - started < patience(5000));
});
