// A family that leaves is asked, item by item and in pictures, what goes along to its next school; the mentor asks with one sheet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laptop, openStage, phone } from './lib/browser.mjs';
import { parentScreen, staffScreen } from './lib/screens.mjs';

test('a mentor asks what goes along, and a mother lets go of one thing and keeps another', async (t) => {
  const stage = await openStage(t);
  const visser = await stage.person('staff-visser', laptop);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const mentor = staffScreen(visser), mother = parentScreen(huda, 'ar');
  await mother.log.waitFor();
  await mentor.row('Samir').click();
  await mentor.family.getByRole('button', { name: mentor.t('staff.move'), exact: true }).click();
  const go = mentor.dialog.getByRole('button', { name: mentor.t('staff.move.ask') });
  assert.equal(await go.isDisabled(), true, 'nobody is asked to let go of something to they know not where');
  await mentor.dialog.getByRole('textbox').fill('ISK Het Anker, Dokkum');
  await mentor.dialog.getByRole('checkbox', { name: mentor.t('staff.consent.subject.move_answers') }).uncheck();
  await mentor.dialog.getByRole('checkbox', { name: mentor.t('staff.consent.subject.move_agreed') }).uncheck();
  await visser.picture('staff-nl-1280-move');
  await visser.check('what may go along');
  await go.click();

  const card = (kind) => huda.page.locator('section.card').filter({ hasText: mother.t(`consent.q.${kind}`) });
  await card('move_people').waitFor();
  await card('move_conversation').waitFor();
  await card('move_files').waitFor();
  assert.equal(await huda.page.locator('section.card').count(), 3);
  await card('move_conversation').getByText('ISK Het Anker, Dokkum').waitFor();
  await huda.picture('parent-ar-360-move');
  await huda.check('what may go along');
  await card('move_people').getByRole('button', { name: mother.t('consent.yes'), exact: true }).click();
  await card('move_people').waitFor({ state: 'detached' });
  await card('move_conversation').getByRole('button', { name: mother.t('consent.no'), exact: true }).click();
  await card('move_conversation').waitFor({ state: 'detached' });

  await mother.who.click();
  const agreed = mother.dialog.locator('.agreed .person').filter({ hasText: mother.t('consent.stands.move_people') });
  await agreed.waitFor();
  await huda.picture('parent-ar-360-move-agreed');
  await agreed.getByRole('button', { name: mother.t('consent.stop') }).click();
  await agreed.waitFor({ state: 'detached' });
  await mentor.family.getByText(mentor.t('staff.consent.subject.move_conversation')).waitFor();
  huda.quiet();
});
