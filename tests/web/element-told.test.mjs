// What became of each create is told: in the form's place when the dialog closes, unless the portal says it itself.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { until } from '../scenario/harness.mjs';
import { settled } from './browser.mjs';
import { accept, chooseUser, dialogOf, english, foundList, lookUp } from './dialog.mjs';
import { openPortal } from './portal.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage();
let page;
afterEach(() => page?.context().close());
const tag = 'smartca-create-certificate';
const names = ['ready', 'opened', 'created', 'pending', 'problem', 'closed'];

async function open() {
  page = await openPortal(browser, stack, { widget: `<${tag} locale="en"></${tag}>` });
  await page.evaluate(([tag, names]) => {
    globalThis.keptEvents = [];
    for (const name of names)
      document.querySelector(tag).addEventListener('smartca-' + name, ({ detail }) => globalThis.keptEvents.push([name, detail]));
  }, [tag, names]);
}
const heard = () => page.evaluate(() => globalThis.keptEvents.map(([name]) => name));
const hears = (name) => page.waitForFunction((name) => globalThis.keptEvents.some(([each]) => each === name), name, { timeout: 15_000 });
// Kept in the page: show() resolves when the dialog has closed.
const show = (options) => page.evaluate(([tag, options]) => { globalThis.keptResult = document.querySelector(tag).show(options); }, [tag, options]);
const result = () => page.evaluate(() => globalThis.keptResult);
const userField = () => dialogOf(page).getByRole('combobox', { name: english.user });
const told = (words) => page.getByRole('dialog').getByRole('status').getByText(words).last();

const refusal = { status: 502, contentType: 'application/problem+json', body: JSON.stringify({ code: 'portalRefused', requestId: 'x', title: 'x' }) };

const service = /SMARTCA PERSONAL PRO/, otherService = /SMARTCA PERSONAL(?! PRO)/;
async function add(name = service) {
  await foundList(page).getByRole('checkbox', { name }).check();
  await dialogOf(page).getByRole('button', { name: english.submit }).click();
  await accept(page);
}
// Up to the answer of the create.
async function create(userId) {
  await show({ userId });
  await lookUp(page, '001099000001');
  await add();
}
// What it resolves to lets the answer come. `next` is opened at once when that is told.
async function leaveCreate(userId, next, response) {
  let answer;
  await page.route('**/api/v1/certificates', async (route) => {
    if (route.request().method() === 'POST') await new Promise((done) => { answer = done; });
    await (response ? route.fulfill(response) : route.continue());
  });
  await create(userId);
  await dialogOf(page).getByText(/^Creating/).first().waitFor();
  const { outcome } = await page.evaluate(async ([tag, next]) => {
    const element = document.querySelector(tag);
    element.open = false;
    const result = await globalThis.keptResult;
    if (next) globalThis.keptResult = element.show(next);
    return result;
  }, [tag, next]);
  assert.equal(outcome, 'pending');
  await until(() => answer);
  return answer;
}

test('what a left create has added while nothing was open is told by the next opening, unless the portal says it itself', async () => {
  for (const prevents of [false, true]) {
    await open();
    const answer = await leaveCreate(prevents ? 43 : 42);
    if (prevents) await page.evaluate((tag) => document.querySelector(tag).addEventListener('smartca-created', (event) => event.preventDefault()), tag);
    answer();
    await hears('created');
    await show({ userId: 44 });
    await userField().waitFor();
    await page.keyboard.press('Escape');
    if (prevents) await page.waitForFunction((tag) => !document.querySelector(tag).open, tag);
    else await told(/^Digital certificate created. Added for .*USER42/).waitFor();
    await page.context().close();
  }
});

test('two creates for one user, one of them left, are both told', async () => {
  await open();
  const answer = await leaveCreate(37, { userId: 37 });
  await page.unroute('**/api/v1/certificates');
  await userField().waitFor();
  answer();
  await hears('created');
  await lookUp(page, '001099000001');
  await add(otherService);
  await told(/Added for .*USER37.*\n.*Added for .*USER37/).waitFor();
});

test('two creates in one opening are one result, with all that was added', async () => {
  await open();
  const { certificates } = (await stack.api('POST', 'lookups', { identity: '001099000001' })).body;
  await show({ userId: 15, identity: '001099000001' });
  await foundList(page).waitFor();
  await page.evaluate((missing) => {  // the first answer says so
    const { fetch } = globalThis;
    globalThis.fetch = async (url, request) => {
      const response = await fetch(url, request);
      if (!url.endsWith('/certificates')) return response;
      globalThis.fetch = fetch;
      return Response.json({ ...(await response.json()), missing });
    };
  }, certificates.filter(({ serviceName }) => serviceName === 'SMARTCA PERSONAL'));
  await add();
  await dialogOf(page).getByText(/1 was not added/).first().waitFor();
  await settled(page);
  await add(otherService);
  await page.getByRole('dialog').getByRole('status').getByText(/^Digital certificate created/).waitFor();
  await page.keyboard.press('Enter');
  const { outcome, added, missing } = await result();
  const each = await page.evaluate(() => globalThis.keptEvents.filter(([name]) => name === 'created').map(([, detail]) => detail.added.length));
  assert.deepEqual([outcome, added.length, new Set(added.map(({ serial }) => serial)).size, missing, each], ['created', 2, 2, undefined, [1, 1]]);
});

for (const [end, first, words, response] of [
  ['added', 38, /^Digital certificate created. Added for .*USER38/],
  ['refused', 40, /^No certificate was added for .*USER40/, refusal],
])
  test(`an \`api\` that is another one by the next opening counts there, and that what was left at the old one was ${end} is told`, async () => {
    await open();
    const answer = await leaveCreate(first, undefined, response);
    await page.evaluate((tag) => { document.querySelector(tag).api = '/other/api/v1/'; }, tag);
    const asked = [];
    await page.route('**/other/api/v1/**', (route) => {
      asked.push(new URL(route.request().url()).pathname);
      return route.continue({ url: route.request().url().replace('/other/', '/') });
    });
    await show({ userId: 39 });
    await lookUp(page, '001099000001');
    await foundList(page).waitFor();
    assert.ok(asked.includes('/other/api/v1/lookups'));
    answer();
    await hears(response ? 'problem' : 'created');
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
    await told(words).waitFor();
  });

test('of a create that was refused before the address changed is told, too', async () => {
  await open();
  const answer = await leaveCreate(41, undefined, refusal);
  answer();
  await hears('problem');
  await page.evaluate((tag) => { document.querySelector(tag).api = './api/v1/'; }, tag);
  await show({ userId: 39 });
  await userField().waitFor();
  await page.keyboard.press('Escape');
  await told(/^No certificate was added for .*USER41/).waitFor();
});

test('a dialog that the portal closes when it hears of the create says nothing of it at the next opening', async () => {
  await open();
  await page.evaluate((tag) => document.querySelector(tag).addEventListener('smartca-created', ({ target }) => { target.open = false; }), tag);
  await create(19);
  assert.equal((await result()).outcome, 'created');
  await page.route('**/api/v1/session', () => {});  // no answer: it is not known yet for whom it opens
  await page.evaluate(() => { globalThis.keptEvents.length = 0; });
  await show({ userId: 20 });
  await hears('ready');
  await page.keyboard.press('Escape');
  await hears('closed');
  assert.equal(await page.getByRole('dialog').count(), 0);
});

test('an element that is moved while a left create runs has nothing to complain of', async () => {
  await open();
  const answer = await leaveCreate(16);
  await page.evaluate((tag) => document.body.append(document.querySelector(tag)), tag);
  answer();
  await hears('created');
  assert.deepEqual((await heard()).slice(-3), ['pending', 'closed', 'created']);
});

test('what came of a left create is told when the dialog closes that was open meanwhile, also after a look-up in it', async () => {
  await open();
  const answer = await leaveCreate(17, { userId: 18 });
  await userField().waitFor();
  answer();
  await hears('created');
  await lookUp(page, '001099000001');
  await foundList(page).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  const said = told(/^Digital certificate created. Added for .*USER17/);
  await said.waitFor();
  for (const locale of ['vi', 'en', 'vi']) await page.evaluate(([tag, locale]) => { document.querySelector(tag).locale = locale; }, [tag, locale]);
  assert.equal(await said.evaluate((element) => element.closest('[lang]').lang), 'en', 'a sentence stays in the language it is in');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await hears('closed');
});

// While the create of `left` goes on that of `userId` is done, and told in the form's place.
async function createOver(left, userId, response) {
  const answer = await leaveCreate(left, { userId, identity: '001099000001' }, response);
  await page.unroute('**/api/v1/certificates');
  await foundList(page).waitFor();
  await foundList(page).getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).check();
  const said = told(new RegExp(`^Digital certificate created. Added for .*USER${userId}`));
  const press = (button) => button.press('Enter', { timeout: 500 }).catch(() => {});
  await until(async () => {  // what has just come is not answered by a press
    await press(dialogOf(page).getByRole('button', { name: english.submit }));
    await press(page.getByRole('alertdialog').getByRole('button', { name: /^Create with/ }));
    return said.isVisible();
  });
  return { answer, said };
}

for (const [end, userId, words, response] of [
  ['succeeds', 34, /Digital certificate created. Added for .*USER34/],
  ['is refused', 35, /No certificate was added for .*USER35/, refusal],
])
  test(`a sentence that nobody has closed yet stays beside that of a left create that ${end}`, async () => {
    await open();
    const { answer, said } = await createOver(userId, userId + 10, response);
    answer();
    await told(words).waitFor();
    assert.ok(await said.isVisible());
  });

test('what a dialog has created is told while another create goes on that was left, and that one after it', async () => {
  await open();
  const { answer, said } = await createOver(21, 22);
  await page.evaluate((tag) => { document.querySelector(tag).theme = 'dark'; }, tag);
  assert.equal(await said.evaluate((element) => getComputedStyle(element).colorScheme), 'dark');
  await page.keyboard.press('Enter');
  assert.equal((await result()).outcome, 'created');
  assert.equal(await page.getByRole('dialog').count(), 0);
  answer();
  await until(async () => (await heard()).filter((name) => name === 'created').length === 2);
  await show({ userId: 23 });
  await userField().waitFor();
  assert.equal(await said.count(), 0);
});

// Its answers get lost until `back` is called; `arrives`: it is carried out all the same.
async function loseCreate(userId, arrives) {
  let isLost = true;
  await page.route(/\/api\/v1\/(certificates|creates)$/, async (route) => {
    if (!isLost) return route.continue();
    if (arrives && route.request().method() === 'POST') await route.fetch();
    return route.abort();
  });
  await create(userId);
  await page.getByRole('button', { name: 'Try again' }).waitFor({ timeout: 40_000 });
  return () => { isLost = false; };
}
const became = (arrives, user) => new RegExp(`${arrives ? 'Added for' : 'No certificate was added for'} .*${user}`);

for (const arrives of [false, true]) {
  test(`after a lost create another user's is created: both are told, ${arrives ? 'both done' : 'one of them done'}`, async () => {
    await open();
    const back = await loseCreate(24 + arrives, arrives);
    back();
    await chooseUser(page, `USER${30 + arrives}`, /USER/);
    await settled(page);
    await dialogOf(page).getByRole('button', { name: english.submit }).click();
    await accept(page);
    await told(new RegExp(`Added for .*USER${30 + arrives}`)).waitFor();
    await told(became(arrives, `USER${24 + arrives}`)).waitFor();
  });

  test(`whoever discards a lost create is told what became of it: ${arrives ? 'done' : 'not done'}`, async () => {
    await open();
    const back = await loseCreate(26 + arrives, arrives);
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').getByText('You are told what became of it.').waitFor();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
    await told(new RegExp(`^It is not known whether certificates were added for .*USER${26 + arrives}`)).waitFor();
    // The second half of a double press, on what has come under it.
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).hover();
    await page.mouse.down({ clickCount: 2 });
    await page.mouse.up({ clickCount: 2 });
    assert.equal(await page.evaluate((tag) => document.querySelector(tag).open, tag), true);
    back();
    await told(became(arrives, `USER${26 + arrives}`)).waitFor();
    await page.keyboard.press('Enter');
    await hears('closed');
    assert.equal(await page.getByRole('dialog').count(), 0);
  });
}

test('that a left create has failed is told when the dialog closes that was open meanwhile', async () => {
  await open();
  const answer = await leaveCreate(28, { userId: 29 }, refusal);
  await userField().waitFor();
  answer();
  await hears('problem');
  await page.keyboard.press('Escape');
  await told(/^No certificate was added for .*USER28/).waitFor();
});

test('what a left create has added is told beside what the dialog over it has added', async () => {
  await open();
  const answer = await leaveCreate(32, { userId: 33 });
  await page.unroute('**/api/v1/certificates');
  await userField().waitFor();
  answer();
  await hears('created');
  await lookUp(page, '001099000001');
  await add();
  await told(/Added for .*USER33/).waitFor();
  await told(/Added for .*USER32/).waitFor();
});
