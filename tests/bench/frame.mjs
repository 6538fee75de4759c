// What a frame costs in which nothing changed: all of it, and the twins' part, which is to compare what the view reports
// with what the page shows and to look after the focus. And what it costs to paint everything anew.
import { dist, openBrowser, settled } from '../web/browser.mjs';
import { chooseUser, dialogOf, english, lookUp, openDialog } from '../web/dialog.mjs';
import { startStack } from '../scenario/harness.mjs';
import { report } from './figure.mjs';

const stack = await startStack({ staticDirectory: dist });
const browser = await openBrowser();
try {
  const page = await browser.page(stack);
  // The dialog with all its parts over a full list.
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  await dialogOf(page).getByRole('switch', { name: english.business }).click();
  await lookUp(page, '001099000001');
  const { count, twins, frame, written } = await page.evaluate(unchanged);
  report('twins of an unchanged frame, median', twins, 'ms', 0.3, `${count} twins`);
  report('unchanged frame, all of it, median', frame, 'ms', 2);
  report('DOM writes in unchanged frames', written, '', 0);
  report('all surfaces painted anew, median', await page.evaluate(repainted), 'ms', 12, 'a frame in other colours, less one in the same');

  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const slow = await page.evaluate(unchanged);
  report('the same on a CPU four times as slow', slow.frame, 'ms', 8, `twins ${slow.twins.toFixed(3)} ms`);
  await settled(page);
} finally {
  await browser.close();
  await stack.stop();
}

async function repainted() {
  const element = document.querySelector('smartca-certificates');
  const tokens = ['background', 'surface', 'text', 'muted', 'line'].map((name) => `--smartca-${name}`);
  const frame = async (color) => {
    for (const token of tokens) element.style.setProperty(token, color);
    // The browser's own work for the changed styles is done before, as it is for any page.
    getComputedStyle(element).color;
    let began = 0;
    requestAnimationFrame(() => { began = performance.now(); });
    element.diagnostics.redraw();
    await new Promise(requestAnimationFrame);
    return performance.now() - began;
  };
  const more = [];
  for (let i = 0; i < 60; i++) {
    const color = i % 2 ? '#ffffff' : '#f0f0f0';
    more.push(await frame(color) - await frame(color));
  }
  for (const token of tokens) element.style.removeProperty(token);
  element.diagnostics.redraw();
  return more.sort((a, b) => a - b)[more.length >> 1];
}

// The browser's clock ticks each 0.1 ms, so the twins' part is timed by the hundred.
async function unchanged() {
  const element = document.querySelector('smartca-certificates');
  const before = element.diagnostics;
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  const twins = Array.from({ length: 25 }, () => {
    const began = performance.now();
    for (let i = 0; i < 100; i++) before.repeatTwins();
    return (performance.now() - began) / 100;
  });
  const frames = [];
  for (let i = 0; i < 100; i++) {
    let began = 0;
    requestAnimationFrame(() => { began = performance.now(); });
    element.setAttribute('painting', 'auto' + i);  // asks for a frame, and is no other choice
    await new Promise(requestAnimationFrame);
    frames.push(performance.now() - began);
  }
  const after = element.diagnostics;
  if (after.frames - before.frames < 90) throw new Error('hardly a frame was drawn');
  return { count: before.items().length, twins: median(twins), frame: median(frames), written: after.domWrites - before.domWrites };
}
