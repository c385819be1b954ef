// An import is killed at many moments: all of it is there or nothing, and the next one mends it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { makeSchool, people, writeRoster } from '../scenario/lib/school.mjs';
import { ouderbrug, pause, program, slow, temporaryFolder } from '../scenario/lib/server.mjs';
import { checkDatabase } from './lib/truth.mjs';

const KILLS = slow > 1 ? 6 : 20;
const demo = resolve(import.meta.dirname, '../../config/demo-school/package');
const tables = ['org', 'class', 'person', 'pupil', 'member', 'thread', 'event'];

/** How many rows each table has; nothing where there is no database yet. */
function census(data) {
  const file = join(data, 'school.db');
  if (!existsSync(file)) return {};
  const db = new DatabaseSync(file);
  try {
    const there = new Set(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all().map(({ name }) => name));
    return Object.fromEntries(tables.filter((name) => there.has(name)).map((name) => [name, db.prepare(`SELECT count(*) AS n FROM "${name}"`).get().n]));
  } finally {
    db.close();
  }
}

const rows = (counts) => Object.values(counts).reduce((sum, n) => sum + n, 0);

async function importKilledAfter(ms, roster, data) {
  const child = spawn(program, ['import', roster, '--data', data], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  await Promise.race([pause(ms), ended]);
  child.kill('SIGKILL');
  const [code] = await ended;
  return code === 0;
}

test(`a first import killed at ${KILLS} moments leaves a whole school or an empty one`, async (t) => {
  const folder = await temporaryFolder(t);
  const start = performance.now();
  await ouderbrug(['import', demo, '--data', join(folder, 'whole')]);
  const took = performance.now() - start;
  const whole = census(join(folder, 'whole'));
  let none = 0;
  for (let i = 0; i < KILLS; i++) {
    const data = join(folder, `killed-${i}`);
    const finished = await importKilledAfter(took * (i + 1) / (KILLS + 1), demo, data);
    const found = census(data);
    if (rows(found) > 0) assert.deepEqual(found, whole);
    else assert.ok(!finished, 'it said that it was done');
    none += rows(found) === 0;
    await ouderbrug(['import', demo, '--data', data]);
    assert.deepEqual(census(data), whole);
    checkDatabase(data);
    await rm(data, { recursive: true });
  }
  t.diagnostic(`${none} of ${KILLS} left nothing, the others everything`);
  assert.ok(none > 0, 'no kill came in time');
});

test('an import into a school that exists leaves it as it was or as it should be', async (t) => {
  const { data: before, folder } = await makeSchool(t);
  const others = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [
    [`pupil-${i}`, { role: 'pupil', given: `Kind ${i}`, family: 'Nieuw', class: '2B' }],
    [`parent-${i}`, { role: 'parent', relation: 'mother', given: `Ouder ${i}`, family: 'Nieuw', of: [`pupil-${i}`], language: 'ar', speaks: 'ar', reads: 'ar' }],
  ]).flat());
  // Karim is not in it any more, and so leaves his conversation.
  const roster = await writeRoster(join(folder, 'larger'), { ...people, ...others, karim: undefined });
  const old = census(before);
  const copy = async (name) => {
    await cp(before, join(folder, name), { recursive: true });
    await cp(`${before}.key`, join(folder, `${name}.key`));
    return join(folder, name);
  };
  const after = await copy('after');
  const start = performance.now();
  await ouderbrug(['import', roster, '--data', after]);
  const took = performance.now() - start;
  const wanted = census(after);
  assert.notDeepEqual(wanted, old);

  let unchanged = 0;
  for (let i = 0; i < KILLS; i++) {
    const data = await copy(`killed-${i}`);
    const finished = await importKilledAfter(took * (i + 1) / (KILLS + 1), roster, data);
    const found = census(data);
    const isOld = rows(found) === rows(old);
    assert.deepEqual(found, isOld ? old : wanted);
    assert.ok(!(isOld && finished));
    unchanged += isOld;
    checkDatabase(data);
    await ouderbrug(['import', roster, '--data', data]);
    assert.deepEqual(census(data), wanted);
    await rm(data, { recursive: true });
  }
  t.diagnostic(`${unchanged} of ${KILLS} left it as it was`);
  assert.ok(unchanged > 0, 'no kill came in time');
});
