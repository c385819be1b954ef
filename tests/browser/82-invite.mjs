// How a family comes in: an invitation, six figures by thumb, and a phone that knows its people.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { signIn } from '../scenario/lib/client.mjs';
import { inviteOf } from '../scenario/lib/invited.mjs';
import { laptop, openStage, phone, words } from './lib/browser.mjs';
import { parentScreen } from './lib/screens.mjs';

const PIN = '482913';
const top = resolve(import.meta.dirname, '../..');

/** A phone on which nobody is signed in. */
async function freshPhone(stage, locale, options = phone) {
  return stage.visitor('a fresh phone', { locale, ...options });
}

async function taps(page, pin) {
  for (const figure of pin) await page.locator('.pin-keys').getByRole('button', { name: figure, exact: true }).tap();
}

async function stageWithAdmin(t) {
  const stage = await openStage(t);
  return { stage, admin: await (await signIn(stage.server, 'admin-school')).connect() };
}

test('an invitation is opened in Arabic on a small phone, with a PIN by taps', async (t) => {
  const { stage, admin } = await stageWithAdmin(t);
  const { secret } = await inviteOf(admin, 'Huda');
  const huda = await freshPhone(stage, 'nl');
  const { page } = huda;
  const ar = words('ar');
  // Chromium here has no voice; her telephone has one that speaks Arabic.
  await page.addInitScript(() => {
    globalThis.said = [];
    globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    Object.assign(speechSynthesis, { getVoices: () => [{ lang: 'ar-EG' }], speak: ({ text, lang }) => globalThis.said.push([text, lang]) });
  });
  await page.goto(`${huda.line.url}/hi#${secret}`);
  // In the family's language, though the phone speaks Dutch; and the secret is not in the address any more.
  await page.getByText(ar('pin.choose')).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl');
  assert.equal(new URL(page.url()).hash, '');
  await page.getByRole('button', { name: ar('message.listen'), exact: true }).tap();
  assert.deepEqual(await page.evaluate(() => globalThis.said), [[`${ar('pin.choose')}. ${ar('pin.why')}`, 'ar-EG']]);
  await huda.check();
  await huda.picture('invite-ar-360');
  for (const key of await page.locator('.pin-keys button').all()) {
    const { width, height } = await key.boundingBox();
    assert.ok(width >= 56 && height >= 56, `a key of ${width} x ${height}`);
  }

  // A PIN that everybody guesses; one that is typed otherwise the second time; then a good one.
  await taps(page, '111111');
  await page.getByText(ar('pin.again')).waitFor();
  await taps(page, '111111');
  await page.getByText(ar('error.invalid.pin_easy')).waitFor();
  await taps(page, PIN);
  await page.getByText(ar('pin.again')).waitFor();
  // Who cannot read sees six that are done, and six to come.
  assert.deepEqual([await page.locator('.pin-dots').count(), await page.locator('.pin-dots .full').count()], [2, 6]);
  await huda.picture('invite-ar-360-again');
  await taps(page, '000001');
  await page.getByText(ar('pin.different')).waitFor();
  await huda.picture('invite-ar-360-different');
  await taps(page, PIN);
  await page.getByText(ar('pin.again')).waitFor();
  await taps(page, PIN);
  await parentScreen(huda, 'ar').messages.last().waitFor();
  assert.equal(new URL(page.url()).pathname, '/');
  // The refused PIN is a 422 that Chromium mentions.
  huda.complaints = huda.complaints.filter((line) => !/status of 422/.test(line));
  huda.quiet();
});

test('a shared phone shows its people, and asks the figures of who is tapped', async (t) => {
  const { stage, admin } = await stageWithAdmin(t);
  const [huda, oksana] = [await inviteOf(admin, 'Huda'), await inviteOf(admin, 'Oksana')];
  const shared = await freshPhone(stage, 'nl');
  const { page } = shared;
  async function open({ secret }, language) {
    await page.goto(`${shared.line.url}/hi#${secret}`);
    for (const label of ['pin.choose', 'pin.again']) {
      await page.getByText(words(language)(label)).waitFor();
      await taps(page, PIN);
    }
    await parentScreen(shared, language).messages.last().waitFor();
  }
  await open(huda, 'ar');
  await parentScreen(shared, 'ar').message('سمير').first().waitFor();
  await open(oksana, 'uk');
  await page.locator('h1', { hasText: 'Mykola' }).waitFor();
  assert.equal(await page.getByText('سمير').count(), 0);

  // Locked: the two of them, by face and name.
  assert.equal((await page.request.delete(`${shared.line.url}/api/session`, { headers: { origin: shared.line.url } })).status(), 204);
  const uk = words('uk');
  await page.getByText(uk('people.title')).waitFor();
  await shared.check();
  await shared.picture('people-uk-360');
  await page.getByRole('button', { name: 'Huda' }).tap();
  const ar = words('ar');
  await page.getByText(ar('pin.ask')).waitFor();
  await taps(page, '482914');
  await page.getByText(ar('error.signed_out.pin')).waitFor();
  await shared.picture('pin-ar-360-wrong');
  await taps(page, PIN);
  await parentScreen(shared, 'ar').message('سمير').first().waitFor();
  assert.equal(await page.getByText('Mykola').count(), 0);
});

/** What a camera reads in a picture. */
function scan(path) {
  return execFileSync('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', path], { encoding: 'utf8' }).trim().split('\n');
}

test('the page that is printed says it in two languages, and a camera reads it', async (t) => {
  const { stage } = await stageWithAdmin(t);
  const admin = await stage.person('admin-school', laptop);
  const { page } = admin;
  const nl = words('nl');
  await page.getByRole('searchbox').fill('Huda');
  await page.locator('.people li', { hasText: 'Huda' }).getByRole('button', { name: nl('invite.button') }).click();
  await page.getByRole('button', { name: nl('invite.make') }).click();
  await page.locator('.qr').waitFor();
  await admin.check('the sheet of an invitation');
  await admin.picture('invite-nl-1280');
  await page.getByRole('dialog').getByRole('button', { name: nl('papers.print') }).click();
  const paper = page.locator('.a4');
  await paper.waitFor();
  await paper.screenshot({ path: join(top, '.pictures/invite-paper-ar.png'), animations: 'disabled' });
  await admin.check('the printed page');
  for (const text of [words('ar')('paper.title'), nl('paper.title'), 'Huda Al-Hariri', 'Samir']) assert.ok((await paper.innerText()).includes(text), text);

  const [link] = scan(join(top, '.pictures/invite-paper-ar.png'));
  assert.match(link, /^http:\/\/localhost:\d+\/hi#[\w-]{43}$/);
  // As it comes out of the printer: one page of A4, and a camera still reads it.
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  assert.equal(String(pdf).match(/\/Type\s*\/Page\b/g)?.length, 1);

  const phoneOf = await freshPhone(stage, 'nl');
  await phoneOf.page.goto(link.replace(/^http:\/\/[^/]+/, phoneOf.line.url));
  await phoneOf.page.getByText(words('ar')('pin.choose')).waitFor();
});

test('the code that is printed opens it too, typed behind the address', async (t) => {
  const { stage, admin } = await stageWithAdmin(t);
  const { code } = await inviteOf(admin, 'Abrehet');
  const one = await freshPhone(stage, 'nl');
  await one.page.goto(`${one.line.url}/#${code.toUpperCase()}`);
  await one.page.getByText(words('ti')('pin.choose')).waitFor();
  await one.check();
  await one.picture('invite-ti-360');
  assert.equal(new URL(one.page.url()).hash, '');
});

test('a second phone comes in from the first, and is ended from it', async (t) => {
  const { stage, admin } = await stageWithAdmin(t);
  const { secret } = await inviteOf(admin, 'Huda');
  const ar = words('ar');
  const [first, second] = [await freshPhone(stage, 'ar'), await freshPhone(stage, 'ar')];
  await first.page.goto(`${first.line.url}/hi#${secret}`);
  for (const label of ['pin.choose', 'pin.again']) {
    await first.page.getByText(ar(label)).waitFor();
    await taps(first.page, PIN);
  }
  await parentScreen(first, 'ar').messages.last().waitFor();
  const openPhones = async () => {
    await first.page.locator('header button').first().tap();
    await first.page.getByRole('button', { name: ar('phones.title') }).tap();
  };
  await openPhones();
  await first.page.getByRole('button', { name: ar('phones.add') }).waitFor();
  await first.check();
  await first.picture('phones-ar-360');
  await first.page.getByRole('button', { name: ar('phones.add') }).tap();
  await taps(first.page, PIN);
  await first.page.locator('.qr').waitFor();
  const picture = join(top, '.pictures/second-ar-360.png');
  await first.page.screenshot({ path: picture, animations: 'disabled' });
  const [link] = scan(picture);
  await second.page.goto(link.replace(/^http:\/\/[^/]+/, second.line.url));
  await second.page.getByText(ar('pin.ask')).waitFor();
  await taps(second.page, PIN);
  await parentScreen(second, 'ar').messages.last().waitFor();

  // Lost: ended from the first, it shows its people and nothing of what was said.
  await first.page.getByRole('button', { name: ar('close') }).tap();
  await openPhones();
  await first.page.getByRole('button', { name: ar('sessions.end') }).first().tap();
  await second.page.getByText(ar('pin.ask')).waitFor();
  assert.equal(await second.page.locator('.flow').count(), 0);
});
