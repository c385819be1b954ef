// Coming back: exactly what was missed, once, in order; and where that is not to be had, the whole state.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuid } from './lib/client.mjs';
import { room, say, settled, threadOf, unhurried } from './lib/room.mjs';

const back = (account, client, more = {}) => account.connect({ name: `${client.name} again`, hello: { since: client.last || client.welcome.at, log: client.welcome.log, ...more } });
const ids = (events) => events.filter(({ id }) => id !== undefined).map(({ id }) => id);

test('who was away hears exactly what they missed, in order, and then what is new', async (t) => {
  const { thread, accounts, visser, huda, karim } = await room(t, ['visser', 'huda', 'karim']);
  await say(visser, thread, 'gezien');
  await settled(huda);
  await huda.close();
  for (let i = 0; i < 20; i++) await say(i % 2 ? visser : karim, thread, `gemist ${i}`);
  await visser.do('correct', { thread, seq: 1, body: 'gezien!' });
  await karim.do('answer', { thread, seq: 1, answer: 'call_me' });
  await visser.do('read', { thread, seq: 5 });
  await say(karim, thread, 'en nog een');
  const again = await back(accounts.huda, huda);
  const { mode, at, threads, log } = again.welcome;
  assert.deepEqual([mode, at, threads, log], ['resumed', huda.last, undefined, huda.welcome.log]);
  await say(visser, thread, 'nieuw');
  await again.event('message', (e) => e.message.body === 'nieuw');
  await settled(karim);
  // Karim, who stayed, heard the same but for what is his own.
  const stayed = karim.events.filter((e) => e.id > huda.last && (e.event === 'message' || e.event === 'member'));
  assert.deepEqual(ids(again.events), ids(stayed));
  assert.deepEqual(again.events.filter((e) => e.event === 'message' && e.message.seq > 1), stayed.filter((e) => e.message.seq > 1));
});

test('who missed nothing is told nothing', async (t) => {
  const { thread, accounts, visser } = await room(t, ['visser']);
  await say(visser, thread, 'x');
  await settled(visser);
  const again = await back(accounts.visser, visser);
  await settled(again);
  assert.deepEqual([again.welcome.mode, again.events], ['resumed', []]);
});

test('a number from another log, from the future, without a log, or from too long ago gets the whole state', async (t) => {
  const { thread, accounts, visser, huda } = await room(t, ['visser', 'huda']);
  await say(visser, thread, 'x');
  const { log, at } = huda.welcome;
  const cases = [{ since: at, log: uuid() }, { since: at }, { log }, { since: at + 1_000_000, log }, { since: 9007199254740991, log }, {}];
  for (const hello of cases) {
    const client = await accounts.huda.connect({ hello });
    assert.equal(client.welcome.mode, 'fresh', JSON.stringify(hello));
    assert.equal(client.welcome.threads.length, 2);
    assert.equal(client.welcome.threads.find(({ id }) => id === thread).last.body, 'x');
    client.drop();
  }
  assert.equal((await accounts.huda.connect({ hello: { since: 0, log: log.toUpperCase() } })).welcome.mode, 'resumed');
  await Promise.all(Array.from({ length: 520 }, (_, i) => say(visser, thread, `veel ${i}`)));
  const far = await accounts.huda.connect({ hello: { since: at, log } });
  assert.equal(far.welcome.mode, 'fresh', 'more was missed than is told as events');
  await settled(far);
  assert.deepEqual(far.events, []);
  assert.equal(far.welcome.threads.find(({ id }) => id === thread).last.seq, 521);
  const other = await accounts.huda.connect({ hello: { since: far.welcome.at - 5, log } });
  assert.equal(other.welcome.mode, 'resumed');
});

test('what others talked about meanwhile is not counted as missed', async (t) => {
  const { accounts, visser, huda, oksana } = await room(t, ['visser', 'huda', 'oksana']);
  const mykola = threadOf(oksana, 'Микола').id;
  await huda.close();
  await Promise.all(Array.from({ length: 600 }, (_, i) => say(visser, mykola, `veel ${i}`)));
  const again = await back(accounts.huda, huda);
  await settled(again);
  assert.deepEqual([again.welcome.mode, again.events], ['resumed', []]);
});

test('a restart of the server loses nothing and clients resume', async (t) => {
  const { server, thread, accounts, visser, huda } = await room(t, ['visser', 'huda']);
  await say(visser, thread, 'voor');
  await huda.event('message');
  await huda.close();
  await say(visser, thread, 'tussen');
  const { code } = await server.stop().then(() => visser.closed);
  assert.equal(code, 1001);
  await server.start();
  const [mentor, parent] = await Promise.all([back(accounts.visser, visser), back(accounts.huda, huda)]);
  assert.deepEqual([mentor.welcome.mode, parent.welcome.mode], ['resumed', 'resumed']);
  assert.equal((await parent.event('message')).message.body, 'tussen');
  assert.equal((await say(mentor, thread, 'na')).seq, 3);
  assert.equal((await parent.event('message')).message.body, 'na');
});

test('a reader who is too slow is cut off and resumes with nothing lost', async (t) => {
  const { thread, accounts, visser, huda } = await room(t, ['visser', 'huda'], { args: [...unhurried, '--queue-max-bytes', '1048576'] });
  const laptop = await accounts.huda.connect({ name: 'laptop' });
  await say(visser, thread, 'eerst');
  await laptop.event('message');
  laptop.pause();
  // Each correction is told with those before it: together more than the kernel takes for a socket that nobody reads.
  for (let n = 0; n < 3; n++) {
    const { seq } = await say(visser, thread, 'wordt verbeterd');
    for (let i = 0; i < 55; i++) {
      await visser.do('correct', { thread, seq, body: `${i} ${'x'.repeat(3900)}` });
      await huda.event('message', (e) => e.message.versions.length === i + 1);
    }
  }
  const { seq: last } = await say(visser, thread, 'laatst');
  await huda.event('message', (e) => e.message.seq === last);
  laptop.resume();
  const { code } = await laptop.closed;
  // 1006 where it stood still for so long that the server gave up on telling it.
  assert.ok([4001, 1006].includes(code), `closed with ${code}`);
  const heard = ids(laptop.events), all = ids(huda.events);
  assert.ok(heard.length < all.length);
  assert.deepEqual(heard, all.slice(0, heard.length), 'what came before the cut has no gap');
  const again = await back(accounts.huda, laptop);
  if (again.welcome.mode === 'resumed') {
    while (again.last < all.at(-1)) await again.event('message');
    assert.deepEqual(ids(again.events), all.slice(heard.length), 'and behind it comes the rest');
  } else {
    assert.equal(again.welcome.threads.find(({ id }) => id === thread).last.seq, last);
  }
  assert.equal((await again.do('history', { thread, before: last, limit: 1 })).messages[0].versions.length, 55);
});

test('a state that is larger than the bound is told all the same, also while others talk', async (t) => {
  const { thread, accounts, visser, huda, karim } = await room(t, ['visser', 'huda', 'karim'], { args: [...unhurried, '--queue-max-bytes', '65536'] });
  let seq;
  for (let i = 0; i < 12; i++) ({ seq } = await say(visser, thread, `${i} ${'ሄ'.repeat(3900)}`));
  let busy = true;
  t.after(() => { busy = false; });
  const talk = async (who) => { while (busy) await who.do('read', { thread, seq }).then(() => say(who, thread, 'x')).then(({ seq: at }) => who.do('read', { thread, seq: at })); };
  const talking = [talk(huda), talk(karim)];
  for (let i = 0; i < 30; i++) {
    const client = await accounts.visser.connect();
    const { messages } = await client.do('history', { thread, before: seq + 1 });
    assert.equal(messages.length, 12);
    client.drop();
  }
  busy = false;
  await Promise.all(talking);
});
