// The whole way: a person creates a certificate, by mouse and by keyboard, in English and in Vietnamese.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { join } from 'node:path';
import { root, startStack, until } from '../scenario/harness.mjs';
import { assertPainted, diagnostics, dist, openBrowser, settled } from './browser.mjs';
import { agree, chooseUser, dialogOf, english, foundList, lookUp, openDialog, submit, vietnamese } from './dialog.mjs';

let stack, browser, page;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());
beforeEach(async () => (stack = await startStack({ staticDirectory: dist, args: ['--smartca-timeout-ms', '1500'] })));
afterEach(async () => {
  await page?.context().close();
  await stack?.stop();
});
const rows = async () => (await stack.api('GET', 'certificates?page=1&pageSize=100')).body.items;

test('by mouse, in English: what is ticked is added after one question, and stands on the list', async () => {
  page = await browser.page(stack);
  await assertPainted(page);
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  await lookUp(page, '001099000001');
  const boxes = foundList(page).getByRole('checkbox');
  assert.equal(await boxes.count(), 3);
  assert.equal(await boxes.and(page.locator(':checked')).count(), 0, 'somebody else’s are not ticked by themselves');
  for (const box of await boxes.all()) await box.check();
  await submit(page);
  await page.getByText(/^Add 3 certificates of Nguyễn Văn A to the list of Nguyễn Văn An · USER\d+\?$/).first().waitFor();
  await agree(page);
  await page.getByText('3 digital certificates created').first().waitFor();
  const added = (await rows()).filter((row) => row.userName === 'Nguyễn Văn An');
  assert.equal(added.length, 3);
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(await page.getByRole('row', { name: /001099000001/ }).count(), 4);
  assert.deepEqual(page.problems, []);
});

test('in a low window the row that was just added is brought into sight, and the notice leaves "Create New" free', async () => {
  page = await browser.page(stack, { height: 420 });
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  await lookUp(page, '031161900001');
  await foundList(page).getByRole('checkbox').check();
  await submit(page);
  await agree(page);
  await page.getByText('Digital certificate created').first().waitFor();
  const row = page.getByRole('row', { name: /Nguyễn Văn An\b.*031161900001/ });
  await row.waitFor();
  await settled(page);
  const { y, height } = await row.boundingBox();
  assert.ok(y >= 0 && y + height <= 420, `from ${y} to ${y + height}`);
  await page.evaluate(() => document.querySelector('smartca-certificates').shadowRoot.querySelector('.Layer.scrolls').scrollTo(0, 0));
  await page.getByRole('button', { name: english.open }).first().click({ timeout: 5_000 });
  await page.getByRole('dialog').waitFor();
});

test('by keyboard alone, in Vietnamese: one certificate by its serial', async () => {
  page = await browser.page(stack, { locale: 'vi' });
  await page.getByRole('button', { name: vietnamese.open }).first().focus();
  await page.keyboard.press('Enter');
  await dialogOf(page).getByRole('combobox', { name: vietnamese.user }).waitFor();
  await settled(page);
  assert.equal(await page.evaluate(focusedRole), 'combobox', 'opening the dialog puts the focus in its first field');
  await page.keyboard.insertText('Trần Thị Bích');
  await page.getByRole('option', { name: /Trần Thị Bích Ngọc/ }).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await settled(page);
  await page.keyboard.press('Tab');
  for (let i = 0; i < 4 && (await page.evaluate(focusedName)) !== 'identity'; i++) await page.keyboard.press('Tab');
  await page.keyboard.type('001099000001');
  await page.keyboard.press('Tab');
  await page.getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).waitFor();
  const [{ serial_number: serial }] = await stack.sandbox.certificatesOf('001099000001');
  assert.equal(await page.evaluate(focusedName), 'serial');
  await page.keyboard.insertText(serial.toUpperCase().replace(/../g, '$&:').slice(0, -1));
  await page.keyboard.press('Enter');
  await page.getByText(/^Thêm chứng thư số của Nguyễn Văn A vào danh sách của Trần Thị Bích Ngọc · USER\d+\?$/).first().waitFor();
  await settled(page);
  assert.equal(await page.evaluate(focusedName), '');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Đã tạo chứng thư số').first().waitFor();
  const added = (await rows()).filter((row) => row.serial === serial);
  assert.equal(added.length, 1);
  assert.equal(added[0].userName, 'Trần Thị Bích Ngọc');
});

// The dialog alone, over a portal's own page, for the user of that id.
async function openFor(userId) {
  page = await browser.page(stack, { ready: false });
  await page.locator('smartca-certificates').waitFor({ state: 'attached' });
  await page.evaluate((id) => {
    document.querySelector('smartca-certificates').remove();
    const dialog = document.createElement('smartca-create-certificate');
    globalThis.problems = [];
    dialog.addEventListener('smartca-problem', ({ detail }) => globalThis.problems.push([detail.code, detail.message]));
    dialog.setAttribute('locale', 'en');
    dialog.setAttribute('user-id', id);
    dialog.setAttribute('open', '');
    document.body.append(dialog);
  }, String(userId));
  const user = dialogOf(page).getByRole('combobox', { name: english.user });
  await user.waitFor();
  await settled(page);
  return user;
}

test('words typed over the chosen user are nobody\'s: Create adds nothing for the one before, and asks who is meant', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn a', /^Nguyễn Văn A /);
  await lookUp(page, '001099000001');
  const before = (await rows()).length;
  const user = dialogOf(page).getByRole('combobox', { name: english.user });
  await user.click();
  await page.keyboard.type('Nguyễn Văn An');
  await submit(page);
  await page.getByText('Choose a user.').first().waitFor();
  assert.equal(await user.inputValue(), 'Nguyễn Văn An');
  assert.ok(await user.evaluate((element) => element.matches(':focus')));
  assert.equal((await rows()).length, before);
});

test('the name of the chosen user, pasted once more, is looked for; Enter takes who is found and sends nothing', async () => {
  page = await browser.page(stack, { permissions: ['clipboard-read', 'clipboard-write'] });
  await openDialog(page);
  await chooseUser(page, 'Nguyễn Văn An', /^Nguyễn Văn An /);
  await lookUp(page, '031161900001');
  await foundList(page).getByRole('checkbox').first().check();
  await page.evaluate(() => navigator.clipboard.writeText('Nguyễn Văn An'));
  const user = dialogOf(page).getByRole('combobox', { name: english.user });
  await user.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+V');
  await page.getByRole('option', { name: /^Nguyễn Văn An / }).waitFor();
  await page.keyboard.press('Enter');
  await settled(page);
  assert.equal(await user.inputValue(), 'Nguyễn Văn An');
  assert.ok(await dialogOf(page).getByRole('button', { name: english.submit }).isEnabled());
  assert.equal(await page.getByText(/^Creating/).count(), 0);
  assert.equal(await page.getByRole('alertdialog').count(), 0);
});

test('a user-id that is no number of digits is nobody\'s', async () => {
  for (const id of ['0x5', '5e0', ' 5', '-1', 'NaN', 'USER05', '9007199254740993', '']) {
    const user = await openFor(id);
    assert.equal(await user.inputValue(), '', `"${id}"`);
    assert.deepEqual(await page.evaluate(() => globalThis.problems), id ? [['badConfiguration', `user-id="${id}" is no number`]] : []);
    await page.context().close();
  }
  assert.notEqual(await (await openFor(5)).inputValue(), '');
});

test('Create by mouse shows what would be added before it adds anything', async () => {
  page = await browser.page(stack);
  let sent = 0;
  page.on('request', (request) => { if (request.method() === 'POST' && request.url().endsWith('/certificates')) sent++; });
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  await dialogOf(page).getByRole('textbox', { name: english.identity }).fill('0100684378');
  await submit(page);
  await foundList(page).waitFor();
  await settled(page);
  assert.equal(sent, 0);
  await page.getByText('None that is active carries the user’s name').first().waitFor();
  assert.equal(await dialogOf(page).getByRole('button', { name: english.submit }).getAttribute('aria-disabled'), 'true');
});

test('a double click on Create New, or a held Enter, looks up and adds nothing that nobody has seen', async () => {
  const before = (await rows()).length;
  for (const gesture of [
    async (create, answer) => {
      const { x, y, width, height } = await create.boundingBox();
      await page.mouse.move(x + width / 2, y + height / 2);
      for (const clickCount of [1, 2]) {
        await page.mouse.down({ clickCount });
        await page.mouse.up({ clickCount });
        await answer();
        await settled(page);
      }
    },
    async (create, answer) => {
      await create.focus();
      await page.keyboard.down('Enter');
      await answer();
      await settled(page);
      for (let i = 0; i < 25; ++i) await page.keyboard.down('Enter');  // as a held key repeats
      await page.keyboard.up('Enter');
    }]) {
    page = await browser.page(stack);
    let answer;
    await page.route('**/lookups', (route) => { answer = () => route.continue(); });
    await openDialog(page);
    await chooseUser(page, 'USER01', /USER01/);
    await dialogOf(page).getByRole('textbox', { name: english.identity }).fill('001099000001');
    await gesture(dialogOf(page).getByRole('button', { name: english.submit }), async () => {
      await (await until(() => answer))();
      answer = () => {};
      await foundList(page).waitFor();
    });
    await foundList(page).waitFor();
    await settled(page);
    assert.equal(await page.getByRole('dialog').count(), 1);
    assert.equal((await rows()).length, before);
    await page.context().close();
  }
});

test('the second half of a double click on Cancel does not open the row behind the dialog', async () => {
  page = await browser.page(stack);
  const cell = await page.getByRole('rowheader').last().boundingBox();
  await openDialog(page);
  const cancel = dialogOf(page).getByRole('button', { name: 'Cancel' });
  // The button stands where the row's name is behind it.
  const button = await cancel.boundingBox();
  await page.setViewportSize({ width: 1280, height: Math.round(800 + cell.y - button.y) });
  await settled(page);
  const { x, y, width, height } = await cancel.boundingBox();
  await page.mouse.dblclick(x + width / 2, y + height / 2, { delay: 30 });
  await settled(page);
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.ok(await page.evaluate(([name, left, top]) =>
    document.querySelector(name).shadowRoot.elementFromPoint(left, top).closest('.opens'), ['smartca-certificates', x + width / 2, y + height / 2]));
});

test('among 200 certificates a search without accents finds, Space ticks, and a tick moves neither list nor place', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  await lookUp(page, '0999999013');
  const rows = foundList(page).getByRole('checkbox');
  assert.equal(await rows.count(), 200);
  const list = foundList(page);
  const { height } = await list.boundingBox();
  assert.ok(height < 320, `the list is ${height} high`);
  await rows.nth(150).focus();
  await settled(page);
  const before = await list.evaluate((element) => element.scrollTop);
  assert.ok(before > 5000);
  await page.keyboard.press('Space');
  await settled(page);
  assert.equal(await list.evaluate((element) => element.scrollTop), before);
  assert.equal(await rows.nth(150).isChecked(), true);
  const search = dialogOf(page).getByRole('searchbox');
  await search.fill('hang');
  await settled(page);
  assert.equal(await rows.count(), 7);
  await page.getByText('7 of 200 shown').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await settled(page);
  assert.equal(await rows.first().evaluate((element) => element === element.getRootNode().activeElement), true);
  await page.keyboard.press('Space');
  await settled(page);
  await page.getByText('2 selected').first().waitFor();
  await search.press('Escape');
  await settled(page);
  assert.equal(await rows.count(), 200);
  assert.equal(await dialogOf(page).count(), 1);
});

test('a portal presets the user: their name stands in the dialog', async () => {
  const user = await openFor(14);
  assert.match(await user.inputValue(), /^Nguyễn Văn An( ·|$)/);
});

test('a user whom nobody knows is said at the field, and the person chooses another', async () => {
  const user = await openFor(2_000_000_000);
  await page.getByText('This user was not found.').first().waitFor();
  assert.equal(await user.inputValue(), '');
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  assert.notEqual(await user.getAttribute('aria-invalid'), 'true');
});

test('what is missing is said at each field, the first of them gets the focus, and nothing typed is lost', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  await dialogOf(page).getByRole('textbox', { name: english.identity }).fill('0100684378');
  await submit(page);
  await page.getByText('Choose a user.').first().waitFor();
  assert.equal(await page.evaluate(focusedRole), 'combobox');
  assert.equal(await dialogOf(page).getByRole('textbox', { name: english.identity }).inputValue(), '0100684378');
  assert.equal(await dialogOf(page).getByRole('combobox', { name: english.user }).getAttribute('aria-invalid'), 'true');
});

test('a press counts although leaving the field before starts a look-up between press and release', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  await dialogOf(page).getByRole('textbox', { name: english.identity }).fill('0100684378');
  await settled(page);
  const button = dialogOf(page).getByRole('button', { name: english.submit });
  const { x, y, width, height } = await button.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.waitForTimeout(300);
  assert.deepEqual(await button.boundingBox(), { x, y, width, height });
  await page.mouse.up();
  await page.getByText('Choose a user.').first().waitFor();
  await settled(page);
  assert.equal((await button.boundingBox()).y, y, 'the dialog keeps its height');
});

test('a press counts although an answer comes between press and release', async () => {
  page = await browser.page(stack, { height: 1100 });
  await openDialog(page);
  await page.route('**/api/v1/lookups', async (route) => {
    await page.waitForTimeout(600);
    await route.abort();
  });
  const failed = page.waitForEvent('requestfailed');
  await dialogOf(page).getByRole('textbox', { name: english.identity }).fill('0100684378');
  await page.keyboard.press('Tab');
  await page.waitForTimeout(200);
  const button = dialogOf(page).getByRole('button', { name: english.submit });
  const { x, y, width, height } = await button.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await failed;
  await page.waitForTimeout(300);
  assert.deepEqual(await button.boundingBox(), { x, y, width, height });
  await page.mouse.up();
  await page.getByText('Choose a user.').first().waitFor();
  await settled(page);
  assert.equal((await button.boundingBox()).y, y, 'the dialog keeps its height');
});

test('a gateway that hangs is told within the deadline; "Try again" goes on with all that was typed', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  await stack.sandbox.fault({ mode: 'hang' });
  await lookUp(page, '001099000001');
  await page.getByText('VNPT SmartCA does not answer').first().waitFor();
  await stack.sandbox.fault({ mode: 'none' });
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).waitFor();
  assert.equal(await dialogOf(page).getByRole('textbox', { name: english.identity }).inputValue(), '001099000001');
});

test('an idle page draws no frame and writes nothing', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  const before = await diagnostics(page);
  await page.waitForTimeout(3000);
  const after = await diagnostics(page);
  assert.equal(after.frames - before.frames, 0, `frames were drawn because of ${after.lastReason}`);
  assert.equal(after.domWrites - before.domWrites, 0);
});

test('turning the business account off takes its secrets off the page and says so; turned on again, nothing is lost', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  const business = dialogOf(page).getByRole('switch', { name: english.business });
  const password = dialogOf(page).getByRole('textbox', { name: english.password });
  await business.click();
  await password.fill('canary-password');
  await business.click();
  await dialogOf(page).getByText('The typed password and secret key are kept, and not sent.').first().waitFor();
  await settled(page);
  assert.equal(await password.count(), 0);
  await business.click();
  await settled(page);
  assert.equal(await password.inputValue(), 'canary-password');
});

test('an image that is chosen is shown, and one that is no image is refused at its field', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  const input = page.locator('input[type=file]');
  await input.setInputFiles({ name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('not an image') });
  await settled(page);
  await page.getByText(/PNG or JPEG/).first().waitFor();
  await input.setInputFiles(join(root, 'assets/demo/signature.png'));
  await settled(page);
  await page.getByText('640 × 420').first().waitFor();
  await page.getByText('edited').first().waitFor();
});

test('language and theme change at run time, and the next visit remembers them', async () => {
  page = await browser.page(stack);
  await page.getByRole('button', { name: 'Tiếng Việt' }).click();
  await page.getByRole('heading', { name: 'Danh sách chứng thư số' }).waitFor();
  await page.reload();
  await settled(page);
  await page.getByRole('heading', { name: 'Danh sách chứng thư số' }).waitFor();
});

function focused() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}
const focusedRole = `(${focused})()?.getAttribute('role')`;
const focusedName = `(${focused})()?.name`;

test('an answer that does not end is cut off and told as one that did not come, and the person tries again', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  await page.route('**/api/v1/lookups', (route) => route.fulfill({ contentType: 'application/json', body: ' '.repeat(17 << 20) }));
  await lookUp(page, '001099000001');
  const again = dialogOf(page).getByRole('button', { name: 'Try again' });
  await again.waitFor();
  const { memory } = await page.evaluate(() => document.querySelector('smartca-certificates').diagnostics);
  assert.ok(memory < 32 << 20, `the program holds ${memory} bytes`);
  await page.unroute('**/api/v1/lookups');
  await again.click();
  await page.getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).waitFor();
});

test('a field that takes the focus from a button that is gone is painted and worked as one that has it', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  await page.route('**/api/v1/defaults?*', (route) => route.abort());
  await chooseUser(page, 'nguyễn văn a', /^Nguyễn Văn A /);
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await page.unroute('**/api/v1/defaults?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: 'Try again' }).waitFor({ state: 'detached' });
  await settled(page);
  const user = dialogOf(page).getByRole('combobox', { name: english.user });
  assert.ok(await user.evaluate((element) => element.matches(':focus')));
  assert.equal(await user.inputValue(), 'Nguyễn Văn A');
});

test('rows of two users of one name say whose each is, and so do the details', async () => {
  page = await browser.page(stack, { ready: false });
  await page.route('**/certificates?*', async (route) => {
    const response = await route.fetch();
    const list = await response.json();
    for (const row of list.items.slice(0, 2)) row.userName = 'Lê Hoàng Phúc';
    await route.fulfill({ response, json: list });
  });
  await page.reload();
  await settled(page);
  const [one, other] = (await rows()).slice(0, 2);
  assert.notEqual(one.userCode, other.userCode);
  for (const row of [one, other]) await page.getByText(`Lê Hoàng Phúc · ${row.userCode}`).first().waitFor();
  assert.equal(await page.getByText(/ · USER/).count(), 2, 'where one name is one user nothing is added');
  await page.getByRole('row').nth(1).click();
  await page.getByRole('dialog').getByText(`Certificate of ${one.userName} · ${one.userCode}`).waitFor();
});

test('"Show" from a list without rows takes the focus to what shows all again', async () => {
  page = await browser.page(stack, { path: '/#search=zzzz' });
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  await lookUp(page, '031161900001');
  await foundList(page).getByRole('checkbox').check();
  await submit(page);
  await agree(page);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  const all = page.getByRole('button', { name: 'Show all' });
  await all.waitFor();
  await settled(page);
  assert.ok(await all.evaluate((button) => button.getRootNode().activeElement === button));
});
