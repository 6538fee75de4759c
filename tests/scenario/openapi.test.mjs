// The running proxy against its contract, proxy/api/openapi.yaml: every answer is documented, and every documented answer
// that can be provoked is given.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readContract } from './contract.mjs';
import { allUsers, draftFor, freeUsers } from './expect.mjs';
import { freshKey, sleep, startStack } from './harness.mjs';
import { imageField, png } from './images.mjs';
import { businessAccount, identities, registered } from './people.mjs';

let stack;
let contract;
let nextUser;
before(async () => {
  stack = await startStack({ identities: identities(), args: ['--smartca-timeout-ms', '400'] });
  contract = await readContract();
  nextUser = freeUsers(stack);
});
after(() => stack.stop());

// Asks, and holds the answer against the contract.
async function ask(method, path, body, headers, expected, from = stack) {
  const answer = await from.api(method, path, body, headers);
  if (expected !== undefined) assert.equal(answer.status, expected, `${method} ${path}: ${JSON.stringify(answer.body)}`);
  assert.deepEqual(contract.judge(method, `/${path}`, answer), [], JSON.stringify(answer.body).slice(0, 500));
  return answer;
}
const create = (draft, expected, headers = {}) => ask('POST', 'certificates', draft, { 'idempotency-key': freshKey(), ...headers }, expected);
const bigText = 'x'.repeat(4 * 1024 * 1024);

test('the session', async () => {
  await ask('GET', 'session', undefined, {}, 200);
});

test('users, found and asked for wrongly', async () => {
  await ask('GET', 'users', undefined, {}, 200);
  await ask('GET', 'users?search=an&page=2&pageSize=3', undefined, {}, 200);
  await ask('GET', 'users?page=0', undefined, {}, 400);
  await ask('GET', `users/${(await allUsers(stack))[0].id}`, undefined, {}, 200);
  await ask('GET', 'users/2000000000', undefined, {}, 404);
});

test('defaults, of the company, of a user and of nobody', async () => {
  await ask('GET', 'defaults', undefined, {}, 200);
  for (const user of await allUsers(stack)) await ask('GET', `defaults?userId=${user.id}`, undefined, {}, 200);
  await ask('GET', 'defaults?userId=2000000000', undefined, {}, 404);
  await ask('GET', 'defaults?userId=x', undefined, {}, 400);
});

test('signature images, there, unchanged and not there', async () => {
  const settings = [(await stack.api('GET', 'defaults')).body.company];
  for (const user of await allUsers(stack)) settings.push((await stack.api('GET', `defaults?userId=${user.id}`)).body.user);
  for (const path of new Set(settings.map((each) => each.signatureImage?.path).filter(Boolean))) {
    const { headers } = await ask('GET', path, undefined, {}, 200);
    await ask('GET', path, undefined, { 'if-none-match': headers.get('etag') }, 304);
  }
  await ask('GET', 'users/2000000000/signature-image', undefined, {}, 404);
});

test('look-ups, with what can go wrong at SmartCA', async () => {
  for (const identity of [registered.one, registered.several, registered.none, registered.oldCard]) await ask('POST', 'lookups', { identity }, {}, 200);
  await ask('POST', 'lookups', { identity: '' }, {}, 422);
  await ask('POST', 'lookups', '{', {}, 400);
  await ask('POST', 'lookups', bigText, {}, 413);
  await ask('POST', 'lookups', { identity: registered.one }, { 'content-type': 'text/plain' }, 415);
  await ask('POST', 'lookups', { identity: registered.one }, { origin: 'https://evil.example' }, 403);
  for (const [mode, status] of [['status500', 502], ['garbage', 502], ['drop', 504], ['hang', 504]]) {
    await stack.sandbox.fault({ mode });
    await ask('POST', 'lookups', { identity: registered.one }, {}, status);
  }
  await stack.sandbox.fault({ mode: 'none' });
});

test('creates: new, again, nothing new, refused and failed', async () => {
  const user = await nextUser();
  const draft = draftFor(user, registered.several, { signatureText: 'a', displayMode: 'textOnly', signatureImage: imageField(png(3, 3)) });
  const key = freshKey();
  await create(draft, 201, { 'idempotency-key': key });
  await create(draft, 201, { 'idempotency-key': key });
  await create({ ...draft, serial: '1' }, 422, { 'idempotency-key': key });
  await create(draft, 200, { 'idempotency-key': `${key}n` });
  for (const [of, status] of [[key, 201], [`${key}n`, 200], [`${key}w`, 204], ['', 400]]) await ask('DELETE', 'creates', undefined, { 'idempotency-key': of }, status);
  await create(draftFor(user, registered.companyWithOne, { businessAccount }), 201);
  await create(draftFor(user, registered.companyWithThree, { businessAccount }), 422);
  await create(draftFor(0, ''), 422);
  await create('[]', 400);
  await create(bigText, 413);
  await create(draft, 415, { 'content-type': 'text/plain' });
  await create(draft, 403, { 'sec-fetch-site': 'cross-site' });
  for (const [mode, status] of [['status403', 502], ['html502', 502], ['reset', 504], ['hang', 504]]) {
    await stack.sandbox.fault({ mode });
    await create(draftFor(user, registered.one), status);
  }
  await stack.sandbox.fault({ mode: 'delay', milliseconds: 300 });
  const both = await Promise.all([create(draftFor(user, registered.passport), undefined, { 'idempotency-key': `${key}x` }), create(draftFor(user, registered.passport), undefined, { 'idempotency-key': `${key}x` })]);
  await stack.sandbox.fault({ mode: 'none' });
  assert.deepEqual(both.map((answer) => answer.status).sort(), [201, 409]);
});

test('the list and its rows', async () => {
  await ask('GET', 'certificates', undefined, {}, 200);
  await ask('GET', 'certificates?type=business&status=active&search=a', undefined, {}, 200);
  await ask('GET', 'certificates?ids=1,2', undefined, {}, 200);
  await ask('GET', 'certificates?type=none', undefined, {}, 400);
  const [row] = (await create(draftFor(await nextUser(), registered.several), 201)).body.added;
  await ask('GET', `certificates/${row.id}`, undefined, {}, 200);
  await ask('GET', `certificates/${row.id}/details`, undefined, {}, 200);
  await ask('GET', `certificates/${(await stack.api('GET', 'certificates')).body.items[0].id}/details`, undefined, {}, 200);
  await ask('GET', 'certificates/999999/details', undefined, {}, 404);
  await ask('PATCH', `certificates/${row.id}`, { name: 'a' }, {}, 200);
  await ask('PATCH', `certificates/${row.id}`, { isDefault: true }, {}, 200);
  await ask('PATCH', `certificates/${row.id}`, {}, {}, 400);
  await ask('PATCH', `certificates/${row.id}`, { name: 'a' }, { 'content-type': 'text/plain' }, 415);
  await ask('PATCH', `certificates/${row.id}`, { name: 'a' }, { origin: 'https://evil.example' }, 403);
  await ask('PATCH', `certificates/${row.id}`, bigText, {}, 413);
  await ask('PATCH', 'certificates/999999', { name: 'a' }, {}, 404);
  await ask('DELETE', `certificates/${row.id}`, undefined, { origin: 'https://evil.example' }, 403);
  await ask('DELETE', `certificates/${row.id}`, undefined, {}, 204);
  await ask('DELETE', `certificates/${row.id}`, undefined, {}, 404);
  await ask('GET', `certificates/${row.id}`, undefined, {}, 404);
});

test('a create whose answer gets lost on its way from the portal, and what becomes of it', async () => {
  const portal = await startStack({ identities: identities(), portal: {}, demoData: false });
  try {
    const lose = async (mode, draft, key = freshKey()) => {
      await portal.sandbox.fault({ mode, path: '/api/users/smart-ca/add', count: 1 });
      return (await ask('POST', 'certificates', draft, { 'idempotency-key': key }, 202, portal)).body.id;
    };
    // One that never arrived is not known for twenty seconds; one that did, at once.
    const key = freshKey();
    await ask('GET', `creates/${await lose('dropUndone', draftFor(2, registered.several), key)}`, undefined, {}, 202, portal);
    await ask('DELETE', 'creates', undefined, { 'idempotency-key': key }, 202, portal);
    const draft = draftFor(1, registered.several);
    const id = await lose('drop', draft);
    let known;
    for (const deadline = Date.now() + 30_000; known?.status !== 201 && Date.now() < deadline; await sleep(50))
      known = await ask('GET', `creates/${id}`, undefined, {}, undefined, portal);
    assert.equal(known.status, 201);
    await ask('POST', 'certificates', draft, { 'idempotency-key': freshKey() }, 200, portal);
    await ask('GET', `creates/${id + 1}`, undefined, {}, 200, portal);
    await ask('GET', 'creates/999999', undefined, {}, 404, portal);
  } finally {
    await portal.stop();
  }
});

test('everything asked without a token where one is needed', async () => {
  const tokens = join(stack.folder, 'tokens');
  await writeFile(tokens, 'a'.repeat(40), { mode: 0o600 });
  const guarded = await startStack({ identities: identities(), args: ['--auth', 'bearer', '--auth-token-file', tokens] });
  try {
    for (const operation of contract.operations) {
      const [method, path] = operation.split(' ');
      await ask(method, path.slice(1).replace('{id}', '1'), ['POST', 'PATCH'].includes(method) ? {} : undefined, {}, 401, guarded);
    }
    const server = { authorization: `Bearer ${'a'.repeat(40)}` };
    const session = { sub: '17', name: 'a', company: 'main', may: ['lookup'], users: [7], origin: 'https://portal.example.vn', lifetime: 60 };
    assert.deepEqual(contract.requestFaults('POST', '/sessions', session), []);
    await ask('POST', 'sessions', session, server, 201, guarded);
    await ask('PATCH', `certificates/${(await guarded.api('GET', 'certificates', undefined, server)).body.items[0].id}`, { name: 'a' }, server, 200, guarded);
    const { body } = await ask('GET', 'events', undefined, server, 200, guarded);
    assert.equal(body.events.at(-1).type, 'rename.changed');
    await ask('GET', `events?after=${body.cursor}&wait=1`, undefined, server, 200, guarded);
    await ask('GET', 'events?after=0', undefined, server, 400, guarded);
    await ask('GET', 'events?after=999-1', undefined, server, 410, guarded);
    for (const bad of [{}, { ...session, sub: '' }, { ...session, may: ['all'] }, { ...session, users: [] }, { ...session, lifetime: 901 }, { ...session, iss: 'a' }, { ...session, origin: '' }]) {
      assert.notDeepEqual(contract.requestFaults('POST', '/sessions', bad), [], JSON.stringify(bad));
      await ask('POST', 'sessions', bad, server, 400, guarded);
    }
  } finally {
    await guarded.stop();
  }
});

test('every route under any Host but ours', async () => {
  for (const operation of contract.operations) {
    const [method, path] = operation.split(' ');
    await ask(method, path.slice(1).replace('{id}', '1'), ['POST', 'PATCH'].includes(method) ? {} : undefined, { host: 'evil.example' }, 403);
  }
});

test('good requests are as documented, and what the schema refuses the proxy refuses', async () => {
  const good = draftFor(await nextUser(), registered.one, { businessAccount, signatureText: 'a', displayMode: 'imageOnly', signatureImage: imageField(png(2, 2)) });
  assert.deepEqual(contract.requestFaults('POST', '/certificates', good), []);
  assert.deepEqual(contract.requestFaults('POST', '/lookups', { identity: 'a', userId: 1 }), []);
  assert.deepEqual(contract.requestFaults('PATCH', '/certificates/1', { name: 'a' }), []);
  const bad = [{ ...good, userId: '1' }, { ...good, more: 1 }, { ...good, displayMode: 'all' }, { ...good, businessAccount: {} }, { ...good, identity: undefined }];
  for (const draft of bad) {
    assert.notDeepEqual(contract.requestFaults('POST', '/certificates', JSON.parse(JSON.stringify(draft))), [], JSON.stringify(draft));
    await create(draft, 400);
  }
});

// Documented, and not to be provoked from outside at will.
const rare = /(429|500|503)$/;
test('every documented answer that can be provoked was given', () => {
  assert.deepEqual(contract.unseen().filter((name) => !rare.test(name)), []);
});
