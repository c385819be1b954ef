// Sending: everyone in a conversation sees the same messages in the same order, each once, and nobody else sees any.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal, uuid } from './lib/client.mjs';
import { allOf, room, say, threadOf } from './lib/room.mjs';

test('a message reaches everyone in the conversation at once, its sender too', async (t) => {
  const { thread, visser, huda, karim } = await room(t, ['visser', 'huda', 'karim']);
  const client_id = uuid();
  const sent = await visser.do('send', { thread, client_id, body: 'Dag, hoe gaat het?' });
  assert.equal(sent.seq, 1);
  assert.equal(sent.again, undefined);
  for (const someone of [visser, huda, karim]) {
    const event = await someone.event('message');
    assert.deepEqual(event, {
      event: 'message', id: sent.rev, thread,
      message: {
        seq: 1, rev: sent.rev, sender: visser.welcome.me.id, client_id, sent: sent.sent,
        language: 'nl', direction: 'ltr', body: 'Dag, hoe gaat het?', versions: [],
      },
    });
  }
});

test('both sides talk at once and everyone sees one order, with numbers without a gap', async (t) => {
  const names = ['visser', 'huda', 'karim'];
  const here = await room(t, names);
  const { thread } = here;
  const each = 40;
  const sent = await Promise.all(names.flatMap((name) => Array.from({ length: each }, (_, i) => say(here[name], thread, `${name} ${i}`))));
  const total = names.length * each;
  assert.deepEqual(sent.map(({ seq }) => seq).sort((a, b) => a - b), Array.from({ length: total }, (_, i) => i + 1));
  const orders = [];
  for (const name of names) {
    const heard = [];
    for (let i = 0; i < total; i++) heard.push(await here[name].event('message'));
    assert.deepEqual(heard.map(({ message }) => message.seq), Array.from({ length: total }, (_, i) => i + 1), `${name} hears them in order`);
    assert.ok(heard.every(({ id }, i) => i === 0 || id > heard[i - 1].id), 'event ids rise');
    orders.push(heard.map(({ message }) => message.body));
    const { messages } = await allOf(here[name], thread);
    assert.deepEqual(messages, heard.map(({ message }) => message), 'history is what was heard');
  }
  for (const order of orders) assert.deepEqual(order, orders[0]);
  for (const name of names) {
    assert.deepEqual(orders[0].filter((body) => body.startsWith(name)), Array.from({ length: each }, (_, i) => `${name} ${i}`), 'each in the order they were sent');
  }
});

test('a message sent again is answered with the first result and stored once', async (t) => {
  const { thread, visser, huda } = await room(t, ['visser', 'huda']);
  const client_id = uuid();
  const first = await visser.do('send', { thread, client_id, body: '  Dag \r\nallemaal ' });
  const again = await visser.do('send', { thread, client_id, body: '  Dag \r\nallemaal ' });
  assert.deepEqual(again, { ...first, again: true });
  assert.deepEqual(await visser.do('send', { thread, client_id: client_id.toUpperCase(), body: 'Dag \nallemaal' }), again, 'the same after NFC and trimming');
  const next = await say(visser, thread, 'einde');
  assert.equal(next.seq, 2);
  assert.equal((await huda.event('message')).message.seq, 1);
  assert.equal((await huda.event('message')).message.seq, 2);
  assert.equal((await allOf(huda, thread)).messages.length, 2);
});

test('the same message sent ten times at once from two devices is one message', async (t) => {
  const { thread, accounts, visser, huda } = await room(t, ['visser', 'huda']);
  const phone = await accounts.visser.connect();
  const fields = { thread, client_id: uuid(), body: 'Dag' };
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 ? phone : visser).do('send', fields)));
  assert.equal(answers.filter(({ again }) => !again).length, 1);
  assert.deepEqual([...new Set(answers.map(({ seq, rev, sent }) => JSON.stringify([seq, rev, sent])))].length, 1);
  assert.equal((await allOf(huda, thread)).messages.length, 1);
});

test('a resend is the same message after the writer chose another language', async (t) => {
  const { thread, huda } = await room(t, ['huda']);
  const fields = { thread, client_id: uuid(), body: 'مرحبا' };
  const first = await huda.do('send', fields);
  await huda.do('profile', { language: 'en' });
  assert.deepEqual(await huda.do('send', fields), { ...first, again: true });
});

test('a resend is answered after the message was corrected and withdrawn', async (t) => {
  const { thread, visser } = await room(t, ['visser']);
  const fields = { thread, client_id: uuid(), body: 'Dag' };
  const { seq } = await visser.do('send', fields);
  await visser.do('correct', { thread, seq, body: 'Goedendag' });
  assert.equal((await visser.do('send', fields)).seq, seq);
  await visser.do('withdraw', { thread, seq });
  const again = await visser.do('send', fields);
  assert.deepEqual([again.seq, again.again], [seq, true]);
});

test('the same client_id for another content, language or conversation is a conflict', async (t) => {
  const { thread, visser, huda } = await room(t, ['visser', 'huda']);
  const client_id = uuid();
  await visser.do('send', { thread, client_id, body: 'Dag' });
  const conflict = { code: 'conflict', field: 'client_id', reason: 'other_content' };
  for (const other of [{ thread, body: 'Doei' }, { thread, body: 'Dag', language: 'en' }, { thread: threadOf(visser, 'Микола').id, body: 'Dag' }]) {
    const { code, field, reason } = await refusal(visser.do('send', { client_id, ...other }));
    assert.deepEqual({ code, field, reason }, conflict, JSON.stringify(other));
  }
  assert.equal((await huda.do('send', { thread, client_id, body: 'Hallo' })).seq, 2, 'another sender may have used the same id');
  assert.equal((await allOf(visser, threadOf(visser, 'Микола').id)).messages.length, 0);
});

test('a conversation of others is not there: not to send to, nor to read, nor to hear', async (t) => {
  const here = await room(t, ['visser', 'bakker', 'huda', 'oksana', 'admin', 'jansen']);
  const { thread, visser } = here;
  const { seq } = await say(visser, thread, 'Dit is alleen voor de familie');
  const some = { thread, seq, body: 'x', language: 'nl', client_id: uuid(), answer: 'understood', person: here.jansen.welcome.me.id };
  const fields = {
    thread: ['thread'], history: ['thread'], send: ['thread', 'client_id', 'body'], correct: ['thread', 'seq', 'body'],
    version: ['thread', 'seq', 'language', 'body'], withdraw: ['thread', 'seq'], read: ['thread', 'seq'], typing: ['thread'],
  };
  const forSchool = { handled: ['thread'], bring: ['thread', 'person'], take_out: ['thread', 'person'] };
  const refuses = async (who, command, keys, code) => {
    const error = await refusal(here[who].do(command, Object.fromEntries(keys.map((key) => [key, some[key]]))));
    assert.equal(error.code, code, `${who} ${command}: ${error.message}`);
  };
  for (const who of ['bakker', 'jansen', 'oksana']) {
    for (const [command, keys] of Object.entries(fields)) await refuses(who, command, keys, 'not_found');
    for (const [command, keys] of Object.entries(forSchool)) await refuses(who, command, keys, who === 'oksana' ? 'forbidden' : 'not_found');
  }
  await refuses('oksana', 'answer', ['thread', 'seq', 'answer'], 'not_found');
  for (const [command, keys] of Object.entries({ ...fields, ...forSchool })) await refuses('admin', command, keys, 'forbidden');
  assert.equal((await refusal(here.admin.do('threads'))).code, 'forbidden');
  assert.deepEqual(here.admin.welcome.threads, [], 'the administrator is in no conversation');
  for (const who of ['bakker', 'jansen', 'oksana', 'admin']) assert.deepEqual(here[who].drain(), [], `${who} hears nothing`);
  const unknown = await refusal(here.oksana.do('history', { thread: 999999 }));
  const others = await refusal(here.oksana.do('history', { thread }));
  assert.deepEqual({ ...unknown }, { ...others }, 'what is not there and what is not yours look the same');
});
