// History by page, both ways: nothing left out, nothing twice, and `more` tells the truth.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal } from './lib/client.mjs';
import { room, say } from './lib/room.mjs';

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('history by page, both ways', async (t) => {
  const { thread, visser, huda } = await room(t, ['visser', 'huda']);
  const total = 123;
  assert.deepEqual((({ messages, replies, more }) => ({ messages, replies, more }))(await huda.do('history', { thread })), { messages: [], replies: [], more: false });
  await Promise.all(Array.from({ length: total }, (_, i) => say(i % 3 ? visser : huda, thread, `bericht ${i}`)));
  const page = async (fields) => {
    const { messages, more, thread: of } = await huda.do('history', { thread, ...fields });
    assert.equal(of, thread);
    return [messages.map(({ seq }) => seq), more];
  };
  const cases = [
    [{}, numbers(74, 123), true],
    [{ limit: 1 }, [123], true],
    [{ limit: 100 }, numbers(24, 123), true],
    [{ before: 74 }, numbers(24, 73), true],
    [{ before: 24 }, numbers(1, 23), false],
    [{ before: 24, limit: 23 }, numbers(1, 23), false],
    [{ before: 24, limit: 22 }, numbers(2, 23), true],
    [{ before: 1 }, [], false],
    [{ before: 2 }, [1], false],
    [{ before: 9007199254740991, limit: 2 }, [122, 123], true],
    [{ after: 0 }, numbers(1, 50), true],
    [{ after: 0, limit: 100 }, numbers(1, 100), true],
    [{ after: 100 }, numbers(101, 123), false],
    [{ after: 100, limit: 23 }, numbers(101, 123), false],
    [{ after: 100, limit: 22 }, numbers(101, 122), true],
    [{ after: 123 }, [], false],
    [{ after: 9007199254740991 }, [], false],
  ];
  for (const [fields, seqs, more] of cases) assert.deepEqual(await page(fields), [seqs, more], JSON.stringify(fields));

  const backward = [], forward = [];
  for (let before, more = true; more;) {
    const got = await huda.do('history', { thread, limit: 10, ...(before ? { before } : {}) });
    backward.unshift(...got.messages);
    ({ more } = got);
    before = got.messages[0].seq;
  }
  for (let after = 0, more = true; more;) {
    const got = await huda.do('history', { thread, limit: 7, after });
    forward.push(...got.messages);
    ({ more } = got);
    after = got.messages.at(-1).seq;
  }
  assert.deepEqual(backward, forward);
  assert.deepEqual(forward.map(({ seq }) => seq), numbers(1, total));
  assert.equal((await refusal(huda.do('history', { thread, before: 5, after: 5 }))).code, 'invalid');
});
