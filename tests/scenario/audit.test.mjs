// The audit log of a real proxy: each thing that was done or refused has its entry, in every format, over a SIGKILL; verify
// finds what somebody has changed, and no secret is anywhere in it.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertCreated, assertProblem, draftFor, freeUsers } from './expect.mjs';
import { freshKey, proxyBinary, spPassword, startStack } from './harness.mjs';
import { businessAccount, identities, registered } from './people.mjs';

let stack;
let user;
let certificate;
const key = 'audit-test-key';
before(async () => {
  stack = await startStack({ identities: identities() });
  user = await (await freeUsers(stack))();
  const created = await stack.create(draftFor(user, registered.companyWithOne, { businessAccount, signatureText: 'a text that nobody audits' }), key);
  certificate = assertCreated(created, 1).added[0];
  await stack.proxy.stop('SIGKILL');
  await stack.proxy.start();
  assert.equal((await stack.create(draftFor(user, registered.companyWithOne, { businessAccount }), freshKey())).body.added.length, 0);
  const { added: [other] } = assertCreated(await stack.create(draftFor(user, registered.oddShape)), 1);
  // The second time nothing is left to change.
  for (let i = 0; i < 2; ++i) {
    assert.equal((await stack.api('PATCH', `certificates/${certificate.id}`, { name: '=1+1 "Tên", mới' })).status, 200);
    assert.equal((await stack.api('PATCH', `certificates/${other.id}`, { isDefault: true })).body.isDefault, true);
  }
  assertProblem(await stack.create(draftFor(999_999, registered.one)), 422, 'findings');
  await stack.sandbox.fault({ mode: 'status403', count: 1 });
  assert.ok((await stack.create(draftFor(user, registered.another))).status >= 500);
  await stack.sandbox.fault({ mode: 'none' });
  assert.equal((await stack.api('DELETE', `certificates/${certificate.id}`)).status, 204);
});
after(() => stack.stop());

// {code, stdout, stderr}.
function run(...args) {
  return new Promise((done) => execFile(proxyBinary, args, { timeout: 10_000 }, (error, stdout, stderr) => done({ code: error ? error.code : 0, stdout, stderr })));
}
// Beside the running proxy.
const audit = (...args) => run('audit', ...args, '--database', stack.proxy.database);
async function entries(...args) {
  const { code, stdout, stderr } = await audit('--format', 'jsonl', ...args);
  assert.equal(code, 0, stderr);
  return stdout.split('\n').slice(0, -1).map((line) => JSON.parse(line));
}
// RFC 4180, with quoted cells.
function rowsOf(csv) {
  const rows = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r\n)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('everything that was done or refused has its entry, in order', async () => {
  const log = await entries('--identities', 'full');
  assert.deepEqual(log.map(({ action, outcome }) => `${action} ${outcome}`), [
    'create attached', 'create alreadyOnList', 'create attached', 'rename changed', 'setDefault changed', 'create refused', 'create rejected', 'remove removed']);
  assert.deepEqual(log.map((entry) => entry.sequence), [1, 2, 3, 4, 5, 6, 7, 8]);
  for (const entry of log) {
    assert.equal(entry.actor, 'local');
    assert.equal(entry.peer, '127.0.0.1');
    assert.match(entry.requestId, /^[0-9a-f]{16}$/);
    assert.match(entry.time, /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  }
  const [attached, , , renamed, , refused, rejected, removed] = log;
  assert.equal(attached.userId, user);
  assert.equal(attached.identity, registered.companyWithOne);
  assert.deepEqual(attached.serials, [certificate.serial]);
  assert.deepEqual(attached.certificateIds, [certificate.id]);
  assert.equal(attached.keyHash, createHash('sha256').update(key).digest('hex'));
  assert.equal(renamed.name, '=1+1 "Tên", mới');
  assert.equal(renamed.previousName, certificate.name);
  assert.equal(refused.reason, 'userUnknown');
  assert.ok(rejected.reason.startsWith('upstream'), rejected.reason);
  assert.deepEqual(removed.certificateIds, [certificate.id]);
});

test('the request log and the audit log name the same request', async () => {
  const [removed] = await entries('--action', 'remove');
  const line = stack.proxy.said.split('\n').find((each) => each.includes('"DELETE"'));
  assert.equal(JSON.parse(line).id, removed.requestId);
});

test('the three formats tell the same', async () => {
  const json = await entries('--identities', 'full');
  const [names, ...rows] = rowsOf((await audit('--format', 'csv', '--identities', 'full')).stdout);
  const text = (await audit('--identities', 'full')).stdout.split('\n').slice(0, -1);
  assert.equal(rows.length, json.length);
  assert.equal(text.length, json.length);
  for (const [i, entry] of json.entries()) {
    const row = Object.fromEntries(names.map((name, column) => [name, rows[i][column]]));
    for (const [name, value] of Object.entries(entry)) {
      const written = value === null ? '' : Array.isArray(value) ? value.join(' ') : String(value);
      assert.equal(row[name], (/^[=+@-]/.test(written) ? "'" : '') + written, name);
    }
    assert.ok(text[i].startsWith(`${entry.time} ${entry.sequence} ${entry.action} ${entry.outcome}`), text[i]);
  }
});

test('identities are masked unless they are asked for', async () => {
  for (const format of ['text', 'jsonl', 'csv']) {
    const { stdout } = await audit('--format', format);
    assert.ok(!stdout.includes(registered.companyWithOne), format);
    assert.ok(stdout.includes(`******${registered.companyWithOne.slice(-4)}`), format);
  }
});

test('a reader that takes one line and goes is no fault', () => {
  const said = execFileSync('bash', ['-o', 'pipefail', '-c', `"${proxyBinary}" audit --database "${stack.proxy.database}" | head -n 1`]).toString();
  assert.equal(said.split('\n').length, 2);
});

test('no secret, signature or image is in it', async () => {
  const { stdout } = await audit('--format', 'jsonl', '--identities', 'full');
  for (const secret of [businessAccount.password, businessAccount.secretKey, spPassword, key, 'a text that nobody audits']) {
    assert.ok(!stdout.includes(JSON.stringify(secret).slice(1, -1)), secret);
  }
});

test("the manual's program finds an export whole, and then what somebody has changed", async () => {
  const manual = await readFile(new URL('../../proxy/audit/README.md', import.meta.url), 'utf8');
  const [, program] = /```python\n(.*?)```/s.exec(manual);
  const check = (input) => execFileSync('python3', ['-c', program], { input, stdio: ['pipe', 'pipe', 'pipe'] });
  const { stdout } = await audit('--format', 'jsonl', '--identities', 'full');
  check(stdout);
  assert.throws(() => check(stdout.replace('"userUnknown"', '"userGone"')), /AssertionError: 6/);
});

test('verify finds it whole, and then what somebody has changed', async () => {
  const whole = await audit('verify');
  assert.equal(whole.code, 0, whole.stderr);
  const [, anchor] = /^head (8:[0-9a-f]{64})$/m.exec(whole.stdout);
  assert.equal((await audit('verify', '--anchor', anchor)).code, 0);

  await stack.proxy.stop();
  const copy = join(stack.folder, 'tampered.sqlite');
  await copyFile(stack.proxy.database, copy);
  const sql = (words) => execFileSync('python3', ['-c', 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])', copy, words], { stdio: 'pipe' });
  sql("UPDATE audit SET user_code = 'X' WHERE seq = 3");
  const found = await run('audit', 'verify', '--database', copy);
  assert.equal(found.code, 1);
  assert.match(found.stdout, /entry 3 is not what was written/);
  await stack.proxy.start();
});

test('who was turned away right before the proxy was stopped is in the log', async () => {
  const { status } = await stack.api('GET', 'users', undefined, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' });
  assert.equal(status, 403);
  await stack.proxy.stop();
  assert.match((await audit('--action', 'access')).stdout, /GET/);
  await stack.proxy.start();
});
