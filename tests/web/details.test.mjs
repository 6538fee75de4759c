// The dialogs about one certificate of the list: what it says of itself, and another name for it.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { afterEach, before, test } from 'node:test';
import { draftFor, freeUsers } from '../scenario/expect.mjs';
import { until } from '../scenario/harness.mjs';
import { assertPainted, diagnostics, settled } from './browser.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage({ verify: true });
let page;
let owner;  // has nothing on the list but what is created here
before(async () => {
  owner = await freeUsers(stack)();
  assert.equal((await stack.create(draftFor(owner, '001099000001'))).status, 201);
});
afterEach(() => page?.context().close());

const kept = async () => (await stack.api('GET', `certificates?userId=${owner}&status=active&pageSize=100`)).body.items;
// Opens the page with the list of that one user, and a row's menu.
async function openMenu(row, options = {}) {
  page = await browser.page(stack, options);
  await page.getByRole('searchbox').first().fill(row.serial);
  await settled(page);
  const vietnamese = options.locale === 'vi';
  await page.getByRole('button', { name: `${vietnamese ? 'Thao tác với' : 'Actions for'} ${row.name}`, exact: true }).click();
  await page.getByRole('menuitem').first().waitFor();
  await settled(page);
}
// SmartCA has been asked, whatever came of it.
async function answered(name = 'Ask again') {
  await page.getByRole('button', { name, disabled: false }).waitFor();
  await settled(page);
}
async function openDetails(row, options = {}) {
  await openMenu(row, options);
  await page.getByRole('menuitem', { name: options.locale === 'vi' ? 'Chi tiết' : 'Details' }).click();
  await answered(options.locale === 'vi' ? 'Hỏi lại' : 'Ask again');
}
async function openRename(row, options = {}) {
  await openMenu(row, options);
  await page.getByRole('menuitem', { name: options.locale === 'vi' ? 'Đổi tên' : 'Rename' }).click();
  await page.getByRole('dialog').waitFor();
  await settled(page);
}
const focusedName = () => page.evaluate(() => {
  const { activeElement } = document.querySelector('smartca-certificates').shadowRoot;
  return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
});
const valueOf = (term) => page.getByRole('dialog').locator(`dt:text-is("${term}") + dd .Text`).first().innerText();
const opener = (row) => `Actions for ${row.name}`;

test('by mouse: the details are the certificate\'s own, and the way up to the trusted root', async () => {
  const [row] = await kept();
  await openDetails(row);
  await assertPainted(page);
  const dialog = page.getByRole('dialog', { name: row.name });
  await dialog.waitFor();
  const item = (await stack.sandbox.certificatesOf('001099000001')).find((each) => each.serial_number.toLowerCase() === row.serial);
  const certificate = new X509Certificate(Buffer.from(item.cert_data, 'base64'));
  assert.equal(await valueOf('Serial number'), certificate.serialNumber.toLowerCase());
  assert.equal((await valueOf('SHA-256 fingerprint')).replace(/\s/g, ''), certificate.fingerprint256.replaceAll(':', '').toLowerCase());
  assert.equal(await valueOf('Common name'), 'Nguyễn Văn A');
  assert.equal(await valueOf('Identity'), 'CCCD:001099000001');
  assert.match(await valueOf('Public key'), /^(EC P-256, 256 bits|RSA, 2048 bits)$/);
  assert.equal(await valueOf('Key usage'), 'Digital signature, Non-repudiation');
  await dialog.getByText('Verified up to “SmartCA Sandbox Root CA”.').waitFor();
  await dialog.getByText('Revocation was not checked.').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await settled(page);
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(await focusedName(), opener(row));
  assert.deepEqual(page.problems, []);
});

test('by keyboard: in from the menu, round in the dialog, out with Escape, and back on the row\'s button', async () => {
  const [row] = await kept();
  page = await browser.page(stack);
  await page.getByRole('searchbox').first().fill(row.serial);
  await settled(page);
  await page.getByRole('button', { name: opener(row), exact: true }).focus();
  await page.keyboard.press('Enter');
  await settled(page);
  assert.equal(await focusedName(), 'Details');
  await page.keyboard.press('Enter');
  await answered();
  assert.equal(await focusedName(), 'Close');
  const stops = [];
  for (let i = 0; i < 4; i++) {
    await page.keyboard.press('Tab');
    stops.push(await focusedName());
  }
  assert.deepEqual(stops, ['Ask again', 'Copy the serial number', 'Copy the fingerprint', 'Close']);
  await page.keyboard.press('Escape');
  await settled(page);
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(await focusedName(), opener(row));
});

test('serial number and fingerprint are put on the clipboard whole, and that is said', async () => {
  const [row] = await kept();
  await openDetails(row, { permissions: ['clipboard-read', 'clipboard-write'] });
  for (const [name, length] of [['Copy the serial number', row.serial.length], ['Copy the fingerprint', 64]]) {
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await page.getByRole('button', { name }).click();
    await page.getByRole('status').filter({ hasText: 'Copied.' }).waitFor({ state: 'attached' });
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /^[0-9a-f]+$/);
    assert.equal(copied.length, length);
    await page.evaluate(() => { for (const region of document.querySelector('smartca-certificates').shadowRoot.querySelectorAll('.announcer')) region.textContent = ''; });
  }
});

test('where there is no clipboard to write to, the older way is taken, and the focus stays', async () => {
  const [row] = await kept();
  await openDetails(row, { permissions: ['clipboard-read'] });
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.getByRole('button', { name: 'Copy the serial number' }).click();
  await page.getByRole('status').filter({ hasText: 'Copied.' }).waitFor({ state: 'attached' });
  assert.equal(await focusedName(), 'Copy the serial number');
});

test('a clipboard that refuses is said, and nothing is claimed', async () => {
  const [row] = await kept();
  await openDetails(row);
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } }));
  await page.getByRole('button', { name: 'Copy the serial number' }).click();
  await page.getByText('It could not be copied.').first().waitFor();
});

test('details that cannot be had say so with a number to quote, and are asked for again by a button', async () => {
  const [row] = await kept();
  await openMenu(row);
  await page.route('**/details*', (route) => route.abort());
  await page.getByRole('menuitem', { name: 'Details' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('No answer from the server').waitFor();
  assert.equal(await valueOf('Serial number'), row.serial, 'what the list knows is there');
  assert.equal(await dialog.getByText('Revocation was not checked.').count(), 0);
  await page.unroute('**/details*');
  await page.getByRole('button', { name: 'Ask again' }).click();
  await dialog.getByText('Revocation was not checked.').waitFor();
  await settled(page);
  assert.equal(await focusedName(), 'Ask again');
});

test('while SmartCA is asked, what the list knows is there, and that it is asked is said', async () => {
  const [row] = await kept();
  await openMenu(row);
  let release;
  await page.route('**/details*', async (route) => {
    await new Promise((done) => { release = done; });
    await route.continue();
  });
  await page.getByRole('menuitem', { name: 'Details' }).click();
  const dialog = page.getByRole('dialog', { name: row.name });
  await dialog.getByText('Asking VNPT SmartCA…').waitFor();
  assert.equal(await valueOf('Serial number'), row.serial);
  assert.ok(await page.getByRole('button', { name: 'Ask again' }).isDisabled());
  const places = async () => [await dialog.boundingBox(), await dialog.getByText('Serial number', { exact: true }).boundingBox()];
  const before = await places();
  release();
  await dialog.getByText('Revocation was not checked.').waitFor();
  await settled(page);
  assert.deepEqual(await places(), before, 'nothing jumps');
});

const listedAs = async (name) => (await stack.api('GET', 'certificates?pageSize=100')).body.items.find((row) => row.name === name);

test('a certificate that nobody has any more is shown by what the list knows, and no more is claimed', async () => {
  await openDetails(await listedAs('Nguyễn Văn A 2026'));
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/^VNPT SmartCA no longer has it under /).waitFor();
  await dialog.getByText('The certificate itself is not kept here.').waitFor();
  assert.equal(await dialog.getByText(/^Verified/).count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Copy the fingerprint' }).count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0);
  assert.equal(await dialog.getByText('Active').count(), 0);
  await page.keyboard.press('Escape');
  await settled(page);
  await page.getByRole('row', { name: 'Nguyễn Văn A 2026' }).getByText('Unknown').waitFor();
});

test('asking again asks SmartCA, however short a time after the first answer', async () => {
  const [row] = await kept();
  await openDetails(row);
  const [wire] = await stack.sandbox.certificatesOf('001099000001');
  const items = [{ ...wire, cert_status: 'Tạm khóa', cert_status_code: null }];
  await stack.sandbox.fault({ mode: 'answer', path: '/sca', http: 200, body: { status_code: 200, message: 'Success', data: { user_certificates: items } } });
  try {
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.getByRole('dialog').getByText(/^VNPT SmartCA said “Tạm khóa” on/).waitFor();
  } finally {
    await stack.sandbox.fault({ mode: 'none' });
  }
  await page.getByRole('button', { name: 'Ask again' }).click();
  await page.getByRole('dialog').getByText(/^VNPT SmartCA said “Đang hoạt động” on/).waitFor();
});

test('a certificate that SmartCA has is not at hand while SmartCA is away; a button asks again, and then it is said where it comes from', async () => {
  await stack.sandbox.fault({ mode: 'status500', path: '/sca' });
  try {
    await openDetails(await listedAs('Lê Hoàng Phúc'));
    const dialog = page.getByRole('dialog');
    await dialog.getByText('VNPT SmartCA gave no usable answer just now.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Copy the fingerprint' }).count(), 0);
    await stack.sandbox.fault({ mode: 'none' });
    await page.getByRole('button', { name: 'Ask again' }).click();
    await dialog.getByText('Read from SmartCA just now; the list keeps no copy of it.').waitFor();
    await settled(page);
    assert.equal(await focusedName(), 'Ask again');
    await page.getByRole('button', { name: 'Copy the fingerprint' }).waitFor();
    await dialog.getByText('Verified up to “SmartCA Sandbox Root CA”.').waitFor();
  } finally {
    await stack.sandbox.fault({ mode: 'none' });
  }
});

test('on a phone the details are a sheet that scrolls, in Vietnamese', async () => {
  const [row] = await kept();
  await openDetails(row, { locale: 'vi', width: 390, height: 844, touch: true });
  const box = await page.getByRole('dialog').boundingBox();
  assert.deepEqual(box, { x: 0, y: 0, width: 390, height: 844 });
  assert.equal(await valueOf('Số serial'), row.serial);
  await page.getByRole('dialog').getByText('Đã xác minh tới “SmartCA Sandbox Root CA”.').waitFor();
  await page.getByText('Chưa kiểm tra việc thu hồi.').waitFor();
  await page.getByRole('button', { name: 'Sao chép dấu vân tay' }).focus();
  await settled(page);
  const copy = await page.getByRole('button', { name: 'Sao chép dấu vân tay' }).boundingBox();
  assert.ok(copy.y >= 0 && copy.y + copy.height <= 844 && copy.height >= 44, JSON.stringify(copy));
  await page.getByRole('button', { name: 'Đóng' }).tap();
  await settled(page);
  assert.equal(await page.getByRole('dialog').count(), 0);
});

test('nothing of the details stays in the page once they are closed', async () => {
  const [row] = await kept();
  await openDetails(row);
  const fingerprint = await valueOf('SHA-256 fingerprint');
  await page.keyboard.press('Escape');
  await settled(page);
  const html = await page.evaluate(() => document.querySelector('smartca-certificates').shadowRoot.innerHTML);
  assert.ok(!html.includes(fingerprint));
  assert.equal(await page.locator('dl, dt, dd').count(), 0);
});

for (const path of ['/', '/?painting=dom'])
  test(`renaming: the name stands selected, Enter saves it, and the row shows it without a reload (${path})`, async () => {
    const [row] = await kept();
    await openRename(row, { path });
    assert.equal((await diagnostics(page)).mode, path === '/' ? 'canvas' : 'dom');
    const field = page.getByRole('textbox', { name: 'Name on the list' });
    assert.equal(await field.inputValue(), row.name);
    assert.deepEqual(await field.evaluate((element) => [element.selectionStart, element.selectionEnd]), [0, row.name.length]);
    const asked = [];
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname.split('/v1/')[1]}`));
    const name = `Chữ ký giám đốc ${path.length}`;
    await page.keyboard.insertText(name);
    await page.keyboard.press('Enter');
    await page.getByText(`The certificate is now called “${name}”.`).first().waitFor();
    await settled(page);
    assert.deepEqual(asked, [`PATCH certificates/${row.id}`]);
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.equal(await focusedName(), `Actions for ${name}`);
    assert.ok((await kept()).some((each) => each.id === row.id && each.name === name));
  });

test('a blank name gives the certificate its own back', async () => {
  const row = (await kept())[0];
  await stack.api('PATCH', `certificates/${row.id}`, { name: 'Biệt danh' });
  await openRename({ ...row, name: 'Biệt danh' });
  await page.getByRole('textbox', { name: 'Name on the list' }).fill(' ');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The certificate is now called “Nguyễn Văn A”.').first().waitFor();
});

test('Escape asks before it throws a typed name away, and leads back to the field', async () => {
  const [row] = await kept();
  await openRename(row);
  await page.keyboard.insertText('Khác');
  await settled(page);
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor();
  await page.keyboard.press('Escape');
  await settled(page);
  const field = page.getByRole('textbox', { name: 'Name on the list' });
  assert.equal(await field.inputValue(), 'Khác');
  assert.ok(await field.evaluate((element) => element.getRootNode().activeElement === element));
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Discard' }).click();
  await settled(page);
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(await focusedName(), opener(row));
});

test('a name that hides something is refused at the field, in words and as a state', async () => {
  const [row] = await kept();
  await openRename(row);
  const field = page.getByRole('textbox', { name: 'Name on the list' });
  await field.fill('a\u202eb');
  await page.keyboard.press('Enter');
  await settled(page);
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  const described = await field.evaluate((element) => element.getRootNode().getElementById(element.getAttribute('aria-describedby')).textContent);
  assert.match(described, /^Contains a character that cannot be used here/);
  await field.fill('ab');
  await settled(page);
  assert.equal(await field.getAttribute('aria-invalid'), null);
});

test('a renaming whose answer is lost is said to be open over the field, what was typed stays, and a second try can succeed', async () => {
  const [row] = await kept();
  await openRename(row);
  await page.keyboard.insertText('Lần hai');
  await page.route('**/api/v1/certificates/*', (route) => (route.request().method() === 'PATCH' ? route.abort() : route.continue()));
  await page.keyboard.press('Enter');
  await page.getByText('It is not known whether the change was made').first().waitFor();
  await settled(page);
  const field = page.getByRole('textbox', { name: 'Name on the list' });
  assert.equal(await field.inputValue(), 'Lần hai');
  await page.unroute('**/api/v1/certificates/*');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The certificate is now called “Lần hai”.').first().waitFor();
});

test('a renaming that fails at once leaves the focus in its field: Enter saves again', async () => {
  const [row] = await kept();
  await openRename(row);
  await page.keyboard.insertText('Ngay');
  await page.getByRole('textbox', { name: 'Name on the list' }).evaluate((field) => {
    const { fetch } = globalThis;
    globalThis.fetch = async (resource, options) => {
      if (options.method !== 'PATCH') return fetch(resource, options);
      globalThis.fetch = fetch;
      // Only some time after the field is disabled the browser takes the focus away for that.
      await new Promise((done) => { new MutationObserver(done).observe(field, { attributeFilter: ['disabled'] }); });
      throw new TypeError('offline');
    };
  });
  await page.keyboard.press('Enter');
  await page.getByText('It is not known whether the change was made').first().waitFor();
  await settled(page);
  await page.keyboard.press('Enter');
  await page.getByText('The certificate is now called “Ngay”.').first().waitFor();
});

test('while a name is saved the dialog is busy and sends it once', async () => {
  const [row] = await kept();
  await openRename(row);
  await page.keyboard.insertText('Một lần');
  let release, count = 0;
  await page.route('**/api/v1/certificates/*', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    count++;
    await new Promise((done) => { release = done; });
    await route.continue();
  });
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Saving…' }).waitFor();
  assert.equal(await page.getByRole('dialog').getAttribute('aria-busy'), 'true');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('dialog').count(), 1);
  (await until(() => release))();
  await page.getByText('The certificate is now called “Một lần”.').first().waitFor();
  assert.equal(count, 1);
});
