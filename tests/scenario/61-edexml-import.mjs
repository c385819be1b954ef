// The command line with an EDEXML file: told from a package by what is in it, whole or not at all, and parents stay.
import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeSchool } from './lib/school.mjs';
import { ouderbrug, temporaryFolder } from './lib/server.mjs';
import { zip } from './lib/zip.mjs';

const lines = (text) => text.split('\n').filter(Boolean);

const group = (key, name) => `    <groep key="${key}"><naam>${name}</naam><jaargroep>11</jaargroep></groep>\n`;
const pupil = (key, { given, family, prefix, group: of = 'class-2B', more = '' }) => `    <leerling key="${key}">
      <achternaam>${family}</achternaam>${prefix ? `<voorvoegsel>${prefix}</voorvoegsel>` : ''}
      <roepnaam>${given}</roepnaam>
      <groep key="${of}"/>${more}
    </leerling>\n`;
const teacher = (key, given, family, groups) => `    <leerkracht key="${key}"><achternaam>${family}</achternaam><roepnaam>${given}</roepnaam>
      <groepen>${groups.map((of) => `<groep key="${of}"/>`).join('')}</groepen></leerkracht>\n`;
const edex = ({ groups, pupils, teachers }) => `<?xml version="1.0" encoding="UTF-8"?>
<EDEX>
  <school><schooljaar>2026-2027</schooljaar><brincode>99ZZ</brincode><dependancecode>00</dependancecode><xsdversie>2.1</xsdversie></school>
  <groepen>\n${groups}  </groepen>
  <leerlingen>\n${pupils}  </leerlingen>
  <leerkrachten>\n${teachers}  </leerkrachten>
</EDEX>\n`;

const school = edex({
  groups: group('g1', '1A') + group('g2', '1B'),
  pupils: pupil('101', { given: 'Selam', family: 'Haile', group: 'g1', more: '<bsn>123456782</bsn>' })
    + pupil('102', { given: 'Gradje', prefix: "van 't", family: 'Hof', group: 'g2' }),
  teachers: teacher('v1', 'Jan', 'Brink', ['g1', 'g2']),
});

test('a school comes in from an EDEXML file, whatever it is called, and again without a difference', async (t) => {
  const folder = await temporaryFolder(t);
  const data = join(folder, 'data');
  for (const name of ['school.xml', 'export.txt']) {
    await writeFile(join(folder, name), school);
    const { stdout } = await ouderbrug(['import', '--dry-run', join(folder, name), '--data', data]);
    assert.ok(lines(stdout).includes("+ pupil 102 (Gradje van 't Hof)"), stdout);
    await assert.rejects(stat(data), 'no folder is made');
  }
  const first = await ouderbrug(['import', join(folder, 'school.xml'), '--data', data]);
  assert.match(first.stdout, /^pupils: \+2 ~0 -0$/m);
  const packed = join(folder, 'export.zip');
  await writeFile(packed, zip([['2026/EDEX.XML', Buffer.from(school)], ['readme.txt', Buffer.from('from the administration')]]));
  assert.equal((await ouderbrug(['import', packed, '--data', data])).stdout, 'No difference.\n');
  for (const name of await readdir(data)) {
    assert.ok(!(await readFile(join(data, name))).includes('123456782'), `${name} holds a citizen number`);
  }
});

test('over a school that knows its parents it ends none of them', async (t) => {
  const { data, folder } = await makeSchool(t);
  const path = join(folder, 'school.xml');
  await writeFile(path, edex({
    groups: group('class-2B', '2B') + group('class-1A', '1A'),
    pupils: pupil('samir', { given: 'Samir', family: 'Al-Hariri' }) + pupil('mykola', { given: 'Mykola', family: 'Koval' }),
    teachers: teacher('visser', 'Marjan', 'Visser', ['class-2B']) + teacher('bakker', 'Tom', 'Bakker', ['class-1A']),
  }));
  const { stdout } = await ouderbrug(['import', '--dry-run', path, '--data', data]);
  const found = lines(stdout);
  assert.deepEqual(found.filter((line) => line.startsWith('- person')), []);
  assert.deepEqual(found.filter((line) => /^- \w+ (samir|mykola)/.test(line)), [], 'who stays loses nobody');
  assert.ok(found.some((line) => line.startsWith('- pupil helen')), 'who is not in the file has left');
});

test('every fault is named with file, line and column, and nothing of the file is taken in', async (t) => {
  const folder = await temporaryFolder(t);
  const data = join(folder, 'data');
  const path = join(folder, 'school.xml');
  await writeFile(path, school.replace('<groep key="g2"/>', '<groep key="g9"/>').replace('<naam>1B</naam>', '').replace('key="102"', 'key="101"'));
  const { code, stdout, stderr } = await ouderbrug(['import', path, '--data', data], { fails: true });
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.deepEqual(lines(stderr), [
    'school.xml:6:5: groep: naam is missing',
    'school.xml:17:7: groep: there is no groep g9 among groepen',
    'school.xml:14:5: leerling key: 101 is there already, in line 9',
    'Nothing was changed.',
  ]);
  await assert.rejects(stat(data), 'no folder is made');
});

test('a file that would read others or grow without end is refused unread', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'school.xml');
  await writeFile(join(folder, 'secret.txt'), 'Secret');
  const outside = `<!DOCTYPE EDEX [<!ENTITY x SYSTEM "file://${join(folder, 'secret.txt')}">]>`;
  const names = [...'abcdefghij'];
  const bomb = `<!DOCTYPE EDEX [<!ENTITY a "ha">${names.slice(1).map((name, i) => `<!ENTITY ${name} "${`&${names[i]};`.repeat(10)}">`).join('')}]>`;
  for (const [type, entity] of [[outside, '&x;'], [bomb, '&j;']]) {
    await writeFile(path, school.replace('<EDEX>', `${type}<EDEX>`).replace('Selam', entity));
    const { code, stderr } = await ouderbrug(['import', path, '--data', join(folder, 'data')], { fails: true });
    assert.equal(code, 1);
    assert.match(stderr, /^school\.xml:2:16: has a document type \(DOCTYPE\)/);
    assert.ok(!stderr.includes('Secret'));
  }
});
