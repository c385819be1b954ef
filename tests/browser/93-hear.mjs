// For those who read little or nothing: hearing a message. (Chromium here has no voice of its own, so the server's is heard.)
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStage, phone, until } from './lib/browser.mjs';
import { parentScreen } from './lib/screens.mjs';

test('a mother hears a message by the voice of the server; where there is none there is no button', async (t) => {
  const stage = await openStage(t);
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

  const abrehet = await stage.person('parent-abrehet-gebremedhin', { ...phone, locale: 'ti' });
  const other = parentScreen(abrehet, 'ti');
  await other.log.waitFor();
  await other.log.locator('.msg.in').first().waitFor();
  assert.equal(await other.log.locator('.msg.in p.text[lang=ti]').count() > 0, true);
  for (const message of await other.log.locator('.msg.in').filter({ has: abrehet.page.locator('p.text[lang=ti]') }).all()) {
    assert.equal(await message.getByRole('button', { name: other.t('message.listen') }).count(), 0);
  }
  await abrehet.check('no voice');
});
