// Two companies behind one real proxy: nothing of one is asked, changed or guessed from the other, in a database of ours
// and at eContract; and the file that names them while the proxy runs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readContract } from './contract.mjs';
import { assertProblem, draftFor } from './expect.mjs';
import { freshKey, portalPassword, portalUsername, proxyBinary, spId, spPassword, startStack, until } from './harness.mjs';
import { png } from './images.mjs';
import { identities, registered } from './people.mjs';
import { startPostgres } from './postgres.mjs';
import { bearer, makePortal, rights } from './tokens.mjs';

const serverToken = 's'.repeat(40);
const portal = makePortal({ companies: ['main', 'second', 'third'] });
const [inMain, inSecond, inThird] = ['main', 'second', 'third'].map((company) => portal.headers({ company }));
const stacks = [];
after(async () => { for (const each of stacks) await each.stop(); });

const user = (id, name) => ({ id, code: `USER${id % 1000}`, name, phone: `0919 000 ${id % 1000}`, email: `${id}@example.vn` });
const demoData = {
  company: { text: 'Của main', image: 'signature.png' },
  users: [{ ...user(1, 'Nguyễn Văn A'), text: 'Riêng của A', image: 'signature.png' }, user(2, 'Lê Thị Mai')],
  companies: [{ name: 'second', company: { text: 'Của second' }, users: [user(1001, 'Nguyễn Văn Á'), user(1002, 'Hồ Văn Mai')] }],
};

// A proxy with two companies, of which the second has its own account; `file` is where they stand.
async function start(options = {}, companies = [{ name: 'main' }, { name: 'second', smartca: { id: spId, password: spPassword } }]) {
  const stack = await startStack({ identities: identities(), ...options, demoData: false });
  stacks.push(stack);
  await stack.proxy.stop();
  const at = (name) => join(stack.folder, name);
  stack.file = at('companies.json');
  stack.name = (list) => writeFile(stack.file, typeof list === 'string' ? list : JSON.stringify({ companies: list }), { mode: 0o600 });
  await stack.name(companies);
  await writeFile(at('server-token'), serverToken, { mode: 0o600 });
  await writeFile(at('session-keys.json'), portal.keySet(), { mode: 0o600 });
  await writeFile(at('signature.png'), png(8, 8));
  await stack.proxy.start({ ...options, args: ['--auth', 'bearer', '--auth-token-file', at('server-token'), '--session-keys-file', at('session-keys.json'),
    '--companies-file', stack.file] });
  stack.post = (draft, headers, key = freshKey()) => stack.api('POST', 'certificates', draft, { ...headers, 'idempotency-key': key });
  return stack;
}

const without = ({ status, body }) => JSON.stringify([status, body]).replaceAll(/"requestId":"[^"]*"/g, '');
const listOf = async (stack, headers) => (await stack.api('GET', 'certificates?pageSize=100', undefined, headers)).body;

// What the first company has, asked for by the second: the answer is that of what nobody has.
async function walk(stack, { mine, its, row, createId, key }) {
  const contract = await readContract();
  const [nobody, nothing] = [999_999, 999_998];
  const byId = (id) => ({ body: { name: 'x' }, path: `certificates/${id}` });
  const asks = {
    'GET /users/{id}': (one) => ({ path: `users/${one ? its : nobody}` }),
    'GET /users/{id}/signature-image': (one) => ({ path: `users/${one ? its : nobody}/signature-image` }),
    'GET /defaults': (one) => ({ path: `defaults?userId=${one ? its : nobody}` }),
    'POST /lookups': (one) => ({ path: 'lookups', body: { identity: registered.several, userId: one ? its : nobody } }),
    'GET /certificates': (one) => ({ path: `certificates?userId=${one ? its : nobody}` }),
    'POST /certificates': (one) => ({ path: 'certificates', body: draftFor(one ? its : nobody, registered.another) }),
    'GET /creates/{id}': (one) => ({ path: `creates/${one ? createId : nothing}` }),
    'GET /certificates/{id}': (one) => byId(one ? row.id : nothing),
    'GET /certificates/{id}/details': (one) => ({ path: `certificates/${one ? row.id : nothing}/details` }),
    'PATCH /certificates/{id}': (one) => byId(one ? row.id : nothing),
    'DELETE /certificates/{id}': (one) => byId(one ? row.id : nothing),
  };
  // What names nothing of a company: each has its own answer.
  const own = ['GET /session', 'GET /users', 'GET /company/signature-image', 'POST /sessions', 'GET /events', 'DELETE /creates'];
  assert.deepEqual([...Object.keys(asks), ...own].sort(), [...contract.operations].sort(), 'a route is not in the table');
  for (const [operation, asked] of Object.entries(asks)) {
    const [method] = operation.split(' ');
    const ask = async (one) => {
      const { path, body } = asked(one);
      const withBody = ['POST', 'PATCH'].includes(method) ? body : undefined;
      return stack.api(method, path, withBody, { ...inSecond, 'idempotency-key': freshKey() });
    };
    const answer = await ask(true);
    assert.equal(without(answer), without(await ask(false)), operation);
    if (!['POST /lookups', 'GET /certificates'].includes(operation)) assert.ok([404, 422].includes(answer.status), `${operation} ${answer.status}`);
  }
  // That a key is somebody's is told to whoever has it, and no more: it is random, and "nothing came of it" would not be true.
  assertProblem(await stack.api('DELETE', 'creates', undefined, { ...inSecond, 'idempotency-key': key }), 504, 'outcomeUnknown');
  const none = (await stack.api('GET', `certificates?ids=${row.id}&pageSize=100`, undefined, inSecond)).body;
  assert.deepEqual([none.items, none.totalCount, none.userCount], [[], 0, 0]);
  for (const words of [row.serial, row.identity, row.name])
    assert.deepEqual((await stack.api('GET', `certificates?search=${encodeURIComponent(words)}`, undefined, inSecond)).body.items, [], words);
  const defaults = (await stack.api('GET', `defaults?userId=${mine}`, undefined, inSecond)).body;
  assert.deepEqual(defaults.identities ?? [], []);
}

async function isolated(stack, { its, mine }) {
  const [key, another] = [freshKey(), freshKey()];
  const created = await stack.post(draftFor(its, registered.several), inMain, key);
  assert.equal(created.status, 201, JSON.stringify(created.body));
  assert.equal((await stack.post(draftFor(its, registered.passport), inMain, another)).status, 201);
  const before = await listOf(stack, inMain);
  const row = created.body.added[0];
  await walk(stack, { mine, its, row, createId: 1, key });

  // Suggestions: the same certificates are on nobody's list there.
  const found = await stack.api('POST', 'lookups', { identity: registered.several }, inSecond);
  assert.equal(found.status, 200, JSON.stringify(found.body));
  assert.deepEqual(found.body.certificates.map((each) => [each.onList ?? false, each.heldBy ?? []]), found.body.certificates.map(() => [false, []]));
  assert.ok((await stack.api('POST', 'lookups', { identity: registered.several }, inMain)).body.certificates.every((each) => each.onList));

  // The key of the same person elsewhere is another one; what is created there is another create.
  const theirs = await stack.post(draftFor(mine, registered.several), inSecond, another);
  assert.deepEqual([theirs.status, theirs.headers.get('idempotency-replayed')], [201, null], JSON.stringify(theirs.body));
  const after = await listOf(stack, inMain);
  assert.deepEqual(after, before, 'nothing has changed there');
  const theirList = await listOf(stack, inSecond);
  assert.deepEqual([...new Set(theirList.items.map((each) => each.userId))], [mine]);
  assert.equal(theirList.allCount, theirList.items.length);

  // What the portal's server is told in a company is that company's; the audit log says of each entry whose it is.
  const events = async (company) => (await stack.api('GET', 'events', undefined, { ...bearer(serverToken), 'smartca-company': company })).body.events;
  for (const [company, users] of [['main', [its]], ['second', [mine]]])
    assert.deepEqual([...new Set((await events(company)).filter((each) => each.type === 'create.attached').map((each) => each.userId))], users);
  const entries = (company) => execFileSync(proxyBinary, ['audit', '--database', stack.database ?? stack.proxy.database, '--company', company, '--format', 'jsonl'])
    .toString().trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)).filter((entry) => entry.outcome === 'attached');
  assert.deepEqual(entries('main').map((entry) => entry.userId), [its, its]);
  assert.deepEqual(entries('second').map((entry) => entry.userId), [mine]);
}

let stack;
before(async () => { stack = await start({ demoData }); });

test('in an SQLite file, nothing of a company is told or changed for another one', async () => {
  await isolated(stack, { its: 1, mine: 1001 });
  const ask = (path, headers) => stack.api('GET', path, undefined, headers);
  const names = async (search, headers) => (await ask(`users?search=${search}`, headers)).body;
  assert.deepEqual((await names('mai', inSecond)).items.map((each) => each.id), [1002]);
  assert.deepEqual([(await names('USER1', inSecond)).items.map((each) => each.id), (await names('', inSecond)).allCount], [[1001], 2]);
  assert.equal((await ask('company/signature-image', inMain)).status, 200);
  assertProblem(await ask('company/signature-image', inSecond), 404, 'notFound');
  assert.equal((await ask('users/1/signature-image', inMain)).status, 200);
  assert.equal((await ask('defaults', inSecond)).body.company.signatureText, 'Của second');
});

test('nor on PostgreSQL', async () => {
  const postgres = await startPostgres();
  const shared = await start({ demoData, database: postgres.url });
  stacks.push({ stop: () => postgres.remove() });
  await isolated({ ...shared, database: postgres.url }, { its: 1, mine: 1001 });
});

test('nor at eContract, where each company is one of the portal', async () => {
  const account = { username: 'second@econtract.example.vn', password: portalPassword };
  const portalPlan = { companies: [{ id: 101, name: 'Công ty Mẫu' }, { id: 102, name: 'Chi nhánh' }],
    accounts: [{ username: portalUsername, password: portalPassword, companies: [101] }, { ...account, companies: [102] }],
    users: [user(1, 'Nguyễn Văn A'), user(2, 'Lê Thị Mai'), { ...user(1001, 'Nguyễn Văn Á'), companyId: 102 }, { ...user(1002, 'Hồ Văn Mai'), companyId: 102 }] };
  const elsewhere = await start({ portalPlan, portal: {}, demoData: false },
    [{ name: 'main', econtract: { company: 101 } }, { name: 'second', econtract: { company: 102, ...account } }]);
  await isolated(elsewhere, { its: 1, mine: 1001 });
});

test("the server's token acts in the company that it names, and in no other one than those that are served", async () => {
  const named = (company) => ({ ...bearer(serverToken), ...(company ? { 'smartca-company': company } : {}) });
  const ids = async (company) => (await stack.api('GET', 'users', undefined, named(company))).body.items.map((each) => each.id).sort();
  assert.deepEqual([await ids(), await ids('second')], [[1, 2], [1001, 1002]]);
  assertProblem(await stack.api('GET', 'users', undefined, named('third')), 400, 'malformedRequest');
  const issue = (claims, company) => stack.api('POST', 'sessions', { sub: '1', may: rights, ...claims }, named(company));
  const { body } = await issue({}, 'second');
  assert.deepEqual((await stack.api('GET', 'users', undefined, bearer(body.token))).body.items.map((each) => each.id).sort(), [1001, 1002]);
  assert.equal((await issue({ company: 'second' })).status, 201);
  assertProblem(await issue({ company: 'third' }), 400, 'malformedRequest');
});

test('a changed file counts at once; a broken one is reported and nothing has changed', async () => {
  const status = async (headers) => (await stack.api('GET', 'users', undefined, headers)).status;
  const lookup = (headers) => stack.api('POST', 'lookups', { identity: registered.one }, headers);
  assert.equal(await status(inThird), 401);
  await stack.name([{ name: 'main' }, { name: 'second' }, { name: 'third' }]);
  await until(async () => (await status(inThird)) === 200, 10_000);
  assert.deepEqual((await stack.api('GET', 'users', undefined, inThird)).body.allCount, 0);

  await stack.name('{"companies": [{"name": "main", "smartca": {"id": "a", "password": "canary-of-a-password", "more": 1}}]}');
  await until(() => /secretBroken.*\/companies\/0\/smartca\/more/.test(stack.proxy.said), 10_000);
  assert.doesNotMatch(stack.proxy.said, /canary-of-a-password/);
  assert.deepEqual([await status(inMain), await status(inThird)], [200, 200]);

  // What no proxy would start with.
  for (const [list, why] of [[[{ name: 'second' }], /it has no \\"main\\", which --company names/],
    [[{ name: 'main', settings: '/nope' }], /company settings \/nope: cannot be read/]]) {
    await stack.name(list);
    await until(() => stack.proxy.said.split('\n').some((line) => /secretBroken/.test(line) && why.test(line)), 10_000);
    assert.equal(await status(inMain), 200);
  }
  const settings = join(stack.folder, 'settings.json');
  await writeFile(settings, JSON.stringify({ text: 'Của main, mới' }));
  await stack.name([{ name: 'main', settings }, { name: 'second' }, { name: 'third' }]);
  await until(async () => (await stack.api('GET', 'defaults', undefined, inMain)).body.company.signatureText === 'Của main, mới', 10_000);
  assert.equal(await status(inThird), 200);

  await stack.name([{ name: 'main' }, { name: 'second', smartca: { id: spId, password: 'wrong' } }]);
  await until(async () => (await status(inThird)) === 401, 10_000);
  assertProblem(await lookup(inSecond), 502, 'upstreamCredentials');
  assert.equal((await lookup(inMain)).status, 200);
  await stack.name([{ name: 'main' }, { name: 'second', smartca: { id: spId, password: spPassword } }]);
  await until(async () => (await lookup(inSecond)).status === 200, 10_000);
});
