// What the server says is what its documents say. Every item that any scenario receives is checked by the client (lib/shapes.mjs);
// here is what proves that the check can fail, and the documents themselves.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { commands, document, faults, itemFaults } from './lib/shapes.mjs';
import { room, say } from './lib/room.mjs';
import { ouderbrug } from './lib/server.mjs';

const top = resolve(import.meta.dirname, '../..');

test('an item that is not as described is found', () => {
  const message = { seq: 1, rev: 1, sender: 1, client_id: 'x', sent: 1, language: 'nl', direction: 'ltr', body: 'x', versions: [] };
  const event = { event: 'message', id: 1, thread: 1, message };
  assert.deepEqual(itemFaults(event), []);
  const wrong = [
    { ...event, id: '1' }, { ...event, extra: 1 }, { event: 'message', id: 1, thread: 1 }, { ...event, event: 'nonsense' }, { ...event, message: { ...message, direction: 'up' } },
    { ...event, message: { ...message, seq: 1.5 } }, { ...event, message: { ...message, versions: {} } }, { ...event, message: { ...message, versions: [{}] } },
    { ...event, message: { ...message, secret: 1 } }, { ...event, message: { ...message, body: '\ud800' } }, {}, { ref: 1 }, { error: {} }, { ref: 1, error: { code: 'nonsense' } }, { ok: {} },
  ];
  for (const item of wrong) assert.notDeepEqual(itemFaults(item), [], JSON.stringify(item));
  assert.deepEqual(itemFaults({ ref: 1, ok: { seq: 1, rev: 1, sent: 1 } }, 'send'), []);
  assert.notDeepEqual(itemFaults({ ref: 1, ok: { seq: 1, rev: 1 } }, 'send'), []);
  assert.notDeepEqual(itemFaults({ ref: 1, ok: { seq: 1, rev: 1, sent: 1, more: 1 } }, 'send'), []);
});

test('every reference of the AsyncAPI document leads somewhere, and every command names its answer', () => {
  const references = [...JSON.stringify(document()).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path);
  assert.ok(references.length > 50);
  for (const path of references) assert.ok(path.split('/').reduce((at, key) => at?.[key], document()), path);
  for (const { name, answer } of commands()) assert.ok(document().components.schemas[answer.split('/').at(-1)], name);
});

test('the documents that are kept are those that the program makes', async () => {
  for (const [name, path] of [['protocol', 'bridge/PROTOCOL.md'], ['rights', 'bridge/RIGHTS.md'], ['typescript', 'web/src/wire/protocol.ts']]) {
    const { stdout } = await ouderbrug(['doc', name]);
    assert.equal(await readFile(join(top, path), 'utf8'), stdout, `${path} is not what \`ouderbrug doc ${name}\` says: write it again`);
  }
});

test('what is served over HTTP is as described too', async (t) => {
  const { server, accounts, visser, thread } = await room(t, ['visser'], { speech: true });
  await say(visser, thread, 'x');
  const get = async (path, init) => { const response = await accounts.visser.fetch(path, init); return { status: response.status, type: response.headers.get('content-type'), body: await response.json() }; };
  assert.deepEqual((await get('/api/asyncapi.json')).body, document());
  const openapi = (await get('/api/openapi.json')).body;
  assert.match(openapi.openapi, /^3\.1/);
  assert.deepEqual(openapi, JSON.parse((await ouderbrug(['doc', 'openapi'])).stdout));
  const session = await get('/api/session');
  assert.deepEqual(faults({ $ref: '#/components/schemas/session' }, session.body), []);
  for (const [path, init, status, code] of [
    ['/api/session', { headers: { cookie: '' } }, 401, 'signed_out'], ['/api/session', { method: 'POST', body: '{"link":"x"}', headers: { 'content-type': 'application/json' } }, 401, 'signed_out'],
    ['/api/session', { method: 'POST', body: '{"link":1}', headers: { 'content-type': 'application/json' } }, 422, 'invalid'], ['/api/session', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }, 400, 'bad_frame'],
    ['/api/nothing', {}, 404, 'not_found'], ['/api/session', { method: 'PUT' }, 405, 'method'],
  ]) {
    const { status: got, type, body } = await get(path, init);
    assert.deepEqual([got, type.split(';')[0], body.code, body.status], [status, 'application/problem+json', code, status], `${init.method ?? 'GET'} ${path}`);
    const { type: about, status: _, title, ...problem } = body;
    assert.ok(about && title);
    assert.deepEqual(faults({ $ref: '#/components/schemas/problem' }, problem), []);
  }
  assert.ok(server);
});
