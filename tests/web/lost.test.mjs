// Nothing that was entered is lost, and nothing leads into a dead end: reload, "back", a create that hangs, the address.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { settled } from './browser.mjs';
import { chooseUser, dialogOf, foundList, lookUp, openDialog, seen } from './dialog.mjs';
import { openPortal } from './portal.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage();
let page;
afterEach(async () => {
  await stack.sandbox.fault({ mode: 'none' });
  await page?.context().close();
});
const place = () => page.evaluate(() => [location.hash, history.length, history.state?.smartca ?? 0]);
const asksBeforeLeaving = () => page.evaluate(() => {
  const event = new Event('beforeunload', { cancelable: true });
  dispatchEvent(event);
  return event.defaultPrevented;
});
// Looked up and ticked before anything hangs, so that the create is what does.
async function tick() {
  await foundList(page).getByRole('checkbox').first().waitFor();
  for (const box of await foundList(page).getByRole('checkbox', { name: /SMARTCA|ESEAL/ }).all())
    if (!(await box.isChecked())) await box.click();
}
// Sent, and agreed to where it is asked.
async function create() {
  await dialogOf(page).getByRole('button', { name: 'Create New' }).click();
  const asked = page.getByRole('alertdialog').getByRole('button', { name: /^Create with (it|them)$/ });
  await asked.or(dialogOf(page).getByText(/^Creating/)).first().waitFor();
  if (!(await asked.isVisible())) return;
  await seen(page);
  await asked.click();
}
const leaveButton = () => dialogOf(page).getByRole('button', { name: 'Leave it running' });

for (const touch of [false, true])
  test(`"back" closes the dialog with the question that Escape asks, and then nothing else${touch ? ', on a phone' : ''}`, async () => {
    page = await browser.page(stack, touch ? { width: 390, height: 844, touch } : {});
    const [, before] = await place();
    await openDialog(page);
    await dialogOf(page).getByRole('textbox', { name: /^CCCD/ }).fill('0010');
    assert.equal(await asksBeforeLeaving(), true);
    await page.goBack();
    await page.getByRole('alertdialog').waitFor();
    await page.goBack();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    assert.equal(await dialogOf(page).getByRole('textbox', { name: /^CCCD/ }).inputValue(), '0010');
    await page.goBack();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.waitForFunction(() => !history.state?.smartca);
    assert.equal(await asksBeforeLeaving(), false);
    await page.goForward();
    await settled(page);
    assert.equal(await page.getByRole('dialog').count(), 0, 'forward opens no dialog out of nothing');
    const [hash, length, layer] = await place();
    assert.deepEqual([hash, layer], ['', 0]);
    assert.ok(length >= before);
    assert.deepEqual(page.problems, []);
  });

test('filters and an open certificate live in the address: reload and a shared link bring them back', async () => {
  page = await browser.page(stack);
  await page.getByRole('searchbox').fill('nguyễn');
  await page.waitForFunction(() => location.hash === '#search=nguy%E1%BB%85n');
  await settled(page);
  await page.getByRole('row', { name: /Nguyễn Văn A/ }).first().getByRole('button', { name: /^Actions/ }).click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  await page.getByRole('dialog').waitFor();
  const address = await page.evaluate(() => location.href);
  assert.match(address, /#search=nguy%E1%BB%85n&certificate=\d+$/);
  await page.reload();
  await settled(page);
  assert.equal(await page.getByRole('dialog').count(), 1);
  await page.context().close();
  page = await browser.page(stack, { path: address.slice(stack.proxy.origin.length) });
  await page.getByRole('dialog').waitFor();
  await page.goBack();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await page.getByRole('searchbox').inputValue(), 'nguyễn');
  assert.equal((await place())[0], '#search=nguy%E1%BB%85n');
});

test('a create in a black hole counts its time, is left, and tells how it ended; Show leads to its row', async () => {
  page = await browser.page(stack);
  await page.getByRole('searchbox').fill('zzz');
  await settled(page);
  await page.getByRole('button', { name: 'Create New' }).first().waitFor();
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  await lookUp(page, '031161900001');
  await tick();
  await stack.sandbox.fault({ mode: 'delay', milliseconds: 8000 });
  await create();
  await leaveButton().waitFor({ timeout: 8000 });
  assert.match(await page.getByRole('dialog').innerText(), /Creating · 0:0\d/);
  assert.equal(await dialogOf(page).getByRole('textbox', { name: /^CCCD/ }).getAttribute('readonly'), '');
  await leaveButton().click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText(/^Creating for Nguyễn Văn An · USER\d+…$/).first().waitFor();
  assert.equal(await asksBeforeLeaving(), true);
  await page.getByText(/digital certificates? created/i).first().waitFor({ timeout: 20_000 });
  assert.equal(await asksBeforeLeaving(), false);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('row', { name: /New.*031161900001/ }).waitFor();
  assert.equal(await page.getByRole('searchbox').inputValue(), '');
  await page.goBack();
  await settled(page);
  assert.equal(await page.getByRole('searchbox').inputValue(), 'zzz');
  assert.deepEqual(page.problems, []);
});

test('a list that cannot be read again keeps its rows, and trying again brings it back', async () => {
  page = await browser.page(stack);
  const rows = await page.getByRole('row').count();
  await page.route('**/certificates?*', (route) => route.abort());
  await page.getByRole('searchbox').fill('a');
  const banner = page.getByRole('group', { name: 'The list could not be read again' });
  await banner.waitFor();
  assert.equal(await page.locator('[role=alert], [role=status]').filter({ hasText: 'The list could not be read again' }).count(), 1, 'it is heard once');
  assert.equal(await page.getByRole('row').count(), rows);
  await page.unroute('**/certificates?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await banner.waitFor({ state: 'detached' });
  assert.match(await page.locator('.announcer[role=status]').textContent(), /^\d+ certificates/);
});

test('a portal keeps its history and address, and hears of a create that was left', async () => {
  page = await openPortal(browser, stack, { widget: '<smartca-certificates></smartca-certificates><smartca-create-certificate></smartca-create-certificate>' });
  const before = await place();
  await page.getByRole('searchbox').fill('a');
  await settled(page);
  await page.getByRole('button', { name: /^Actions/ }).first().click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  await page.getByRole('dialog').waitFor();
  assert.deepEqual(await place(), before);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await page.evaluate(() => {
    globalThis.keptEvents = [];
    const dialog = document.querySelector('smartca-create-certificate');
    for (const name of ['closed', 'created', 'cancel']) dialog.addEventListener('smartca-' + name, () => globalThis.keptEvents.push(name));
    dialog.show({ userId: 14 });
  });
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: /^CCCD/ }).fill('001099000001');
  await form.getByRole('button', { name: 'Look up' }).click();
  await tick();
  await stack.sandbox.fault({ mode: 'delay', milliseconds: 5000 });
  await create();
  await leaveButton().click({ timeout: 10_000 });
  await page.waitForFunction(() => globalThis.keptEvents.includes('closed'));
  assert.deepEqual(await place(), before);
  await page.waitForFunction(() => globalThis.keptEvents.includes('created'), undefined, { timeout: 20_000 });
  assert.deepEqual(await page.evaluate(() => globalThis.keptEvents), ['closed', 'created']);
});
