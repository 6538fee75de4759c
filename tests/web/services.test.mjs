// What a browser does for a plain form it does for this one, and what a page does to plain elements it does not do to these.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { settled } from './browser.mjs';
import { chooseUser, dialogOf, english, lookUp, openDialog } from './dialog.mjs';
import { openPortal } from './portal.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage();
let page;
afterEach(() => page?.context().close());

test('autofill: one form with its fields before any of them had the focus; what is filled in from outside counts', async () => {
  page = await browser.page(stack);
  await openDialog(page);
  await dialogOf(page).getByRole('switch', { name: english.business }).click();
  await settled(page);
  const fields = await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('smartca-certificates');
    const forms = shadowRoot.querySelectorAll('form');
    return [forms.length, ...[...forms[0].elements].filter((one) => one.matches('.field')).map(({ name, autocomplete }) => `${name}: ${autocomplete}`)];
  });
  assert.deepEqual(fields, [1, 'userId: off', 'identity: off', 'serial: off', 'password: new-password', 'secretKey: off', 'signatureText: off']);
  // As password managers do it: the value, and an event. Some send only `change`.
  await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('smartca-certificates');
    const fill = (name, value, type) => {
      const field = shadowRoot.querySelector(`[name=${name}]`);
      field.value = value;
      field.dispatchEvent(new Event(type, { bubbles: true }));
    };
    fill('identity', '001099000001', 'change');
    fill('secretKey', 'MDAxMTIyMzM0NDU1NjY3Nzg4OTlBQUJCQ0NEREVFRkY=', 'input');
  });
  await dialogOf(page).getByText('CCCD', { exact: true }).waitFor();
  await dialogOf(page).getByText(/^Code now,/).waitFor();
});

// The page reads decimals with the browser's words (web/platform/c_library.cpp).
test('an answer may hold numbers of any form where the page asks for none', async () => {
  page = await browser.page(stack, { ready: false });
  await page.route('**/certificates?*', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace('{', '{"more":[0.5,-2e-3,1E40,-0.0,123456789012345678901234567890],');
    await route.fulfill({ response, body });
  });
  await page.reload();
  await settled(page);
  assert.ok(await page.getByRole('row').count() > 1);
});

test('find in page finds the words that are painted; no dictionary underlines numbers, names and placeholders', async () => {
  page = await browser.page(stack);
  assert.ok(await page.evaluate(() => window.find('Digital Certificate List')));
  assert.ok(await page.evaluate(() => window.find('Trần Thị Bích Ngọc')));
  assert.ok(!(await page.evaluate(() => window.find('no such words'))));
  await openDialog(page);
  assert.deepEqual(await page.evaluate(() => [...document.querySelector('smartca-certificates').shadowRoot.querySelectorAll('.Dialog .field')]
    .filter((field) => field.spellcheck).map((field) => field.name)), []);
});

test('a page\'s own styles reach nothing of it: neither its elements nor a pixel of its picture', async () => {
  page = await openPortal(browser, stack, { widget: '<smartca-certificates locale="en"></smartca-certificates>' });
  const place = page.locator('#place');  // as much of the widget as the page shows
  await page.evaluate(() => { document.querySelector('p').style.cssText = 'height: 40px; margin: 0; overflow: hidden'; });
  await settled(page);
  const before = await place.screenshot();
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { letter-spacing: 3px; text-transform: uppercase; text-indent: 9px; word-spacing: 8px; line-height: 3; font-style: italic; color: red;
      text-align: right; visibility: visible }
      div:not(#place), button, input, label, canvas, h1 { all: unset !important; display: none !important }`);
    document.adoptedStyleSheets = [sheet];
  });
  await settled(page);
  assert.deepEqual(await place.screenshot(), before);
});

test('it runs where a policy demands Trusted Types and forbids everything inline', async () => {
  page = await browser.page(stack, { ready: false, path: '/favicon.none' });
  await page.route(stack.proxy.origin + '/', async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    headers['content-security-policy'] += "; require-trusted-types-for 'script'; trusted-types 'none'";
    await route.fulfill({ response, headers });
  });
  await page.goto(stack.proxy.origin);
  await settled(page);
  page.problems.length = 0;
  assert.ok(await page.evaluate(() => {
    try {
      document.createElement('p').innerHTML = '<b>text</b>';
      return false;
    } catch {
      return true;  // the policy holds
    }
  }));
  page.problems.length = 0;
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  await lookUp(page, '001099000001');
  await page.evaluate(() => document.querySelector('smartca-certificates').setAttribute('painting', 'dom'));
  await settled(page);
  assert.deepEqual(page.problems, []);
});
