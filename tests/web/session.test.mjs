// The page of somebody who may not do everything: a session token decides, and what it does not allow is not there.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, test } from 'node:test';
import { makePortal } from '../scenario/tokens.mjs';
import { openStage } from './stage.mjs';

const folder = await mkdtemp(join(tmpdir(), 'smartca-keys-'));
after(() => rm(folder, { recursive: true }));
const portal = makePortal();
await writeFile(join(folder, 'keys.json'), portal.keySet(), { mode: 0o600 });
const { stack, browser } = await openStage({ args: ['--auth', 'bearer', '--session-keys-file', join(folder, 'keys.json')] });

let page;
afterEach(() => page?.context().close());

async function open(claims) {
  page = await browser.page(stack, { extraHTTPHeaders: portal.headers(claims) });
  await page.getByRole('rowheader').first().waitFor();
}
const actions = () => page.getByRole('button', { name: /^Actions for/ });
async function menu() {
  await actions().first().click();
  await page.getByRole('menuitem').first().waitFor();
  return page.getByRole('menuitem').count();
}

test('who may list, see details and rename finds that, and neither a way to create nor to remove', async () => {
  await open({ may: ['list', 'details', 'rename'] });
  assert.equal(await page.getByRole('button', { name: /Create New/ }).count(), 0);
  assert.equal(await menu(), 2);
  await page.getByRole('menuitem', { name: 'Details' }).waitFor();
  assert.deepEqual(page.problems, []);
});

test('who may only list has rows without a menu', async () => {
  await open({ may: ['list'] });
  assert.equal(await actions().count(), 0);
});

test('who may do everything has it all', async () => {
  await open({});
  await page.getByRole('button', { name: /Create New/ }).first().waitFor();
  assert.equal(await menu(), 4);
});
