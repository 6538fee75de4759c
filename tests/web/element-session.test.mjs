// A session that ends while the form is open: the portal's `fetchToken` is asked, the request goes on by itself, and nothing that
// was typed is lost. Before the proxy stands a log-in filter, as portals have one.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, test } from 'node:test';
import { makePortal } from '../scenario/tokens.mjs';
import { accept, chooseUser, dialogOf, english, foundList, lookUp, submit } from './dialog.mjs';
import { startFront } from './front.mjs';
import { openStage } from './stage.mjs';

const folder = await mkdtemp(join(tmpdir(), 'smartca-keys-'));
after(() => rm(folder, { recursive: true }));
const portal = makePortal();
await writeFile(join(folder, 'keys.json'), portal.keySet(), { mode: 0o600 });
const { stack, browser } = await openStage({ args: ['--auth', 'bearer', '--session-keys-file', join(folder, 'keys.json')] });

// What the filter answers to whoever is not signed in at the portal.
const refusals = {
  redirect: (answer) => answer.writeHead(302, { location: '/log-in' }).end(),
  loginPage: (answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Log in</h1>'),
  unauthorized: (answer) => answer.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"who are you?"}'),
};
const front = await startFront(stack, {
  files: { '/portal': '<!doctype html><html lang="en"><script type="module" src="/smartca.js"></script><smartca-create-certificate></smartca-create-certificate>',
    '/list': '<!doctype html><html lang="en"><body><script type="module" src="/smartca.js"></script>' } });

let page;
afterEach(async () => {
  await page?.context().close();
  front.refuses = null;
  front.asked.length = 0;
});

// `tokens` are what fetchToken gives, one after the other; null: it fails.
async function open(tokens) {
  page = await browser.page(front, { path: '/portal', ready: false });
  await page.exposeFunction('signedInAgain', () => { front.refuses = null; });
  await page.evaluate(async (tokens) => {
    await customElements.whenDefined('smartca-create-certificate');
    const element = document.querySelector('smartca-create-certificate');
    Object.assign(globalThis, { keptReasons: [], keptEvents: [] });
    element.addEventListener('smartca-unauthorized', ({ detail }) => globalThis.keptEvents.push(detail));
    if (tokens) {
      element.fetchToken = async (reason) => {
        globalThis.keptReasons.push(reason);
        const token = tokens.shift();
        if (!token) throw new Error('not signed in');
        await globalThis.signedInAgain();
        return token;
      };
    }
    element.show();
  }, tokens);
  await dialogOf(page).getByRole('combobox', { name: english.user }).waitFor();
  await page.waitForFunction(() => document.querySelector('smartca-create-certificate').diagnostics.idle);
}
const reasons = () => page.evaluate(() => globalThis.keptReasons);
const events = () => page.evaluate(() => globalThis.keptEvents);
const identityField = () => dialogOf(page).getByRole('textbox', { name: english.identity });

test('an address of the proxy at which there is no API is told to who embeds the form', async () => {
  page = await browser.page(front, { path: '/portal', ready: false });
  const message = await page.evaluate(() => new Promise((done) => {
    const element = document.querySelector('smartca-create-certificate');
    element.setAttribute('api', '/api/v2/');
    element.addEventListener('smartca-problem', ({ detail }) => done(`${detail.code}: ${detail.message}`));
    element.show();
  }));
  assert.match(message, /^badConfiguration: .*\/api\/v2\/session answers 404 application\/[a-z+]*json.*, which is not the API/);
});

for (const reason of Object.keys(refusals))
  test(`a session that ends in a ${reason}: the token is fetched anew, and the look-up goes on with what was typed`, async () => {
    await open([portal.token(), portal.token({ sub: '18' })]);
    await identityField().fill('001099000001');
    front.refuses = refusals[reason];
    await dialogOf(page).getByRole('button', { name: english.lookUp }).click();
    await foundList(page).waitFor();
    assert.equal(await identityField().inputValue(), '001099000001');
    assert.deepEqual([await reasons(), await events()], [['start', reason], []]);
    assert.deepEqual(front.asked.filter((each) => each.startsWith('POST')), Array(2).fill('POST lookups with token'));
    assert.equal(front.asked.filter((each) => each.endsWith('without token')).length, 0);
  });

test('a token that the proxy refuses is fetched anew once; where that does not help, the form and the portal are told', async () => {
  const expired = portal.token({ iat: 1_700_000_000, exp: 1_700_000_600 });
  await open([expired, portal.token()]);
  await identityField().fill('001099000001');
  await dialogOf(page).getByRole('button', { name: english.lookUp }).click();
  await foundList(page).waitFor();
  assert.deepEqual([await reasons(), await events()], [['start', 'unauthorized'], []]);
  await page.context().close();
  await open([expired]);
  await page.waitForFunction(() => globalThis.keptEvents.length === 1);
  const [{ reason, requestId }] = await events();
  assert.equal(reason, 'unauthorized');
  assert.match(stack.proxy.said, new RegExp(requestId));
});

test('without fetchToken a log-in page is called that, and not a bad connection; what was typed stays', async () => {
  await open(null);
  front.refuses = refusals.loginPage;
  await identityField().fill('001099000001');
  await dialogOf(page).getByRole('button', { name: english.lookUp }).click();
  await dialogOf(page).getByText('You are not signed in').first().waitFor();
  assert.ok((await events()).length >= 1);
  assert.equal(await identityField().inputValue(), '001099000001');
});

test('an HTML page where the session was asked for is a log-in page to the person; who embeds the form without fetchToken is told the address, too', async () => {
  page = await browser.page(front, { path: '/portal', ready: false });
  front.refuses = refusals.loginPage;
  await page.evaluate(() => {
    globalThis.keptEvents = [];
    const element = document.querySelector('smartca-create-certificate');
    for (const name of ['unauthorized', 'problem']) element.addEventListener(`smartca-${name}`, ({ detail }) => globalThis.keptEvents.push(detail));
    element.show();
  });
  await dialogOf(page).getByText('You are not signed in').first().waitFor();
  const [problem, unauthorized, ...more] = await events();
  assert.equal(unauthorized.reason, 'loginPage');
  assert.equal(problem.code, 'badConfiguration');
  assert.ok(problem.message.startsWith(`${front.proxy.origin}/api/v1/session answers 200 text/html, which is not the API`), problem.message);
  assert.deepEqual(more, []);
});

for (const [what, claims, code, words] of [
  ['with fewer rights', { may: ['list', 'lookup'] }, 'USER14', 'You are not allowed to do this'],
  ['of another page', { origin: 'https://elsewhere.example' }, 'USER15', 'This cannot be done here'],
])
  test(`a token ${what} in the middle takes nothing that was entered away, and one with all rights goes on`, async () => {
    await open([portal.token(), portal.token(claims), portal.token()]);
    await chooseUser(page, code, new RegExp(code));
    await lookUp(page, '031161900001');
    await foundList(page).getByRole('checkbox', { name: /SMARTCA/ }).click();
    await dialogOf(page).getByRole('textbox', { name: english.content }).fill('typed');
    front.refuses = refusals.unauthorized;
    await submit(page);
    await accept(page);
    await dialogOf(page).getByText(words).first().waitFor();
    assert.equal(await identityField().inputValue(), '031161900001');
    assert.equal(await dialogOf(page).getByRole('textbox', { name: english.content }).inputValue(), 'typed');
    front.refuses = refusals.unauthorized;
    await dialogOf(page).getByRole('button', { name: english.submit }).click();
    await page.getByText(new RegExp(`Added for .*${code}`)).first().waitFor();
    assert.deepEqual(await reasons(), ['start', 'unauthorized', 'unauthorized']);
  });

test('the list has the buttons of whoever signs in later', async () => {
  page = await browser.page(front, { path: '/list', ready: false });
  await page.exposeFunction('signedInAgain', () => { front.refuses = null; });
  await page.evaluate(async (tokens) => {
    await customElements.whenDefined('smartca-certificates');
    const list = document.createElement('smartca-certificates');
    list.fetchToken = async () => {
      await globalThis.signedInAgain();
      return tokens.shift();
    };
    document.body.append(list);
  }, [portal.token({ may: ['list'] }), portal.token()]);
  await page.getByRole('row').nth(1).waitFor();
  const button = page.getByRole('button', { name: 'Create New' });
  await page.waitForFunction(() => document.querySelector('smartca-certificates').diagnostics.idle);
  assert.equal(await button.count(), 0);
  front.refuses = refusals.unauthorized;
  await page.getByRole('searchbox').fill('a');
  await button.first().waitFor();
  await page.evaluate(() => { document.querySelector('smartca-certificates').fetchToken = null; });
  front.refuses = refusals.loginPage;
  await page.getByRole('searchbox').fill('b');
  await page.getByText('You are not signed in').first().waitFor();
});

for (const reason of Object.keys(refusals))
  test(`a session that ends in a ${reason} and stays over is called that, and not a bad answer; what was typed stays`, async () => {
    await open([portal.token()]);
    front.refuses = refusals[reason];
    await identityField().fill('001099000001');
    await dialogOf(page).getByRole('button', { name: english.lookUp }).click();
    await dialogOf(page).getByText('You are not signed in').first().waitFor({ timeout: 5000 });
    assert.deepEqual((await events()).map((each) => each.reason), [reason]);
    assert.equal(await identityField().inputValue(), '001099000001');
  });

test('a fetchToken that never answers is given up after two minutes, and called again when the person tries again', async () => {
  page = await browser.page(front, { path: '/portal', ready: false });
  await page.clock.install();
  await page.evaluate(async (token) => {
    await customElements.whenDefined('smartca-create-certificate');
    const element = document.querySelector('smartca-create-certificate');
    let calls = 0;
    element.fetchToken = () => (calls++ ? Promise.resolve(token) : new Promise(() => {}));
    element.show({ userId: 1 });
  }, portal.token());
  await identityField().waitFor();
  await page.clock.fastForward(120_001);
  await dialogOf(page).getByText('You are not signed in').first().waitFor();
  await dialogOf(page).getByRole('button', { name: 'Try again' }).first().click();
  await page.waitForFunction(() => /Nguyễn Văn A/.test(document.querySelector('smartca-create-certificate').shadowRoot.querySelector('[role=combobox]').value));
});

// No header carries it, so no answer could ever turn it away.
const notTokens = { 'a log-in page': '<!doctype html>\n<h1>Đăng nhập</h1>\n', 'words': 'Bạn chưa đăng nhập', 'a blank': '  \n' };
for (const [what, text] of Object.entries(notTokens))
  test(`${what} where fetchToken is to give a token is none: not signed in, and fetchToken is called again when the person tries again`, async () => {
    await open(Array(9).fill(text));
    assert.deepEqual([new Set(await reasons()), (await events()).map((each) => each.reason), front.asked], [new Set(['start']), ['start'], []]);
    await page.evaluate((token) => { document.querySelector('smartca-create-certificate').fetchToken = async () => token; }, `${portal.token()}\n`);
    await identityField().fill('001099000001');
    await dialogOf(page).getByRole('button', { name: english.lookUp }).click();
    await foundList(page).waitFor();
    assert.ok(front.asked.includes('POST lookups with token') && !front.asked.some((each) => each.endsWith('without token')), String(front.asked));
  });

test('a create that is refused while fetchToken gives a log-in page was not made: nothing waits for it, and it is made once the person is back', async () => {
  await open([portal.token(), notTokens['a log-in page']]);
  await page.evaluate(() => {
    globalThis.told = [];
    for (const name of ['pending', 'problem', 'created'])
      document.querySelector('smartca-create-certificate').addEventListener(`smartca-${name}`, ({ type }) => globalThis.told.push(type));
  });
  await chooseUser(page, 'USER02', /USER02/);
  await lookUp(page, '001099000001');
  await foundList(page).getByRole('checkbox').first().check();
  front.refuses = refusals.unauthorized;
  await submit(page);
  await accept(page);
  await dialogOf(page).getByText('You are not signed in').first().waitFor({ timeout: 5000 });
  assert.deepEqual([await reasons(), await page.evaluate(() => globalThis.told)], [['start', 'unauthorized'], ['smartca-problem']]);
  await dialogOf(page).getByRole('button', { name: english.submit }).click();
  await page.waitForFunction(() => globalThis.told.at(-1) === 'smartca-created');
  assert.deepEqual(await page.evaluate(() => globalThis.told), ['smartca-problem', 'smartca-created']);
});

test('a page that stands in place of all answers hides what became of a create: it is not known, until the person is back', async () => {
  await open([portal.token()]);
  await chooseUser(page, 'USER16', /USER16/);
  await lookUp(page, '001099000001');
  await foundList(page).getByRole('checkbox').first().check();
  await page.route('**/api/v1/certificates', async (route) => {
    if (route.request().method() === 'POST') await route.fetch();
    front.refuses = refusals.loginPage;  // as where a server in between says so of a proxy that has gone
    return route.fulfill({ contentType: 'text/html', body: '<h1>Maintenance</h1>' });
  });
  await submit(page);
  await accept(page);
  await dialogOf(page).getByText('You are not signed in').first().waitFor();
  await dialogOf(page).getByText(/^It is not known yet whether it was created/).first().waitFor();
  await page.unroute('**/api/v1/certificates');
  front.refuses = null;
  await dialogOf(page).getByRole('button', { name: 'Try again' }).click();
  await page.getByText(/^Digital certificate created/).first().waitFor();
});

for (const status of [200, 401, 403]) test(`a page of ${status} that a firewall puts in the place of one answer is no log-in page, as long as the session answers`, async () => {
  await open([portal.token(), portal.token()]);
  await page.route('**/api/v1/lookups', (route) => route.fulfill({ status, contentType: 'text/html', body: '<h1>Blocked</h1>' }));
  await identityField().fill('001099000001');
  await dialogOf(page).getByRole('button', { name: english.lookUp }).click();
  await dialogOf(page).getByText('The server\'s answer could not be read').first().waitFor();
  assert.deepEqual([await reasons(), await events()], [['start'], []]);
});

// What the person reads, what the portal hears; `said`: by the server, under the number that its log has.
const misused = [
  ['a token without the right to create', { token: { may: ['list'] }, said: 'session does not give: create,lookup' }, 'You are not allowed to do this here.', 'notAllowed'],
  ['a token of another page\'s', { token: { origin: 'https://elsewhere.example' }, said: 'session refuses this page: The session token belongs to a page of another origin.' },
    'not embedded correctly', 'badConfiguration'],
  ['a fetchToken that is no function', { fetchToken: 'a token' }, 'not embedded correctly', 'badConfiguration'],
  ['a prefill that is none', { prefill: { serialNumber: '1' } }, english.user, 'badConfiguration'],
];
for (const [what, { token, said, ...properties }, shown, code] of misused)
  test(`${what} is told as that, in the dialog and to the portal`, async () => {
    page = await browser.page(front, { path: '/portal', ready: false });
    await page.evaluate(async ([properties, token]) => {
      await customElements.whenDefined('smartca-create-certificate');
      const element = document.querySelector('smartca-create-certificate');
      globalThis.problems = [];
      element.addEventListener('smartca-problem', ({ detail }) => globalThis.problems.push(detail));
      Object.assign(element, { locale: 'en', fetchToken: async () => token, ...properties });
      element.show();
    }, [properties, portal.token(token)]);
    await page.getByText(shown).first().waitFor();
    await page.waitForFunction(() => globalThis.problems.length > 0);
    const [problem, ...more] = await page.evaluate(() => globalThis.problems);
    assert.deepEqual([problem.code, more], [code, []]);
    if (!said) return assert.equal(problem.requestId, null);
    assert.ok(problem.message.endsWith(said), problem.message);
    await page.getByText(said).waitFor();
    assert.match(stack.proxy.said, new RegExp(`"id":"${problem.requestId}"`));
  });
