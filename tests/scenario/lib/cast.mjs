// scenario/lib/cast.mjs: a school with somebody of every role, in every relation to a conversation.
//
//   const cast = await everyRole(t);
//   cast.subjects          // [{ name, role, client, account, id }], one of each role; `visser` is a mentor by the roster
//   cast.threads           // { in, later, left, none, nowhere }: ids. What each subject is to them:
//                          //   in     in it, from the first message       later  in it, from its third message on
//                          //   left   was in it                           none   another family's          nowhere  no such number
//   cast.note              // a staff note in `later`, older than who is in it from its third message on
//   cast.relations(subject)   // those of the five that a person of that role can have
//
// Families are in by the roster alone, so they are never `later`, and they left because a second roster said so.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signIn, uuid } from './client.mjs';
import { say, unhurried } from './room.mjs';
import { makeSchool, people, writeRoster } from './school.mjs';
import { ouderbrug, startServer, within } from './server.mjs';

const pupil = (given, name) => ({ role: 'pupil', given, family: 'Proef', class: name });
const person = (role, given, more = {}) => ({ role, given, family: 'Proef', language: 'nl', speaks: 'nl', reads: 'nl', ...more });
const guardian = (role, given, relation, of) => person(role, given, { relation, of });

const family = (of) => ({
  moeder: guardian('parent', 'Moeder', 'mother', of),
  voogd: guardian('legal_guardian', 'Voogd', 'guardian', of),
  begeleider: guardian('residential_counsellor', 'Begeleider', 'other', of),
});

const helpers = {
  docent: person('teacher', 'Docent'),
  verzuim: person('attendance_coordinator', 'Verzuim'),
  zorg: person('care_coordinator', 'Zorg'),
  psycholoog: person('psychologist', 'Psycholoog'),
  brug: person('bridge_officer', 'Brug'),
  coach: person('coach', 'Coach'),
  leider: person('school_leader', 'Leider'),
  sleutel: person('key_person', 'Sleutel'),
  tolk: person('interpreter', 'Tolk'),
  partner: person('external_partner', 'Partner'),
};

const school = (of) => ({
  visser: people.visser,
  ander: person('mentor', 'Ander', { mentor: ['3C'] }),
  bakker: people.bakker,
  gast: person('teacher', 'Gast'),   // somebody who is in, and nobody's subject
  nieuw: person('coach', 'Nieuw'),   // somebody who can be brought in
  beheer: person('administrator', 'Beheer'),
  ...helpers,
  pin: pupil('In', '2B'), plater: pupil('Later', '2B'), pleft: pupil('Left', '2B'), pnone: pupil('None', '1A'), pother: pupil('Other', '3C'),
  ...family(of),
  vader: guardian('parent', 'Vader', 'father', ['pnone']),
});

/** early: what else happens before anybody comes later. */
export async function everyRole(t, { early, ...options } = {}) {
  const made = await makeSchool(t, school(['pin', 'pleft']));
  const server = await startServer(t, { ...made, args: unhurried, speech: true, ...options });
  const connect = async (name) => {
    const account = await signIn(server, name);
    const client = await account.connect({ name });
    return { name, role: client.welcome.me.role, id: client.welcome.me.id, account, client };
  };
  const visser = await connect('visser');
  const threadOf = (who, given) => who.client.welcome.threads.find(({ pupil: { given: is } }) => is === given).id;
  const bakker = await connect('bakker');
  const threads = { in: threadOf(visser, 'In'), later: threadOf(visser, 'Later'), left: threadOf(visser, 'Left'), none: threadOf(bakker, 'None'), nowhere: 999_999 };
  const subjects = [visser];
  for (const name of ['moeder', 'voogd', 'begeleider', 'ander', ...Object.keys(helpers), 'beheer']) subjects.push(await connect(name));
  const others = { bakker, gast: await connect('gast'), nieuw: await connect('nieuw'), vader: await connect('vader') };

  // What everyone finds: two messages that are older than `later` begins, then those who come.
  for (const name of ['in', 'later', 'left']) {
    await say(visser.client, threads[name], `oud in ${name}`);
    await say(visser.client, threads[name], `nog ouder in ${name}`);
  }
  await say(bakker.client, threads.none, 'van een ander');
  const { note: { id: note } } = await visser.client.do('note', { thread: threads.later, client_id: randomUUID(), level: 'staff', body: 'oude notitie in later' });
  await early?.({ visser, threads, others });
  const brought = subjects.filter(({ role, name }) => name !== 'visser' && !isFamily(role) && role !== 'administrator');
  for (const { id } of [...brought, others.gast]) {
    await visser.client.do('bring', { thread: threads.in, person: id, reach: 'all' });
    if (!early || id !== others.gast.id) await visser.client.do('bring', { thread: threads.later, person: id, reach: 'now' });
    await visser.client.do('bring', { thread: threads.left, person: id, reach: 'all' });
    await visser.client.do('take_out', { thread: threads.left, person: id });
  }
  await ouderbrug(['import', await writeRoster(join(made.folder, 'second'), school(['pin'])), '--data', made.data]);

  const relations = ({ role, name }) => {
    if (name === 'visser') return ['in', 'none', 'nowhere'];
    if (isFamily(role)) return ['in', 'left', 'none', 'nowhere'];
    if (role === 'administrator') return ['none', 'nowhere'];
    return ['in', 'later', 'left', 'none', 'nowhere'];
  };
  return { ...made, server, subjects, others, visser, threads, note, relations };
}

export const isFamily = (role) => ['parent', 'legal_guardian', 'residential_counsellor'].includes(role);

/** The table of rights as the program tells it. */
export async function table() {
  return JSON.parse((await ouderbrug(['doc', 'rights-json'])).stdout);
}

/** Every word of a set in base/words.def, read by hand. */
export function words(set) {
  const text = readFileSync(join(import.meta.dirname, '../../../bridge/base/words.def'), 'utf8');
  return [...text.matchAll(new RegExp(`VALUE\\(${set}, \\w+, \\w+, (\\w+),`, 'g'))].map(([, word]) => word);
}

/** A value that a field takes. */
export function sample(name, schema) {
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'integer') return schema.minimum ?? 1;
  if (schema.type === 'boolean') return true;
  if (schema.type === 'array') return [1];
  if (schema.format === 'uuid') return uuid();
  return /language/.test(name) ? 'nl' : 'proef';
}

let tries = 0;

/** What a command is answered with: the item as it came, without its number. */
export async function answerOf(client, command, fields = {}) {
  const ref = 1_000_000 + ++tries;
  const came = new Promise((done) => {
    const look = (data) => {
      const item = JSON.parse(data).find((one) => one.ref === ref);
      if (!item) return;
      client.socket.off('message', look);
      done(item);
    };
    client.socket.on('message', look);
  });
  client.raw(JSON.stringify({ do: command, ref, ...fields }));
  const { ref: _, ...item } = await within(Promise.race([came, client.closed.then(({ code }) => ({ closed: code }))]), 20_000, `${client.name}: no answer to ${command}`);
  return item;
}
