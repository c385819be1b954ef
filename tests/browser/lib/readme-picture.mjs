// browser/lib/readme-picture.mjs: makes ../screens.jpg, the picture of README.md, from what the last `tests/run browser` saw.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openBrowser } from './chromium.mjs';

const top = resolve(import.meta.dirname, '../../..');
const picture = (name) => `data:image/png;base64,${readFileSync(join(top, '.pictures', `${name}.png`)).toString('base64')}`;
const browser = await openBrowser();
const page = await browser.newPage({ viewport: { width: 1400, height: 760 } });
await page.setContent(`<style>
  body { margin: 0; background: #e4dccf; display: flex; gap: 40px; align-items: center; justify-content: center; height: 760px }
  img { display: block; border-radius: 14px; box-shadow: 0 2px 6px #0002, 0 16px 48px #0003 }
</style><img src="${picture('parent-ar-360')}" height="680"><img src="${picture('staff-nl-1280')}" width="960">`);
await page.screenshot({ path: join(top, 'tests/browser/screens.jpg'), type: 'jpeg', quality: 82 });
await browser.close();
