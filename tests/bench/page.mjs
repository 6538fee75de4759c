// From navigation to the dialog on screen, and what an idle page costs.
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnostics, dist, openBrowser, settled } from '../web/browser.mjs';
import { startStack } from '../scenario/harness.mjs';
import { percentile, report } from './figure.mjs';

const program = (await readdir(dist)).find((name) => /^smartca\.\w+\.wasm$/.test(name));

// What a portal embeds: the script tag, the preload that web/element/README.md advises, and the dialog, open.
const portal = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Portal</title>
<link rel="preload" href="/${program}" as="fetch" type="application/wasm" crossorigin>
<script type="module" src="/smartca.js"></script>
<smartca-create-certificate open></smartca-create-certificate>`;

// Served by the proxy like everything else: a page that Playwright answers would be slower than a real one.
const staticDirectory = await mkdtemp(join(tmpdir(), 'smartca-bench-'));
await cp(dist, staticDirectory, { recursive: true });
await writeFile(join(staticDirectory, 'portal.html'), portal);
const stack = await startStack({ staticDirectory });
const browser = await openBrowser();
try {
  const times = [];
  for (let run = 0; run < 12; run++) {
    const scope = await browser.browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
    const page = await scope.newPage();
    await page.goto(`${stack.proxy.origin}/portal.html`, { waitUntil: 'commit' });
    times.push(await page.evaluate(dialogPainted));
    await scope.close();
  }
  report('dialog painted after navigation, median', percentile(times.slice(1), 0.5), 'ms', 900,
    `fastest ${Math.min(...times).toFixed(0)}, slowest ${Math.max(...times).toFixed(0)}, first in a cold browser ${times[0].toFixed(0)}`);

  const page = await browser.page(stack);
  await settled(page);
  const before = await diagnostics(page);
  await page.waitForTimeout(10_000);
  const after = await diagnostics(page);
  report('frames in 10 idle seconds', after.frames - before.frames, '', 0);
  report('DOM writes in 10 idle seconds', after.domWrites - before.domWrites, '', 0);
} finally {
  await browser.close();
  await stack.stop();
  await rm(staticDirectory, { recursive: true });
}

// Milliseconds from navigation until the frame with the dialog has been handed to the compositor.
async function dialogPainted() {
  const name = 'smartca-create-certificate';
  await customElements.whenDefined(name);
  const element = document.querySelector(name);
  const nextFrame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  while (!element.shadowRoot.querySelector('canvas')) await nextFrame();
  await nextFrame();
  if (element.diagnostics.mode !== 'canvas') throw new Error('nothing was painted');
  return performance.now();
}
