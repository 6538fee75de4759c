// One Idempotency-Key is one create, however often it is sent.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertCreated, assertFinding, assertProblem, draftFor, freeUsers, wholeList } from './expect.mjs';
import { freshKey, startStack, until } from './harness.mjs';
import { businessAccount, identities, registered } from './people.mjs';

let stack;
let nextUser;
before(async () => {
  stack = await startStack({ identities: identities() });
  nextUser = freeUsers(stack);
});
after(() => stack.stop());

test('the same request again gets the same answer, marked as replayed, without asking SmartCA', async () => {
  const draft = draftFor(await nextUser(), registered.several);
  const key = freshKey();
  const first = await stack.create(draft, key);
  assertCreated(first, 3);
  assert.equal(first.headers.get('idempotency-replayed'), null);
  const asked = (await stack.sandbox.ledger()).body.total;
  const second = await stack.create(draft, key);
  assert.equal(second.status, 201);
  assert.equal(second.headers.get('idempotency-replayed'), 'true');
  assert.deepEqual(second.body, first.body);
  assert.equal((await stack.sandbox.ledger()).body.total, asked);
});

test('an answer that nothing was new is replayed, too', async () => {
  const draft = draftFor(await nextUser(), registered.one);
  assertCreated(await stack.create(draft), 1);
  const key = freshKey();
  const first = await stack.create(draft, key);
  const second = await stack.create(draft, key);
  assert.deepEqual([second.status, second.body], [200, first.body]);
  assert.equal(second.headers.get('idempotency-replayed'), 'true');
});

test('the answer is replayed after a restart', async () => {
  const draft = draftFor(await nextUser(), registered.companyWithOne, { businessAccount });
  const key = freshKey();
  const first = await stack.create(draft, key);
  assertCreated(first, 1);
  await stack.proxy.stop();
  await stack.proxy.start();
  const second = await stack.create(draft, key);
  assert.deepEqual([second.status, second.body, second.headers.get('idempotency-replayed')], [201, first.body, 'true']);
});

test('the key with another body is refused, even if only a password differs', async () => {
  const draft = draftFor(await nextUser(), registered.companyWithOne, { businessAccount });
  const key = freshKey();
  assertCreated(await stack.create(draft, key), 1);
  const before = await wholeList(stack);
  for (const other of [{ ...draft, identity: registered.one }, { ...draft, businessAccount: { ...businessAccount, password: 'another' } }]) {
    assertProblem(await stack.create(other, key), 422, 'keyReused');
  }
  assert.deepEqual(await wholeList(stack), before);
});

test('a create that the rules refuse does not use its key up', async () => {
  const user = await nextUser();
  const key = freshKey();
  assertFinding(await stack.create(draftFor(user, ''), key), 'identity', 'required');
  assertFinding(await stack.create(draftFor(user, registered.none), key), 'identity', 'noCertificate');
  assertCreated(await stack.create(draftFor(user, registered.one), key), 1);
});

for (const [what, key] of [['no key', undefined], ['an empty key', ''], ['a key with a blank', 'a b'], ['a key of 129 characters', 'a'.repeat(129)], ['a key beyond ASCII', '\xe1']]) {
  test(`${what} is refused`, async () => {
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    assertProblem(await stack.api('POST', 'certificates', draftFor(await nextUser(), registered.one), headers), 400, 'malformedRequest');
  });
}

test('a key of 128 characters is taken', async () => {
  assertCreated(await stack.create(draftFor(await nextUser(), registered.one), '~'.repeat(128)), 1);
});

test('twenty at once with one key add once; the others hear the same answer or that it is being worked on', async () => {
  const user = await nextUser();
  const draft = draftFor(user, registered.several);
  const key = freshKey();
  await stack.sandbox.fault({ mode: 'delay', milliseconds: 150 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => stack.create(draft, key)));
  await stack.sandbox.fault({ mode: 'none' });
  const done = answers.filter((answer) => answer.status === 201);
  assert.equal(done.filter((answer) => answer.headers.get('idempotency-replayed') === null).length, 1);
  for (const answer of done) assert.deepEqual(answer.body, done[0].body);
  for (const answer of answers.filter((each) => each.status !== 201)) {
    assertProblem(answer, 409, 'inProgress');
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
  }
  assert.equal((await wholeList(stack, `&userId=${user}`)).length, 3);
  assert.deepEqual((await stack.create(draft, key)).body, done[0].body);
});

test('twenty at once with keys of their own add each certificate once', async () => {
  const user = await nextUser();
  const answers = await Promise.all(Array.from({ length: 20 }, () => stack.create(draftFor(user, registered.several))));
  assert.ok(answers.every((answer) => [200, 201].includes(answer.status)));
  assert.equal(answers.reduce((sum, answer) => sum + answer.body.added.length, 0), 3);
  const rows = await wholeList(stack, `&userId=${user}`);
  assert.equal(rows.length, 3);
  assert.equal(rows.filter((row) => row.isDefault).length, 1);
});

test('a client that leaves before the answer can ask for it', async () => {
  const draft = draftFor(await nextUser(), registered.one);
  const key = freshKey();
  await stack.sandbox.fault({ mode: 'delay', milliseconds: 300, count: 1 });
  const asked = (await stack.sandbox.ledger()).body.total;
  const leaving = new AbortController();
  const left = fetch(`${stack.proxy.origin}/api/v1/certificates`, {
    method: 'POST', body: JSON.stringify(draft), headers: { 'content-type': 'application/json', 'idempotency-key': key }, signal: leaving.signal,
  }).catch((error) => error.name);
  await until(async () => (await stack.sandbox.ledger()).body.total > asked);
  leaving.abort();
  assert.equal(await left, 'AbortError');
  const answer = await until(async () => {
    const known = await stack.create(draft, key);
    return known.status !== 409 && known;
  });
  assertCreated(answer, 1);
  assert.equal(answer.headers.get('idempotency-replayed'), 'true');
});

const withdraw = (key) => stack.api('DELETE', 'creates', undefined, { 'idempotency-key': key });

test('a create that is withdrawn before it comes is never done, also after a restart', async () => {
  const user = await nextUser();
  const draft = draftFor(user, registered.one);
  const key = freshKey();
  assert.equal((await withdraw(key)).status, 204);
  assertProblem(await stack.create(draft, key), 422, 'keyReused');
  await stack.proxy.stop();
  await stack.proxy.start();
  assertProblem(await stack.create(draft, key), 422, 'keyReused');
  const again = await withdraw(key);
  assert.deepEqual([again.status, again.body.code], [502, 'notCreated']);
  assert.deepEqual(await wholeList(stack, `&userId=${user}`), []);
});

test('who withdraws a create that was done hears what it has added', async () => {
  const key = freshKey();
  const first = await stack.create(draftFor(await nextUser(), registered.several), key);
  assertCreated(first, 3);
  const told = await withdraw(key);
  assert.deepEqual([told.status, told.body, told.headers.get('idempotency-replayed')], [201, first.body, 'true']);
});

test('a create that was refused is withdrawn like one that never came; one that is worked on is not', async () => {
  const user = await nextUser();
  const key = freshKey();
  assertFinding(await stack.create(draftFor(user, registered.none), key), 'identity', 'noCertificate');
  assert.equal((await withdraw(key)).status, 204);
  await stack.sandbox.fault({ mode: 'delay', milliseconds: 300, count: 1 });
  const asked = (await stack.sandbox.ledger()).body.total;
  const running = freshKey();
  const create = stack.create(draftFor(user, registered.one), running);
  await until(async () => (await stack.sandbox.ledger()).body.total > asked);
  assertProblem(await withdraw(running), 409, 'inProgress');
  assertCreated(await create, 1);
});
