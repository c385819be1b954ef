// Bad input gets a clear error and costs nothing: every field of every command, made wrong in every way its description
// allows, generated from the program's own document; then frames, refs, floods and hostile texts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSocket, refusal, signIn, uuid } from './lib/client.mjs';
import { allOf, room, say, settled, unhurried } from './lib/room.mjs';
import { commands } from './lib/shapes.mjs';
import { patience, pause } from './lib/server.mjs';
import { freshly } from './lib/viewer.mjs';

const plain = ({ code, field, reason }) => ({ code, ...(field ? { field } : {}), ...(reason ? { reason } : {}) });
const invalid = (field, reason) => ({ code: 'invalid', ...(field ? { field } : {}), reason });

const wrongTypes = {
  integer: ['1', '', 1.5, 1e300, true, null, [], {}, [1]],
  boolean: [1, 0, 'true', null, [], {}],
  string: [1, 0, true, false, null, [], {}, ['x']],
  array: ['1', '', 1, true, null, {}, ['x'], [1, null], [1.5], [[1]]],
};
const texts = [
  ['', 'empty'], [' \t\n ', 'empty'], ['\u200b\u2060', 'empty'], ['\u202e\u202c', 'empty'],
  ['a\u0000b', null], ['a\u0007b', 'controls'], ['a\u001bb', 'controls'], ['a\u007fb', 'controls'], ['a\u0085b', 'controls'],
  ['x'.repeat(16 * 1024 + 1), 'too_long'], ['م'.repeat(8001), 'too_long'], [`a${'\u0301'.repeat(70)}`, 'marks'],
];

/** [value, reason] of everything that this field must refuse. */
function* wrongs(name, schema) {
  for (const value of wrongTypes[schema.type]) yield [value, 'type'];
  if (schema.type === 'integer') {
    yield [schema.minimum - 1, 'range'];
    yield [schema.maximum + 1, 'range'];
    yield [-9007199254740991, 'range'];
  } else if (schema.type === 'boolean') {
    return;
  } else if (schema.type === 'array') {
    yield [[], 'range'];
    yield [[0], 'range'];
    yield [[1, 2 ** 53], 'range'];
    yield [Array.from({ length: schema.maxItems + 1 }, (_, i) => i + 1), 'range'];
    yield [[1, 2, 1], 'twice'];
  } else if (schema.enum) {
    for (const word of ['', 'nonsense', schema.enum[0].toUpperCase(), `${schema.enum[0]} `]) yield [word, 'word'];
  } else if (schema.format === 'uuid') {
    for (const text of ['', 'x', '0'.repeat(36), uuid().replaceAll('-', ''), `${uuid()}0`, uuid().slice(1), `{${uuid()}}`, uuid().replace(/[0-9a-f]$/, 'g')]) yield [text, 'uuid'];
  } else if (/language$/.test(name)) {
    for (const tag of ['', ' ', '-', 'nl-', 'x', 'n1', 'dutch language', 'nl\u0000', 'a'.repeat(300), 'nl-'.repeat(30), '<b>']) yield [tag, tag.includes('\u0000') ? null : 'tag'];
  } else if (name === 'body') {
    yield* texts;
  } else {
    yield ['x'.repeat(201), 'too_long'];
    yield ['a\u0007b', 'controls'];
    yield [`a${'\u0301'.repeat(70)}`, 'marks'];
  }
}

test('every field of every command refuses what it is not, and says which and how', async (t) => {
  const here = await room(t, ['visser', 'huda', 'admin', 'jansen', 'rania']);
  const { thread, accounts, visser, huda, jansen, rania, admin } = here;
  const { seq } = await say(visser, thread, 'Dag');
  await visser.do('bring', { thread, person: rania.welcome.me.id });
  const right = {
    since: 0, log: visser.welcome.log, thread, seq, before: 1, after: 1, limit: 1, client_id: uuid(), body: 'x', files: [1], file: 1, language: 'nl', direction: 'ltr',
    answer: 'understood', query: 'x', person: jansen.welcome.me.id, reach: 'all', why: 'x', consent: 1, kind: 'machine', says: 'yes', said_by: huda.welcome.me.id, words: 'x', until: 4_000_000_000_000,
    from_seq: 1, level: 'staff', note: 1, class: 1, session: 1,
    topic: 'money', held: true, word: 1, n: 1, anyway: true,
    term: 1, target_language: 'ar', instead: 'x', inflects: true,
    phrase: 'closed.tomorrow', name: 'x', place: 'x', date: '2026-12-01', time: '08:30', number: 1, gender: 'other',
  };
  const who = { answer: huda, roll: admin, invite: admin, invite_class: admin, sessions_of: admin, session_end_of: admin,
    check_version: rania, held: rania, topic_hold: admin, topic_word_add: rania, topic_word_remove: admin,
    glossary_put: rania, glossary_remove: rania, recording_withdraw: rania };
  const before = await Promise.all([freshly(accounts.visser), freshly(accounts.huda)]);
  right.balance = 'both';
  let tried = 0;
  for (const { name, fields, required } of commands()) {
    const client = who[name] ?? visser;
    const base = Object.fromEntries(required.map((field) => [field, right[field]]));
    for (const [field, schema] of Object.entries(fields)) {
      assert.ok(field in right, `${name} has a new field ${field}: say here what is right for it`);
      for (const [value, reason] of wrongs(field, schema)) {
        tried++;
        if (reason === null) {
          client.raw(JSON.stringify({ do: name, ref: 1, ...base, [field]: value }));
          await settled(client);
          assert.deepEqual(client.faults.splice(0).map(plain), [{ code: 'bad_frame', reason: 'json' }], `${name}.${field}: NUL`);
          continue;
        }
        assert.deepEqual(plain(await refusal(client.do(name, { ...base, [field]: value }))), invalid(field, reason),
          `${name}.${field} = ${JSON.stringify(value).slice(0, 60)}`);
      }
    }
    for (const field of required) {
      const { [field]: _, ...rest } = base;
      assert.deepEqual(plain(await refusal(client.do(name, rest))), invalid(field, 'missing'), `${name} without ${field}`);
    }
    for (const extra of ['Thread', 'body ', '', '__proto__x', 'seq\u0301']) {
      assert.deepEqual(plain(await refusal(client.do(name, { ...base, [extra]: 1 }))), invalid(null, 'unknown_field'), `${name} with ${extra}`);
    }
  }
  assert.ok(tried > 400, `${tried}`);
  assert.deepEqual(await Promise.all([freshly(accounts.visser), freshly(accounts.huda)]), before, 'nothing has changed');
  for (const client of [visser, huda]) assert.deepEqual(client.events.filter(({ id }) => id > visser.welcome.at + 3), [], 'and nobody was told anything');
});

test('what is no command is answered with what is wrong, and the connection goes on', async (t) => {
  const { visser, thread } = await room(t, ['visser']);
  const deep = (n, open = '[', close = ']') => open.repeat(n) + close.repeat(n);
  const frames = [
    ['', 'json'], [' ', 'json'], ['{', 'json'], ['{"do":"threads","ref":1', 'json'], ['{"do":"threads","ref":1}}', 'json'], ['{"do":"threads","ref":1} {"do":"threads","ref":2}', 'json'],
    ['{"do":"threads","ref":1,}', 'json'], ["{'do':'threads','ref':1}", 'json'], ['{do:"threads",ref:1}', 'json'], ['\ufeff{"do":"threads","ref":1}', 'json'],
    ['{"do":"threads","ref":1}\u0000', 'json'], ['{"do":"threads","ref":01}', 'json'], ['{"do":"threads","ref":+1}', 'json'], ['{"do":"threads","ref":NaN}', 'json'],
    ['{"do":"\\ud800","ref":1}', 'json'], ['{"do":"\\udc00\\ud800","ref":1}', 'json'], ['{"do":"a\nb","ref":1}', 'json'], ['{"do":"threads","ref":99999999999999999999999}', 'json'],
    ['null', 'not_object'], ['1', 'not_object'], ['"hello"', 'not_object'], ['[]', 'not_object'], ['[{"do":"threads","ref":1}]', 'not_object'], ['true', 'not_object'],
    ['{"do":"threads","ref":1,"ref":2}', 'duplicate_key'], ['{"do":"threads","do":"people","ref":1}', 'duplicate_key'], ['{"do":"threads","ref":1,"\\u0072ef":2}', 'duplicate_key'],
    [`{"do":"threads","ref":1,"x":{"a":1,"a":2}}`, 'duplicate_key'],
    [deep(9), 'depth'], [deep(30000), 'depth'], [`{"do":"threads","ref":1,"x":${deep(30000)}}`, 'depth'], ['['.repeat(60000), 'depth'], [`${'{"a":'.repeat(10000)}1${'}'.repeat(10000)}`, 'depth'],
  ];
  for (const [text, reason] of frames) {
    visser.raw(text);
    await settled(visser);
    assert.deepEqual(visser.faults.splice(0).map(plain), [{ code: 'bad_frame', reason }], text.slice(0, 80));
  }
  const noRef = [
    ['{}', invalid('ref', 'missing')], ['{"do":"threads"}', invalid('ref', 'missing')], ['{"do":"threads","ref":null}', invalid('ref', 'type')], ['{"do":"threads","ref":"1"}', invalid('ref', 'type')],
    ['{"do":"threads","ref":1.0}', invalid('ref', 'type')], ['{"do":"threads","ref":1e3}', invalid('ref', 'type')], ['{"do":"threads","ref":{}}', invalid('ref', 'type')], ['{"do":"threads","ref":0}', invalid('ref', 'range')],
    ['{"do":"threads","ref":-1}', invalid('ref', 'range')], ['{"do":"threads","ref":9007199254740992}', invalid('ref', 'range')], ['{"do":"threads","ref":9223372036854775807}', invalid('ref', 'range')],
  ];
  for (const [text, error] of noRef) {
    visser.raw(text);
    await settled(visser);
    assert.deepEqual(visser.faults.splice(0).map(plain), [error], text);
  }
  const withRef = [
    ['', invalid('do', 'missing')], [',"do":1', invalid('do', 'type')], [',"do":null', invalid('do', 'type')], [',"do":""', { code: 'unknown_command', field: 'do' }],
    [',"do":"Hello"', { code: 'unknown_command', field: 'do' }], [',"do":"hello "', { code: 'unknown_command', field: 'do' }], [',"do":"constructor"', { code: 'unknown_command', field: 'do' }],
    [`,"do":"${'x'.repeat(60000)}"`, { code: 'unknown_command', field: 'do' }],
  ];
  for (const [rest, error] of withRef) {
    const ref = ++visser.ref;
    const answer = visser.answer(ref);
    visser.raw(`{"ref":${ref}${rest}}`);
    assert.deepEqual(plain(await refusal(answer)), error, rest.slice(0, 60));
  }
  const ref = Number.MAX_SAFE_INTEGER;
  const answer = visser.answer(ref, 'threads');
  visser.raw(`\t{ "ref" : ${ref}, "do"\n: "threads" }\r\n`);
  assert.equal((await answer).threads.length, 2);
  assert.equal((await say(visser, thread, 'en verder')).seq, 1);
});

test('a message of ten thousand combining marks is refused quickly', async (t) => {
  const { visser, huda, thread } = await room(t, ['visser', 'huda']);
  for (const marks of ['\u0301', '\u064b', '\u0f39', '\u{1d165}', '\u0300\u0315\u0334', '\u200d', '\ufe0f']) {
    const body = `a${marks.repeat(10_000 / marks.length)}`;
    const start = performance.now();
    const error = plain(await refusal(visser.do('send', { thread, client_id: uuid(), body })));
    assert.ok(performance.now() - start < patience(250), 'quickly');
    assert.equal(error.field, 'body');
    assert.ok(['marks', 'too_long'].includes(error.reason), error.reason);
  }
  // Few enough bytes that only the marks are wrong.
  assert.deepEqual(plain(await refusal(visser.do('send', { thread, client_id: uuid(), body: `a${'\u0301'.repeat(5000)}` }))), invalid('body', 'marks'));
  assert.equal((await say(visser, thread, `Zͦalgo met mate é̂ en ${'👨‍👩‍👧‍👦'.repeat(20)}`)).seq, 1, 'what a script or a family needs is fine');
  await huda.event('message');
});

test('a reason with an override is shown without it', async (t) => {
  const { visser, huda, rania, thread } = await room(t, ['visser', 'huda', 'rania']);
  const { member } = await visser.do('bring', { thread, person: rania.welcome.me.id, why: ' Els\u202E gnirps\u2066\u200f\u0000'.replace('\u0000', '') });
  assert.equal(member.why, 'Els gnirps');
  assert.equal((await huda.event('member')).member.why, 'Els gnirps');
});

test('controls of direction in a message never reach past its end', async (t) => {
  const { visser, huda, thread } = await room(t, ['visser', 'huda']);
  const { seq } = await say(visser, thread, 'links \u202Ethcer \u2067 open');
  const { message } = await huda.event('message', (e) => e.message.seq === seq);
  const count = (letters) => [...message.body].filter((letter) => letters.includes(letter)).length;
  assert.equal(count('\u202a\u202b\u202d\u202e'), count('\u202c'), 'every override is closed');
  assert.equal(count('\u2066\u2067\u2068'), count('\u2069'), 'every isolate is closed');
});

test('texts up to the limit come back whole', async (t) => {
  const { visser, huda, thread } = await room(t, ['visser', 'huda']);
  for (const body of ['x'.repeat(4000), 'م'.repeat(4000), 'ሄ'.repeat(4000), '😀'.repeat(4000), `a${'\n'.repeat(3998)}b`]) {
    const { seq } = await say(visser, thread, body);
    assert.equal((await huda.event('message', (e) => e.message.seq === seq)).message.body, body);
  }
  for (const body of ['x'.repeat(4001), 'x'.repeat(60_000), '😀'.repeat(4001)]) {
    assert.deepEqual(plain(await refusal(visser.do('send', { thread, client_id: uuid(), body }))), invalid('body', 'too_long'));
  }
});

test('a flood is told how long to wait, and is let in again after it; others notice nothing', async (t) => {
  const { visser, huda, karim, thread } = await room(t, ['visser', 'huda', 'karim'], { args: ['--rate-burst', '30', '--rate-per-second', '10'] });
  const results = await Promise.allSettled(Array.from({ length: 300 }, (_, i) => say(visser, thread, `vloed ${i}`)));
  const refused = results.filter(({ status }) => status === 'rejected').map(({ reason }) => reason);
  const sent = results.filter(({ status }) => status === 'fulfilled').length;
  assert.ok(sent >= 10 && sent <= 60, `${sent} were let in`);
  for (const error of refused) assert.deepEqual([error.code, error.retry_ms > 0 && error.retry_ms <= 5000], ['rate_limited', true], JSON.stringify(error));
  assert.equal((await say(huda, thread, 'انا هنا')).seq, sent + 1, 'another person is not held up');
  assert.equal((await say(karim, thread, 'وأنا')).seq, sent + 2);
  await pause(refused.at(-1).retry_ms + 20);
  assert.equal((await say(visser, thread, 'weer binnen')).seq, sent + 3);
  assert.equal((await allOf(huda, thread)).messages.length, sent + 3, 'what was refused is nowhere');
});

test('who floods from many devices at once is let in no more than from one', async (t) => {
  const { accounts, visser, huda, thread } = await room(t, ['visser', 'huda'], { args: ['--rate-burst', '30', '--rate-per-second', '1'] });
  const devices = [visser, ...await Promise.all(Array.from({ length: 3 }, () => accounts.visser.connect()))];
  const results = await Promise.allSettled(devices.flatMap((device) => Array.from({ length: 30 }, () => say(device, thread, 'vloed'))));
  const sent = results.filter(({ status }) => status === 'fulfilled').length;
  assert.ok(sent <= 15 + 5, `${sent} were let in`);
  assert.equal((await say(huda, thread, 'انا هنا')).seq, sent + 1);
});

test('nonsense is limited as well', async (t) => {
  const { visser } = await room(t, ['visser'], { args: ['--rate-burst', '30', '--rate-per-second', '10'] });
  for (let i = 0; i < 200; i++) visser.raw('nonsense');
  while (visser.faults.length < 200) await pause(5);
  assert.ok(visser.faults.some(({ code }) => code === 'bad_frame'));
  assert.ok(visser.faults.filter(({ code, retry_ms }) => code === 'rate_limited' && retry_ms > 0).length > 100);
});

test('somebody who says no hello is sent away', async (t) => {
  const { server } = await room(t, ['visser'], { args: [...unhurried, '--hello-timeout-s', '1'] });
  const huda = await signIn(server, 'huda');
  const client = await openSocket(server, { cookie: huda.cookie });
  assert.equal((await client.closed).code, 4002);
});
