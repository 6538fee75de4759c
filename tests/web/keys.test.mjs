// Focus and keys: everything can be done without a pointer, and the focus is always where a person expects it.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { settled } from './browser.mjs';
import { agree, chooseUser, dialogOf, english, foundList, lookUp, openDialog } from './dialog.mjs';
import { openPortal } from './portal.mjs';
import { focusedElement } from './typing.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage();
let page;
beforeEach(() => (page = undefined));
afterEach(() => page?.context().close());

// What has the focus, by its name; `focused` once everything that could move it has happened.
const focusNow = () =>
  page.evaluate((focusedElement) => {
    const element = new Function(`return (${focusedElement})()`)();
    const root = element.getRootNode();
    const label = element.id && root.querySelector(`label[for="${element.id}"]`);
    return (element.getAttribute('aria-label') || label?.textContent || element.textContent || element.tagName).trim();
  }, focusedElement.toString());
const focused = async () => {
  await settled(page);
  return focusNow();
};
const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};
async function walk(key, most) {
  const seen = [];
  for (let i = 0; i < most; i++) {
    await press(key);
    const now = await focusNow();
    if (now === seen[0]) return seen;
    seen.push(now);
  }
  return seen;
}
const identityField = () => dialogOf(page).getByRole('textbox', { name: english.identity });
const openMenu = () => page.getByRole('button', { name: 'Actions for Nguyễn Văn A 2026' });

test('the Tab key goes through the page as it is read', async () => {
  page = await browser.page(stack);
  const stops = await walk('Tab', 13);
  assert.deepEqual(stops.slice(0, 11), ['Tiếng Việt', 'Show as a plain page', 'Use the dark theme', '+ Create New',
    'Search name, serial number or CCCD/HC/MST', 'User', 'Type', 'Valid from', 'Valid until', 'Status', 'Reset']);
  assert.match(stops.slice(11).join(', '), /^Copy [0-9a-f]{32}, Actions for /);
});

test('the Tab key goes round in the dialog, in the order of its fields, and back the same way', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  const stops = await walk('Tab', 30);
  assert.deepEqual(stops, ['CCCD/HC/MST', 'Serial number', 'Look up', 'Business SmartCA account', 'Insert a placeholder', 'Signature content', 'Text & Image', 'Replace',
    'Reset the signature image', 'Cancel', 'Create New', 'Close', 'User']);
  assert.equal(await focused(), 'CCCD/HC/MST');
  await press('Shift+Tab');
  assert.deepEqual(await walk('Shift+Tab', 30), stops.slice(0, -1).reverse().concat('User'));
});

test('arrow keys choose among segments, which are one stop of the Tab key', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  const segments = dialogOf(page).getByRole('radio');
  await segments.first().focus();
  await press('ArrowRight');
  assert.equal(await focused(), 'Image');
  assert.ok(await segments.nth(1).isChecked());
  await press('ArrowRight', 'ArrowRight');
  assert.equal(await focused(), 'Text & Image');
  await press('ArrowLeft');
  assert.equal(await focused(), 'Text only');
});

test('a closed choice is worked with the keys of a <select>', async () => {
  page = await browser.page(stack);
  const type = page.locator('button[role=combobox]').first();
  const chosen = () => page.getByRole('option', { selected: true }).textContent();
  await type.focus();
  for (const key of ['ArrowDown', 'Enter', ' ']) {
    await press(key);
    await page.getByRole('listbox').waitFor();
    assert.equal(await chosen(), 'All', key);
    await press('ArrowDown', 'Escape');
    await settled(page);
    assert.equal(await type.getAttribute('aria-expanded'), 'false');
  }
  await press(' ', 'ArrowDown', ' ');
  await settled(page);
  assert.equal(await type.getAttribute('aria-expanded'), 'false');
  assert.ok(await type.evaluate((element) => element.getRootNode().activeElement === element));
  await press(' ');
  await page.getByRole('listbox').waitFor();
  assert.equal(await chosen(), 'SmartCA');
});

test('what is typed into the user filter stands for whom Enter would take, and does not go with the Tab key', async () => {
  page = await browser.page(stack);
  const user = page.getByRole('combobox', { name: 'User' });
  for (const pause of [0, 600]) {
    await user.fill('bich ngoc');
    await page.waitForTimeout(pause);  // before the users have come, and after it
    await press('Tab');
    await page.waitForFunction(() => /user=/.test(location.hash));
    assert.equal(await focused(), 'Type');
    assert.equal(await user.inputValue(), 'Trần Thị Bích Ngọc · USER02');
    assert.equal(await page.getByRole('listbox').count(), 0);
    await page.getByRole('button', { name: 'Reset' }).click();
    await settled(page);
  }
});

test('a letter goes to the next option that begins with it, accents or not', async () => {
  page = await browser.page(stack, { locale: 'vi' });
  const status = page.locator('button[role=combobox]').nth(1);
  await status.focus();
  await press('Enter');
  await page.getByRole('listbox').waitFor();
  await settled(page);
  const highlighted = async () => (await page.locator('#' + await status.getAttribute('aria-activedescendant')).textContent());
  const names = await page.getByRole('option').allTextContents();
  const plain = (name) => name.normalize('NFD')[0].toLowerCase().replace('đ', 'd');
  const letter = plain(names[1]);
  const same = names.filter((name) => plain(name) === letter);
  for (const name of [...same, same[0]]) {
    await press(letter);
    await settled(page);
    assert.equal(await highlighted(), name);
  }
  await press('#');
  await settled(page);
  assert.equal(await highlighted(), same[0]);
});

test('a row that goes in the very frame that closes its question leaves the focus beside its place', async () => {
  page = await browser.page(stack);
  await page.getByRole('button', { name: /^Actions for/ }).last().focus();
  await press('Enter', 'End');
  await settled(page);
  await press(' ');
  await page.getByRole('alertdialog').waitFor();
  await settled(page);
  await page.route('**/certificates/*', (route) => route.fulfill({ status: 204 }));
  await page.route('**/certificates?*', async (route) => {
    const list = await (await route.fetch()).json();
    list.items.pop();
    await route.fulfill({ json: { ...list, totalCount: list.totalCount - 1 } });
  });
  const read = page.waitForResponse((response) => response.url().includes('/certificates?'));
  await page.evaluate(() => {
    const request = requestAnimationFrame;
    const held = [];
    globalThis.requestAnimationFrame = (draw) => held.push(draw);
    globalThis.draw = () => {
      globalThis.requestAnimationFrame = request;
      held.forEach((draw) => request(draw));
    };
    document.querySelector('smartca-certificates').shadowRoot.querySelector('.AlertDialog .danger').click();
  });
  await (await read).finished();
  await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve); }).then(draw));  // its own handlers come first
  assert.notEqual(await focused(), '');
  assert.match(await focusNow(), /^(Copy|Next page|Actions for)/);
});

test('the keys of a row\'s menu: its items have the focus, Escape and Tab give it back', async () => {
  page = await browser.page(stack);
  for (const key of ['Enter', ' ', 'ArrowDown']) {
    await openMenu().focus();
    await press(key);
    assert.equal(await focused(), 'Details', key);
    await press('Escape');
    assert.equal(await focused(), 'Actions for Nguyễn Văn A 2026');
    assert.equal(await page.getByRole('menu').count(), 0);
  }
  await press('ArrowUp');
  assert.equal(await focused(), 'Delete');
  await press('Home', 'ArrowUp');
  assert.equal(await focused(), 'Delete');
  await press('Tab');
  assert.match(await focused(), /^Copy /);
  assert.notEqual(await focused(), 'Copy 540101014e4653549c5a6fdcb9c89999');  // it is of the next row
  assert.equal(await page.getByRole('menu').count(), 0);
  await openMenu().focus();
  await press('Enter', 'End');
  await settled(page);
  await press(' ');
  await page.getByRole('alertdialog').waitFor();
  assert.equal(await focused(), 'Keep it');
  await press('Escape');
  assert.equal(await focused(), 'Actions for Nguyễn Văn A 2026');
});

test('by pointer the menu opens and closes at its button, and a press elsewhere closes it', async () => {
  page = await browser.page(stack);
  await openMenu().click();
  await page.getByRole('menu').waitFor();
  await openMenu().click();
  await settled(page);
  assert.equal(await page.getByRole('menu').count(), 0);
  await openMenu().click();
  await page.getByRole('searchbox').first().click();
  await settled(page);
  assert.equal(await page.getByRole('menu').count(), 0);
});

test('Escape closes the innermost thing, asks before it throws entries away, and gives the focus back', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  await press('ArrowDown');
  await page.getByRole('listbox').waitFor();
  await press('Escape');
  await settled(page);
  assert.equal(await page.getByRole('listbox').count(), 0);
  await identityField().fill('001099000001');
  await press('Escape');
  await page.getByRole('alertdialog').waitFor();
  assert.equal(await focused(), 'Keep editing');
  await press('Escape');
  assert.equal(await focused(), 'CCCD/HC/MST');
  assert.equal(await identityField().inputValue(), '001099000001');
  await press('Escape');
  await page.getByRole('alertdialog').waitFor();
  await press('Tab');
  assert.equal(await focused(), 'Discard');
  await press('Enter');
  assert.equal(await focused(), '+ Create New');
  assert.equal(await page.getByRole('dialog').count(), 0);
});

// DevTools alone compose a word.
test('Escape while a word is composed is the input method\'s', { skip: browser.engine !== 'chromium' }, async () => {
  page = await browser.page(stack);
  await openDialog(page);
  await identityField().focus();
  const client = await page.context().newCDPSession(page);
  await client.send('Input.imeSetComposition', { text: 'ngh', selectionStart: 3, selectionEnd: 3 });
  await press('Escape');
  await settled(page);
  assert.equal(await page.getByRole('alertdialog').count(), 0);
  assert.equal(await page.getByRole('dialog').count(), 1);
});

test('Enter sends the form from a line, breaks the line in a text, and picks in a list without sending', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  const content = dialogOf(page).getByRole('textbox', { name: english.content });
  await content.fill('a');
  await press('Enter');
  assert.equal(await content.inputValue(), 'a\n');
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  let sent = 0;
  page.on('request', (request) => { if (request.method() === 'POST' && request.url().endsWith('/certificates')) sent++; });
  await dialogOf(page).getByRole('combobox', { name: english.user }).fill('nguyễn văn a');
  await page.getByRole('option').first().waitFor();
  await press('ArrowDown', 'Enter');
  await settled(page);
  assert.equal(sent, 0);
  await lookUp(page, '001099000001');
  await foundList(page).getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).check();
  await identityField().focus();
  await press('Enter');
  await page.getByText('Digital certificate').first().waitFor();
  await settled(page);
  assert.equal(sent, 1);
  assert.equal(await focused(), '+ Create New');
});

test('Enter at a number that nobody has looked up looks it up: what was not seen is not created', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  let sent = 0;
  page.on('request', (request) => { if (request.method() === 'POST' && request.url().endsWith('/certificates')) sent++; });
  await identityField().fill('001060900000');
  await press('Enter');
  await foundList(page).waitFor();
  assert.equal(await focused(), 'CCCD/HC/MST');
  assert.equal(sent, 0);
  await foundList(page).getByRole('checkbox').check();
  await press('Enter');
  await agree(page);
  await page.getByText('Digital certificate').first().waitFor();
  assert.equal(sent, 1);
});

test('Enter in the very task that ticked a certificate is not lost, though the button looks disabled until the next frame', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  await chooseUser(page, 'bích ngọc', /^Trần Thị Bích Ngọc/);
  await identityField().fill('001060900000');
  await press('Enter');
  const box = foundList(page).getByRole('checkbox');
  await box.uncheck();
  await settled(page);
  assert.equal(await dialogOf(page).getByRole('button', { name: 'Create New' }).isDisabled(), true);
  await box.evaluate((element) => {
    element.click();
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }));
  });
  await page.getByRole('alertdialog').getByRole('button', { name: /^Create with it$/ }).waitFor();
});

test('once a user is chosen by keyboard, the Tab key goes to the number and what is typed goes there', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  await page.keyboard.type('nguyễn văn an');
  await page.getByRole('option', { name: /^Nguyễn Văn An / }).first().waitFor();
  await press('ArrowDown', 'Enter', 'Tab');
  await page.keyboard.type('0011');
  assert.equal(await identityField().inputValue(), '0011');
  // By keyboard the user is let go by deleting the text, once it stands there.
  await settled(page);
  await press('Shift+Tab', 'Control+A', 'Delete');
  await settled(page);
  assert.equal(await dialogOf(page).getByRole('button', { name: 'Clear the user' }).count(), 0);
});

test('a press that is let go elsewhere does nothing, and leaves nothing pressed', async () => {
  page = await browser.page(stack);
  const button = page.getByRole('button', { name: 'Create New' }).first();
  const { x, y, width, height } = await button.boundingBox();
  // WebDriver moves no pointer out of the window.
  const places = [[x + width / 2, y + height + 80], ...(browser.engine === 'chromium' ? [[-40, -40]] : [])];
  for (const [toX, toY] of places) {
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(toX, toY);
    await page.mouse.up();
    await settled(page);
    assert.equal(await page.getByRole('dialog').count(), 0);
  }
  await button.click();
  await page.getByRole('dialog').waitFor();
});

test('a press on what lies under the dialog takes no focus away from it', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  await identityField().focus();
  await page.mouse.click(10, 400);
  assert.equal(await focused(), 'CCCD/HC/MST');
  await page.mouse.click(640, 60);
  await press('Escape');
  await settled(page);
  assert.equal(await page.getByRole('dialog').count(), 0, 'Escape is heard from the dialog itself, too');
});

test('over a portal\'s page: the page may keep the dialog open, and gets the focus back when it closes', async () => {
  page = await openPortal(browser, stack, { widget: '<smartca-create-certificate locale="en"></smartca-create-certificate>' });
  await page.evaluate(() => {
    const dialog = document.querySelector('smartca-create-certificate');
    globalThis.said = [];
    globalThis.keeps = true;
    document.getElementById('opener').addEventListener('click', () => dialog.show());
    for (const type of ['cancel', 'closed'])
      dialog.addEventListener('smartca-' + type, (event) => {
        globalThis.said.push(type);
        if (globalThis.keeps) event.preventDefault();
      });
  });
  await page.locator('#opener').focus();
  await press('Enter');
  await identityField().waitFor();
  await identityField().fill('001099000001');
  await press('Escape');
  await page.getByRole('alertdialog').waitFor();
  await page.getByRole('button', { name: 'Discard' }).click();
  assert.equal(await focused(), 'CCCD/HC/MST');
  assert.deepEqual(await page.evaluate('said'), ['cancel']);
  assert.equal(await identityField().inputValue(), '001099000001');

  // The browser takes its <dialog> away, as a phone's second "back" does: it is asked about like any other close.
  await page.evaluate(() => document.querySelector('smartca-create-certificate').shadowRoot.querySelector('dialog').close());
  await page.getByRole('alertdialog').waitFor();
  await press('Escape');
  assert.equal(await focused(), 'CCCD/HC/MST');

  await page.evaluate('globalThis.keeps = false');
  await press('Escape');
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.waitForFunction(() => !document.querySelector('smartca-create-certificate').hasAttribute('open'));
  assert.deepEqual(await page.evaluate('said'), ['cancel', 'cancel', 'closed']);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'opener');
});
