// Passwords and keys are seen by nobody: not in an answer, the log, the database, the command line, the environment or a
// core dump. Canaries are looked for as they are, in hexadecimal and in base64.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, open, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertCreated, assertProblem, draftFor, freeUsers, wholeList } from './expect.mjs';
import { Daemon, Proxy, proxyBinary, spId, spPassword, startStack, until } from './harness.mjs';
import { identities, registered } from './people.mjs';

const canaryPassword = 'canary-Pässw0rd-7531';
const canaryKey = Buffer.from('CANARYcanaryCANARYcanaryCANARY88').toString('base64');
const businessAccount = { password: canaryPassword, secretKey: canaryKey };

let stack;
let nextUser;
let certificate;
const answers = [];
before(async () => {
  stack = await startStack({ identities: identities(), args: ['--smartca-timeout-ms', '1000'] });
  nextUser = freeUsers(stack);
  const keep = (answer) => (answers.push(JSON.stringify([...answer.headers]) + JSON.stringify(answer.body)), answer);
  const draft = async (more = {}) => draftFor(await nextUser(), registered.companyWithOne, { businessAccount, ...more });
  certificate = assertCreated(keep(await stack.create(await draft(), 'canary-test-key')), 1).added[0];
  keep(await stack.create(await draft({ serial: 'dead' })));
  keep(await stack.create(await draft({ identity: 'x'.repeat(70) })));
  keep(await stack.create(await draft({ unknown: canaryPassword })));
  keep(await stack.create(JSON.stringify(await draft()).slice(0, -1)));
  keep(await stack.create(JSON.stringify(await draft()) + canaryPassword));
  keep(await stack.create(await draft({ identity: registered.one }), 'canary-test-key'));
  for (const mode of ['status500', 'garbage', 'hang', 'drop', 'deepJson', 'html502']) {
    await stack.sandbox.fault({ mode, count: 2 });
    keep(await stack.create(await draft()));
    await stack.sandbox.fault({ mode: 'none' });
  }
  keep(await stack.api('GET', `certificates/${certificate.id}`));
  keep(await stack.api('GET', 'certificates?pageSize=100'));
  keep(await stack.api('PATCH', `certificates/${certificate.id}`, { name: 'a' }));
});
after(() => stack.stop());

// Every secret in every shape that a careless program could write it in.
const secrets = () => [canaryPassword, canaryKey, Buffer.from(canaryKey, 'base64'), spPassword].flatMap((secret) => {
  const bytes = Buffer.from(secret);
  return [bytes, Buffer.from(bytes.toString('hex')), Buffer.from(bytes.toString('hex').toUpperCase()), Buffer.from(bytes.toString('base64').replace(/=+$/, '')),
    Buffer.from(JSON.stringify(bytes.toString()).slice(1, -1)), Buffer.from(encodeURIComponent(bytes.toString()))];
});
function assertClean(bytes, where, found = secrets()) {
  for (const secret of found) assert.equal(Buffer.from(bytes).indexOf(secret), -1, `${where} holds ${secret}`);
}

test('no answer holds a secret', () => {
  assert.ok(answers.length > 12);
  answers.forEach((answer) => assertClean(answer, 'an answer'));
});

test('the log holds no secret, no number and no serial', () => {
  assert.ok(stack.proxy.said.includes('/api/v1/certificates'));
  assertClean(stack.proxy.said, 'the log');
  assertClean(stack.proxy.said, 'the log', [registered.companyWithOne, certificate.serial].map((text) => Buffer.from(text)));
});

// What a process can write to is all that could hold what it was sent.
async function writableMemory(pid) {
  const parts = [];
  const memory = await open(`/proc/${pid}/mem`);
  for (const line of (await readFile(`/proc/${pid}/maps`, 'utf8')).split('\n')) {
    const range = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
    if (!range) continue;
    const [from, to] = range.slice(1).map((text) => parseInt(text, 16));
    const { bytesRead, buffer } = await memory.read(Buffer.alloc(to - from), 0, to - from, from);
    parts.push(buffer.subarray(0, bytesRead));
  }
  await memory.close();
  return parts;
}

test('once a create is answered, the memory holds neither its password nor its secret key', { skip: process.getuid() !== 0 && 'only root may read it' }, async () => {
  const parts = await writableMemory(stack.proxy.daemon.pid);
  const found = (secret) => parts.some((part) => part.includes(secret));
  assert.ok(found(Buffer.from(spPassword)), 'what the proxy has to keep is found, so that the rest would be');
  for (const secret of secrets().filter((each) => !each.equals(Buffer.from(spPassword)))) assert.ok(!found(secret), `the memory holds ${secret}`);
});

test('the database and what lies beside it hold no secret, while they run and afterwards', async () => {
  const look = async (when) => {
    const files = (await readdir(stack.folder)).filter((name) => name.startsWith('registry.sqlite'));
    assert.ok(files.length > 0);
    for (const name of files) assertClean(await readFile(join(stack.folder, name)), `${name} ${when}`);
    return files;
  };
  assert.ok((await look('while it runs')).some((name) => name.endsWith('-wal')));
  const key = await readFile(stack.proxy.keyFile);
  await stack.proxy.stop();
  await look('after it has stopped');
  assertClean(await readFile(stack.proxy.database), 'the database', [key, Buffer.from(key.toString().trim(), 'hex')]);
  await stack.proxy.start();
});

test('the database is for its owner alone', async () => {
  for (const name of (await readdir(stack.folder)).filter((each) => each.startsWith('registry.sqlite'))) {
    assert.equal((await stat(join(stack.folder, name))).mode & 0o077, 0, name);
  }
});

test('the command line and the environment hold no secret', async () => {
  for (const file of ['cmdline', 'environ']) assertClean(await ofProcess(stack.proxy.daemon, file), file);
});

// Not readable at all is as good: what a process gets that may not be dumped, when the reader is not root.
const ofProcess = (daemon, file) =>
  readFile(`/proc/${daemon.pid}/${file}`).catch((error) => (assert.equal(error.code, 'EACCES'), Buffer.alloc(0)));
const emptyFolder = () => mkdtemp(join(tmpdir(), 'smartca-'));

test('the environment alone can hold the SmartCA account, and does not keep it', async () => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'key'), 'ab'.repeat(32), { mode: 0o600 });
  const readyFile = join(folder, 'ready');
  const daemon = new Daemon(proxyBinary, ['--listen', '127.0.0.1:0', '--database', join(folder, 'db'), '--key-file', join(folder, 'key'), '--smartca-url', stack.sandbox.url,
    '--smartca-ca-file', stack.sandbox.caFile, '--ready-file', readyFile], { readyFile, environment: { SMARTCA_SP_ID: spId, SMARTCA_SP_PASSWORD: spPassword } });
  try {
    const address = await daemon.ready();
    const answer = await fetch(`http://${address}/api/v1/lookups`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ identity: registered.one }) });
    assert.equal(answer.status, 200);
    assertClean(await ofProcess(daemon, 'environ'), 'the environment');
  } finally {
    await daemon.stop();
    await rm(folder, { recursive: true });
  }
});

test('there are no core dumps', async () => {
  const limits = await readFile(`/proc/${stack.proxy.daemon.pid}/limits`, 'utf8');
  assert.match(limits, /Max core file size +0 +0/);
});

test('a crash leaves no dump', async () => {
  const crash = [
    'import os, resource, sys, time',
    'resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)',
    'pid = os.spawnvp(os.P_NOWAIT, sys.argv[2], sys.argv[2:])',
    'while not os.path.exists(sys.argv[1]): time.sleep(0.01)',
    'os.kill(pid, 6)',
    "status = os.waitpid(pid, 0)[1]; print(os.WTERMSIG(status), os.WCOREDUMP(status))"].join('\n');
  const folder = await emptyFolder();
  await writeFile(join(folder, 'key'), 'ab'.repeat(32), { mode: 0o600 });
  const run = (...command) => execFileSync('python3', ['-c', crash, ...command], { cwd: folder, encoding: 'utf8', env: { ...process.env, SMARTCA_SP_ID: spId, SMARTCA_SP_PASSWORD: spPassword } }).trim().split('\n').at(-1);
  assert.equal(run(join(folder, 'ready'), proxyBinary, '--listen', '127.0.0.1:0', '--database', join(folder, 'db'), '--key-file', join(folder, 'key'), '--smartca-url', stack.sandbox.url,
    '--smartca-ca-file', stack.sandbox.caFile, '--ready-file', join(folder, 'ready')), '6 False');
  assert.equal(run(folder, 'sleep', '60'), '6 True', 'another program leaves one, so that ours would');
  await rm(folder, { recursive: true });
});

// Whether all memory that holds the bytes is locked; the flags of a mapping stand below it.
async function isLocked(pid, secret) {
  const memory = await open(`/proc/${pid}/mem`);
  const held = [];
  for (const [, from, to, flags] of (await readFile(`/proc/${pid}/smaps`, 'utf8')).matchAll(/^([0-9a-f]+)-([0-9a-f]+) rw[^]*?^VmFlags: (.*)$/gm)) {
    const [begin, end] = [from, to].map((text) => parseInt(text, 16));
    const { bytesRead, buffer } = await memory.read(Buffer.alloc(end - begin), 0, end - begin, begin);
    if (buffer.subarray(0, bytesRead).includes(secret)) held.push(flags);
  }
  await memory.close();
  assert.ok(held.length > 0, 'the secret is kept somewhere');
  return held.every((flags) => / lo /.test(flags));
}

test('secrets are kept out of swap; where that is not allowed the log says so', { skip: process.getuid() !== 0 && 'only root may read the memory' }, async () => {
  assert.ok(await isLocked(stack.proxy.daemon.pid, spPassword));
  const folder = await emptyFolder();
  const limited = new Proxy(folder, stack.sandbox);
  // As a user's processes have it by default.
  await limited.start({ binary: 'prlimit', args: [], before: ['--memlock=8388608', 'setpriv', '--bounding-set=-ipc_lock', proxyBinary] });
  try {
    assert.ok(limited.said.includes('"memoryNotLocked"'));
    assert.ok(!await isLocked(limited.daemon.pid, spPassword));
    assert.ok(!stack.proxy.said.includes('"memoryNotLocked"'));
  } finally {
    await limited.stop();
    await rm(folder, { recursive: true });
  }
});

test('only SmartCA is told the SP password, and it never comes back from there', async () => {
  assertClean(JSON.stringify((await stack.sandbox.ledger()).body), 'the sandbox\'s ledger');
});

for (const mode of [0o640, 0o604, 0o660, 0o620]) {
  test(`secret files with the mode ${mode.toString(8)} are refused, with the command that helps`, async () => {
    for (const file of ['idFile', 'passwordFile', 'keyFile']) {
      const folder = await emptyFolder();
      const proxy = new Proxy(folder, stack.sandbox);
      await writeFile(proxy.keyFile, 'ab'.repeat(32), { mode: 0o600 });
      await writeFile(proxy.idFile, spId, { mode: 0o600 });
      await writeFile(proxy.passwordFile, spPassword, { mode: 0o600 });
      await chmod(proxy[file], mode);
      await assert.rejects(proxy.start(), /ended with 2/);
      assert.ok(proxy.said.includes(proxy[file]) && proxy.said.includes('chmod 600'), proxy.said);
      assertClean(proxy.said, 'the refusal');
      await rm(folder, { recursive: true });
    }
  });
}

test('a secret may be a link, as Kubernetes mounts it, and a swapped link counts within two seconds', async () => {
  const folder = await emptyFolder();
  const proxy = new Proxy(folder, stack.sandbox);
  await writeFile(join(folder, 'old'), 'not the password', { mode: 0o600 });
  await writeFile(join(folder, 'new'), spPassword, { mode: 0o600 });
  await writeFile(proxy.idFile, spId, { mode: 0o600 });
  await writeFile(proxy.keyFile, 'ab'.repeat(32), { mode: 0o600 });
  await symlink(join(folder, 'old'), proxy.passwordFile);
  proxy.spPassword = 'not the password'; // what start() writes through the link
  await proxy.start();
  const lookup = async () => {
    const answer = await fetch(`${proxy.origin}/api/v1/lookups`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ identity: registered.one }) });
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  };
  try {
    assertProblem(await lookup(), 502, 'upstreamCredentials');
    await rm(proxy.passwordFile);
    await symlink(join(folder, 'new'), proxy.passwordFile);
    await until(async () => (await lookup()).status === 200, 10_000); // five times what is promised
  } finally {
    await proxy.stop();
    await rm(folder, { recursive: true });
  }
});

test('another key file is refused; where the key is lost, the README says how to go on without what it has sealed', async () => {
  const rows = await wholeList(stack);
  const forget = () => execFileSync('python3', ['-c', 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])', stack.proxy.database,
    'UPDATE certificates SET sealed_password = NULL, sealed_secret_key = NULL; UPDATE key_check SET sealed = NULL;']);
  await stack.proxy.stop();
  await writeFile(stack.proxy.keyFile, 'cd'.repeat(32));
  await assert.rejects(stack.proxy.start(), /registry\.key is not the key that this database was begun with/);
  forget();
  await stack.proxy.start();
  assert.deepEqual(await wholeList(stack), rows);
});
