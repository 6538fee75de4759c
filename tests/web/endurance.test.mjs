// Opened and closed over and over, and many at once: nothing is left behind, nothing is shared.
//
// ENDURANCE=200 opens each dialog that often (default: the page's 50 times, the portal's, which starts and ends a whole
// instance each time, 20 times).
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { settled } from './browser.mjs';
import { openPortal } from './portal.mjs';
import { openStage } from './stage.mjs';

const openings = Number(process.env.ENDURANCE ?? 50);
const instances = Number(process.env.ENDURANCE ?? 20);
const { stack, browser } = await openStage();
let page;
afterEach(() => page?.context().close());

// What the renderer holds, after a collection of garbage.
async function held(client) {
  for (let i = 0; i < 3; i++) await client.send('HeapProfiler.collectGarbage');
  const { metrics } = await client.send('Performance.getMetrics');
  const value = (name) => metrics.find((metric) => metric.name === name).value;
  return { nodes: value('Nodes'), listeners: value('JSEventListeners'), documents: value('Documents') };
}
test(`the dialog of a page opens and closes ${openings} times, and leaves no listener and no node`, async () => {
  page = await browser.page(stack);
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const openAndClose = (times) => page.evaluate(async (times) => {
    const { shadowRoot } = document.querySelector('smartca-certificates');
    const frame = () => new Promise(requestAnimationFrame);
    const button = [...shadowRoot.querySelectorAll('button')].find((one) => one.textContent.includes('Create New'));
    for (let i = 0; i < times; i++) {
      button.click();
      while (!shadowRoot.querySelector('.Dialog')) await frame();
      shadowRoot.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }));
      while (shadowRoot.querySelector('.Dialog')) await frame();
    }
  }, times);
  await openAndClose(5);
  await settled(page);
  const before = await held(client);
  await openAndClose(openings);
  await settled(page);
  const after = await held(client);
  assert.ok(after.listeners <= before.listeners, `${before.listeners} listeners, then ${after.listeners}`);
  assert.ok(after.nodes <= before.nodes + 20, `${before.nodes} nodes, then ${after.nodes}`);
  const memory = await page.evaluate(() => document.querySelector('smartca-certificates').diagnostics.memory);
  assert.ok(memory <= 24 * 2 ** 20, `${memory} bytes of memory`);
});

test(`the dialog over a portal's page starts and ends ${instances} times, and leaves no listener and no node`, async () => {
  page = await openPortal(browser, stack, { widget: '<smartca-create-certificate locale="en"></smartca-create-certificate>' });
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const openAndClose = (times) => page.evaluate(async (times) => {
    const dialog = document.querySelector('smartca-create-certificate');
    for (let i = 0; i < times; i++) {
      const closed = new Promise((done) => dialog.addEventListener('smartca-closed', done, { once: true }));
      dialog.show();
      await dialog.diagnostics.ready;
      dialog.hide();
      await closed;
    }
  }, times);
  await openAndClose(3);
  const before = await held(client);
  await openAndClose(instances);
  const after = await held(client);
  assert.ok(after.listeners <= before.listeners + 2, `${before.listeners} listeners, then ${after.listeners}`);
  assert.ok(after.nodes <= before.nodes + 50, `${before.nodes} nodes, then ${after.nodes}`);
  assert.equal(after.documents, before.documents);
  assert.equal(await page.evaluate(() => document.querySelector('smartca-create-certificate').shadowRoot.childElementCount), 0);
});

test('ten widgets on one page: each paints, each has its own words, and all end with their elements', async () => {
  page = await openPortal(browser, stack, { widget: '<div id="ten"></div>' });
  await page.evaluate(async () => {
    const place = document.getElementById('ten');
    place.style.cssText = 'display: grid; grid-template-columns: repeat(5, 1fr); grid-auto-rows: 340px; gap: 4px';
    document.getElementById('place').style.height = 'auto';
    for (let i = 0; i < 10; i++) {
      const widget = document.createElement('smartca-certificates');
      widget.setAttribute('locale', i % 2 ? 'vi' : 'en');
      widget.setAttribute('theme', i % 3 ? 'light' : 'dark');
      place.append(widget);
    }
    await Promise.all([...place.children].map((widget) => widget.diagnostics.ready));
  });
  const each = (work) => page.evaluate(`[...document.querySelectorAll('smartca-certificates')].map(${work})`);
  const fields = page.getByRole('searchbox');
  assert.equal(await fields.count(), 10);
  for (let i = 0; i < 10; i++) {
    await fields.nth(i).focus();
    await page.keyboard.insertText(`số ${i}`);
  }
  await page.waitForFunction(() => [...document.querySelectorAll('smartca-certificates')].every((widget) => widget.diagnostics.idle));
  assert.deepEqual(await Promise.all([...Array(10).keys()].map((i) => fields.nth(i).inputValue())), [...Array(10).keys()].map((i) => `số ${i}`));
  assert.deepEqual(await each('(widget) => widget.diagnostics.mode'), Array(10).fill('canvas'));
  assert.deepEqual(await each('(widget) => widget.shadowRoot.querySelector(".stage").lang'), [...Array(10).keys()].map((i) => (i % 2 ? 'vi' : 'en')));
  const left = await page.evaluate(async () => {
    const widgets = [...document.querySelectorAll('smartca-certificates')];
    document.getElementById('ten').replaceChildren();
    await null;  // an element that is only moved is back by then
    return widgets.map((widget) => widget.shadowRoot.childElementCount);
  });
  assert.deepEqual(left, Array(10).fill(0));
});
