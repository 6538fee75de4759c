// Clients that mean no good, against the real proxy with its own limits. What single bytes of a request do is in
// tests/unit/http/attacks_test.cpp, where the sanitizers watch.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { startStack } from './harness.mjs';
import { identities, registered } from './people.mjs';
import { converse, lastRequestOf, requestOf } from './wire.mjs';

let stack;
before(async () => (stack = await startStack({ identities: identities() })));
after(() => stack.stop());

const lookup = JSON.stringify({ identity: registered.one });
const post = (lines, body) => lastRequestOf('POST /api/v1/lookups', ['Content-Type: application/json', ...lines], body);

async function stillServes() {
  assert.equal((await stack.api('GET', 'session')).status, 200);
  assert.ok(stack.proxy.daemon.alive);
}

for (const path of ['/api/v2/session', '/etc/passwd', '/sandbox/faults', '/metrics', '/readyz', '/livez', '/version']) {
  test(`the path ${path} leads nowhere`, async () => {
    const { answers } = await converse(stack.proxy.port, lastRequestOf(`GET ${path}`));
    assert.equal(answers[0].status, 404);
    assert.equal(JSON.parse(answers[0].body).code, 'pathUnknown');
  });
}

test('what follows a refused request on its connection is not taken for a request', async () => {
  const hidden = requestOf('DELETE /api/v1/certificates/1');
  const { answers, closed } = await converse(stack.proxy.port, post(['Content-Length: 6', 'Transfer-Encoding: chunked'], '0\r\n\r\n') + hidden);
  assert.deepEqual(answers.map((answer) => answer.status), [400]);
  assert.ok(closed);
  await stillServes();
});

test('clients that leave in the middle cost nothing', async () => {
  for (let i = 0; i < 100; ++i) {
    await new Promise((done) => {
      const socket = connect(stack.proxy.port, '127.0.0.1', () => {
        socket.write(post([`Content-Length: ${lookup.length}`], lookup).slice(0, 20 + i), () => {
          socket.resetAndDestroy();
          done();
        });
      });
    });
  }
  await stillServes();
});

test('fifty clients that send a byte twice a second keep nobody waiting and are sent away', async () => {
  const head = requestOf('GET /api/v1/session', [`X-Note: ${'a'.repeat(100)}`]);
  let open = 50;
  const slow = Array.from({ length: open }, () => {
    const socket = connect(stack.proxy.port, '127.0.0.1');
    const closed = new Promise((done) => socket.on('close', done).on('error', () => {}).resume());
    let sent = 0;
    const timer = setInterval(() => socket.writable && socket.write(head[sent++]), 500);
    closed.then(() => (clearInterval(timer), --open));
    return { socket, closed };
  });
  for (let i = 0; i < 20; ++i) await stillServes();
  assert.equal(open, 50, 'good clients were served while all the slow ones were there');
  await Promise.all(slow.map(({ closed }) => closed));
});

test('a client that does not read its answers keeps nobody waiting', async () => {
  const socket = connect(stack.proxy.port, '127.0.0.1').on('error', () => {});
  socket.pause();
  for (let i = 0; i < 2_000; ++i) socket.write(requestOf('GET /api/v1/users?pageSize=100'));
  for (let i = 0; i < 20; ++i) await stillServes();
  assert.equal(socket.closed, false, 'it was there all the while');
  socket.destroy();
});
