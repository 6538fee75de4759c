// The dialog's element as a portal's engineer meets it: properties, methods, events, and where it is put.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { until } from '../scenario/harness.mjs';
import { settled } from './browser.mjs';
import { accept, dialogOf, english, foundList, lookUp, vietnamese } from './dialog.mjs';
import { openPortal } from './portal.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage();
let page;
afterEach(async () => {
  await stack.sandbox.fault({ mode: 'none' });
  await page?.context().close();
});
const tag = 'smartca-create-certificate';
const names = ['ready', 'opened', 'lookedup', 'created', 'unchanged', 'pending', 'unauthorized', 'problem', 'cancel', 'closed'];

async function open(widget = `<${tag} locale="en"></${tag}>`, options = {}) {
  page = await openPortal(browser, stack, { widget, ...options });
  await listen();
}
// What the element says, in its order, and what of it the page around it hears.
const listen = () => page.evaluate(([tag, names]) => {
  globalThis.keptEvents = [];
  globalThis.keptOutside = [];
  for (const name of names)
    document.querySelector(tag)?.addEventListener('smartca-' + name, ({ detail }) => globalThis.keptEvents.push([name, detail]));
  for (const name of [...names.map((name) => 'smartca-' + name), 'cancel', 'close', 'input', 'error'])
    document.getElementById('place').addEventListener(name, () => globalThis.keptOutside.push(name));
}, [tag, names]);
// The form may be on the screen before it is known for whom it is, or the other way round.
const heard = () => page.evaluate(() => globalThis.keptEvents.map(([name]) => name).join().replaceAll('ready,opened', 'opened,ready').split(','));
const detailOf = async (name) => (await page.evaluate(() => globalThis.keptEvents)).find(([each]) => each === name)?.[1];
const hears = (name) => page.waitForFunction((name) => globalThis.keptEvents.some(([each]) => each === name), name, { timeout: 15_000 });
// Kept in the page: show() resolves when the dialog has closed.
const show = (options) => page.evaluate(([tag, options]) => { globalThis.keptResult = document.querySelector(tag).show(options); }, [tag, options]);
const result = () => page.evaluate(() => globalThis.keptResult);
const userField = () => dialogOf(page).getByRole('combobox', { name: english.user });
const identityField = () => dialogOf(page).getByRole('textbox', { name: english.identity });
const isOpen = () => page.evaluate((tag) => [document.querySelector(tag).open, document.querySelector(tag).hasAttribute('open')], tag);

test('open is a boolean that reflects, "false" is closed, and properties set before the script came count', async () => {
  page = await openPortal(browser, stack, { widget: '' });
  await page.evaluate((tag) => {
    const element = document.createElement(tag);  // not defined yet
    Object.assign(element, { open: true, locale: 'en', userId: 1, identity: '001099000001' });
    document.getElementById('place').append(element);
    document.getElementById('place').insertAdjacentHTML('beforeend', `<${tag} id="react18" open="false"></${tag}>`);
  }, tag);
  await page.evaluate(() => import('/smartca.js'));
  await foundList(page).waitFor();
  assert.equal(await identityField().inputValue(), '001099000001');
  assert.deepEqual(await isOpen(), [true, true]);
  assert.deepEqual(await page.evaluate((tag) => {
    const element = document.querySelector(tag);
    return [element.userId, element.getAttribute('user-id'), element.hasAttribute('identity'), document.getElementById('react18').open];
  }, tag), ['1', '1', false, false]);
  await page.evaluate((tag) => { document.querySelector(tag).open = false; }, tag);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.deepEqual(await isOpen(), [false, false]);
});

test('what show() is given counts for one opening; an event in its place is refused, and so is a mistake', async () => {
  await open();
  await show({ userCode: 'USER01', identity: '001099000001' });
  await foundList(page).waitFor();
  assert.match(await userField().inputValue(), /Nguyễn Văn A/);
  await page.keyboard.press('Escape');
  assert.deepEqual(await result(), { outcome: 'cancelled' });
  await show();
  await userField().waitFor();
  await settled(page);
  assert.deepEqual([await userField().inputValue(), await identityField().inputValue()], ['', '']);
  await page.keyboard.press('Escape');
  await result();
  const refused = await page.evaluate(async (tag) => {
    const element = document.querySelector(tag);
    const of = (options) => element.show(options).then(() => 'shown', (error) => error.message);
    return [await of(new PointerEvent('click')), await of({ user: 5 }), await of({ userId: '5' }), await of({ prefill: { password: 'x' } }), element.open];
  }, tag);
  assert.deepEqual(refused.map((each) => String(each).replace(/;.*/, '')),
    ['show(): an object is wanted, not [object PointerEvent]', 'show(): there is no "user"', 'show(): userId is no positive whole number: 5',
      'show(): prefill: there is no "password"', 'false']);
});

test('a create is told in events with the number of its request, of which the page around hears "created" alone', async () => {
  await open();
  await show({ userId: 4 });
  await lookUp(page, '001099000001');
  await foundList(page).getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).check();
  await dialogOf(page).getByRole('button', { name: english.submit }).click();
  await accept(page);
  await page.getByRole('dialog').getByRole('status').getByText(/^Digital certificate created. Added for /).waitFor();
  await page.keyboard.press('Enter');  // "Close" has the focus
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.deepEqual(await heard(), ['opened', 'ready', 'lookedup', 'created', 'closed']);
  assert.deepEqual(await page.evaluate(() => globalThis.keptOutside), ['smartca-created']);
  const { added, userId, requestId } = await detailOf('created');
  assert.deepEqual([added.length, userId], [1, 4]);
  assert.match(stack.proxy.said, new RegExp(`"requestId":"${requestId}"|${requestId}`));
  const { outcome, added: same } = await result();
  assert.deepEqual([outcome, same], ['created', added]);
  assert.deepEqual(await detailOf('lookedup').then(({ found, unreadable, userId }) => [found > 0, unreadable, userId]), [true, 0, 4]);
});

test('a portal that says itself what was created keeps the dialog from saying it', async () => {
  await open();
  await page.evaluate((tag) => document.querySelector(tag).addEventListener('smartca-created', (event) => event.preventDefault()), tag);
  await show({ userId: 5 });
  await lookUp(page, '001099000001');
  await foundList(page).getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).check();
  await dialogOf(page).getByRole('button', { name: english.submit }).click();
  await accept(page);
  assert.match((await result()).message, /^Digital certificate created/);
  assert.equal(await page.getByRole('dialog').count(), 0);
});

test('Escape in the dialog leaves the portal\'s own dialog around it open', async () => {
  await open('');
  await page.evaluate((tag) => {
    document.getElementById('place').innerHTML = `<dialog id="outer"><input><${tag} locale="en"></${tag}></dialog>`;
    document.getElementById('outer').showModal();
    return import('/smartca.js').then(() => { document.querySelector(tag).show(); });
  }, tag);
  await userField().waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction((tag) => !document.querySelector(tag).open, tag);
  assert.equal(await page.evaluate(() => document.getElementById('outer').open), true);
});

test('a program that does not come is said in the dialog, which tries again; given up, it closes', async () => {
  await open();
  const program = '**/smartca.*.wasm';
  await page.route(program, (route) => route.abort());
  await show();
  const alert = page.getByRole('dialog').getByRole('alert');
  await alert.getByText('The form could not be loaded. Check the connection, then try again.').waitFor();
  assert.equal((await detailOf('problem')).code, 'notLoaded');
  await page.getByRole('button', { name: 'Close' }).click();
  assert.deepEqual(await result().then(({ outcome, code }) => [outcome, code]), ['failed', 'notLoaded']);
  await show();
  await alert.waitFor();
  await page.evaluate(() => document.addEventListener('keydown', ({ key }) => { globalThis.keptKey = key; }));
  await page.keyboard.press('Escape');
  assert.deepEqual(await result().then(({ outcome, code }) => [outcome, code]), ['failed', 'notLoaded']);
  assert.equal(await page.evaluate(() => globalThis.keptKey), undefined, 'a dialog of the portal would close with it');
  await show();
  await alert.waitFor();
  await page.unroute(program);
  await page.getByRole('button', { name: 'Try again' }).click();
  await userField().waitFor();
  await page.keyboard.press('Escape');
  assert.deepEqual(await result(), { outcome: 'cancelled' });
  assert.deepEqual(await heard(), ['problem', 'cancel', 'closed', 'problem', 'cancel', 'closed', 'problem', 'opened', 'ready', 'cancel', 'closed']);
});

test('while the program is on its way there is a dialog that can be cancelled', async () => {
  await open();
  let arrived;
  const asked = new Promise((done) => { arrived = done; });
  await page.route('**/smartca.*.wasm', (route) => arrived(route));
  await show();
  const route = await asked;
  await page.getByRole('status').getByText('Loading…').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  assert.deepEqual(await result(), { outcome: 'cancelled' });
  await route.continue();
  assert.equal(await page.getByRole('dialog').count(), 0);
});

test('a policy that forbids WebAssembly is called that, and not a bad connection', async () => {
  page = await browser.page(stack, { path: '/api/v1/session', ready: false });
  await page.route('**/strict', (route) => route.fulfill({
    contentType: 'text/html', headers: { 'content-security-policy': "script-src 'self'" },
    body: `<!doctype html><script type="module" src="/smartca.js"></script><div id="place"><${tag} locale="en" open></${tag}></div>` }));
  await page.goto(`${stack.proxy.origin}/strict`);
  await page.getByRole('alert').getByText('The security policy of this page does not let the form run.').waitFor();
});

test('moved, by taking it out and in or in one step, it keeps the dialog and what was typed', async () => {
  await open();
  await show();
  await identityField().fill('0010990');
  for (const move of ['append', 'moveBefore']) {
    await page.evaluate(([tag, move]) => {
      const element = document.querySelector(tag);
      if (move === 'append') document.body.append(element);
      else document.body.moveBefore?.(element, document.body.firstChild);
    }, [tag, move]);
    await settled(page);
    assert.equal(await identityField().inputValue(), '0010990', move);
    assert.equal(await page.evaluate((tag) => document.querySelector(tag).shadowRoot.querySelector('dialog').matches(':modal'), tag), true);
    await page.keyboard.type('1');
    await identityField().fill('0010990');
  }
  assert.deepEqual(await heard(), ['opened', 'ready']);
});

test('taken away while a create runs: what comes of it is pending, and later told to whoever listens', async () => {
  await open();
  await show({ userId: 13 });
  await lookUp(page, '001099000001');
  await foundList(page).getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).check();
  await stack.sandbox.fault({ mode: 'delay', milliseconds: 1500 });
  await dialogOf(page).getByRole('button', { name: english.submit }).click();
  await accept(page);
  await dialogOf(page).getByText(/^Creating/).first().waitFor();
  await page.evaluate((tag) => document.querySelector(tag).remove(), tag);
  assert.deepEqual(await result().then(({ outcome, userId }) => [outcome, userId]), ['pending', 13]);
  await hears('created');
  assert.deepEqual((await heard()).slice(-3), ['pending', 'closed', 'created']);
});

test('closed by the portal while a create runs it is pending, and the next opening is for whom it is asked', async () => {
  await open();
  await show({ userId: 14 });
  await lookUp(page, '001099000001');
  await foundList(page).getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).check();
  await page.route('**/api/v1/certificates', async (route) => {
    await page.waitForFunction(() => globalThis.goesOn);
    await route.fulfill({ status: 504, contentType: 'application/problem+json', json: { code: 'upstreamTimeout', status: 504, title: 'away' } });
  });
  await dialogOf(page).getByRole('button', { name: english.submit }).click();
  await accept(page);
  await dialogOf(page).getByText(/^Creating/).first().waitFor();
  await page.evaluate((tag) => { document.querySelector(tag).open = false; }, tag);
  assert.equal((await result()).outcome, 'pending');
  await page.evaluate(() => { globalThis.goesOn = true; });
  await hears('problem');
  await show({ userId: 7 });
  await userField().waitFor();
  await settled(page);
  assert.ok((await dialogOf(page).boundingBox()).width > 700);  // it was not laid out while it was closed
  assert.notEqual(await identityField().inputValue(), '001099000001');
  assert.equal((await detailOf('problem')).left, true);
  assert.deepEqual(page.problems.filter((words) => !words.includes('504')), []);
});

test('in a frame that may send no forms, Create and Enter still work', async () => {
  page = await browser.page(stack, { path: '/api/v1/session', ready: false });
  const documents = {
    inner: `<!doctype html><script type="module" src="/smartca.js"></script><${tag} locale="en" open></${tag}>`,
    outer: '<!doctype html><iframe sandbox="allow-scripts allow-same-origin" src="/inner" style="width: 1200px; height: 740px"></iframe>',
  };
  for (const [name, body] of Object.entries(documents)) await page.route(`**/${name}`, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${stack.proxy.origin}/outer`);
  const form = page.frameLocator('iframe').getByRole('dialog');
  await form.getByRole('button', { name: english.submit }).click();
  await form.getByText('Choose a user.').first().waitFor();
});

test('colours of any notation count, by theme and through one another, and their changes are noticed', async () => {
  await open(`<style>body { color: #123456; --brand: #0a7d4b } ${tag} { --smartca-accent: light-dark(var(--brand), #4cc38a); --smartca-muted: currentcolor;
    --smartca-accent-soft: rgb(255 0 0 / 50%) }</style><${tag} locale="en" theme="light"></${tag}>`);
  await show();
  await userField().waitFor();
  await settled(page);
  const color = (name) => page.evaluate(([tag, name]) => document.querySelector(tag).shadowRoot.querySelector('.stage').style.getPropertyValue('--c-' + name), [tag, name]);
  assert.deepEqual([await color('accent'), await color('muted'), await color('accent-soft')], ['#0a7d4b', '#123456', '#ff8080'].map((each) =>
    each === '#ff8080' ? '#ff7f7f' : each));
  await page.evaluate((tag) => document.querySelector(tag).setAttribute('theme', 'dark'), tag);
  await settled(page);
  assert.equal(await color('accent'), '#4cc38a');
  await page.evaluate((tag) => {
    document.querySelector(tag).setAttribute('theme', 'light');
    document.body.style.setProperty('--brand', '#7a1fa2');
  }, tag);
  await page.waitForFunction((tag) => document.querySelector(tag).shadowRoot.querySelector('.stage').style.getPropertyValue('--c-accent') === '#7a1fa2', tag);
});

test('a page that is zoomed by its own styles, or turned, shows the whole dialog', async () => {
  await open();
  await page.evaluate(() => { document.body.style.zoom = '1.25'; document.getElementById('place').style.transform = 'scale(0.5)'; });
  await show();
  await userField().waitFor();
  await page.waitForFunction((tag) => document.querySelector(tag).diagnostics.idle, tag);
  const { y, height } = await dialogOf(page).getByRole('button', { name: english.submit }).boundingBox();
  assert.ok(y + height <= 800, `Create ends at ${y + height}`);
});

test('texts of the portal\'s own take the place of others, by name; what is not one is complained about', async () => {
  await open();
  await page.evaluate((tag) => {
    document.querySelector(tag).messages = { dialogTitle: 'Attach a certificate', listTitle: 5, noSuchText: 'x', createdFor: 'For {nobody}' };
  }, tag);
  await show();
  await userField().waitFor();
  await page.getByRole('dialog', { name: 'Attach a certificate' }).waitFor();
  assert.deepEqual((await page.evaluate(() => globalThis.keptEvents)).filter(([name]) => name === 'problem').map(([, { code, message }]) => [code, message]), [
    ['badConfiguration', 'messages: "listTitle" is no text of one line'], ['badConfiguration', 'messages: there is no text "noSuchText"'],
    ['badConfiguration', 'messages: "createdFor" has no {nobody}']]);
});

for (const [older, apiVersion, words] of [['page', 2, 'This page is older than the certificate server.'], ['proxy', undefined, 'The certificate server is older than this page']])
  test(`a proxy of another version is told, with which of the two to update: the ${older}`, async () => {
    await open();
    await page.route('**/api/v1/session', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), apiVersion } });
    });
    await show();
    await page.getByRole('alert').getByText(words).waitFor();
    const { code, message } = await detailOf('problem');
    assert.equal(code, 'versionMismatch');
    assert.ok(message.endsWith(`update the ${older}`), message);
  });

test('preload() fetches what an opening needs, once, and opens nothing', async () => {
  await open();
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname.replace(/\.[0-9a-f]{16}\./, '.')));
  await page.evaluate((tag) => document.querySelector(tag).preload(), tag);
  assert.deepEqual(asked.sort(), ['/smartca.en.txt', '/smartca.rest.wasm', '/smartca.wasm']);
  assert.deepEqual(await isOpen(), [false, false]);
  await show();
  await userField().waitFor();
  assert.equal(asked.filter((path) => !path.startsWith('/api/')).length, 3);
});

test('a second script of another version on the page changes nothing, and says which one is used', async () => {
  await open();
  const said = [];
  page.on('console', (message) => { if (message.type() === 'warning') said.push(message.text()); });
  await page.route('**/other/smartca.js', async (route) => {
    const response = await route.fetch({ url: `${stack.proxy.origin}/smartca.js` });
    await route.fulfill({ response, body: (await response.text()).replaceAll('0.1.0', '9.9.9') });
  });
  const version = await page.evaluate((tag) => import('/other/smartca.js').then(() => customElements.get(tag).version), tag);
  assert.deepEqual([version, said], ['0.1.0', ['smartca-certificates', tag].map((name) => `<${name}> 0.1.0 is on this page; 9.9.9 is not used`)]);
  await show();
  await userField().waitFor();
});

test('an element that cannot be seen opens nothing over the page, and says so', async () => {
  await open(`<div style="display: none"><${tag} locale="en"></${tag}></div>`);
  await show();
  assert.equal((await result()).code, 'badConfiguration');
  assert.deepEqual(await heard(), ['problem', 'closed']);
});

test('hide() by a listener of smartca-cancel asks nothing more, and changes nothing', async () => {
  for (const prevents of [true, false]) {
    await open();
    await page.evaluate(([tag, prevents]) => document.querySelector(tag).addEventListener('smartca-cancel', (event) => {
      if (prevents) event.preventDefault();
      event.target.hide();
    }), [tag, prevents]);
    await show();
    await userField().waitFor();
    await page.keyboard.press('Escape');
    await hears(prevents ? 'cancel' : 'closed');
    if (prevents) await settled(page);
    assert.deepEqual((await heard()).filter((name) => name.startsWith('c')), prevents ? ['cancel'] : ['cancel', 'closed']);
    assert.equal(await userField().isVisible(), prevents);
    await page.context().close();
  }
});

test('a program that is not there any more is told as that: what helps is to load the page again', async () => {
  for (const answer of [{ status: 404 }, { contentType: 'text/html', body: '<!doctype html>' }]) {
    await open();
    await page.route('**/smartca.*.wasm', (route) => route.fulfill(answer));
    await show();
    await page.getByRole('alert').getByText('The form may have been updated. Reload the page.').waitFor();
    assert.equal((await detailOf('problem')).code, 'notLoaded');
    await page.context().close();
  }
});

test('what a framework sets as a property has a setter, by which Svelte 5 tells it from an attribute', async () => {
  await open();
  const set = await page.evaluate((tag) => {
    const made = document.createElement(tag);
    return ['fetchToken', 'messages', 'wasmUrl', 'prefill', 'userId', 'open', 'identity', 'api'].filter((name) => {
      for (let owner = made; owner; owner = Object.getPrototypeOf(owner))
        if (Object.getOwnPropertyDescriptor(owner, name)?.set) return false;
      return true;
    });
  }, tag);
  assert.deepEqual(set, []);
});

test('a question whether to close follows the language, with the focus on its answer', async () => {
  await open();
  await show();
  await identityField().fill('001099000001');
  await page.keyboard.press('Escape');
  const answer = (name) => page.getByRole('alertdialog').getByRole('button', { name });
  await answer('Keep editing').waitFor();
  await page.evaluate((tag) => { document.querySelector(tag).locale = 'vi'; }, tag);
  await answer('Tiếp tục nhập').waitFor();
  await settled(page);
  assert.ok(await answer('Tiếp tục nhập').evaluate((button) => button.getRootNode().activeElement === button));
  await page.keyboard.press('Enter');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  assert.equal(await dialogOf(page).getByRole('textbox', { name: vietnamese.identity }).inputValue(), '001099000001');
});

test('a language that does not come for an open dialog is told to the portal, and to nobody who cannot help it', async () => {
  await open();
  await show();
  await userField().waitFor();
  await page.route('**/smartca.vi.txt', (route) => route.abort());
  await page.evaluate((tag) => { document.querySelector(tag).locale = 'vi'; }, tag);
  await hears('problem');
  const { code, message } = await detailOf('problem');
  assert.equal(code, 'notLoaded');
  assert.match(message, /smartca\.vi\.txt/);
  await settled(page);
  assert.equal(await page.getByText('No answer from the server').count(), 0);
  await page.keyboard.press('Escape');
  assert.deepEqual(await result(), { outcome: 'cancelled' });
});

test('language and theme can change while the form is on its way, and where it has not come', async () => {
  await open();
  await page.route('**/smartca.*.wasm', (route) => route.abort());
  await show();
  await page.getByRole('alert').getByText('The form could not be loaded.').waitFor();
  await page.evaluate((tag) => Object.assign(document.querySelector(tag), { locale: 'vi', theme: 'dark' }), tag);
  await page.getByRole('alert').getByText('Không tải được biểu mẫu.').waitFor();
  await page.getByRole('button', { name: 'Thử lại' }).waitFor();
  assert.equal(await page.evaluate((tag) => getComputedStyle(document.querySelector(tag).shadowRoot.querySelector('.shell')).colorScheme, tag), 'dark');
});

test('a locale that is taken away while the form is open gives the language back that counts without it', async () => {
  await open();
  await show();
  for (const [locale, { user }] of [['vi', vietnamese], [null, english]]) {  // the page's own is English
    await page.evaluate(([tag, locale]) => { document.querySelector(tag).locale = locale; }, [tag, locale]);
    await dialogOf(page).getByRole('combobox', { name: user }).waitFor({ timeout: 5000 });
  }
});
