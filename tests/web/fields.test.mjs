// What only a browser shows of the fields: selections, carets, keys and clocks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settled } from './browser.mjs';
import { chooseUser, dialogOf, english, openDialog } from './dialog.mjs';
import { moment } from './moment.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage({ now: moment });
const pageAt = (now = moment, options = {}) => browser.page(stack, { now, ...options });
const field = (page, name) => dialogOf(page).getByRole('textbox', { name });

test('typing into the chosen user replaces the name, whether the field was clicked or tabbed into', async () => {
  const page = await pageAt();
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn a', /^Nguyễn Văn A /);
  const user = dialogOf(page).getByRole('combobox', { name: english.user });
  await page.keyboard.type('trần');
  assert.equal(await user.inputValue(), 'trần');  // right after the choice
  for (const enter of [() => user.click(), async () => {
    await field(page, english.identity).focus();
    await page.keyboard.press('Shift+Tab');
  }]) {
    await page.keyboard.press('Escape');  // takes it back
    await field(page, english.identity).focus();
    await settled(page);
    assert.match(await user.inputValue(), /^Nguyễn Văn A/);
    await enter();
    await settled(page);
    await page.keyboard.type('trần');
    assert.equal(await user.inputValue(), 'trần');
  }
  await user.click();
  await page.keyboard.press('End');
  await page.keyboard.type(' thị');
  assert.equal(await user.inputValue(), 'trần thị');
  await page.context().close();
});

test('Enter takes the first match although it is pressed before the matches are there', async () => {
  const page = await pageAt();
  await openDialog(page);
  await page.keyboard.type('nguyễn văn an');
  await page.keyboard.press('Enter');
  await settled(page);
  assert.match(await dialogOf(page).getByRole('combobox', { name: english.user }).inputValue(), /^Nguyễn Văn An/);
  await page.context().close();
});

test('a paste that is too long stays whole and is refused with its length; full-width digits are shown as digits', async () => {
  const page = await pageAt();
  await openDialog(page);
  const identity = field(page, english.identity);
  const put = async (text) => {
    await identity.focus();
    await page.keyboard.press('Control+A');
    await page.evaluate((words) => document.execCommand('insertText', false, words), text);
    await dialogOf(page).getByRole('combobox', { name: english.user }).focus();
    await settled(page);
  };
  await put('1'.repeat(300));
  assert.equal((await identity.inputValue()).length, 300);
  await dialogOf(page).getByText('Too long: 300 characters, at most 64.').waitFor();
  await put('００１０９９０００００１');
  assert.equal(await identity.inputValue(), '001099000001');
  await page.context().close();
});

const link = 'otpauth://totp/SmartCA:0100684378?secret=GAYDCMJSGIZTGNBUGU2TMNRXG44DQOJZIFAUEQSDINCEIRKFIZDA&issuer=SmartCA';
const pasted = async (page) => {
  await openDialog(page);
  await dialogOf(page).getByRole('switch', { name: english.business }).click();
  const key = field(page, english.secretKey);
  await key.focus();
  await page.evaluate((text) => document.execCommand('insertText', false, text), link);
  await settled(page);
  return key;
};

test('a pasted otpauth link leaves its key in the field, masked, and says whose it is', async () => {
  const page = await pageAt();
  const key = await pasted(page);
  assert.equal(await key.inputValue(), 'GAYDCMJSGIZTGNBUGU2TMNRXG44DQOJZIFAUEQSDINCEIRKFIZDA');
  assert.equal(await key.getAttribute('type'), 'password');
  await dialogOf(page).getByText('Read from the otpauth link of “SmartCA”').waitFor();
  await page.context().close();
});

test('a wrong clock is told, and the code is the one of the server\'s time', async () => {
  const code = async (page) => {
    await pasted(page);
    return dialogOf(page).getByRole('group', { name: 'One-time code' }).innerText();
  };
  const right = await pageAt();
  const words = await code(right);
  assert.doesNotMatch(words, /clock/);
  const fast = await pageAt(new Date(Date.parse(moment) + 600_000).toISOString());
  const told = await code(fast);
  assert.equal(told.match(/\d{3} \d{3}/)[0], words.match(/\d{3} \d{3}/)[0]);
  assert.match(told, /This computer’s clock is 10 min 0 s fast\..*15:04:0\d/s);
  await right.context().close();
  await fast.context().close();
});

test('braces open the menu of placeholders; Enter inserts, and it can be undone', async () => {
  const page = await pageAt();
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn a', /^Nguyễn Văn A /);
  const content = field(page, english.content);
  await content.fill('ID: \nend');
  await content.evaluate((area) => area.setSelectionRange(4, 4));
  await page.keyboard.type('{{u');
  await settled(page);
  const list = page.getByRole('listbox', { name: 'Placeholders' });
  assert.equal(await list.getByRole('option').count(), 2);
  const active = await content.getAttribute('aria-activedescendant');
  assert.equal(await page.locator('#' + active).getAttribute('aria-selected'), 'true');
  const [menu, box] = [await list.boundingBox(), await content.boundingBox()];
  assert.ok(menu.y + menu.height <= box.y || menu.y >= box.y + box.height, 'the menu covers no text');
  await dialogOf(page).getByText('The line in grey is what Enter would add.').waitFor();
  await page.keyboard.press('Enter');
  await settled(page);
  assert.equal(await content.inputValue(), 'ID: {{SubjectDN.UID}}\nend');
  assert.equal(await list.count(), 0);
  await page.keyboard.type('!');
  assert.equal(await content.inputValue(), 'ID: {{SubjectDN.UID}}!\nend');
  await page.keyboard.press('Control+Z');
  await page.keyboard.press('Control+Z');
  assert.equal(await content.inputValue(), 'ID: {{u\nend');
  await page.context().close();
});

test('undo brings back what was typed before a suggestion, and before Reset', async () => {
  const page = await pageAt();
  await openDialog(page);
  const identity = field(page, english.identity), content = field(page, english.content);
  await identity.click();
  await page.keyboard.type('0100684379');
  await dialogOf(page).getByRole('button', { name: 'Use 0100684378' }).click();
  await settled(page);
  assert.equal(await identity.inputValue(), '0100684378');
  await page.keyboard.press('Control+Z');
  await settled(page);
  assert.equal(await identity.inputValue(), '0100684379');
  await dialogOf(page).getByRole('button', { name: 'Use 0100684378' }).waitFor();

  const company = await content.inputValue();
  await content.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Signed\nby me');
  const reset = dialogOf(page).getByRole('button', { name: 'Reset the signature content' });
  await reset.click();
  await settled(page);
  assert.equal(await content.inputValue(), company);
  assert.equal(await reset.count(), 0);
  await page.keyboard.press('Control+Z');
  await settled(page);
  assert.equal(await content.inputValue(), 'Signed\nby me');
  await reset.waitFor();
  await page.context().close();
});

test('undo reaches no text of before in the one that another user brings', async () => {
  const page = await pageAt();
  await openDialog(page);
  const content = field(page, english.content);
  await content.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('mine');
  await dialogOf(page).getByRole('button', { name: 'Reset the signature content' }).click();
  await settled(page);
  await chooseUser(page, 'user02', /USER02/);
  const own = await content.inputValue();
  assert.match(own, /^Ký bởi/);
  for (let presses = 0; presses < 6; ++presses) {
    await content.click();
    await page.keyboard.press('Control+Z');
    await settled(page);
    assert.equal(await content.inputValue(), own);
  }
  await page.context().close();
});

test('Escape closes the menu and not the dialog; the button opens it where the caret is', async () => {
  const page = await pageAt();
  await openDialog(page);
  const content = field(page, english.content);
  await content.fill('{{');
  await settled(page);
  const list = page.getByRole('listbox', { name: 'Placeholders' });
  assert.equal(await list.count(), 1);
  await page.keyboard.press('Escape');
  await settled(page);
  assert.equal(await list.count(), 0);
  assert.equal(await content.inputValue(), '{{');
  await content.fill('On ');
  await dialogOf(page).getByRole('button', { name: 'Insert a placeholder' }).click();
  await settled(page);
  await list.getByRole('option', { name: /^SignTime/ }).click();
  await settled(page);
  assert.equal(await content.inputValue(), 'On {{SignTime}}');
  await page.context().close();
});
