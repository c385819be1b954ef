// A mother who reads Arabic and a mentor who writes Dutch, each in a browser, talk about Samir.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laptop, openStage, phone, until } from './lib/browser.mjs';
import { parentScreen, staffScreen, wordsOf } from './lib/screens.mjs';

const DUTCH = 'Morgen begint de school om 9.30 uur.';
const ARABIC = 'شكراً، سنكون هناك الساعة 9:30.';

test('they talk in Arabic and Dutch, each message in its own direction, and it stays', async (t) => {
  const stage = await openStage(t);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const visser = await stage.person('staff-visser', laptop);
  const mother = parentScreen(huda, 'ar');
  const mentor = staffScreen(visser);

  // One child: she is in the conversation, in her own language, mirrored.
  await mother.log.waitFor();
  assert.deepEqual(await huda.page.evaluate(() => [document.documentElement.dir, document.documentElement.lang]), ['rtl', 'ar']);
  assert.deepEqual(await visser.page.evaluate(() => [document.documentElement.dir, document.documentElement.lang]), ['ltr', 'nl']);

  await mentor.row('Samir').click();
  await mentor.write(DUTCH);
  await mother.message(DUTCH).waitFor();
  assert.deepEqual(await wordsOf(mother.message(DUTCH)), { text: DUTCH, lang: 'nl', dir: 'ltr', computed: 'ltr' });

  await mother.write(ARABIC);
  await mentor.message(ARABIC).waitFor();
  assert.deepEqual(await wordsOf(mentor.message(ARABIC)), { text: ARABIC, lang: 'ar', dir: 'rtl', computed: 'rtl' });
  // One tick: the school has it.
  await mother.message(ARABIC).getByRole('img', { name: mother.t('message.sent') }).waitFor();
  // The mentor sees that she has seen it; she is shown nothing of the kind.
  await mentor.message(DUTCH).getByText(mentor.t('staff.readBy')).waitFor();

  const order = async (screen) => (await screen.messages.locator('p:first-of-type').allTextContents()).slice(-2);
  for (const [person, screen] of [[huda, mother], [visser, mentor]]) {
    await person.page.reload();
    await screen.message(ARABIC).waitFor();
    assert.deepEqual(await order(screen), [DUTCH, ARABIC]);
  }
  huda.quiet();
  visser.quiet();
});

test('the server is started again, and the talk goes on by itself', async (t) => {
  const stage = await openStage(t);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const visser = await stage.person('staff-visser', laptop);
  const mother = parentScreen(huda, 'ar');
  const mentor = staffScreen(visser);
  await mother.log.waitFor();
  await mentor.row('Samir').click();
  await mentor.log.waitFor();

  await stage.server.stop();
  await mother.write('قبل العودة');
  await stage.server.start();
  await mentor.message('قبل العودة').waitFor({ timeout: 40_000 });
  await mentor.write('We zijn er weer.');
  await mother.message('We zijn er weer.').waitFor();
});

test('the mentor sees that the mother is writing; the mother never sees it of the school', async (t) => {
  const stage = await openStage(t);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const visser = await stage.person('staff-visser', laptop);
  const mother = parentScreen(huda, 'ar');
  const mentor = staffScreen(visser);
  await mother.log.waitFor();
  await mentor.row('Samir').click();
  await mentor.log.waitFor();

  await mother.field.pressSequentially('نعم');
  await visser.page.locator('.typing').filter({ hasText: 'Huda' }).waitFor();
  const before = await huda.page.locator('body').innerText();
  await mentor.field.pressSequentially('Dag');
  await huda.page.waitForTimeout(1000);
  assert.equal(await huda.page.locator('body').innerText(), before);
});

test('a parent of three sees three children first, and what is new', async (t) => {
  const stage = await openStage(t);
  const wafaa = await stage.person('parent-wafaa-kanaan', { ...phone, locale: 'ar' });
  const screen = parentScreen(wafaa, 'ar');
  const children = wafaa.page.getByRole('main').getByRole('link');
  await children.first().waitFor();
  assert.equal(await children.count(), 3);
  await wafaa.check('three children');
  await children.first().click();
  await screen.log.waitFor();
  await wafaa.page.goBack();
  await until(() => children.count(), 3);
});

test('what was written is changed, and taken back, under the eyes of the other', async (t) => {
  const stage = await openStage(t);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const visser = await stage.person('staff-visser', laptop);
  const mother = parentScreen(huda, 'ar');
  const mentor = staffScreen(visser);
  await mother.log.waitFor();
  await mentor.row('Samir').click();
  await mentor.write('Gym is om 10.00 uur.');
  await mother.message('Gym is om 10.00 uur.').waitFor();

  await mentor.message('Gym is om 10.00 uur.').getByRole('button', { name: mentor.t('message.more') }).click();
  await mentor.dialog.getByRole('button', { name: mentor.t('message.correct') }).click();
  await mentor.dialog.getByRole('textbox').fill('Gym is om 11.00 uur.');
  await mentor.dialog.getByRole('button', { name: mentor.t('message.correctSend') }).click();
  const changed = mother.message('Gym is om 11.00 uur.');
  await changed.waitFor();
  // What stood there before is one tap away.
  await changed.getByRole('button', { name: mother.t('message.before') }).click();
  await changed.getByText('Gym is om 10.00 uur.').waitFor();

  await mentor.message('Gym is om 11.00 uur.').getByRole('button', { name: mentor.t('message.more') }).click();
  await mentor.dialog.getByRole('button', { name: mentor.t('message.withdraw') }).click();
  await changed.waitFor({ state: 'detached' });
  await mother.log.getByText(mother.t('message.withdrawn')).waitFor();
  huda.quiet();
  visser.quiet();
});
