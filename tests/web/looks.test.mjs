// What the hand and the eye meet: nothing that jumps, rows that open, signs that say their name, and colours that an
// extension cannot break.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { settled } from './browser.mjs';
import { chooseUser, dialogOf, english, lookUp, openDialog, submit } from './dialog.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage();
let page;
afterEach(() => page?.context().close());
const row = () => page.getByRole('row', { name: /Nguyễn Văn A 2026/ });
const settledBox = async (of) => { await settled(page); return of.boundingBox(); };

for (const [width, height] of [[1280, 800], [390, 844], [844, 390]]) {
  test(`at ${width}x${height} the dialog keeps its place and size through user, look-up, errors, busy and failure`, async () => {
    page = await browser.page(stack, { width, height, touch: width !== 1280 });
    await openDialog(page);
    const boxes = { open: await settledBox(dialogOf(page)) };
    const note = async (name) => { boxes[name] = await settledBox(dialogOf(page)); };
    await dialogOf(page).getByRole('combobox', { name: english.user }).fill('nguyễn');
    await page.getByRole('option').nth(1).waitFor();
    await note('search');
    await submit(page);
    await note('errors');
    await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
    await note('user');
    await stack.sandbox.fault({ mode: 'delay', milliseconds: 700, path: '/sca' });
    try {
      await dialogOf(page).getByRole('textbox', { name: english.identity }).fill('001099000001');
      await dialogOf(page).getByRole('button', { name: english.lookUp }).click();
      await page.waitForTimeout(200);
      boxes.looking = await dialogOf(page).boundingBox();
    } finally {
      await stack.sandbox.fault({ mode: 'none' });
    }
    await note('found');
    await dialogOf(page).getByRole('switch', { name: english.business }).click();
    await note('business');
    await submit(page);
    await note('more errors');
    await stack.sandbox.fault({ mode: 'status500', path: '/sca' });
    try {
      await lookUp(page, '079099000001');
      await note('failure');
    } finally {
      await stack.sandbox.fault({ mode: 'none' });
    }
    for (const [name, box] of Object.entries(boxes)) assert.deepEqual(box, boxes.open, name);
  });
}

test('a row lights up under the pointer, and a click anywhere in it opens its details', async () => {
  page = await browser.page(stack);
  const quiet = await row().screenshot();
  await row().getByText('001099000001').hover();
  await settled(page);
  assert.notDeepEqual(await row().screenshot(), quiet);
  assert.equal(await row().getByText('001099000001').evaluate((words) => getComputedStyle(words).cursor), 'pointer');
  await row().getByText('001099000001').click();
  await page.getByRole('dialog', { name: 'Nguyễn Văn A 2026' }).waitFor();
  await page.keyboard.press('Escape');
  await settled(page);
  const { x, y, width, height } = await row().boundingBox();
  await page.mouse.click(x + width * 0.6, y + height - 4);  // beside the words
  await page.getByRole('dialog', { name: 'Nguyễn Văn A 2026' }).waitFor();
});

test('the words of a row can still be selected, and a press that closes a menu opens nothing', async () => {
  page = await browser.page(stack);
  const words = await row().getByText('001099000001').boundingBox();
  await page.mouse.move(words.x + 1, words.y + 10);
  await page.mouse.down();
  await page.mouse.move(words.x + words.width - 2, words.y + 10, { steps: 4 });
  await page.mouse.up();
  await settled(page);
  assert.equal(await page.evaluate(() => getSelection().toString().trim()), '001099000001');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.getByRole('button', { name: /Lê Hoàng Phúc$/ }).click();
  await page.getByRole('menuitem').first().waitFor();
  await row().getByText('001099000001').click();
  await settled(page);
  assert.equal(await page.getByRole('menuitem').count(), 0);
  assert.equal(await page.getByRole('dialog').count(), 0);
});

test('the pointed row copies its whole serial number', async () => {
  page = await browser.page(stack, { permissions: ['clipboard-read', 'clipboard-write'] });
  const serial = '540101014e4653549c5a6fdcb9c89999';
  await row().getByText('001099000001').hover();
  await row().getByRole('button', { name: 'Copy ' + serial }).click();
  await settled(page);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), serial);
  assert.equal(await page.getByRole('dialog').count(), 0);
});

test('a letter goes to the menu item that begins with it', async () => {
  page = await browser.page(stack, { locale: 'vi' });
  await page.getByRole('button', { name: /Trần Thị Bích Ngọc$/ }).click();
  const items = page.getByRole('menuitem');
  await items.first().waitFor();
  await settled(page);
  const focused = () => items.evaluateAll((all) => all.findIndex((item) => item.getRootNode().activeElement === item));
  const letters = (await items.allTextContents()).map((text) => text.normalize('NFD')[0].toLowerCase().replace('đ', 'd'));
  await page.keyboard.press(letters[3]);
  await settled(page);
  assert.equal(await focused(), letters.lastIndexOf(letters[3]));
  await page.keyboard.press(letters[0]);
  await settled(page);
  assert.equal(await focused(), 0);
});

test('buttons that show a sign tell their name to a pointer that rests on them', async () => {
  page = await browser.page(stack);
  for (const name of ['Dark theme', /Nguyễn Văn A 2026$/]) {
    const button = page.getByRole('button', { name });
    assert.equal(await button.getAttribute('title'), await button.evaluate((element) => element.textContent || element.ariaLabel));
  }
  assert.equal(await page.getByRole('button', { name: 'Reset' }).getAttribute('title'), null);
  await openDialog(page);
  assert.equal(await dialogOf(page).getByRole('button', { name: 'Close' }).getAttribute('title'), 'Close');
});

// What Dark Reader's dynamic theme does to a shadow root (its own package was tried by hand): rules of the same selectors with
// light words after ours, and rules that outdo colours of an element's own.
function darken() {
  const { shadowRoot } = document.querySelector('smartca-certificates');
  const style = document.createElement('style');
  style.className = 'darkreader darkreader--sync';
  style.textContent = `.t { color: rgb(232, 230, 227) !important; } input, textarea { color: rgb(232, 230, 227) !important; caret-color: #fff !important; }
    [data-darkreader-inline-color] { color: rgb(232, 230, 227) !important; }`;
  shadowRoot.append(style);
  for (const field of shadowRoot.querySelectorAll('.field')) field.setAttribute('data-darkreader-inline-color', '');
}

test('what is typed keeps its ink where an extension darkens the page, and the page of our own asks not to be darkened', async () => {
  page = await browser.page(stack);
  assert.equal(await page.locator('meta[name=darkreader-lock]').count(), 1);
  await openDialog(page);
  await page.evaluate(darken);
  const field = dialogOf(page).getByRole('textbox', { name: english.identity });
  await field.fill('001099000001');
  await settled(page);
  assert.equal(await field.evaluate((element) => getComputedStyle(element).color), 'rgb(24, 33, 43)');
  assert.equal(await field.evaluate((element) => getComputedStyle(element).caretColor), 'rgb(24, 33, 43)');
  const password = async () => {
    await dialogOf(page).getByRole('switch', { name: english.business }).click();
    await page.evaluate(darken);
    return dialogOf(page).getByRole('textbox', { name: english.password });
  };
  assert.equal(await (await password()).evaluate((element) => getComputedStyle(element).color), 'rgb(24, 33, 43)');
});
