// A family shares a phone: whoever signs in sees their own conversations, and nothing of who was there before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStage, phone } from './lib/browser.mjs';
import { parentScreen } from './lib/screens.mjs';

test('a window that was open when somebody else signed in forgets what it knew', async (t) => {
  const stage = await openStage(t);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const first = parentScreen(huda, 'ar');
  await first.message('سمير').first().waitFor();
  const secret = await stage.server.link('parent-oksana-kovalenko');
  const second = await huda.context.newPage();
  await second.goto(`${huda.line.url}/in#${secret}`);
  await second.locator('main.gate button.go').click();
  await second.waitForURL(`${huda.line.url}/`);
  await second.locator('h1', { hasText: 'Mykola' }).waitFor();
  // The line of the first window goes and comes back: with the cookie of who signed in last.
  await huda.cut();
  await first.offline.waitFor();
  await huda.heal();
  await huda.page.locator('h1', { hasText: 'Mykola' }).waitFor({ timeout: 40_000 });
  assert.equal(await huda.page.getByText('سمير').count(), 0);
  assert.equal(await huda.page.getByText('Samir').count(), 0);
  huda.quiet();
});
