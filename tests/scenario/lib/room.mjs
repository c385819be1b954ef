// scenario/lib/room.mjs: the people of the small school (school.mjs), connected and waiting, and what tests often do with them.
//
//   const { server, thread, visser, huda } = await room(t, ['visser', 'huda']);   // thread: Samir's family
//   await say(visser, thread, 'Dag');
import { refusal, signIn, uuid, WireError } from './client.mjs';
import { makeSchool } from './school.mjs';
import { pause, startServer } from './server.mjs';

/** Nobody here is slow because of the rate limit, unless the test is about it. */
export const unhurried = ['--rate-burst', '100000', '--rate-per-second', '100000'];

/** Starts a school and connects these people; gives them by name, with `accounts`, `server`, `school` and `thread`. */
export async function room(t, names, { args = unhurried, ...options } = {}) {
  const school = await makeSchool(t);
  const server = await startServer(t, { ...school, args, ...options });
  const accounts = {};
  const here = { school, server, accounts };
  for (const name of names) {
    accounts[name] = await signIn(server, name);
    here[name] = await accounts[name].connect({ name });
    here.thread ??= threadOf(here[name], 'Samir')?.id;
  }
  return here;
}

/** The thread about the pupil of this given name, as the client's welcome had it. */
export const threadOf = (client, given) => client.welcome.threads?.find(({ pupil }) => pupil.given === given);

/** Sends a message and gives the answer. */
export const say = (client, thread, body, more = {}) => client.do('send', { thread, client_id: uuid(), body, ...more });

/** All messages of a thread as this person may see them. */
export async function allOf(client, thread) {
  const messages = [], replies = [];
  for (let after = 0; ;) {
    const page = await client.do('history', { thread, after, limit: 100 });
    messages.push(...page.messages);
    replies.push(...page.replies);
    if (!page.more) return { messages, replies };
    after = page.messages.at(-1).seq;
  }
}

/** Waits until the server has told this client everything so far: it is answered (and refused) in turn, and changes nothing. */
export async function settled(client) {
  await refusal(client.do('hello'));
}

/** Does it as an app would: what is too much at once is tried again when the server says so. */
export async function patiently(work) {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof WireError) || error.code !== 'rate_limited') throw error;
      await pause(error.retry_ms);
    }
  }
}
