// Who may call the real proxy, and for what: session tokens, the server's token, and neither.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readContract } from './contract.mjs';
import { assertFinding, assertProblem, draftFor } from './expect.mjs';
import { freshKey, Proxy, startStack, until } from './harness.mjs';
import { identities, registered } from './people.mjs';
import { bearer, forgedToken, issuer, makePortal, rights } from './tokens.mjs';

const serverToken = 's'.repeat(40);
const origin = 'https://portal.example.vn';
const portal = makePortal();
let stack, keysFile, proxyArguments, contract, users, rows;
before(async () => {
  stack = await startStack({ identities: identities() });
  const tokens = join(stack.folder, 'tokens');
  keysFile = join(stack.folder, 'session-keys.json');
  await writeFile(tokens, serverToken, { mode: 0o600 });
  await writeFile(keysFile, portal.keySet(), { mode: 0o600 });
  await stack.proxy.stop();
  proxyArguments = ['--auth', 'bearer', '--auth-token-file', tokens, '--session-keys-file', keysFile, '--allowed-origins', origin];
  await stack.proxy.start({ args: proxyArguments });
  contract = await readContract();
  const list = await stack.api('GET', 'certificates?pageSize=100', undefined, portal.headers());
  rows = list.body.items;
  users = (await stack.api('GET', 'users?pageSize=100', undefined, portal.headers())).body.items;
});
after(() => stack.stop());

const as = (claims) => portal.headers(claims);
const create = (draft, headers, key = freshKey()) => stack.api('POST', 'certificates', draft, { ...headers, 'idempotency-key': key });

// One request of each route: its path, its body, one of the rights that it takes. `others`: what of another user it asks for.
const routes = () => {
  const mine = rows[0];
  const body = draftFor(mine.userId, registered.one);
  return {
    'GET /session': { path: 'session' },
    'POST /sessions': { path: 'sessions', body: { sub: '1', may: ['list'] }, server: true },
    'GET /events': { path: 'events', server: true },
    'GET /users': { path: 'users', right: 'list' },
    'GET /users/{id}': { path: `users/${mine.userId}`, right: 'lookup', others: 404 },
    'GET /defaults': { path: `defaults?userId=${mine.userId}`, right: 'create', others: 404 },
    'GET /users/{id}/signature-image': { path: `users/${mine.userId}/signature-image`, right: 'create', others: 404 },
    'GET /company/signature-image': { path: 'company/signature-image', right: 'create' },
    'POST /lookups': { path: 'lookups', body: { identity: registered.one, userId: mine.userId }, right: 'lookup', others: 404 },
    'GET /certificates': { path: `certificates?userId=${mine.userId}`, right: 'list' },
    'POST /certificates': { path: 'certificates', body, right: 'create', others: 422 },
    'DELETE /creates': { path: 'creates', right: 'create' },
    'GET /creates/{id}': { path: 'creates/1', right: 'create' },
    'GET /certificates/{id}': { path: `certificates/${mine.id}`, right: 'list', others: 404 },
    'GET /certificates/{id}/details': { path: `certificates/${mine.id}/details`, right: 'details', others: 404 },
    'PATCH /certificates/{id}': { path: `certificates/${mine.id}`, body: { name: 'x' }, right: 'rename', others: 404 },
    'DELETE /certificates/{id}': { path: `certificates/${mine.id}`, right: 'remove', others: 404 },
  };
};

test('no route answers a caller more than they may ask', async () => {
  const table = routes();
  assert.deepEqual(Object.keys(table).sort(), [...contract.operations].sort(), 'a route is not in the table');
  const now = Math.floor(Date.now() / 1000);
  const altered = portal.token({ may: ['list'] }).split('.');
  altered[1] = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(altered[1], 'base64url')), may: rights })).toString('base64url');
  const nobody = users.find((user) => !rows.some((row) => row.userId === user.id)).id;
  const before = (await stack.api('GET', 'certificates', undefined, as())).body;
  let asked = 0;
  for (const [operation, { path, body, right, others, server }] of Object.entries(table)) {
    const [method] = operation.split(' ');
    const ask = async (what, headers, status, code) => {
      const answer = await stack.api(method, path, body, { 'idempotency-key': freshKey(), ...headers });
      asked += 1;
      assert.equal(answer.status, status, `${operation}, ${what}: ${JSON.stringify(answer.body)}`);
      if (code) assertProblem(answer, status, code);
      assert.deepEqual(contract.judge(method, `/${path.split('?')[0]}`, answer), []);
    };
    await ask('no token', {}, 401, 'unauthorized');
    await ask('expired', as({ iat: now - 900, exp: now - 61 }), 401, 'unauthorized');
    await ask('altered', bearer(altered.join('.')), 401, 'unauthorized');
    await ask('another key', makePortal().headers(), 401, 'unauthorized');
    await ask('forged', bearer(forgedToken(portal)), 401, 'unauthorized');
    await ask('other company', as({ company: 'second' }), 401, 'unauthorized');
    await ask('other origin', { ...as({ origin }), origin: 'https://evil.example' }, 403, 'forbidden');
    await ask('no origin', as({ origin }), 403, 'forbidden');
    await ask('server token in a browser', { ...bearer(serverToken), origin }, 403, 'forbidden');
    if (right) await ask('missing right', as({ may: rights.filter((each) => !(right === each || (/users/.test(path) && !/image/.test(path)))) }), 403, 'notAllowed');
    if (server) await ask('a session token', as(), 403, 'notAllowed');
    if (others) await ask('other user', as({ users: [nobody] }), others);
  }
  assert.ok(asked > 150, String(asked));
  const list = (await stack.api('GET', `certificates`, undefined, as({ users: [nobody] }))).body;
  assert.deepEqual([list.items, list.totalCount, list.allCount, list.userCount], [[], 0, 0, 0]);
  assert.deepEqual((await stack.api('GET', 'users', undefined, as({ users: [nobody] }))).body.items.map((user) => user.id), [nobody]);
  assert.deepEqual((await stack.api('GET', 'certificates', undefined, as())).body, before, 'nothing has changed');
});

test('what a missing right or a bad token was is in the log and not in the answer', async () => {
  await stack.api('DELETE', `certificates/${rows[0].id}`, undefined, as({ may: ['list'] }));
  await stack.api('GET', 'users', undefined, as({ aud: 'other' }));
  await stack.api('GET', 'users', undefined, as({ exp: undefined }));
  await until(() => /"status":403,"ms":[\d.]+,"outcome":"notAllowed","detail":"no right of remove"/.test(stack.proxy.said), 5000);
  await until(() => /"status":401,"ms":[\d.]+,"outcome":"unauthorized","detail":"otherAudience"/.test(stack.proxy.said), 5000);
  await until(() => /"status":401,"ms":[\d.]+,"outcome":"unauthorized","detail":"badClaims: exp"/.test(stack.proxy.said), 5000);
});

test('a create repeated under a renewed token gets the first answer, and another person gets their own', async () => {
  const [user] = users;
  const draft = draftFor(user.id, registered.several);
  const key = freshKey();
  const first = await create(draft, as({ jti: 'a' }), key);
  assert.equal(first.status, 201, JSON.stringify(first.body));
  const again = await create(draft, as({ jti: 'b', may: ['create'] }), key);
  assert.equal(again.headers.get('idempotency-replayed'), 'true');
  assert.deepEqual(again.body, first.body);
  assert.equal((await create(draft, as({ sub: '18' }), key)).headers.get('idempotency-replayed'), null);
});

test('a changed key file counts within seconds; a broken one is reported and the old keys stay', async () => {
  const next = makePortal({ kid: 'portal-2' });
  const ask = async (from) => (await stack.api('GET', 'session', undefined, from.headers())).status;
  assert.equal(await ask(next), 401);
  await writeFile(keysFile, portal.keySet(next.jwk));
  await until(async () => (await ask(next)) === 200, 10_000);
  assert.equal(await ask(portal), 200);
  await writeFile(keysFile, JSON.stringify({ keys: [{ ...portal.jwk, may: undefined }] }));
  await until(() => /secretBroken.*\/keys\/0\/may is missing/.test(stack.proxy.said), 10_000);
  assert.equal(await ask(next), 200);
  await writeFile(keysFile, next.keySet());
  await until(async () => (await ask(portal)) === 401, 10_000);
  await writeFile(keysFile, portal.keySet());
  await until(async () => (await ask(portal)) === 200, 10_000);
});

test('the audit log names the person, and who says that it is them', async () => {
  await stack.api('DELETE', `certificates/${rows.at(-1).id}`, undefined, as({ sub: 'nv-42', name: 'Lê "Phúc"' }));
  const { execFile } = await import('node:child_process');
  const { proxyBinary } = await import('./harness.mjs');
  const lines = await new Promise((done, fail) => execFile(proxyBinary, ['audit', '--database', stack.proxy.database, '--format', 'jsonl', '--actor', 'nv-42'],
    (error, out) => (error ? fail(error) : done(out))));
  const entry = JSON.parse(lines.trim().split('\n').at(-1));
  assert.deepEqual([entry.action, entry.actorName, entry.issuer, entry.company], ['remove', 'Lê "Phúc"', issuer, 'main']);
});

test('the server, by its own token, may do everything, as one caller during a change of the token', async () => {
  assert.deepEqual((await stack.api('GET', 'session', undefined, bearer(serverToken))).body.may, rights);
  assert.equal((await stack.api('GET', 'users', undefined, bearer(serverToken))).status, 200);
});

test('the server asks for a session token, which another proxy with the same key file takes too, and each after a restart', async () => {
  const ask = { sub: 'nv-7', name: 'Đỗ Hà', may: ['list', 'lookup'], users: [rows[0].userId] };
  const { status, body } = await stack.api('POST', 'sessions', ask, bearer(serverToken));
  assert.equal(status, 201, JSON.stringify(body));
  assert.ok(Date.parse(body.expires) - Date.now() > 540_000, body.expires);
  const opens = async (proxy) => (await proxy.api('GET', 'session', undefined, bearer(body.token))).body.may;
  assert.deepEqual(await opens(stack.proxy), ['lookup', 'list']);
  assert.deepEqual((await stack.api('GET', 'users', undefined, bearer(body.token))).body.items.map((user) => user.id), ask.users);
  const second = new Proxy(stack.folder, stack.sandbox, 'second');
  await second.start({ args: proxyArguments, database: join(stack.folder, 'second.sqlite') });
  assert.deepEqual(await opens(second), ['lookup', 'list']);
  await second.stop();
  await stack.proxy.stop();
  await stack.proxy.start({ args: proxyArguments });
  assert.deepEqual(await opens(stack.proxy), ['lookup', 'list']);
});

test('a server that passes everything through names the actor, who is the caller then and cannot issue tokens', async () => {
  const named = { ...bearer(serverToken), 'smartca-actor': 'nv-9', 'smartca-actor-name': 'Vo Ha', 'smartca-may': 'list create', 'smartca-users': String(rows[0].userId) };
  assert.deepEqual((await stack.api('GET', 'session', undefined, named)).body.may, ['create', 'list']);
  assert.deepEqual((await stack.api('GET', 'users', undefined, named)).body.items.map((user) => user.id), [rows[0].userId]);
  assertProblem(await stack.api('DELETE', `certificates/${rows[0].id}`, undefined, named), 403, 'notAllowed');
  assertProblem(await stack.api('POST', 'sessions', { sub: '1', may: rights }, named), 403, 'notAllowed');
  assertProblem(await stack.api('GET', 'session', undefined, { ...named, origin }), 403, 'forbidden');
  assert.deepEqual((await stack.api('GET', 'session', undefined, { ...portal.headers({ may: [] }), 'smartca-actor': 'nv-9', 'smartca-may': 'remove' })).body.may, []);
});

test('a token of one proxy is nothing to a proxy with another key file', async () => {
  const { body } = await stack.api('POST', 'sessions', { sub: '1', may: ['list'] }, bearer(serverToken));
  const other = await startStack({ identities: identities(), args: proxyArguments });
  try {
    assertProblem(await other.api('GET', 'session', undefined, bearer(body.token)), 401, 'unauthorized');
  } finally {
    await other.stop();
  }
});

test('a session token issues no other one, and the server none for another company', async () => {
  assertProblem(await stack.api('POST', 'sessions', { sub: '1', may: rights }, as()), 403, 'notAllowed');
  assertProblem(await stack.api('POST', 'sessions', { sub: '1', may: rights, company: 'second' }, bearer(serverToken)), 400, 'malformedRequest');
});

test('a session token for a page whose origin no browser writes so, and which would be refused everywhere, is not issued', async () => {
  const issue = (of) => stack.api('POST', 'sessions', { sub: '1', may: ['list'], origin: of }, bearer(serverToken));
  for (const wrong of [`${origin}/`, `${origin}/app`, 'portal.example.vn', 'HTTPS://portal.example.vn', 'https://Portal.example.vn', 'https://portal.example.vn:443', 'null']) {
    const answer = await issue(wrong);
    assertProblem(answer, 400, 'malformedRequest');
    assert.match(answer.body.reason, /^\/origin: is no origin/, wrong);
  }
  const { body } = await issue(origin);
  assert.equal((await stack.api('GET', 'session', undefined, { ...bearer(body.token), origin })).status, 200);
});

test('a locked field is refused with another value, whoever signed the token, and a secret cannot be filled in', async () => {
  const [user, other] = users.slice(2);
  const claims = { prefill: { userId: user.id, identity: registered.one }, lock: ['userId', 'identity'] };
  const issued = await stack.api('POST', 'sessions', { sub: '17', may: rights, ...claims }, bearer(serverToken));
  for (const headers of [as(claims), bearer(issued.body.token)]) {
    const session = await stack.api('GET', 'session', undefined, headers);
    assert.deepEqual([session.body.prefill, session.body.lock], [claims.prefill, claims.lock]);
    assert.deepEqual(contract.judge('GET', '/session', session), []);
    assertFinding(await create(draftFor(other.id, registered.one), headers), 'userId', 'fieldLocked');
    assertFinding(await stack.api('POST', 'lookups', { identity: registered.several }, headers), 'identity', 'fieldLocked');
    assert.ok([200, 201].includes((await create(draftFor(user.id, registered.one), headers)).status));
  }
  assertProblem(await stack.api('GET', 'session', undefined, as({ prefill: { password: 'x' } })), 401, 'unauthorized');
  assertProblem(await stack.api('POST', 'sessions', { sub: '1', may: [], prefill: { secretKey: 'x' } }, bearer(serverToken)), 400, 'malformedRequest');
});

test('whoever withdraws a create that somebody else has sent is not told that nothing came of it', async () => {
  const key = freshKey();
  const withdraw = (headers) => stack.api('DELETE', 'creates', undefined, { ...headers, 'idempotency-key': key });
  assert.equal((await create(draftFor(users[20].id, registered.one), as({ sub: 'x' }), key)).status, 201);
  assertProblem(await withdraw(as({ sub: 'y' })), 504, 'outcomeUnknown');
  assert.equal((await withdraw(as({ sub: 'x' }))).status, 201);
});
