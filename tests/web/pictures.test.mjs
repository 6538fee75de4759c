// Every state that the design pictures, as a reference that was looked at.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertPainted, diagnostics, settled } from './browser.mjs';
import { chooseUser, dialogOf, english, lookUp, openDialog, submit, vietnamese } from './dialog.mjs';
import { moment, startStackAt } from './moment.mjs';
import { assertPicture } from './pictures.mjs';
import { businessErrors, openDetails, openRename, picked } from './states.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage({ now: moment, args: ['--smartca-timeout-ms', '1500'] });

// A picture test: a page of its own, what a person does, then the picture.
function picture(name, options, steps) {
  test(name, async () => {
    const page = await browser.page(options.stack ?? stack, { now: moment, ...options });
    try {
      if (options.path) assert.equal((await diagnostics(page)).mode, 'dom');
      else await assertPainted(page);
      await steps(page);
      await settled(page);
      await page.mouse.move(0, 0);
      await settled(page);
      await assertPicture(browser, page, name.split(':')[0]);
    } finally {
      await page.context().close();
    }
  });
}

picture('1-list-light: the list', {}, async () => {});
picture('1-list-dark: the list at night', { theme: 'dark' }, async () => {});
picture('1-list-mobile: the list on a phone', { width: 390, height: 844, touch: true }, async () => {});
picture('2-create-empty-light: the dialog just opened', {}, openDialog);
picture('3-create-lookup-light: a certificate picked from the look-up', {}, (page) => picked(page, english));
picture('3-create-lookup-dark: the same at night', { theme: 'dark' }, (page) => picked(page, english));

picture('4-create-business-errors-light: what is missing for a business account', {}, (page) => businessErrors(page, english));
picture('4-check-digit: a tax code with a wrong check digit', {}, async (page) => {
  await openDialog(page);
  await dialogOf(page).getByRole('textbox', { name: english.identity }).fill('0100684379');
  await settled(page);  // the suggestion is a stop of the Tab key once it is there
  await page.keyboard.press('Tab');
});
picture('6-mobile-light: the dialog on a phone', { width: 390, height: 844, touch: true }, async (page) => {
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn a', /^Nguyễn Văn A /);
  await dialogOf(page).getByRole('textbox', { name: english.identity }).fill('001099000001');
});
picture('7-user-search: users while typing', {}, async (page) => {
  await openDialog(page);
  await dialogOf(page).getByRole('combobox', { name: english.user }).fill('nguyễn v');
  await page.getByRole('option').nth(2).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
});
picture('8-gateway-down: SmartCA does not answer', {}, async (page) => {
  // The request number is new each time; everything else of the answer is the proxy's own.
  await page.route('**/api/v1/lookups', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: JSON.stringify({ ...(await response.json()), requestId: '7f3a-91c2' }) });
  });
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn a', /^Nguyễn Văn A /);
  await stack.sandbox.fault({ mode: 'hang' });
  try {
    await lookUp(page, '001099000001');
    await page.getByRole('button', { name: 'Try again' }).waitFor();
  } finally {
    await stack.sandbox.fault({ mode: 'none' });
  }
});
picture('10-vietnamese: the business account in Vietnamese', { locale: 'vi' }, (page) => businessErrors(page, vietnamese));
picture('11-delete-confirm: what deleting means', {}, async (page) => {
  await page.getByRole('button', { name: 'Actions for Nguyễn Văn A 2026' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').waitFor();
});
picture('12-discard-confirm: closing asks before it throws away', {}, async (page) => {
  await openDialog(page);
  await dialogOf(page).getByRole('textbox', { name: english.identity }).fill('001099000001');
  await settled(page);
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor();
});

const phone = { width: 390, height: 844, touch: true };
picture('15-details-light: what a certificate says of itself', {}, openDetails);
picture('15-details-dark: the same at night, in Vietnamese', { theme: 'dark', locale: 'vi' }, openDetails);
picture('15-details-mobile: the same on a phone', phone, openDetails);
picture('15-details-mobile-dark: the same on a phone at night, in Vietnamese', { ...phone, theme: 'dark', locale: 'vi' }, openDetails);
picture('16-rename-light: another name', {}, openRename);
picture('16-rename-dark: the same at night, in Vietnamese', { theme: 'dark', locale: 'vi' }, openRename);
picture('16-rename-mobile: a name that cannot be, on a phone', { ...phone, locale: 'vi' }, async (page) => {
  await openRename(page);
  await page.getByRole('dialog').getByRole('textbox').fill('Chữ ký\u202e giám đốc');
  await settled(page);
  await page.keyboard.press('Enter');
});

// The twins showing themselves. What stands in a field is one text there, and a signature's placeholders are as they are typed.
const shown = { path: '/?painting=dom' };
picture('20-shown-list: the list shown by its elements', shown, async () => {});
picture('20-shown-errors-light: what is missing, shown by its elements', shown, (page) => businessErrors(page, english));
picture('20-shown-errors-dark: the same at night', { ...shown, theme: 'dark' }, (page) => businessErrors(page, english));
picture('20-shown-search: users while typing, shown by its elements', shown, async (page) => {
  await openDialog(page);
  await dialogOf(page).getByRole('combobox', { name: english.user }).fill('nguyễn v');
  await page.getByRole('option').nth(2).waitFor();
  await page.keyboard.press('ArrowDown');
});
picture('20-shown-details: what a certificate says of itself, shown by its elements', shown, openDetails);
picture('20-shown-rename: another name, shown by its elements', { ...shown, theme: 'dark' }, openRename);
picture('20-shown-mobile: the dialog on a phone, shown by its elements', { ...shown, width: 390, height: 844, touch: true }, async (page) => {
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn a', /^Nguyễn Văn A /);
});
picture('20-shown-forced: forced colours', { ...shown, forcedColors: 'active' }, (page) => businessErrors(page, english));
picture('20-shown-forced-dark: dark forced colours', { ...shown, forcedColors: 'active', theme: 'dark' }, openDialog);

test('9-list-empty: nothing on the list yet', async () => {
  const empty = await startStackAt(moment, { demoData: false });
  try {
    const page = await browser.page(empty, { now: moment });
    await assertPainted(page);
    await assertPicture(browser, page, '9-list-empty');
    await page.context().close();
  } finally {
    await empty.stop();
  }
});

test('5-created-light: the notice after a success', async () => {
  // A stack of its own: the other pictures want the list as it was.
  const own = await startStackAt(moment);
  try {
    const page = await browser.page(own, { now: moment });
    await openDialog(page);
    await chooseUser(page, 'nguyễn văn a', /^Nguyễn Văn A /);
    await lookUp(page, '001099000001');
    await submit(page);
    await page.getByText(/digital certificates? created/i).first().waitFor();
    await settled(page);
    await assertPicture(browser, page, '5-created-light');
    await page.context().close();
  } finally {
    await own.stop();
  }
});
