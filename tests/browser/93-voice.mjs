// Voices: recorded in one press, heard before they go and by who gets them, written down by somebody who knows the language. (Chromium's own microphone beeps.)
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laptop, openStage, phone, until } from './lib/browser.mjs';
import { parentScreen, staffScreen } from './lib/screens.mjs';

const beeps = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

test('a voice message: the family is asked first; recorded in one press, heard, sent, and said in another language', async (t) => {
  const stage = await openStage(t, { browserArgs: beeps });
  const visser = await stage.person('staff-visser', laptop);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const mother = parentScreen(huda, 'ar'), mentor = staffScreen(visser);
  await mother.log.waitFor();
  await mentor.row('Samir').click();
  await mentor.log.waitFor();
  const press = (who, screen) => who.page.getByRole('button', { name: screen.t('compose.voice'), exact: true }).click();

  await press(visser, mentor);
  await mentor.dialog.getByText(mentor.t('voice.askFirst')).waitFor();
  await visser.check('voices are asked for');
  await mentor.dialog.getByRole('button', { name: mentor.t('voice.ask') }).click();
  await mentor.dialog.getByText(mentor.t('voice.asked')).waitFor();
  await visser.page.keyboard.press('Escape');
  const card = huda.page.locator('section.card');
  await card.getByRole('button', { name: mother.t('consent.yes'), exact: true }).click();
  await until(() => card.count(), 0);

  // One press. What is so far recorded comes back when the page was closed.
  await press(huda, mother);

  const bars = huda.page.locator('.levels i');
  await until(async () => Math.max(...await bars.evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().height))) > 8, true);
  await huda.picture('parent-ar-360-recording');
  await huda.check('recording');
  await until(async () => /0:0[2-9]/.test(await huda.page.locator('.rec-t').innerText()), true);
  await huda.page.reload();
  const preview = huda.page.locator('.record .voice');
  await preview.waitFor();
  await huda.page.getByRole('button', { name: mother.t('voice.away'), exact: true }).click();
  await until(() => preview.count(), 0);

  await press(huda, mother);
  await until(async () => /0:0[2-9]/.test(await huda.page.locator('.rec-t').innerText()), true);
  await huda.page.getByRole('button', { name: mother.t('voice.stop'), exact: true }).click();
  await preview.getByRole('button', { name: mother.t('voice.play') }).click();
  await preview.getByRole('button', { name: mother.t('voice.pause') }).waitFor();
  await huda.picture('parent-ar-360-heard');
  await huda.check('heard before it goes');
  await huda.page.getByRole('button', { name: mother.t('compose.send'), exact: true }).click();
  const own = mother.log.locator('.mine .voice');
  await own.waitFor();
  await until(() => mother.log.locator('.mine.wait').count(), 0);

  // The school hears it; the waveform is that of what was said, and a slider by keys.
  const voice = mentor.log.locator('.voice').last();
  await voice.waitFor();
  const heights = await voice.locator('rect').evaluateAll((all) => all.map((bar) => Number(bar.getAttribute('height'))));
  assert.ok(new Set(heights.map(Math.round)).size > 3, `${heights}`);
  await voice.getByRole('button', { name: mentor.t('voice.play') }).click();
  await voice.getByRole('button', { name: mentor.t('voice.pause') }).waitFor();
  const slider = voice.getByRole('slider');
  await until(async () => Number(await slider.inputValue()) > 0, true);
  const speed = voice.locator('.vrate');
  await speed.click();
  assert.equal(await speed.innerText(), '1,5×');
  await slider.focus();
  await visser.page.keyboard.press('Home');
  await visser.picture('staff-nl-1280-voice');
  await visser.check('a voice message');

  // Somebody writes down what was said, in Dutch; the school reads it.
  await mentor.log.locator('.sm.in').filter({ has: visser.page.locator('.voice') }).last().getByRole('button', { name: mentor.t('staff.addVersion') }).click();
  await mentor.dialog.locator('select').selectOption('nl');
  await mentor.dialog.locator('textarea').fill('Samir is ziek vandaag.');
  await visser.check('writing it down');
  await mentor.dialog.getByRole('button', { name: mentor.t('staff.versionSend') }).click();
  await mentor.log.getByText('Samir is ziek vandaag.').waitFor();

  // A coach says it in Dutch as well, beside what was written: whoever reads sees the words, whoever listens hears the coach.
  const rania = await stage.person('coach-rania-haddad', laptop);
  const coach = staffScreen(rania);
  await coach.row('Samir').click();
  const hers = coach.log.locator('.sm.in').filter({ has: rania.page.locator('.voice') }).last();
  await hers.getByRole('button', { name: coach.t('staff.addVersion') }).click();
  await coach.dialog.locator('select').selectOption('nl');
  await coach.dialog.getByRole('button', { name: coach.t('version.say') }).click();
  await until(async () => /0:0[1-9]/.test(await coach.dialog.locator('.rec-t').innerText()), true);
  await rania.picture('coach-nl-1280-saying');
  await rania.check('saying a translation');
  await coach.dialog.getByRole('button', { name: coach.t('voice.stop'), exact: true }).click();
  await coach.dialog.getByRole('button', { name: coach.t('compose.send'), exact: true }).click();
  const said = mentor.message('Samir is ziek vandaag.').locator('.voice');
  await until(() => said.count(), 2);
  await said.first().getByRole('button', { name: mentor.t('voice.play') }).click();
  await said.first().getByRole('button', { name: mentor.t('voice.pause') }).waitFor();
  await visser.picture('staff-nl-1280-said');

  // And says something back, which she hears.
  await press(visser, mentor);
  await until(async () => /0:0[1-9]/.test(await visser.page.locator('.rec-t').innerText()), true);
  await visser.picture('staff-nl-1280-recording');
  await visser.page.getByRole('button', { name: mentor.t('voice.stop'), exact: true }).click();
  await visser.page.getByRole('button', { name: mentor.t('compose.send'), exact: true }).click();
  const heard = mother.log.locator('.msg.in .voice').last();
  await heard.waitFor();
  await heard.getByRole('button', { name: mother.t('voice.play') }).click();
  await heard.getByRole('button', { name: mother.t('voice.pause') }).waitFor();
  await huda.picture('parent-ar-360-voice');
  await huda.check('she hears it');
});
