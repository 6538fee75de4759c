// SIGTERM: what has begun is answered, what is idle is closed, and the exit status is 0.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { assertCreated, draftFor, freeUsers, wholeList } from './expect.mjs';
import { sleep, startStack, until } from './harness.mjs';
import { identities, registered } from './people.mjs';
import { answersIn, requestOf } from './wire.mjs';

let stack;
let nextUser;
before(async () => {
  stack = await startStack({ identities: identities() });
  nextUser = freeUsers(stack);
});
after(() => stack.stop());

const opened = () => new Promise((done) => {
  const socket = connect(stack.proxy.port, '127.0.0.1', () => done(socket));
  socket.on('error', () => {});
});
const next = (socket) => new Promise((done) => socket.once('data', done));
// Makes a call and resolves when SmartCA has been asked for it; the call is in the value, lest it be awaited.
async function asked(call) {
  const count = async () => (await stack.sandbox.ledger()).body.entries.length;
  const before = await count();
  const answer = call();
  await until(async () => (await count()) > before);
  return { answer };
}

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`${signal} with an idle keep-alive client ends with status 0 at once`, async () => {
    const idle = await opened();
    idle.write(requestOf('GET /api/v1/session'));
    await next(idle);
    const silent = await opened();
    const began = Date.now();
    const ended = await stack.proxy.stop(signal);
    assert.deepEqual(ended, { code: 0, signal: null }, stack.proxy.said);
    assert.ok(Date.now() - began < 5_000, `took ${Date.now() - began} ms`);
    idle.destroy();
    silent.destroy();
    await stack.proxy.start();
  });
}

test('SIGTERM while a create waits for SmartCA: it is answered, then the process ends with status 0', async () => {
  const user = await nextUser();
  await stack.sandbox.fault({ mode: 'delay', milliseconds: 2_000, count: 1 });
  const { answer } = await asked(() => stack.create(draftFor(user, registered.one)));
  const ended = stack.proxy.stop();
  const refused = () => stack.api('GET', 'session').then(() => false, (error) => /ECONNREFUSED|ECONNRESET|socket hang up/.test(String(error)));
  await until(refused);
  assertCreated(await answer, 1);
  assert.deepEqual(await ended, { code: 0, signal: null });
  await stack.proxy.start();
  assert.equal((await wholeList(stack, `&userId=${user}`)).length, 1);
});

test('SIGTERM with a client that never finishes its request does not wait longer than told', async () => {
  await stack.proxy.stop();
  await stack.proxy.start({ args: ['--drain-timeout-ms', '500'] });
  const slow = await opened();
  slow.write('POST /api/v1/certificates HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nIdempotency-Key: a\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n');
  assert.match(String(await next(slow)), /^HTTP\/1.1 100 /);
  const began = Date.now();
  assert.equal((await stack.proxy.stop()).signal, null);
  assert.ok(Date.now() - began < 10_000, `took ${Date.now() - began} ms`);
  slow.destroy();
  await stack.proxy.start();
});

test('what is cut off has its line in the log, too: which create it was is known', async () => {
  const user = await nextUser();
  for (const twice of [false, true]) {
    await stack.proxy.stop();
    await stack.proxy.start({ args: ['--drain-delay-ms', twice ? '60000' : '0', '--drain-timeout-ms', '300'] });
    await stack.sandbox.fault({ mode: 'hang', count: 1 });
    const { daemon } = stack.proxy;
    const id = `cut-off-${twice}`;
    const { answer } = await asked(() => stack.api('POST', 'certificates', draftFor(user, registered.one), { 'idempotency-key': id, 'x-request-id': id }).catch(() => 'cut off'));
    const ended = stack.proxy.stop();
    if (twice) {
      await until(() => daemon.output.includes('"stopping"'));
      daemon.child.kill('SIGTERM');
    }
    assert.deepEqual([await answer, await ended], ['cut off', { code: 1, signal: null }]);
    const lines = daemon.output.split('\n').filter((line) => line.includes(`"id":"${id}"`)).map((line) => JSON.parse(line));
    assert.deepEqual(lines.map(({ event, method, status, reason }) => [event, method, status, reason]),
      [['request', 'POST', 503, 'The proxy stopped before it was answered.']]);
  }
  await stack.proxy.start();
});

// A client that asks again as soon as it has an answer, on one connection until an answer says that it was the last. A request
// is lost when its connection ends before the answer.
async function askWithoutPause(port, tally, goesOn) {
  let socket;
  while (goesOn()) {
    socket ??= await new Promise((done) => {
      const fresh = connect(port, '127.0.0.1', () => done(fresh)).on('error', () => done(undefined));
    });
    if (!socket) { // nobody listens: any client or balancer may try again
      await sleep(5);
      continue;
    }
    socket.write(requestOf('GET /api/v1/session'));
    const text = await new Promise((done) => {
      let got = '';
      const end = () => done(got);
      socket.on('close', end).on('data', function read(data) {
        got += data.toString('latin1');
        if (answersIn(got)[0]?.body.endsWith('}')) socket.off('close', end).off('data', read), done(got);
      });
    });
    const [answer] = answersIn(text);
    if (answer?.status === 200) ++tally.answered;
    else ++tally.lost;
    if (!answer || /\r\nconnection: close/i.test(answer.head)) socket = socket.destroy() && undefined;
  }
  socket?.destroy();
}

test('no request of 32 clients that never pause is lost over restarts', async () => {
  await stack.proxy.stop();
  await stack.proxy.start({ args: ['--drain-delay-ms', '300'] });
  const tally = { answered: 0, lost: 0 };
  let stopping = false;
  const clients = Array.from({ length: 32 }, () => askWithoutPause(stack.proxy.port, tally, () => !stopping));
  for (let restart = 0; restart < 4; ++restart) {
    const before = tally.answered;
    await until(() => tally.answered > before + 320);
    assert.deepEqual(await stack.proxy.stop(), { code: 0, signal: null });
    await stack.proxy.start({ args: ['--drain-delay-ms', '300'] });
  }
  stopping = true;
  await Promise.all(clients);
  assert.equal(tally.lost, 0, `${tally.answered} were answered`);
});

test('while it stops, SIGHUP ends nothing, a changed secret counts, and a second SIGTERM ends it now', async () => {
  await stack.proxy.stop();
  await stack.proxy.start({ args: ['--drain-delay-ms', '60000'] });
  const { daemon } = stack.proxy;
  const ended = stack.proxy.stop();
  await until(() => daemon.output.includes('"stopping"'));
  daemon.child.kill('SIGHUP');
  await writeFile(stack.proxy.passwordFile, 'another', { mode: 0o600 });
  await until(() => daemon.output.includes('"secretReplaced"'));
  assert.equal((await stack.api('GET', 'session')).headers.get('connection'), 'close');
  daemon.child.kill('SIGTERM');
  assert.deepEqual(await ended, { code: 0, signal: null });
  await stack.proxy.start();
});

test('SIGHUP ends nothing', async () => {
  stack.proxy.daemon.child.kill('SIGHUP');
  for (let i = 0; i < 10; ++i) assert.equal((await stack.api('GET', 'session')).status, 200);
});

test('it is ready again soon after a stop', async () => {
  await stack.proxy.stop();
  const began = Date.now();
  await stack.proxy.start();
  assert.ok(Date.now() - began < 5_000, `took ${Date.now() - began} ms`);
});

test('a sandbox that is told to stop while it hangs ends with status 0', async () => {
  await stack.sandbox.fault({ mode: 'hang' });
  const { answer } = await asked(() => stack.api('POST', 'lookups', { identity: registered.one }));
  assert.equal((await stack.sandbox.stop()).code, 0);
  assert.equal((await answer).status, 504);
});

test('the sandbox stops though the proxy keeps an idle connection to it and another client says nothing', async () => {
  const own = await startStack({ identities: identities() });
  const silent = connect(own.sandbox.port, '127.0.0.1');
  silent.on('error', () => {});
  try {
    assert.equal((await own.api('POST', 'lookups', { identity: registered.several })).status, 200);
    const ended = await Promise.race([own.sandbox.stop(), sleep(30_000).then(() => 'still running')]);
    assert.deepEqual(ended, { code: 0, signal: null }, own.sandbox.daemon.output);
  } finally {
    silent.destroy();
    await own.stop();
  }
});
