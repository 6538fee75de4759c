// Many clients that mean no good, at the proxy's own limits: what they can take is bounded, and a good client notices nothing.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { sleep, startStack, until } from './harness.mjs';
import { identities } from './people.mjs';
import { requestOf } from './wire.mjs';

let stack;
before(async () => (stack = await startStack({ identities: identities() })));
after(() => stack.stop());

const megabytes = async () => Number(/VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${stack.proxy.daemon.pid}/status`, 'utf8'))[1]) / 1024;
const create = (length) => requestOf('POST /api/v1/certificates', ['Content-Type: application/json', 'Idempotency-Key: a', `Content-Length: ${length}`]);

// Clients that come back as often as they are sent away, until told to stop. Each begins by sending `bytes`, and goes on with `more`
// every now and then.
function crowd(count, bytes, more, pause) {
  let going = true;
  const sockets = new Set();
  const come = () => {
    if (!going) return;
    const socket = connect(stack.proxy.port, '127.0.0.1', () => socket.write(bytes)).on('error', () => {}).resume();
    sockets.add(socket);
    const timer = setInterval(() => socket.writable && socket.write(more), pause);
    socket.on('close', () => (clearInterval(timer), sockets.delete(socket), setTimeout(come, 20)));
  };
  for (let i = 0; i < count; ++i) come();
  return { sockets, leave: () => ((going = false), sockets.forEach((socket) => socket.destroy())) };
}

test('1 000 clients that drip heads and 400 that drip bodies cost a good one that keeps its connection no request', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let connections = 0;
  const ask = () => new Promise((done, fail) => {
    const outgoing = request({ agent, port: stack.proxy.port, host: '127.0.0.1', path: '/api/v1/session' }, (answer) =>
      answer.resume().on('end', () => done(answer.statusCode)));
    outgoing.on('socket', (socket) => { if (!socket.known) socket.known = ++connections; }).on('error', fail).end();
  });
  assert.equal(await ask(), 200);
  const heads = crowd(1_000, 'GET /api/v1/session HTTP/1.1\r\n', 'a', 1_000);
  const bodies = crowd(400, `${create(100_000)}{`, ' ', 1_000);
  try {
    await until(() => heads.sockets.size + bodies.sockets.size === 1_400);
    for (const end = Date.now() + 8_000; Date.now() < end; await sleep(50)) assert.equal(await ask(), 200);
    assert.equal(connections, 1, 'on the connection that it has always had');
  } finally {
    heads.leave();
    bodies.leave();
    agent.destroy();
  }
});

test('500 bodies of 2 MB that lack their last byte take 64 MB at most, and give them back', async () => {
  const most = 2 * 1024 * 1024;
  const before = await megabytes();
  const held = Array.from({ length: 500 }, () => {
    const socket = connect(stack.proxy.port, '127.0.0.1').on('error', () => {}).resume();
    socket.ended = new Promise((done) => socket.on('close', done));
    socket.write(create(most));
    socket.written = new Promise((done) => socket.write(Buffer.alloc(most - 1, ' '), done));
    return socket;
  });
  let peak = 0;
  let waiting = true;
  const watched = (async () => {
    for (; waiting; await sleep(20)) peak = Math.max(peak, await megabytes());
  })();
  await Promise.all(held.map((socket) => Promise.race([socket.written, socket.ended])));
  assert.equal((await stack.api('GET', 'session')).status, 200);
  waiting = false;
  await watched;
  held.forEach((socket) => socket.destroy());
  await until(() => stack.proxy.said.includes('"bodiesFull"'), 10_000);
  assert.ok(peak < 64, `${peak.toFixed(1)} MB at the most, ${before.toFixed(1)} MB before`);
  await until(async () => (await megabytes()) < before + 8, 10_000);
});
