// How often one person may ask the real proxy, and whose address it writes down behind reverse proxies.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertProblem, draftFor, freeUsers } from './expect.mjs';
import { exchange, freshKey, proxyBinary, startStack, until } from './harness.mjs';
import { citizens, identities, registered } from './people.mjs';
import { bearer, makePortal } from './tokens.mjs';

const serverToken = 's'.repeat(40);
const portal = makePortal();
const many = citizens(8);
let stack, user, opsPort;
before(async () => {
  stack = await startStack({ identities: identities(many) });
  user = await freeUsers(stack)();
  await stack.proxy.stop();
  const [tokens, keys] = ['tokens', 'keys.json'].map((name) => join(stack.folder, name));
  await writeFile(tokens, serverToken, { mode: 0o600 });
  await writeFile(keys, portal.keySet(), { mode: 0o600 });
  await stack.proxy.start({ args: ['--auth', 'bearer', '--auth-token-file', tokens, '--session-keys-file', keys, '--ops-listen', '127.0.0.1:0',
    '--lookups-per-hour', '4', '--creates-per-hour', '2', '--requests-per-minute', '30', '--trusted-proxies', '127.0.0.0/8,10.0.0.0/8'] });
  opsPort = Number(/"opsListening".*?127\.0\.0\.1:(\d+)/s.exec(stack.proxy.said)[1]);
});
after(() => stack.stop());

const as = (sub, more = {}) => ({ ...portal.headers({ sub }), ...more });
const lookup = (identity, headers) => stack.api('POST', 'lookups', { identity }, headers);
const create = (headers) => stack.api('POST', 'certificates', draftFor(user, registered.one), { 'idempotency-key': freshKey(), ...headers });
const metrics = async () => (await exchange(request, { url: `http://127.0.0.1:${opsPort}/metrics` })).text;
const audited = () => execFileSync(proxyBinary, ['audit', '--database', stack.proxy.database, '--format', 'jsonl']).toString().trim().split('\n').map((line) => JSON.parse(line));

test('who tries one identity after another is stopped, under any token of theirs, and nobody else is', async () => {
  const before = (await stack.sandbox.ledger()).body.entries.length;
  for (const identity of many.slice(0, 4)) assert.equal((await lookup(identity, as('clerk'))).status, 200);
  const headers = as('clerk', { 'accept-language': 'en', 'x-forwarded-for': '198.51.100.1, 203.0.113.9, 10.1.2.3', 'x-request-id': 'enumeration' });
  const refused = await lookup(many[4], headers);
  const problem = assertProblem(refused, 429, 'tooManyRequests');
  assert.match(problem.title, /You have asked too often/);
  const wait = Number(refused.headers.get('retry-after'));
  assert.ok(wait > 800 && wait <= 900, String(wait));
  assert.equal(problem.retryAfterSeconds, wait);
  assert.match((await lookup(many[4], as('clerk', { 'accept-language': 'vi' }))).body.title, /Bạn/);
  assert.equal((await stack.sandbox.ledger()).body.entries.length, before + 4, 'SmartCA was not asked');
  for (const other of [as('another clerk'), { ...bearer(serverToken), 'smartca-actor': 'clerk' }, bearer(serverToken)])
    assert.equal((await lookup(many[4], other)).status, 200);
  assert.equal((await stack.api('GET', 'users', undefined, as('clerk'))).status, 200, 'the rest goes on');
});

test('creates and requests have limits of their own, for a person whom the server names as well', async () => {
  const named = { ...bearer(serverToken), 'smartca-actor': 'creator' };
  const first = { ...named, 'idempotency-key': freshKey() };
  assert.deepEqual([(await create(first)).status, (await create(named)).status], [201, 200]);
  const problem = assertProblem(await create(named), 429, 'tooManyRequests');
  assert.ok(problem.retryAfterSeconds > 1700);
  const again = await create(first);
  assert.deepEqual([again.status, again.headers.get('idempotency-replayed')], [201, 'true'], 'what became of a create is told');
  const statuses = [];
  for (let i = 0; i < 32; ++i) statuses.push((await stack.api('GET', 'session', undefined, as('page'))).status);
  assert.deepEqual([statuses.filter((status) => status === 200).length >= 30, statuses.at(-1)], [true, 429]);
  for (let i = 0; i < 40; ++i) assert.equal((await stack.api('GET', 'session', undefined, bearer(serverToken))).status, 200);
});

test('log, metrics and audit log tell which limit it was, who, and from where', async () => {
  await until(() => /"status":429,"ms":[\d.]+,"outcome":"tooManyRequests","detail":"lookups"/.test(stack.proxy.said), 5000);
  assert.match(stack.proxy.said, /"detail":"creates"/);
  const text = await metrics();
  assert.match(text, /smartca_limited_requests_total\{limit="lookups"\} 2\n/);
  assert.match(text, /smartca_limited_requests_total\{limit="creates"\} 1\n/);
  const entry = await until(() => audited().find((each) => each.requestId === 'enumeration'), 5000);
  assert.deepEqual([entry.action, entry.outcome, entry.reason], ['access', 'refused', 'tooManyRequests POST /api/v1/lookups']);
  assert.deepEqual([entry.actor, entry.company, entry.peer], ['clerk', 'main', '203.0.113.9']);
});

test('the audit log has the address that the last trusted proxy has seen, and none that a client makes up', async () => {
  const peerOf = async (headers) => {
    const id = freshKey();
    await stack.api('GET', 'users', undefined, { 'x-request-id': id, ...headers });
    return (await until(() => audited().find((each) => each.requestId === id), 5000)).peer;
  };
  assert.equal(await peerOf({ 'x-forwarded-for': '198.51.100.1, 203.0.113.9' }), '203.0.113.9');
  assert.equal(await peerOf({ 'x-forwarded-for': '[2001:db8::9]:4711' }), '2001:db8::9');
  assert.equal(await peerOf({ 'x-forwarded-for': '203.0.113.9, unknown' }), '127.0.0.1');
  assert.equal(await peerOf({ forwarded: 'for=203.0.113.9' }), '127.0.0.1');
});
