// fault/lib/truth.mjs: what must hold after whatever happened.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Talker } from './talker.mjs';

/** The database is whole: nothing broken, nothing that points nowhere, numbers without a gap. The server may run. */
export function checkDatabase(data) {
  const db = new DatabaseSync(join(data, 'school.db'), { readOnly: true });
  try {
    assert.deepEqual(db.prepare('PRAGMA integrity_check').all().map((row) => row.integrity_check), ['ok']);
    assert.deepEqual(db.prepare('PRAGMA foreign_key_check').all(), []);
    assert.deepEqual(db.prepare('SELECT thread, count(*) AS n, max(seq) AS last FROM message GROUP BY thread HAVING n <> last').all(), [],
      'a conversation has a gap in its numbers');
    assert.deepEqual(db.prepare('SELECT sender, client_id FROM message GROUP BY sender, client_id HAVING count(*) > 1').all(), [],
      'a message is there twice');
  } finally {
    db.close();
  }
}

/** Everything a talker was told is there, once, and what it pieced together from events is what a newcomer is shown. */
export async function checkTalker(talker) {
  if (talker.fault) throw talker.fault;
  const newcomer = new Talker(`${talker.name}, anew`, talker.account);
  await newcomer.connect();
  await newcomer.caughtUp();
  await newcomer.leave();
  const fresh = newcomer.state();

  for (const [id, { messages }] of Object.entries(fresh)) {
    assert.deepEqual(messages.map(({ seq }) => seq), messages.map((_, i) => i + 1), `a gap in conversation ${id}`);
  }
  for (const [client_id, { thread, seq, body }] of talker.acknowledged) {
    const found = fresh[thread].messages.filter((message) => message.client_id === client_id && message.sender === talker.me);
    assert.equal(found.length, 1, `${talker.name}: "${body}" was acknowledged as ${thread}/${seq} and is there ${found.length} times`);
    assert.equal(found[0].seq, seq, `${talker.name}: "${body}" was acknowledged with another number`);
    assert.equal(found[0].body, body);
  }
  assert.deepEqual(talker.state(), fresh, `${talker.name} was told something else than what is there`);
  return newcomer;
}
