// The page with React and MUI, React and antd, and Lit, measured beside ours: see peers/README.md, which this writes.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, startStack } from '../scenario/harness.mjs';
import { dist, openBrowser } from '../web/browser.mjs';
import { buildPeers } from './peers/build.mjs';
import { create } from './peers/create.mjs';
import { enginesOf, names, tableOf, textOf } from './peers/figures.mjs';
import { plotOf } from './peers/plot.mjs';
import { serve } from './peers/serve.mjs';
import { arrive, script, visit } from './peers/visit.mjs';

const rounds = Number(process.env.ROUNDS ?? 9);
const here = (name) => fileURLToPath(new URL(`peers/${name}`, import.meta.url));

// 10 000 certificates of 50 users, and the demo's signature.
async function manyCertificates() {
  const demo = JSON.parse(await readFile(join(root, 'assets/demo/registry.json'), 'utf8'));
  const inDemo = (settings) => (settings.image ? { ...settings, image: join(root, 'assets/demo', settings.image) } : settings);
  const [one] = demo.certificates;
  const certificates = Array.from({ length: 10_000 }, (_, i) =>
    ({ ...one, userId: 1 + i % 50, isDefault: false, name: `Nguyễn Văn A ${i}`, serial: '5401' + (1e9 + i).toString(16).padStart(28, '0') }));
  return { company: inDemo(demo.company), users: demo.users.map(inDemo), certificates };
}

// What an engine needs by itself: a page whose one line of script makes what counts as usable and painted.
async function writeBarePage(folder) {
  await mkdir(folder);
  await writeFile(join(folder, 'index.html'), '<!doctype html><meta charset="utf-8"><title>bare</title><script type="module" src="bare.js"></script>');
  await writeFile(join(folder, 'bare.js'), `document.body.innerHTML = '<input type="search"><button class="primary">Actions for</button>';`);
}

const folder = await mkdtemp(join(tmpdir(), 'smartca-peers-'));
const began = Date.now();
const load = loadavg()[0];  // what else the machine does
await buildPeers(folder);
await writeBarePage(join(folder, 'bare'));
const stack = await startStack({ demoData: await manyCertificates() });
const { browser, version, close } = await openBrowser();
const pages = Object.keys(names);
const servers = {};
for (const page of [...pages, 'bare']) servers[page] = await serve(page === 'ours' ? dist : join(folder, page), stack.proxy.origin, script);
const visits = [], arrivals = [];
const turned = (list, by) => list.map((_, i) => list[(i + by) % list.length]);
try {
  for (const [i, page] of pages.entries()) await create(browser, servers[page].origin, `USER1${i}5`, stack.api);
  // The first round warms up. Each begins with another page, so that none is always first.
  for (let round = 0; round <= rounds; round++) {
    for (const speed of [1, 4])
      for (const page of turned(pages, round)) {
        const figures = await visit(browser, servers[page].origin, speed);
        if (round > 0) visits.push({ page, speed, ...figures });
      }
    console.error(`round ${round} of ${rounds}, ${((Date.now() - began) / 1000).toFixed(0)} s`);
  }
  for (const engine of ['chromium', 'firefox', 'webkit']) {
    const other = await openBrowser({ engine });
    for (let round = 0; round <= rounds; round++)
      for (const page of turned(['ours', 'mui', 'bare'], round % 3)) {
        const times = await arrive(other.browser, servers[page].origin);
        if (round > 0) arrivals.push({ engine, page, ...times });
      }
    await other.close();
    console.error(`${engine}, ${((Date.now() - began) / 1000).toFixed(0)} s`);
  }
} finally {
  await close();
  for (const server of Object.values(servers)) await server.close();
  await stack.stop();
  await rm(folder, { recursive: true });
}

const { dependencies } = JSON.parse(await readFile(here('package.json'), 'utf8'));
const results = {
  date: new Date().toISOString().slice(0, 10), chromium: version, processor: `${cpus().length} x ${cpus()[0].model}`, load, rounds, dependencies, visits, arrivals,
};
console.log(textOf(results));
console.log(enginesOf(results).join('\n'));
if (rounds < 9) {
  console.log('Fewer than 9 rounds: nothing is kept.');
} else {
  await writeFile(here('results.json'), JSON.stringify(results).replace(/\{"(page|engine)"/g, '\n{"$1"') + '\n');
  await writeFile(here('peers.svg'), plotOf(results));
  const text = await readFile(here('README.md'), 'utf8');
  const between = (mark, words) => (all) => {
    const place = new RegExp(`(<!-- ${mark} -->\n)[^]*?(\n<!-- -->)`);
    if (!place.test(all)) throw new Error(`README.md has no place for: ${mark}`);
    return all.replace(place, (_, start, end) => start + words + end);
  };
  const taken = `Taken on ${results.date} in Chromium ${version} on ${results.processor}, medians of ${rounds} interleaved visits; load before them ${load.toFixed(1)}.`;
  await writeFile(here('README.md'), [between('figures', tableOf(results)), between('taken', taken),
    between('engines', enginesOf(results).map((line) => `- ${line}`).join('\n'))].reduce((all, put) => put(all), text));
}
