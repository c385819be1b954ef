// With the keyboard alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laptop, openStage, until } from './lib/browser.mjs';
import { parentScreen, staffScreen } from './lib/screens.mjs';

/** Presses a key until what has the focus fits; gives how often. Every stop on the way must show that it has the focus. */
async function walk(page, key, fits, most = 60) {
  for (let i = 1; i <= most; i++) {
    await page.keyboard.press(key);
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      const looks = () => {
        const all = [];
        for (let node = element, i = 0; node && i < 4; node = node.parentElement, i++) {
          const { outline, boxShadow, borderColor, backgroundColor } = getComputedStyle(node);
          all.push([outline, boxShadow, borderColor, backgroundColor]);
        }
        return JSON.stringify(all);
      };
      const focused = looks();
      element.blur();
      const blurred = looks();
      element.focus();
      return { tag: element.tagName, text: element.getAttribute('aria-label') ?? element.textContent, visible: element === document.body || focused !== blurred };
    });
    assert.ok(at.visible, `the focus is not to be seen at ${at.tag} ${at.text}`);
    if (fits(at)) return i;
  }
  assert.fail('the keyboard does not get there');
}

test('a mother writes and answers', async (t) => {
  const stage = await openStage(t);
  const huda = await stage.person('parent-huda-al-hariri', { ...laptop, locale: 'ar' });
  const screen = parentScreen(huda, 'ar');
  await screen.answer('understood').waitFor();
  const { page } = huda;
  await walk(page, 'Tab', ({ text }) => text.includes(screen.t('answer.call_me')));
  await page.keyboard.press('Enter');
  await until(() => screen.answer('call_me').getAttribute('aria-pressed'), 'true');
  await walk(page, 'Tab', ({ tag }) => tag === 'TEXTAREA');
  await page.keyboard.type('نعم');
  await walk(page, 'Tab', ({ text }) => text.includes(screen.t('compose.send')));
  await page.keyboard.press('Enter');
  await screen.messages.last().getByText('نعم').waitFor();
  // A dialog keeps the focus and gives it back.
  await walk(page, 'Shift+Tab', ({ text }) => screen.t('language.button').test(text));
  await page.keyboard.press('Enter');
  await screen.dialog.waitFor();
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null), 'the focus left the dialog');
  }
  await page.keyboard.press('Escape');
  await screen.dialog.waitFor({ state: 'detached' });
  assert.match(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), screen.t('language.button'));
});

test('a mentor searches, opens, writes and goes back', async (t) => {
  const stage = await openStage(t);
  const visser = await stage.person('staff-visser', laptop);
  const screen = staffScreen(visser);
  await screen.rows.first().waitFor();
  const { page } = visser;
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.ok(await screen.rows.nth(1).evaluate((row) => row === document.activeElement), 'down and down again: the second conversation');
  await page.keyboard.press('/');
  await page.keyboard.type('samir');
  await until(() => screen.rows.count(), 1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await screen.log.waitFor();
  await walk(page, 'Tab', ({ tag }) => tag === 'TEXTAREA');
  await page.keyboard.type('Eerste regel');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('tweede regel');
  await page.keyboard.press('Enter');
  await screen.message('tweede regel').waitFor();
  assert.equal(await screen.field.inputValue(), '');
  // Escape leaves the field, then the conversation.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await screen.log.waitFor({ state: 'detached' });
});

test('Enter that ends a composition does not send', async (t) => {
  const stage = await openStage(t);
  const visser = await stage.person('staff-visser', laptop);
  const screen = staffScreen(visser);
  await screen.row('Samir').click();
  await screen.log.waitFor();
  const before = await screen.messages.count();
  await screen.field.fill('にほん');
  await screen.field.evaluate((field) => {
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }));
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Process', keyCode: 229, bubbles: true, cancelable: true }));
  });
  await visser.page.waitForTimeout(300);
  assert.equal(await screen.messages.count(), before);
  assert.equal(await screen.field.inputValue(), 'にほん');
});
