// What a family may not know: who read what, how others answered, what waits, and which languages others read in.
//
// Everything that a parent's browser gets in a busy conversation is searched, member by member, not just looked at where we
// expect it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { room, say, settled } from './lib/room.mjs';

/** Every object inside a value, with its path. */
function* objects(value, path = '') {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* objects(item, `${path}[${i}]`);
  } else if (value && typeof value === 'object') {
    yield [path, value];
    for (const [key, item] of Object.entries(value)) yield* objects(item, `${path}.${key}`);
  }
}

function forbidden(value, me) {
  const found = [];
  for (const [path, object] of objects(value)) {
    if ('needs' in object || 'handled' in object) found.push(`${path}: what waits for the school`);
    if ('role' in object && object.id !== me && ('language' in object || 'reads' in object)) found.push(`${path}: what another reads`);
    if ('joined' in object && object.person.id !== me && 'read' in object) found.push(`${path}: another's reading mark`);
    if ('answer' in object && object.person !== me) found.push(`${path}: another's answer`);
    if (object.event === 'read' && object.person !== me) found.push(`${path}: another read`);
    if (object.event === 'typing' || object.event === 'needs') found.push(`${path}: ${object.event}`);
  }
  return found;
}

test('the family side is told nothing of others but names and words', async (t) => {
  const here = await room(t, ['visser', 'rania', 'huda', 'karim']);
  const { thread, accounts, visser, rania, huda, karim } = here;
  const start = { since: huda.welcome.at, log: huda.welcome.log };

  await visser.do('bring', { thread, person: rania.welcome.me.id, reach: 'all', why: 'Tolkt' });
  const { seq } = await say(visser, thread, 'Dag allebei');
  await say(karim, thread, 'أهلا');
  await rania.do('version', { thread, seq, language: 'ar', body: 'مرحبا' });
  for (const [who, answer] of [[karim, 'call_me'], [huda, 'understood'], [karim, 'not_understood']]) await who.do('answer', { thread, seq, answer });
  for (const who of [visser, rania, karim, huda]) {
    await who.do('read', { thread, seq: 2 });
    await who.do('typing', { thread });
    await who.do('profile', { language: who === karim ? 'nl' : who.welcome.me.language });
  }
  await visser.do('handled', { thread });
  await visser.do('correct', { thread, seq, body: 'Dag jullie' });
  await visser.do('take_out', { thread, person: rania.welcome.me.id });
  await settled(visser);

  for (const [name, client] of [['huda', huda], ['karim', karim]]) {
    await settled(client);
    const me = client.welcome.me.id;
    const resumed = await accounts[name].connect({ hello: start });
    assert.equal(resumed.welcome.mode, 'resumed');
    await settled(resumed);
    const fresh = await accounts[name].connect();
    const everything = {
      welcome: fresh.welcome, live: client.events, resumed: resumed.events, thread: await client.do('thread', { thread }),
      threads: await client.do('threads'), history: await client.do('history', { thread }), session: await (await accounts[name].fetch('/api/session')).json(),
    };
    assert.deepEqual(forbidden(everything, me), [], name);
    assert.ok(resumed.events.length > 5);
    assert.deepEqual(everything.history.replies.map(({ person }) => person), [me]);
    const own = everything.thread.thread.members.find(({ person }) => person.id === me);
    assert.equal(own.read, 2, 'one\'s own mark is there');
  }
  const school = await visser.do('thread', { thread });
  assert.ok(forbidden(school, visser.welcome.me.id).length >= 5, 'and the search would have found it: the school side is told all of this');
});
