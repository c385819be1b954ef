// Staff notes beside the conversation: nobody takes them for it, whoever writes sees who will read it, and no family is shown a word. And who
// comes in for a while: from which message, until which day.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signIn } from '../scenario/lib/client.mjs';
import { laptop, openStage, phone, until } from './lib/browser.mjs';
import { parentScreen, staffScreen } from './lib/screens.mjs';

const notes = ({ page }, t) => {
  const panel = page.getByRole('tabpanel', { name: t('notes.title') });
  return {
    tab: page.getByRole('tab', { name: t('notes.title') }),
    panel,
    note: (text) => panel.getByRole('article').filter({ hasText: text }),
    field: (level = 'staff') => panel.getByRole('textbox', { name: t(`notes.placeholder.${level}`) }),
    level: (level) => panel.locator('label', { hasText: t(`notes.level.${level}`) }),
    save: panel.getByRole('button', { name: t('notes.save') }),
  };
};

test('a coach explains something to the school only; the mentor reads it beside the conversation, the mother never', async (t) => {
  const stage = await openStage(t);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const visser = await stage.person('staff-visser', laptop);
  const line = await (await signIn(stage.server, 'coach-rania-haddad')).connect();
  await line.do('profile', { language: 'ar' });
  await line.close();
  const rania = await stage.person('coach-rania-haddad', { ...phone, locale: 'ar' });
  const mentor = staffScreen(visser), here = notes(visser, mentor.t);
  await mentor.row('Samir').click();
  await here.tab.click();
  await here.note('Wajibat').waitFor();
  await here.panel.getByText(mentor.t('notes.unseen')).first().waitFor();
  await here.panel.getByText('Rania Haddad', { exact: false }).last().waitFor();
  await visser.picture('staff-nl-1280-notes');
  await visser.check('notes beside the conversation');

  // The coach writes on her phone, on a page of its own, in her own language.
  await rania.page.locator('.list a.row').first().click();
  const coach = staffScreen(rania, await rania.page.evaluate(() => document.documentElement.lang)), hers = notes(rania, coach.t);
  await rania.page.locator('.lockbtn').click();
  await hers.note('Wajibat').waitFor();
  await hers.field().fill('الأم تنتظر موعداً مع الطبيب');
  await rania.picture('staff-ar-360-notes');
  await rania.check('notes on a phone');
  await hers.field().press('Enter');
  assert.equal(await hers.note('الأم').count(), 0, 'Enter makes a line and saves nothing');
  await hers.save.click();
  await here.note('الأم تنتظر').waitFor();
  assert.equal(await here.note('الأم تنتظر').locator('p.text').getAttribute('dir'), 'rtl');

  // For the care team: another field, another name on it, and only who may read it is named.
  await here.level('care').click();
  await here.field('care').fill('Alleen voor het zorgteam');
  await visser.picture('staff-nl-1280-notes-care');
  await here.save.click();
  await here.note('Alleen voor het zorgteam').getByText(mentor.t('notes.only.care')).waitFor();
  assert.equal(await hers.note('Alleen voor het zorgteam').count(), 0);

  // Her own she writes again, or takes away; nobody else's.
  await hers.note('الأم تنتظر').getByRole('button', { name: coach.t('notes.menu') }).click();
  await coach.dialog.getByRole('button', { name: coach.t('notes.withdraw') }).click();
  await here.panel.getByText(mentor.t('notes.withdrawn')).waitFor();
  assert.equal(await here.note('Wajibat').getByRole('button', { name: mentor.t('notes.menu') }).count(), 0);

  const mother = parentScreen(huda, 'ar');
  await huda.page.getByText('Samir', { exact: false }).first().waitFor();
  await mother.log.waitFor();
  assert.ok(!(await huda.page.content()).includes('Wajibat'));
  for (const person of [huda, visser, rania]) person.quiet();
});

test('a phone of the mentor has the notes on a page of their own, with what is new on the lock', async (t) => {
  const stage = await openStage(t);
  const visser = await stage.person('staff-visser', phone);
  const mentor = staffScreen(visser), here = notes(visser, mentor.t);
  await mentor.row('Samir').click();
  await visser.page.locator('.lockbtn').click();
  await here.note('Wajibat').waitFor();
  await visser.picture('staff-nl-360-notes');
  await visser.check('notes on the mentor\'s phone');
  await visser.page.getByRole('button', { name: mentor.t('back') }).last().click();
  await until(() => visser.page.locator('.lockbtn .nb').count(), 0);
  await visser.picture('staff-nl-360-lock');
  await visser.check('the conversation on a phone, with the lock');
});

test('somebody comes in from a message, until a day that is agreed, and everyone sees until when', async (t) => {
  const stage = await openStage(t);
  const visser = await stage.person('staff-visser', laptop);
  const mentor = staffScreen(visser);
  await mentor.row('Mykola').click();
  await mentor.log.waitFor();
  await mentor.messages.filter({ has: visser.page.getByRole('button', { name: mentor.t('staff.bringFrom') }) }).last().getByRole('button', { name: mentor.t('staff.bringFrom') }).click();
  await mentor.dialog.locator('.people button', { hasText: mentor.t('role.care_coordinator') }).first().click();
  const next = new Date(Date.now() + 9 * 86_400_000);
  const field = `${next.getFullYear()}-${String(next.getMonth() + 1).padStart(2, '0')}-${String(next.getDate()).padStart(2, '0')}`;
  await mentor.dialog.getByLabel(mentor.t('staff.until')).fill(field);
  await visser.picture('staff-nl-1280-bring-from');
  await visser.check('bringing in from a message');
  await mentor.dialog.getByRole('button', { name: mentor.t('staff.bring'), exact: true }).click();
  const card = visser.page.locator('.fam .ln', { hasText: mentor.t('role.care_coordinator') });
  await card.getByText(new RegExp(mentor.t('staff.ends').source.replace(/^\^|\.\*|\$$/g, ''))).waitFor();
  await visser.picture('staff-nl-1280-until');
  await card.getByRole('button', { name: mentor.t('staff.agree') }).click();
  await mentor.dialog.getByRole('button', { name: mentor.t('staff.widen') }).click();
  await card.getByText(mentor.t('staff.sees.all'), { exact: false }).waitFor();
  visser.quiet();
});
