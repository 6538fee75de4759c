// On a phone and a tablet, in Chromium's touch emulation. No real keyboard on the screen was there to be tried: the two
// ways in which browsers make room for one are played to the page instead.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { until } from '../scenario/harness.mjs';
import { settled } from './browser.mjs';
import { accept, chooseUser, dialogOf, english, foundList, lookUp, openDialog, submit } from './dialog.mjs';
import { openPortal } from './portal.mjs';
import { openStage } from './stage.mjs';

const widths = [360, 390, 768];
const { stack, browser } = await openStage();
let page;
afterEach(() => page?.context().close());
const phone = (width, options = {}) => browser.page(stack, { width, height: 800, touch: true, ...options });
const identityField = () => dialogOf(page).getByRole('textbox', { name: english.identity });

// Each twin that can be operated and is not covered by a dialog: its name and its box on the screen.
const operable = () => page.evaluate(() => {
  const { shadowRoot } = document.querySelector('smartca-certificates');
  return [...shadowRoot.querySelectorAll('.press, .field')].filter((twin) => !twin.closest('[inert]')).map((twin) => {
    const { x, y, width, height } = twin.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(twin).fontSize);
    return { name: twin.getAttribute('aria-label') || twin.textContent || twin.className, field: twin.classList.contains('field'), x, y, width, height, size };
  });
});

for (const width of widths) {
  test(`at ${width} px every target is at least 44 px large, and no field is so small that iOS zooms in`, async () => {
    page = await phone(width);
    const check = async (where) => {
      const found = await operable();
      assert.ok(found.length > 5, where);
      const small = found.filter((twin) => twin.width < 43.9 || twin.height < 43.9);
      assert.deepEqual(small.map(({ name, width, height }) => `${where}: ${name} ${width}x${height}`), []);
      assert.deepEqual(found.filter((twin) => twin.field && twin.size < 16).map((twin) => `${where}: ${twin.name}`), []);
      assert.deepEqual(found.filter((twin) => twin.x < -0.5 || twin.x + twin.width > width + 0.5).map((twin) => `${where}: ${twin.name}`), []);
    };
    await check('the list');
    await openDialog(page);
    await check('the dialog');
    await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
    await dialogOf(page).getByRole('switch', { name: english.business }).tap();
    await lookUp(page, '001099000001');
    await dialogOf(page).getByRole('textbox', { name: english.content }).fill('edited');
    await settled(page);
    await check('the dialog with all its parts');
    await dialogOf(page).getByRole('combobox', { name: english.user }).fill('nguyễn');
    await page.getByRole('option').first().waitFor();
    await check('the list of users');
  });
}

test('each field asks for the right keyboard, and its Enter key says what it does', async () => {
  page = await phone(390);
  const hints = () => page.evaluate(() => {
    const { shadowRoot } = document.querySelector('smartca-certificates');
    return Object.fromEntries([...shadowRoot.querySelectorAll('.field')].filter((field) => !field.closest('[inert]')).map((field) =>
      [field.name || field.getAttribute('aria-label'), ['inputmode', 'enterkeyhint', 'autocapitalize', 'autocomplete'].map((name) => field.getAttribute(name)).join(' ')]));
  });
  assert.deepEqual(Object.entries(await hints()).map(([name, value]) => `${name}: ${value.split(' ').slice(0, 2).join(' ')}`), [
    'Search name, serial number or CCCD/HC/MST: search search', 'User:  search', 'Valid from: numeric done', 'Valid until: numeric done']);
  await openDialog(page);
  await dialogOf(page).getByRole('switch', { name: english.business }).tap();
  await settled(page);
  assert.deepEqual(await hints(), {
    userId: 'search search off off', identity: 'text go off off', serial: 'text go off off', password: 'text go off new-password',
    secretKey: 'text go off off', signatureText: 'text enter  off',
  });
});

test('the field that is tapped stays above a keyboard that makes the page smaller (Android)', async () => {
  page = await phone(390);
  await openDialog(page);
  const content = dialogOf(page).getByRole('textbox', { name: english.content });
  await content.tap();
  await page.setViewportSize({ width: 390, height: 460 });
  await settled(page);
  assertAbove(await content.boundingBox(), 460);
  assert.ok(await content.evaluate((element) => element.getRootNode().activeElement === element));
  await page.setViewportSize({ width: 390, height: 800 });
  await settled(page);
  assertAbove(await content.boundingBox(), 800);
});

test('the field that is tapped stays above a keyboard that covers the page (iOS)', async () => {
  page = await phone(390, { ready: false, path: '/api/v1/session' });
  await page.addInitScript(() => {
    const fake = Object.assign(new EventTarget(), { height: 800, offsetTop: 0, scale: 1 });
    Object.defineProperty(globalThis, 'visualViewport', { value: fake });
  });
  await page.goto(stack.proxy.origin);
  await settled(page);
  await openDialog(page);
  const keyboard = (height, offsetTop, scale = 1) => page.evaluate((now) => {
    Object.assign(visualViewport, now);
    visualViewport.dispatchEvent(new Event('resize'));
  }, { height, offsetTop, scale });
  const content = dialogOf(page).getByRole('textbox', { name: english.content });
  await content.tap();
  await keyboard(460, 120);
  await settled(page);
  const shown = await content.boundingBox();
  assertAbove(shown, 460 + 120);
  assert.ok(shown.y >= 120);
  await keyboard(400, 50, 2);  // zoomed in by hand: the page stays as it is
  await settled(page);
  assert.equal((await dialogOf(page).boundingBox()).height, 800);
  await keyboard(800, 0);
  await settled(page);
  assert.equal((await dialogOf(page).boundingBox()).height, 800);
});
function assertAbove({ y, height }, limit) {
  assert.ok(y >= 0 && y + height <= limit, `from ${y} to ${y + height}, and the keyboard begins at ${limit}`);
}

test('a finger scrolls the dialog, and only it; over the list it scrolls the portal\'s page, too', async () => {
  const swipe = async (from, to) => {
    const client = await page.context().newCDPSession(page);
    const touch = (type, y) => client.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: 195, y }] });
    await touch('touchStart', from);
    for (let y = from - 10; y > to; y -= 20) await touch('touchMove', y);
    await touch('touchEnd');
  };
  page = await phone(390);
  await openDialog(page);
  await swipe(600, 300);
  await page.waitForFunction(() => [...document.querySelector('smartca-certificates').shadowRoot.querySelectorAll('.Dialog .scrolls')]
    .some((column) => column.scrollTop > 200));
  assert.equal(await identityField().evaluate((field) => field.getRootNode().activeElement === field), false);
  await page.context().close();

  page = await openPortal(browser, stack, { widget: '<smartca-certificates locale="en"></smartca-certificates>', width: 390, height: 800, touch: true });
  await page.evaluate(() => {
    for (const list of document.querySelector('smartca-certificates').shadowRoot.querySelectorAll('.scrolls')) list.scrollTop = list.scrollHeight;
  });
  await swipe(450, 150);
  await page.waitForFunction(() => scrollY > 200);
});

test('a tap presses, opens and types like a mouse does', async () => {
  page = await phone(360);
  await page.getByRole('button', { name: english.open }).first().tap();
  await dialogOf(page).getByRole('combobox', { name: english.user }).waitFor();
  await settled(page);
  await identityField().tap();
  assert.ok(await identityField().evaluate((field) => field.getRootNode().activeElement === field));
  await page.keyboard.type('001099000001');
  await dialogOf(page).getByRole('button', { name: english.lookUp }).tap();
  await dialogOf(page).getByRole('checkbox').first().waitFor();
});

// Whether the middle of what that finds is seen, and not what lies over it.
const isSeen = (locator) => locator.evaluate((element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return element.contains(element.getRootNode().elementFromPoint(x + width / 2, y + height / 2));
});

for (const [width, height] of [[320, 568], [640, 400], [667, 320]]) {
  test(`at ${width} x ${height} a menu that opens is seen: all that a row can do, and the placeholder that Enter inserts`, async () => {
    page = await phone(width, { height });
    await page.getByRole('button', { name: /^Actions/ }).first().click();
    await settled(page);
    for (const item of await page.getByRole('menuitem').all()) assert.ok(await isSeen(item), await item.textContent());
    await page.keyboard.press('Escape');
    await openDialog(page);
    await page.getByRole('button', { name: 'Insert' }).click();
    await settled(page);
    const marked = page.locator('[role=option][aria-selected=true]');
    assert.ok(await isSeen(marked));
    for (let i = 0; i < 3; ++i) await page.keyboard.press('ArrowDown');
    await settled(page);
    assert.ok(await isSeen(marked));
  });
}

for (const path of ['/', '/?painting=dom'])
  test(`in a window of 320 x 256 a question and a name are reached to their last button: ${path}`, async () => {
    page = await phone(320, { height: 256, path });
    const row = page.getByRole('button', { name: /^Actions/ }).first();
    for (const [key, buttons] of [['End', ['Keep it', 'Delete']], ['ArrowDown', ['Cancel', 'Save']]]) {
      await row.press('Enter');
      await settled(page);
      await page.keyboard.press(key);
      await page.keyboard.press('Enter');
      await settled(page);
      for (const name of buttons) {
        await page.getByRole('button', { name, exact: true }).focus();
        await settled(page);
        assert.ok(await isSeen(page.getByRole('button', { name, exact: true })), name);
      }
      await page.keyboard.press('Escape');
      await settled(page);
    }
  });

test('what is selected in a field keeps its ink, on a ground of the theme', async () => {
  for (const theme of ['light', 'dark']) {
    page = await phone(390, { theme });
    await openDialog(page);
    const [ink, selected, ground] = await identityField().evaluate((field) => {
      const selection = getComputedStyle(field, '::selection');
      return [getComputedStyle(field).color, selection.color, selection.backgroundColor];
    });
    assert.equal(selected, ink);
    assert.match(ground, / 0\.25\)$/);
    await page.context().close();
  }
});

const sightings = [
  ['a refusal', '001099001012', { mode: 'html503' }, () => dialogOf(page).getByRole('button', { name: 'Try again' })],
  ['a number without certificates', '001099001999', { mode: 'none' }, identityField],
  ['what was found', '001099000001', { mode: 'html503' }, () => foundList(page).getByRole('checkbox').first(), { mode: 'none' }],
];
for (const [what, number, fault, wrong, afterwards] of sightings)
  test(`at the end of a form that is scrolled down Create New brings into sight: ${what}`, async () => {
    page = await phone(390);
    await openDialog(page);
    await chooseUser(page, 'USER51', /USER51/);
    await stack.sandbox.fault(fault);
    await identityField().fill(number);
    await dialogOf(page).getByRole('textbox', { name: /^Signature content/ }).click();
    await page.keyboard.type('x');
    await settled(page);
    if (afterwards) await stack.sandbox.fault(afterwards);
    await page.mouse.move(150, 350);
    await page.mouse.wheel(0, 3000);
    const isSeen = async () => (await wrong().boundingBox({ timeout: 100 }).catch(() => null))?.y > 90;  // under the dialog's head
    await until(async () => !(await isSeen()));
    await dialogOf(page).getByRole('button', { name: english.submit }).tap();
    await until(isSeen);
    await stack.sandbox.fault({ mode: 'none' });
  });

for (const [path, width, height, user] of [['/', 360, 640, 'USER52'], ['/', 320, 568, 'USER53'], ['/?painting=flow', 360, 640, 'USER54']])
  test(`the row that was just created is seen above its notice, and the last row can be scrolled there: ${path}, ${width} x ${height}`, async () => {
    page = await phone(width, { height, path });
    await openDialog(page);
    await chooseUser(page, user, new RegExp(user));
    await lookUp(page, '001099000001');
    await foundList(page).getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).check();
    await submit(page);
    await accept(page);
    const notice = page.getByRole('group', { name: 'Digital certificate created' });
    await notice.waitFor();
    const badge = page.getByText('New', { exact: true });
    await badge.waitFor();
    await until(async () => {
      const { top, bottom } = await badge.evaluate((element) => element.closest('.Row, .Group').getBoundingClientRect());
      return top > 0 && bottom <= (await notice.boundingBox()).y;
    });
    await page.mouse.move(width / 2, 200);
    await page.mouse.wheel(0, 5000);
    const last = page.getByRole('button', { name: /^Actions/ }).last();
    await until(async () => (await last.boundingBox()).y + 120 < (await notice.boundingBox()).y);
  });
