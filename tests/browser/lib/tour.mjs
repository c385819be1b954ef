// browser/lib/tour.mjs: the screens of the app, one after the other, and what is wrong with one: something sticks out or is cut, letters stand outside their
// line, words that nobody translated. It finds its way by what the app marks its parts with, so that it can be walked in a language that nobody speaks.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const top = resolve(import.meta.dirname, '../../..');
const heights = { 360: 740, 1280: 800 };

const dialog = 'dialog[open]';

async function tap(page, selector, wait) {
  await page.locator(selector).first().waitFor({ state: 'attached' });
  // Straight to the element: at the other width it may be on another page of the screen.
  await page.locator(selector).first().evaluate((element) => element.click());
  if (wait) await page.locator(wait).first().waitFor({ state: 'attached' });
}

async function away(page) {
  for (let i = 0; i < 3 && await page.locator(dialog).count(); i++) await page.keyboard.press('Escape');
}

/** What a mother meets. */
export async function* family(page) {
  await page.goto('/');
  await page.locator('.log .msg').last().waitFor();
  yield 'parent-talk';
  await tap(page, '.msg.in [aria-expanded]', '.orig');
  await tap(page, '.msg.in .origin-b', '.past');
  yield 'parent-history';
  await away(page);
  await tap(page, '.top > .duo', dialog);
  yield 'parent-who';
  await away(page);
  await tap(page, '.top > .lang:last-child', dialog);
  yield 'parent-language';
  await away(page);
  await tap(page, '.msg.mine .dots', dialog);
  yield 'parent-message';
  await away(page);
  await page.goto('/search');
  await page.locator('.seek input').fill('huiswerk');
  await page.locator('.hit').first().waitFor();
  yield 'parent-search';
}

/** What a mentor meets. */
export async function* school(page) {
  await page.goto('/');
  await page.locator('.list a.row').first().waitFor();
  yield 'staff-list';
  await tap(page, '.list a.row', '.log .sm');
  yield 'staff-talk';
  await tap(page, '.th .iconb.not-wide:last-of-type', '.fam .ln');
  yield 'staff-family';
  await tap(page, '[role="tab"]:last-of-type', '.side-notes');
  yield 'staff-notes';
  await tap(page, '[role="tab"]:first-of-type', '.fam .ln');
  await tap(page, '.fam .two .hb', dialog);
  yield 'staff-bring';
  await away(page);
  // Back to the part that a sheet belongs to: on a phone it is not seen from another.
  await tap(page, '.side-top .iconb', '[data-pane="talk"]');
  await tap(page, '.sm.mine .dots', dialog);
  yield 'staff-message';
  await away(page);
  await tap(page, '.th .iconb', '[data-pane="list"]');
  await tap(page, '.brandrow .iconb', dialog);
  yield 'staff-account';
  await away(page);
  await page.goto('/');
  await page.locator('.list input[type="search"]').fill('huiswerk');
  await page.locator('.hit').first().waitFor();
  yield 'staff-search';
}

export async function* office(page) {
  await page.goto('/');
  await page.locator('main.admin, main').first().waitFor();
  await page.locator('input[type="search"]').fill('Huda');
  await page.getByText('Huda', { exact: false }).first().waitFor();
  yield 'admin';
}

/** What stands before the door. */
export async function* doors(page) {
  await page.goto('/');
  await page.locator('main').first().waitFor();
  await page.locator('main.gate').waitFor();
  yield 'door';
  await page.goto('/staff');
  await page.locator('main input').first().waitFor();
  yield 'door-staff';
}

/** Both widths of what is on the screen: look(width) is asked at each. */
export async function atEachWidth(page, look) {
  for (const [width, height] of Object.entries(heights)) {
    await page.setViewportSize({ width: Number(width), height });
    await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); })));
    await look(Number(width));
  }
}

export async function photograph(page, name) {
  await mkdir(join(top, '.pictures/tour'), { recursive: true });
  await page.screenshot({ path: join(top, '.pictures/tour', `${name}.jpg`), type: 'jpeg', quality: 70, scale: 'css', animations: 'disabled', caret: 'hide' });
}

/** In the page: sentences that say what sticks out, is cut, or has letters outside its line. */
export function faultsOf(page) {
  return page.evaluate(() => {
    const faults = [];
    const say = (what, text) => faults.push(`${what}: ${text.trim().slice(0, 60)}`);
    const root = document.querySelector('dialog[open]') ?? document.body;
    if (!root.checkVisibility()) say('is open, and nobody sees it', root.textContent);
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > innerWidth) say('the page is wider than the screen', `${scrollWidth} of ${innerWidth}`);
    const isShortened = (element) => element !== null && (getComputedStyle(element).textOverflow === 'ellipsis' || isShortened(element.parentElement));
    const context = document.createElement('canvas').getContext('2d');
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || !parent.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) || parent.closest('.visually-hidden, option, noscript')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width === 0) continue;
      const shortened = isShortened(parent);
      if (!shortened && (box.left < -1 || box.right > innerWidth + 1)) say('sticks out', node.data);
      for (let around = parent; around && around !== root; around = around.parentElement) {
        const style = getComputedStyle(around);
        if (shortened) break;
        const cut = around.getBoundingClientRect();
        if (style.overflowX !== 'visible' && (box.left < cut.left - 1 || box.right > cut.right + 1)) say('is cut at a side', node.data);
        if (['hidden', 'clip'].includes(style.overflowY) && (box.top < cut.top - 1 || box.bottom > cut.bottom + 1) && around.scrollHeight <= around.clientHeight + 1) say('is cut above or below', node.data);
        if (['auto', 'scroll'].includes(style.overflowY)) break;
      }
      if (/\p{Script=Ethiopic}/u.test(node.data)) {
        const style = getComputedStyle(parent);
        context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        const { actualBoundingBoxAscent, actualBoundingBoxDescent } = context.measureText(node.data);
        const glyphs = actualBoundingBoxAscent + actualBoundingBoxDescent;
        const line = style.lineHeight === 'normal' ? parseFloat(style.fontSize) * 1.2 : parseFloat(style.lineHeight);
        if (glyphs > line + 0.5) say(`letters of ${glyphs.toFixed(1)} px in a line of ${line.toFixed(1)} px`, node.data);
      }
    }
    // What a field that is one line high asks for stands on that line.
    for (const field of root.querySelectorAll('textarea[placeholder]')) {
      if (!field.checkVisibility() || field.clientHeight > 2 * parseFloat(getComputedStyle(field).lineHeight)) continue;
      const style = getComputedStyle(field);
      context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      if (context.measureText(field.placeholder).width > room) say('does not fit its field', field.placeholder);
    }
    // Words over words, within one part: of a line's box the middle is letters.
    for (const part of root.querySelectorAll('article, header, li, form, label')) {
      const inside = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      const lines = [];
      for (let node = inside.nextNode(); node; node = inside.nextNode()) {
        const parent = node.parentElement;
        if (!node.data.trim() || !parent.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) || parent.closest('.visually-hidden, option') || isShortened(parent)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const { left, right, top, height } of range.getClientRects()) {
          const around = { node, left: left + 1, right: right - 1, top: top + height * 0.15, bottom: top + height * 0.85 };
          const over = lines.find((line) => line.node !== node && line.left < around.right && around.left < line.right && line.top < around.bottom && around.top < line.bottom);
          if (over) say('stands over other words', `${node.data} / ${over.node.data}`);
          lines.push(around);
        }
      }
    }
    for (const element of root.querySelectorAll('button, a, p, h1, h2, h3, label, li, span, b')) {
      if (!element.checkVisibility() || element.closest('.visually-hidden')) continue;
      const style = getComputedStyle(element);
      if (element.clientWidth > 0 && style.display !== 'inline' && style.textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1 && style.overflowX === 'visible' && element.textContent.trim() && element.children.length === 0) say('is wider than its box', element.textContent);
    }
    return [...new Set(faults)];
  });
}

/** Every message of a language file between marks: what stands outside them on a screen is no message. */
export function pseudo(file) {
  return { ...file, messages: Object.fromEntries(Object.entries(file.messages).map(([key, text]) => [key, `⟦${text}⟧`])) };
}

/**
 * In the page: what a reader (or a screen reader) meets that stands between no marks and is not theirs, with where it stands. known: texts of people, names, and
 * whatever else is nobody's to translate.
 */
export async function strangersOf(page, known) {
  const met = await page.evaluate(() => {
    const met = [];
    const where = (element) => `${element.tagName.toLowerCase()}${element.className && typeof element.className === 'string' ? `.${element.className.split(' ')[0]}` : ''}`;
    const root = document.querySelector('dialog[open]') ?? document.body;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      // A time is in the reader's own way, from the browser; what was found is what people wrote, in pieces; a letter stands for a language.
      if (parent.closest('script, style, noscript, time, .day, .ctx, .letters')) continue;
      met.push([node.data, where(parent)]);
    }
    for (const element of root.querySelectorAll('*'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-roledescription', 'aria-valuetext']) {
        const value = element.getAttribute(name);
        if (value && !(name === 'title' && element.tagName === 'TIME')) met.push([value, `${where(element)} ${name}`]);
      }
    met.push([document.title, 'title']);
    return met;
  });
  const plain = (text) => text.replace(/[\u2066-\u2069\u200e\u200f]/g, '').trim();
  const letters = /\p{L}/u;
  return met.flatMap(([text, where]) => {
    // Between marks, also one within the other, stands what was translated.
    let rest = text;
    for (let before; before !== rest;) {
      before = rest;
      rest = rest.replace(/⟦[^⟦⟧]*⟧/gsu, '\u0000');
    }
    return rest.split(/[\u0000·,]/).map(plain).filter((part) => letters.test(part) && !known.has(part)).map((part) => `${where}: ${part}`);
  });
}

/** Every string in what the server said. */
export function stringsIn(value, found = new Set()) {
  if (typeof value === 'string') for (const part of [value, ...value.split(/[·,\n]/)]) found.add(part.replace(/[\u2066-\u2069]/g, '').trim());
  else if (value && typeof value === 'object') for (const one of Object.values(value)) stringsIn(one, found);
  return found;
}

export const none = (faults, where) => assert.deepEqual(faults.map((text) => `${where}: ${text}`), []);
