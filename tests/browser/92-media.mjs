// Photos: chosen or taken, shrunk before they leave, kept until the school has them, opened large.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pdf, textOf } from '../scenario/lib/media.mjs';
import { laptop, openStage, phone, until } from './lib/browser.mjs';
import { parentScreen, staffScreen } from './lib/screens.mjs';

/** A photo as a telephone makes it: large, and with the place where it was taken. */
async function photo(page, colour = '#0f5f66') {
  const base64 = await page.evaluate(async (fill) => {
    const canvas = document.createElement('canvas');
    canvas.width = 3000;
    canvas.height = 2000;
    const brush = canvas.getContext('2d');
    brush.fillStyle = fill;
    brush.fillRect(0, 0, 3000, 2000);
    brush.fillStyle = '#fbebc0';
    for (let i = 0; i < 12; i++) brush.fillRect(200 + 220 * i, 300 + 90 * i, 160, 400);
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1];
  }, colour);
  const plain = Buffer.from(base64, 'base64');
  const place = Buffer.concat([Buffer.from('Exif\0\0II*\0\x08\0\0\0\0\0', 'latin1'), Buffer.from('GPS 52.3702 N 4.8952 E')]);
  const size = Buffer.alloc(2);
  size.writeUInt16BE(place.length + 2);
  return { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: Buffer.concat([plain.subarray(0, 2), Buffer.from([0xff, 0xe1]), size, place, plain.subarray(2)]) };
}

/** Width and height of a JPEG, by its frame. */
function sizeOf(jpeg) {
  for (let at = 2; at < jpeg.length;) {
    const kind = jpeg[at + 1];
    if (kind >= 0xc0 && kind <= 0xc2) return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)];
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
  return [0, 0];
}

test('a photo is shrunk before it leaves, without its place; it waits where there is no line; the school opens it large', async (t) => {
  const stage = await openStage(t);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const visser = await stage.person('staff-visser', laptop);
  const mother = parentScreen(huda, 'ar'), mentor = staffScreen(visser);
  await mother.log.waitFor();
  await mentor.row('Samir').click();
  await mentor.log.waitFor();

  await huda.page.getByRole('button', { name: mother.t('compose.more') }).click();
  const tiles = mother.dialog.locator('.way');
  await until(() => tiles.count(), 3);
  await huda.picture('parent-ar-360-plus');
  await huda.check('what one can send');
  for (const tile of await tiles.all()) assert.ok((await tile.boundingBox()).height >= 48);
  await mother.dialog.locator('input[type=file]').nth(1).setInputFiles([await photo(huda.page), await photo(huda.page, '#8a3517')]);
  await until(() => mother.dialog.locator('.chosen img').count(), 2);
  await huda.picture('parent-ar-360-chosen');
  await huda.check('chosen');
  await mother.dialog.getByRole('button', { name: mother.t('plus.away') }).last().click();
  await until(() => mother.dialog.locator('.chosen img').count(), 1);

  // In a lift: it waits, also when the page is closed, and goes when the line is there.
  await huda.cut();
  const sent = [];
  huda.page.on('request', (request) => request.url().includes('/api/upload') && sent.push(request));
  await mother.dialog.getByRole('button', { name: mother.t('compose.send'), exact: true }).click();
  await mother.log.locator('.mine.wait img').waitFor();
  await huda.picture('parent-ar-360-photo-waits');
  await huda.fits('a photo waits');
  await huda.page.reload();
  await mother.log.locator('.mine.wait img').waitFor().catch(() => {});
  await huda.heal();
  await mother.log.locator('.mine .photo img').waitFor();
  await until(() => mother.log.locator('.mine.wait').count(), 0);
  const before = sent.at(-1).postDataBuffer();
  if (before) assert.equal(before.includes('GPS 52'), false);

  const thumb = mentor.log.locator('.photo');
  await thumb.last().click();
  const large = visser.page.locator('.viewer img');
  await large.waitFor();
  const bytes = await visser.page.evaluate(async (src) => [...new Uint8Array(await (await fetch(src)).arrayBuffer())], await large.getAttribute('src'));
  const kept = Buffer.from(bytes);
  assert.equal(kept.includes('GPS') || kept.includes('Exif'), false);
  assert.deepEqual(sizeOf(kept), [2048, 1365]);
  await visser.page.waitForFunction(() => document.querySelector('.viewer img')?.complete);
  await visser.picture('staff-nl-1280-photo');
  await visser.check('a photo');
  const wide = (await large.boundingBox()).width;
  await visser.page.keyboard.press('+');
  await until(async () => (await large.boundingBox()).width > wide, true);
  await visser.page.keyboard.press('Escape');
  await until(() => large.count(), 0);
  await huda.picture('parent-ar-360-photo');
  await huda.check('sent');

  // A letter: chosen, sent under its name, and saved by the school as a PDF that was printed anew; never shown where it could run.
  await huda.page.getByRole('button', { name: mother.t('compose.more') }).click();
  await mother.dialog.locator('input[type=file]').nth(2).setInputFiles({ name: 'brief رسالة.pdf', mimeType: 'application/pdf', buffer: pdf('Beste ouders', { catalogue: '/OpenAction<</S/JavaScript/JS(app.alert(1))>>' }) });
  await mother.dialog.locator('.chosen .doc').getByText('brief رسالة.pdf').waitFor();
  await mother.dialog.getByRole('button', { name: mother.t('compose.send'), exact: true }).click();
  await mother.log.locator('.mine a.doc img').waitFor();
  const letter = mentor.log.locator('a.doc').last();
  await letter.locator('img').waitFor();
  await visser.picture('staff-nl-1280-document');
  await visser.check('a document');
  const saving = visser.page.waitForEvent('download');
  await letter.click();
  const saved = await saving;
  assert.equal(saved.suggestedFilename(), 'brief رسالة.pdf');
  const file = readFileSync(await saved.path());
  assert.equal(file.includes('JavaScript'), false);
  assert.equal(textOf(file), 'Beste ouders');
  huda.quiet();
});
