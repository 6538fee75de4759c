// The page holds the texts of the languages that were spoken, and fetches them when they are.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { openBrowser, settled } from './browser.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage();
let page;
afterEach(() => page?.context().close());

const fetched = () => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.match(/smartca\.(..)\.txt$/)?.[1]).filter(Boolean));
const heading = (name) => page.getByRole('heading', { name, exact: true });

test('one language is fetched; the other when it is chosen, which is remembered', async () => {
  page = await browser.page(stack, { locale: 'vi' });
  assert.deepEqual(await fetched(), ['vi']);
  await page.getByRole('button', { name: 'English' }).click();
  await heading('Digital Certificate List').waitFor();
  assert.deepEqual(await fetched(), ['vi', 'en']);
  await page.reload();
  await settled(page);
  await heading('Digital Certificate List').waitFor();
  assert.deepEqual(await fetched(), ['en']);
});

test('a language that does not come is not spoken: that is said, and choosing it again fetches it again', async () => {
  page = await browser.page(stack);
  await page.route('**/smartca.vi.txt', (route) => route.abort());
  const button = page.getByRole('button', { name: 'Tiếng Việt' });
  await button.click();
  await page.getByText('No answer from the server').first().waitFor();
  await heading('Digital Certificate List').waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.evaluate(() => document.querySelector('smartca-certificates').setAttribute('locale', 'vi'));
  await page.getByText('No answer from the server').first().waitFor();  // the portal's word is no other
  await page.unroute('**/smartca.vi.txt');
  await button.click();
  await heading('Danh sách chứng thư số').waitFor();
});

test('texts of another version start no page that says the wrong things', async () => {
  page = await browser.page(stack, { path: '/nothing', ready: false });
  await page.route('**/smartca.en.txt', (route) => route.fulfill({ contentType: 'text/plain', body: 'one\ntwo\n' }));
  await page.goto(stack.proxy.origin);
  await page.getByText('The files of the form are of different versions.').waitFor();
});

for (const [what, answer] of [['the server\'s own page', { contentType: 'text/html', body: '<!doctype html><p>Not here' }], ['nothing', { contentType: 'text/plain', body: '' }]])
  test(`where ${what} comes in place of the texts the form is not there, and trying again helps`, async () => {
    page = await browser.page(stack, { path: '/nothing', ready: false });
    await page.route('**/smartca.en.txt', (route) => route.fulfill(answer));
    await page.goto(stack.proxy.origin);
    await page.getByText(/^The form (could not be loaded|may have been updated)/).waitFor();
    await page.unroute('**/smartca.en.txt');
    await page.getByRole('button', { name: 'Try again' }).click();
    await heading('Digital Certificate List').waitFor();
  });

test('a program of another version than its script is told', async () => {
  page = await browser.page(stack, { path: '/nothing', ready: false });
  const imports = Buffer.from('0061736d01000000' + '010401600000' + '0207010178017a0000', 'hex');  // x.z, which nobody has
  await page.route('**/smartca.*.wasm', (route) => route.fulfill({ contentType: 'application/wasm', body: imports }));
  await page.goto(stack.proxy.origin);
  await page.getByText('The files of the form are of different versions.').waitFor();
});

test('where WebAssembly is turned off that is said, and not that the connection should be checked', async () => {
  const strict = await openBrowser({ engine: 'chromium', args: ['--js-flags=--jitless'] });
  try {
    page = await strict.page(stack, { ready: false });
    await page.getByText('The form needs WebAssembly, which this browser has turned off.').waitFor();
    assert.equal(await page.getByText('Check the connection').count(), 0);
  } finally {
    await strict.close();
    page = undefined;
  }
});

test('the language that the portal names last is spoken, whatever arrives first', async () => {
  page = await browser.page(stack, { locale: 'vi' });
  await page.evaluate(() => {
    const element = document.querySelector('smartca-certificates');
    for (const tag of ['en', 'vi', 'en-US', 'vi-VN', 'EN']) element.setAttribute('locale', tag);
  });
  await heading('Digital Certificate List').waitFor();
  await settled(page);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
});
