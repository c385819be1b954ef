// Right to left is right everywhere: where things stand, not only what the page says about itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laptop, openStage, phone } from './lib/browser.mjs';
import { parentScreen, staffScreen } from './lib/screens.mjs';

const box = async (locator) => {
  const { x, width } = await locator.boundingBox();
  return { start: x, end: x + width, middle: x + width / 2 };
};

for (const [language, person, mirrored] of [['ar', 'parent-huda-al-hariri', true], ['uk', 'parent-oksana-kovalenko', false]]) {
  test(`what is one's own stands ${mirrored ? 'on the left' : 'on the right'} for a reader of ${language}`, async (t) => {
    const stage = await openStage(t);
    const parent = await stage.person(person, { ...phone, locale: language });
    const screen = parentScreen(parent, language);
    await screen.messages.last().waitFor();
    await screen.write('123');
    await screen.messages.last().getByRole('img', { name: screen.t('message.sent') }).waitFor();
    const own = await box(parent.page.locator('article.mine').last());
    const other = await box(parent.page.locator('article.in').last());
    assert.equal(own.start < other.start, mirrored);
    assert.equal(own.end < other.end, mirrored);
    // The header: who on the start side, the language at the end. The composer: the field before its button.
    const who = await box(screen.who);
    const button = await box(screen.language);
    assert.equal(who.middle > button.middle, mirrored);
    assert.equal((await box(screen.field)).middle > (await box(parent.page.getByRole('button', { name: screen.t('compose.voice'), exact: true }))).middle, mirrored);
    // The page's direction decides, in each of the languages: not a list of them that a builder of style sheets keeps, in which Dari is not.
    const faces = screen.who.locator('.face');
    for (const tag of mirrored ? ['ar', 'fa', 'prs', 'ps', 'ckb'] : ['uk', 'nl']) {
      await parent.page.evaluate((lang) => { document.documentElement.lang = lang; }, tag);
      assert.equal((await box(faces.nth(1))).middle < (await box(faces.nth(0))).middle, mirrored, tag);
    }
  });
}

test('a time reads from left to right, and stands at the end of its row', async (t) => {
  const stage = await openStage(t);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const screen = parentScreen(huda, 'ar');
  await screen.messages.last().waitFor();
  const times = await huda.page.locator('article time').evaluateAll((all) => all.map((time) => ({
    text: time.textContent.trim(), direction: getComputedStyle(time).direction, unicodeBidi: getComputedStyle(time).unicodeBidi })));
  assert.ok(times.length > 0);
  for (const { text, direction } of times) {
    assert.match(text, /^\d{1,2}:\d{2}/);
    assert.equal(direction, 'ltr');
  }
  const row = await box(huda.page.locator('article.in .acts').last());
  const time = await box(huda.page.locator('article.in .acts time').last());
  assert.ok(time.middle < row.middle, 'in a mirrored row the end is on the left');
});

test('a name with an override turns nothing that follows, and every name is isolated', async (t) => {
  const stage = await openStage(t);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  await parentScreen(huda, 'ar').messages.last().waitFor();
  const names = await huda.page.locator('article .who b, header h1, header p').evaluateAll((all) => all.map((element) => [element.textContent, element.querySelector('bdi') !== null]));
  assert.ok(names.length >= 3);
  for (const [name, isolated] of names) assert.ok(isolated, name);
});

test('a mixed line keeps its order, whichever way the page runs', async (t) => {
  const stage = await openStage(t);
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const visser = await stage.person('staff-visser', laptop);
  const mother = parentScreen(huda, 'ar');
  const mentor = staffScreen(visser);
  await mother.log.waitFor();
  await mentor.row('Samir').click();
  await mother.write('الموعد مع mw. Visser الساعة 13:15 في B2.');
  const places = (article) => article.locator('p').first().evaluate((p) => {
    // Where each word stands: the text is one node.
    const node = p.firstChild;
    const at = (word) => {
      const range = document.createRange();
      const from = node.data.indexOf(word);
      range.setStart(node, from);
      range.setEnd(node, from + word.length);
      return range.getClientRects()[0].left;
    };
    return { nodes: p.childNodes.length, ...Object.fromEntries(['الموعد', 'mw.', 'Visser', '13:15'].map((word) => [word, at(word)])) };
  });
  for (const screen of [mother, mentor]) {
    const article = screen.message('الموعد مع');
    await article.waitFor();
    const found = await places(article);
    assert.equal(found.nodes, 1, 'a text is a text node, never markup');
    assert.ok(found['mw.'] < found.Visser, 'Latin words keep their order');
    assert.ok(found['الموعد'] > found.Visser, 'the first word of an Arabic line stands on the right');
  }
});

test('Ethiopic has a font, also where the system has none', async (t) => {
  const stage = await openStage(t);
  const abrehet = await stage.person('parent-abrehet-gebremedhin', { ...phone, locale: 'ti' });
  await parentScreen(abrehet, 'ti').messages.last().waitFor();
  const faces = await abrehet.page.evaluate(async () => {
    await document.fonts.ready;
    return [...document.fonts].filter(({ family }) => /ethiopic/i.test(family)).map(({ family, status, unicodeRange }) => ({ family, status, unicodeRange }));
  });
  assert.ok(faces.length > 0, 'there is a face for Ethiopic');
  const ok = await abrehet.page.evaluate(async () => {
    const found = await document.fonts.load('18px "Noto Sans Ethiopic"', 'ሰላም');
    return found.length > 0 && found.every(({ status }) => status === 'loaded');
  });
  assert.ok(ok, 'the shipped font loads');
});
