// The command line of the import: what it says, what it exits with, and that it changes all or nothing.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { makeSchool, people, writeRoster } from './lib/school.mjs';
import { ouderbrug, patience, temporaryFolder } from './lib/server.mjs';
import { zip } from './lib/zip.mjs';

const demo = resolve(import.meta.dirname, '../../config/demo-school');
const lines = (text) => text.split('\n').filter(Boolean);

/** Writes the files of a roster over the ones that are there. */
async function change(folder, files) {
  for (const [name, edit] of Object.entries(files)) {
    const path = join(folder, name);
    await writeFile(path, edit(await readFile(path, 'utf8')));
  }
  return folder;
}

test('the demo school is what its script makes, byte for byte', async (t) => {
  const folder = join(await temporaryFolder(t), 'package');
  await promisify(execFile)(process.execPath, [join(demo, 'make.mjs'), folder]);
  const names = (await readdir(folder)).sort();
  assert.deepEqual(names, (await readdir(join(demo, 'package'))).sort());
  for (const name of names) {
    assert.ok((await readFile(join(folder, name))).equals(await readFile(join(demo, 'package', name))), `${name} differs: run make.mjs`);
  }
});

test('460 pupils with their parents come in within seconds, and again without a difference', async (t) => {
  const data = join(await temporaryFolder(t), 'data');
  const began = Date.now();
  const first = await ouderbrug(['import', join(demo, 'package'), '--data', data]);
  assert.ok(Date.now() - began < patience(5000), `it took ${Date.now() - began} ms`);
  assert.match(first.stdout, /^school: ISK De Veerpont$/m);
  assert.match(first.stdout, /^pupils: \+460 ~0 -0$/m);
  assert.equal((await ouderbrug(['import', join(demo, 'package'), '--data', data])).stdout, 'No difference.\n');
  const { stdout } = await ouderbrug(['import', '--dry-run', join(demo, 'package'), '--data', data]);
  assert.equal(stdout, 'No difference.\n');
});

test('the conversations of the demo school fit its roster', async (t) => {
  const data = join(await temporaryFolder(t), 'data');
  await ouderbrug(['import', join(demo, 'package'), '--data', data]);
  await ouderbrug(['demo', join(demo, 'conversations.json'), '--data', data]);
});

test('a dry run says what would change and changes nothing', async (t) => {
  const folder = await temporaryFolder(t);
  const roster = await writeRoster(join(folder, 'roster'));
  const data = join(folder, 'data');
  const dry = await ouderbrug(['import', '--dry-run', roster, '--data', data]);
  assert.match(dry.stdout, /^people: \+\d+ ~0 -0$/m);
  assert.ok(lines(dry.stdout).includes('+ person visser (mw. Visser, mentor)'));
  assert.ok(lines(dry.stdout).includes('+ member samir huda (mother)'));
  await assert.rejects(stat(data), 'no folder is made');

  await ouderbrug(['import', roster, '--data', data]);
  await writeRoster(roster, { ...people, karim: null, huda: { ...people.huda, language: 'en' } });
  for (const _ of [1, 2]) {
    const { stdout } = await ouderbrug(['import', '--dry-run', roster, '--data', data]);
    assert.deepEqual(lines(stdout).slice(-4), ['- member samir karim (father)', '- guardianship samir karim (father)',
      '- person karim (Karim Al-Hariri, parent)', '~ person huda (language: ar -> en)']);
  }
});

test('every fault is named with file, line and column, and nothing of the package is taken in', async (t) => {
  const { data, roster } = await makeSchool(t);
  await change(roster, {
    'users.csv': (text) => text.replace('huda,,,true', 'huda,,,yes').replace('ar-SY;nl', 'arabic!'),
    'enrollments.csv': (text) => text.replace('class-2B', 'class-9Z'),
    'orgs.csv': (text) => `${text}org-new,,,Extra,castle,,\r\n`,
  });
  for (const more of [[], ['--dry-run']]) {
    const { code, stdout, stderr } = await ouderbrug(['import', ...more, roster, '--data', data], { fails: true });
    assert.equal(code, 1);
    assert.equal(stdout, '');
    const found = lines(stderr);
    assert.equal(found.length, 5, stderr);
    assert.match(found[0], /^orgs\.csv:4:5: type: "castle" is none of: department, school/);
    assert.match(found[1], /^users\.csv:4:26: metadata\.ouderbrug\.speaks: "arabic!" is not a language tag/);
    assert.match(found[2], /^users\.csv:12:4: enabledUser: "yes" is neither true nor false/);
    assert.match(found[3], /^enrollments\.csv:2:4: classSourcedId: there is no class-9Z in classes\.csv/);
    assert.equal(found[4], 'Nothing was changed.');
  }
  const { stdout } = await ouderbrug(['import', '--dry-run', await writeRoster(roster), '--data', data]);
  assert.equal(stdout, 'No difference.\n');
});

test('a zip is as good as a folder, also with its files in a folder', async (t) => {
  const { data, roster, folder } = await makeSchool(t);
  for (const prefix of ['', 'export 2026/']) {
    const path = join(folder, 'roster.zip');
    const files = await Promise.all((await readdir(roster)).map(async (name) => [prefix + name, await readFile(join(roster, name))]));
    await writeFile(path, zip(files));
    assert.equal((await ouderbrug(['import', path, '--data', data])).stdout, 'No difference.\n');
    await writeFile(path, zip([...files, ['../users.csv', Buffer.from('x')]]));
    const { code, stderr } = await ouderbrug(['import', path, '--data', data], { fails: true });
    assert.equal(code, 1);
    assert.match(stderr, /^roster\.zip: holds a name that leads outside of it$/m);
  }
});

test('what is no package is refused in a sentence', async (t) => {
  const folder = await temporaryFolder(t);
  const data = join(folder, 'data');
  const wrong = async (path, says) => {
    const { code, stderr } = await ouderbrug(['import', path, '--data', data], { fails: true });
    assert.equal(code, 1);
    assert.match(stderr, says);
  };
  await wrong(join(folder, 'nowhere'), /nowhere: No such file or directory/);
  await mkdir(join(folder, 'empty'));
  await wrong(join(folder, 'empty'), /^manifest\.csv: is missing/m);
  await writeFile(join(folder, 'letter.txt'), 'Dear school,\n');
  await wrong(join(folder, 'letter.txt'), /^letter\.txt: is neither a folder, a zip nor an EDEXML file/m);
  await cp(join(demo, 'make.mjs'), join(folder, 'roster.zip'));
  await wrong(join(folder, 'roster.zip'), /^roster\.zip: is neither a folder, a zip nor an EDEXML file/m);
  await assert.rejects(stat(data), 'no folder is made');
});

test('wrongly called it says how to call it', async (t) => {
  const folder = await temporaryFolder(t);
  for (const args of [[], ['a', 'b'], ['--dry', 'a'], ['--data']]) {
    const { code, stderr } = await ouderbrug(['import', ...args], { fails: true, env: { OUDERBRUG_DATA: join(folder, 'data') } });
    assert.equal(code, 2, args.join(' '));
    assert.notEqual(stderr, '');
  }
  assert.match((await ouderbrug(['import', '--help'])).stdout, /--dry-run/);
});
