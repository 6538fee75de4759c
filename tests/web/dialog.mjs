// What a person does in the dialog, in words that the tests share. `texts` are the labels of the language on screen.
import { settled } from './browser.mjs';

export const english = {
  open: 'Create New', submit: 'Create New', user: /^User/, identity: /^CCCD/, serial: /^Serial number/, lookUp: 'Look up',
  business: 'Business SmartCA account', password: /^Password/, secretKey: /^Secret key/, content: /^Signature content/,
};
export const vietnamese = {
  open: 'Tạo mới', submit: 'Tạo mới', user: /^Người dùng/, identity: /^CCCD/, serial: /^Số serial/, lookUp: 'Tra cứu',
  business: 'Tài khoản SmartCA doanh nghiệp', password: /^Mật khẩu/, secretKey: /^Khóa bí mật/, content: /^Nội dung chữ ký/,
};

export const dialogOf = (page) => page.getByRole('dialog').last();

export async function openDialog(page, texts = english) {
  await page.getByRole('button', { name: texts.open }).first().click();
  await dialogOf(page).getByRole('combobox', { name: texts.user }).waitFor();
  await settled(page);
}

export async function chooseUser(page, search, name, texts = english) {
  await dialogOf(page).getByRole('combobox', { name: texts.user }).fill(search);
  await page.getByRole('option', { name }).first().click();
  await settled(page);
}

export async function lookUp(page, identity, texts = english) {
  await dialogOf(page).getByRole('textbox', { name: texts.identity }).fill(identity);
  await dialogOf(page).getByRole('button', { name: texts.lookUp }).click();
  await settled(page);
}

// The certificates found, once they are there.
export const foundList = (page) => dialogOf(page).getByRole('group', { name: /VNPT SmartCA/ });

// As long as a question is new no press answers it.
export const seen = (page) => page.waitForFunction(() => [...document.querySelectorAll('smartca-certificates, smartca-create-certificate')]
  .every(({ diagnostics }) => !diagnostics?.frames || diagnostics.idle));

// What Create asks before it adds somebody else's certificate.
export async function accept(page, answer = /^(Create with (it|them)|Vẫn thêm và tạo)$/) {
  await page.getByRole('alertdialog').waitFor();
  await seen(page);
  await page.getByRole('alertdialog').getByRole('button', { name: answer }).click();
}
export async function agree(page, answer) {
  await accept(page, answer);
  await settled(page);
}

export async function submit(page, texts = english) {
  await dialogOf(page).getByRole('button', { name: texts.submit }).click();
  await settled(page);
}
