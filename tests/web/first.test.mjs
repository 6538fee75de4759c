// The first moments: the elements are there, look as they will, and can be used before the picture is painted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import pngjs from 'pngjs';
import { diagnostics, settled } from './browser.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage();

// The dialog alone, as a portal has it.
const portal = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Portal</title><script type="module" src="/smartca.js"></script>
<smartca-create-certificate open></smartca-create-certificate>`;

const often = { polling: 20 };  // Playwright's other way to wait is a frame, too

// A page whose first frame is shown and whose second one waits until paint() is called. Its requests stay unanswered, so that
// nothing but the picture comes in between.
async function firstFrame({ path = '/', ...options } = {}) {
  const page = await browser.page(stack, { ready: false, path: '/none', ...options });
  await page.addInitScript(() => {
    const request = globalThis.requestAnimationFrame.bind(globalThis);
    const held = [];
    globalThis.smartca = () => document.querySelector('smartca-certificates, smartca-create-certificate');
    globalThis.requestAnimationFrame = (frame) => (globalThis.smartca()?.diagnostics?.frames ? held.push(frame) : request(frame));
    globalThis.paint = () => {
      globalThis.requestAnimationFrame = request;
      held.splice(0).forEach(request);
    };
  });
  await page.route('**/api/**', () => {});
  await page.route('**/portal', (route) => route.fulfill({ contentType: 'text/html', body: portal }));
  await page.goto(stack.proxy.origin + path);
  await page.waitForFunction(() => globalThis.smartca()?.diagnostics?.frames === 1, undefined, often);
  return page;
}

const paint = async (page) => {
  await page.evaluate(() => globalThis.paint());
  await page.waitForFunction(() => globalThis.smartca().shadowRoot.querySelector('.stage').dataset.mode === 'canvas', undefined, often);
};

const places = (page) => page.evaluate(() => Object.fromEntries(
  [...globalThis.smartca().shadowRoot.querySelectorAll('.t')].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [`${element.id} ${element.className}`, [x, y, width, height]];
  })));

test('a person types before the picture is painted; what they typed and the caret stay', async () => {
  const page = await firstFrame();
  const search = page.getByRole('searchbox').first();
  await search.click();
  await page.keyboard.type('nguyễn');
  await page.keyboard.press('ArrowLeft');
  assert.equal((await diagnostics(page)).frames, 1);
  assert.equal(await page.locator('canvas').count(), 0, 'nothing is painted yet');
  assert.equal(await search.inputValue(), 'nguyễn');
  await paint(page);
  await page.keyboard.type('ễ');
  assert.equal(await search.inputValue(), 'nguyễễn');
  await page.context().close();
});

const phone = { width: 390, height: 844, density: 2, touch: true };
// In the dialog the field that gets the focus is ringed by the next frame, and placeholders become chips.
for (const [name, most, options] of [
  ['the page', 0.0005, {}], ['the page on a phone', 0.0005, phone], ['the page in the dark', 0.0005, { theme: 'dark' }],
  ['the dialog', 0.0015, { path: '/portal' }], ['the dialog on a phone', 0.0015, { path: '/portal', ...phone }],
])
  test(`${name} looks the same before it is painted, and nothing moves when it is`, async () => {
    const page = await firstFrame(options);
    const before = await places(page);
    const shown = pngjs.PNG.sync.read(await page.screenshot());
    await paint(page);
    const after = await places(page);
    assert.deepEqual(Object.keys(after), Object.keys(before));
    for (const [element, place] of Object.entries(before))
      place.forEach((length, i) => assert.ok(Math.abs(length - after[element][i]) <= 1, `${element}: ${place} became ${after[element]}`));
    const painted = pngjs.PNG.sync.read(await page.screenshot());
    const differs = shown.data.filter((value, i) => Math.abs(value - painted.data[i]) > 96).length / shown.data.length;
    assert.ok(differs < most, `${(100 * differs).toFixed(3)} % of the picture differ`);
    await page.context().close();
  });

test('the first requests are on their way before the program is there, and none is sent twice', async () => {
  const page = await browser.page(stack, { ready: false, path: '/none' });
  const asked = [];
  const both = new Promise((done) => page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.includes('/api/')) asked.push(pathname.replace('/api/v1/', '') + search);
    if (asked.length === 2) done();
  }));
  await page.route('**/smartca.*.wasm', async (route) => {
    await both;
    await route.continue();
  });
  await page.goto(stack.proxy.origin);
  await settled(page);
  assert.equal(await page.getByRole('row').count(), 5, 'the head and the four of the demo');
  assert.deepEqual(asked, ['session', 'certificates?page=1&pageSize=10']);
  await page.context().close();
});
