// browser/lib/browser.mjs: people in front of the built app.
//
//   const stage = await openStage(t);                                   // the demo school, served; a Chromium
//   const huda = await stage.person('parent-huda-al-hariri', phone);    // signed in through a link: huda.page
//   await huda.cut(); await huda.heal();                                // the line between her and the server
//   await huda.picture('parent-ar-360');                                // .pictures/parent-ar-360.png
//   await huda.check();                                                 // axe, nothing sticks out, nothing complained
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { after } from 'node:test';
import { atEnd, ouderbrug, pause, startServer, temporaryFolder } from '../../scenario/lib/server.mjs';
import { openBrowser } from './chromium.mjs';
import { Line } from './line.mjs';

const top = resolve(import.meta.dirname, '../../..');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
export const small = { viewport: { width: 320, height: 568 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
export const laptop = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.25 };
export const dark = { colorScheme: 'dark' };

/**
 * What the app says in a language: words('nl')('composer.send'). Gives a string, or where the message has a place for a value a
 * pattern in which anything may stand there, and any space for the narrow ones of French. A message that is not there is a mistake of
 * the test.
 */
export function words(language) {
  const { messages } = JSON.parse(readFileSync(join(top, 'locales', `${language}.json`), 'utf8'));
  return (key) => {
    const text = messages[key];
    assert.ok(text !== undefined, `locales/${language}.json has no message ${key}`);
    if (!text.includes('{')) return text.replaceAll("''", "'");
    const parts = text.split(/\{(?:[^{}]|\{[^{}]*\})*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s/g, '\\s'));
    return new RegExp(`^${parts.join('.*')}$`, 's');
  };
}

// A Chromium takes a second to come and go, so all tests of a file share one; people have contexts of their own in it.
const browsers = new Map();
after(async () => { for (const browser of browsers.values()) await (await browser).close(); });

/** The Chromium of this file that was started with these arguments. */
export function theBrowser(args = []) {
  const key = args.join(' ');
  if (!browsers.has(key)) browsers.set(key, openBrowser(args));
  return browsers.get(key);
}

// The demo school takes a moment to come in, so it is taken in once for each test file and copied.
let school;
async function demoSchool(t) {
  if (!school) {
    const folder = await temporaryFolder();
    process.on('exit', () => { rm(folder, { recursive: true, force: true }).catch(() => {}); });
    school = join(folder, 'data');
    await ouderbrug(['import', join(top, 'config/demo-school/package'), '--data', school]);
    await ouderbrug(['demo', join(top, 'config/demo-school/conversations.json'), '--data', school]);
  }
  const data = join(await temporaryFolder(t), 'data');
  await cp(school, data, { recursive: true });
  await cp(`${school}.key`, `${data}.key`);
  return data;
}

/** The demo school served, and a browser; people come in with person(). Gone when the test ends. */
export async function openStage(t, { lines = 4, args = [], browserArgs = [] } = {}) {
  const ready = await Promise.all(Array.from({ length: lines }, () => new Line().open()));
  for (const line of ready) atEnd(t, () => line.close());
  const data = await demoSchool(t);
  const server = await startServer(t, { data, speech: true, args: ['--origins', ready.map(({ url }) => url).join(','), ...args] });
  for (const line of ready) line.target = server.port;
  const stage = new Stage(server, await theBrowser(browserArgs), ready);
  atEnd(t, () => stage.clear());
  return stage;
}

class Stage {
  constructor(server, browser, lines) {
    Object.assign(this, { server, browser, lines, contexts: [] });
  }

  /** A phone or a laptop on which nobody has signed in. */
  async device(options = {}) {
    const context = await this.browser.newContext({ locale: 'nl-NL', timezoneId: 'Europe/Amsterdam', reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(30_000);
    this.contexts.push(context);
    return context;
  }

  async clear() { await Promise.all(this.contexts.map((context) => context.close())); }

  /** Somebody of the roster in a browser of their own. options: phone, laptop, dark …; path: where they start. */
  async person(sourcedId, options = {}) {
    const line = this.lines.shift();
    assert.ok(line, 'openStage(t, { lines }) holds a line for each person');
    const context = await this.device(options);
    const person = new Person(this, sourcedId, line, context, await context.newPage());
    await person.signIn();
    return person;
  }

  /** Somebody who has not signed in. */
  async visitor(name, options = {}) {
    const line = this.lines.shift();
    assert.ok(line, 'openStage(t, { lines }) holds a line for each person');
    const context = await this.device(options);
    return new Person(this, name, line, context, await context.newPage());
  }
}

class Person {
  constructor(stage, sourcedId, line, context, page) {
    Object.assign(this, { stage, sourcedId, line, context, page, complaints: [] });
    page.on('pageerror', (error) => this.complaints.push(`error: ${error.stack ?? error}`));
    page.on('console', (message) => {
      // A broken line is no fault of the app, and Chromium complains about each.
      if (['error', 'warning'].includes(message.type()) && !/net::ERR_|WebSocket connection to|Failed to load resource: net/.test(message.text())) {
        this.complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
  }

  /** Opens a sign-in link and goes in. */
  async signIn() {
    const secret = await this.stage.server.link(this.sourcedId);
    await this.page.goto(`${this.line.url}/in#${secret}`);
    await this.page.locator('main.gate button.go').click();
    await this.page.waitForURL(`${this.line.url}/`);
  }

  /** Loses the line, as in a lift. */
  async cut() {
    await this.context.setOffline(true);
    this.line.cut();
  }

  async heal() {
    this.line.heal();
    await this.context.setOffline(false);
  }

  /** Keeps what is on the screen as .pictures/NAME.png, once pictures and fonts are there. */
  async picture(name, options = {}) {
    await this.page.evaluate(() => document.fonts.ready.then(() => undefined));
    await mkdir(join(top, '.pictures'), { recursive: true });
    await this.page.screenshot({ path: join(top, '.pictures', `${name}.png`), animations: 'disabled', caret: 'hide', ...options });
  }

  /** axe finds nothing, nothing sticks out at a side, the app has not complained. */
  async check(where = this.sourcedId) {
    if (!await this.page.evaluate(() => 'axe' in globalThis)) await this.page.evaluate(axe);
    // Without a line it cannot fetch the style sheets anew, and would complain about that.
    const found = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'], preload: navigator.onLine }));
    assert.deepEqual(found.violations.map(({ id, help, nodes }) =>
      `${where}: ${id}: ${help}\n${nodes.slice(0, 4).map((node) => `    ${node.html.slice(0, 200)}\n    ${node.failureSummary ?? ''}`).join('\n')}`), []);
    await this.fits(where);
    this.quiet(where);
  }

  /** Nothing is wider than the screen, and no text is cut off inside a control. */
  async fits(where = this.sourcedId) {
    const found = await this.page.evaluate(() => {
      const wide = document.documentElement.clientWidth;
      const bad = [];
      if (document.documentElement.scrollWidth > wide) bad.push(`the page is ${document.documentElement.scrollWidth} px wide on a screen of ${wide}`);
      for (const element of document.querySelectorAll('body *')) {
        const box = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        if (box.width < 2 || box.height < 2 || style.visibility === 'hidden' || style.opacity === '0' || element.closest('[inert], [hidden]')) continue;
        if (/rect\(|inset\(/.test(style.clip + style.clipPath)) continue; // for screen readers only
        if (box.left < -1 || box.right > wide + 1) {
          // What scrolls inside its own frame may reach further.
          let frame = element.parentElement;
          while (frame && !/auto|scroll|hidden|clip/.test(getComputedStyle(frame).overflowX)) frame = frame.parentElement;
          if (!frame || frame === document.body || frame === document.documentElement) {
            bad.push(`${element.tagName.toLowerCase()}.${element.className} reaches from ${Math.round(box.left)} to ${Math.round(box.right)}`);
          }
        }
        if (element.matches('button, a, label, [role=button], [role=tab]') && style.overflow !== 'visible' && element.scrollWidth > element.clientWidth + 1) {
          bad.push(`the words of a control are cut: ${element.textContent}`);
        }
      }
      return bad;
    });
    assert.deepEqual(found.map((text) => `${where}: ${text}`), []);
  }

  quiet(where = this.sourcedId) {
    assert.deepEqual(this.complaints.map((text) => `${where}: ${text}`), []);
  }
}

/** Waits until the promise's value is what is wanted: for what no event tells. */
export async function until(what, wanted = true, ms = 20_000) {
  const end = Date.now() + ms;
  for (;;) {
    const got = await what();
    if (JSON.stringify(got) === JSON.stringify(wanted)) return;
    if (Date.now() > end) assert.deepEqual(got, wanted);
    await pause(50);
  }
}
