// What is seen of others: reading marks, who is writing, answers, what waits, and which languages others read in. The row `marks` of the table of
// rights says who sees it; everything that comes to somebody of each role, live, resumed and fresh, is searched for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { everyRole, isFamily, table } from './lib/cast.mjs';
import { allOf, say, settled } from './lib/room.mjs';

/** Every object inside a value. */
function* objects(value) {
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value)) yield value;
  for (const item of Object.values(value)) yield* objects(item);
}

const kinds = {
  'a reading mark': (o, me) => ('joined' in o && 'read' in o && o.person.id !== me) || (o.event === 'read' && o.person !== me),
  'who is writing': (o) => o.event === 'typing',
  'an answer': (o, me) => 'answer' in o && o.person !== me,
  'what waits': (o) => 'needs' in o || 'handled' in o,
  'what another reads': (o, me) => 'role' in o && 'name' in o && o.id !== me && ('reads' in o || 'language' in o),
};

test('the row `marks` is what is seen of others', async (t) => {
  const cast = await everyRole(t);
  const { may } = (await table()).find(({ name }) => name === 'marks');
  const thread = cast.threads.in, inside = cast.subjects.filter(({ role }) => role !== 'administrator');
  const parent = cast.subjects.find(({ role }) => role === 'parent');
  const starts = new Map(inside.map((subject) => [subject, { since: Math.max(subject.client.last, subject.client.welcome.at), log: subject.client.welcome.log }]));

  const { seq } = await say(cast.visser.client, thread, 'Is dit duidelijk?');
  for (const answer of ['understood', 'call_me']) await parent.client.do('answer', { thread, seq, answer });
  for (const { client } of [parent, cast.visser]) {
    await client.do('read', { thread, seq });
    await client.do('typing', { thread });
    await client.do('profile', { language: 'en' });
  }
  await cast.visser.client.do('handled', { thread });

  const differences = [];
  for (const subject of inside) {
    const { client, account, id, role } = subject;
    await settled(client);
    const resumed = await account.connect({ hello: starts.get(subject) });
    assert.equal(resumed.welcome.mode, 'resumed');
    await settled(resumed);
    const fresh = await account.connect();
    const ways = {
      live: client.events, resumed: resumed.events, welcome: fresh.welcome,
      asked: [await client.do('thread', { thread }), await client.do('threads'), await allOf(client, thread)],
    };
    for (const [way, told] of Object.entries(ways)) {
      for (const [kind, is] of Object.entries(kinds)) {
        const seen = [...objects(told)].some((object) => is(object, id));
        // Who is writing is not kept, and an answer stands with the message it answers.
        const expected = may[role] === 'yes' && !(kind === 'who is writing' && way !== 'live') && !(kind === 'an answer' && way === 'welcome');
        const others = kind === 'who is writing' && subject === cast.visser; // the parent writes too
        if (seen !== expected && !(others && seen)) differences.push(`${subject.name} (${role}), ${way}: ${kind} is ${seen ? 'seen' : 'not seen'}, and the table says ${may[role]}`);
      }
    }
    // Who has read it, and when, is told to everyone; of families only to those who see marks, and of oneself.
    const readers = (await client.do('readers', { thread })).readers.map(({ person }) => person);
    const families = readers.filter((person) => isFamily(person.role) && person.id !== id);
    if ((families.length > 0) !== (may[role] === 'yes')) differences.push(`${subject.name} (${role}): ${families.length} of the family who have read, and the table says ${may[role]}`);
    assert.ok(readers.some((person) => person.id === cast.visser.id), 'the mentor has read it');
    // Their own they always have.
    const mine = fresh.welcome.threads.find(({ id: is }) => is === thread).members.find(({ person }) => person.id === id);
    assert.ok('read' in mine && 'language' in mine.person, `${subject.name} sees their own`);
    resumed.drop();
    fresh.drop();
  }
  assert.deepEqual(differences, []);
});
