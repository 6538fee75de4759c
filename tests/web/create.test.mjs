// One whole create in each way in which the page can be shown, and what is an engine's own beside it: keys and focus, the
// clipboard. In each engine, in the dark.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { join } from 'node:path';
import { root } from '../scenario/harness.mjs';
import { assertPainted, diagnostics, settled } from './browser.mjs';
import { agree, chooseUser, dialogOf, english, foundList, lookUp, openDialog, submit } from './dialog.mjs';
import { openStage } from './stage.mjs';
import { focusedElement } from './typing.mjs';

const { stack, browser } = await openStage({ theme: 'dark' });
let page;
afterEach(() => page?.context().close());

const focused = async () => {
  await settled(page);
  return page.evaluate(`((element) => element.labels?.[0]?.textContent ?? element.ariaLabel ?? element.textContent)((${focusedElement})())`);
};
const field = (name) => dialogOf(page).getByRole('textbox', { name });
const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

const rowsOfAn = async () =>
  (await stack.api('GET', 'certificates?page=1&pageSize=100')).body.items.filter((row) => row.userName === 'Nguyễn Văn An');

// The way of showing, its mode, and the certificate that is added in it: each create adds another one.
const ways = [['auto', 'canvas', /PERSONAL PRO/], ['dom', 'dom', /SMARTCA PERSONAL ·/], ['flow', 'dom', /ESEAL/]];
for (const [painting, mode, certificate] of ways)
  test(`a whole create, shown as "${painting}": looked up, with an image, asked about, added and listed`, async () => {
    const before = await rowsOfAn();
    page = await browser.page(stack, { theme: 'dark', path: `/?painting=${painting}` });
    assert.equal((await diagnostics(page)).mode, mode);
    if (mode === 'canvas') await assertPainted(page);
    await openDialog(page);
    await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
    await lookUp(page, '001099000001');
    await foundList(page).getByRole('checkbox', { name: certificate }).check();
    await page.locator('input[type=file]').setInputFiles(join(root, 'assets/readme/dialog.png'));
    await dialogOf(page).getByText('dialog.png').first().waitFor();
    await submit(page);
    await agree(page);
    await page.getByText('Digital certificate created').first().waitFor();
    assert.equal(await focused(), '+ Create New');
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.equal((await rowsOfAn()).length, before.length + 1);
  });

test('by keyboard alone: a user is found and picked, the Tab key goes on, Escape asks first and gives the focus back', async () => {
  page = await browser.page(stack, { theme: 'dark' });
  await page.getByRole('button', { name: english.open }).first().focus();
  await press('Enter');
  await dialogOf(page).getByRole('combobox', { name: english.user }).waitFor();
  await settled(page);
  await page.keyboard.type('tran thi bich');
  await page.getByRole('option', { name: /^Trần Thị Bích Ngọc/ }).first().waitFor();
  await press('ArrowDown', 'Enter', 'Tab');
  assert.match(await focused(), english.identity);
  await page.keyboard.type('001099000001');
  await press('Escape');
  await page.getByRole('alertdialog').waitFor();
  assert.equal(await focused(), 'Keep editing');
  await press('Escape');
  assert.match(await focused(), english.identity);
  assert.equal(await field(english.identity).inputValue(), '001099000001');
  await press('Escape');
  await page.getByRole('alertdialog').waitFor();
  await press('Tab', 'Enter');
  assert.equal(await focused(), '+ Create New');
  assert.equal(await page.getByRole('dialog').count(), 0);
});

test('the dialog of a portal\'s page: the Tab key goes through its controls and stops nowhere else', async () => {
  page = await browser.page(stack, { theme: 'dark' });
  await page.evaluate(() => {
    const dialog = document.createElement('smartca-create-certificate');
    for (const name of ['open', 'locale']) dialog.setAttribute(name, name === 'locale' ? 'en' : '');
    document.querySelector('smartca-certificates').replaceWith(dialog);
  });
  await dialogOf(page).getByRole('combobox', { name: english.user }).waitFor();
  const stops = [];
  for (let i = 0; i < 20; i++) {
    await press('Tab');
    stops.push(await page.evaluate(`((element) => element.tagName + ' ' + (element.name || element.textContent))((${focusedElement})())`));
  }
  assert.ok(stops.includes('BUTTON Create New'), 'it comes to the end');
  // Chromium and Firefox pass by the page itself, where the browser's own controls would be.
  assert.deepEqual(stops.filter((stop) => !/^(INPUT|TEXTAREA|BUTTON|BODY) /.test(stop)), []);
});

test('decomposed text from the clipboard arrives composed, and is taken back as one edit', async () => {
  page = await browser.page(stack, { theme: 'dark' });
  await openDialog(page);
  const content = field(english.content);
  const text = 'nghiễng quyển đường';
  await content.fill('');
  await field(english.serial).fill(text.normalize('NFD'));
  await press('Control+a', 'Control+x');
  await content.focus();  // WebKit takes all that was typed since the focus came back as one
  await press('Control+v');
  assert.equal(await content.inputValue(), text);
  // Its Control+Z does nothing in WebKitGTK 2.50 under WebDriver, in a plain field neither.
  await page.evaluate("document.execCommand('undo')");
  assert.equal(await content.inputValue(), '');
});
