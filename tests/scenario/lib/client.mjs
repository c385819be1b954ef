// scenario/lib/client.mjs: somebody at the other end of the wire.
//
//   const visser = await signIn(server, 'staff-visser');      // an HTTP session: { cookie, person, school }
//   const client = await visser.connect();                    // a socket, hello said: client.welcome
//   const { seq } = await client.do('send', { thread, client_id: uuid(), body: 'Dag' });
//   const event = await client.next((e) => e.event === 'message' && e.message.seq === seq);
//
// An error of the server is thrown as a WireError: error.code, error.field, error.reason, error.retry_ms. Every item that comes is
// checked against the program's own document (shapes.mjs); one that is not as described fails the test it came in.
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { itemFaults } from './shapes.mjs';
import { within } from './server.mjs';

export const uuid = randomUUID;
export const protocol = 'ouderbrug.v1';

export class WireError extends Error {
  constructor(command, error) {
    super(`${command}: ${JSON.stringify(error)}`);
    Object.assign(this, error);
  }
}

/** Trades a sign-in link of this person (sourcedId of the roster) for a session. */
export async function signIn(server, person) {
  return signInWith(server, await server.link(person));
}

export async function signInWith(server, secret) {
  const response = await within(fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ link: secret }),
  }), 30_000, 'Signing in was not answered.');
  if (response.status !== 200) throw new WireError('sign in', await response.json());
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  return new Account(server, cookie, await response.json());
}

/** The account of a session that was made otherwise: its cookies, and what the server said of it. */
export const accountOf = (server, cookie, session) => new Account(server, cookie, session);

class Account {
  constructor(server, cookie, session) {
    this.server = server;
    this.cookie = cookie;
    this.person = session.person;
    this.school = session.school;
  }

  /** Opens a socket and says hello. hello: its fields (since, log), or false to say nothing. */
  async connect({ hello = {}, ...options } = {}) {
    const client = await openSocket(this.server, { cookie: this.cookie, ...options });
    if (hello) client.welcome = await client.do('hello', hello);
    return client;
  }

  fetch(path, init = {}) {
    return within(fetch(this.server.url + path, {
      ...init, headers: { cookie: this.cookie, origin: this.server.url, ...init.headers },
    }), 60_000, `${init.method ?? 'GET'} ${path} was not answered.`);
  }
}

/**
 * A socket where nothing has been said yet. origin, protocols, headers: as a hostile page would set them.
 * Rejects with error.status when the handshake was refused.
 */
export async function openSocket(server, { cookie, origin = server.url, protocols = [protocol], headers = {}, ...rest } = {}) {
  const socket = new WebSocket(server.socketUrl, protocols, {
    origin, headers: { ...(cookie ? { cookie } : {}), ...headers }, maxPayload: 256 << 20, ...rest,
  });
  const client = new Client(socket, rest.name ?? 'client');
  await within(new Promise((done, fail) => {
    socket.once('open', done);
    socket.once('error', fail);
    socket.once('unexpected-response', (_, response) => {
      fail(Object.assign(new Error(`The handshake was refused: ${response.statusCode}`), { status: response.statusCode, response }));
      socket.terminate();
    });
  }), 20_000, 'The handshake took too long.');
  return client;
}

class Client {
  constructor(socket, name) {
    this.socket = socket;
    this.name = name;
    this.ref = 0;
    this.last = 0;        // the highest event id seen
    this.events = [];     // every event, in the order it came
    this.frames = 0;      // frames received
    this.greeted = false; // hello was answered: events may come
    this.faults = [];     // errors that name no ref
    this.unread = [];     // events that next() has not handed out
    this.waiting = new Map();
    this.looking = new Set();
    this.closed = new Promise((done) => socket.once('close', (code, reason) => done({ code, reason: String(reason) })));
    socket.on('message', (data) => this.#frame(String(data)));
    socket.on('error', () => {});
    this.closed.then(({ code }) => {
      const gone = new Error(`The connection was closed with ${code}.`);
      for (const { fail } of this.waiting.values()) fail(Object.assign(gone, { closed: code }));
      for (const look of this.looking) look.fail(gone);
      this.waiting.clear();
      this.looking.clear();
    });
  }

  /** Sends a command and gives what stands in "ok". */
  do(command, fields = {}, ms = 20_000) {
    const ref = ++this.ref;
    this.raw(JSON.stringify({ do: command, ref, ...fields }));
    return this.answer(ref, command, ms);
  }

  /** The answer to a ref that was sent by hand with raw(). */
  answer(ref, command = `ref ${ref}`, ms = 20_000) {
    const answer = new Promise((done, fail) => this.waiting.set(ref, { done, fail, command }));
    answer.catch(() => {});
    return within(answer, ms, `${this.name}: no answer to ${command} (ref ${ref})`);
  }

  /** Sends text or bytes as they are. */
  raw(data, options = {}) { this.socket.send(data, options); }

  /** The next event that fits, waiting for it where it has not come. Each event is handed out once. */
  next(fits = () => true, ms = 10_000) {
    const at = this.unread.findIndex(fits);
    if (at >= 0) return Promise.resolve(this.unread.splice(at, 1)[0]);
    const event = new Promise((done, fail) => this.looking.add({ fits, done, fail }));
    event.catch(() => {});
    return within(event, ms, () => `${this.name}: no such event came: ${fits}\n${JSON.stringify(this.unread.slice(-5))}`);
  }

  /** The next event of a kind in a thread. */
  event(kind, fits = () => true, ms) { return this.next((e) => e.event === kind && fits(e), ms); }

  /** What came and was not handed out, without waiting; forgets it. */
  drain() { return this.unread.splice(0); }

  close(code = 1000) {
    this.socket.close(code);
    return this.closed;
  }

  /** Goes away without saying so. */
  drop() {
    this.socket.terminate();
    return this.closed;
  }

  /** Stops and starts reading from the socket. */
  pause() { this.socket.pause(); }
  resume() { this.socket.resume(); }

  #frame(text) {
    this.frames++;
    const items = JSON.parse(text);
    if (!Array.isArray(items)) throw new Error(`Not an array: ${text.slice(0, 200)}`);
    for (const item of items) {
      const wrong = itemFaults(item, this.waiting.get(item.ref)?.command);
      if (wrong.length > 0) throw new Error(`${this.name}: ${wrong.slice(0, 5).join('; ')}\n${JSON.stringify(item).slice(0, 2000)}`);
      if (item.event) this.#event(item);
      else if (item.ref === undefined) this.faults.push(item.error);
      else this.#answer(item);
    }
  }

  #answer(item) {
    const waiting = this.waiting.get(item.ref);
    this.waiting.delete(item.ref);
    if (!waiting) return;
    if (item.error) waiting.fail(new WireError(waiting.command, item.error));
    else waiting.done(item.ok);
    if (waiting.command === 'hello' && item.ok) this.greeted = true;
  }

  #event(event) {
    if (!this.greeted) throw new Error(`${this.name}: an event came before the welcome: ${JSON.stringify(event).slice(0, 500)}`);
    if (event.id !== undefined && event.id <= this.last) throw new Error(`${this.name}: event ${event.id} came after ${this.last}`);
    if (event.id !== undefined) this.last = Math.max(this.last, event.id);
    this.events.push(event);
    for (const look of this.looking) {
      if (!look.fits(event)) continue;
      this.looking.delete(look);
      look.done(event);
      return;
    }
    this.unread.push(event);
  }
}

/** Runs the promise and gives the WireError that it must end with. */
export async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
  throw new Error('It was allowed.');
}
