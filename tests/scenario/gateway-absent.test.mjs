// The gateway is not there, is not who it should be, or does not know us.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertCreated, assertProblem, draftFor, freeUsers, wholeList } from './expect.mjs';
import { spPassword, startStack, until } from './harness.mjs';
import { identities, registered } from './people.mjs';

let stack;
let nextUser;
const deadline = 1_500;
const args = ['--smartca-timeout-ms', String(deadline)];
before(async () => {
  stack = await startStack({ identities: identities(), args });
  nextUser = freeUsers(stack);
});
after(() => stack.stop());

async function restartWith(options) {
  await stack.proxy.stop();
  await stack.proxy.start({ args, ...options });
}
async function refusedWith(status, code) {
  const before = await wholeList(stack);
  const began = Date.now();
  const answer = await stack.create(draftFor(await nextUser(), registered.one));
  assert.ok(Date.now() - began < 5 * deadline);
  assertProblem(answer, status, code);
  assert.deepEqual(await wholeList(stack), before);
}
// A server of the test's own, gone with the test, whatever becomes of it.
async function listening(t, host, serve) {
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    serve(socket);
  });
  t.after(() => {
    server.close();
    sockets.forEach((socket) => socket.destroy());
  });
  await new Promise((done) => server.listen(0, host, done));
  return server.address().port;
}
// A file's new secret counts within two seconds: after five times that at the latest something is wrong.
const lookUpGives = (status) => until(async () => (await stack.api('POST', 'lookups', { identity: registered.one })).status === status, 10_000);
const works = async () => assertCreated(await stack.create(draftFor(await nextUser(), registered.one)), 1);

test('a gateway that is down is unreachable at once, and used again when it is back', async () => {
  const { port } = stack.sandbox;
  await stack.sandbox.stop();
  await refusedWith(504, 'upstreamUnreachable');
  await stack.sandbox.start(port);
  await works();
});

test('a gateway of another authority is not trusted', async () => {
  const other = join(stack.folder, 'other.pem');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', join(stack.folder, 'other.key'),
    '-out', other, '-subj', '/CN=Another root', '-days', '2'], { stdio: 'ignore' });
  await restartWith({ caFile: other });
  await refusedWith(502, 'upstreamUntrusted');
  await restartWith({});
  await works();
});

test('changed authorities count within two seconds, also on connections that are kept; a broken file is told and changes nothing', async () => {
  const file = join(stack.folder, 'authorities.pem');
  const ours = await readFile(stack.sandbox.caFile);
  await writeFile(file, ours);
  await restartWith({ caFile: file });
  await works();
  await writeFile(file, 'no certificate');
  await until(() => /"secretBroken".*authorities\.pem holds no PEM certificate/.test(stack.proxy.daemon.output), 10_000);
  await works();
  await writeFile(file, await readFile(join(stack.folder, 'other.pem')));
  await lookUpGives(502);
  await refusedWith(502, 'upstreamUntrusted');
  await writeFile(file, ours);
  await lookUpGives(200);
  await restartWith({});
});

test('the system\'s authorities do not vouch for the sandbox', async () => {
  await restartWith({ caFile: '/etc/ssl/certs/ca-certificates.crt' });
  await refusedWith(502, 'upstreamUntrusted');
  await restartWith({});
});

test('a gateway whose certificate has another name is not trusted', async (t) => {
  // All of 127.0.0.0/8 is this machine; the sandbox's certificate names 127.0.0.1 alone.
  const port = await listening(t, '127.0.0.2', (from) => {
    const to = connect(stack.sandbox.port, '127.0.0.1').on('error', () => from.destroy());
    from.on('close', () => to.destroy()).pipe(to).pipe(from);
  });
  await restartWith({ smartcaUrl: `https://127.0.0.2:${port}/sca/sp769` });
  await refusedWith(502, 'upstreamUntrusted');
  await restartWith({ smartcaUrl: `https://localhost:${stack.sandbox.port}/sca/sp769` });
  await works();
});

test('a gateway that accepts and says nothing times out', async (t) => {
  const port = await listening(t, '127.0.0.1', () => {});
  await restartWith({ smartcaUrl: `https://127.0.0.1:${port}/sca/sp769` });
  await refusedWith(504, 'upstreamTimeout');
});

test('a gateway that speaks plain HTTP is unreachable', async (t) => {
  const port = await listening(t, '127.0.0.1', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'));
  await restartWith({ smartcaUrl: `https://127.0.0.1:${port}/sca/sp769` });
  await refusedWith(504, 'upstreamUnreachable');
  await restartWith({});
});

test('an SP password that SmartCA refuses is a matter for the administrator, and a right one counts within two seconds', async () => {
  await writeFile(stack.proxy.passwordFile, 'a wrong password');
  await lookUpGives(502);
  await refusedWith(502, 'upstreamCredentials');
  await writeFile(stack.proxy.passwordFile, spPassword);
  await lookUpGives(200);
  await works();
});

test('a password file that becomes unusable leaves the old password in use, and is told in the log', async () => {
  await writeFile(stack.proxy.passwordFile, '');
  await until(() => /"secretBroken".*sp-password/.test(stack.proxy.said), 10_000);
  await works();
  await writeFile(stack.proxy.passwordFile, spPassword);
});

test('the wrong path at the gateway is nonsense, not a crash', async () => {
  await restartWith({ smartcaUrl: `https://127.0.0.1:${stack.sandbox.port}/nothing/here` });
  await refusedWith(502, 'upstreamNonsense');
  await restartWith({});
  assert.ok(stack.proxy.daemon.alive);
});
