// The phrase list: a mentor sends a sentence to a mother who reads Tigrinya, and a father who reads nothing reports his child ill by pictures.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { laptop, openStage, phone } from './lib/browser.mjs';
import { parentScreen, staffScreen } from './lib/screens.mjs';

const sentence = (tag, key) => JSON.parse(readFileSync(new URL(`../../locales/phrases/${tag}.json`, import.meta.url), 'utf8')).phrases[key].text;

test('a mentor finds a phrase by a Tigrinya word, fills it in, sees what arrives, and the mother has it in Tigrinya with its picture', async (t) => {
  const stage = await openStage(t);
  const visser = await stage.person('staff-visser', laptop);
  const abrehet = await stage.person('parent-abrehet-gebremedhin', { ...phone, locale: 'ti' });
  const mentor = staffScreen(visser), mother = parentScreen(abrehet, 'ti');
  await mother.log.waitFor();
  await mentor.row('Helen').click();
  await visser.page.getByRole('button', { name: mentor.t('phrase.button') }).click();
  const box = mentor.dialog.getByRole('searchbox', { name: mentor.t('phrase.search') });
  await box.fill('ክፋለጠኩም');
  const found = mentor.dialog.getByRole('listitem').getByRole('button');
  await found.filter({ hasText: 'Ik kom graag kennismaken.' }).waitFor();
  await visser.picture('phrases-found-nl-1280');
  await visser.check();
  await box.fill('bezoek kennismaken');
  await found.filter({ hasText: 'Mag ik langskomen?' }).click();
  const send = mentor.dialog.getByRole('button', { name: mentor.t('phrase.send') });
  assert.equal(await send.isDisabled(), true, 'not before its parts are there');
  await mentor.dialog.getByLabel(mentor.t('phrase.part.date')).fill('2026-12-01');
  await mentor.dialog.getByLabel(mentor.t('phrase.part.time')).fill('15:30');
  const tigrinya = sentence('ti', 'visit.propose').replace('{date}', 'ሰሉስ 1 ታሕሳስ (ብግእዝ 22 ሕዳር)').replace('{time}', '15:30');
  await mentor.dialog.getByText(tigrinya).waitFor();
  await visser.picture('phrases-fill-nl-1280');
  await visser.check();
  await send.click();

  const arrived = mother.message(tigrinya);
  await arrived.waitFor();
  await arrived.locator('img.beside').waitFor();
  await arrived.getByText(mother.t('origin.phraseUnread')).waitFor();
  await mentor.message('Ik kom graag kennismaken. Mag ik langskomen? Datum: dinsdag 1 december. Tijd: 15:30.').waitFor();
  await abrehet.picture('phrases-parent-ti-360');
  await abrehet.check();
  visser.quiet();
  abrehet.quiet();
});

test('a father who reads nothing reports his child ill by three pictures, also while the line is gone', async (t) => {
  const stage = await openStage(t);
  const karim = await stage.person('parent-karim-al-hariri', { ...phone, locale: 'ar' });
  const visser = await stage.person('staff-visser', laptop);
  const father = parentScreen(karim, 'ar'), mentor = staffScreen(visser);
  await father.log.waitFor();
  await mentor.row('Samir').click();
  /** By its picture alone: nothing is read. */
  const tile = (...pictures) => karim.page.locator(`dialog .tile:has(${pictures.map((name) => `img[src*="/${name}-"]`).join('):has(')})`);
  const open = karim.page.locator('form.compose button[aria-haspopup]').first();
  const go = karim.page.locator('dialog button[type=submit]');

  await open.click();
  await tile('ill').waitFor();
  await karim.picture('my-menu-ar-360');
  await karim.check();
  await tile('ill').click();
  await tile('moon', 'sun').waitFor();
  await karim.picture('my-days-ar-360');
  await tile('moon', 'sun').click();
  await go.waitFor();
  await karim.picture('my-send-ar-360');
  await karim.check();
  await go.click();
  const dutch = 'Samir is ziek en komt morgen niet.';
  await mentor.message(dutch).waitFor();
  await mentor.message(dutch).locator('img.beside').waitFor();
  await father.log.locator('.msg.mine img.beside').last().waitFor();

  await karim.cut();
  await open.click();
  await karim.page.locator('dialog .tile:has(img[src*="/phone-"])').click();
  await go.click();
  await father.log.locator('.msg.mine.wait').last().waitFor();
  await karim.heal();
  await mentor.message('Bel me alsjeblieft.').waitFor({ timeout: 40_000 });
  karim.quiet();
  visser.quiet();
});
