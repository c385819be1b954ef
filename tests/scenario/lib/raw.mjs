// scenario/lib/raw.mjs: a TCP connection and WebSocket frames made by hand, for what no decent client sends.
//
//   const raw = await rawSocket(server);            // { socket, bytes(), text(), closed, send(), until() }
//   const ws = await rawWebSocket(server, { cookie });
//   ws.send(frame(text('{"do":'), { fin: false }), frame(text('"hello"}'), { opcode: 0 }));
//   await ws.closeCode();                            // the code of the server's close frame; 1006 without one
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { within } from './server.mjs';

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

/** One client frame. payload: text or bytes; length: what its head claims, where that is a lie. */
export function frame(payload = '', { opcode = opcodes.text, fin = true, mask = true, rsv = 0, length } = {}) {
  const body = Buffer.from(payload);
  const claimed = length ?? body.length;
  const head = [(fin ? 0x80 : 0) | rsv << 4 | opcode];
  const bit = mask ? 0x80 : 0;
  if (claimed < 126) head.push(bit | claimed);
  else if (claimed < 65536) head.push(bit | 126, claimed >> 8, claimed & 255);
  else head.push(bit | 127, 0, 0, 0, 0, claimed >>> 24, claimed >>> 16 & 255, claimed >>> 8 & 255, claimed & 255);
  if (!mask) return Buffer.concat([Buffer.from(head), body]);
  const key = randomBytes(4);
  return Buffer.concat([Buffer.from(head), key, body.map((byte, i) => byte ^ key[i & 3])]);
}

const goingAway = Buffer.from([0x88, 2, 0x03, 0xe9]);

class Raw {
  constructor(socket) {
    this.socket = socket;
    this.received = Buffer.alloc(0);
    this.looking = new Set();
    this.closed = new Promise((done) => socket.once('close', () => done()));
    socket.on('data', (data) => {
      this.received = Buffer.concat([this.received, data]);
      for (const look of this.looking) look();
      // A server that goes away is answered at once, so that its end need not wait for us.
      if (data.length >= 4 && data.subarray(-4).equals(goingAway)) socket.end(frame(goingAway.subarray(2), { opcode: opcodes.close }));
    });
    socket.on('error', () => {});
    this.closed.then(() => { for (const look of this.looking) look(); });
  }

  send(...pieces) { for (const piece of pieces) this.socket.write(piece); }
  text() { return this.received.toString('latin1'); }

  /** Waits until `fits(raw)` gives something; undefined where the connection closes before. */
  until(fits, ms = 15_000) {
    const found = new Promise((done) => {
      const look = () => {
        const result = fits(this);
        if (result !== undefined || this.socket.destroyed) {
          this.looking.delete(look);
          done(result);
        }
      };
      this.looking.add(look);
      look();
    });
    return within(found, ms, () => `It did not come. So far: ${this.text().slice(0, 500)}`);
  }

  /** The next whole answer: { status, headers, body }; consumed. */
  response({ head = false, ms } = {}) {
    return this.until(() => {
      const end = this.received.indexOf('\r\n\r\n');
      if (end < 0) return undefined;
      const lines = this.received.subarray(0, end).toString('latin1').split('\r\n');
      const headers = Object.fromEntries(lines.slice(1).map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
      const length = head ? 0 : Number(headers['content-length'] ?? 0);
      if (this.received.length < end + 4 + length) return undefined;
      const body = this.received.subarray(end + 4, end + 4 + length).toString();
      this.received = this.received.subarray(end + 4 + length);
      return { status: Number(lines[0].split(' ')[1]), headers, body };
    }, ms);
  }

  /** The next frame of the server: { opcode, fin, payload }; consumed. */
  frame(ms) {
    return this.until(() => {
      const b = this.received;
      if (b.length < 2) return undefined;
      let at = 2, length = b[1] & 0x7f;
      if (length === 126) { if (b.length < 4) return undefined; length = b.readUInt16BE(2); at = 4; }
      else if (length === 127) { if (b.length < 10) return undefined; length = Number(b.readBigUInt64BE(2)); at = 10; }
      if (b.length < at + length) return undefined;
      this.received = b.subarray(at + length);
      return { opcode: b[0] & 15, fin: b[0] > 127, payload: b.subarray(at, at + length) };
    }, ms);
  }

  /** Reads on until the server's close frame and gives its code; 1006 where it closes without one. */
  async closeCode(ms) {
    for (;;) {
      const next = await this.frame(ms);
      if (!next) return 1006;
      if (next.opcode === opcodes.close) return next.payload.length >= 2 ? next.payload.readUInt16BE(0) : 1005;
    }
  }
}

export async function rawSocket(server) {
  const socket = connect({ port: server.port, host: '127.0.0.1', noDelay: true });
  await within(new Promise((done, fail) => socket.once('connect', done).once('error', fail)), 5000, 'No connection.');
  return new Raw(socket);
}

export function handshake(server, { cookie, origin = server.url, protocol = 'ouderbrug.v1', path = '/ws', version = '13', more = [] } = {}) {
  return [
    `GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${server.port}`, 'Upgrade: websocket', 'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', `Sec-WebSocket-Version: ${version}`,
    ...(protocol ? [`Sec-WebSocket-Protocol: ${protocol}`] : []), ...(origin ? [`Origin: ${origin}`] : []),
    ...(cookie ? [`Cookie: ${cookie}`] : []), ...more, '', '',
  ].join('\r\n');
}

/** A WebSocket whose frames are made by hand; `early` goes out in the same packet as the handshake. */
export async function rawWebSocket(server, { early = '', ...options } = {}) {
  const raw = await rawSocket(server);
  raw.send(Buffer.concat([Buffer.from(handshake(server, options)), Buffer.from(early)]));
  const answer = await raw.response({ head: true });
  if (answer?.status !== 101) throw Object.assign(new Error(`The handshake was refused: ${answer?.status}`), { status: answer?.status, answer });
  return Object.assign(raw, { answer });
}

/** A cookie of the right form that belongs to no session. */
export const strangeCookie = () => `ouderbrug=${randomBytes(32).toString('base64url')}`;
