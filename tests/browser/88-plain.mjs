// Not understood: what the mentor is offered at the message, of which the family is told nothing. And while writing: one quiet line about what may not be understood.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signIn } from '../scenario/lib/client.mjs';
import { laptop, openStage, phone, until } from './lib/browser.mjs';
import { parentScreen, staffScreen } from './lib/screens.mjs';

test('a mother does not understand: simpler words, another language, their voice, a coach; and a school word is named while it is written', async (t) => {
  const stage = await openStage(t, { browserArgs: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] });
  const coach = await (await signIn(stage.server, 'coach-rania-haddad')).connect();
  await coach.do('glossary_put', { language: 'nl', words: 'kanjerdag', target_language: 'nl', instead: 'dag met spelletjes' });
  await coach.close();
  const oksana = await stage.person('parent-oksana-kovalenko', { ...phone, locale: 'uk' });
  const visser = await stage.person('staff-visser', laptop);
  const mother = parentScreen(oksana, 'uk'), mentor = staffScreen(visser), { page } = visser;
  await mother.log.waitFor();
  await mentor.row('Mykola').click();
  await mentor.write('Mykola loopt de kantjes eraf.');
  await mother.message('kantjes').waitFor();
  await mother.answer('not_understood').click();

  const offers = mentor.message('kantjes').getByRole('group', { name: mentor.t('offers.title') });
  const offer = (which) => offers.getByRole('button', { name: mentor.t(`offers.${which}`) });
  await offer('coach').waitFor();
  await offer('language').click();
  // The first that the family speaks and in which it is not there yet.
  assert.match(await mentor.dialog.locator('select').evaluate((select) => select.value), /^(uk|ru)/);
  await page.keyboard.press('Escape');
  await offer('coach').click();
  await mentor.dialog.getByLabel(mentor.t('staff.bringSearch')).waitFor();
  await page.keyboard.press('Escape');
  await offer('simpler').click();
  await until(() => mentor.field.inputValue(), 'Mykola loopt de kantjes eraf.');
  // Their voice: the family is asked whether it may be kept; then it is recorded in one press, and stays with that very message.
  await offer('voice').click();
  await mentor.dialog.getByRole('button', { name: mentor.t('voice.ask') }).click();
  await oksana.page.locator('section.card').getByRole('button', { name: mother.t('consent.yes'), exact: true }).click();
  await until(async () => /0:0[1-9]/.test(await mentor.dialog.locator('.rec-t').innerText()), true);
  await visser.picture('offers-voice-nl-1280');
  await visser.check('saying it');
  await mentor.dialog.getByRole('button', { name: mentor.t('voice.stop'), exact: true }).click();
  await mentor.dialog.getByRole('button', { name: mentor.t('compose.send'), exact: true }).click();
  const voice = mother.message('kantjes').locator('.voice');
  await voice.waitFor();
  await until(() => voice.count(), 1);
  await voice.getByRole('button', { name: mother.t('voice.play') }).click();
  await voice.getByRole('button', { name: mother.t('voice.pause') }).waitFor();
  await oksana.picture('offers-voice-uk-360');
  await oksana.check('said aloud');
  // She was answered: there is nothing more to offer.
  await until(() => offers.count(), 0);
  const hint = page.locator('.plain button');
  await hint.filter({ hasText: 'te weinig doen' }).waitFor();
  await visser.picture('plain-nl-1280');
  await visser.check('offers and a hint');
  // Idiom is for who writes to say otherwise: it is selected.
  await hint.click();
  assert.equal(await mentor.field.evaluate((field) => field.value.slice(field.selectionStart, field.selectionEnd)), 'loopt de kantjes eraf');
  await mentor.field.fill('Indien hij ziek is, belt u ons.');
  await hint.filter({ hasText: 'Indien' }).click();
  await until(() => mentor.field.inputValue(), 'Als hij ziek is, belt u ons.');
  await mentor.field.fill('Vrijdag is het kanjerdag');
  await hint.filter({ hasText: 'dag met spelletjes' }).waitFor();
  // It never stands in the way.
  await mentor.field.press('Enter');
  await mother.message('Vrijdag is het kanjerdag').waitFor();
  await until(() => hint.count(), 0);
  assert.ok(!(await oksana.page.content()).includes('spelletjes'));
  await visser.page.setViewportSize({ width: 360, height: 740 });
  await visser.picture('plain-nl-360');
  for (const one of [oksana, visser]) one.quiet();
});
