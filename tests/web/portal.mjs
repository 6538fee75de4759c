// A portal's page around the widget: fields before and after it, and much to scroll. Everything that happens on it is
// written down, so that two visits can be compared.
//
//   const page = await openPortal(browser, stack, { widget: '<smartca-certificates></smartca-certificates>' });
//   ...   await records(page)
import { settled } from './browser.mjs';

const documentOf = (widget) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Portal</title>
<style>body { margin: 0; font: 16px sans-serif } #place { height: 500px; overflow: hidden } .tall { height: 3000px } input, textarea { font-size: 16px }</style>
</head>
<body>
<p><label>Name <input id="first"></label> <label>Note <textarea id="note"></textarea></label> <button id="opener">Open</button></p>
<div id="place">${widget}</div>
<p><label>Last <input id="last"></label> <a id="link" href="#last">Link</a></p>
<div class="tall"></div>
</body>
</html>`;

// Before anything else runs: what the widget listens to outside of its shadow root (Playwright listens there, too), and
// what became of each key and wheel.
function record() {
  const kept = { listeners: [], keys: [], wheels: [] };
  globalThis.kept = kept;
  const { addEventListener } = EventTarget.prototype;
  const names = new Map([[window, 'window'], [document, 'document']]);
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    const name = names.get(this) ?? (this === document.body || this === document.documentElement ? this.tagName : '');
    if (name && new Error().stack.includes('smartca.js')) kept.listeners.push(`${name} ${type}`);
    return addEventListener.call(this, type, ...rest);
  };
  // A task later, when every listener has had its say.
  const later = (list, describe) => (event) => setTimeout(() => list.push(`${describe(event)}${event.defaultPrevented ? ' (prevented)' : ''}`));
  addEventListener.call(window, 'keydown', later(kept.keys, (event) => event.key), true);
  addEventListener.call(window, 'wheel', later(kept.wheels, () => 'wheel'), { capture: true, passive: true });
}

export async function openPortal(browser, stack, { widget, ...options }) {
  const page = await browser.page(stack, { path: '/api/v1/session', ready: false, ...options });
  await page.addInitScript(record);
  await page.route('**/portal', (route) => route.fulfill({ contentType: 'text/html', body: documentOf(widget) }));
  await page.goto(`${stack.proxy.origin}/portal`);
  if (widget) await page.evaluate(() => import('/smartca.js'));
  if (await page.evaluate(() => document.querySelector('smartca-certificates') !== null)) await settled(page);
  return page;
}

// What was written down since the last time.
export async function records(page) {
  return page.evaluate(async () => {
    await new Promise((done) => setTimeout(done));
    const { keys, wheels } = globalThis.kept;
    return { keys: keys.splice(0), wheels: wheels.splice(0) };
  });
}
