// What the token lets the dialog do: create, or look up alone; and what it names and locks.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, test } from 'node:test';
import pngjs from 'pngjs';
import { makePortal } from '../scenario/tokens.mjs';
import { axeViolations } from './axe.mjs';
import { inMode, settled } from './browser.mjs';
import { dialogOf, english } from './dialog.mjs';
import { startFront } from './front.mjs';
import { openStage } from './stage.mjs';

const folder = await mkdtemp(join(tmpdir(), 'smartca-keys-'));
after(() => rm(folder, { recursive: true }));
const portal = makePortal();
await writeFile(join(folder, 'keys.json'), portal.keySet(), { mode: 0o600 });
const { stack, browser } = await openStage({ args: ['--auth', 'bearer', '--session-keys-file', join(folder, 'keys.json')] });
const tag = 'smartca-create-certificate';
const front = await startFront(stack, { files: { '/favicon.ico': '',
  '/portal': `<!doctype html><html lang="en"><title>Portal</title><main><h1>Portal</h1></main><script type="module" src="/smartca.js"></script><${tag}></${tag}>` } });
let page;
afterEach(async () => {
  front.asked.length = 0;
  await page?.context().close();
});

// Opened with a token of those claims; the result of show() is kept.
async function open(claims, { options, ...attributes } = {}, browserOptions = {}) {
  page = await browser.page(front, { path: '/portal', ready: false, ...browserOptions });
  await page.evaluate(async ([tag, token, attributes, options]) => {
    await customElements.whenDefined(tag);
    const element = document.querySelector(tag);
    globalThis.keptEvents = [];
    for (const name of ['opened', 'lookedup', 'problem', 'closed'])
      element.addEventListener('smartca-' + name, ({ detail }) => globalThis.keptEvents.push([name, detail]));
    Object.assign(element, { locale: 'en', fetchToken: async () => token, ...attributes });
    globalThis.keptResult = element.show(options);
  }, [tag, portal.token(claims), attributes, options]);
}
const heard = (name) => page.waitForFunction((name) => globalThis.keptEvents.find(([each]) => each === name)?.[1], name).then((found) => found.jsonValue());
const result = () => page.evaluate(() => globalThis.keptResult);
const identityField = () => dialogOf(page).getByRole('textbox', { name: english.identity });
const isReady = async () => {
  await identityField().waitFor();
  await settled(page);
};

for (const attributes of [{ mode: 'lookup' }, { options: { mode: 'lookup' } }])
  test(`who may look up alone sees what there is, and is offered nothing that attaches it: ${JSON.stringify(attributes)}`, async () => {
    await open({ may: ['lookup'] }, attributes);
    await isReady();
    const dialog = page.getByRole('dialog', { name: 'Look up VNPT SmartCA certificates' });
    await dialog.waitFor();
    await identityField().fill('001099000001');
    await page.keyboard.press('Enter');
    await dialog.getByText('SMARTCA PERSONAL PRO').first().waitFor();
    await settled(page);
    assert.deepEqual([await dialog.getByRole('checkbox').count(), await dialog.getByRole('button', { name: english.submit }).count()], [0, 0]);
    const serial = await dialog.getByText(/^5401[0-9a-f]{28}$/).first().evaluate((words) => {
      getSelection().selectAllChildren(words);
      return getSelection().toString();
    });
    assert.match(serial, /^5401[0-9a-f]{28}$/, 'what is shown can be selected and copied');
    assert.deepEqual(await axeViolations(page), []);
    const { found, identity, unreadable } = await heard('lookedup');
    assert.ok(found > 0);
    assert.deepEqual([identity, unreadable], ['001099000001', 0]);
    await dialog.getByRole('button', { name: 'Close' }).last().click();  // asks nothing: nothing was entered to be kept
    assert.deepEqual(await result().then(({ outcome, found: number }) => [outcome, number]), ['lookedup', found]);
    assert.deepEqual(await heard('closed').then(({ outcome }) => outcome), 'lookedup');
    assert.deepEqual([...new Set(front.asked.map((each) => each.split(' ')[1].split('?')[0]))].sort(), ['lookups', 'session']);
    assert.deepEqual(page.problems, []);
  });

test('closed without a look-up the dialog that looks up comes to nothing; a list of users is there for it', async () => {
  await open({ may: ['lookup'] }, { mode: 'lookup' });
  await isReady();
  await dialogOf(page).getByRole('combobox', { name: english.user }).fill('nguyễn văn a');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  assert.deepEqual(await result(), { outcome: 'cancelled' });
});

test('without the right to look up, the dialog that looks up says so, and so does one that creates for who may look up alone', async () => {
  for (const [may, attributes] of [[['create'], { mode: 'lookup' }], [['lookup'], {}], [['lookup'], { mode: 'create' }]]) {
    await open({ may }, attributes);
    await page.getByText('You are not allowed to do this here.').waitFor();
    assert.equal((await heard('problem')).code, 'notAllowed');
    await page.context().close();
  }
});

test('a mode that is none is refused by show(), and creates nothing', async () => {
  await open({ may: ['lookup'] }, { mode: 'view' });  // the attribute: what is not "lookup" creates, where one may
  await page.getByText('You are not allowed to do this here.').waitFor();
  assert.match(await page.evaluate((tag) => {
    const element = document.querySelector(tag);
    element.open = false;
    return element.show({ mode: 'view' }).catch((error) => error.message);
  }, tag), /^show\(\): mode is "create" or "lookup"/);
});

const [user] = (await stack.api('GET', 'users?pageSize=1', undefined, portal.headers())).body.items;
for (const [how, claims, attributes] of [
  ['by code', {}, { userCode: user.code }], ['by the token\'s lock', { prefill: { userId: user.id }, lock: ['userId'] }, { userId: user.id + 1 }],
  ['by the token\'s prefill', { prefill: { userId: user.id } }, {}], ['by id', {}, { options: { userId: user.id } }]])
  test(`smartca-opened tells the user who is named ${how}`, async () => {
    await open(claims, attributes);
    assert.equal((await heard('opened')).userId, user.id);
  });
test('smartca-opened comes without a user where a code is nobody\'s', async () => {
  await open({}, { userCode: 'NOBODY' });
  assert.equal((await heard('opened')).userId, undefined);
});

// What is locked: the ground of the field, as the person sees it.
const locked = { prefill: { userId: user.id, identity: '001099000001', signatureText: 'Signed for the company', displayMode: 'textOnly' },
  lock: ['userId', 'identity', 'signatureText', 'displayMode'] };
const grounds = { light: ['#f7f9fb', '#ffffff'], dark: ['#141b23', '#19212a'] };
async function colourIn(field) {
  const { x, y, height } = await field.boundingBox();
  const { data } = pngjs.PNG.sync.read(await page.screenshot({ clip: { x: Math.round(x) + 5, y: Math.round(y + height / 2), width: 1, height: 1 } }));
  return '#' + data.subarray(0, 3).toString('hex');
}
for (const painting of ['auto', 'dom'])
  for (const theme of ['light', 'dark'])
    test(`a locked field looks like one that takes nothing, and is read as that (${theme}, painting="${painting}")`, async () => {
      await open(locked, { painting, theme });
      await isReady();
      await inMode(page, painting === 'dom' ? 'dom' : 'canvas');
      await settled(page);
      const field = (role, name) => dialogOf(page).getByRole(role, { name });
      const [sunken, surface] = grounds[theme];
      for (const one of [field('combobox', english.user), identityField(), field('textbox', english.content)]) {
        await one.hover();
        await settled(page);
        assert.equal(await colourIn(one), sunken);
        assert.equal(await one.evaluate((element) => element.readOnly), true);
        assert.match(await one.evaluate((element) => element.getAttribute('aria-describedby').split(' ').map((id) => element.getRootNode().getElementById(id).textContent).join(' ')),
          /given by your portal/);
      }
      await field('textbox', english.serial).hover();
      await settled(page);
      assert.equal(await colourIn(field('textbox', english.serial)), surface);
      assert.equal(await dialogOf(page).getByRole('radio', { name: /./, disabled: true }).count(), 3);
      assert.deepEqual(await axeViolations(page), []);
    });
