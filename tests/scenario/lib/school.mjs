// scenario/lib/school.mjs: a small school, made as an OneRoster 1.2 package and taken in by the real import.
//
//   const school = await makeSchool(t);                 // { data }: mw. Visser's class with the families below
//   const server = await startServer(t, school);
//   const huda = await (await signIn(server, 'huda')).connect();
//
// sourcedIds: mentor visser (class 2B), mentor bakker (class 1A), coach rania, care coordinator jansen, administrator admin;
// in 2B pupil samir with mother huda and father karim (Arabic), pupil mykola with mother oksana (Ukrainian); in 1A pupil helen
// with mother abrehet (Tigrinya), and pupil yusuf, whose legal guardian is nidos; huda is also mother of amal in 1A.
import { rmSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ouderbrug, temporaryFolder } from './server.mjs';

export const people = {
  visser: { role: 'mentor', given: 'Marjan', family: 'Visser', called: 'mw. Visser', mentor: ['2B'], language: 'nl', speaks: 'nl;en', reads: 'nl;en' },
  bakker: { role: 'mentor', given: 'Petra', family: 'Bakker', called: 'mw. Bakker', mentor: ['1A'], language: 'nl', speaks: 'nl', reads: 'nl' },
  rania: { role: 'coach', given: 'Rania', family: 'Haddad', language: 'nl', speaks: 'ar-SY;nl', reads: 'ar;nl' },
  jansen: { role: 'care_coordinator', given: 'Els', family: 'Jansen', username: 'E.Jansen', email: 'Els.Jansen@proef.example', language: 'nl', speaks: 'nl', reads: 'nl' },
  admin: { role: 'administrator', given: 'Dick', family: 'Huisman', username: 'huisman', language: 'nl', speaks: 'nl', reads: 'nl' },
  samir: { role: 'pupil', given: 'Samir', family: 'Al-Hariri', class: '2B' },
  amal: { role: 'pupil', given: 'Amal', family: 'Al-Hariri', class: '1A' },
  mykola: { role: 'pupil', given: 'Микола', family: 'Коваленко', class: '2B' },
  helen: { role: 'pupil', given: 'ሄለን', family: 'Tesfay', class: '1A' },
  yusuf: { role: 'pupil', given: 'Yusuf', family: 'Warsame', class: '1A' },
  huda: { role: 'parent', relation: 'mother', username: 'huda', email: 'huda@thuis.example', given: 'Huda', family: 'Al-Hariri', of: ['samir', 'amal'], language: 'ar', speaks: 'ar-SY', reads: 'ar', script: 'Arab' },
  karim: { role: 'parent', relation: 'father', given: 'Karim', family: 'Al-Hariri', of: ['samir'], language: 'ar', speaks: 'ar-SY;nl', reads: 'none' },
  oksana: { role: 'parent', relation: 'mother', given: 'Оксана', family: 'Коваленко', of: ['mykola'], language: 'uk', speaks: 'uk;ru', reads: 'uk', script: 'Cyrl' },
  abrehet: { role: 'parent', relation: 'mother', given: 'ኣብረሄት', family: 'Tesfay', of: ['helen'], language: 'ti', speaks: 'ti', reads: 'ti', script: 'Ethi' },
  nidos: { role: 'legal_guardian', relation: 'guardian', given: 'Tom', family: 'de Wit', of: ['yusuf'], language: 'nl', speaks: 'nl;en', reads: 'nl' },
};

const ONEROSTER_ROLE = { pupil: 'student', parent: 'parent', legal_guardian: 'guardian', mentor: 'teacher', teacher: 'teacher', administrator: 'siteAdministrator' };

const csv = (rows) => rows.map((row) => row.map((cell) => {
  const text = cell === undefined || cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}).join(',') + '\r\n').join('');

/** Writes the package of these people into a folder and gives its path. */
export async function writeRoster(folder, who = people) {
  await mkdir(folder, { recursive: true });
  const all = Object.entries(who).filter(([, person]) => person);
  const guardians = (pupil) => all.filter(([, person]) => person.of?.includes(pupil)).map(([id]) => id);
  const classes = [...new Set(all.flatMap(([, person]) => [person.class, ...(person.mentor ?? [])]).filter(Boolean))].sort();
  const teaches = (id, name, primary, role) => [`enrol-${name}-${id}`, '', '', `class-${name}`, 'org-building', id, role, primary, '', ''];
  const files = {
    'manifest.csv': [['propertyName', 'value'], ['manifest.version', '1.0'], ['oneroster.version', '1.2'],
      ...['academicSessions', 'classes', 'courses', 'enrollments', 'orgs', 'roles', 'users'].map((name) => [`file.${name}`, 'bulk']),
      ...['categories', 'classResources', 'courseResources', 'demographics', 'lineItems', 'lineItemLearningObjectiveIds', 'lineItemScoreScales',
        'resources', 'resultLearningObjectiveIds', 'results', 'resultScoreScales', 'scoreScales', 'userProfiles', 'userResources']
        .map((name) => [`file.${name}`, 'absent']),
      ['source.systemName', 'tests'], ['source.systemCode', 'tests']],
    'orgs.csv': [['sourcedId', 'status', 'dateLastModified', 'name', 'type', 'identifier', 'parentSourcedId'],
      ['org-school', '', '', 'ISK De Proef', 'district', '', ''],
      ['org-building', '', '', 'Lindelaan', 'school', '', 'org-school']],
    'academicSessions.csv': [['sourcedId', 'status', 'dateLastModified', 'title', 'type', 'startDate', 'endDate', 'parentSourcedId', 'schoolYear'],
      ['year', '', '', 'Schooljaar', 'schoolYear', '2026-08-01', '2027-07-31', '', '2027']],
    'courses.csv': [['sourcedId', 'status', 'dateLastModified', 'schoolYearSourcedId', 'title', 'courseCode', 'grades', 'orgSourcedId', 'subjects', 'subjectCodes'],
      ['course', '', '', 'year', 'Nederlands als tweede taal', 'NT2', '', 'org-school', '', '']],
    'classes.csv': [['sourcedId', 'status', 'dateLastModified', 'title', 'grades', 'courseSourcedId', 'classCode', 'classType', 'location',
      'schoolSourcedId', 'termSourcedIds', 'subjects', 'subjectCodes', 'periods'],
      ...classes.map((name) => [`class-${name}`, '', '', name, '', 'course', name, 'homeroom', '', 'org-building', 'year', '', '', ''])],
    'users.csv': [['sourcedId', 'status', 'dateLastModified', 'enabledUser', 'username', 'userIds', 'givenName', 'familyName', 'middleName', 'identifier',
      'email', 'sms', 'phone', 'agentSourcedIds', 'grades', 'password', 'userMasterIdentifier', 'preferredGivenName', 'preferredMiddleName',
      'preferredFamilyName', 'primaryOrgSourcedId', 'pronouns', 'metadata.ouderbrug.role', 'metadata.ouderbrug.called',
      'metadata.ouderbrug.relation', 'metadata.ouderbrug.speaks', 'metadata.ouderbrug.reads', 'metadata.ouderbrug.script', 'metadata.ouderbrug.language'],
      ...all.map(([id, p]) => [id, '', '', 'true', p.username, '', p.given, p.family, '', '', p.email, '', '',
        (p.role === 'pupil' ? guardians(id) : p.of ?? []).join(','), '', '', '', '', '', '', 'org-building', '',
        p.role in ONEROSTER_ROLE ? (p.role === 'administrator' || p.role === 'legal_guardian' ? p.role : '') : p.role,
        p.called, p.relation, p.speaks, p.reads, p.script, p.language])],
    'roles.csv': [['sourcedId', 'status', 'dateLastModified', 'userSourcedId', 'roleType', 'role', 'beginDate', 'endDate', 'orgSourcedId', 'userProfileSourcedId'],
      ...all.map(([id, p]) => [`role-${id}`, '', '', id, 'primary', ONEROSTER_ROLE[p.role] ?? 'aide', '', '', 'org-building', ''])],
    'enrollments.csv': [['sourcedId', 'status', 'dateLastModified', 'classSourcedId', 'schoolSourcedId', 'userSourcedId', 'role', 'primary', 'beginDate', 'endDate'],
      ...all.flatMap(([id, p]) => (p.class ? [teaches(id, p.class, 'false', 'student')] : (p.mentor ?? []).map((name) => teaches(id, name, 'true', 'teacher'))))],
  };
  for (const [name, rows] of Object.entries(files)) await writeFile(join(folder, name), csv(rows));
  return folder;
}

// A school takes a moment to come in, with a sanitizer a second: it is taken in once for each test file and copied.
const made = new Map();
function taken(who) {
  const key = JSON.stringify(who);
  if (!made.has(key)) made.set(key, (async () => {
    const folder = await temporaryFolder();
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    await ouderbrug(['import', await writeRoster(join(folder, 'roster'), who), '--data', join(folder, 'data')]);
    return folder;
  })());
  return made.get(key);
}

/** A data folder with these people in it. other: a school that has nothing in common with those before it, no id and no key. */
export async function makeSchool(t, who = people, { other = false } = {}) {
  const folder = await temporaryFolder(t);
  const data = join(folder, 'data'), roster = join(folder, 'roster');
  if (other) await ouderbrug(['import', await writeRoster(roster, who), '--data', data]);
  else await cp(await taken(who), folder, { recursive: true, force: true });
  return { data, roster, folder };
}

/** The environment for a data folder that is not the school's own: a backup put back elsewhere needs the school's key, which is in none. */
export const keyOf = ({ data }) => ({ OUDERBRUG_KEY_FILE: `${data}.key` });
