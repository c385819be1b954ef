// fault/lib/talker.mjs: somebody who never stops writing, whatever happens to the server, and keeps what a browser keeps.
//
//   const talker = new Talker('huda', account, { flight: 3, chance });
//   await talker.connect();      // says hello with the last event seen, catches up, sends again what was not acknowledged
//   talker.talk();               // from now on messages are under way all the time
//   await talker.away;           // the line is gone
//   await talker.finish();       // nothing new; waits until all is acknowledged
//
// It knows the conversations only from its first welcome, from events, and from the pages it fetches when told that it
// missed too much: state(), to be laid beside a fresh one.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { within } from '../../scenario/lib/server.mjs';

const PAGE = 100;

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function chances(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const later = () => {
  const it = {};
  it.promise = new Promise((done, fail) => Object.assign(it, { done, fail }));
  it.promise.catch(() => {});
  return it;
};

export class Talker {
  constructor(name, account, { flight = 3, chance = Math.random, onAcknowledged = () => {} } = {}) {
    Object.assign(this, { name, account, flight, chance, onAcknowledged });
    this.since = undefined;     // the last event seen
    this.log = undefined;
    this.threads = new Map();   // id: { messages: Map of seq, marks: Map of person }
    this.pending = new Map();   // client_id: { thread, body }, not acknowledged
    this.acknowledged = new Map(); // client_id: { thread, seq, body }
    this.asked = new Map();     // ref: { done, fail }
    this.ref = 0;
    this.sent = 0;
    this.talking = false;
    this.resumed = 0;
    this.refreshed = 0;
    this.empty = later();
  }

  get me() { return this.account.person.id; }

  // ---- the line

  async connect() {
    const { server, cookie } = this.account;
    this.asked.clear();
    this.socket = new WebSocket(server.socketUrl, ['ouderbrug.v1'], { origin: server.url, headers: { cookie } });
    const away = later();
    this.away = away.promise;
    this.socket.on('message', (data) => this.#frame(String(data)));
    this.socket.on('error', () => {});
    this.socket.on('close', (code) => {
      for (const { fail } of this.asked.values()) fail(new Error(`${this.name}: the line went with ${code}`));
      away.done(code);
    });
    await within(new Promise((done, fail) => {
      this.socket.once('open', done);
      this.away.then((code) => fail(new Error(`${this.name}: no connection, ${code}`)));
    }), 20_000, `${this.name}: no connection`);
    await this.#hello();
    for (const [client_id, message] of this.pending) this.#send(client_id, message);
    if (this.talking) this.#more();
  }

  #say(command) {
    const ref = ++this.ref;
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ ...command, ref }));
    return ref;
  }

  ask(command) {
    const answer = later();
    this.asked.set(this.#say(command), answer);
    return within(answer.promise, 20_000, `${this.name}: no answer to ${command.do}`);
  }

  async #hello() {
    const before = this.since;
    const welcome = await this.ask({ do: 'hello', ...(before === undefined ? {} : { since: before, log: this.log }) });
    if (this.log !== undefined) assert.equal(welcome.log, this.log, 'the log is another one after a crash');
    this.log = welcome.log;
    if (welcome.mode === 'resumed') {
      this.resumed++;
      assert.equal(welcome.at, before);
      return;
    }
    this.refreshed++;
    // Events that come meanwhile are newer than what is fetched: `rev` says which state of a message is.
    for (const { id, members } of welcome.threads) {
      if (!this.threads.has(id)) this.threads.set(id, { messages: new Map(), marks: new Map() });
      const thread = this.threads.get(id);
      for (const { person, read } of members) if (read !== undefined) thread.marks.set(person.id, Math.max(read, thread.marks.get(person.id) ?? 0));
      await this.#fetch(id, thread);
    }
  }

  /** All of a conversation again: what was corrected while we were away has an old number. */
  async #fetch(id, thread) {
    for (let after = 0, more = true; more;) {
      const page = await this.ask({ do: 'history', thread: id, after, limit: PAGE });
      for (const message of page.messages) {
        this.#put(thread, message);
        after = message.seq;
      }
      more = page.more;
    }
  }

  // ---- talking

  talk() {
    this.talking = true;
    this.#more();
  }

  #more() {
    const ids = [...this.threads.keys()];
    while (this.talking && this.pending.size < this.flight) {
      const message = { thread: ids[Math.floor(this.chance() * ids.length)], body: `${this.name} ${++this.sent}` };
      const client_id = randomUUID();
      this.pending.set(client_id, message);
      this.#send(client_id, message);
    }
  }

  #send(client_id, message) {
    message.ref = this.#say({ do: 'send', thread: message.thread, client_id, body: message.body });
    this.asked.set(message.ref, {
      done: (sent) => this.#acknowledge(client_id, message, sent),
      fail: (error) => { if (error.code) this.fault = error; },
    });
  }

  #acknowledge(client_id, { thread, body }, { seq, rev }) {
    this.pending.delete(client_id);
    this.acknowledged.set(client_id, { thread, seq, rev, body });
    this.onAcknowledged(this);
    const chance = this.chance();
    if (this.talking && chance < 0.05) {
      this.#say({ do: 'correct', thread, seq, body: `${body}, better` });
    } else if (this.talking && chance < 0.2) {
      this.#say({ do: 'read', thread, seq });
    }
    this.#more();
    if (this.pending.size === 0) this.empty.done();
  }

  /** Says nothing new and waits until all it said is acknowledged. */
  async finish() {
    this.talking = false;
    this.empty = later();
    if (this.pending.size === 0) return;
    await within(this.empty.promise, 30_000, () => `${this.name}: ${this.pending.size} messages were never acknowledged`);
  }

  /** Waits until everything has come that was written before this: a mark that moves nothing, through the writer and back. */
  caughtUp() {
    return this.ask({ do: 'read', thread: [...this.threads.keys()][0], seq: 0 });
  }

  leave() {
    this.socket.close();
    return this.away;
  }

  // ---- hearing

  #frame(text) {
    for (const item of JSON.parse(text)) {
      if (item.event) this.#event(item);
      else this.#answer(item);
    }
  }

  #answer({ ref, ok, error }) {
    const asked = this.asked.get(ref);
    this.asked.delete(ref);
    if (!asked) return;
    if (error) asked.fail(Object.assign(new Error(`${this.name}: ${JSON.stringify(error)}`), error));
    else {
      // The number counts from the welcome on, before the events behind it in the same frame.
      if (ok.mode) this.since = ok.at;
      asked.done(ok);
    }
  }

  #put(thread, message) {
    const known = thread.messages.get(message.seq);
    if (known && known.client_id !== message.client_id) throw new Error(`${this.name}: two messages with the number ${message.seq}`);
    if (!known || known.rev <= message.rev) thread.messages.set(message.seq, message);
  }

  #event(event) {
    if (event.id !== undefined) {
      if (event.id <= this.since) this.fault = new Error(`${this.name}: event ${event.id} came after ${this.since}`);
      this.since = event.id;
    }
    if (!this.threads.has(event.thread)) this.threads.set(event.thread, { messages: new Map(), marks: new Map() });
    const thread = this.threads.get(event.thread);
    if (event.event === 'message') {
      this.#put(thread, event.message);
    } else if (event.event === 'read') {
      thread.marks.set(event.person, event.seq);
    }
  }

  // ---- what is known

  state() {
    const threads = {};
    for (const [id, { messages, marks }] of [...this.threads].sort(([a], [b]) => a - b)) {
      threads[id] = {
        messages: [...messages.values()].sort((a, b) => a.seq - b.seq),
        marks: Object.fromEntries([...marks].sort(([a], [b]) => a - b)),
      };
    }
    return threads;
  }
}
