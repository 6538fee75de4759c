// The page of somebody who may not do everything: a session token decides, and what it does not allow is not there.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, test } from 'node:test';
import { until } from '../scenario/harness.mjs';
import { makePortal } from '../scenario/tokens.mjs';
import { dialogOf, english, foundList, openDialog } from './dialog.mjs';
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

test('what the token fills in stands in the form, and what it locks can be read and not changed', async () => {
  const [user] = (await stack.api('GET', 'users?pageSize=1', undefined, portal.headers())).body.items;
  await open({ prefill: { userId: user.id, identity: '001099000001', signatureText: 'Signed for the company' }, lock: ['userId', 'identity', 'signatureText'] });
  await openDialog(page);
  const field = (role, name) => dialogOf(page).getByRole(role, { name });
  for (const [role, name, value] of [['combobox', english.user, user.name], ['textbox', english.identity, '001099000001'], ['textbox', english.content, 'Signed for the company']]) {
    await until(async () => (await field(role, name).inputValue()).startsWith(value));
    assert.equal(await field(role, name).evaluate((element) => element.readOnly), true, value);
  }
  assert.equal(await dialogOf(page).getByText('given by your portal').count(), 3);
  assert.equal(await field('textbox', english.serial).evaluate((element) => element.readOnly), false);
  await foundList(page).waitFor();
  await dialogOf(page).getByRole('button', { name: 'Cancel' }).click();
  await dialogOf(page).waitFor({ state: 'detached' });
  assert.deepEqual(page.problems, []);
});

test('who may not look up creates nothing in the page, since nobody would see what it is', async () => {
  await open({ may: ['list', 'create'] });
  assert.equal(await page.getByRole('button', { name: 'Create New' }).count(), 0);
});
