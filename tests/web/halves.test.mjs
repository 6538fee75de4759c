// The program comes in two halves: what a first view needs, and the rest behind it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnostics, settled } from './browser.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage();
const rest = '**/smartca.*.rest.wasm';

// A page whose rest does not come until the returned function is called.
async function withoutRest({ answer, break: breaks, ...options } = {}) {
  const page = await browser.page(stack, { ready: false, path: '/none', ...options });
  if (answer) await page.route('**/api/v1/certificates?*', (route) => route.fulfill(answer));
  if (breaks) await page.addInitScript(breakFirst, breaks);
  await page.addInitScript(() => {
    globalThis.made = 0;
    const { Instance } = WebAssembly;
    WebAssembly.Instance = function (...values) {
      globalThis.made++;
      return new Instance(...values);
    };
  });
  let release;
  const released = new Promise((done) => { release = done; });
  await page.route(rest, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(stack.proxy.origin + '/');
  return { page, release };
}

// Runs in the page: the first instance breaks off where it is called the nth time, as one that lacks what it calls.
function breakFirst(calls) {
  const { Instance } = WebAssembly;
  let made = 0, called = 0;
  WebAssembly.Instance = function (...values) {
    const { exports } = new Instance(...values);
    if (made++) return { exports };
    return { exports: Object.fromEntries(Object.entries(exports).map(([name, value]) => [name, typeof value !== 'function' ? value : (...given) => {
      globalThis.broken = ++called >= calls;
      if (called === calls) throw new WebAssembly.RuntimeError('null function');
      return value(...given);
    }])) };
  };
}

const painted = (page) => page.waitForFunction(() => document.querySelector('smartca-certificates').shadowRoot?.querySelector('.stage')?.dataset.mode === 'canvas');
const made = (page) => page.evaluate(() => globalThis.made);

const phone = { width: 390, height: 844, density: 2, touch: true };
const refused = { status: 503, contentType: 'application/json', body: JSON.stringify({ error: { code: 'unavailable', message: 'no' } }) };
const empty = { status: 200, contentType: 'application/json', body: JSON.stringify({ allCount: 0, items: [], page: 1, pageSize: 10, totalCount: 0, userCount: 0 }) };
for (const [name, options] of Object.entries({
  'the list in Vietnamese': { holds: 'Nguyễn Văn A 2026', locale: 'vi' },
  'the list in the dark, on a phone': { holds: 'Nguyễn Văn A 2026', theme: 'dark', ...phone },
  'an empty list': { holds: 'No certificate yet', answer: empty },
  'a list that cannot be loaded, on a phone': { holds: 'Thử lại', answer: refused, locale: 'vi', ...phone },
}))
  test(`${name} is shown and painted without the rest`, async () => {
    const { holds, ...rest } = options;
    const { page, release } = await withoutRest(rest);
    await painted(page);
    await page.getByText(holds).first().waitFor();
    await page.setViewportSize({ width: (options.width ?? 1280) - 40, height: 700 });
    await page.waitForFunction(() => !document.querySelector('smartca-certificates').diagnostics.lastReason.includes('mode'));
    assert.equal(await made(page), 1, 'one instance, of the first half alone');
    release();
    await settled(page);
    assert.equal(await made(page), 2, 'and the rest of it');
    assert.deepEqual(page.problems.filter((words) => !/404|503/.test(words)), []);
    await page.context().close();
  });

test('what a person types and presses before the rest is there is done when it is', async () => {
  const { page, release } = await withoutRest();
  await painted(page);
  const search = page.getByRole('searchbox').first();
  await search.fill('eseal');
  await page.getByRole('button', { name: 'Create New' }).click();
  assert.equal(await page.getByRole('dialog').count(), 0);
  release();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await settled(page);
  assert.equal(await search.inputValue(), 'eseal');
  assert.equal(await page.getByRole('row').count(), 2, 'the head and the one that matches');
  await page.context().close();
});

test('a user who is typed and left with Tab, or confirmed with Enter, before the rest is there is the one of the filter', async () => {
  for (const key of ['Tab', 'Enter']) {
    const { page, release } = await withoutRest();
    await painted(page);
    const field = page.getByRole('combobox', { name: 'User' });
    await field.click();
    await page.keyboard.type('USER04');
    await page.keyboard.press(key);
    release();
    await page.waitForURL(/#user=4$/);
    await page.waitForFunction((element) => element.value.startsWith('Tập đoàn VNPT'), await field.elementHandle());
    await page.context().close();
  }
});

test('a double click before the rest is there is one press', async () => {
  const { page, release } = await withoutRest();
  await painted(page);
  await page.getByRole('button', { name: 'Create New' }).dblclick();
  release();
  await page.getByRole('dialog').waitFor();
  await page.context().close();
});

test('a word that is typed before and after the rest came is one word, wherever the caret is', async () => {
  for (const name of [/^Search/, 'User', 'Valid from']) {
    const { page, release } = await withoutRest();
    await painted(page);
    const field = page.getByRole(name instanceof RegExp ? 'searchbox' : name === 'User' ? 'combobox' : 'textbox', { name }).first();
    await field.click();
    await page.keyboard.type('01/0');
    release();
    await settled(page);
    await page.keyboard.type('1/2026');
    assert.equal(await field.inputValue(), '01/01/2026');
    await page.context().close();
  }
});

test('what is pasted before the rest came stands there once, and is what is searched for', async () => {
  const { page, release } = await withoutRest();
  await painted(page);
  const search = page.getByRole('searchbox').first();
  await search.click();
  await page.evaluate(() => {
    const field = document.querySelector('smartca-certificates').shadowRoot.activeElement;
    field.dispatchEvent(new InputEvent('beforeinput', { inputType: 'insertFromPaste', data: 'Nguyễn'.normalize('NFD'), bubbles: true, composed: true, cancelable: true }));
    document.execCommand('insertText', false, 'Nguyễn'.normalize('NFD'));
  });
  const from = page.getByRole('textbox', { name: 'Valid from' });
  await from.fill('31/02/2026');
  await page.keyboard.press('Tab');
  release();
  await settled(page);
  assert.equal((await search.inputValue()).normalize('NFC'), 'Nguyễn');
  assert.equal(await from.inputValue(), '31/02/2026');
  assert.equal(await from.getAttribute('aria-invalid'), 'true');
  assert.equal(await page.getByRole('row').count(), 2, 'the head and the one of that name');
  await page.context().close();
});

test('what is typed and where the focus is are seen before the rest is there, and so is a press that waits', async () => {
  const { page, release } = await withoutRest();
  await painted(page);
  await page.getByRole('searchbox').first().click();
  await page.keyboard.type('eseal');
  await page.waitForFunction(() => document.querySelector('smartca-certificates').shadowRoot.querySelector('.stage').dataset.mode === 'dom');
  const ringed = () => page.evaluate(() => getComputedStyle(document.querySelector('smartca-certificates').shadowRoot.activeElement).outlineStyle);
  await page.keyboard.press('Tab');
  assert.equal(await ringed(), 'solid', 'the one that has the focus');
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.waitForFunction(() => document.querySelector('smartca-certificates').shadowRoot.querySelector('.stage').ariaBusy === 'true');
  await page.getByRole('searchbox').first().fill('hoàng');
  release();
  await painted(page);
  await settled(page);
  assert.equal(await page.getByRole('searchbox').first().inputValue(), 'hoàng', 'typed after the press');
  assert.equal(await page.locator('[aria-busy], .early').count(), 0);
  assert.equal(await page.getByRole('row').count(), 2);
  await page.context().close();
});

const answer = (status, body) => ({ status, contentType: body.startsWith('{') ? 'application/json' : 'text/html', body });
for (const [what, path, given] of [
  ['a session that is refused', 'session', answer(401, JSON.stringify({ code: 'unauthorized', requestId: '1' }))],
  ['a session that fills in and locks what a portal knows', 'session', answer(200, JSON.stringify({ apiVersion: 1, imageBytes: 1048576, locale: 'en', may: ['list', 'lookup', 'create'],
    now: '2026-11-22T08:04:00Z', saves: [], prefill: { userId: 1, identity: '001099000001', signatureText: 'Signed' }, lock: ['userId', 'identity', 'signatureText'] }))],
  ['a session that a gateway in between answers', 'session', answer(502, '<html>Bad Gateway')],
  ['a list that a log-in page stands for', 'certificates?*', answer(200, '<!doctype html><title>Log in</title>')],
  ['a list that breaks off', 'certificates?*', answer(200, '{"items": [')],
])
  test(`${what} takes no rest, and nothing that was typed`, async () => {
    const page = await browser.page(stack, { ready: false, path: '/none' });
    let release, reply;
    const [released, replied] = [new Promise((done) => { release = done; }), new Promise((done) => { reply = done; })];
    await page.route(rest, async (route) => { await released; await route.continue(); });
    await page.route(`**/api/v1/${path}`, async (route) => { await replied; await route.fulfill(given); });
    await page.goto(stack.proxy.origin + '/');
    const search = page.getByRole('searchbox').first();
    await search.click();
    await page.keyboard.type('Hoàng');
    const answered = page.waitForResponse(`**/api/v1/${path}`);
    reply();
    await (await answered).finished();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));
    assert.equal(await search.inputValue(), 'Hoàng');
    release();
    await settled(page);
    assert.equal(await search.inputValue(), 'Hoàng');
    assert.deepEqual(page.problems.filter((words) => /RuntimeError|null/.test(words)), []);
    await page.context().close();
  });

test('a list that was opened, and chosen from, before it was there opens once', async () => {
  const { page, release } = await withoutRest();
  await painted(page);
  const status = page.getByRole('combobox', { name: 'Status' });
  await status.focus();
  await page.keyboard.press('Enter');
  release();
  await settled(page);
  assert.equal(await status.getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('Escape');
  await settled(page);
  assert.equal(await status.getAttribute('aria-expanded'), 'false');
  await page.context().close();
});

test('a rest that comes at the third try takes nothing that was typed', async () => {
  const page = await browser.page(stack, { ready: false, path: '/none' });
  let tries = 0;
  await page.route(rest, (route) => ++tries === 3 ? route.continue() : route.fulfill({ status: 502 }));
  await page.goto(stack.proxy.origin + '/');
  await page.getByRole('searchbox').fill('trần');
  await page.waitForURL(/search=tr/);
  assert.equal(tries, 3);
  assert.equal(await page.getByRole('searchbox').inputValue(), 'trần');
  await page.context().close();
});

test('a rest that does not come is said, and asked for again', async () => {
  const page = await browser.page(stack, { ready: false, path: '/none' });
  await page.route(rest, (route) => route.abort());
  await page.goto(stack.proxy.origin + '/');
  await page.getByRole('searchbox').focus();
  await page.getByText('The form could not be loaded. Check the connection, then try again.').waitFor();
  await page.unroute(rest);
  await page.locator('button:focus').filter({ hasText: 'Try again' }).press('Enter');
  await settled(page);
  await page.getByRole('button', { name: 'Create New' }).click();
  await page.getByRole('dialog').waitFor();
  await page.context().close();
});

test('a rest of another version is called that', async () => {
  const page = await browser.page(stack, { ready: false, path: '/none' });
  const other = Buffer.from('0061736d01000000010401600000020b01017002780002000000'.slice(0, 16), 'hex');
  await page.route(rest, (route) => route.fulfill({ contentType: 'application/wasm', body: Buffer.concat([other,
    Buffer.from([1, 4, 1, 0x60, 0, 0, 2, 13, 1, 7, ...Buffer.from('primary'), 1, 0x78, 0, 0])]) }));
  await page.goto(stack.proxy.origin + '/');
  await page.getByText('The files of the form are of different versions. Reload the page.').waitFor();
  await page.context().close();
});

for (const calls of [3, 14])  // while it is made, and while it starts
  test(`a first view that needs more than the first half after all, at call ${calls}, begins again with the whole`, async () => {
    const { page, release } = await withoutRest({ break: calls });
    await page.waitForFunction(() => globalThis.broken);
    release();
    await page.getByText('Nguyễn Văn A 2026').first().waitFor();
    await settled(page);
    assert.equal(await page.evaluate(() => document.querySelector('smartca-certificates').shadowRoot.querySelectorAll('.stage').length), 1);
    await page.getByRole('button', { name: 'Create New' }).click();
    await page.getByRole('dialog').waitFor();
    assert.equal((await diagnostics(page)).mode, 'canvas');
    await page.context().close();
  });

test('an address that holds more than the list waits for the whole program', async () => {
  const page = await browser.page(stack, { ready: false, path: '/none' });
  await page.goto(stack.proxy.origin + '/#search=eseal');
  await settled(page);
  assert.equal(await page.getByRole('row').count(), 2);
  assert.deepEqual(page.problems.filter((words) => !words.includes('404')), []);
  await page.context().close();
});
