// The states that the design pictures, each with what a person does to come there. Pictures, role trees and the
// accessibility rules are all held against these.
import { chooseUser, dialogOf, lookUp, openDialog, submit } from './dialog.mjs';

export const picked = async (page, texts) => {
  await openDialog(page, texts);
  await chooseUser(page, 'nguyễn văn a', /^Nguyễn Văn A /, texts);
  await lookUp(page, '001099000001', texts);
  await page.getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).waitFor();
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

// What the proxy would say of that row if its certificate were kept; the sandbox's own have other keys in each run.
const name = (commonName, ...more) => ({ text: `CN=${commonName},C=VN`, parts: [{ type: 'C', value: 'VN' }, ...more, { type: 'CN', value: commonName }] });
export const detailsOf = (certificate) => ({
  certificate: { ...certificate, statusText: 'Đang hoạt động', statusAsked: '2026-11-20T02:04:00Z' }, statusSource: 'asked', source: 'kept',
  content: {
    subject: name('Nguyễn Văn A', { type: 'ST', value: 'HÀ NỘI' }, { type: 'T', value: 'Giám đốc' }, { type: 'UID', value: 'CCCD:001099000001' }),
    issuer: name('VNPT SmartCA RS', { type: 'O', value: 'Tập đoàn Bưu chính Viễn thông Việt Nam' }),
    serial: certificate.serial, validFrom: certificate.validFrom, validTo: certificate.validTo,
    publicKey: { algorithm: 'RSA', bits: 2048 }, signatureAlgorithm: 'RSA-SHA256', keyUsage: ['digitalSignature', 'nonRepudiation'],
    extendedKeyUsage: ['clientAuth', 'documentSigning'], fingerprint: '3fa81c0e5b7d92f4a6c8e013572b9d4f68a1c3e5079b2d4f6183a5c7e9f0b2d4',
    ocsp: ['http://ocsp.example.vn'], caIssuers: ['http://ca.example.vn/smartca.cer'], crl: ['http://crl.example.vn/smartca.crl'],
  },
  chain: { verdict: 'verified', path: ['Nguyễn Văn A', 'VNPT SmartCA RS', 'Vietnam National Root CA'], revocation: 'notChecked' },
});

// The dialogs of that menu, in either language.
export const openDetails = async (page) => {
  await page.route('**/details', async (route) => {
    const response = await route.fetch({ url: route.request().url().replace('/details', '') }); // the details would change the row
    await route.fulfill({ response, json: detailsOf(await response.json()) });
  });
  await openRowMenu(page);
  await page.getByRole('menuitem').nth(0).click();
  await page.getByRole('button', { name: /^(Ask again|Hỏi lại)$/, disabled: false }).waitFor();
};
export const openRename = async (page) => {
  await openRowMenu(page);
  await page.getByRole('menuitem').nth(1).click();
  await page.getByRole('dialog').waitFor();
};

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
  'lookup-doubt': async (page, texts) => {
    await openDialog(page, texts);
    await chooseUser(page, 'nguyễn văn a', /^Nguyễn Văn A /, texts);
    await lookUp(page, '001099001014', texts);
    await page.getByRole('checkbox', { name: /Trần Quốc Bảo/ }).click();
    await submit(page, texts);
    await page.getByRole('alertdialog').waitFor();
  },
  'lookup-none': async (page, texts) => {
    await openDialog(page, texts);
    await lookUp(page, '079099000009', texts);
  },
  'check-digit': async (page, texts) => {
    await openDialog(page, texts);
    await dialogOf(page).getByRole('textbox', { name: texts.identity }).fill('0100684379');
  },
  'business-errors': businessErrors,
  details: openDetails,
  rename: openRename,
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
