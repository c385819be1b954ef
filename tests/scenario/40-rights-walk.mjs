// The table of rights, acted out: every command, for every role, in every relation, at every kind of object. What happens must be what the
// table (`ouderbrug doc rights-json`) says; there may be no difference. The prediction below knows the table's words and nothing of the program.
import assert from 'node:assert/strict';
import { before, after, describe, test } from 'node:test';
import { uuid } from './lib/client.mjs';
import { answerOf, everyRole, sample, table, words } from './lib/cast.mjs';
import { say } from './lib/room.mjs';
import { commands } from './lib/shapes.mjs';

/** What an answer says of the right. A conflict, or something wrong beyond it, is past the question. */
function outcome({ ok, error, closed }) {
  if (closed) return `closed ${closed}`;
  if (ok || error.code === 'conflict' || error.code === 'invalid') return 'allowed';
  if (error.code === 'not_found') return error.field ? 'allowed' : 'not_found';
  return [error.code, error.field, error.reason].filter(Boolean).join(' ');
}

/** What the table says must happen. target: which message or person. */
function predicted(may, relation, target, about) {
  if (may === 'no') return 'forbidden role';
  if (may === 'yes') return 'allowed';
  if (may === 'class' || may === 'whole') return 'not_found'; // who is named here is no family of theirs; 16-invite-open.mjs names one that is
  if (relation !== 'in' && relation !== 'later') return 'not_found';
  if (target === 'hidden' || target === 'beyond') return 'not_found';
  if (may === 'own') return target === 'own' ? 'allowed' : `forbidden ${about === 'note' ? 'note' : 'seq'} not_sender`;
  if (may === 'self') return target === 'oneself' ? 'allowed' : 'forbidden person role';
  assert.equal(may, 'in');
  return 'allowed';
}

const targets = {
  message: (relation) => ['own', 'other', 'beyond', ...(relation === 'later' ? ['hidden'] : [])],
  note: (relation) => ['own', 'other', 'beyond', ...(relation === 'later' ? ['hidden'] : [])],
  member: () => ['oneself', 'another', 'nobody'],
  newcomer: () => ['another', 'nobody'],
};

// What somebody has to put right before the next try. Commands that need nothing of it need no line here.
const mend = {
  async take_out({ visser, others, threads }, subject, relation, target) {
    const person = { oneself: subject.id, another: others.gast.id }[target];
    if (person) await answerOf(visser.client, 'bring', { thread: threads[relation], person, reach: relation === 'in' ? 'all' : 'now' });
  },
  async bring({ visser, others, threads }, subject, relation) {
    await answerOf(visser.client, 'take_out', { thread: threads[relation], person: others.nieuw.id });
  },
};

describe('every command for every role and relation', () => {
  const cleanup = [];
  let cast, rights;

  before(async () => {
    cast = await everyRole({ after: (undo) => cleanup.push(undo) });
    rights = await table();
  });
  after(async () => {
    for (const undo of cleanup.reverse()) await undo();
  });

  /** The fields that name the object. */
  async function object(about, subject, relation, target) {
    const thread = cast.threads[relation], person = { oneself: subject.id, another: about === 'newcomer' ? cast.others.nieuw.id : cast.others.gast.id, nobody: 888_888 }[target];
    if (about === 'thread') return { thread };
    if (about === 'member' || about === 'newcomer') return { thread, person };
    if (about === 'class') return { class: 999_999 };
    if (about === 'person') return { person: cast.others.gast.id };
    if (about === 'note') return { thread, note: await noteOf(subject, thread, relation, target) };
    if (about !== 'message') return {};
    if (target === 'beyond') return { thread, seq: 777_777 };
    if (target === 'hidden' || relation === 'none' || relation === 'nowhere' || relation === 'left') return { thread, seq: 1 };
    const speaker = target === 'own' ? subject : subject === cast.visser ? cast.others.gast : cast.visser;
    return { thread, seq: (await say(speaker.client, thread, `van ${target}`)).seq };
  }

  /** The id of a staff note; one of somebody else's where this subject may write none. */
  async function noteOf(subject, thread, relation, target) {
    if (target === 'beyond') return 777_777;
    if (target === 'hidden' || relation === 'none' || relation === 'nowhere' || relation === 'left') return cast.note;
    const fields = { thread, client_id: uuid(), level: 'staff', body: `van ${target}` };
    const answer = target === 'own' ? await answerOf(subject.client, 'note', fields) : {};
    if (answer.ok) return answer.ok.note.id;
    const other = subject === cast.visser ? cast.others.gast : cast.visser;
    return (await other.client.do('note', fields)).note.id;
  }

  test('the table has a row for each command and a cell for each role', () => {
    assert.deepEqual(rights.filter(({ kind }) => kind === 'command').map(({ name }) => name).sort(), commands().map(({ name }) => name).sort());
    for (const { name, kind, may } of rights) if (kind !== 'open') assert.deepEqual(Object.keys(may).sort(), words('role').sort(), name);
    assert.deepEqual([...new Set(cast.subjects.map(({ role }) => role))].sort(), words('role').sort());
  });

  for (const { name, fields, required } of commands()) {
    test(name, async () => {
      const right = rights.find((row) => row.kind === 'command' && row.name === name), differences = [];
      let tried = 0;
      for (const subject of cast.subjects) {
        const gone = new Set();
        for (const relation of 'thread' in fields && ['thread', 'message', 'note', 'member', 'newcomer'].includes(right.about) ? cast.relations(subject) : ['none']) {
          for (const target of targets[right.about]?.(relation) ?? ['it']) {
            const args = { ...Object.fromEntries(required.map((field) => [field, sample(field, fields[field])])), ...await object(right.about, subject, relation, target) };
            const answer = await answerOf(subject.client, name, args);
            const expected = predicted(right.may[subject.role], relation, target, right.about), was = outcome(answer);
            tried++;
            if (was !== expected) differences.push(`${subject.name} (${subject.role}), ${relation}, ${target}: ${was}, and the table says ${expected}`);
            if (was === 'not_found' || was === 'forbidden role') gone.add(JSON.stringify(answer));
            if (was === 'allowed') await mend[name]?.(cast, subject, relation, target);
          }
        }
        // "Not there", "not yours", "not any more" and "not that far back": one answer.
        if (gone.size > 1) differences.push(`${subject.name}: different answers where there should be one: ${[...gone].join(' and ')}`);
      }
      assert.ok(tried >= cast.subjects.length);
      assert.deepEqual(differences, []);
    });
  }

  // What an HTTP call needs that a string does not do for.
  const bodies = { credential_password_post: JSON.stringify({ password: 'wie kent wie hier niet', new: 'een fiets staat bij de brug' }) };

  test('every HTTP call that acts for a person', async () => {
    const { paths } = await (await cast.visser.account.fetch('/api/openapi.json')).json();
    const calls = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, call]) => ({ path, method, ...call })));
    const differences = [];
    for (const { name, may } of rights.filter(({ kind }) => kind === 'route')) {
      const call = calls.find(({ operationId }) => operationId === name);
      assert.ok(call, `${name} is not in the document`);
      const fields = call.requestBody?.content['application/json']?.schema.properties;
      const body = bodies[name] ?? (fields && JSON.stringify(Object.fromEntries(Object.entries(fields).map(([field, schema]) => [field, sample(field, schema)]))));
      const request = { method: call.method, ...(body ? { body, headers: { 'content-type': 'application/json' } } : {}) };
      const nobody = await fetch(cast.server.url + call.path, { ...request, headers: { origin: cast.server.url, ...request.headers } });
      assert.equal(nobody.status, 401, `${name}, by nobody`);
      for (const { name: who, role, account } of cast.subjects) {
        const { status } = await account.fetch(call.path, request);
        if ((status === 403) !== (may[role] === 'no')) differences.push(`${who} (${role}), ${name}: ${status}, and the table says ${may[role]}`);
      }
    }
    assert.deepEqual(differences, []);
  });
});
