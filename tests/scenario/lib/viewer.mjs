// scenario/lib/viewer.mjs: somebody with the browser app's own state (web/src/state/apply.ts): the same code that runs on the
// phone hears what this server says.
//
//   const viewer = await Viewer.start(account, 'huda');   // hello, and all pages of every conversation
//   await viewer.settle();                                // everything the server told so far is in viewer.state
//   assert.deepEqual(viewer.known(), await freshly(account));
import { allOf, settled } from './room.mjs';
import { apply, fresh, resumed, withNotePage, withPage, withThread, withoutThread } from '../../../web/src/state/apply.ts';
import { WireError } from './client.mjs';

/** A state as plain data that can be compared. */
export function plain(state) {
  return {
    me: state.me, school: state.school, wanted: [...state.wanted],
    conversations: Object.fromEntries([...state.conversations].sort(([a], [b]) => a - b).map(([id, { thread, loaded, older, messages, replies, notes }]) =>
      // An answer taken back stays as `none` in the app; a page has none of it.
      [id, { thread, loaded, older, messages, notes: notes.items, replies: replies.filter(({ answer }) => answer !== 'none') }])),
  };
}

export class Viewer {
  constructor(account, name, client, state) {
    this.account = account;
    this.name = name;
    this.client = client;
    this.state = state;
    this.applied = 0;
  }

  static async start(account, name, hello = {}) {
    const client = await account.connect({ name, hello });
    const viewer = new Viewer(account, name, client, fresh(client.welcome));
    await viewer.settle();
    return viewer;
  }

  /** Somebody who had this state and comes back now. */
  static async back(account, name, state) {
    const client = await account.connect({ name, hello: { since: state.last, log: state.log } });
    const { welcome } = client;
    const viewer = new Viewer(account, name, client, welcome.mode === 'resumed' ? resumed(state, welcome) : fresh(welcome));
    await viewer.settle();
    return viewer;
  }

  /** Takes in what came; what the state asks for is fetched, and where the server says "resume" it does, as the app. */
  async settle() {
    for (;;) {
      try {
        return await this.#settle();
      } catch (error) {
        if (error.closed !== 4001) throw error;
        this.take();
        Object.assign(this, await Viewer.back(this.account, this.name, this.state));
      }
    }
  }

  async #settle() {
    for (;;) {
      await settled(this.client);
      this.take();
      const wanted = [...this.state.wanted];
      const conversations = [...this.state.conversations.values()];
      const closed = conversations.filter(({ loaded }) => !loaded).map(({ thread }) => thread.id);
      const unnoted = conversations.filter(({ thread, notes }) => thread.notes !== undefined && !notes.loaded).map(({ thread }) => thread.id);
      if (wanted.length === 0 && closed.length === 0 && unnoted.length === 0) return this;
      for (const thread of wanted) await this.fetchThread(thread);
      for (const thread of closed) if (this.state.conversations.has(thread)) await this.open(thread);
      for (const thread of unnoted) if (this.state.conversations.has(thread)) await this.openNotes(thread);
    }
  }

  take() {
    for (; this.applied < this.client.events.length; this.applied++) this.state = apply(this.state, this.client.events[this.applied]);
  }

  async fetchThread(thread) {
    try {
      const answer = await this.client.do('thread', { thread });
      this.take();
      this.state = withThread(this.state, answer);
    } catch (error) {
      if (!(error instanceof WireError) || error.code !== 'not_found') throw error;
      this.state = withoutThread(this.state, thread);
    }
  }

  /** Loads the newest page and those before it. */
  async open(thread) {
    for (let before; ;) {
      let page;
      try {
        page = await this.client.do('history', { thread, limit: 100, ...(before ? { before } : {}) });
      } catch (error) {
        if (!(error instanceof WireError) || error.code !== 'not_found') throw error;
        return;
      }
      this.take();
      this.state = withPage(this.state, page);
      before = page.messages[0]?.seq;
      if (!page.more) return;
    }
  }

  /** Loads all pages of staff notes. */
  async openNotes(thread) {
    for (let before; ;) {
      let page;
      try {
        page = await this.client.do('notes', { thread, limit: 2, ...(before ? { before } : {}) });
      } catch (error) {
        if (!(error instanceof WireError) || error.code !== 'not_found') throw error;
        return;
      }
      this.take();
      this.state = withNotePage(this.state, page);
      before = page.notes[0]?.id;
      if (!page.more) return;
    }
  }

  known() { return plain(this.state); }
}

/** What a new connection of this person is told now. */
export async function freshly(account, name = 'fresh') {
  const viewer = await Viewer.start(account, name);
  // And not by page only: history from the start says the same.
  for (const [thread, { messages }] of viewer.state.conversations) {
    const all = await allOf(viewer.client, thread);
    if (JSON.stringify(all.messages) !== JSON.stringify(messages)) throw new Error(`${name}: history forward and backward differ in thread ${thread}`);
  }
  viewer.client.drop();
  return viewer.known();
}
