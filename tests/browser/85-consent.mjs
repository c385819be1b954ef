// Consent on the screens: a mother is asked in her language, with pictures; says yes, and the coach is there; stops it with a tap, and the coach is
// gone. Beside it the school sees how each question stands, and a coach writes down what was said aloud.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laptop, openStage, phone, until } from './lib/browser.mjs';
import { parentScreen, staffScreen } from './lib/screens.mjs';

const asking = ['--consent-coach', '1', '--consent-key-person', '1', '--consent-interpreter', '1', '--consent-partner', '1'];

/** Chooses somebody in the sheet and asks. */
async function bring(staff, person, query, name) {
  await staff.family.getByRole('button', { name: staff.t('staff.bring') }).click();
  await staff.dialog.getByRole('searchbox').fill(query);
  await staff.dialog.getByRole('button').filter({ hasText: name }).click();
  await staff.dialog.getByRole('button', { name: staff.t('staff.bring'), exact: true }).click();
  await staff.dialog.getByRole('status').waitFor();
  await person.check('the family is asked');
  await staff.dialog.locator('.btn.go').click();
}

test('a mother says yes to a coach, who is there at once, and stops it with one tap', async (t) => {
  const stage = await openStage(t, { args: asking });
  const visser = await stage.person('staff-visser', laptop);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const mentor = staffScreen(visser), mother = parentScreen(huda, 'ar');
  await mother.log.waitFor();
  await mentor.row('Samir').click();
  await bring(mentor, visser, 'Rahmani', 'Shirin');

  const card = huda.page.locator('section.card');
  await card.waitFor();
  for (const which of ['yes', 'no', 'someone_else']) {
    const box = await card.getByRole('button', { name: mother.t(`consent.${which}`), exact: true }).boundingBox();
    assert.ok(box.width >= 48 && box.height >= 48, `${which} is ${box.width} x ${box.height}`);
  }
  assert.equal(await card.locator('.facts .i').count(), 3, 'a picture with each');
  await card.getByText(mother.t('consent.reach.now')).waitFor();
  // The question comes into sight by itself.
  await until(() => card.evaluate((it) => it.getBoundingClientRect().bottom <= innerHeight), true);
  await huda.picture('parent-ar-360-consent');
  await huda.check('a question');
  await mentor.family.getByText(mentor.t('staff.consent.waits')).waitFor();
  await visser.picture('staff-nl-1280-consent');
  await visser.check('a question waits');

  await card.getByRole('button', { name: mother.t('consent.yes'), exact: true }).click();
  await huda.page.getByText(mother.t('consent.said.yes')).waitFor();
  await mentor.family.getByText(mentor.t('staff.consent.yes')).first().waitFor();
  await until(() => card.count(), 0);
  await mother.log.locator('.join').filter({ hasText: 'Shirin' }).waitFor();

  await mother.who.click();
  const agreed = mother.dialog.locator('.agreed .person').filter({ hasText: 'Shirin' });
  await agreed.waitFor();
  await huda.picture('parent-ar-360-agreed');
  await huda.check('what she agreed to');
  await agreed.getByRole('button', { name: mother.t('consent.stop') }).click();
  await agreed.waitFor({ state: 'detached' });
  await mentor.family.getByText(mentor.t('staff.consent.withdrawn')).waitFor();
  await mentor.family.locator('.kv').first().getByText('Shirin').waitFor({ state: 'detached' });
  await visser.check('withdrawn');
  huda.quiet();
});

test('a question in Tigrinya, about a machine; and no is no', async (t) => {
  const stage = await openStage(t, { args: asking });
  const abrehet = await stage.person('parent-abrehet-gebremedhin', { ...phone, locale: 'ti' });
  const visser = await stage.person('staff-visser', laptop);
  const mother = parentScreen(abrehet, 'ti'), mentor = staffScreen(visser);
  await mother.log.waitFor();
  await mentor.row('Helen').click();
  await mentor.family.getByRole('button', { name: mentor.t('staff.consent.ask.machine') }).click();
  const card = abrehet.page.locator('section.card');
  await card.waitFor();
  assert.equal(await card.getByRole('button', { name: mother.t('consent.someone_else') }).count(), 0);
  await abrehet.picture('parent-ti-360-consent');
  await abrehet.check('a question in Tigrinya');
  await card.getByRole('button', { name: mother.t('consent.no'), exact: true }).click();
  await abrehet.page.getByText(mother.t('consent.said.no')).waitFor();
  await mentor.family.getByText(mentor.t('staff.consent.no')).waitFor();
  await mentor.family.getByRole('button', { name: mentor.t('staff.consent.ask.machine') }).waitFor();
  await visser.check('no');
});

test('a coach writes down what a mother said', async (t) => {
  const stage = await openStage(t, { args: asking });
  const visser = await stage.person('staff-visser', laptop);
  const rania = await stage.person('coach-rania-haddad', laptop);
  const mentor = staffScreen(visser), coach = staffScreen(rania);
  await mentor.row('Samir').click();
  await coach.row('Samir').click();
  await mentor.family.getByRole('button', { name: mentor.t('staff.consent.ask.voice') }).click();
  await coach.family.getByRole('button', { name: coach.t('staff.consent.record') }).click();
  const sheet = coach.dialog;
  await sheet.locator('label').filter({ hasText: 'Huda' }).click();
  await sheet.locator('label').filter({ hasText: coach.t('consent.yes') }).click();
  await rania.picture('staff-nl-1280-consent-record');
  await rania.check('writing it down');
  await sheet.getByRole('button', { name: coach.t('staff.consent.save') }).click();
  await mentor.family.getByText(mentor.t('staff.consent.recorded')).waitFor();
  await visser.check('it is written down');
});

test('a mother sees who of the school has read, and the school who read it all', async (t) => {
  const stage = await openStage(t, { args: asking });
  const visser = await stage.person('staff-visser', laptop);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const mentor = staffScreen(visser), mother = parentScreen(huda, 'ar');
  await mother.log.waitFor();
  await mentor.row('Samir').click();
  await mentor.messages.last().waitFor();
  await mother.who.click();
  await mother.dialog.locator('.person').filter({ hasText: 'Visser' }).getByText(mother.t('who.read')).waitFor();
  await huda.picture('parent-ar-360-readers');
  await huda.check('who has read');
  await mentor.family.getByRole('button', { name: mentor.t('staff.readers') }).click();
  await mentor.dialog.getByText(mentor.t('who.read')).first().waitFor();
  await visser.picture('staff-nl-1280-readers');
  await visser.check('who has read it all');
});
