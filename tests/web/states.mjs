// The states that the design pictures, each with what a person does to come there. Pictures, role trees and the
// accessibility rules are all held against these.
import { chooseUser, dialogOf, lookUp, openDialog, submit } from './dialog.mjs';

export const picked = async (page, texts) => {
  await openDialog(page, texts);
  await chooseUser(page, 'nguyễn văn a', /^Nguyễn Văn A /, texts);
  await lookUp(page, '001099000001', texts);
  await page.getByRole('radio', { name: /SMARTCA PERSONAL PRO/ }).check();
};

export const businessErrors = async (page, texts) => {
  await openDialog(page, texts);
  await chooseUser(page, 'nguyễn văn a', /^Nguyễn Văn A /, texts);
  await lookUp(page, '0100684378', texts);
  await dialogOf(page).getByRole('switch', { name: texts.business }).click();
  await dialogOf(page).getByRole('textbox', { name: texts.secretKey }).fill('MDAxMTIyMzM0NDU1NjY3Nzg4OTlBQUJCQ0NEREVFRkY=');
  await submit(page, texts);
};

// The actions menu of a row; its name is the row's, in either language.
const openRowMenu = (page) => page.getByRole('button', { name: /Nguyễn Văn A 2026$/ }).click();

export const states = {
  list: async () => {},
  'row-menu': async (page) => {
    await openRowMenu(page);
    await page.getByRole('menuitem').first().waitFor();
  },
  'type-filter': async (page) => {
    await page.getByRole('combobox').nth(1).click();
    await page.getByRole('option').first().waitFor();
  },
  'create-empty': openDialog,
  'user-search': async (page, texts) => {
    await openDialog(page, texts);
    await dialogOf(page).getByRole('combobox', { name: texts.user }).fill('nguyễn v');
    await page.getByRole('option').nth(2).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
  },
  'lookup-picked': picked,
  'lookup-none': async (page, texts) => {
    await openDialog(page, texts);
    await lookUp(page, '079099000009', texts);
  },
  'check-digit': async (page, texts) => {
    await openDialog(page, texts);
    await dialogOf(page).getByRole('textbox', { name: texts.identity }).fill('0100684379');
  },
  'business-errors': businessErrors,
  'delete-confirm': async (page) => {
    await openRowMenu(page);
    await page.getByRole('menuitem').last().click();
    await page.getByRole('alertdialog').waitFor();
  },
  'discard-confirm': async (page, texts) => {
    await openDialog(page, texts);
    await dialogOf(page).getByRole('textbox', { name: texts.identity }).fill('001099000001');
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor();
  },
};
