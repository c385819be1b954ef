// How the people of the school come in: an invitation, a password, a phone's codes, codes to keep; and the school's own page.
import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { signIn } from '../scenario/lib/client.mjs';
import { inviteOf } from '../scenario/lib/invited.mjs';
import { schoolWithProvider } from '../scenario/lib/provider.mjs';
import { goodPassword } from '../scenario/lib/staff.mjs';
import { Authenticator } from '../scenario/lib/totp.mjs';
import { laptop, openStage, phone, theBrowser, words } from './lib/browser.mjs';

const top = resolve(import.meta.dirname, '../..');

async function fresh(stage, locale, options) {
  return stage.visitor('somebody of the school', { locale, ...options });
}

// What was refused on purpose is a status that Chromium mentions.
const forgive = (person) => { person.complaints = person.complaints.filter((line) => !/status of 4(01|22|29)/.test(line)); };

/** Goes through the enrolment in a language; pictures on the way. Gives { app, step, codes, name }. */
async function enrol(person, say, secret, pictures) {
  const { page } = person;
  await page.goto(`${person.line.url}/hi#${secret}`);
  await page.getByLabel(say('enrol.password'), { exact: true }).fill(goodPassword);
  await page.getByLabel(say('enrol.password.again'), { exact: true }).fill(goodPassword);
  await person.check();
  await person.picture(`${pictures}-password`);
  await page.getByRole('button', { name: say('enrol.next') }).click();
  await page.getByRole('img', { name: say('enrol.app.square') }).waitFor();
  await page.getByText(say('enrol.app.typed')).click();
  const app = new Authenticator((await page.locator('.typed code').textContent()).replaceAll(' ', ''));
  forgive(person);
  await person.check();
  await person.picture(`${pictures}-phone`);
  await page.getByLabel(say('enrol.code')).fill(app.code(5));
  await page.getByRole('button', { name: say('enrol.next') }).click();
  await page.getByText(say('error.invalid.wrong')).waitFor();
  const step = Authenticator.step() - 1;
  await page.getByLabel(say('enrol.code')).fill(app.codeOf(step));
  await page.getByRole('button', { name: say('enrol.next') }).click();
  await page.locator('.codes li').last().waitFor();
  const codes = await page.locator('.codes code').allTextContents();
  const name = (await page.locator('.kept b').textContent()).match(/[\w.@-]+(?=\P{L}*$)/u)[0];
  assert.equal(codes.length, 10);
  forgive(person);
  await person.check();
  await person.picture(`${pictures}-codes`);
  await page.getByRole('button', { name: say('enrol.codes.done') }).click();
  await page.getByRole('button', { name: say('staff.account') }).waitFor();
  return { app, step, codes, name };
}

test('a mentor comes in with an invitation, and again with name, password and code', async (t) => {
  const stage = await openStage(t);
  const admin = await (await signIn(stage.server, 'admin-school')).connect();
  const say = words('nl');
  const mentor = await fresh(stage, 'nl', laptop);
  const { page } = mentor;
  const { app, step, codes, name } = await enrol(mentor, say, (await inviteOf(admin, 'Visser')).secret, 'staff-nl-1280');

  await page.getByRole('button', { name: say('staff.account') }).click();
  await page.getByRole('button', { name: say('credential.open') }).click();
  await page.getByRole('button', { name: say('credential.codes') }).waitFor();
  await mentor.check();
  await mentor.picture('staff-nl-1280-own');
  await page.getByRole('button', { name: say('credential.codes') }).click();
  await page.getByLabel(say('credential.now')).fill(goodPassword);
  await page.getByRole('button', { name: say('enrol.next') }).click();
  await page.locator('.codes li').last().waitFor();
  const [kept] = await page.locator('.codes code').allTextContents();
  assert.ok(!codes.includes(kept));
  await page.getByRole('button', { name: say('enrol.codes.done') }).click();
  await page.getByRole('button', { name: say('close') }).click();
  await page.getByRole('button', { name: say('staff.account') }).click();
  await page.getByRole('button', { name: say('signOut'), exact: true }).click();

  await page.getByRole('button', { name: say('door.staff') }).click();
  const enter = async (code) => {
    await page.getByLabel(say('door.name')).fill(name.toUpperCase());
    await page.getByLabel(say('door.password')).fill(goodPassword);
    await page.getByLabel(say('door.code')).fill(code);
    await page.getByRole('button', { name: say('door.enter'), exact: true }).click();
  };
  await page.getByLabel(say('door.name')).waitFor();
  await mentor.picture('staff-nl-1280-door');
  await enter('000000');
  await page.getByText(say('error.signed_out.credentials')).waitFor();
  forgive(mentor);
  await mentor.check();
  await enter(app.codeOf(step + 1));
  await page.getByRole('button', { name: say('staff.account') }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/');
  forgive(mentor);
  mentor.quiet();
});

test('a coach comes in on a small phone in Arabic', async (t) => {
  const stage = await openStage(t);
  const admin = await (await signIn(stage.server, 'admin-school')).connect();
  const coach = await fresh(stage, 'ar', phone);
  const { page } = coach;
  const { secret } = await inviteOf(admin, 'Haddad');
  const say = words('nl');
  await enrol(coach, say, secret, 'staff-360');
  // The same screens from right to left.
  const other = await fresh(stage, 'ar', phone), ar = words('ar');
  await other.page.goto(`${other.line.url}/staff`);
  await other.page.getByLabel(ar('door.name')).waitFor();
  assert.equal(await other.page.evaluate(() => document.documentElement.dir), 'rtl');
  forgive(other);
  await other.check();
  await other.picture('staff-ar-360-door');
  assert.ok(page);
});

test('the school’s own page: there and back, and a sentence for who is nobody here', async (t) => {
  const { server, provider } = await schoolWithProvider(t);
  provider.people.els = { preferred_username: 'e.jansen' };
  provider.people.stranger = { preferred_username: 'stranger' };
  const context = await (await theBrowser()).newContext({ locale: 'nl-NL', reducedMotion: 'reduce', ...laptop });
  t.after(() => context.close());
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const say = words('nl');
  for (const [who, words] of [['stranger', say('door.why.nobody')], [null, say('door.why.cancelled')]]) {
    await context.clearCookies();
    provider.who = who;
    await page.goto(`${server.url}/staff`);
    await page.getByRole('link', { name: say('door.provider') }).click();
    await page.getByText(words).waitFor();
    assert.equal(new URL(page.url()).hash, '');
  }
  await context.clearCookies();
  provider.who = 'els';
  await page.getByRole('link', { name: say('door.provider') }).click();
  await page.getByRole('button', { name: say('staff.account') }).waitFor();
  assert.equal(page.url(), `${server.url}/`);

  // With an invitation she would sign in here from now on: the administrator is told first, and can invite her anyway.
  await context.clearCookies();
  await page.goto(`${server.url}/in#${await server.link('admin')}`);
  await page.locator('main.gate button.go').click();
  await page.getByRole('searchbox').fill('Jansen');
  await page.locator('.people li', { hasText: 'Jansen' }).getByRole('button', { name: say('invite.button') }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: say('invite.make') }).click();
  await sheet.getByText(say('error.conflict.provider')).waitFor();
  assert.equal(await sheet.locator('.qr').count(), 0);
  await page.screenshot({ path: join(top, '.pictures/invite-nl-1280-anyway.png'), animations: 'disabled' });
  await sheet.getByRole('button', { name: say('invite.anyway') }).click();
  await sheet.locator('.qr').waitFor();
  assert.equal(await sheet.getByText(say('error.conflict.provider')).count(), 0);
  await page.screenshot({ path: join(top, '.pictures/invite-nl-1280-made.png'), animations: 'disabled' });
});
