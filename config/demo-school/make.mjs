#!/usr/bin/env node
// Makes the roster of the demo school: an OneRoster 1.2 CSV package, the same bytes on every run.
//
//   node make.mjs [FOLDER]      FOLDER is package/ beside this file when not given
//
// Node 18 or newer, no dependencies. The numbers come from the field: 460 pupils in two buildings, 130 Ukrainian pupils
// in the second, 23 classes. Whoever is named in conversations.json or linked by config/run has a fixed handle (see
// README.md); the others are drawn by a generator with a fixed seed. Everybody is invented.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { daughter, dutch, languages } from './names.mjs';

const SEED = 20261201;

// ---- Chance, always the same -----------------------------------------------------------------------------------

let state = SEED >>> 0;

function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

const below = (n) => Math.floor(random() * n);
const pick = (from) => from[below(from.length)];

function weighted(pairs) {
  let at = random() * pairs.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of pairs) {
    at -= weight;
    if (at < 0) return value;
  }
  return pairs[pairs.length - 1][0];
}

function shuffled(from) {
  const to = [...from];
  for (let i = to.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [to[i], to[j]] = [to[j], to[i]];
  }
  return to;
}

// ---- Languages ---------------------------------------------------------------------------------------------------

// Pupils by language. Mykola is the one Ukrainian in the main building; the other 130 are in the second.
const MAIN = {
  ar: 92, ti: 46, tr: 34, fa: 26, prs: 24, so: 23, pl: 19, ps: 9, kmr: 9, es: 8, bg: 8, ro: 7, fr: 5, ru: 4, ckb: 4,
  pt: 4, en: 3, lt: 2, id: 2, uk: 1,
};
const SECOND = { uk: 130 };

// Of these, pupils who came alone. Three guardians have twelve each.
const ALONE = { ti: 14, ar: 9, so: 6, prs: 4, ps: 3 };

// What a grown-up of a language reads: [tags, weight]; an empty list reads nothing.
const READS = {
  ar: [[['ar'], 84], [[], 9], [['ar', 'en'], 7]],
  ti: [[['ti'], 70], [[], 14], [['am'], 6], [['ti', 'en'], 10]],
  so: [[['so'], 70], [[], 20], [['ar'], 10]],
  prs: [[['prs'], 72], [[], 20], [['fa'], 8]],
  ps: [[['ps'], 60], [[], 25], [['ur'], 15]],
  kmr: [[['ar'], 35], [['tr'], 25], [['kmr'], 25], [[], 15]],
  ckb: [[['ckb'], 80], [['ar'], 20]],
  uk: [[['uk'], 62], [['uk', 'ru'], 30], [['ru'], 8]],
  tr: [[['tr'], 96], [[], 4]],
};

const SCRIPT = {
  am: 'Ethi', ar: 'Arab', bg: 'Cyrl', ckb: 'Arab', fa: 'Arab', prs: 'Arab', ps: 'Arab', ru: 'Cyrl', ti: 'Ethi',
  uk: 'Cyrl', ur: 'Arab',
};

const base = (tag) => tag.split('-')[0];

function grownUpLanguages(language) {
  const speaks = [weighted(languages[language].speaks)];
  if (language === 'uk') {
    const second = weighted([[null, 4], ['ru', 5], ['swap', 1]]);
    if (second === 'swap') speaks.unshift('ru');
    else if (second) speaks.push(second);
  }
  if (language === 'kmr' && random() < 0.6) speaks.push(pick(['ar-SY', 'tr']));
  const extra = weighted([[null, 72], ['nl', 16], ['en', 12]]);
  if (extra && !speaks.includes(extra)) speaks.push(extra);
  const reads = weighted(READS[language] ?? [[[language], 1]]);
  return { speaks, reads };
}

// ---- Names ---------------------------------------------------------------------------------------------------------

const latin = (name) => name.split('|')[0];
const own = (name) => name.split('|')[1] ?? name.split('|')[0];

// A family before its people: what their names are built from.
function familyNames(language) {
  const { families, boys } = languages[language];
  const family = pick(families);
  let others = families.filter((name) => name !== family);
  const hers = pick(others);
  return { family, hers, father: pick(boys), grandfather: pick(boys), herFather: pick(families) };
}

// The second name of a member: who is father, mother, son or daughter.
function secondName(language, names, who, inOwnScript) {
  const form = inOwnScript ? own : latin;
  const { kind, feminine } = languages[language];
  const hasOwn = names.family.includes('|');
  switch (kind) {
    case 'shared':
      return form(who === 'mother' ? names.hers : names.family);
    case 'married': {
      const name = form(names.family);
      if (who === 'daughter' && daughter[language]) return daughter[language](name);
      return who === 'mother' || who === 'daughter' ? feminine(name, inOwnScript && hasOwn) : name;
    }
    case 'patronym':
      if (who === 'mother') return form(names.herFather);
      return form(who === 'father' ? names.family : names.father);
    case 'somali':
      if (who === 'mother') return `${form(names.herFather)} ${form(names.hers)}`;
      return who === 'father' ? `${names.grandfather} ${form(names.family)}` : `${names.father} ${names.grandfather}`;
    case 'double':
      if (who === 'mother') return `${names.hers} ${names.herFather}`;
      return who === 'father' ? names.family : `${names.family} ${names.hers}`;
    default:
      throw new Error(kind);
  }
}

// ---- The school -------------------------------------------------------------------------------------------------

const ORG = { school: 'org-veerpont', main: 'org-lindelaan', second: 'org-kade' };
const classes = [];
for (const [year, letters] of [[1, 'ABCDEF'], [2, 'ABCDEF'], [3, 'ABCDE']])
  for (const letter of letters) classes.push({ name: `${year}${letter}`, building: 'main', pupils: [] });
for (const name of ['4A', '4B', '4C', '5A', '5B', '5C']) classes.push({ name, building: 'second', pupils: [] });
for (const it of classes) it.id = `class-${it.name.toLowerCase()}`;
const classNamed = (name) => classes.find((it) => it.name === name);

const users = [];
const roles = [];

// kind is the OneRoster role, role ours where OneRoster has no word for it.
function addUser({ id, given, infix = '', family, kind, role = '', speaks = [], reads, language = '', relation = '',
  called = '', preferred = '', agents = [], org = ORG.school, email = '', script }) {
  const read = reads === undefined ? '' : reads.length ? reads.join(';') : 'none';
  const user = {
    id, given, infix, family, kind, role, relation, called, preferred, agents, org, email,
    speaks: speaks.join(';'), read, script: script ?? (reads?.length ? SCRIPT[base(reads[0])] ?? 'Latn' : ''), language,
  };
  users.push(user);
  return user;
}

// ---- Families: those with a fixed handle first ----------------------------------------------------------------

const pupils = [];

function addPupil(it) {
  pupils.push(it);
  return it;
}

const fixed = [
  {
    language: 'ar', class: '2B',
    pupil: { id: 'pupil-samir-al-hariri', given: 'Samir', family: 'Al-Hariri', speaks: ['ar-SY', 'nl'] },
    parents: [
      { id: 'parent-huda-al-hariri', given: 'Huda', family: 'Al-Hariri', relation: 'mother', speaks: ['ar-SY'],
        reads: ['ar'], language: 'ar' },
      { id: 'parent-karim-al-hariri', given: 'Karim', family: 'Al-Hariri', relation: 'father',
        speaks: ['ar-SY', 'nl'], reads: [], language: 'ar' },
    ],
  },
  {
    language: 'ti', class: '2B',
    pupil: { id: 'pupil-helen-tesfay', given: 'Helen', family: 'Tesfay', speaks: ['ti'] },
    parents: [
      { id: 'parent-abrehet-gebremedhin', given: 'Abrehet', family: 'Gebremedhin', relation: 'mother',
        speaks: ['ti'], reads: ['ti'], language: 'ti' },
    ],
  },
  {
    language: 'uk', class: '2B',
    pupil: { id: 'pupil-mykola-kovalenko', given: 'Mykola', family: 'Kovalenko', speaks: ['uk', 'ru'] },
    parents: [
      { id: 'parent-oksana-kovalenko', given: 'Oksana', family: 'Kovalenko', relation: 'mother',
        speaks: ['uk', 'ru'], reads: ['uk', 'ru'], language: 'uk' },
    ],
  },
  {
    language: 'tr', class: '2B',
    pupil: { id: 'pupil-tarik-yildiz', given: 'Tarık', family: 'Yıldız', speaks: ['tr'] },
    parents: [
      { id: 'parent-sevim-yildiz', given: 'Sevim', family: 'Yıldız', relation: 'mother', speaks: ['tr'],
        reads: ['tr'], language: 'tr' },
      { id: 'parent-orhan-yildiz', given: 'Orhan', family: 'Yıldız', relation: 'father', speaks: ['tr', 'nl'],
        reads: ['tr', 'nl'], language: 'tr' },
    ],
  },
  {
    language: 'so', class: '1C',
    pupil: { id: 'pupil-amina-warsame', given: 'Amina', family: 'Warsame Xasan', speaks: ['so'] },
    parents: [
      { id: 'parent-faduma-jaamac', given: 'Faduma', family: 'Jaamac Cali', relation: 'mother', speaks: ['so'],
        reads: [], language: 'so' },
    ],
  },
  {
    language: 'fa', class: '2A',
    pupil: { id: 'pupil-reza-moradi', given: 'Reza', family: 'Moradi', speaks: ['fa', 'en'] },
    parents: [
      { id: 'parent-nasrin-moradi', given: 'نسرین', family: 'مرادی', relation: 'mother', speaks: ['fa'],
        reads: ['fa'], language: 'fa' },
    ],
  },
  {
    language: 'prs', class: '3A',
    pupil: { id: 'pupil-zahra-ahmadi', given: 'Zahra', family: 'Ahmadi', speaks: ['prs'] },
    parents: [
      { id: 'parent-gulsum-ahmadi', given: 'Gulsum', family: 'Ahmadi', relation: 'mother', speaks: ['prs'],
        reads: [], language: 'prs' },
      { id: 'parent-daud-ahmadi', given: 'Daud', family: 'Ahmadi', relation: 'father', speaks: ['prs', 'ps'],
        reads: ['fa'], language: 'fa' },
    ],
  },
  {
    language: 'pl', class: '1A',
    pupil: { id: 'pupil-ola-nowak', given: 'Aleksandra', preferred: 'Ola', family: 'Nowak', speaks: ['pl'] },
    parents: [
      { id: 'parent-marta-nowak', given: 'Marta', family: 'Nowak', relation: 'mother', speaks: ['pl', 'en'],
        reads: ['pl', 'en'], language: 'pl' },
    ],
  },
  {
    language: 'uk', class: '4A', building: 'second',
    pupil: { id: 'pupil-daryna-shevchuk', given: 'Daryna', family: 'Shevchuk', speaks: ['uk'] },
    parents: [
      { id: 'parent-iryna-shevchuk', given: 'Ірина', family: 'Шевчук', relation: 'mother', speaks: ['uk', 'ru'],
        reads: ['uk', 'ru'], language: 'uk' },
    ],
  },
];

const left = { main: { ...MAIN }, second: { ...SECOND } };

for (const it of fixed) {
  const building = it.building ?? 'main';
  const pupil = addPupil({ ...it.pupil, language: it.language, building, class: it.class, agents: [] });
  for (const parent of it.parents) {
    addUser({ ...parent, kind: 'parent', agents: [pupil.id] });
    pupil.agents.push(parent.id);
  }
  left[building][it.language]--;
}

// A mother of three, each in another class.
{
  const mother = addUser({
    id: 'parent-wafaa-kanaan', given: 'Wafaa', family: 'Kanaan', relation: 'mother', kind: 'parent',
    speaks: ['ar-SY'], reads: ['ar'], language: 'ar', agents: [],
  });
  for (const [given, inClass] of [['Rasha', '1B'], ['Ayham', '2D'], ['Mais', '3C']]) {
    const pupil = addPupil({
      id: `pupil-${given.toLowerCase()}-al-masri`, given, family: 'Al-Masri', speaks: ['ar-SY'], language: 'ar',
      building: 'main', class: inClass, agents: [mother.id],
    });
    mother.agents.push(pupil.id);
    left.main.ar--;
  }
}

// ---- Everybody else -----------------------------------------------------------------------------------------------

const number = { pupil: 0, parent: 0, counsellor: 0 };
const next = (kind) => `${kind}-${String(++number[kind]).padStart(4, '0')}`;

// Pupils who came alone: a guardian by law, and a residential counsellor of the place they live in.
const alone = [addPupil({
  id: 'pupil-filmon-berhe', given: 'Filmon', family: 'Berhe', speaks: ['ti'], language: 'ti', building: 'main',
  class: '1A', agents: [],
})];
left.main.ti--;
ALONE.ti--;
for (const [language, count] of Object.entries(ALONE)) {
  for (let i = 0; i < count; i++) {
    const names = familyNames(language);
    const girl = random() < 0.25;
    alone.push(addPupil({
      id: next('pupil'), given: latin(pick(girl ? languages[language].girls : languages[language].boys)),
      family: secondName(language, names, girl ? 'daughter' : 'son', false),
      speaks: [weighted(languages[language].speaks)], language, building: 'main', agents: [],
    }));
    left.main[language]--;
  }
}

const guardians = [['guardian-loes-terpstra', 'Loes', '', 'Terpstra', 'mw. Terpstra'],
  ['guardian-henk-van-der-wal', 'Henk', 'van der', 'Wal', 'dhr. Van der Wal'],
  ['guardian-nadia-bouzid', 'Nadia', '', 'Bouzid', 'mw. Bouzid']].map(([id, given, infix, family, called]) => addUser({
  id, given, infix, family, called, kind: 'guardian', role: 'legal_guardian', relation: 'guardian', speaks: ['nl', 'en'],
  reads: ['nl', 'en'], language: 'nl', agents: [], org: ORG.main,
}));
const counsellors = [['Tineke', 'Faber', 'counsellor-tineke-faber'], ['Samuel', 'Adjei'], ['Marloes', 'Bijl'], ['Rachid', 'Amrani'], ['Joke', 'Stam'],
  ['Steven', 'Lok']].map(([given, family, id]) => addUser({
  id: id ?? next('counsellor'), given, family, kind: 'guardian', role: 'residential_counsellor', relation: 'other',
  speaks: ['nl', 'en'], reads: ['nl', 'en'], language: 'nl', agents: [], org: ORG.main,
}));
[alone[0], ...shuffled(alone.slice(1))].forEach((pupil, i) => {
  for (const grownUp of [guardians[Math.floor(i / 12)], counsellors[Math.floor(i / 6)]]) {
    grownUp.agents.push(pupil.id);
    pupil.agents.push(grownUp.id);
  }
});

// Pupils with parents, family by family.
for (const building of ['main', 'second']) {
  for (const language of Object.keys(left[building])) {
    const it = languages[language];
    while (left[building][language] > 0) {
      const children = Math.min(left[building][language], weighted([[1, 70], [2, 22], [3, 8]]));
      const names = familyNames(language);
      const parents = [];
      for (const who of weighted([[['mother', 'father'], 56], [['mother'], 36], [['father'], 8]])) {
        const inOwnScript = it.script !== 'Latn' && random() < 0.2;
        const given = who === 'father' ? names.father : pick(it.girls);
        const { speaks, reads } = grownUpLanguages(language);
        parents.push(addUser({
          id: next('parent'), given: (inOwnScript ? own : latin)(given),
          family: secondName(language, names, who, inOwnScript), relation: who, kind: 'parent', speaks, reads,
          language: base(reads.find((tag) => base(tag) === base(speaks[0])) ?? reads[0] ?? speaks[0]), agents: [],
          org: ORG[building],
        }));
      }
      const taken = new Set([names.father]);
      for (let i = 0; i < children; i++) {
        const girl = random() < 0.46;
        let given;
        do given = pick(girl ? it.girls : it.boys);
        while (taken.has(given));
        taken.add(given);
        const pupil = addPupil({
          id: next('pupil'), given: latin(given), family: secondName(language, names, girl ? 'daughter' : 'son', false),
          speaks: [weighted(it.speaks)], language, building, agents: parents.map((parent) => parent.id),
        });
        for (const parent of parents) parent.agents.push(pupil.id);
        left[building][language]--;
      }
    }
  }
}

// Into classes: who has a fixed one first, then always the class with most room.
for (const pupil of pupils.filter((it) => it.class)) classNamed(pupil.class).pupils.push(pupil);
for (const pupil of shuffled(pupils.filter((it) => !it.class))) {
  const smallest = classes.filter((it) => it.building === pupil.building)
    .reduce((a, b) => (b.pupils.length < a.pupils.length ? b : a));
  smallest.pupils.push(pupil);
}
for (const it of classes)
  for (const pupil of it.pupils)
    addUser({ ...pupil, kind: 'student', org: ORG[it.building], language: '' });

// ---- Staff ----------------------------------------------------------------------------------------------------------

const plain = (name) => name.normalize('NFD').replace(/[^A-Za-z]+/g, '-').toLowerCase();
const surnames = [...dutch.families];
let turn = 0;

function dutchColleague() {
  const woman = turn++ % 3 !== 2;
  const [infix, family] = surnames.shift().split('|');
  const called = `${woman ? 'mw.' : 'dhr.'} ${infix ? infix[0].toUpperCase() + infix.slice(1) + ' ' : ''}${family}`;
  return { given: pick(woman ? dutch.women : dutch.men), infix, family, called };
}

function addStaff({ id, speaks = ['nl', 'en'], reads, ...it }) {
  return addUser({ id, speaks, reads: reads ?? speaks, language: 'nl', email: `${id}@veerpont.example`, ...it });
}

const mentors = {
  '2B': { id: 'staff-visser', given: 'Marjan', family: 'Visser', called: 'mw. Visser' },
  '1A': { id: 'staff-de-boer', given: 'Gerard', infix: 'de', family: 'Boer', called: 'dhr. De Boer' },
};
for (const it of classes) {
  const person = mentors[it.name] ?? dutchColleague();
  it.mentor = addStaff({
    id: person.id ?? `staff-${plain(`${person.infix} ${person.family}`).replace(/^-/, '')}`, ...person, kind: 'teacher',
    org: ORG[it.building],
  });
  it.teachers = [];
}

// A teacher gives a handful of classes of one building, a class has two to three of them beside its mentor.
for (let i = 0; i < 15; i++) {
  const person = dutchColleague();
  const building = i < 11 ? 'main' : 'second';
  const teacher = addStaff({
    id: `staff-${plain(`${person.infix} ${person.family}`).replace(/^-/, '')}`, ...person, kind: 'teacher',
    role: 'teacher', org: ORG[building],
  });
  const here = classes.filter((it) => it.building === building);
  for (let n = 0; n < 4; n++) here[(i * 4 + n) % here.length].teachers.push(teacher);
}

for (const it of [
  { id: 'staff-care', given: 'Ingrid', family: 'Oosterhof', called: 'mw. Oosterhof', role: 'care_coordinator' },
  { id: 'staff-attendance', given: 'Rob', family: 'Pasman', called: 'dhr. Pasman', role: 'attendance_coordinator',
    kind: 'aide' },
  { id: 'staff-psychologist', given: 'Mirjam', family: 'Lubbers', called: 'mw. Lubbers', role: 'psychologist' },
  { id: 'staff-bridge', given: 'Fatiha', family: 'Ouali', called: 'mw. Ouali', role: 'bridge_officer', kind: 'aide',
    speaks: ['nl', 'ar-MA', 'fr'], reads: ['nl', 'fr', 'ar'] },
  { id: 'coach-rania-haddad', given: 'Rania', family: 'Haddad', role: 'coach', kind: 'aide',
    speaks: ['ar-SY', 'nl', 'en'], reads: ['ar', 'nl', 'en'] },
  { id: 'coach-yonas-habte', given: 'Yonas', family: 'Habte', role: 'coach', kind: 'aide', speaks: ['ti', 'am', 'nl'],
    reads: ['ti', 'nl', 'am'] },
  { id: 'coach-sahra-nuur', given: 'Sahra', family: 'Nuur', role: 'coach', kind: 'aide', speaks: ['so', 'nl'],
    reads: ['so', 'nl'] },
  { id: 'coach-larysa-chernenko', given: 'Larysa', family: 'Chernenko', role: 'coach', kind: 'aide',
    speaks: ['uk', 'ru', 'nl'], reads: ['uk', 'ru', 'nl'], org: ORG.second },
  { id: 'coach-shirin-rahmani', given: 'Shirin', family: 'Rahmani', role: 'coach', kind: 'aide',
    speaks: ['fa', 'prs', 'nl'], reads: ['fa', 'prs', 'nl'] },
  { id: 'coach-meral-acar', given: 'Meral', family: 'Acar', role: 'coach', kind: 'aide', speaks: ['tr', 'kmr', 'nl'],
    reads: ['tr', 'nl'] },
  { id: 'key-person-tsehaye', given: 'Tsehaye', family: 'Gebru', role: 'key_person', kind: 'aide',
    speaks: ['ti', 'nl'], reads: ['ti'] },
  { id: 'interpreter-pl', given: 'Bożena', family: 'Klimek', role: 'interpreter', kind: 'aide',
    speaks: ['pl', 'nl', 'en'] },
  { id: 'interpreter-ps', given: 'Asad', family: 'Miakhel', role: 'interpreter', kind: 'aide',
    speaks: ['ps', 'prs', 'ur', 'nl'] },
  { id: 'staff-leader', given: 'Caroline', infix: 'van der', family: 'Zee', called: 'mw. Van der Zee',
    role: 'school_leader', kind: 'principal' },
  { id: 'admin-school', given: 'Dick', family: 'Huisman', called: 'dhr. Huisman', role: 'administrator',
    kind: 'siteAdministrator' },
]) addStaff({ kind: 'counselor', ...it });

// ---- The package ----------------------------------------------------------------------------------------------------

const quoted = (value) => (/[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const csv = (header, rows) => [header, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');

for (const user of users) {
  roles.push([`role-${user.id}`, '', '', user.id, 'primary', user.kind, '', '', user.org, '']);
}
const enrollments = [];
for (const it of classes) {
  const enroll = (user, role, primary) => enrollments.push(
    [`enrol-${it.name.toLowerCase()}-${user.id}`, '', '', it.id, ORG[it.building], user.id, role, primary, '', '']);
  enroll(it.mentor, 'teacher', 'true');
  for (const teacher of it.teachers) enroll(teacher, 'teacher', 'false');
  for (const pupil of it.pupils) enroll(pupil, 'student', 'false');
}

const absent = ['categories', 'classResources', 'courseResources', 'demographics', 'lineItemLearningObjectiveIds',
  'lineItems', 'lineItemScoreScales', 'resources', 'resultLearningObjectiveIds', 'results', 'resultScoreScales',
  'scoreScales', 'userProfiles', 'userResources'];
const present = ['academicSessions', 'classes', 'courses', 'enrollments', 'orgs', 'roles', 'users'];

const files = {
  'manifest.csv': csv(['propertyName', 'value'], [
    ['manifest.version', '1.0'], ['oneroster.version', '1.2'],
    ...[...absent.map((name) => [`file.${name}`, 'absent']), ...present.map((name) => [`file.${name}`, 'bulk'])]
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    ['source.systemName', 'Demo school'], ['source.systemCode', 'demo-school'],
  ]),
  'academicSessions.csv': csv(
    ['sourcedId', 'status', 'dateLastModified', 'title', 'type', 'startDate', 'endDate', 'parentSourcedId', 'schoolYear'],
    [['year-2026', '', '', 'Schooljaar 2026-2027', 'schoolYear', '2026-08-01', '2027-07-31', '', '2027']]),
  'orgs.csv': csv(
    ['sourcedId', 'status', 'dateLastModified', 'name', 'type', 'identifier', 'parentSourcedId'],
    [[ORG.school, '', '', 'ISK De Veerpont', 'district', '', ''],
      [ORG.main, '', '', 'Lindelaan', 'school', '', ORG.school],
      [ORG.second, '', '', 'Kade', 'school', '', ORG.school]]),
  'courses.csv': csv(
    ['sourcedId', 'status', 'dateLastModified', 'schoolYearSourcedId', 'title', 'courseCode', 'grades', 'orgSourcedId',
      'subjects', 'subjectCodes'],
    [['course-nt2', '', '', 'year-2026', 'Nederlands als tweede taal', 'NT2', '', ORG.school, '', '']]),
  'classes.csv': csv(
    ['sourcedId', 'status', 'dateLastModified', 'title', 'grades', 'courseSourcedId', 'classCode', 'classType',
      'location', 'schoolSourcedId', 'termSourcedIds', 'subjects', 'subjectCodes', 'periods'],
    classes.map((it) => [it.id, '', '', it.name, '', 'course-nt2', it.name, 'homeroom', '', ORG[it.building], 'year-2026',
      '', '', ''])),
  'users.csv': csv(
    ['sourcedId', 'status', 'dateLastModified', 'enabledUser', 'username', 'userIds', 'givenName', 'familyName',
      'middleName', 'identifier', 'email', 'sms', 'phone', 'agentSourcedIds', 'grades', 'password',
      'userMasterIdentifier', 'preferredGivenName', 'preferredMiddleName', 'preferredFamilyName', 'primaryOrgSourcedId',
      'pronouns', 'metadata.ouderbrug.role', 'metadata.ouderbrug.called', 'metadata.ouderbrug.relation',
      'metadata.ouderbrug.speaks', 'metadata.ouderbrug.reads', 'metadata.ouderbrug.script',
      'metadata.ouderbrug.language'],
    users.map((it) => [it.id, '', '', 'true', '', '', it.given, it.family, it.infix, '', it.email, '', '',
      it.agents.join(','), '', '', '', it.preferred, '', '', it.org, '', it.role, it.called, it.relation, it.speaks,
      it.read, it.script, it.language])),
  'roles.csv': csv(
    ['sourcedId', 'status', 'dateLastModified', 'userSourcedId', 'roleType', 'role', 'beginDate', 'endDate',
      'orgSourcedId', 'userProfileSourcedId'], roles),
  'enrollments.csv': csv(
    ['sourcedId', 'status', 'dateLastModified', 'classSourcedId', 'schoolSourcedId', 'userSourcedId', 'role', 'primary',
      'beginDate', 'endDate'], enrollments),
};

const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), 'package');
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
