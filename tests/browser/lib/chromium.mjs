// browser/lib/chromium.mjs: Debian's Chromium, driven by Playwright.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

// Without the window that nobody sees it takes half of the processor's time.
const chrome = process.env.OUDERBRUG_CHROMIUM ?? ['/usr/lib/chromium/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** In its sandbox where the system allows one: not for root, and not in every container. Whoever opens it closes it. */
export async function openBrowser(args = []) {
  assert.ok(chrome, 'there is no Chromium; config/setup test installs it');
  const launch = (chromiumSandbox) => chromium.launch({ executablePath: chrome, chromiumSandbox, args });
  return process.getuid() === 0 ? launch(false) : launch(true).catch(() => launch(false));
}
