// What a phone has to fetch before a parent reads the first word, and that the app can be installed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStage, phone } from './lib/browser.mjs';
import { parentScreen } from './lib/screens.mjs';

const KILOBYTE = 1024;

test('script and style of the first load are at most 60 KB, and only from here', async (t) => {
  const stage = await openStage(t);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar', serviceWorkers: 'block' });
  await huda.page.reload();
  await parentScreen(huda, 'ar').messages.last().waitFor();
  const loaded = await huda.page.evaluate(() => performance.getEntriesByType('resource').map(({ name, encodedBodySize, initiatorType }) => ({ name, encodedBodySize, initiatorType })));
  const code = loaded.filter(({ name }) => /\.(js|css)$/.test(new URL(name).pathname));
  assert.ok(code.length > 0);
  const sum = code.reduce((total, { encodedBodySize }) => total + encodedBodySize, 0);
  assert.ok(sum > 0 && sum <= 60 * KILOBYTE, `${sum} bytes: ${JSON.stringify(code)}`);
  for (const { name } of loaded) assert.equal(new URL(name).origin, huda.line.url);
});

test('the app can be installed', async (t) => {
  const stage = await openStage(t);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const { page } = huda;
  const manifest = await page.evaluate(async () => {
    const link = document.querySelector('link[rel=manifest]');
    const response = await fetch(link.href);
    return { type: response.headers.get('content-type'), ...(await response.json()) };
  });
  assert.match(manifest.type, /manifest\+json|application\/json/);
  assert.ok(manifest.name && manifest.start_url && manifest.display === 'standalone');
  for (const icon of manifest.icons) {
    const response = await page.request.get(new URL(icon.src, huda.line.url).href);
    assert.equal(response.status(), 200, icon.src);
  }
  assert.ok(manifest.icons.some(({ sizes }) => sizes?.includes('512') || sizes === 'any'));
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  huda.quiet();
});
