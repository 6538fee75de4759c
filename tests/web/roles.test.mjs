// What assistive technology meets in each state, in both languages: the whole role tree, the order in which it is read,
// and the rules of axe-core. The references are in roles/; UPDATE=1 writes them, to be read before they are kept.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { axeViolations } from './axe.mjs';
import { settled } from './browser.mjs';
import { english, vietnamese } from './dialog.mjs';
import { moment } from './moment.mjs';
import { spokenPhrases } from './spoken.mjs';
import { states } from './states.mjs';
import { openStage } from './stage.mjs';

const folder = fileURLToPath(new URL('roles', import.meta.url));
const { stack, browser } = await openStage({ now: moment, args: ['--smartca-timeout-ms', '1500'] });

async function assertSame(actual, name) {
  const file = join(folder, name);
  if (process.env.UPDATE) {
    await mkdir(folder, { recursive: true });
    return writeFile(file, actual);
  }
  assert.ok(existsSync(file), `no reference ${name}: run with UPDATE=1, read it, and commit it`);
  assert.equal(actual, await readFile(file, 'utf8'));
}

const readAloud = ['list', 'business-errors', 'delete-confirm'];

for (const [locale, texts] of [['en', english], ['vi', vietnamese]]) {
  let page;  // of that language: loaded anew for each state, which takes half as long as another browser context
  const open = async () => {
    if (!page) return (page = await browser.page(stack, { now: moment, locale }));
    await page.unrouteAll();
    await page.evaluate(() => history.replaceState(null, '', location.pathname + location.search));  // what was open lives in the address
    await page.reload();
    await settled(page);
  };
  for (const [name, steps] of Object.entries(states))
    test(`${name} (${locale}): every role, name and state in the order in which it is said, and no violation of a rule`, async () => {
      await open();
      await steps(page, texts);
      await settled(page);
      await assertSame(await page.locator('smartca-certificates').ariaSnapshot() + '\n', `${name}.${locale}.yml`);
      assert.deepEqual(await axeViolations(page), []);
      if (readAloud.includes(name)) await assertSame((await spokenPhrases(page)).join('\n') + '\n', `${name}.${locale}.spoken.txt`);
    });
}
