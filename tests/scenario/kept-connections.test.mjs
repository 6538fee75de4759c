// Connections that are kept: what they cost, and how long they last.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { proxyBinary, sleep, startStack, until } from './harness.mjs';
import { identities, registered } from './people.mjs';
import { requestOf } from './wire.mjs';

const idle = 2_000;
let stack;
before(async () => (stack = await startStack({ identities: identities(), args: ['--idle-timeout-ms', String(idle)] })));
after(() => stack.stop());

// One of the two sides that sends its second part only when the first one is acknowledged waits for 40 ms: each time, once a
// connection is some requests old. The fastest of the later ones show whether it does, however much else this machine has to do.
test('no request on kept connections waits for a delayed acknowledgement, here or at SmartCA', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const body = JSON.stringify({ identity: registered.one });
  const lookUp = () => new Promise((done, fail) => {
    const began = performance.now();
    request({ agent, port: stack.proxy.port, host: '127.0.0.1', method: 'POST', path: '/api/v1/lookups', headers: { 'content-type': 'application/json', 'content-length': body.length } },
      (answer) => answer.resume().on('end', () => (answer.statusCode === 200 ? done(performance.now() - began) : fail(new Error(String(answer.statusCode)))))).on('error', fail).end(body);
  });
  const took = [];
  for (let i = 0; i < 60; ++i) took.push(await lookUp());
  agent.destroy();
  const later = took.slice(20).sort((a, b) => a - b);
  assert.ok(later[10] < 35, `a quarter took less than ${later[10].toFixed(1)} ms`);
});

test('a connection that is idle is kept for longer than balancers keep theirs, or for as long as is told', async () => {
  const usual = JSON.parse(execFileSync(proxyBinary, ['--print-config', '--database', 'a', '--key-file', 'a', '--smartca-url', 'https://a'], { encoding: 'utf8' }));
  assert.ok(usual['idle-timeout-ms'] > 60_000, 'nginx, HAProxy as configured here and the clouds\' balancers: 60 s');
  const socket = connect(stack.proxy.port, '127.0.0.1');
  let got = '';
  let closed = false;
  socket.on('data', (data) => (got += data)).on('close', () => (closed = true)).on('error', () => {});
  const answers = () => got.split('HTTP/1.1 200').length - 1;
  socket.write(requestOf('GET /api/v1/session'));
  await until(() => answers() === 1);
  await sleep(idle / 2);
  assert.ok(!closed);
  socket.write(requestOf('GET /api/v1/session'));
  await until(() => answers() === 2);
  await until(() => closed, 3 * idle);
});
