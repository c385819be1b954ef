// An import beside a server that serves: whoever is connected hears of it as of anything else, and nothing that is sent
// meanwhile is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSocket, refusal, signIn, uuid } from './lib/client.mjs';
import { unhurried } from './lib/room.mjs';
import { makeSchool, people, writeRoster } from './lib/school.mjs';
import { ouderbrug, startServer } from './lib/server.mjs';

const about = (client, pupil) => client.welcome.threads.find((thread) => thread.pupil.given === pupil);
const inside = (thread) => thread.members.filter(({ until }) => until === undefined).map(({ person }) => person.name).sort();

/** The school, served; imports what `who` makes of its people. */
async function served(t) {
  const school = await makeSchool(t);
  const server = await startServer(t, { ...school, args: unhurried });
  const bring = async (who) => ouderbrug(['import', await writeRoster(school.roster, { ...people, ...who }), '--data', school.data]);
  const on = async (name) => (await signIn(server, name)).connect();
  return { server, bring, on };
}

test('a new mentor comes, the old one goes, and the family sees both', async (t) => {
  const { bring, on } = await served(t);
  const [visser, bakker, huda] = [await on('visser'), await on('bakker'), await on('huda')];
  const { id: thread } = about(huda, 'Samir');
  assert.equal(about(bakker, 'Samir'), undefined);
  await visser.do('send', { thread, client_id: uuid(), body: 'Tot ziens!' });

  await bring({ visser: { ...people.visser, mentor: [] }, bakker: { ...people.bakker, mentor: ['1A', '2B'] } });
  for (const client of [huda, visser]) {
    const left = await client.event('member', (e) => e.thread === thread && e.member.person.name === 'mw. Visser' && e.member.until);
    assert.equal(left.member.until_seq, 1);
  }
  const came = await bakker.event('member', (e) => e.thread === thread && e.member.person.name === 'mw. Bakker');
  assert.equal(came.member.joined, 'roster');
  assert.equal(came.member.first_seq, 2);
  await bakker.do('send', { thread, client_id: uuid(), body: 'Dag, ik ben de nieuwe mentor.' });
  await huda.event('message', (e) => e.thread === thread && e.message.seq === 2);
  // She is no mentor any more: she signs in anew as what she is now, and cannot talk there.
  assert.equal((await visser.closed).code, 4401);
  const again = await on('visser');
  assert.equal(again.welcome.me.role, 'teacher');
  assert.deepEqual(again.welcome.threads, []);
  assert.equal((await refusal(again.do('send', { thread, client_id: uuid(), body: 'Nog iets' }))).code, 'not_found');
  assert.deepEqual(inside((await huda.do('thread', { thread })).thread), ['Huda Al-Hariri', 'Karim Al-Hariri', 'mw. Bakker']);
});

test('a coach who becomes the administrator, or a parent, is in no conversation from then on', async (t) => {
  const { bring, on } = await served(t);
  const [visser, huda] = [await on('visser'), await on('huda')];
  const { id: thread } = about(visser, 'Samir');
  for (const role of ['administrator', 'parent']) {
    await bring({});
    const rania = await on('rania');
    await visser.do('bring', { thread, person: rania.welcome.me.id, reach: 'all' });
    await huda.event('member', (e) => e.member.person.id === rania.welcome.me.id && e.member.until === undefined);
    await bring({ rania: { ...people.rania, role } });
    await huda.event('member', (e) => e.member.person.id === rania.welcome.me.id && e.member.until !== undefined);
    await rania.event('member', (e) => e.member.person.id === rania.welcome.me.id && e.member.until !== undefined).catch(() => {});
    const { seq } = await visser.do('send', { thread, client_id: uuid(), body: 'Zonder haar' });
    assert.equal((await rania.closed).code, 4401);
    assert.deepEqual(rania.events.filter((e) => e.event === 'message' && e.message.seq === seq), [], role);
    const again = await on('rania');
    assert.equal(again.welcome.me.role, role);
    assert.deepEqual(again.welcome.threads, []);
  }
});

test('who is brought in by hand stays when the roster comes again', async (t) => {
  const { bring, on } = await served(t);
  const [visser, huda] = [await on('visser'), await on('huda')];
  const { id: thread } = about(visser, 'Samir');
  const [rania] = (await visser.do('people', { query: 'rania' })).people;
  await visser.do('bring', { thread, person: rania.id });
  await huda.event('member', (e) => e.member.person.id === rania.id);
  assert.equal((await bring({})).stdout, 'No difference.\n');
  assert.ok(inside((await huda.do('thread', { thread })).thread).includes('Rania Haddad'));
});

test('a parent who has left hears that, and is signed out', async (t) => {
  const { server, bring, on } = await served(t);
  const session = await signIn(server, 'karim');
  const karim = await session.connect();
  const visser = await on('visser');
  const { id: thread } = about(karim, 'Samir');
  await bring({ karim: null });
  await visser.event('member', (e) => e.thread === thread && e.member.person.name === 'Karim Al-Hariri' && e.member.until);
  // Whether the line is cut or not, nothing can be done over it.
  const end = await Promise.race([refusal(karim.do('send', { thread, client_id: uuid(), body: 'x' })).catch(({ closed }) => ({ closed })),
    karim.closed.then(({ code }) => ({ closed: code }))]);
  assert.ok(end.closed === 4401 || ['signed_out', 'not_found'].includes(end.code), JSON.stringify(end));
  assert.equal((await session.fetch('/api/session')).status, 401);
  const late = await openSocket(server, { cookie: session.cookie });
  late.raw('{"do":"hello","ref":1}');
  assert.equal((await late.closed).code, 4401);
});

test('another class, another name: everyone concerned is told to look again', async (t) => {
  const { bring, on } = await served(t);
  const [huda, oksana] = [await on('huda'), await on('oksana')];
  const samir = about(huda, 'Samir').id, mykola = about(oksana, 'Микола').id;
  await bring({ samir: { ...people.samir, given: 'Sameer' }, oksana: { ...people.oksana, given: 'Оксанка' } });
  await huda.event('thread', (e) => e.thread === samir);
  assert.equal((await huda.do('thread', { thread: samir })).thread.pupil.given, 'Sameer');
  await oksana.event('member', (e) => e.thread === mykola && e.member.person.name === 'Оксанка Коваленко');
});

test('a new pupil is a conversation more for the mentor who is looking', async (t) => {
  const { bring, on } = await served(t);
  const visser = await on('visser');
  await bring({ reza: { role: 'pupil', given: 'Reza', family: 'Moradi', class: '2B' },
    nasrin: { role: 'parent', relation: 'mother', given: 'نسرین', family: 'مرادی', of: ['reza'], language: 'fa', speaks: 'fa', reads: 'fa' } });
  const { thread } = await visser.event('member', (e) => e.member.person.name === 'mw. Visser');
  const state = await visser.do('thread', { thread });
  assert.equal(state.thread.pupil.name, 'Reza Moradi');
  assert.deepEqual(inside(state.thread), ['mw. Visser', 'نسرین مرادی'].sort());
});

test('messages that are sent during imports are all there, each once', async (t) => {
  const { bring, on } = await served(t);
  const [visser, huda] = [await on('visser'), await on('huda')];
  const { id: thread } = about(huda, 'Samir');
  let over = false;
  const imports = (async () => {
    for (let i = 0; i < 6; i++) await bring({ karim: i % 2 ? people.karim : null });
    over = true;
  })();
  const sent = [];
  while (!over) {
    sent.push(...(await Promise.all([visser, huda].map((from) => from.do('send', { thread, client_id: uuid(), body: `${sent.length}` })))));
  }
  await imports;
  assert.deepEqual(sent.map(({ seq }) => seq).sort((a, b) => a - b), sent.map((_, i) => i + 1));
  const { thread: state } = await huda.do('thread', { thread });
  assert.equal(state.last.seq, sent.length);
  assert.deepEqual(inside(state), ['Huda Al-Hariri', 'Karim Al-Hariri', 'mw. Visser']);
});
