// The roster changes while people talk: another program writes to the same file, and whoever is connected hears of it, in the
// one order of all events.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { refusal, signIn } from './lib/client.mjs';
import { room, say, settled } from './lib/room.mjs';
import { people, writeRoster } from './lib/school.mjs';
import { ouderbrug, pause, within } from './lib/server.mjs';
import { freshly, Viewer } from './lib/viewer.mjs';

let n = 0;
async function bring(school, who) {
  const folder = await writeRoster(join(school.folder, `roster-${++n}`), who);
  await ouderbrug(['import', folder, '--data', school.data]);
}

/** Waits until every viewer's state is what a new connection is told: an import is noticed within a second or two. */
async function agree(viewers) {
  let differs;
  await within((async () => {
    for (;;) {
      try {
        for (const viewer of viewers) {
          const expected = await freshly(viewer.account, viewer.name);
          await viewer.settle();
          assert.deepEqual(viewer.known(), expected, viewer.name);
        }
        return;
      } catch (error) {
        if (!(error instanceof assert.AssertionError)) throw error;
        differs = error;
        await pause(100);
      }
    }
  })(), 15_000, () => differs?.message ?? 'It took too long.');
}

const watchers = ['visser', 'bakker', 'huda', 'karim', 'oksana', 'jansen', 'rania'];

async function watched(t) {
  const here = await room(t, watchers);
  const viewers = {};
  for (const name of watchers) viewers[name] = await Viewer.start(here.accounts[name], name);
  return { ...here, viewers };
}

const rising = (client) => {
  const ids = client.events.filter(({ id }) => id !== undefined).map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)].sort((a, b) => a - b), `${client.name}: event ids rise`);
};

test('a new mentor, a guardian who is gone, one who is new and names that changed are told live', async (t) => {
  const { school, server, thread, visser, huda, karim, oksana, viewers } = await watched(t);
  await say(visser, thread, 'Ik geef jullie door');
  await bring(school, {
    ...people,
    visser: { ...people.visser, mentor: ['3C'] },
    bakker: { ...people.bakker, mentor: ['1A', '2B'] },
    karim: null,
    oksana: { ...people.oksana, family: 'Шевченко' },
    mykola: { ...people.mykola, given: 'Микита' },
    noura: { role: 'parent', relation: 'relative', given: 'Noura', family: 'Al-Hariri', of: ['samir'], language: 'ar', speaks: 'ar-SY', reads: 'ar' },
  });
  const came = await huda.event('member', (e) => e.member.person.name === 'mw. Bakker' && e.thread === thread);
  assert.deepEqual([came.thread, came.member.joined, came.member.first_seq], [thread, 'roster', 2]);
  await huda.event('member', (e) => e.member.person.name === 'mw. Visser' && e.member.until > 0);
  await huda.event('member', (e) => e.member.person.name === 'Karim Al-Hariri' && e.member.until > 0);
  await huda.event('member', (e) => e.member.person.name === 'Noura Al-Hariri');
  await visser.event('member', (e) => e.thread === thread && e.member.person.id === visser.welcome.me.id && e.member.until > 0);
  await oksana.event('thread');
  await assert.rejects(karim.do('threads'), { closed: 4401 }, 'who left the school is signed out');
  const noura = await (await signIn(server, 'noura')).connect();
  assert.equal(noura.welcome.threads[0].last, undefined, 'a guardian who comes later sees from then on');
  delete viewers.karim;
  await agree(Object.values(viewers));
  assert.equal(viewers.bakker.state.conversations.size, 5, 'the new mentor has the families of both classes');
  assert.equal(viewers.visser.state.conversations.size, 0);
  // What was said to the mentor before is the family's to open: the new one asks, for themselves and nobody else's leave.
  const { bakker } = viewers, asks = { thread, person: came.member.person.id };
  assert.deepEqual((await bakker.client.do('history', { thread })).messages, []);
  const { consent } = await bakker.client.do('widen', asks);
  assert.deepEqual([consent.kind, consent.by, consent.reach], ['earlier', asks.person, 'all']);
  assert.equal((await refusal(bakker.client.do('widen', asks))).reason, 'already_asked');
  await huda.do('consent_answer', { thread, consent: consent.id, says: 'yes', language: 'ar' });
  await bakker.client.event('member', (e) => e.member.person.id === asks.person && e.member.first_seq === 1);
  assert.deepEqual((await bakker.client.do('history', { thread })).messages.map(({ body }) => body), ['Ik geef jullie door']);
  await huda.do('consent_withdraw', { thread, consent: consent.id });
  await bakker.client.event('member', (e) => e.member.person.id === asks.person && e.member.until === undefined && e.member.first_seq === 2);
  assert.deepEqual((await bakker.client.do('history', { thread })).messages, []);
  await agree(Object.values(viewers));
  assert.deepEqual([...viewers.oksana.state.conversations.values()].map(({ thread: { pupil } }) => pupil.given), ['Микита']);
  for (const { client } of Object.values(viewers)) rising(client);
});

test('a pupil changes class, a class its name, and a pupil leaves and comes back', async (t) => {
  const { school, thread, visser, huda, viewers } = await watched(t);
  await say(visser, thread, 'voor de verhuizing');
  await bring(school, { ...people, samir: { ...people.samir, class: '1A' } });
  await agree(Object.values(viewers));
  assert.equal(viewers.bakker.state.conversations.get(thread).thread.pupil.class.name, '1A');
  assert.equal(viewers.visser.state.conversations.has(thread), false);
  await bring(school, { ...people, samir: null, huda: { ...people.huda, of: ['amal'] }, karim: null });
  delete viewers.karim;
  await agree(Object.values(viewers));
  assert.equal(viewers.huda.state.conversations.has(thread), false);
  await bring(school, people);
  await agree(Object.values(viewers));
  assert.equal(viewers.huda.state.conversations.get(thread).messages[0].body, 'voor de verhuizing', 'no conversation is deleted');
  await say(huda, thread, 'وصلنا');
  await agree(Object.values(viewers));
});

test('imports while everyone talks: one order of events for all, nothing lost', async (t) => {
  const { school, thread, visser, huda, viewers } = await watched(t);
  let busy = true, sent = 0;
  t.after(() => { busy = false; });
  const talk = async (who) => { while (busy) { await say(who, thread, `${who.name} ${++sent}`); await pause(1); } };
  const talking = [talk(visser), talk(huda)];
  for (let i = 0; i < 4; i++) {
    await bring(school, { ...people, bakker: { ...people.bakker, mentor: i % 2 ? ['1A'] : ['1A', '2B'] }, oksana: { ...people.oksana, family: `Коваленко-${i}` } });
  }
  busy = false;
  await Promise.all(talking);
  await agree(Object.values(viewers));
  for (const client of [visser, huda, ...Object.values(viewers).map((viewer) => viewer.client)]) {
    await settled(client);
    rising(client);
  }
  const heard = huda.events.filter((e) => e.event === 'message').map(({ message }) => message.seq);
  assert.deepEqual(heard, Array.from({ length: sent }, (_, i) => i + 1), 'no message is lost, none is told twice');
});
