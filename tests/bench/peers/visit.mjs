// One visit of one of the pages: what a person does in it, and what it costs. The same steps for each, found by role and name.
const latency = 60, bytesPerSecond = 9e6 / 8;
const openings = 8, keys = 15, pages = 3, idleTime = 2000;

// Runs in the page before anything of its own. Times are of performance.now().
export const script = `(${watch})()`;
function watch() {
  const roots = () => [document, ...[...document.querySelectorAll('smartca-certificates')].map((element) => element.shadowRoot).filter(Boolean)];
  const find = (selector) => roots().map((root) => root.querySelector(selector)).find(Boolean);
  const focused = () => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
  };
  // The task after the frame's: then what the frame has drawn is handed on.
  const frame = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
  }));
  // From the event to the end of the first frame in which it holds.
  const until = async (holds) => {
    let now = await frame();
    while (!holds()) now = await frame();
    return now;
  };
  const nameOf = (button) => button.getAttribute('aria-label') ?? button.textContent;
  const rowNames = () => roots().flatMap((root) => [...root.querySelectorAll('button')]).map(nameOf).find((name) => name.startsWith('Actions for'));
  // Ours is painted on a canvas under the elements.
  const isPainted = () => rowNames() && (!document.querySelector('smartca-certificates') || find('canvas'));
  const times = {};
  const seen = new Set();
  const observer = new MutationObserver(() => {
    for (const root of roots()) if (!seen.has(root)) {
      seen.add(root);
      observer.observe(root, { childList: true, subtree: true });
    }
    if (!times.usable && find('input[type=search]') && find('button[class*=rimary]')) {
      times.usable = performance.now();
      observer.disconnect();
    }
  });
  observer.observe(document, { childList: true, subtree: true });
  const painted = until(isPainted).then((now) => (times.painted = now));
  let began = 0;
  addEventListener('click', (event) => { began = event.timeStamp; }, true);
  addEventListener('keydown', (event) => { began = event.timeStamp; }, true);
  globalThis.bench = {
    times: async () => {
      await painted;
      return times;
    },
    remember: () => { bench.before = rowNames(); began = 0; },
    turned: async () => (await until(() => began && rowNames() !== bench.before)) - began,
    opened: async () => (await until(() => began && focused()?.getAttribute('role') === 'combobox')) - began,
    closed: () => until(() => !find('[role=dialog], dialog[open]')),
    typed: async () => (await until(() => began)) - began,
    reset: () => { began = 0; },
    content: () => {
      const field = [...roots()].flatMap((root) => [...root.querySelectorAll('textarea[placeholder]:not([aria-hidden])')])[0];
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    },
    memory: () => document.querySelector('smartca-certificates')?.diagnostics.memory ?? 0,
  };
}

async function heapOf(client, page) {
  for (let i = 0; i < 2; i++) await client.send('HeapProfiler.collectGarbage');
  return (await client.send('Runtime.getHeapUsage')).usedSize + await page.evaluate('bench.memory()');
}

async function taskTime(client) {
  const { metrics } = await client.send('Performance.getMetrics');
  return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
}

async function processorTime(client) {
  const { processInfo } = await client.send('SystemInfo.getProcessInfo');
  return 1000 * processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

// When the page is usable and painted, in any engine, at its own speed.
export async function arrive(browser, origin) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1, locale: 'en-US', timezoneId: 'Asia/Ho_Chi_Minh' });
  const page = await context.newPage();
  await page.goto(origin + '/');
  const times = await page.evaluate('bench.times()');
  await context.close();
  return times;
}

// { bytes, requests, usable, painted, open, key, keyWork, next, processor, … }; what takes long is measured at full speed alone.
export async function visit(browser, origin, slowdown) {
  const system = await browser.newBrowserCDPSession();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US', timezoneId: 'Asia/Ho_Chi_Minh' });
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  for (const domain of ['Network', 'Performance', 'HeapProfiler']) await client.send(`${domain}.enable`);
  let bytes = 0, requests = 0;
  client.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
  client.on('Network.requestWillBeSent', ({ request }) => { if (request.url.startsWith('http')) requests++; });
  await client.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond });
  await client.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const cpu = await processorTime(system);
  await page.goto(origin + '/', { waitUntil: 'commit' });
  const result = await page.evaluate('bench.times()');
  Object.assign(result, { bytes, requests });

  const create = page.getByRole('button', { name: '+ Create New' });
  const next = page.getByRole('button', { name: 'Next page' });
  const turns = [];
  for (let i = 0; i < pages; i++) {
    await page.evaluate('bench.remember()');
    const turned = page.evaluate('bench.turned()');
    await next.click();
    turns.push(await turned);
  }
  result.next = median(turns);

  const open = async () => {
    await page.evaluate('bench.reset()');
    const opened = page.evaluate('bench.opened()');
    await create.click();
    return opened;
  };
  const close = async () => {
    await page.keyboard.press('Escape');
    await page.evaluate('bench.closed()');
  };
  await page.evaluate('scrollTo(0, 0)');
  result.open = await open();
  if (slowdown === 1) {
    await close();
    const before = await heapOf(client, page);
    for (let i = 0; i < openings; i++) {
      await open();
      await close();
    }
    result.growth = (await heapOf(client, page) - before) / openings;
    await open();
  }
  await page.waitForLoadState('networkidle');
  await page.evaluate('bench.content()');
  const work = await taskTime(client);
  const typed = [];
  for (let i = 0; i < keys; i++) {
    await page.evaluate('bench.reset()');
    const seen = page.evaluate('bench.typed()');
    await page.keyboard.press('abcdefghij'[i % 10]);
    typed.push(await seen);
  }
  result.key = median(typed);
  result.keyWork = (await taskTime(client) - work) / keys;
  if (slowdown === 1) {
    result.heap = await heapOf(client, page);
    const before = await taskTime(client);
    await page.waitForTimeout(idleTime);
    result.idle = (await taskTime(client) - before) / (idleTime / 1000);
  }
  result.processor = await processorTime(system) - cpu;
  await context.close();
  await system.detach();
  return result;
}
