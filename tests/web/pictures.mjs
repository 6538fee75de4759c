// Reference pictures: tests/web/references/NAME.png, each looked at by a person before it was kept.
//
// No pixel may differ on the pinned renderer, which references/renderer.json names, by more than the two shades of 255 that
// Chromium 156 rounds a shadow by when it paints the page's tiles in another order (seen with SLOW_FRAMES=120). On another Chromium or font the glyphs'
// edges differ by nature; there the comparison allows what antialiasing can change and says so.
// UPDATE=1 writes the pictures instead of comparing them; a difference leaves NAME.actual.png and NAME.difference.png in
// build/pictures.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pngjs from 'pngjs';
import { root } from '../scenario/harness.mjs';

const references = resolve(fileURLToPath(import.meta.url), '../references');
const output = join(root, 'build/pictures');

const roundingShades = 2;

export function rendererOf(browser) {
  const font = execFileSync('dpkg-query', ['-W', '-f=${Version}', 'fonts-inter'], { encoding: 'utf8' });
  return { chromium: browser.version, inter: font };
}

export async function assertPicture(browser, page, name) {
  const actual = await page.screenshot({ animations: 'disabled' });
  const file = join(references, `${name}.png`);
  const rendererFile = join(references, 'renderer.json');
  const renderer = rendererOf(browser);
  if (process.env.UPDATE) {
    await mkdir(references, { recursive: true });
    await writeFile(file, actual);
    await writeFile(rendererFile, JSON.stringify(renderer, null, 2) + '\n');
    return;
  }
  assert.ok(existsSync(file), `no reference ${name}.png: run with UPDATE=1, look at it, and commit it`);
  const pinned = JSON.stringify(JSON.parse(await readFile(rendererFile, 'utf8'))) === JSON.stringify(renderer);
  const difference = compare(pngjs.PNG.sync.read(await readFile(file)), pngjs.PNG.sync.read(actual), pinned ? roundingShades : 96);
  const allowed = pinned ? 0 : difference.total * 0.02;
  if (difference.count > allowed) {
    await mkdir(output, { recursive: true });
    await writeFile(join(output, `${name}.actual.png`), actual);
    if (difference.picture) await writeFile(join(output, `${name}.difference.png`), pngjs.PNG.sync.write(difference.picture));
  }
  assert.ok(difference.count <= allowed,
    `${name}: ${difference.count} of ${difference.total} pixels differ (allowed ${allowed}${pinned ? '' : ', other renderer'}); see build/pictures`);
}

function compare(expected, actual, tolerance) {
  if (expected.width !== actual.width || expected.height !== actual.height) {
    return { count: Infinity, total: expected.width * expected.height };
  }
  const picture = new pngjs.PNG({ width: expected.width, height: expected.height });
  let count = 0;
  for (let i = 0; i < expected.data.length; i += 4) {
    const differs = [0, 1, 2].some((channel) => Math.abs(expected.data[i + channel] - actual.data[i + channel]) > tolerance);
    if (differs) count++;
    picture.data.set(differs ? [255, 0, 0, 255] : [expected.data[i], expected.data[i + 1], expected.data[i + 2], 60], i);
  }
  return { count, total: expected.width * expected.height, picture };
}
