// Requests that no well-meaning client sends, as raw bytes against the real proxy.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { sleep, startStack } from './harness.mjs';
import { identities, registered } from './people.mjs';
import { converse, lastRequestOf, requestOf } from './wire.mjs';

let stack;
before(async () => (stack = await startStack({ identities: identities() })));
after(() => stack.stop());

const post = (lines, body) => lastRequestOf('POST /api/v1/lookups', ['Content-Type: application/json', ...lines], body);
const lookup = JSON.stringify({ identity: registered.one });
const send = (bytes, options) => converse(stack.proxy.port, bytes, options);

async function stillServes() {
  const began = Date.now();
  assert.equal((await stack.api('GET', 'session')).status, 200);
  assert.ok(stack.proxy.daemon.alive);
  return Date.now() - began;
}

const refusals = [
  ['Content-Length beside Transfer-Encoding is refused', 400, post(['Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n')],
  ['Transfer-Encoding beside Content-Length is refused', 400, post(['Transfer-Encoding: chunked', 'Content-Length: 5'], '0\r\n\r\n')],
  ['a transfer coding is not accepted', 411, post(['Transfer-Encoding: chunked'], '0\r\n\r\n')],
  ['an obscured transfer coding is not accepted', 411, post(['Transfer-Encoding: xchunked'], '0\r\n\r\n')],
  ['two different lengths are refused', 400, post(['Content-Length: 5', 'Content-Length: 6'], '{}   ')],
  ['two equal lengths are refused', 400, post(['Content-Length: 2', 'Content-Length: 2'], '{}')],
  ['a list of lengths is refused', 400, post(['Content-Length: 2, 2'], '{}')],
  ['a length with a sign is refused', 400, post(['Content-Length: +2'], '{}')],
  ['a negative length is refused', 400, post(['Content-Length: -2'], '{}')],
  ['a hexadecimal length is refused', 400, post(['Content-Length: 0x2'], '{}')],
  ['a length beyond 64 bits is refused', 400, post(['Content-Length: 99999999999999999999999'], '{}')],
  ['a body without a length is refused', 411, post([], '')],
  ['a body that claims gigabytes is refused before it is read', 413, post(['Content-Length: 4000000000'], '{')],
  ['a GET with a body is refused', 400, lastRequestOf('GET /api/v1/session', ['Content-Length: 2'], '{}')],
  ['a compressed body is refused', 415, post(['Content-Encoding: gzip', 'Content-Length: 2'], '{}')],
  ['an encoded line break in a header value is refused', 400, lastRequestOf('GET /api/v1/session', ['X-Request-Id: a%0D%0ASet-Cookie:%20b'])],
  ['a folded header line is refused', 400, lastRequestOf('GET /api/v1/session', ['X-Note: a', ' b'])],
  ['a blank before the colon is refused', 400, lastRequestOf('GET /api/v1/session', ['Content-Length : 0'])],
  ['an underscore in a header name is refused', 400, lastRequestOf('GET /api/v1/session', ['Content_Length: 0'])],
  ['a header line without a name is refused', 400, lastRequestOf('GET /api/v1/session', [': a'])],
  ['a NUL in a header is refused', 400, lastRequestOf('GET /api/v1/session', ['X-Note: a\0b'])],
  ['a bare line feed is refused', 400, 'GET /api/v1/session HTTP/1.1\nHost: 127.0.0.1\n\n'],
  ['a lone carriage return is refused', 400, 'GET /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\rX-Note: a\r\n\r\n'],
  ['a request without Host is refused', 400, 'GET /api/v1/session HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['two Hosts are refused', 400, lastRequestOf('GET /api/v1/session', ['Host: evil.example'])],
  ['a Host that is no name is refused', 400, 'GET /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1/../x\r\n\r\n'],
  ['a name that is rebound to this address is refused', 403, 'GET /api/v1/session HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
  ['an absolute target is refused', 400, lastRequestOf('GET http://127.0.0.1/api/v1/session')],
  ['CONNECT is refused', 400, lastRequestOf('CONNECT evil.example:443')],
  ['TRACE is refused', 405, lastRequestOf('TRACE /api/v1/session')],
  ['a method nobody knows is refused', 405, lastRequestOf('FROBNICATE /api/v1/session')],
  ['a method in small letters is refused', 400, lastRequestOf('get /api/v1/session')],
  ['an endless method is refused', 400, lastRequestOf(`${'A'.repeat(4000)} /api/v1/session`)],
  ['a fragment in the target is refused', 400, lastRequestOf('GET /api/v1/session#x')],
  ['a raw non-ASCII target is refused', 400, lastRequestOf('GET /api/v1/users?search=\xc3\xa1')],
  ['a very long target is refused', 414, lastRequestOf(`GET /${'a'.repeat(5000)}`)],
  ['a huge header is refused', 431, lastRequestOf('GET /api/v1/session', [`X-Note: ${'a'.repeat(40_000)}`])],
  ['a hundred headers are refused', 431, lastRequestOf('GET /api/v1/session', Array.from({ length: 100 }, (_, i) => `X-Note-${i}: a`))],
  ['HTTP/2 in clear is refused', 505, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['HTTP/0.9 is refused', 400, 'GET /api/v1/session\r\n\r\n'],
  ['an unknown expectation is refused', 417, post(['Expect: 200-ok', 'Content-Length: 2'], '{}')],
];

for (const [name, status, bytes] of refusals) {
  test(name, async () => {
    const { answers, closed, text } = await send(bytes);
    assert.equal(answers.length, 1, text.slice(0, 300));
    assert.equal(answers[0].status, status, text.slice(0, 600));
    assert.match(answers[0].head, /\r\ncontent-type: application\/problem\+json/i);
    assert.match(answers[0].head, /\r\nx-request-id: \w+/i);
    assert.ok(closed, 'the connection must not be used again');
    assert.doesNotMatch(text, /set-cookie/i);
    await stillServes();
  });
}

const notFound = ['/api/v1/../v1/session', '/api/v1/%2e%2e/v1/session', '//api/v1/session', '/api/v1//session', '/api/v1/session/', '/api/v1/session;x=1',
  '/api/v1%2fsession', '/api/v1/./session', '/API/V1/session', '/api/v1/certificates/1/../../session', '/api/v1/certificates/1%00', '/..%5c..%5cetc/passwd',
  '/api/v2/session', '/etc/passwd', '/sandbox/faults'];
for (const path of notFound) {
  test(`the path ${path} leads nowhere`, async () => {
    const { answers } = await send(lastRequestOf(`GET ${path}`));
    assert.equal(answers[0].status, 404);
    assert.equal(JSON.parse(answers[0].body).code, 'notFound');
  });
}

test('requests that arrive in one packet are answered one by one, in order', async () => {
  const bytes = requestOf('GET /api/v1/session', ['X-Request-Id: first']) + requestOf('GET /api/v1/users?search=zzzz', ['X-Request-Id: second']) +
    lastRequestOf('GET /api/v1/nothing', ['X-Request-Id: third']);
  const { answers } = await send(bytes);
  assert.deepEqual(answers.map((answer) => [answer.status, /x-request-id: (\w+)/i.exec(answer.head)[1]]),
    [[200, 'first'], [200, 'second'], [404, 'third']]);
});

test('what follows a refused request on its connection is not taken for a request', async () => {
  const hidden = requestOf('DELETE /api/v1/certificates/1');
  const { answers } = await send(post([`Content-Length: 6`, 'Transfer-Encoding: chunked'], '0\r\n\r\n') + hidden);
  assert.equal(answers.length, 1);
});

test('a body is asked for with 100 Continue and then answered', async () => {
  const { answers } = await send(post(['Expect: 100-continue', `Content-Length: ${lookup.length}`], lookup).replace(lookup, ''),
    { milliseconds: 1_000 });
  assert.equal(answers[0].status, 100);
  const whole = await send(post(['Expect: 100-continue', `Content-Length: ${lookup.length}`], lookup));
  assert.equal(whole.answers.at(-1).status, 200);
});

test('HTTP/1.0 is answered and the connection closed', async () => {
  const { answers, closed } = await send('GET /api/v1/session HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n');
  assert.equal(answers[0].status, 200);
  assert.ok(closed);
});

test('a TLS client on the plain port is sent away', async () => {
  const { closed } = await send(Buffer.from('16030100c8010000c40303' + '00'.repeat(200), 'hex'));
  assert.ok(closed);
  await stillServes();
});

test('random bytes are sent away', async () => {
  let seed = 7;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) & 255;
  const noises = Array.from({ length: 200 }, () => Buffer.from(Array.from({ length: 300 }, random)));
  for (let i = 0; i < noises.length; i += 20) {
    await Promise.all(noises.slice(i, i + 20).map((noise) => send([noise, '\r\n\r\n'])));
  }
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

test('a page of another site may not change anything', async () => {
  const json = ['Content-Type: application/json', `Content-Length: ${lookup.length}`];
  for (const line of ['Origin: https://evil.example', 'Origin: null', 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Site: same-site']) {
    const { answers } = await send(lastRequestOf('POST /api/v1/lookups', [...json, line], lookup));
    assert.equal(answers[0].status, 403, line);
    assert.doesNotMatch(answers[0].head, /access-control-allow-origin/i);
  }
  const own = await send(lastRequestOf('POST /api/v1/lookups', [...json, 'Origin: http://127.0.0.1', 'Sec-Fetch-Site: same-origin'], lookup));
  assert.equal(own.answers[0].status, 200);
});

test('a form of another site cannot pass for JSON', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonp', 'application/json; charset=utf-16', '']) {
    const { answers } = await send(lastRequestOf('POST /api/v1/lookups', [`Content-Type: ${type}`, `Content-Length: ${lookup.length}`], lookup));
    assert.equal(answers[0].status, 415, type);
  }
});

test('fifty clients that send a byte a second keep nobody waiting and are sent away', async () => {
  const head = requestOf('GET /api/v1/session', [`X-Note: ${'a'.repeat(100)}`]);
  const slow = Array.from({ length: 50 }, () => {
    const socket = connect(stack.proxy.port, '127.0.0.1');
    const closed = new Promise((done) => socket.on('close', done).on('error', () => {}).resume());
    let sent = 0;
    const timer = setInterval(() => socket.writable && socket.write(head[sent++]), 500);
    closed.then(() => clearInterval(timer));
    return { socket, closed };
  });
  await sleep(300);
  let slowest = 0;
  for (let i = 0; i < 20; ++i) slowest = Math.max(slowest, await stillServes());
  assert.ok(slowest < 1_000, `a good client waited ${slowest} ms`);
  const all = await Promise.race([Promise.all(slow.map(({ closed }) => closed)).then(() => true), sleep(9_000).then(() => false)]);
  slow.forEach(({ socket }) => socket.destroy());
  assert.ok(all, 'a head is given five seconds');
});

test('a client that does not read its answers is dropped without harm to others', async () => {
  const socket = connect(stack.proxy.port, '127.0.0.1').on('error', () => {});
  socket.pause();
  for (let i = 0; i < 2_000; ++i) socket.write(requestOf('GET /api/v1/users?pageSize=100'));
  await sleep(200);
  assert.ok((await stillServes()) < 1_000);
  socket.destroy();
});
