// Where a portal may have put the dialog: a frame of another origin, a window of its own, a page that comes back from the
// browser's memory, beside nineteen others, under what hides it.
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { chromium } from 'playwright-core';
import { startStack } from '../scenario/harness.mjs';
import { dist } from './browser.mjs';
import { english } from './dialog.mjs';
import { startFront } from './front.mjs';
import { openPortal } from './portal.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage();
let page;
afterEach(() => page?.context().close());
const tag = 'smartca-create-certificate';
const opener = '<button id="open">Open</button>' +
  `<script type="module">document.getElementById('open').onclick = () => { globalThis.result = document.querySelector('${tag}').show({ userId: 4 }); };</script>`;
const identityIn = (where) => where.getByRole('dialog').getByRole('textbox', { name: english.identity });

test('in a frame of another origin, with the proxy on a third, it opens, takes the keyboard and gives the focus back', async () => {
  const inner = {}, portal = await startFront(stack, { files: inner });
  const outer = await startFront(stack, { files: { '/': `<!doctype html><input id="outside"><iframe src="${portal.proxy.origin}/" style="width: 1100px; height: 700px"></iframe>` } });
  const sidecar = await startStack({ staticDirectory: dist, args: ['--allowed-origins', portal.proxy.origin] });
  after(() => sidecar.stop());
  inner['/'] = `<!doctype html><html lang="en"><script type="module" src="${sidecar.proxy.origin}/smartca.js"></script>
    <${tag} locale="en" api="${sidecar.proxy.origin}/api/v1/"></${tag}>${opener}`;
  page = await browser.page(outer, { ready: false });
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Open' }).click();
  await identityIn(frame).waitFor();
  await frame.getByRole('combobox', { name: english.user }).and(frame.locator('[value], input')).first().waitFor();
  await page.waitForFunction(() => document.activeElement.tagName === 'IFRAME');
  await page.keyboard.type('001099000001');  // the number has the focus, since the user is known
  await page.keyboard.press('Enter');
  await frame.getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).waitFor();
  assert.equal(await identityIn(frame).inputValue(), '001099000001');
  for (let i = 0; i < 30; i++) await page.keyboard.press('Tab');  // never out of the dialog
  await page.keyboard.press('Escape');
  await frame.getByRole('alertdialog').getByRole('button').last().click();
  await frame.getByRole('dialog').waitFor({ state: 'detached' });
  const [, inside] = page.frames();
  assert.deepEqual(await inside.evaluate(() => globalThis.result), { outcome: 'cancelled' });
  assert.equal(await inside.evaluate(() => document.activeElement.id), 'open');
});

for (const [how, isMoved] of [['made here and put there', false], ['moved there', true]])
  test(`in another window's document it looks and works as ever: ${how}`, async () => {
    page = await openPortal(browser, stack, { widget: `<${tag} locale="en"></${tag}>` });
    const [popup] = await Promise.all([page.context().waitForEvent('page'), page.evaluate(([tag, isMoved]) => {
      globalThis.popup = window.open('about:blank', '', 'width=1100,height=760');
      globalThis.element = isMoved ? document.querySelector(tag) : document.createElement(tag);
      globalThis.popup.document.body.append(globalThis.element);
      globalThis.element.locale = 'en';
      globalThis.result = globalThis.element.show();
    }, [tag, isMoved])]);
    await identityIn(popup).fill('001099000001');
    await popup.getByRole('button', { name: english.lookUp }).click();
    await popup.getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).waitFor();
    await page.waitForFunction(() => globalThis.element.diagnostics.mode === 'canvas' && globalThis.element.diagnostics.idle);
    assert.equal(await page.evaluate(() => globalThis.element.shadowRoot.querySelector('.Dialog').getBoundingClientRect().width), 920, 'it is styled there');
    await popup.keyboard.press('Escape');
    await popup.getByRole('alertdialog').getByRole('button').last().click();
    assert.deepEqual(await page.evaluate(() => globalThis.result), { outcome: 'cancelled' });
  });

test('a window that loads the script itself has an element of its own, which looks up', async () => {
  page = await browser.page(stack);
  const [popup] = await Promise.all([page.context().waitForEvent('page'), page.evaluate(([tag, origin]) => {
    const { document } = window.open('about:blank', '', 'width=900,height=700');
    const element = document.createElement(tag);  // not defined there yet
    Object.assign(element, { open: true, locale: 'en', userId: 4 });
    element.setAttribute('api', origin + '/api/v1/');
    const script = document.createElement('script');
    Object.assign(script, { type: 'module', src: origin + '/smartca.js' });
    document.body.append(element, script);
  }, [tag, stack.proxy.origin])]);
  await identityIn(popup).fill('001099000001');
  await popup.getByRole('dialog').getByRole('button', { name: english.lookUp }).click();
  await popup.getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).waitFor();
});

test('twenty on a page are open at once, of one program whose halves came once, and each closes and opens by itself', async () => {
  page = await openPortal(browser, stack, { widget: '' });
  const programs = [];
  page.on('request', (request) => { if (request.url().endsWith('.wasm')) programs.push(request.url()); });
  await page.evaluate(async (tag) => {
    document.getElementById('place').innerHTML = `<${tag} locale="en"></${tag}>`.repeat(20);
    await import('/smartca.js');
    const all = [...document.querySelectorAll(tag)];
    globalThis.results = all.map((element) => element.show());
    await Promise.all(all.map((element) => new Promise((done) => { element.addEventListener('smartca-ready', done); })));
  }, tag);
  assert.equal(new Set(programs).size, 2);
  assert.equal(programs.length, 2);
  const open = () => page.evaluate((tag) => [...document.querySelectorAll(tag)].map((element) => Number(element.open)).join(''), tag);
  await page.keyboard.press('Escape');  // Chromium takes those that nobody has clicked for together
  assert.match(await open(), /^1*0+$/);
  await page.evaluate((tag) => { for (const element of document.querySelectorAll(tag)) element.hide(); }, tag);
  assert.deepEqual(await page.evaluate(() => Promise.all(globalThis.results)), Array(20).fill({ outcome: 'cancelled' }));
  await page.evaluate((tag) => { document.querySelectorAll(tag)[7].show(); }, tag);
  await identityIn(page).fill('0010990');
});

for (const [what, before, behind] of [['visibility: hidden', '<div style="visibility: hidden">', '</div>'], ['inert', '<div inert>', '</div>'],
  ['opacity: 0 and a clip', '<div style="opacity: 0; overflow: hidden; height: 0; contain: paint">', '</div>'], ['a transform', '<div style="transform: rotate(9deg) scale(.2)">', '</div>'],
  ['pointer-events: none', '<div style="pointer-events: none; user-select: none">', '</div>']])
  test(`under an ancestor with ${what} the dialog is seen and works`, async () => {
    page = await openPortal(browser, stack, { widget: `${before}<${tag} locale="en"></${tag}>${behind}` });
    await page.evaluate((tag) => { document.querySelector(tag).show(); }, tag);
    await identityIn(page).click();
    await page.keyboard.type('0010990');
    assert.equal(await identityIn(page).inputValue(), '0010990');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('alertdialog').waitFor();
  });

for (const [what, before, behind] of [['hidden', '<div hidden>', '</div>'], ['a <details> that is closed', '<details>', '</details>'],
  ['content-visibility: hidden', '<div style="content-visibility: hidden">', '</div>']])
  test(`under an ancestor that is not laid out (${what}) nothing opens over the page, and the portal is told why`, async () => {
    page = await openPortal(browser, stack, { widget: `${before}<${tag} locale="en"></${tag}>${behind}` });
    const { code } = await page.evaluate((tag) => document.querySelector(tag).show(), tag);
    assert.equal(code, 'badConfiguration');
    await page.getByRole('button', { name: 'Open' }).click();  // the page under it is not inert
  });

for (const [what, around, hide] of [['is hidden', 'div', 'hide'], ['is a <dialog> that closes', 'dialog', 'close']])
  test(`where an ancestor ${what} while the dialog is open, that closes, the page works on, and the portal is told why`, async () => {
    page = await openPortal(browser, stack, { widget: `<${around} id="around"><${tag} locale="en"></${tag}></${around}>` });
    await page.evaluate(([tag, hide]) => {
      const element = document.querySelector(tag);
      globalThis.around = document.getElementById('around');
      if (hide === 'close') globalThis.around.showModal();
      globalThis.keptResult = element.show();
    }, [tag, hide]);
    await identityIn(page).fill('0010990');
    await page.evaluate((hide) => { if (hide === 'close') globalThis.around.close(); else globalThis.around.hidden = true; }, hide);
    await page.getByRole('button', { name: 'Open' }).click();
    assert.equal((await page.evaluate(() => globalThis.keptResult)).code, 'badConfiguration');
  });

test('in a frame that is hidden and shown again the dialog is there as it was', async () => {
  page = await openPortal(browser, stack, { widget: '' });
  await page.route('**/inner', (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><script type="module" src="/smartca.js"></script><${tag} locale="en" open></${tag}>` }));
  await page.evaluate(() => { document.getElementById('place').innerHTML = '<iframe src="/inner" style="width: 1000px; height: 500px"></iframe>'; });
  const identity = page.frameLocator('iframe').getByRole('textbox', { name: english.identity });
  await identity.fill('0010990');
  const display = (value) => page.evaluate((value) => { document.querySelector('iframe').style.display = value; }, value);
  await display('none');
  await new Promise((resolve) => setTimeout(resolve, 1500));  // longer than the dialog waits for its rectangle
  await display('');
  assert.equal(await identity.inputValue(), '0010990');
});

// Playwright keeps Chromium from it, but for this.
test('a page that comes back from the browser\'s memory has a dialog that works, with what was typed', async () => {
  const front = await startFront(stack, { files: { '/favicon.ico': '', '/': `<!doctype html><html lang="en"><script type="module" src="/smartca.js"></script><${tag} locale="en"></${tag}>${opener}`,
    '/away': '<!doctype html><h1>Away</h1>' } });
  const own = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'], ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  after(() => own.close());
  page = await own.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${front.proxy.origin}/`);
  await page.evaluate(() => { addEventListener('pageshow', ({ persisted }) => { globalThis.persisted = persisted; }); });
  await page.getByRole('button', { name: 'Open' }).click();
  await identityIn(page).fill('001099000001');
  await page.goto(`${front.proxy.origin}/away`);
  await page.goBack({ waitUntil: 'commit' });
  await page.waitForFunction(() => globalThis.persisted === true);
  assert.equal(await identityIn(page).inputValue(), '001099000001');
  await page.getByRole('dialog').getByRole('button', { name: english.lookUp }).click();
  await page.getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).waitFor();
});
