// The commands that look at a proxy: healthcheck, wait, doctor, version. And what the proxy tells systemd.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { portalUsername, proxyBinary, root, startStack, until } from './harness.mjs';

let stack;
let ops;
let account;
before(async () => {
  ops = await freeAddress();
  stack = await startStack({ args: ['--ops-listen', ops] });
  account = ['--database', join(stack.folder, 'looked-at.sqlite'), '--key-file', stack.proxy.keyFile, '--smartca-id-file', stack.proxy.idFile,
    '--smartca-password-file', stack.proxy.passwordFile, '--smartca-url', stack.sandbox.url, '--smartca-ca-file', stack.sandbox.caFile];
});
after(() => stack.stop());

function freeAddress() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(`127.0.0.1:${port}`));
    });
  });
}
function run(...words) {
  return new Promise((done) => {
    execFile(proxyBinary, words, { timeout: 30_000 }, (error, stdout, stderr) => done({ code: error ? error.code : 0, stdout, stderr }));
  });
}
const restart = () => stack.proxy.start({ args: ['--ops-listen', ops] });

test('healthcheck says with its status whether the proxy is ready', async () => {
  assert.deepEqual(await run('healthcheck', '--ops-listen', ops), { code: 0, stdout: 'ready\n', stderr: '' });
  await stack.proxy.stop();
  const { code, stdout } = await run('healthcheck', '--ops-listen', ops);
  assert.equal(code, 1);
  assert.match(stdout, /^not ready: .*refused/);
  await restart();
});

test('healthcheck says what it lacks where there is nobody to ask', async () => {
  for (const [words, expected] of [[[], /--ops-listen ADDRESS/], [['--ops-listen', 'unix:/run/x'], /an address with a port/], [['--ops-listen', 'nonsense'], /no address/]]) {
    const { code, stderr } = await run('healthcheck', ...words);
    assert.equal(code, 2, stderr);
    assert.match(stderr, expected);
  }
});

test('wait ends when the proxy is ready, and with status 1 when its time is over', async () => {
  await stack.proxy.stop();
  const waiting = run('wait', '60', '--ops-listen', ops);
  await restart();
  assert.deepEqual(await waiting, { code: 0, stdout: 'ready\n', stderr: '' });
  await stack.proxy.stop();
  assert.equal((await run('wait', '1', '--ops-listen', ops)).code, 1);
  assert.equal((await run('wait', '--ops-listen', ops)).code, 2);
  await restart();
});

test('wait can be interrupted', async () => {
  const waiting = spawn(proxyBinary, ['wait', '600', '--ops-listen', await freeAddress()]);
  await new Promise((done) => waiting.once('spawn', done));
  waiting.kill('SIGINT');
  assert.equal(await new Promise((done) => waiting.once('exit', (code, signal) => done(signal))), 'SIGINT');
});

test('doctor asks each upstream, and leaves no database behind', async () => {
  const portal = await stack.proxy.portalArguments({});
  const { code, stdout } = await run('doctor', ...account, ...portal);
  assert.equal(stdout, 'Options, files, key and database: they can be served.\nSmartCA for main: it answers.\neContract for main: it answers.\n');
  assert.equal(code, 0);
  await assert.rejects(stat(join(stack.folder, 'looked-at.sqlite')), { code: 'ENOENT' });
});

test('doctor says what is wrong with an upstream, and what to do', async () => {
  const wrong = join(stack.folder, 'wrong-password');
  await writeFile(wrong, 'not-the-password', { mode: 0o600 });
  for (const [changes, expected] of [
    [['--smartca-password-file', wrong], /SmartCA for main: upstreamCredentials.*correct the files of its account/],
    [['--smartca-ca-file', ''], /SmartCA for main: upstreamUntrusted.*name its authorities with --smartca-ca-file/],
    [['--smartca-url', `https://${await freeAddress()}/sca/sp769`], /SmartCA for main: upstreamUnreachable.*firewall/],
    [[...(await stack.proxy.portalArguments({ username: portalUsername, password: 'not-the-password' }))], /SmartCA for main: it answers.\neContract for main: portalCredentials.*correct the files/],
  ]) {
    const { code, stdout } = await run('doctor', ...account, ...changes);
    assert.match(stdout, expected);
    assert.equal(code, 1);
  }
});

test('doctor stops at what cannot be served', async () => {
  const { code, stderr } = await run('doctor', ...account, '--key-file', join(stack.folder, 'no-such-key'));
  assert.equal(code, 2);
  assert.match(stderr, /--key-file/);
});

test('version names the libraries that the program runs with', async () => {
  const { code, stdout } = await run('version');
  assert.equal(code, 0);
  for (const name of ['smartca-proxy', 'OpenSSL', 'SQLite', 'libpng', 'utf8proc', 'nlohmann/json', 'glibc']) assert.match(stdout, new RegExp(`^${name} \\d+\\.\\d+`, 'm'));
});

for (const [kind, address] of [['a path', () => join(stack.folder, 'notify')], ['an abstract one', () => `@smartca-${process.pid}`]]) {
  test(`the proxy tells systemd when it is ready, alive and stopping (socket: ${kind})`, async () => {
    const listener = spawn('python3', ['-uc', `
import socket, sys
path = sys.argv[1]
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind("\\0" + path[1:] if path[0] == "@" else path)
print("bound")
while True: print(s.recv(100).decode())`, address()]);
    let said = '';
    listener.stdout.on('data', (data) => (said += data));
    await until(() => said.includes('bound'));
    await stack.proxy.stop();
    await stack.proxy.start({ args: ['--ops-listen', ops], environment: { NOTIFY_SOCKET: address() } });
    await until(() => /READY=1\n(WATCHDOG=1\n){2,}/.test(said));
    await stack.proxy.stop();
    await until(() => /WATCHDOG=1\nSTOPPING=1\n/.test(said));
    listener.kill();
    await restart();
  });
}

test('the unit exposes the service by 2 at the most, of 10, as systemd-analyze counts it', () => new Promise((done) => {
  const judge = (threshold, then) => execFile('systemd-analyze', ['security', '--offline=true', `--threshold=${threshold}`, join(root, 'assets/systemd/smartca-proxy.service')], then);
  judge(20, (error, stdout) => {
    assert.equal(error, null, stdout);
    judge(1, (other) => done(assert.ok(other, 'a lower one it would not keep')));
  });
}));
