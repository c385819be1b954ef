// Nodding is not understanding: one silent tap of a mother stands first in the mentor's list.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laptop, openStage, phone, until } from './lib/browser.mjs';
import { parentScreen, staffScreen } from './lib/screens.mjs';

test('a mother does not understand, the mentor sees it first in the list, and it goes away by being dealt with', async (t) => {
  const stage = await openStage(t);
  const oksana = await stage.person('parent-oksana-kovalenko', { ...phone, locale: 'uk' });
  const visser = await stage.person('staff-visser', laptop);
  const mother = parentScreen(oksana, 'uk');
  const mentor = staffScreen(visser);
  await mother.log.waitFor();
  await mentor.row('Mykola').click();
  await mentor.write('Neem maandag een bewijs van inschrijving mee.');
  await mother.message('Neem maandag').waitFor();

  for (const which of ['understood', 'not_understood', 'call_me']) {
    const box = await mother.answer(which).boundingBox();
    assert.ok(box.width >= 48 && box.height >= 48, `${which} is ${box.width} x ${box.height}`);
    assert.equal(await mother.answer(which).getAttribute('aria-pressed'), 'false', 'none is chosen for her');
  }
  await mother.answer('not_understood').click();
  await until(() => mother.answer('not_understood').getAttribute('aria-pressed'), 'true');
  await oksana.page.getByText(mother.t('answer.thanks.not_understood')).waitFor();
  await oksana.picture('parent-uk-360-answered');

  // At the message, and first in the list with the reason.
  await mentor.message('Neem maandag').getByText(mentor.t('staff.reply.not_understood')).waitFor();
  await until(async () => (await mentor.rows.first().innerText()).includes('Mykola'), true);
  await mentor.row('Mykola').getByText(mentor.t('staff.why.not_understood')).waitFor();
  await visser.picture('staff-nl-1280-not-understood');
  await visser.check('somebody did not understand');

  // She changes her mind; it stays one answer.
  await mother.answer('call_me').click();
  await mentor.message('Neem maandag').getByText(mentor.t('staff.reply.call_me')).waitFor();
  await mentor.message('Neem maandag').getByText(mentor.t('staff.reply.not_understood')).waitFor({ state: 'detached' });

  await mentor.handled.click();
  await mentor.row('Mykola').getByText(mentor.t('staff.why.call_me')).waitFor({ state: 'detached' });
  // It is still to be seen what she said.
  await mentor.message('Neem maandag').getByText(mentor.t('staff.reply.call_me')).waitFor();

  // Tapped again: taken back.
  await mother.answer('call_me').click();
  await until(() => mother.answer('call_me').getAttribute('aria-pressed'), 'false');
  await mentor.message('Neem maandag').getByText(mentor.t('staff.reply.call_me')).waitFor({ state: 'detached' });
  oksana.quiet();
  visser.quiet();
});

test('a coach is brought in and leaves again, and everyone sees who', async (t) => {
  const stage = await openStage(t);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const visser = await stage.person('staff-visser', laptop);
  const rania = await stage.person('coach-shirin-rahmani', laptop);
  const mother = parentScreen(huda, 'ar');
  const mentor = staffScreen(visser);
  const coach = staffScreen(rania);
  await mother.log.waitFor();
  await mentor.row('Samir').click();
  await mentor.family.getByRole('button', { name: mentor.t('staff.bring') }).click();
  await mentor.dialog.getByRole('searchbox').fill('Shirin');
  await mentor.dialog.getByRole('button').filter({ hasText: 'Shirin' }).click();
  await visser.check('bringing somebody in');
  await mentor.dialog.getByRole('textbox', { name: mentor.t('staff.why') }).fill('Zij denkt mee over het huiswerk');
  await mentor.dialog.getByRole('button', { name: mentor.t('staff.bring') }).click();

  await mother.log.getByText('Shirin').waitFor();
  await mother.log.getByText('Zij denkt mee over het huiswerk').waitFor();
  await coach.row('Samir').click();
  await coach.write('Dag allemaal');
  await mother.message('Dag allemaal').waitFor();

  await coach.family.getByRole('button', { name: coach.t('staff.leave') }).waitFor();
  await rania.check('a coach who was brought in');
  await rania.picture('coach-nl-1280-brought');

  const shirin = mentor.family.getByRole('listitem').filter({ hasText: 'Shirin' });
  await shirin.getByRole('button', { name: mentor.t('staff.takeOut'), exact: true }).click();
  await shirin.getByRole('button', { name: mentor.t('staff.takeOutSure') }).click();
  await coach.row('Samir').waitFor({ state: 'detached' });
  await until(() => mother.log.getByText('Shirin').count().then((n) => n >= 2), true);
  for (const person of [huda, visser, rania]) person.quiet();
});
