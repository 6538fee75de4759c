// A real browser on the real page, served by the real proxy in front of the real sandbox.
//
//   const browser = await openBrowser();
//   const page = await browser.page(stack, { width: 390, height: 844, touch: true, locale: 'vi', theme: 'dark' });
//   await page.getByRole('button', { name: 'Create New' }).click();
//
// The renderer is pinned as far as a package can: Debian's Chromium without a GPU, the Inter font, a fixed pixel ratio,
// and a clock that stands at `now`, so that a picture is the same to the last pixel from run to run.
//
// SLOW_FRAMES=150 puts off each frame of the page by so many milliseconds, as a busy machine does now and then: a test that
// reads what an event causes without waiting for it fails then, each time.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium, firefox } from 'playwright-core';
import { root } from '../scenario/harness.mjs';
import { join } from 'node:path';
import { assertTwins } from './twins.mjs';
import { launchWebKit } from './webkit.mjs';

export const dist = process.env.DIST ?? join(root, 'build/release/dist');

// What Playwright adds to a page for a screenshot, which the page's policy refuses; Firefox says so.
const screenshotStyle = 'sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT+SmwNZWA=';

// Which engine a person's browser has. ENGINE=firefox runs any file in Debian's Firefox, driven by WebDriver BiDi;
// ENGINE=webkit those that ask for no more than webdriver.mjs has (create, ink). `screen`: see input-method.mjs.
const engines = { chromium: launchChromium, firefox: launchFirefox, webkit: launchWebKit };

// The last --disable-features is the one that counts, so those of Playwright's that matter here stand again.
const disabledFeatures = [
  // Chromium 156 loads the two pages of its own address bar with each new window: half a second of both cores, beside the
  // first page that the window opens. A person's window has been open for long.
  'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup',
  'AimEnabled', 'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'DialMediaRouteProvider',
  'GlobalMediaControls', 'HttpsUpgrades', 'LensOverlay', 'MediaRouter', 'NetworkTimeServiceQuerying', 'OptimizationHints',
  'PaintHolding', 'Translate',
];

// With a screen (screen.mjs) the browser has a window on it, and keys that are pressed there.
const windowOn = (screen) => ({ headless: !screen, env: { ...process.env, ...screen?.environment } });

function launchChromium(options) {
  return chromium.launch({
    ...windowOn(options.screen),
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--font-render-hinting=none', '--force-color-profile=srgb', `--disable-features=${disabledFeatures}`, ...(options.args ?? [])],
  });
}

function launchFirefox({ theme = 'light', screen }) {
  return firefox.launch({
    ...windowOn(screen), channel: 'moz-firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    firefoxUserPrefs: {
      // Playwright's own setting keeps Firefox 153 from hearing that its window has the focus, and then no input method works.
      ...(screen && { 'focusmanager.testmode': false }),
      // BiDi of 153 cannot choose a scheme for a page.
      'layout.css.prefers-color-scheme.content-override': theme === 'dark' ? 0 : 1,
      'ui.prefersReducedMotion': 1,
    },
  });
}

// `theme` is that of all pages in Firefox; in the others each page has its own.
export async function openBrowser({ engine = process.env.ENGINE ?? 'chromium', ...options } = {}) {
  if (!existsSync(join(dist, 'smartca.js'))) throw new Error(`No page in ${dist}; build the wasm preset and install it there.`);
  const browser = await engines[engine](options);
  return {
    browser,
    engine,
    version: browser.version(),
    async page(stack, { width = 1280, height = 800, density = 1, touch = false, locale = 'en', theme = 'light', now, path = '/',
      ready = true, ...context } = {}) {
      const scope = await browser.newContext({
        viewport: { width, height }, deviceScaleFactor: density, ...(touch && { hasTouch: true, isMobile: true }),
        locale: locale === 'vi' ? 'vi-VN' : 'en-US', colorScheme: theme, timezoneId: 'Asia/Ho_Chi_Minh',
        ...(engine !== 'firefox' && { reducedMotion: 'reduce' }), ...context,  // so that a picture is not one of something that moves
      });
      const page = await scope.newPage();
      if (now) {
        await page.clock.setFixedTime(new Date(now));
        await page.addInitScript(() => { performance.now = () => 1_000_000; });  // the clock that nobody sets stands, too
      }
      if (process.env.SLOW_FRAMES) await page.addInitScript(putOffFrames, Number(process.env.SLOW_FRAMES));
      page.problems = [];
      const remember = (words) => { if (!words.includes(screenshotStyle)) page.problems.push(words); };
      page.on('console', (message) => { if (message.type() === 'error') remember(message.text()); });
      page.on('pageerror', (error) => remember(String(error)));
      await page.goto(stack.proxy.origin + path);
      if (ready) await settled(page);
      return page;
    },
    close: () => browser.close(),
  };
}

// Runs in the page, before anything of its own.
function putOffFrames(milliseconds) {
  const request = globalThis.requestAnimationFrame.bind(globalThis);
  const pending = new Set();
  globalThis.requestAnimationFrame = (frame) => {
    const timer = setTimeout(() => request((now) => { if (pending.delete(timer)) frame(now); }), milliseconds);
    pending.add(timer);
    return timer;
  };
  globalThis.cancelAnimationFrame = (timer) => { pending.delete(timer); };
}

// Waits until the page has loaded what it wanted and paints no more; then each item has its twin.
export async function settled(page) {
  await page.waitForFunction(() => document.querySelector('smartca-certificates, smartca-create-certificate')?.diagnostics?.ready);
  await page.evaluate(() => document.querySelector('smartca-certificates, smartca-create-certificate').diagnostics.ready);
  // Idle through two frames of the browser: what an event is still to cause has been caused by then.
  await page.evaluate(() => { globalThis.settledCount = 0; });
  await page.waitForFunction(() => {
    const { idle, frames } = document.querySelector('smartca-certificates, smartca-create-certificate').diagnostics;
    const seen = idle ? frames : NaN;
    const same = seen === globalThis.settledFrames;
    globalThis.settledCount = same ? globalThis.settledCount + 1 : 0;
    globalThis.settledFrames = seen;
    return globalThis.settledCount >= 2;
  }, undefined, { polling: 'raf' });
  await assertTwins(page);
}

// Painted ("canvas"), or the twins showing themselves ("dom").
export function inMode(page, mode) {
  return page.waitForFunction((wanted) => {
    const { shadowRoot } = document.querySelector('smartca-certificates, smartca-create-certificate');
    return shadowRoot.querySelector('.stage').dataset.mode === wanted;
  }, mode);
}

export function diagnostics(page) {
  return page.evaluate(() => {
    const { frames, domWrites, lastReason, mode } = document.querySelector('smartca-certificates, smartca-create-certificate').diagnostics;
    return { frames, domWrites, lastReason, mode };
  });
}

// A canvas that tests green can be blank: the picture must hold more than a few colours, and be a painted one.
export async function assertPainted(page) {
  const { mode } = await diagnostics(page);
  assert.equal(mode, 'canvas', 'the elements show themselves, so nothing that this test sees is what a visitor would see');
  const { PNG } = (await import('pngjs')).default;
  const picture = PNG.sync.read(await page.screenshot());
  const colours = new Set();
  for (let i = 0; i < picture.data.length; i += 4) colours.add(picture.data.readUInt32BE(i));
  assert.ok(colours.size > 40, `the page is flat: ${colours.size} colours`);
}
