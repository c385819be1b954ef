// For those who read little or nothing: hearing a message, a tile, a button. (Chromium here has no voice of its own, so the server's is heard, or a person's.)
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { laptop, openStage, phone, until } from './lib/browser.mjs';
import { parentScreen, staffScreen } from './lib/screens.mjs';

const sentences = (tag, key) => JSON.parse(readFileSync(new URL(`../../locales/phrases/${tag}.json`, import.meta.url), 'utf8')).phrases[key].text;
const beeps = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

test('a mother hears by the voice of the server; where there is none there is no button, until a person has spoken the phrase', async (t) => {
  const stage = await openStage(t, { browserArgs: beeps });
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const mother = parentScreen(huda, 'ar');
  await mother.log.waitFor();
  assert.equal(await huda.page.evaluate(() => speechSynthesis.getVoices().length), 0);
  const listen = mother.log.getByRole('button', { name: mother.t('message.listen'), exact: true }).last();
  const box = await listen.boundingBox();
  assert.ok(box.height >= 48);
  const said = huda.page.waitForResponse((response) => response.url().includes('/api/speech?'));
  await listen.click();
  const answer = await said;
  assert.deepEqual([answer.status(), answer.headers()['content-type']], [200, 'audio/mpeg']);
  assert.match(new URL(answer.url()).search, /^\?thread=\d+&seq=\d+&version=\d+$/);
  const stop = mother.log.getByRole('button', { name: mother.t('message.listenStop') });
  await stop.waitFor();
  await stop.click();
  await until(() => stop.count(), 0);
  await huda.check('listening');

  // A button that is held says its word; a tile says what it means when it is tapped, and the sentence before it goes. By text in the body, in no address.
  const words = () => huda.page.waitForResponse((response) => response.request().method() === 'POST' && new URL(response.url()).pathname === '/api/speech');
  const open = huda.page.locator('form.compose button[aria-haspopup]').first();
  let came = words();
  await open.dispatchEvent('pointerdown', { clientX: 20, clientY: 20 });
  const word = await came;
  await open.dispatchEvent('pointerup');
  assert.deepEqual([word.status(), word.request().postDataJSON(), new URL(word.url()).search], [200, { text: mother.t('my.open'), language: 'ar' }, '']);
  await open.dispatchEvent('click'); // is not meant
  assert.equal(await mother.dialog.count(), 0);
  await open.click();
  came = words();
  await huda.page.locator('dialog .tile:has(img[src*="/ill-"])').click();
  assert.deepEqual((await came).request().postDataJSON(), { text: mother.t('my.ill'), language: 'ar' });
  came = words();
  await huda.page.locator('dialog .tile:has(img[src*="/sun-"])').first().click();
  const sentence = await huda.page.locator('dialog .sentence.big .text').innerText();
  // What and when, in pictures: who does not read sees which day it was that was tapped.
  for (const picture of ['ill', 'sun']) await huda.page.locator(`dialog .sentence.big img[src*="/${picture}-"]`).waitFor();
  assert.equal((await came).request().postDataJSON().text, sentence);
  await mother.dialog.getByRole('button', { name: mother.t('message.listen') }).waitFor();
  await huda.check('the last look');
  await huda.page.keyboard.press('Escape');

  const abrehet = await stage.person('parent-abrehet-gebremedhin', { ...phone, locale: 'ti' });
  const other = parentScreen(abrehet, 'ti');
  await other.log.waitFor();
  await other.log.locator('.msg.in').first().waitFor();
  assert.equal(await other.log.locator('.msg.in p.text[lang=ti]').count() > 0, true);
  for (const message of await other.log.locator('.msg.in').filter({ has: abrehet.page.locator('p.text[lang=ti]') }).all()) {
    assert.equal(await message.getByRole('button', { name: other.t('message.listen') }).count(), 0);
  }
  await abrehet.check('no voice');

  // A coach speaks a phrase in Tigrinya, in one press.
  const rania = await stage.person('coach-rania-haddad', laptop);
  const coach = staffScreen(rania);
  await rania.page.getByRole('button', { name: coach.t('staff.account') }).first().click();
  await coach.dialog.getByRole('button', { name: coach.t('spoken.open') }).click();
  await coach.dialog.locator('select').selectOption('ti');
  const leave = sentences('ti', 'absence.leave_ask').replace('{child}', '…');
  const row = coach.dialog.getByRole('listitem').filter({ hasText: leave });
  await row.getByRole('button', { name: coach.t('spoken.say') }).click();
  await until(async () => /0:0[1-9]/.test(await row.locator('.rec-t').innerText()), true);
  await rania.picture('spoken-recording-nl-1280');
  await row.getByRole('button', { name: coach.t('voice.stop'), exact: true }).click();
  await row.getByRole('button', { name: coach.t('spoken.keep'), exact: true }).click();
  await row.getByText(coach.t('spoken.by')).waitFor();
  await rania.picture('spoken-nl-1280');
  await rania.check('spoken phrases');
  await rania.page.setViewportSize({ width: 360, height: 740 });
  await rania.picture('spoken-nl-360');
  await rania.fits('spoken phrases, 360');

  // A mentor, who may not, sees that it is there, hears it, and sends it.
  const visser = await stage.person('staff-visser', laptop);
  const mentor = staffScreen(visser);
  await mentor.row('Helen').click();
  await visser.page.getByRole('button', { name: mentor.t('phrase.button') }).click();
  await mentor.dialog.getByRole('searchbox', { name: mentor.t('phrase.search') }).fill('dag vrij vraag tevoren');
  const found = mentor.dialog.getByRole('listitem').getByRole('button').first();
  await found.locator('.in').getByText('ትግርኛ').waitFor();
  await visser.picture('spoken-found-nl-1280');
  await found.click();
  assert.equal(await mentor.dialog.getByRole('button', { name: mentor.t('spoken.again') }).count(), 0);
  const sounds = visser.page.waitForResponse((response) => new URL(response.url()).pathname === '/api/recording');
  await mentor.dialog.getByRole('button', { name: mentor.t('message.listen') }).click();
  assert.ok([200, 206].includes((await sounds).status()));
  await visser.check('a phrase that was spoken');
  await mentor.dialog.getByRole('button', { name: mentor.t('phrase.send') }).click();

  // The mother, for whose language there is no voice, hears it.
  const spoken = other.log.locator('.msg.in').filter({ hasText: leave.split('…').at(-1).trim() }).last();
  const hers = spoken.getByRole('button', { name: other.t('message.listen'), exact: true });
  await hers.waitFor();
  assert.ok((await hers.boundingBox()).height >= 48);
  const sound = abrehet.page.waitForResponse((response) => response.url().includes('/api/speech?'));
  await hers.click();
  assert.match((await sound).headers()['content-type'], /audio\/mp4/);
  await spoken.getByRole('button', { name: other.t('message.listenStop') }).waitFor();
  await abrehet.picture('spoken-parent-ti-360');
  await abrehet.check('a person is heard');

  // The school's side hears too what a family wrote: a coach may read little Dutch.
  await mentor.row('Mykola').click();
  const dutch = visser.page.waitForResponse((response) => response.url().includes('/api/speech?'));
  await mentor.log.locator('.sm.in').getByRole('button', { name: mentor.t('message.listen') }).first().click();
  assert.equal((await dutch).status(), 200);
  visser.quiet();
});
