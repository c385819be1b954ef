// From bytes to messages: what a frame may be, how messages are put together, and how a socket that errs is closed.
//
// These need no session: a message that is read is answered, be it with "say hello first".
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frame, opcodes, rawWebSocket, strangeCookie } from './lib/raw.mjs';
import { patience, startServer, temporaryFolder } from './lib/server.mjs';

const MAX = 64 * 1024;
const command = (ref, more = '') => `{"do":"threads","ref":${ref}${more}}`;

async function open(t, { args = [], ...options } = {}) {
  const server = await startServer(t, { data: await temporaryFolder(t), args: ['--hello-timeout-s', '60', ...args] });
  return { server, ws: await rawWebSocket(server, { cookie: strangeCookie(), ...options }) };
}

/** The refs that are answered, until there are `count`. */
async function answers(ws, count) {
  const refs = [];
  while (refs.length < count) {
    const next = await ws.frame();
    assert.notEqual(next, undefined, `the connection closed after ${refs.length} answers`);
    assert.equal(next.opcode, opcodes.text, `close ${next.payload.toString('hex')}`);
    const items = JSON.parse(next.payload);
    assert.ok(Array.isArray(items));
    for (const item of items) {
      assert.equal(item.error.code, 'conflict', JSON.stringify(item));
      refs.push(item.ref);
    }
  }
  return refs;
}

test('a message in one frame is read', async (t) => {
  const { ws } = await open(t);
  ws.send(frame(command(1)));
  assert.deepEqual(await answers(ws, 1), [1]);
});

test('a message that comes in the same packet as the handshake is read', async (t) => {
  const { ws } = await open(t, { early: Buffer.concat([frame(command(1)), frame(command(2))]) });
  assert.deepEqual(await answers(ws, 2), [1, 2]);
});

test('a message in many fragments is one message', async (t) => {
  const { ws } = await open(t);
  const text = command(7);
  const pieces = [...text].map((letter, i) => frame(letter, { opcode: i ? opcodes.continuation : opcodes.text, fin: i === text.length - 1 }));
  ws.send(Buffer.concat(pieces));
  assert.deepEqual(await answers(ws, 1), [7]);
});

test('empty fragments before, between and after change nothing', async (t) => {
  const { ws } = await open(t);
  const { continuation } = opcodes;
  ws.send(frame('', { fin: false }), frame('', { opcode: continuation, fin: false }), frame(command(1).slice(0, 9), { opcode: continuation, fin: false }),
    frame('', { opcode: continuation, fin: false }), frame(command(1).slice(9), { opcode: continuation, fin: false }), frame('', { opcode: continuation }));
  assert.deepEqual(await answers(ws, 1), [1]);
});

test('a message byte by byte, in packets of one byte, is one message', async (t) => {
  const { ws } = await open(t);
  for (const byte of frame(command(3))) {
    ws.send(Buffer.from([byte]));
    await new Promise((done) => setImmediate(done));
  }
  assert.deepEqual(await answers(ws, 1), [3]);
});

test('a ping between two fragments is answered and belongs to neither', async (t) => {
  const { ws } = await open(t);
  ws.send(frame(command(1).slice(0, 5), { fin: false }), frame('\xff\xfe', { opcode: opcodes.ping }), frame(Buffer.from([0xff]), { opcode: opcodes.pong }),
    frame(command(1).slice(5), { opcode: opcodes.continuation }));
  const both = [await ws.frame(), await ws.frame()].sort((a, b) => b.opcode - a.opcode);
  assert.deepEqual(both.map((one) => one.opcode), [opcodes.pong, opcodes.text]);
  assert.deepEqual(both[0].payload, Buffer.from('\xff\xfe'));
  assert.equal(JSON.parse(both[1].payload)[0].ref, 1);
});

test('a thousand messages in one packet are all answered, in their order', async (t) => {
  const { ws } = await open(t, { args: ['--rate-burst', '5000'] });
  const all = Array.from({ length: 1000 }, (_, i) => i + 1);
  ws.send(Buffer.concat(all.map((ref) => frame(command(ref)))));
  assert.deepEqual(await answers(ws, 1000), all);
});

test('a thousand messages cut anywhere are all answered, in their order', async (t) => {
  const { ws } = await open(t, { args: ['--rate-burst', '5000'] });
  const all = Array.from({ length: 1000 }, (_, i) => i + 1);
  const bytes = Buffer.concat(all.map((ref) => frame(command(ref))));
  let seed = 7;
  for (let at = 0; at < bytes.length;) {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    const n = 1 + (seed >> 8) % 400;
    ws.send(bytes.subarray(at, at + n));
    if (seed & 1024) await new Promise((done) => setImmediate(done));
    at += n;
  }
  assert.deepEqual(await answers(ws, 1000), all);
});

test('a message of exactly the most bytes is read, whole and in fragments', async (t) => {
  const { ws } = await open(t);
  const long = command(1, `,"x":"${'x'.repeat(MAX - command(1, ',"x":""').length)}"`);
  assert.equal(long.length, MAX);
  ws.send(frame(long));
  const pieces = [];
  for (let at = 0; at < MAX; at += 5000) {
    pieces.push(frame(long.slice(at, at + 5000), { opcode: at ? opcodes.continuation : opcodes.text, fin: at + 5000 >= MAX }));
  }
  ws.send(...pieces);
  for (let i = 0; i < 2; i++) {
    const [{ ref, error }] = JSON.parse((await ws.frame()).payload);
    assert.deepEqual([ref, typeof error.code], [1, 'string']);
  }
});

test('a byte more than that is 1009, however it comes', async (t) => {
  const { server } = await open(t);
  const long = 'x'.repeat(MAX + 1);
  const ways = {
    'one frame': [frame(long)],
    'one announced frame of which little comes': [frame('x', { length: MAX + 1 })],
    'an announced terabyte': [frame('x', { length: 0xffffffff })],
    'fragments': [frame(long.slice(0, 40000), { fin: false }), frame(long.slice(40000), { opcode: opcodes.continuation })],
    'a last fragment that announces too much': [frame('x', { fin: false }), frame('x', { opcode: opcodes.continuation, length: MAX })],
    'many small ones': Array.from({ length: 70 }, (_, i) => frame('x'.repeat(1000), { opcode: i ? opcodes.continuation : opcodes.text, fin: false })),
  };
  for (const [way, pieces] of Object.entries(ways)) {
    const ws = await rawWebSocket(server, { cookie: strangeCookie() });
    ws.send(...pieces);
    assert.equal(await ws.closeCode(), 1009, way);
    ws.send(frame(Buffer.from([3, 0xf1]), { opcode: opcodes.close }));
    ws.socket.end();
  }
});

test('the socket of who sent too much is closed at once when they say goodbye', async (t) => {
  const { ws } = await open(t);
  const started = Date.now();
  ws.send(frame('x'.repeat(MAX * 4)));
  assert.equal(await ws.closeCode(), 1009);
  ws.send(frame(Buffer.from([3, 0xf1]), { opcode: opcodes.close }));
  await ws.closed;
  assert.ok(Date.now() - started < patience(3000), 'it waited for its time limit');
});

test('who does not answer the close is cut', async (t) => {
  const { ws } = await open(t);
  ws.send(frame(Buffer.from([1]), { opcode: opcodes.binary }));
  const started = Date.now();
  assert.equal(await ws.closeCode(), 1003);
  await ws.closed;
  assert.ok(Date.now() - started > 2000, 'it had no time to answer');
});

test('binary is 1003', async (t) => {
  const { server } = await open(t);
  for (const pieces of [[frame('{}', { opcode: opcodes.binary })], [frame('', { opcode: opcodes.binary })], [frame('{', { opcode: opcodes.binary, fin: false })]]) {
    const ws = await rawWebSocket(server, { cookie: strangeCookie() });
    ws.send(...pieces);
    assert.equal(await ws.closeCode(), 1003);
    ws.socket.destroy();
  }
});

test('what is not UTF-8 is 1007, wherever it stands', async (t) => {
  const { server } = await open(t);
  const bad = {
    'a lone byte': [0x80], 'an overlong slash': [0xc0, 0xaf], 'a surrogate': [0xed, 0xa0, 0x80], 'too high': [0xf4, 0x90, 0x80, 0x80],
    'cut off': [0xe1, 0x88], 'five bytes': [0xf8, 0x88, 0x80, 0x80, 0x80], 'an overlong of three': [0xe0, 0x80, 0xaf],
  };
  for (const [what, bytes] of Object.entries(bad)) {
    const whole = Buffer.concat([Buffer.from(command(1, ',"x":"')), Buffer.from(bytes)]);
    const { continuation } = opcodes;
    for (const pieces of [
      [frame(whole)],
      [frame(whole.subarray(0, 9), { fin: false }), frame(whole.subarray(9), { opcode: continuation })],
      [frame(whole, { fin: false }), frame('', { opcode: continuation })],
    ]) {
      const ws = await rawWebSocket(server, { cookie: strangeCookie() });
      ws.send(...pieces);
      assert.equal(await ws.closeCode(), 1007, what);
      ws.socket.destroy();
    }
  }
});

test('a character that is cut by a fragment is whole again', async (t) => {
  const { ws } = await open(t);
  const bytes = Buffer.from(command(1, ',"x":"ሰላም 😀"'));
  ws.send(...[...bytes].map((byte, i) => frame(Buffer.from([byte]), { opcode: i ? opcodes.continuation : opcodes.text, fin: i === bytes.length - 1 })));
  const [{ ref }] = JSON.parse((await ws.frame()).payload);
  assert.equal(ref, 1);
});

test('frames against the protocol end the connection', async (t) => {
  const { server } = await open(t);
  const { continuation, ping, close } = opcodes;
  const ways = {
    'a continuation of nothing': [frame('x', { opcode: continuation })],
    'a new message before the last one ended': [frame('x', { fin: false }), frame('x')],
    'an unknown opcode': [frame('x', { opcode: 3 })],
    'a reserved bit': [frame('x', { rsv: 4 })],
    'a ping in fragments': [frame('x', { opcode: ping, fin: false })],
    'a ping that is too long': [frame('x'.repeat(126), { opcode: ping })],
    'a close whose reason is not UTF-8': [frame(Buffer.from([3, 0xe8, 0xff]), { opcode: close })],
  };
  for (const [way, pieces] of Object.entries(ways)) {
    const ws = await rawWebSocket(server, { cookie: strangeCookie() });
    ws.send(...pieces);
    assert.ok([1002, 1006, 1007].includes(await ws.closeCode()), way);
    ws.socket.destroy();
  }
});

test('a goodbye is answered with the same code', async (t) => {
  const { ws } = await open(t);
  ws.send(frame(Buffer.concat([Buffer.from([3, 0xe9]), Buffer.from('weg')]), { opcode: opcodes.close }));
  assert.equal(await ws.closeCode(), 1001);
  await ws.closed;
});

test('no message is an answer too', async (t) => {
  const { ws } = await open(t);
  ws.send(frame(''), frame('nonsense'), frame('[]'), frame('null'));
  let count = 0;
  while (count < 4) {
    for (const item of JSON.parse((await ws.frame()).payload)) {
      assert.equal(item.error.code, 'bad_frame');
      count++;
    }
  }
});
