// Searching on the screen, in several scripts: the words marked where they stand, and a tap leads to the place, also far back, and keeps it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { signIn, uuid } from '../scenario/lib/client.mjs';
import { laptop, openStage, phone, until, words } from './lib/browser.mjs';
import { parentScreen, staffScreen } from './lib/screens.mjs';

let stage, thread, mentorLine;
const undo = [];
before(async () => {
  stage = await openStage({ after: (work) => undo.push(work) }, { args: ['--rate-burst', '10000', '--rate-per-second', '10000'] });
  mentorLine = await (await signIn(stage.server, 'staff-visser')).connect();
  thread = mentorLine.welcome.threads.find(({ pupil }) => pupil.given === 'Samir').id;
});
after(async () => {
  await mentorLine.close();
  for (const work of undo.reverse()) await work();
});

const say = (body, language = 'nl') => mentorLine.do('send', { thread, client_id: uuid(), body, language });

/** What is found: the text of each hit, with what is marked between brackets, its language and direction. */
const hits = (page) => page.locator('.hit .ctx').evaluateAll((all) => all.map((ctx) => ({
  text: [...ctx.childNodes].map((node) => (node.nodeName === 'MARK' ? `[${node.textContent}]` : node.textContent)).join(''),
  lang: ctx.lang, dir: getComputedStyle(ctx).direction,
})));

const inView = (article) => article.evaluate((element) => {
  const { top, bottom } = element.getBoundingClientRect();
  const box = element.closest('.flow, .tflow').getBoundingClientRect();
  return top >= box.top && bottom <= box.bottom;
});

const said = [
  ['Đorđe neemt zijn pas mee', 'nl', 'dorde', '[Đorđe] neemt zijn pas mee'],
  ['Ёлка стоит в классе', 'ru', 'елка', '[Ёлка] стоит в классе'],
  ['أحمد ينتظر mw. Visser في المَدْرَسَة', 'ar', 'احمد المدرسه', '[أحمد] ينتظر mw. Visser في [المَدْرَسَة]'],
  ['ساعت ۱۴۵۲ بیایید', 'fa', '1452', 'ساعت [۱۴۵۲] بیایید'],
  ['ፀሓይ ወጺኣ ኣላ', 'ti', 'ጸሃይ', '[ፀሓይ] ወጺኣ ኣላ'],
  ['明天学校开会', 'zh-Hans', '学校', '明天[学校]开会'],
];

test('the mentor finds words in every script, and goes to the place far back and keeps it', async () => {
  const sent = [];
  for (const [body, language] of said) sent.push((await say(body, language)).seq);
  await mentorLine.do('version', { thread, seq: sent[0], language: 'ar', body: 'جورجي يحضر معه البطاقة' });
  await Promise.all(Array.from({ length: 160 }, (_, i) => say(`vulling nummer ${i}`)));

  const visser = await stage.person('staff-visser', laptop);
  const { page } = visser, screen = staffScreen(visser);
  await screen.row('Mykola').click();
  await screen.log.waitFor();
  await page.locator('body').press('/');
  assert.ok(await screen.search.evaluate((field) => field === document.activeElement));
  for (const [, language, asked, shown] of said) {
    await screen.search.fill(asked);
    await until(async () => (await hits(page)).map(({ text, lang, dir }) => [text, lang, dir]), [[shown, language, ['ar', 'fa'].includes(language) ? 'rtl' : 'ltr']]);
  }
  // A version in another language, with where it comes from; the names of pupils are still found in the same field.
  await screen.search.fill('البطاقه');
  await until(async () => (await hits(page)).map(({ text }) => text), ['جورجي يحضر معه [البطاقة]']);
  await visser.picture('search-nl-1280');
  await visser.check('what was found');
  await screen.search.fill('zeldzaamheid');
  await page.getByText(screen.t('search.noneStaff')).waitFor();
  await screen.search.fill('vulling');
  await page.getByRole('button', { name: screen.t('search.more') }).click();
  await until(() => page.locator('.hit').count(), 40);

  await screen.search.fill('dorde');
  await until(() => page.locator('.hit').count(), 1);
  await page.locator('.hit').click();
  const there = page.locator(`[data-seq="${sent[0]}"]`);
  await until(() => there.count(), 1);
  await until(() => inView(there), true);
  assert.ok(await there.evaluate((element) => element.classList.contains('found') && element === document.activeElement));
  assert.equal(await page.locator(`[data-seq="${sent[0] + 150}"]`).count(), 0, 'what lies between is not fetched');
  await visser.picture('search-nl-1280-place');
  await visser.check('at the place');
  // It stays there while a message comes, and after a change of the message itself.
  await say('iets nieuws');
  await mentorLine.do('correct', { thread, seq: sent[0], body: 'Đorđe brengt zijn pas mee' });
  await there.filter({ hasText: 'brengt' }).waitFor();
  assert.ok(await inView(there));
  // Reading on, page after page, nothing is missed, and the end is the end.
  const flow = page.locator('.tflow');
  await until(async () => {
    await flow.evaluate((box) => { box.scrollTop = box.scrollHeight; });
    return page.getByRole('log').getByText('iets nieuws').count();
  }, 1);
  const seqs = await page.locator('[data-seq]').evaluateAll((all) => all.map((one) => Number(one.dataset.seq)));
  assert.deepEqual(seqs, Array.from({ length: seqs.length }, (_, i) => seqs[0] + i));
  assert.equal(await page.getByRole('button', { name: screen.t('flow.newest') }).count(), 0);
  // The same hit once more, then straight to the newest.
  await page.locator('.hit').click();
  await until(() => inView(there), true);
  // Back and reload keep the address.
  await page.reload();
  await until(() => there.count(), 1);
  await until(() => inView(there), true);
  await page.getByRole('button', { name: screen.t('flow.newest') }).click();
  await until(() => inView(page.getByRole('article').filter({ hasText: 'iets nieuws' })), true);
  visser.quiet();
  await visser.context.close();
});

test('a mother searches in her own script, without a line is told so, and comes back to what she found', async () => {
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const { page } = huda, screen = parentScreen(huda, 'ar'), t = words('ar');
  await screen.log.waitFor();
  await page.getByRole('button', { name: t('search.button') }).click();
  const field = page.getByRole('textbox', { name: t('search.placeholder') });
  await page.getByText(t('search.hint')).waitFor();
  await huda.picture('search-ar-360-empty');
  await huda.check('nothing asked yet');
  await field.fill('احمد المدرسه');
  await until(async () => (await hits(page)).map(({ text, dir }) => [text, dir]), [['[أحمد] ينتظر mw. Visser في [المَدْرَسَة]', 'rtl']]);
  await huda.picture('search-ar-360');
  await huda.check('what was found');
  await page.locator('.hit').click();
  const there = page.getByRole('article').filter({ hasText: 'ينتظر' });
  await until(() => inView(there), true);
  await huda.picture('search-ar-360-place');
  await huda.check('at the place');
  await page.goBack();
  await until(() => page.locator('.hit').count(), 1);
  assert.equal(await field.inputValue(), 'احمد المدرسه');

  await huda.cut();
  await page.getByText(t('line.willSend')).waitFor();
  await field.fill('ሰላም');
  await page.getByText(t('search.noLine')).waitFor();
  await huda.heal();
  await page.getByText(t('search.none')).waitFor();
  assert.equal(await page.locator('.hit').count(), 0);
  huda.quiet();
});
