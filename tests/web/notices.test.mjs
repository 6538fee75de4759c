// A notice says what became of something, is heard once, and lies in nobody's way: not in the way of the next dialog.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { settled } from './browser.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage();
let page;
afterEach(() => page?.context().close());

const notice = () => page.locator('.Group').filter({ hasText: /is now called/ });
const menu = () => page.getByRole('button', { name: /^Actions for/ }).first();
async function choose(action) {
  await menu().click();
  await page.getByRole('menuitem', { name: action }).click();
  await page.getByRole('dialog').waitFor();
  await settled(page);
}
let named = 0;
async function rename() {
  await choose('Rename');
  await page.getByRole('dialog').getByRole('textbox').fill(`Kế toán ${++named}`);
  await page.keyboard.press('Enter');
  await notice().waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await settled(page);
}

// Whether a press in the middle of that element would be its own.
const isFree = (locator) => locator.evaluate((element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return element.getRootNode().elementFromPoint(x + width / 2, y + height / 2) === element;
});

for (const [path, width] of [['/', 1280], ['/', 390], ['/?painting=dom', 1280], ['/?painting=dom', 390], ['/?painting=flow', 1280], ['/?painting=flow', 390]])
  test(`the next dialog is whole while a notice still stands: ${path}, ${width} pixels`, async () => {
    page = await browser.page(stack, { path, width });
    const heard = [];
    await page.exposeFunction('heard', (words) => heard.push(words));
    await page.evaluate(() => {
      for (const region of document.querySelector('smartca-certificates').shadowRoot.querySelectorAll('.announcer'))
        new MutationObserver(() => region.textContent && globalThis.heard(region.textContent.trim()))
          .observe(region, { childList: true, characterData: true, subtree: true });
    });
    await rename();
    await choose('Details');
    const dialog = page.getByRole('dialog');
    for (const button of await dialog.getByRole('button', { name: 'Close' }).all()) assert.ok(await isFree(button));
    assert.equal(await notice().evaluateAll((all) => all.filter((one) => !one.closest('[inert]')).length), 0,
      'what lies under a dialog takes no focus');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(heard.filter((words) => /is now called/.test(words)).length, 1, `${heard}`);
  });

for (const path of ['/', '/?painting=dom'])
  test(`what a person opens is whole over a notice: ${path}`, async () => {
    page = await browser.page(stack, { path, width: 320, height: 568 });
    await rename();
    await menu().click();
    await settled(page);
    const items = await page.getByRole('menuitem').all();
    assert.equal(items.length, 4);
    for (const item of items) assert.ok(await isFree(item), await item.textContent());
    assert.equal(await notice().count(), 0);
    await page.keyboard.press('Escape');
    await notice().waitFor();
    await page.getByRole('combobox', { name: /Status/ }).click();
    await settled(page);
    assert.ok(await page.getByRole('option').count() > 5);
    for (const option of await page.getByRole('option').all()) assert.ok(await isFree(option), await option.textContent());
    assert.equal(await notice().count(), 0);
  });

test('on the plain page a notice is in sight wherever the person is in the list', async () => {
  page = await browser.page(stack, { path: '/?painting=flow', height: 420 });
  await rename();
  const { top, bottom } = await notice().evaluate((element) => element.getBoundingClientRect().toJSON());
  assert.ok(top >= 0 && bottom <= 420, `from ${top} to ${bottom}`);
});

test('what was announced is past after a while: whoever reads on does not meet it', async () => {
  page = await browser.page(stack, { ready: false });
  await page.clock.install();
  await page.reload();
  await settled(page);
  await rename();
  const announced = () => page.locator('.announcer').evaluateAll((regions) => regions.map((region) => region.textContent.trim()).join(''));
  assert.match(await announced(), /is now called/);
  await page.clock.fastForward(20_001);
  assert.equal(await announced(), '');
});
