// browser/lib/screens.mjs: the parts of the screens, found as people find them: by role and by the words of locales/.
import { words } from './browser.mjs';

/** What stands on the screen of a parent, in the language that the app speaks to them. */
export function parentScreen({ page }, language) {
  const t = words(language);
  const log = page.getByRole('log', { name: t('flow.label') });
  return {
    t,
    log,
    messages: log.getByRole('article'),
    message: (text) => log.getByRole('article').filter({ hasText: text }),
    field: page.getByRole('textbox', { name: t('compose.placeholder') }),
    send: page.getByRole('button', { name: t('compose.send'), exact: true }),
    answer: (which) => page.getByRole('group', { name: t('answer.label') }).getByRole('button', { name: t(`answer.${which}`), exact: true }),
    who: page.locator('header').getByRole('button', { name: t('who.title') }),
    language: page.getByRole('button', { name: t('language.button') }),
    offline: page.getByRole('status').filter({ hasText: t('line.willSend') }),
    dialog: page.getByRole('dialog'),
    async write(text) {
      await this.field.fill(text);
      await this.send.click();
    },
  };
}

/** What stands on the screen of somebody of the school. */
export function staffScreen({ page }, language = 'nl') {
  const t = words(language);
  const list = page.getByRole('region', { name: t('staff.list') });
  const log = page.getByRole('log', { name: t('flow.label') });
  return {
    t,
    list,
    log,
    rows: list.getByRole('link'),
    row: (name) => list.getByRole('link').filter({ hasText: name }),
    messages: log.getByRole('article'),
    message: (text) => log.getByRole('article').filter({ hasText: text }),
    field: page.getByRole('textbox', { name: t('compose.placeholder') }),
    send: page.getByRole('button', { name: t('compose.send'), exact: true }),
    search: list.getByRole('searchbox', { name: t('staff.search') }),
    handled: page.getByRole('button', { name: t('staff.handled') }),
    family: page.getByRole('region', { name: t('staff.family') }),
    dialog: page.getByRole('dialog'),
    offline: page.getByRole('status').filter({ hasText: t('line.willSend') }),
    async write(text) {
      await this.field.fill(text);
      await this.field.press('Enter');
    },
  };
}

/** The words of a message as they are shown: { text, lang, dir, computed } of its first paragraph. */
export function wordsOf(article) {
  return article.locator('p').first().evaluate((p) => ({ text: p.textContent, lang: p.lang, dir: p.dir, computed: getComputedStyle(p).direction }));
}
