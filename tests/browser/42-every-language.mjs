// Every screen in five languages at two widths, photographed and measured; and every screen in a language that nobody speaks, in which whatever is not a
// message of locales/ shows.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { signIn } from '../scenario/lib/client.mjs';
import { openStage } from './lib/browser.mjs';
import { atEachWidth, doors, family, faultsOf, none, office, photograph, pseudo, school, stringsIn, strangersOf } from './lib/tour.mjs';

const languages = ['nl', 'en', 'ar', 'ti', 'uk'];
const people = { family: ['parent-huda-al-hariri', family], school: ['staff-visser', school], office: ['admin-school', office], doors: [null, doors] };
const locales = resolve(import.meta.dirname, '../../locales');
const locale = (tag) => JSON.parse(readFileSync(join(locales, `${tag}.json`), 'utf8'));

let stage;
const undo = [];
before(async () => { stage = await openStage({ after: (work) => undo.push(work) }, { lines: 8, args: ['--rate-burst', '10000', '--rate-per-second', '10000'] }); });
after(async () => { for (const work of undo.reverse()) await work(); });

/** Somebody in a browser that keeps no old files. */
async function come(sourcedId) {
  const options = { viewport: { width: 1280, height: 800 }, serviceWorkers: 'block', baseURL: stage.lines[0].url };
  return sourcedId ? stage.person(sourcedId, options) : stage.visitor('nobody', options);
}

const speak = (page, tag) => page.evaluate((language) => localStorage.setItem('ouderbrug.language', JSON.stringify(language)), tag);

for (const [who, [sourcedId, screens]] of Object.entries(people)) {
  test(`${who}: nothing sticks out, nothing is cut, in five languages at two widths`, async () => {
    const person = await come(sourcedId);
    const { page } = person;
    if (!sourcedId) await page.goto('/');
    for (const tag of languages) {
      await speak(page, tag);
      for await (const name of screens(page)) {
        assert.equal(await page.evaluate(() => document.documentElement.lang), tag);
        await atEachWidth(page, async (width) => {
          await photograph(page, `${name}-${tag}-${width}`);
          none(await faultsOf(page), `${name} ${tag} ${width}`);
        });
      }
    }
    await person.context.close();
  });
}

test('every screen in a language that nobody speaks: no word but those of locales/ and those of people', async () => {
  const talk = await (await signIn(stage.server, 'staff-visser')).connect();
  const known = stringsIn(talk.welcome);
  for (const { id } of talk.welcome.threads) {
    stringsIn(await talk.do('history', { thread: id, limit: 50 }), known);
    stringsIn(await talk.do('notes', { thread: id }).catch(() => ({})), known);
  }
  stringsIn(await talk.do('people', {}), known);
  await talk.close();
  const boss = await (await signIn(stage.server, 'admin-school')).connect();
  stringsIn([boss.welcome, await boss.do('roll', { query: 'Huda' })], known);
  await boss.close();
  for (const name of [...known]) if (/\p{L}/u.test(name)) known.add(name.split(' ')[0]);
  // Languages by their own names are the same in every language; by the reader's name for them they come from the browser.
  const called = new Intl.DisplayNames('nl', { type: 'language' });
  for (const file of readdirSync(locales).filter((name) => name.endsWith('.json'))) known.add(locale(file.slice(0, -5)).language.name);
  for (const tag of ['ar-SY', 'ur', 'pes', 'pbu', 'ckb', 'vi', 'zh', ...readdirSync(locales).map((file) => file.split('.')[0])]) {
    const name = called.of(tag);
    for (const one of [name, called.of(tag.split('-')[0])]) known.add(one).add(one.charAt(0).toUpperCase() + one.slice(1));
  }
  known.add(locale('nl').messages['app.name']);
  const strangers = [];
  const marked = pseudo(locale('nl'));
  const module = (value) => ({ contentType: 'text/javascript', body: `export default ${JSON.stringify(value)}` });
  for (const [who, [sourcedId, screens]] of Object.entries(people)) {
    const person = await come(sourcedId);
    const { page } = person;
    await page.route('**/assets/words-nl-*.js', (route) => route.fulfill(module(marked)));
    await page.route('**/assets/school-nl-*.js', (route) => route.fulfill(module({ messages: marked.messages })));
    if (!sourcedId) await page.goto('/');
    await speak(page, 'nl');
    for await (const name of screens(page)) {
      assert.ok((await page.locator('body').innerText()).includes('⟦'), `${who}: the language that nobody speaks is spoken`);
      strangers.push(...(await strangersOf(page, known)).map((text) => `${name}: ${text}`));
    }
    await person.context.close();
  }
  assert.deepEqual([...new Set(strangers)], []);
});
