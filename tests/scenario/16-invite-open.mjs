// An invitation: made by who may, looked at, opened once with a PIN, and a phone that comes back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal, signIn } from './lib/client.mjs';
import { inviteOf, Phone } from './lib/invited.mjs';
import { unhurried } from './lib/room.mjs';
import { makeSchool, people, writeRoster } from './lib/school.mjs';
import { ouderbrug, startServer } from './lib/server.mjs';

const PIN = '482913';

async function withSchool(t, args = []) {
  const school = await makeSchool(t);
  const server = await startServer(t, { ...school, args: [...unhurried, '--phone', '050 123 45 67', ...args] });
  return { server, school, admin: await (await signIn(server, 'admin')).connect() };
}

test('an invitation is looked at, opened with a PIN, and good once', async (t) => {
  const { server, admin } = await withSchool(t);
  const invitation = await inviteOf(admin, 'Huda');
  assert.match(invitation.link, /^http:\/\/localhost:\d+\/hi#[\w-]{43}$/);
  assert.match(invitation.code, /^[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}$/);
  assert.equal(invitation.modules.length, invitation.size ** 2);
  assert.equal(invitation.phone, '050 123 45 67');
  assert.deepEqual(invitation.pupils.map(({ given }) => given).sort(), ['Amal', 'Samir']);

  const phone = new Phone(server);
  for (const secret of [invitation.secret, invitation.code, ` ${invitation.code.toUpperCase().replace('-', '')} `]) {
    const { status, body } = await phone.look(secret);
    assert.equal(status, 200);
    assert.deepEqual({ proof: body.proof, name: body.name, language: body.language }, { proof: 'new_pin', name: 'Huda Al-Hariri', language: 'ar' });
  }
  const huda = await phone.open(invitation.secret, PIN);
  assert.equal(huda.person.name, 'Huda Al-Hariri');
  const client = await huda.connect();
  assert.equal(client.welcome.me.id, huda.person.id);

  for (const secret of [invitation.secret, invitation.code]) {
    assert.deepEqual((await phone.look(secret)).body, { ...(await phone.look('x'.repeat(43))).body });
    assert.equal((await refusal(new Phone(server).open(secret, PIN))).reason, 'invitation');
  }
});

test('the phone comes back with its PIN, and with no other', async (t) => {
  const { server, admin } = await withSchool(t);
  const { code } = await inviteOf(admin, 'Huda');
  const phone = new Phone(server);
  const huda = await phone.open(code, PIN);
  await phone.lock();
  assert.equal((await phone.call('GET', '/api/session')).status, 401);
  assert.deepEqual((await phone.people()).map(({ name }) => name), ['Huda Al-Hariri']);
  assert.equal((await refusal(phone.enter(huda.person.id, '482914'))).reason, 'pin');
  const again = await phone.enter(huda.person.id, PIN);
  assert.equal(again.person.id, huda.person.id);
  // The PIN alone, on another phone, is nothing.
  assert.equal((await refusal(new Phone(server).enter(huda.person.id, PIN))).reason, 'pin');
  await phone.forget();
  assert.deepEqual(await phone.people(), []);
  assert.equal((await refusal(phone.enter(huda.person.id, PIN))).reason, 'pin');
});

test('a PIN that everybody would guess, or that is none, is refused, and the invitation stays good', async (t) => {
  const { server, admin } = await withSchool(t);
  const { secret } = await inviteOf(admin, 'Huda');
  const phone = new Phone(server);
  for (const pin of ['000000', '123456', '654321', '777777']) assert.equal((await refusal(phone.open(secret, pin))).reason, 'pin_easy');
  for (const pin of ['', '12345', '1234567', '12345a', '１２３４５６', '48291 ']) assert.equal((await refusal(phone.open(secret, pin))).reason, 'pin_form');
  await phone.open(secret, PIN);
});

test('who may invite whom', async (t) => {
  const { server, admin } = await withSchool(t);
  const [visser, huda, rania] = await Promise.all(['visser', 'huda', 'rania'].map(async (name) => (await signIn(server, name)).connect()));
  const person = async (name) => (await admin.do('roll', { query: name })).entries[0].person.id;
  const [karim, abrehet, jansen] = await Promise.all(['Karim', 'Tesfay', 'Jansen'].map(person));

  // The mentor: the families of her own class, and nobody else; who is not there looks the same.
  assert.equal((await visser.do('invite', { person: karim })).invitations.length, 1);
  const answers = new Set();
  for (const who of [abrehet, jansen, 999_999]) answers.add(JSON.stringify({ ...(await refusal(visser.do('invite', { person: who }))) }));
  assert.equal(answers.size, 1);
  assert.match([...answers][0], /not_found/);
  for (const client of [huda, rania]) assert.equal((await refusal(client.do('invite', { person: karim }))).code, 'forbidden');

  // Huda has a child with another mentor too: whoever comes in as her reads that conversation as well, so the office invites her.
  const hudaId = await person('Huda');
  assert.deepEqual({ ...(await refusal(visser.do('invite', { person: hudaId }))) }, { code: 'forbidden', field: 'person', reason: 'other_mentor' });
  assert.equal((await admin.do('invite', { person: hudaId })).invitations.length, 1);

  // A class: who never signed in. Huda did; Karim and Oksana did not.
  const { classes } = await visser.do('classes');
  assert.deepEqual(classes.map((one) => [one.class.name, one.families, one.waiting]), [['2B', 3, 2]]);
  const { invitations } = await visser.do('invite_class', { class: classes[0].class.id });
  assert.deepEqual(invitations.map((one) => one.person.name).sort(), ['Karim Al-Hariri', 'Оксана Коваленко']);
  assert.equal((await admin.do('classes')).classes.length, 2);
  const other = (await admin.do('classes')).classes.find((one) => one.class.name === '1A').class.id;
  assert.equal((await refusal(visser.do('invite_class', { class: other }))).code, 'not_found');

  // The newest page is the one that works.
  const first = await inviteOf(admin, 'Karim'), second = await inviteOf(admin, 'Karim');
  assert.equal((await new Phone(server).look(first.secret)).status, 401);
  assert.equal((await new Phone(server).look(second.secret)).status, 200);
});

test('a mentor’s pages leave out who has a child with another mentor too; once all are hers, not any more', async (t) => {
  const { server, school, admin } = await withSchool(t);
  const visser = await (await signIn(server, 'visser')).connect();
  const [{ class: { id }, waiting }] = (await visser.do('classes')).classes;
  assert.equal(waiting, 2, 'as many as there will be pages');
  const invited = async (client) => (await client.do('invite_class', { class: id })).invitations.map((one) => one.person.name).sort();
  const all = ['Huda Al-Hariri', 'Karim Al-Hariri', 'Оксана Коваленко'];
  assert.deepEqual(await invited(visser), all.slice(1));
  assert.deepEqual(await invited(admin), all);
  const huda = (await admin.do('roll', { query: 'Huda' })).entries[0].person.id;
  assert.equal((await refusal(visser.do('invite', { person: huda }))).reason, 'other_mentor');

  // In no class is in none of hers; then in hers; then gone.
  const amal = async (now) => {
    await writeRoster(school.roster, { ...people, amal: now });
    await ouderbrug(['import', school.roster, '--data', school.data]);
  };
  await amal({ ...people.amal, class: undefined });
  assert.equal((await refusal(visser.do('invite', { person: huda }))).reason, 'other_mentor');
  await amal({ ...people.amal, class: '2B' });
  assert.equal((await visser.do('invite', { person: huda })).invitations.length, 1);
  assert.deepEqual(await invited(visser), all);
});
