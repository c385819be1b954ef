// Many come and go while many talk: whoever arrives in the middle of it ends with the state that everyone has.
//
// The welcome is read from a snapshot while messages are being committed, so this is where an event could be lost between
// the snapshot and going live, told twice, or told before the welcome.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { room, say, settled } from './lib/room.mjs';
import { pause, slow } from './lib/server.mjs';
import { freshly, Viewer } from './lib/viewer.mjs';

test('whoever connects or resumes in the middle of it misses nothing and hears nothing twice', async (t) => {
  const names = ['visser', 'huda', 'karim', 'rania', 'jansen'];
  const here = await room(t, names);
  const { thread, accounts, visser } = here;
  const person = here.rania.welcome.me.id;
  await visser.do('bring', { thread, person: here.jansen.welcome.me.id, reach: 'all' });

  let busy = true;
  t.after(() => { busy = false; });
  const talk = async (who, i) => {
    while (busy) {
      const burst = await Promise.all(Array.from({ length: 4 }, () => say(who, thread, `${who.name} ${i++}`)));
      const { seq } = burst[0];
      if (i % 7 === 0) await who.do('read', { thread, seq });
      if (i % 11 === 0) await who.do('correct', { thread, seq, body: `${who.name} ${i}, verbeterd` });
      if (i % 13 === 0 && who !== visser) await who.do('answer', { thread, seq: 1, answer: i % 2 ? 'call_me' : 'understood' }).catch(() => {});
      await pause(20); // or everyone would have thousands of messages to compare
    }
  };
  const comeAndGo = async () => {
    while (busy) {
      await visser.do('bring', { thread, person, reach: 'all' });
      await say(visser, thread, 'met Rania');
      await visser.do('take_out', { thread, person });
      await pause(20);
    }
  };
  await say(visser, thread, 'begin');
  const talking = [talk(visser, 0), talk(here.huda, 0), talk(here.karim, 0), comeAndGo()];

  const viewers = [];
  const arrive = async (name, rounds) => {
    let state = null;
    for (let i = 0; i < rounds; i++) {
      const viewer = state ? await Viewer.back(accounts[name], name, state) : await Viewer.start(accounts[name], name);
      const { events, welcome } = viewer.client;
      const ids = events.filter(({ id }) => id !== undefined).map(({ id }) => id);
      assert.ok(ids.every((id, n) => id > (n ? ids[n - 1] : welcome.at)), `${name}: events rise, and come after the welcome`);
      viewers.push(viewer);
      // Every other time it is the same device that comes back.
      state = i % 2 ? null : viewer.state;
    }
  };
  const rounds = Math.ceil(8 / slow) + 1;
  await Promise.all(names.flatMap((name) => [arrive(name, rounds), arrive(name, rounds)]));
  busy = false;
  await Promise.all(talking);

  const expected = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await freshly(accounts[name], name)])));
  assert.ok(expected.visser.conversations[thread].messages.length > 10);
  for (const viewer of viewers) {
    await viewer.settle();
    assert.deepEqual(viewer.known(), expected[viewer.name], viewer.name);
  }
});

test('who comes back again and again, each time where they left, has heard everything once', async (t) => {
  const here = await room(t, ['visser', 'huda', 'karim']);
  const { thread, accounts, visser, huda, karim } = here;
  let busy = true;
  t.after(() => { busy = false; });
  const talk = async (who) => { while (busy) await Promise.all(Array.from({ length: 4 }, () => say(who, thread, 'x'))); };
  const talking = [talk(visser), talk(karim)];

  const hops = Math.ceil(60 / slow);
  const hop = async () => {
    const heard = [];
    let since = huda.welcome.at;
    for (let i = 0; i < hops; i++) {
      const client = await accounts.huda.connect({ name: 'hopping', hello: { since, log: huda.welcome.log } });
      assert.equal(client.welcome.mode, 'resumed');
      if (i % 3) await client.next();
      client.drop();
      await client.closed;
      heard.push(...client.events.map(({ id }) => id));
      since = client.last || since;
    }
    return heard;
  };
  const all = await Promise.all(Array.from({ length: 6 }, hop));
  busy = false;
  await Promise.all(talking);
  await settled(huda);
  const steady = huda.events.map(({ id }) => id);
  for (const heard of all) assert.deepEqual(heard, steady.slice(0, heard.length), 'as who stayed heard it');
  assert.ok(all.some(({ length }) => length > hops));
});
