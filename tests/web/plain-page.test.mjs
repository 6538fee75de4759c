// The plain page: the twins as text that the browser lays out, for whoever wants other sizes and distances of type.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { diagnostics, inMode, settled } from './browser.mjs';
import { chooseUser, dialogOf, english, foundList, lookUp, openDialog, submit } from './dialog.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage();
let page;
afterEach(() => page?.context().close());

test('a button of the page shows it as a plain page, now and on the next visit, and another press as designed', async () => {
  page = await browser.page(stack);
  const plain = page.getByRole('button', { name: 'Show as a plain page' });
  const designed = page.getByRole('button', { name: 'Show as designed' });
  await plain.focus();
  await page.keyboard.press('Enter');
  await inMode(page, 'dom');
  await settled(page);
  assert.ok(await designed.evaluate((button) => button.getRootNode().activeElement === button));
  await page.reload();
  await settled(page);
  assert.equal((await diagnostics(page)).mode, 'dom');
  await designed.click();
  await inMode(page, 'canvas');
  await settled(page);
  await page.reload();
  await settled(page);
  assert.equal((await diagnostics(page)).mode, 'canvas');
});

for (const [theme, width] of [['light', 1280], ['dark', 1280], ['dark', 390]])
  test(`the plain page hides no word by its colour: ${theme}, ${width} pixels`, async () => {
    page = await browser.page(stack, { path: '/?painting=flow', theme, width });
    const pale = () => page.evaluate(() => {
      const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
      const light = ([red, green, blue]) => [red, green, blue]
        .map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4))
        .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
      const ground = (element) => {
        for (; element; element = element.parentElement) {
          const [red, green, blue, alpha = 1] = channels(getComputedStyle(element).backgroundColor);
          if (alpha === 1) return [red, green, blue];
        }
        return [255, 255, 255];
      };
      return [...document.querySelector('smartca-certificates').shadowRoot.querySelectorAll('.stage .words, .stage .press, .stage .field')]
        .filter((twin) => !twin.closest('[inert]') && twin.getClientRects().length > 0 && !twin.ariaDisabled)
        .filter((twin) => {
          const [darker, lighter] = [light(channels(getComputedStyle(twin).color)), light(ground(twin))].sort((one, other) => one - other);
          return (lighter + 0.05) / (darker + 0.05) < 4.5;
        }).map((twin) => twin.textContent || twin.name);
    });
    assert.deepEqual(await pale(), []);
    await openDialog(page);
    await submit(page);
    await settled(page);
    assert.deepEqual(await pale(), []);
    await page.keyboard.press('Escape');
    for (const [action, role] of [['Details', 'dialog'], ['Rename', 'dialog'], ['Delete', 'alertdialog']]) {
      await page.getByRole('button', { name: /^Actions for/ }).first().click();
      await page.getByRole('menuitem', { name: action }).click();
      await page.getByRole(role).waitFor();
      await settled(page);
      assert.deepEqual(await pale(), [], action);
      await page.keyboard.press('Escape');
      await page.getByRole(role).waitFor({ state: 'detached' });
    }
  });

test('what SmartCA has is no wider than the window, however long its serial numbers and names are: 320 pixels', async () => {
  page = await browser.page(stack, { path: '/?painting=flow', width: 320 });
  await page.route('**/api/v1/lookups', async (route) => {
    const answer = await (await route.fetch()).json();
    Object.assign(answer.certificates[0], { serial: '5401'.repeat(10), commonName: 'Nguyễn'.repeat(12) });
    await route.fulfill({ json: answer });
  });
  await openDialog(page);
  await lookUp(page, '001099000001');
  await foundList(page).waitFor();
  await settled(page);
  assert.deepEqual(await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('smartca-certificates');
    return [...shadowRoot.querySelectorAll('.Dialog .t')].filter((twin) => !twin.matches('.field') && twin.scrollWidth > twin.clientWidth + 1 && twin.clientWidth > 0).map((twin) => twin.textContent || twin.ariaLabel);
  }), []);
});

for (const width of [1280, 390, 320])
  test(`the plain page lays terms and what they mean side by side, and cuts no word off: ${width} pixels`, async () => {
    page = await browser.page(stack, { path: '/?painting=flow', width });
    await page.getByRole('button', { name: /^Actions for/ }).first().click();
    await page.getByRole('menuitem', { name: 'Details' }).click();
    await page.getByRole('button', { name: 'Ask again', disabled: false }).waitFor();
    await settled(page);
    const { pairs, cut, sideways } = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector('smartca-certificates');
      const [dialog] = shadowRoot.querySelectorAll('.Dialog');
      return {
        pairs: [...dialog.querySelectorAll('dt')].map((term) => [term, term.nextElementSibling].map((one) => one.getBoundingClientRect()))
          .map(([term, value]) => term.right <= value.left && term.top < value.bottom && value.top < term.bottom),
        cut: [...dialog.querySelectorAll('.words, .press')].filter((twin) => twin.scrollWidth > twin.clientWidth + 1).map((twin) => twin.textContent),
        sideways: shadowRoot.querySelector('.stage').scrollWidth - innerWidth,
      };
    });
    assert.ok(pairs.length > 5 && pairs.every(Boolean), `${pairs}`);
    assert.deepEqual(cut, []);
    assert.ok(sideways <= 0, `${sideways} pixels too wide`);
  });

test('in the plain page every control of the dialog stands within it, and the preview keeps its lines', async () => {
  page = await browser.page(stack, { path: '/?painting=flow', height: 2200, width: 1000 });
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn a', /^Nguyễn Văn A /);
  await settled(page);
  const dialog = await page.getByRole('dialog').boundingBox();
  const outside = await page.getByRole('dialog').locator('.press, .field').evaluateAll((controls, { y, height }) => controls
    .filter((control) => control.getBoundingClientRect().bottom > y + height).map((control) => control.textContent), dialog);
  assert.deepEqual(outside, []);
  const preview = page.getByText(/^Signed by: Nguyễn Văn A/).last();
  const line = await preview.evaluate((element) => parseFloat(getComputedStyle(element).lineHeight));
  assert.ok((await preview.boundingBox()).height > 1.9 * line);
});

test('in the plain page the signature image stands on the white of the document, and no number of the list is broken', async () => {
  page = await browser.page(stack, { path: '/?painting=flow', theme: 'dark' });
  for (const text of ['CCCD/HC/MST', 'SmartCA', 'Business', '001099000001'])
    assert.ok((await page.getByText(text, { exact: true }).first().boundingBox()).height < 28, text);
  await page.emulateMedia({ forcedColors: 'active' });
  await openDialog(page);
  const image = dialogOf(page).getByRole('img', { name: 'Signature image' }).locator('canvas').first();
  await image.waitFor();
  assert.equal(await image.evaluate((canvas) => getComputedStyle(canvas).backgroundColor), 'rgb(255, 255, 255)');
});

test('in the plain page a sentence is one line, and a logo that is not there takes no room', async () => {
  page = await browser.page(stack, { path: '/?painting=flow' });
  const left = await page.getByRole('banner').evaluate((banner) => banner.querySelector('.words').getBoundingClientRect().left
    - banner.getBoundingClientRect().left - parseFloat(getComputedStyle(banner).paddingLeft));
  assert.equal(left, 0);
  await openDialog(page);
  await page.getByText('Fields marked * are required.', { exact: true }).waitFor();
});

test('on the plain page and on paper the signature content stands with all its lines', { skip: browser.engine === 'firefox' && 'has no field-sizing' }, async () => {
  page = await browser.page(stack, { path: '/?painting=flow' });
  await openDialog(page);
  const content = dialogOf(page).getByRole('textbox', { name: english.content });
  await content.fill('one\ntwo\nthree\nfour\nfive');
  await settled(page);
  const hidden = () => content.evaluate((field) => field.scrollHeight - field.clientHeight);
  assert.equal(await hidden(), 0);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await hidden(), 0);
});

for (const width of [1280, 360])
  test(`a list of the plain page is seen whole beside its field, and what is marked in it is too: ${width} pixels`, async () => {
    page = await browser.page(stack, { path: '/?painting=flow', width, height: 640 });
    await openDialog(page);
    const isSeen = async (locator) => {
      const { y, height } = await locator.boundingBox();
      return y >= 0 && y + height <= 640;
    };
    const user = dialogOf(page).getByRole('combobox', { name: english.user });
    await user.fill('an');
    await page.getByRole('option').nth(9).waitFor();
    await settled(page);
    for (let presses = 0; presses < 8; ++presses) await page.keyboard.press('ArrowDown');
    await settled(page);
    assert.ok(await isSeen(user));
    assert.ok(await isSeen(page.getByRole('option', { selected: true })));
    await page.keyboard.press('Escape');
    const text = dialogOf(page).getByRole('textbox', { name: /^Signature content/ });
    await text.fill('{{');
    await page.getByRole('option').first().waitFor();
    await settled(page);
    assert.ok(await isSeen(text));
    assert.ok(await isSeen(page.getByRole('option').first()));
  });
