// Why a request was refused stands in its line of the log, whatever route it was for, and nothing of what it held. Where the
// outcome does not say it all, `reason` does (refused before its route was asked) or `detail` (by the route).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readContract } from './contract.mjs';
import { assertProblem, draftFor, freeUsers } from './expect.mjs';
import { freshKey, startStack, until } from './harness.mjs';
import { identities, registered } from './people.mjs';
import { makePortal } from './tokens.mjs';

// These say by themselves what it was.
const telling = ['notFound', 'userGone', 'certificateGone', 'keyReused', 'inProgress', 'notCreated', 'cursorGone', 'replayed'];
const portal = makePortal();
const serverToken = 's'.repeat(40);
const operations = [...new Set((await readContract()).unseen().map((name) => name.replace(/ \S+$/, '')))].map((name) => {
  const [method, path] = name.split(' ');
  return { method, path: path.slice(1).replace(/\{\w+\}/g, '1') };
});

let stack, user;
before(async () => {
  stack = await startStack({ identities: identities() });
  user = await freeUsers(stack)();
  await stack.proxy.stop();
  const keys = join(stack.folder, 'keys.json');
  await writeFile(keys, portal.keySet(), { mode: 0o600 });
  const tokens = join(stack.folder, 'tokens');
  await writeFile(tokens, serverToken, { mode: 0o600 });
  await stack.proxy.start({ args: ['--auth', 'bearer', '--auth-token-file', tokens, '--session-keys-file', keys, '--requests-per-minute', '500'] });
});
after(() => stack.stop());

const lines = () => stack.proxy.daemon.output.split('\n').filter((line) => line.includes('"event":"request"')).map((line) => JSON.parse(line));
// Asks, and gives the line of the log about it.
async function ask({ method, path, query = '', body, headers }) {
  const id = freshKey();
  const answer = await stack.api(method, path + query, body, { 'x-request-id': id, 'idempotency-key': freshKey(), ...headers });
  return { answer, line: await until(() => lines().find((each) => each.id === id)) };
}
function assertSaysWhy({ answer, line }, what) {
  assert.ok(answer.status >= 400 && line.status === answer.status, `${what}: ${answer.status}`);
  assert.ok(line.reason || line.detail || telling.includes(line.outcome), `${what}: ${JSON.stringify(line)}`);
  assert.doesNotMatch(JSON.stringify(line), /canary/i);
}

test('the table has every route', () => assert.equal(operations.length, 17));

for (const operation of operations) {
  const name = `${operation.method} ${operation.path}`;
  const hasBody = ['POST', 'PATCH'].includes(operation.method);
  test(`each way to refuse ${name} is told with its reason`, async () => {
    const refused = {
      'no token': { headers: {} },
      'a token of nobody': { headers: { authorization: 'Bearer canary' } },
      'another page': { headers: portal.headers({ origin: 'https://elsewhere.example.vn' }) },
      'another site': { headers: { ...portal.headers(), origin: 'https://another.example', 'sec-fetch-site': 'cross-site' } },
      'no right': { headers: portal.headers({ may: [] }) },
      ...(hasBody ? { 'no JSON': { body: '{"canary' }, 'another shape': { body: '{"canary":"canary"}' }, 'another type': { body: '{}', headers: { ...portal.headers(), 'content-type': 'text/canary' } },
        'too large a body': { body: 'x'.repeat(3 << 20) } } : { 'an unknown parameter': { query: '?canary=canary' } }),
    };
    let told = 0;
    for (const [what, { headers = portal.headers(), ...more }] of Object.entries(refused)) {
      const asked = await ask({ ...operation, ...more, headers });
      if (asked.answer.status < 400) continue; // a route may take it
      assertSaysWhy(asked, what);
      ++told;
    }
    assert.ok(told >= 3, `${told} were refused`);
  });
}

for (const { method, path, body } of [{ method: 'GET', path: 'events' }, { method: 'POST', path: 'sessions', body: { sub: '1', may: [] } }])
  test(`${method} ${path}, for the server alone, tells whoever has no server's token from the server that names a person`, async () => {
    const server = { authorization: `Bearer ${serverToken}`, 'smartca-actor': 'canary' };
    for (const [headers, why] of [[portal.headers(), "not the server's token"], [server, "the server's token, but in the name of an actor"]]) {
      const { answer, line } = await ask({ method, path, body, headers });
      assertProblem(answer, 403, 'notAllowed');
      assert.equal(line.detail, why);
    }
  });

test('what the rules refuse is told by field and rule', async () => {
  const { answer, line } = await ask({ method: 'POST', path: 'certificates', body: draftFor(user, 'canary'), headers: portal.headers() });
  assertProblem(answer, 422, 'findings');
  assert.match(line.detail, /^identity \w+/);
});

test('a member that is of another type is told by its place', async () => {
  const { answer, line } = await ask({ method: 'POST', path: 'certificates', body: { ...draftFor(user, registered.one), userId: 'canary' }, headers: portal.headers() });
  assertProblem(answer, 400, 'malformedRequest');
  assert.match(line.detail, /^\/userId: /);
  assert.doesNotMatch(line.detail, /canary/);
});

test('a database that somebody else holds for too long is told with 503', async () => {
  const [row] = (await stack.api('GET', 'certificates', undefined, portal.headers())).body.items;
  const writer = spawn('sqlite3', ['-bail', '-cmd', '.timeout 10000', stack.proxy.database], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    writer.stdin.write("BEGIN IMMEDIATE;\nSELECT 'held';\n");
    await new Promise((done) => writer.stdout.once('data', done));
    const asked = await ask({ method: 'PATCH', path: `certificates/${row.id}`, body: { name: 'canary' }, headers: portal.headers() });
    assertProblem(asked.answer, 503, 'unavailable');
    assertSaysWhy(asked, 'a busy database');
  } finally {
    writer.kill();
  }
});
