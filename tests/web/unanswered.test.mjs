// The network breaks after a create has left, whether the proxy has got it or not: what a person and a portal hear.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { settled } from './browser.mjs';
import { agree, chooseUser, dialogOf, english, foundList, lookUp, openDialog, submit, vietnamese } from './dialog.mjs';
import { openPortal } from './portal.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage();
let page;
afterEach(() => page?.context().close());

const creates = /\/api\/v1\/(certificates|creates)$/;
// No answer comes back. `arrives`: the proxy gets the create all the same.
async function breakNetwork({ arrives }) {
  await page.route(creates, async (route) => {
    if (arrives && route.request().method() === 'POST') await route.fetch();
    await route.abort();
  });
}
const mendNetwork = () => page.unroute(creates);
const banner = () => page.getByRole('group',
  { name: /It is not known yet whether it was created|Chưa rõ chứng thư số đã được tạo hay chưa/ });
const rowsOf = async (user) => (await (await fetch(`${stack.proxy.origin}/api/v1/certificates?userId=${user}`)).json()).items;

async function fill(user, texts = english) {
  await chooseUser(page, user, new RegExp(`^${user} `), texts);
  await lookUp(page, '031161900001', texts);
  const box = foundList(page).getByRole('checkbox', { name: /SMARTCA/ });
  await box.waitFor();
  if (!(await box.isChecked())) await box.click();
}
// It is another person's certificate, so Create asks.
async function create(texts = english) {
  await submit(page, texts);
  await agree(page);
}
// Sent, and not answered, however often it is asked about.
async function lose(network, texts = english) {
  await breakNetwork(network);
  await page.clock.install();
  await create(texts);
  await banner().waitFor();
  // A quarter of a minute in which it is asked about again and again.
  const given = banner().getByRole('button');
  for (let i = 0; i < 60 && !(await given.isVisible()); ++i) {
    await page.clock.fastForward(1000);
    await given.waitFor({ timeout: 200 }).catch(() => {});
  }
  await given.waitFor();
  await mendNetwork();
}

test('an answer that is lost once is asked for again, and the dialog ends as ever', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  await fill('Nguyễn Văn An');
  await breakNetwork({ arrives: true });
  await create();
  await banner().waitFor();
  assert.equal(await banner().getByRole('button').count(), 0, 'there is nothing to press');
  await mendNetwork();
  await page.getByText(/^Added for Nguyễn Văn An · USER\d+\.$/).first().waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal((await rowsOf(14)).length, 1);
});

test('a create that never arrived is taken back and sent once more by itself', async () => {
  page = await browser.page(stack);
  const methods = [];
  page.on('request', (request) => creates.test(request.url()) && methods.push(request.method()));
  await openDialog(page);
  await fill('Bùi Đức Dũng');
  await breakNetwork({ arrives: false });
  await create();
  await banner().waitFor();
  await mendNetwork();
  await page.getByText(/^Added for Bùi Đức Dũng · USER\d+\.$/).first().waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(methods.at(-2) + methods.at(-1), 'DELETEPOST');
  assert.equal(methods.filter((method) => method === 'POST').length, 2);
});

for (const [locale, texts, arrives, id, user, words, other] of [
  ['en', english, true, 5, 'Đinh Quốc Toàn', 'Added for Đinh Quốc Toàn', 'Ngô Tuấn Hùng'],
  ['en', english, false, 6, 'Lương Thị Anh', 'No certificate was added for Lương Thị Anh', 'Trịnh Hữu Tài'],
  ['vi', vietnamese, true, 9, 'Hồ Kim Hiền', 'Đã thêm cho Hồ Kim Hiền', 'Võ Anh Bảo'],
  ['vi', vietnamese, false, 10, 'Đinh Gia Kiên', 'Chưa thêm được chứng thư số cho Đinh Gia Kiên', 'Đỗ Thanh Giang'],
])
  test(`whoever turns to another user after a lost answer is told first that it was ${arrives ? '' : 'not '}created (${locale})`, async () => {
    page = await browser.page(stack, { locale });
    await openDialog(page, texts);
    await fill(user, texts);
    await lose({ arrives }, texts);
    await fill(other, texts);
    await submit(page, texts);
    await dialogOf(page).getByText(words).first().waitFor();
    await agree(page);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText(words).first().waitFor();
    assert.equal((await rowsOf(id)).length, arrives ? 1 : 0);
  });

test('a text that was changed after a lost answer is said not to be saved in what was created', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  await fill('Bùi Thuỳ Linh');
  await lose({ arrives: true });
  await dialogOf(page).getByRole('textbox', { name: english.content }).fill('Another text');
  await submit(page);
  await dialogOf(page).getByText(/^Added for Bùi Thuỳ Linh · USER\d+\. Serial number: .* What was changed after that is not saved in it\.$/).waitFor();
  await dialogOf(page).getByText('On the list').first().waitFor();
  assert.equal(await banner().count(), 0);
});

test('a portal hears that a lost create is pending, and after its dialog was discarded what became of it', async () => {
  page = await openPortal(browser, stack, { widget: '<smartca-create-certificate></smartca-create-certificate>' });
  await page.evaluate(() => {
    globalThis.heard = [];
    for (const name of ['closed', 'created', 'cancel', 'pending', 'problem'])
      document.querySelector('smartca-create-certificate').addEventListener('smartca-' + name, ({ detail }) => globalThis.heard.push([name, detail?.userId]));
  });
  for (const [arrives, id, user, ending] of [[true, 22, 'Dương Thị Minh Nhung', 'created'], [false, 26, 'Hồ Minh Phúc', 'problem']]) {
    await page.evaluate(() => {
      globalThis.heard.length = 0;
      document.querySelector('smartca-create-certificate').show();
    });
    await dialogOf(page).getByRole('combobox', { name: english.user }).waitFor();
    await settled(page);
    await fill(user);
    await lose({ arrives });
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
    await page.waitForFunction((name) => globalThis.heard.some(([each]) => each === name), ending);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();  // of the sentence that tells it
    await page.waitForFunction(() => globalThis.heard.some(([each]) => each === 'closed'));
    assert.deepEqual(await page.evaluate(() => globalThis.heard),
      [['pending', id], ['cancel', undefined], ['pending', id], [ending, id], ['closed', undefined]]);
    assert.equal((await rowsOf(id)).length, arrives ? 1 : 0);
  }
});
