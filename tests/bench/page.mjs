// From navigation to the dialog on screen, and what an idle page costs.
import { diagnostics, openBrowser, settled } from '../web/browser.mjs';
import { startStack } from '../scenario/harness.mjs';
import { dist } from '../web/browser.mjs';
import { percentile, report } from './figure.mjs';

const stack = await startStack({ staticDirectory: dist });
const browser = await openBrowser();
try {
  const times = [];
  for (let run = 0; run < 8; run++) {
    const page = await browser.page(stack, { path: '/?create', ready: false });
    await page.getByRole('dialog').waitFor({ state: 'attached' });
    times.push(await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))));
    await page.context().close();
  }
  report('dialog painted after navigation, median of 7', percentile(times.slice(1), 0.5), 'ms', 900,
    `fastest ${Math.min(...times).toFixed(0)}, first in a cold browser ${times[0].toFixed(0)}`);
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
}
