// Own language first, the school's first, or both: chosen on the screen of the conversation, kept at the school. And what a message said before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signIn } from '../scenario/lib/client.mjs';
import { laptop, openStage, phone, until, words } from './lib/browser.mjs';
import { parentScreen, staffScreen } from './lib/screens.mjs';

const texts = (article) => article.locator('p.text, p.orig, p.alt').evaluateAll((all) => all.map((p) => p.lang));

test('a mother reads both, on her next phone too; a tap on where the words come from shows all that was said', async (t) => {
  const stage = await openStage(t);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const screen = parentScreen(huda, 'ar');
  const article = screen.message('سلامته');
  await article.waitFor();
  assert.deepEqual(await texts(article), ['ar']);
  await screen.language.click();
  await screen.dialog.getByText(screen.t('balance.title')).waitFor();
  await huda.picture('balance-ar-360-choose');
  await huda.check('choosing');
  await screen.dialog.getByRole('button', { name: screen.t('balance.both') }).click();
  await until(() => texts(article), ['ar', 'nl']);
  await huda.picture('balance-ar-360-both');
  await huda.check('both');

  const next = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const there = parentScreen(next, 'ar');
  await until(() => texts(there.message('سلامته')), ['ar', 'nl']);
  await there.language.click();
  await there.dialog.locator('.trio button').nth(1).click();
  await until(() => texts(there.message('Beterschap')), ['nl']);
  await there.message('Beterschap').locator('[aria-expanded]').click();
  assert.deepEqual(await texts(there.message('Beterschap')), ['nl', 'ar']);
  // And the first phone follows.
  await until(() => texts(screen.message('Beterschap')), ['nl']);

  // The mentor writes it again: what it said before is there for who asks.
  const visser = await (await signIn(stage.server, 'staff-visser')).connect();
  const thread = visser.welcome.threads.find(({ pupil }) => pupil.given === 'Samir').id;
  const { messages } = await visser.do('history', { thread });
  const seq = messages.find(({ body }) => body?.startsWith('Beterschap')).seq;
  await visser.do('correct', { thread, seq, body: 'Beterschap! Het huiswerk komt donderdag.' });
  await visser.close();
  const now = screen.message('Het huiswerk komt donderdag.');
  await now.locator('.origin-b').click();
  await screen.dialog.getByText(screen.t('history.title')).waitFor();
  assert.equal(await screen.dialog.locator('.past li').count(), 3);
  assert.equal(await screen.dialog.locator('.past li.old').count(), 2, 'the first wording and its translation');
  await huda.picture('history-ar-360');
  await huda.check('what it said before');
  for (const one of [huda, next]) one.quiet();
});

test('a coach of the school chooses too', async (t) => {
  const stage = await openStage(t);
  const line = await (await signIn(stage.server, 'coach-rania-haddad')).connect();
  await line.do('profile', { language: 'ar', balance: 'school' });
  await line.close();
  const rania = await stage.person('coach-rania-haddad', { ...laptop, locale: 'ar' });
  const screen = staffScreen(rania, 'ar'), t2 = words('ar');
  await screen.rows.first().click();
  const article = screen.message('Beterschap');
  await until(() => texts(article), ['nl', 'ar']);
  await rania.page.locator('.brandrow .iconb').click();
  await rania.page.getByRole('dialog').getByRole('button', { name: t2('language.button') }).click();
  await rania.page.locator('.trio button').first().click();
  await until(() => texts(article), ['ar', 'nl']);
  await rania.page.keyboard.press('Escape');
  await article.locator('.origin-b').click();
  await rania.page.locator('.past').waitFor();
  await rania.picture('history-ar-1280');
  await rania.check('what it said before, at school');
});
