// The signature image by every way in: chosen (flow.test.mjs), pasted, dropped.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../scenario/harness.mjs';
import { settled } from './browser.mjs';
import { dialogOf, english, openDialog } from './dialog.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage();
let page;
afterEach(() => page?.context().close());

const open = async () => {
  page = await browser.page(stack, { permissions: ['clipboard-read', 'clipboard-write'] });
  await openDialog(page);
};
// A picture of 40 x 20 pixels on the clipboard, and what is said beside it.
const copyPicture = (text) => page.evaluate(async (words) => {
  const canvas = new OffscreenCanvas(40, 20);
  canvas.getContext('2d').fillRect(4, 4, 12, 12);
  const parts = { 'image/png': await canvas.convertToBlob() };
  if (words) parts['text/plain'] = new Blob([words], { type: 'text/plain' });
  await navigator.clipboard.write([new ClipboardItem(parts)]);
}, text);
const shows = (size) => dialogOf(page).getByText(size).first().waitFor();
const content = () => dialogOf(page).getByRole('textbox', { name: english.content });

test('a picture on the clipboard is pasted as the signature image', async () => {
  await open();
  await copyPicture('');
  await dialogOf(page).getByRole('button', { name: english.lookUp }).focus();
  await page.keyboard.press('Control+V');
  await shows(/^40 × 20/);
});

test('cells copied from a spreadsheet go into a field as text, not as the picture that comes with them', async () => {
  await open();
  await copyPicture('Giám đốc');
  await content().fill('');
  await content().focus();
  await page.keyboard.press('Control+V');
  await settled(page);
  assert.equal(await content().inputValue(), 'Giám đốc');
  assert.equal(await dialogOf(page).getByText(/^40 × 20/).count(), 0);
});

test('a picture dropped on its place is taken, one dropped beside it does nothing', async () => {
  await open();
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files: [join(root, 'assets/readme/dialog.png')], dragOperationsMask: 1 };
  const drop = async (x, y) => {
    for (const type of ['dragEnter', 'dragOver', 'drop']) await client.send('Input.dispatchDragEvent', { type, x, y, data });
    await settled(page);
  };
  const { x, y, width, height } = await dialogOf(page).locator('.FileButton').boundingBox();
  const address = page.url();
  await drop(x + width / 2, y - 160);
  assert.equal(await dialogOf(page).getByText('dialog.png').count(), 0);
  await drop(x + width / 2, y + height / 2);
  await dialogOf(page).getByText('dialog.png').first().waitFor();
  assert.equal(page.url(), address);
});

test('a picture that turns out to be damaged leaves the one before, and says so', async () => {
  await open();
  const input = page.locator('input[type=file]');
  const good = join(root, 'assets/demo/signature.png');
  await input.setInputFiles(good);
  await shows(/^640 × 420/);
  const damaged = (await readFile(good)).subarray(0, 400);
  await input.setInputFiles({ name: 'damaged.png', mimeType: 'image/png', buffer: damaged });
  await shows(/This file is not used/);
  await shows('signature.png');
  await shows(/^640 × 420/);
  assert.equal(await dialogOf(page).getByText('damaged.png').count(), 0);
});
