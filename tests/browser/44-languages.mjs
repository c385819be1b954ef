// The language is switched by its own name on every screen, before anybody has signed in too: by tap, by arrows, by typing any name of it.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { signIn } from '../scenario/lib/client.mjs';
import { inviteOf } from '../scenario/lib/invited.mjs';
import { laptop, openStage, phone, words } from './lib/browser.mjs';
import { parentScreen } from './lib/screens.mjs';

const tags = readdirSync(resolve(import.meta.dirname, '../../locales')).filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5));

let stage;
const undo = [];
before(async () => { stage = await openStage({ after: (work) => undo.push(work) }, { lines: 10 }); });
after(async () => { for (const work of undo.reverse()) await work(); });

async function stranger(locale, options = phone) {
  return stage.visitor('somebody', { locale, ...options });
}

const spoken = (page) => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
const speaks = (page, tag) => page.waitForFunction((wanted) => document.documentElement.lang === wanted, tag);

/** Through the list of languages to another: typed is any name of it. */
async function switchTo(page, from, typed, to) {
  await page.getByRole('button', { name: words(from)('language.button') }).first().click();
  const search = page.getByRole('searchbox', { name: words(from)('language.search') });
  await search.fill(typed);
  await search.press('Enter');
  await speaks(page, to);
}

test('who has not signed in finds any language in the list, by each of its names', async (t) => {
  const somebody = await stranger('nl');
  const { page } = somebody;
  t.after(() => somebody.context.close());
  await page.goto(somebody.line.url);
  await page.getByRole('heading', { name: words('nl')('signedOut.title') }).waitFor();
  await switchTo(page, 'nl', 'farsi', 'fa');
  assert.deepEqual(await spoken(page), ['fa', 'rtl']);
  await switchTo(page, 'fa', 'سۆرانی', 'ckb');
  await switchTo(page, 'ckb', 'Koermandji', 'kmr');
  await switchTo(page, 'kmr', 'አማርኛ', 'am');
  await page.reload();
  await page.getByText(words('am')('signedOut.title')).waitFor();
  // The staff's door, and a link that is used up.
  await page.goto(`${somebody.line.url}/staff`);
  await page.getByText(words('am')('door.title'), { exact: true }).waitFor();
  await switchTo(page, 'am', 'dari', 'prs');
  await page.goto(`${somebody.line.url}/in#used`);
  await page.getByText(words('prs')('signIn.title')).waitFor();
  await switchTo(page, 'prs', 'Nederlands', 'nl');
});

/** Keeps back a part of the app until release(). */
async function held(page, part) {
  const waiting = Promise.withResolvers();
  await page.route(`**/assets/${part}-*.js`, (route) => waiting.promise.then(() => route.continue()));
  return { release: waiting.resolve };
}

test('a tap on the language holds while the next screen, or a part of a sheet, is still on its way', async (t) => {
  const oksana = await stage.person('parent-oksana-kovalenko', { ...phone, locale: 'uk', serviceWorkers: 'block' });
  t.after(() => oksana.context.close());
  const screen = parentScreen(oksana, 'uk');
  await screen.messages.last().waitFor();
  const seeking = await held(oksana.page, 'Searching');
  await oksana.page.getByRole('button', { name: screen.t('search.button') }).click();
  await oksana.page.getByRole('status').filter({ hasText: screen.t('line.connecting') }).waitFor();
  await screen.language.click();
  const list = oksana.page.getByRole('searchbox', { name: screen.t('language.search') });
  await list.waitFor();
  seeking.release();
  await oksana.page.locator('.seek input').waitFor();
  await list.fill('somali');
  await list.press('Enter');
  await speaks(oksana.page, 'so');

  const visser = await stage.person('staff-visser', { ...laptop, serviceWorkers: 'block' });
  t.after(() => visser.context.close());
  const nl = words('nl');
  const where = await held(visser.page, 'Sessions');
  await visser.page.locator('.brandrow .iconb').click();
  const dialog = visser.page.getByRole('dialog');
  await dialog.getByRole('button', { name: nl('signOut'), exact: true }).waitFor();
  assert.equal(await dialog.getByRole('button', { name: nl('language.button') }).count(), 1);
  where.release();
  await dialog.getByText(nl('sessions.title')).waitFor();
});

test('every language of locales/ is in the list once, the reader’s own first, and arrows walk through it', async (t) => {
  const somebody = await stranger('ps-AF');
  const { page } = somebody;
  t.after(() => somebody.context.close());
  await page.goto(somebody.line.url);
  await page.getByRole('button', { name: words('ps')('language.button') }).click();
  const list = page.getByRole('dialog').getByRole('listitem');
  await list.first().waitFor();
  const shown = await list.locator('b').evaluateAll((names) => names.map((name) => [name.lang, name.dir]));
  assert.deepEqual(shown.map(([tag]) => tag).sort(), [...tags].sort());
  assert.deepEqual(shown[0], ['ps', 'rtl']);
  somebody.complaints.length = 0; // that nobody is signed in, Chromium complains about
  await somebody.check('choosing a language');
  await somebody.picture('languages-ps-360');
  await page.getByRole('searchbox').focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-pressed')), 'true');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await speaks(page, shown[1][0]);
});

test('a printed invitation fits on its page in every language, and is printed in another one on demand', async (t) => {
  const admin = await stage.person('admin-school', laptop);
  t.after(() => admin.context.close());
  const { page } = admin;
  const nl = words('nl');
  await page.getByRole('searchbox').fill('Huda');
  await page.getByRole('listitem').filter({ hasText: 'Huda Al-Hariri' }).getByRole('button', { name: nl('invite.button') }).click();
  await page.getByRole('button', { name: nl('invite.make') }).click();
  await page.getByRole('button', { name: nl('papers.print') }).click();
  for (const tag of tags) {
    await page.getByRole('button', { name: nl('paper.language') }).click();
    await page.locator(`.langs b[lang=${tag}]`).click();
    const paper = page.locator(`.a4[lang=${tag}]`);
    await paper.getByText(words(tag)('paper.title')).first().waitFor();
    assert.ok(await paper.evaluate((a4) => a4.scrollHeight <= a4.clientHeight && a4.scrollWidth <= a4.clientWidth), `${tag} is larger than its page`);
  }
});

// Last: the school knows what is chosen here, and speaks it to them from then on.
test('on an invitation, in the app of a family, of the school and of the administrator', async (t) => {
  const { secret } = await inviteOf(await (await signIn(stage.server, 'admin-school')).connect(), 'Karim');
  const karim = await stranger('nl');
  t.after(() => karim.context.close());
  await karim.page.goto(`${karim.line.url}/hi#${secret}`);
  await karim.page.getByText(words('ar')('pin.choose')).waitFor();
  await switchTo(karim.page, 'ar', 'كوردی', 'ckb');
  await karim.page.getByText(words('ckb')('pin.choose')).waitFor();

  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  t.after(() => huda.context.close());
  await parentScreen(huda, 'ar').messages.last().waitFor();
  await switchTo(huda.page, 'ar', 'somali', 'so');
  await huda.page.getByRole('button', { name: words('so')('search.button') }).click();
  await switchTo(huda.page, 'so', 'arabic', 'ar');

  for (const [who, size] of [['staff-visser', phone], ['staff-visser', laptop], ['admin-school', phone]]) {
    const one = await stage.person(who, size);
    await switchTo(one.page, 'nl', 'perzisch', 'fa');
    if (who === 'staff-visser' && size === phone) {
      await one.page.getByRole('region', { name: words('fa')('staff.list') }).getByRole('link').filter({ hasText: 'Samir' }).click();
      await one.page.getByRole('log').waitFor();
      await switchTo(one.page, 'fa', 'dutch', 'nl');
    }
    await one.context.close();
  }
});
