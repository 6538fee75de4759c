// Refusals: application/problem+json with the right status, code and request number, in the reader's language.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertProblem, draftFor, freeUsers, wholeList } from './expect.mjs';
import { freshKey, startStack, until } from './harness.mjs';
import { identities, registered } from './people.mjs';

let stack;
let user;
let listed;
before(async () => {
  stack = await startStack({ identities: identities() });
  user = await freeUsers(stack)();
  listed = await wholeList(stack);
});
after(() => stack.stop());

const create = (body, headers) => stack.api('POST', 'certificates', body, { 'idempotency-key': freshKey(), ...headers });
const good = () => draftFor(user, registered.one);

const table = [
  ['a body that is not JSON', 400, 'malformedRequest', () => create('{')],
  ['an empty body', 400, 'malformedRequest', () => create('')],
  ['a body of another shape', 400, 'malformedRequest', () => create({ userId: 'one' })],
  ['a create without a key', 400, 'malformedRequest', () => stack.api('POST', 'certificates', good())],
  ['a path that is not there', 404, 'pathUnknown', () => stack.api('GET', 'nothing')],
  ['a certificate that is not there', 404, 'certificateGone', () => stack.api('GET', 'certificates/999999')],
  ['a method that the path does not have', 405, 'methodNotAllowed', () => stack.api('DELETE', 'session')],
  ['a body beyond the limit', 413, 'tooLarge', () => create('x'.repeat(3 * 1024 * 1024))],
  ['a body of another type', 415, 'unsupportedMediaType', () => create(good(), { 'content-type': 'text/plain' })],
  ['a draft that the rules refuse', 422, 'findings', () => create({ ...good(), identity: '' })],
  ['a page of another site', 403, 'forbidden', () => create(good(), { origin: 'https://evil.example' })],
];

for (const [what, status, code, ask] of table) {
  test(`${what} is answered ${status} ${code}, and changes nothing`, async () => {
    assertProblem(await ask(), status, code);
    assert.deepEqual(await wholeList(stack), listed);
  });
}

test('a problem speaks the language of Accept-Language', async () => {
  const english = await create({ ...good(), identity: '' }, { 'accept-language': 'en' });
  const vietnamese = await create({ ...good(), identity: '' }, { 'accept-language': 'vi-VN,vi;q=0.9,en;q=0.8' });
  assert.equal(english.headers.get('content-language'), 'en');
  assert.equal(vietnamese.headers.get('content-language'), 'vi');
  assert.match(english.body.title, /^[\x20-\x7e“”’]+$/);
  assert.match(vietnamese.body.title, /[à-ỹđ]/i);
  assert.deepEqual(english.body.findings, vietnamese.body.findings);
});

test('a refusal before any route speaks it too', async () => {
  const answers = await Promise.all(['en', 'vi'].map((language) => stack.api('GET', 'nothing', undefined, { 'accept-language': language })));
  assert.notEqual(answers[0].body.title, answers[1].body.title);
});

test('a request number that the caller gives is used, and another one where it could do harm', async () => {
  assert.equal((await stack.api('GET', 'session', undefined, { 'x-request-id': 'trace-1.a_B' })).headers.get('x-request-id'), 'trace-1.a_B');
  for (const id of ['a b', '"', 'a'.repeat(65), '<script>', 'ü']) {
    const { headers } = await stack.api('GET', 'session', undefined, { 'x-request-id': Buffer.from(id).toString('latin1') });
    assert.match(headers.get('x-request-id'), /^[0-9a-f]{16}$/, id);
  }
});

test('no two requests get the same number', async () => {
  const ids = await Promise.all(Array.from({ length: 50 }, async () => (await stack.api('GET', 'session')).headers.get('x-request-id')));
  assert.equal(new Set(ids).size, 50);
});

test('a refused method names those that there are', async () => {
  const { headers } = await stack.api('PUT', 'certificates', {});
  const allowed = headers.get('allow').split(/,\s*/);
  assert.deepEqual(allowed.filter((method) => method !== 'OPTIONS').sort(), ['GET', 'HEAD', 'POST']);
  assert.equal((await stack.api('HEAD', 'certificates')).status, 200);
});

test('each request leaves one line in the log that tells its outcome and nothing of its content', async () => {
  await create({ ...good(), identity: 'CANARY-42' }, { 'x-request-id': 'log-line' });
  const lines = stack.proxy.said.split('\n').filter((line) => line.includes('log-line')).map((line) => JSON.parse(line));
  assert.equal(lines.length, 1);
  assert.equal(lines[0].status, 422);
  assert.equal(lines[0].outcome, 'findings');
  assert.equal(lines[0].route, '/api/v1/certificates');
  assert.doesNotMatch(stack.proxy.said, /CANARY/);
});

test('with a token file only callers who know a token are served, and a new token counts without a restart', async () => {
  const { writeFile } = await import('node:fs/promises');
  const tokens = `${stack.folder}/tokens`;
  await writeFile(tokens, `${'a'.repeat(40)}\n`, { mode: 0o600 });
  const guarded = await startStack({ identities: identities(), args: ['--auth', 'bearer', '--auth-token-file', tokens] });
  try {
    const ask = (token) => guarded.api('GET', 'session', undefined, token ? { authorization: `Bearer ${token}` } : {});
    const refused = await ask();
    assertProblem(refused, 401, 'unauthorized');
    assert.match(refused.headers.get('www-authenticate'), /^Bearer/);
    assertProblem(await ask('b'.repeat(40)), 401, 'unauthorized');
    assertProblem(await ask('a'.repeat(39)), 401, 'unauthorized');
    assert.equal((await ask('a'.repeat(40))).status, 200);
    await writeFile(tokens, `${'b'.repeat(40)}\n`);
    await until(async () => (await ask('b'.repeat(40))).status === 200, 10_000);
    assertProblem(await ask('a'.repeat(40)), 401, 'unauthorized');
  } finally {
    await guarded.stop();
  }
});
