// What a key typed elsewhere in the dialog, and a step of scrolling, cost beside few and beside many certificates found: the
// event's handling and the frame that it causes, without the browser's own painting.
import { dist, openBrowser, settled } from '../web/browser.mjs';
import { chooseUser, dialogOf, english, foundList, lookUp, openDialog } from '../web/dialog.mjs';
import { startStack } from '../scenario/harness.mjs';
import { report } from './figure.mjs';

const few = 12, many = [200, 500];  // from 12 on the list scrolls in itself
const stack = await startStack({ staticDirectory: dist });
const browser = await openBrowser();
try {
  const base = await measured(few);
  for (const count of many) {
    const { key, scroll } = await measured(count);
    const note = (time, before) => `${time.toFixed(2)} ms, with ${few} ${before.toFixed(2)} ms`;
    report(`key typed elsewhere, with ${count} certificates to ${few}`, key / base.key, 'x', 1.25, note(key, base.key));
    report(`a step of scrolling, the same`, scroll / base.scroll, 'x', 2.5, `${note(scroll, base.scroll)}, where nothing new comes near`);
  }
} finally {
  await browser.close();
  await stack.stop();
}

async function measured(count) {
  const page = await browser.page(stack);
  await page.route('**/api/v1/lookups', async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    answer.certificates = Array.from({ length: count }, (_, i) => ({ ...answer.certificates[i % answer.certificates.length],
      serial: (0x54010000n + BigInt(i)).toString(16).toUpperCase().padStart(32, '5') }));
    await route.fulfill({ response, json: answer });
  });
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  await lookUp(page, '0999999013');
  await foundList(page).getByRole('checkbox').nth(count - 1).waitFor({ state: 'attached' });
  await dialogOf(page).getByRole('textbox', { name: english.content }).focus();
  await settled(page);
  const figures = await page.evaluate(timed);
  await page.context().close();
  return figures;
}

async function timed() {
  const { shadowRoot } = document.querySelector('smartca-certificates');
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  const field = shadowRoot.activeElement;
  const list = shadowRoot.querySelector('.Group.scrolls');
  // What is asked for before the event runs before the frame that the event causes, and what is asked for after it, after it.
  const timeOf = async (cause) => {
    let began = 0;
    requestAnimationFrame(() => { began = performance.now(); });
    const start = performance.now();
    cause();
    const handled = performance.now() - start;
    await new Promise(requestAnimationFrame);
    return handled + performance.now() - began;
  };
  const keys = [], scrolls = [];
  for (let i = 0; i < 60; i++) {
    keys.push(await timeOf(() => {
      field.value = 'x'.repeat(1 + i % 20);
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    }));
  }
  for (let i = 0; i < 60; i++) {
    scrolls.push(await timeOf(() => {
      list.scrollTop = i % 2 ? 0 : 305;
      list.dispatchEvent(new Event('scroll'));
    }));
  }
  return { key: median(keys), scroll: median(scrolls) };
}
