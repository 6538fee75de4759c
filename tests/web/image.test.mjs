// The signature image by every way in: chosen, pasted, dropped; and what is sent of it.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { root } from '../scenario/harness.mjs';
import { settled } from './browser.mjs';
import { chooseUser, dialogOf, english, lookUp, openDialog, submit } from './dialog.mjs';
import { openStage } from './stage.mjs';

const identity = '001099000777';
const { stack, browser } = await openStage({ identities: { identities: [{ id: identity, certificates: [
  { service: 'SMARTCA', package: 'SMARTCA PERSONAL', subject: ['C=VN', 'CN=Nguyễn Văn An', `UID=CCCD:${identity}`], from: -100, to: 265 }] }] } });
const cases = join(root, 'tests/cases/images');
const demo = join(root, 'assets/demo/signature.png');
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
const shows = (words) => dialogOf(page).getByText(words).first().waitFor();
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

// A file dragged over the dialog: `over(x, y)` moves it, `drop(x, y)` lets it go.
async function dragging(file) {
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  const send = async (type, x, y) => {
    await client.send('Input.dispatchDragEvent', { type, x, y, data });
    await settled(page);
  };
  return {
    over: async (x, y) => {
      await send('dragEnter', x, y);
      await send('dragOver', x, y);
    },
    drop: (x, y) => send('drop', x, y),
  };
}
const middleOf = async (locator) => {
  const { x, y, width, height } = await locator.boundingBox();
  return [x + width / 2, y + height / 2];
};

test('a file dropped anywhere on the image\'s card, its buttons or the preview is taken, one dropped elsewhere does nothing', async () => {
  await open();
  const address = page.url();
  const dialog = dialogOf(page);
  const button = dialog.locator('.FileButton');
  const { x, y } = await button.boundingBox();
  const places = {
    'the thumbnail': [x + 50, y - 50], 'the words': [x + 200, y - 50], 'the card\'s edge': [x + 2, y - 10], 'the button': await middleOf(button),
    'beside the buttons': [x + 250, y + 16], 'Reset': await middleOf(dialog.getByRole('button', { name: /^Reset the signature image/ })),
    'the preview': [x + 100, y - 240],
  };
  const drag = await dragging(join(root, 'assets/readme/dialog.png'));
  for (const elsewhere of [await middleOf(dialog.getByRole('textbox', { name: english.identity })), [30, 30]]) {
    await drag.over(...elsewhere);
    await drag.drop(...elsewhere);
    assert.equal(await dialog.getByText('dialog.png').count(), 0);
    assert.equal(page.url(), address);
  }
  for (const [place, at] of Object.entries(places)) {
    await drag.over(...at);
    await dialog.getByText('Drop to use as the signature image').waitFor();
    await drag.drop(...at);
    await dialog.getByText('dialog.png').first().waitFor({ timeout: 5_000 }).catch(() => assert.fail(`not taken: ${place}`));
    await dialog.getByRole('button', { name: /^Reset the signature image/ }).click();
    await settled(page);
  }
  assert.equal(page.url(), address);
});

test('a file that is dragged away again leaves the card as it was', async () => {
  await open();
  const drag = await dragging(demo);
  await drag.over(900, 300);
  const words = dialogOf(page).getByText('Drop to use as the signature image');
  await words.waitFor();
  await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('smartca-certificates');
    shadowRoot.querySelector('.dropTarget').dispatchEvent(new DragEvent('dragleave', { bubbles: true, relatedTarget: null }));
  });
  await words.waitFor({ state: 'detached' });
});

test('a picture that turns out to be damaged leaves the one before, and says so', async () => {
  await open();
  const input = page.locator('input[type=file]');
  await input.setInputFiles(demo);
  await shows(/^640 × 420/);
  const damaged = (await readFile(demo)).subarray(0, 400);
  await input.setInputFiles({ name: 'damaged.png', mimeType: 'image/png', buffer: damaged });
  await shows(/This file is damaged/);
  await shows('signature.png');
  await shows(/^640 × 420/);
  assert.equal(await dialogOf(page).getByText('damaged.png', { exact: true }).count(), 0);
});

// ---- what is sent

const choose = async (file) => {
  await page.locator('input[type=file]').setInputFiles(typeof file === 'string' ? join(cases, file) : file);
  await settled(page);
};
// Everything but the image, so that it can be sent.
async function openFilled() {
  await open();
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  await lookUp(page, identity);
}
// The image in the create as it goes to the proxy, which here refuses each: the dialog stays.
async function sent() {
  const body = { type: 'about:blank', title: 'x', status: 422, code: 'findings', requestId: 'x',
    findings: [{ field: 'identity', code: 'noCertificate', severity: 'error', message: 'x', arguments: {} }] };
  let image = null;
  await page.route('**/api/v1/certificates', (route) => {
    image = route.request().postDataJSON().signatureImage;
    return route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify(body) });
  });
  await submit(page);
  await page.unroute('**/api/v1/certificates');
  return image && { ...image, bytes: Buffer.from(image.data, 'base64') };
}
// The dimensions in a JPEG's frame header.
function sizeOfJpeg(bytes) {
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2))
    if (bytes[at + 1] >= 0xc0 && bytes[at + 1] <= 0xc2) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
  return null;
}
// A picture as a file of that type, made by the page: of one colour, or noise above and nothing below.
const drawn = (width, height, type, colour) => page.evaluate(async ([w, h, kind, fill]) => {
  const canvas = new OffscreenCanvas(w, h);
  const context = canvas.getContext('2d');
  if (fill) {
    context.fillStyle = fill;
    context.fillRect(0, 0, w, h);
  } else {
    const image = context.createImageData(w, h / 4);
    for (let at = 0; at < image.data.length; at += 65536) crypto.getRandomValues(image.data.subarray(at, at + 65536));
    context.putImageData(image, 0, 0);
  }
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: kind })).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}, [width, height, type, colour]).then((base64) => Buffer.from(base64, 'base64'));

test('a photograph is sent upright and without its EXIF data, and the card says what was done', async () => {
  await openFilled();
  await choose('exif6.jpg');
  await shows(/^240 × 600/);
  await shows(/^turned/);
  const { bytes, mediaType, name } = await sent();
  assert.deepEqual([mediaType, name], ['image/jpeg', 'exif6.jpg']);
  assert.deepEqual(sizeOfJpeg(bytes), [240, 600]);
  assert.ok(!bytes.includes('Exif'));
});

// Of a PNG.
const chunk = (type, data) => {
  const [body, size, sum] = [Buffer.concat([Buffer.from(type), data]), Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
};

test('what browsers do not turn is not said to be turned, nor sent lying', async () => {
  await open();
  // TIFF of one entry, in little-endian: type 3 is SHORT, 4 LONG.
  const exif = (orientation, type = 3) =>
    Buffer.from(`49492a0008000000010012010${type}00010000000${orientation}00000000000000`, 'hex');
  const segment = (tiff) => Buffer.concat([Buffer.from([0xff, 0xe1, 0, tiff.length + 8]), Buffer.from('Exif\0\0'), tiff]);
  const [jpeg, png] = [await drawn(60, 24, 'image/jpeg', 'red'), await drawn(60, 24, 'image/png', 'red')];
  const files = {
    'first-counts.jpg': [jpeg, 2, [segment(exif(6)), segment(exif(1))], /^24 × 60/],
    'second-does-not.jpg': [jpeg, 2, [segment(exif(1)), segment(exif(6))], /^60 × 24/],
    'long.jpg': [jpeg, 2, [segment(exif(6, 4))], /^60 × 24/],
    'before.png': [png, 33, [chunk('eXIf', exif(6))], /^24 × 60/],
    'after.png': [png, png.length - 12, [chunk('eXIf', exif(6))], /^60 × 24/],
  };
  for (const [name, [file, at, parts, size]] of Object.entries(files)) {
    await choose({ name, mimeType: 'image/png', buffer: Buffer.concat([file.subarray(0, at), ...parts, file.subarray(at)]) });
    await shows(name);
    await shows(size);
    assert.equal(await dialogOf(page).getByText(/^turned/).count(), size.source.startsWith('^24') ? 1 : 0, name);
  }
});

test('a picture with a side that the proxy does not take is made smaller', async () => {
  await open();
  const row = Buffer.alloc(13);
  row.writeUInt32BE(66000);
  row.writeUInt32BE(1, 4);
  row[8] = 8;  // of grey
  const buffer = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', row),
    chunk('IDAT', deflateSync(Buffer.alloc(66001))), chunk('IEND', Buffer.alloc(0))]);
  await choose({ name: 'line.png', mimeType: 'image/png', buffer });
  await shows(/^made smaller/);
});

test('a photograph that is upright keeps each of its pixels and loses the place where it was taken', async () => {
  await openFilled();
  await choose('gps.jpg');
  await shows('only the still picture kept');
  const original = await readFile(join(cases, 'gps.jpg'));
  const { bytes } = await sent();
  const pixels = (file) => file.subarray(file.indexOf(Buffer.from('ffda', 'hex')));
  assert.ok(original.includes('Exif') && !bytes.includes('Exif'));
  assert.ok(bytes.length > 5000 && original.length - bytes.length > 200);
  assert.deepEqual(pixels(bytes), pixels(original));
});

test('of a picture that moves, and of one with something behind it, the still picture is kept, and that is said', async () => {
  await openFilled();
  const [png, jpeg] = [await drawn(60, 24, 'image/png', 'red'), await drawn(60, 24, 'image/jpeg', 'red')];
  const numbers = (...all) => Buffer.concat(all.map((each) => Buffer.from([0, 0, 0, each])));
  const [at, end] = [png.indexOf('IDAT') - 4, png.length - 12];
  const pixels = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
  const frame = (number) => chunk('fcTL', Buffer.concat([numbers(number, 60, 24, 0, 0), Buffer.from([0, 1, 0, 1, 0, 0])]));
  const moving = Buffer.concat([png.subarray(0, at), chunk('acTL', numbers(2, 0)), frame(0), png.subarray(at, end), frame(1),
    chunk('fdAT', Buffer.concat([numbers(2), pixels])), png.subarray(end)]);
  const archive = Buffer.from('PK\x03\x04 an archive');
  const files = { 'moving.png': [moving, png], 'archive.png': [Buffer.concat([png, archive]), png], 'archive.jpg': [Buffer.concat([jpeg, archive]), jpeg] };
  for (const [name, [buffer, still]] of Object.entries(files)) {
    await choose({ name, mimeType: 'image/png', buffer });
    await shows(name);
    await shows('only the still picture kept');
    assert.deepEqual((await sent()).bytes, still, name);
  }
});

test('a PNG or JPEG that is as it should be is sent byte for byte', async () => {
  await openFilled();
  for (const file of ['cmyk.jpg', 'sixteen.png', demo]) {
    const bytes = await readFile(file === demo ? demo : join(cases, file));
    await choose(file === demo ? { name: 'signature.png', mimeType: 'image/png', buffer: bytes } : file);
    await shows(file === demo ? /^640 × 420 · / : /^600 × 240 · /);
    assert.deepEqual((await sent()).bytes, bytes, file);
  }
});

test('what a browser can show and the proxy does not take is converted', async () => {
  await openFilled();
  for (const file of ['webp-as.png', 'gif-as.png']) {
    await choose(file);
    await shows(/^converted/);
    const { bytes, mediaType } = await sent();
    assert.equal(mediaType, 'image/png', file);
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [600, 240]);
  }
});

test('a picture of too many pixels and bytes is made smaller, and stays transparent where it was', async () => {
  await openFilled();
  for (const type of ['image/png', 'image/jpeg']) {
    const buffer = await drawn(2600, 2000, type);
    assert.ok(buffer.length > 1024 * 1024, String(buffer.length));
    await choose({ name: 'large', mimeType: type, buffer });
    await shows(/^made smaller, .* MB → /);
    const { bytes, mediaType } = await sent();
    assert.equal(mediaType, type);
    assert.ok(bytes.length <= 1024 * 1024);
    if (type === 'image/png') assert.equal(bytes[25], 6, 'with transparency');
  }
});

test('a file that ends early is refused with a sentence, and the image before stays', async () => {
  await openFilled();
  const gps = await readFile(join(cases, 'gps.jpg'));
  await choose('gif-as.png');
  for (const file of ['truncated.png', { name: 'cut.jpg', mimeType: 'image/jpeg', buffer: gps.subarray(0, 9000) }]) {
    await choose(file);
    await shows(/This file is damaged/);
    await shows('gif-as.png');
  }
  assert.equal((await sent()).name, 'gif-as.png');
});

test('the twins that show themselves follow each image that is chosen', async () => {
  page = await browser.page(stack, { path: '/?painting=dom' });
  await openDialog(page);
  const colours = () => page.evaluate(() => [...document.querySelector('smartca-certificates').shadowRoot.querySelectorAll('.Image canvas')]
    .map((canvas) => [...canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data.subarray(0, 3)].join()));
  for (const [name, colour, rgb] of [['red', '#f00', '255,0,0'], ['green', '#0f0', '0,255,0'], ['blue', '#00f', '0,0,255']]) {
    const buffer = await drawn(60, 40, 'image/png', colour);
    await choose({ name: `${name}.png`, mimeType: 'image/png', buffer });
    assert.deepEqual(await colours(), [rgb, rgb], name);
  }
});

test('what takes longer than a blink is shown with a way to stop it, which brings the image before back', async () => {
  await open();
  await choose('gps.jpg');
  await page.evaluate(() => {
    const decode = globalThis.createImageBitmap;
    globalThis.held = new Promise((go) => { globalThis.goOn = go; });
    globalThis.createImageBitmap = async (source, ...rest) => {
      if (source instanceof File) await globalThis.held;
      return decode(source, ...rest);
    };
  });
  const dialog = dialogOf(page);
  const input = page.locator('input[type=file]');
  await input.setInputFiles(join(cases, 'exif6.jpg'));
  await dialog.getByText(/turning it upright/).waitFor();
  await dialog.getByText(/being prepared/).waitFor();
  await dialog.getByRole('button', { name: 'Stop preparing the image' }).click();
  await settled(page);
  await shows('gps.jpg');
  await input.setInputFiles(join(cases, 'exif6.jpg'));
  await dialog.getByText(/turning it upright/).waitFor();
  await page.evaluate(() => globalThis.goOn());
  await shows(/^240 × 600/);
  assert.equal(await dialog.getByText('gps.jpg').count(), 0);
});
