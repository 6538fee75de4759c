// What a field shows of its own lies, to the pixel, where it is painted while the focus is elsewhere. In each engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import pngjs from 'pngjs';
import { settled } from './browser.mjs';
import { dialogOf, english, openDialog } from './dialog.mjs';
import { openStage } from './stage.mjs';
import { picked } from './states.mjs';

const { stack, browser } = await openStage();
const pixelsOf = (picture) => pngjs.PNG.sync.read(picture);

// WebKitGTK 2.50 advances by whole CSS pixels, so at 2 device pixels a pixel its own text is up to 1 % longer or shorter than ours.
const densities = browser.engine === 'webkit' ? [1] : [1, 1.5, 2];

for (const density of densities) {
  test(`text stands where it stood when its field takes the focus, and no accent is cut off (${density} device pixels a pixel)`, async (t) => {
    const sharp = await browser.page(stack, { density });
    const field = sharp.getByRole('searchbox').first();
    await field.fill('Ẫ Ỗ Ẵ AVATAR To. Wy LTd ffi Nguyễn gõ 0123');  // with pairs that a browser would move together
    const { x, y, width, height } = await field.boundingBox();
    const clip = { x: x + 10, y: y + 3, width: width - 20, height: height - 6 };
    await settled(sharp);
    const shown = pixelsOf(await sharp.screenshot({ clip }));
    await sharp.getByRole('button', { name: 'Reset' }).focus();
    await settled(sharp);
    const painted = pixelsOf(await sharp.screenshot({ clip }));
    const [before, after] = [inkOf(shown), inkOf(painted)];
    t.diagnostic(`the field's own ${JSON.stringify(before)}, painted ${JSON.stringify(after)}`);
    for (const side of ['left', 'top', 'right', 'bottom'])
      assert.ok(Math.abs(before[side] - after[side]) <= 1, `${side}: ${before[side]} and ${after[side]} device pixels`);
    await sharp.context().close();
  });
}

test('in the dark the painting tells words apart by their colours: muted, mandatory, and red on the white document', async () => {
  const page = await browser.page(stack, { theme: 'dark' });
  const dark = page.getByRole('button', { name: 'Dark theme' });
  if (await dark.count()) await dark.click();  // where the engine cannot be told what the system prefers
  await picked(page, english);
  const coloursOf = async (locator) => {
    const { data } = pixelsOf(await page.screenshot({ clip: await locator.boundingBox(), caret: 'initial' }));
    return Array.from({ length: data.length / 4 }, (_, i) => [...data.subarray(4 * i, 4 * i + 3)]);
  };
  const [muted, star, signed] = await Promise.all([
    page.getByText('Attach a certificate registered'), page.getByText('*', { exact: true }).first(), page.getByText(/^Signed by: /).first(),
  ].map(coloursOf));
  assert.ok(muted.every((colour) => Math.max(...colour) < 215), 'muted words are less bright than others');
  assert.ok(star.some(([red, green]) => red > green + 80), 'the star of a mandatory field is red');
  assert.ok(signed.some(([red, green, blue]) => red > 150 && green < 120 && blue < 120), 'what is signed is red on white');
  await page.context().close();
});

test('the dots of a password are the same to the last pixel with the focus and without', async () => {
  for (const density of densities.slice(0, 2)) {
    const sharp = await browser.page(stack, { density });
    await openDialog(sharp);
    await dialogOf(sharp).getByRole('switch', { name: english.business }).click();
    const field = dialogOf(sharp).getByRole('textbox', { name: english.password });
    await field.fill('mật khẩu 12');
    await settled(sharp);
    const { x, y, width, height } = await field.boundingBox();
    const clip = { x: x + 4, y: y + 4, width: width - 48, height: height - 8 };
    const focused = pixelsOf(await sharp.screenshot({ clip }));
    await dialogOf(sharp).getByRole('textbox', { name: english.content }).focus();
    await settled(sharp);
    const left = pixelsOf(await sharp.screenshot({ clip }));
    assert.ok(inkOf(left).right > 60 * density, 'dots are to be seen');
    assert.ok(left.data.equals(focused.data));
    await sharp.context().close();
  }
});

// The rectangle of what is clearly darker than the field's white, in device pixels.
function inkOf({ width, height, data }) {
  const ink = { left: width, top: height, right: -1, bottom: -1 };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (data[(y * width + x) * 4 + 1] < 160) {
        ink.left = Math.min(ink.left, x);
        ink.right = Math.max(ink.right, x);
        ink.top = Math.min(ink.top, y);
        ink.bottom = Math.max(ink.bottom, y);
      }
  return ink;
}
