// What the school calls things: who writes it down, and that it is one list for everybody who translates.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { refusal, signIn } from './lib/client.mjs';
import { room } from './lib/room.mjs';
import { makeSchool, people } from './lib/school.mjs';
import { ouderbrug, startServer } from './lib/server.mjs';

const conflict = ({ code, field, reason }) => [code, field, reason];

test('a term is written, changed, found twice by nobody, and removed', async (t) => {
  const { rania, visser, admin, huda } = await room(t, ['rania', 'visser', 'admin', 'huda']);
  const put = (who, fields) => who.do('glossary_put', { language: 'nl', ...fields }).then(({ term }) => term);
  const kept = await put(rania, { words: 'ISK' });
  assert.deepEqual(kept, { id: kept.id, language: 'nl', words: 'ISK', by: rania.welcome.me.id, changed: kept.changed });
  const visit = await put(admin, { words: 'kennismakingsbezoek', target_language: 'ar', instead: 'زيارة', inflects: true });
  assert.equal(visit.inflects, true);

  // The same words in another case are the same term; for another language they are another.
  assert.deepEqual(conflict(await refusal(put(rania, { words: 'Kennismakings­bezoek', target_language: 'ar', instead: 'x' }))), ['conflict', 'words', 'taken']);
  await put(rania, { words: 'Kennismakingsbezoek', target_language: 'uk', instead: 'візит для знайомства' });
  const changed = await put(rania, { term: visit.id, words: 'kennismakingsbezoek', target_language: 'ar', instead: 'زيارة تعارف' });
  assert.deepEqual([changed.id, changed.instead, changed.inflects, changed.by], [visit.id, 'زيارة تعارف', undefined, rania.welcome.me.id]);

  assert.deepEqual((await visser.do('glossary')).terms.map(({ words, target }) => [words, target]),
    [['ISK', undefined], ['kennismakingsbezoek', 'ar'], ['Kennismakingsbezoek', 'uk']]);
  assert.equal((await refusal(huda.do('glossary'))).code, 'forbidden');
  // In its own language: a plainer word for who writes.
  assert.equal((await put(rania, { words: 'verzuim', target_language: 'nl', instead: 'niet op school' })).target, 'nl');
  await admin.do('glossary_remove', { term: kept.id });
  assert.deepEqual(conflict(await refusal(admin.do('glossary_remove', { term: kept.id }))), ['not_found', 'term', undefined]);

  // What makes no sense is said where.
  for (const [fields, expected] of [
    [{ words: '…' }, ['invalid', 'words', 'empty']],
    [{ words: 'mentor', target_language: 'ar' }, ['invalid', 'instead', 'missing']],
    [{ words: 'mentor', instead: 'x' }, ['invalid', 'target_language', 'missing']],
    [{ words: 'mentor', term: 999_999 }, ['not_found', 'term', undefined]],
  ]) assert.deepEqual(conflict(await refusal(put(rania, fields))), expected, JSON.stringify(fields));
});

test('the demo school has its words', async (t) => {
  const school = await makeSchool(t, people);
  const file = join(school.data, 'demo.json');
  writeFileSync(file, JSON.stringify({ conversations: [], glossary: [{ language: 'nl', words: 'ISK' }, { language: 'nl', words: 'mentor', target: 'ar', instead: 'المرشد', inflects: 1 }] }));
  for (let i = 0; i < 2; i++) await ouderbrug(['demo', file, '--data', school.data]);
  const server = await startServer(t, school);
  const visser = await (await signIn(server, 'visser')).connect();
  assert.deepEqual((await visser.do('glossary')).terms.map(({ words, inflects }) => [words, inflects]), [['ISK', undefined], ['mentor', true]]);
});
