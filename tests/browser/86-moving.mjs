// A family that leaves is asked, item by item and in pictures, what goes along to its next school; the mentor asks with one sheet. When the file is made
// both see that, and who stops it afterwards is told that it was.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeSchool, people } from '../scenario/lib/school.mjs';
import { ouderbrug, temporaryFolder } from '../scenario/lib/server.mjs';
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

  // The administrator makes the file.
  const next = await makeSchool(t, people, { other: true });
  const key = (await ouderbrug(['moving', 'key', '--data', next.data])).stdout.trim();
  await ouderbrug(['moving', 'pack', '--data', stage.server.data, '--to', key, 'pupil-samir-al-hariri', join(await temporaryFolder(t), 'samir.ouderbrug')]);
  for (const { page } of [huda, visser]) await page.reload();
  await mentor.family.getByText(new RegExp(mentor.t('staff.consent.used').source.replace(/^\^|\.\*|\$$/g, ''))).first().waitFor();

  await mother.who.click();
  const agreed = mother.dialog.locator('.agreed .person').filter({ hasText: mother.t('consent.stands.move_people') });
  await agreed.getByText(mother.t('consent.used')).waitFor();
  await agreed.scrollIntoViewIfNeeded();
  await huda.picture('parent-ar-360-move-made');
  await huda.check('a file was made');
  await agreed.getByRole('button', { name: mother.t('consent.stop') }).click();
  await agreed.getByText(mother.t('consent.used.stopped')).waitFor();
  await agreed.scrollIntoViewIfNeeded();
  assert.equal(await agreed.getByRole('button').count(), 0);
  await huda.picture('parent-ar-360-move-stopped');
  await mentor.family.getByText(mentor.t('staff.consent.subject.move_conversation')).waitFor();
  huda.quiet();
});
