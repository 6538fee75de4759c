// The page's files: types, compressed forms, caching, headers, and nothing from outside the folder.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { exchange, Proxy, startStack } from './harness.mjs';
import { identities } from './people.mjs';
import { converse, lastRequestOf } from './wire.mjs';

const page = '<!doctype html><title>Chứng thư số</title>';
const script = 'export const answer = 42;\n'.repeat(200);
let folder;
let stack;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartca-site-'));
  await mkdir(join(folder, 'fonts'));
  const files = {
    'index.html': page, 'app.js': script, 'app.js.br': brotliCompressSync(script), 'app.js.gz': gzipSync(script), 'app.0123abcd.wasm': Buffer.from([0, 97, 115, 109]),
    'style.css': 'a{}', 'fonts/text.woff2': 'x', 'fonts/text.ttf': 'x', 'icon.svg': '<svg/>', 'picture.png': 'x', 'smartca.d.ts': 'x', 'smartca.js': "new URL('./smartca.0123abcd.wasm', import.meta.url)", 'smartca.0123abcd.wasm': 'x', 'smartca.0123abcd.rest.wasm': 'x', 'smartca.vi.txt': 'x', 'smartca.en.txt': 'x', 'data.json': '{}', 'unknown.bin': 'x', '.hidden.txt': 'x',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  stack = await startStack({ identities: identities(), staticDirectory: folder });
});
after(async () => {
  await stack.stop();
  await rm(folder, { recursive: true });
});

// fetch() would decompress.
async function get(path, headers = {}, method = 'GET') {
  return new Promise((done, fail) => {
    request(`${stack.proxy.origin}${path}`, { method, headers, agent: false }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part)).on('end', () => done({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(parts) }));
    }).on('error', fail).end();
  });
}

for (const [path, type] of [['/', 'text/html; charset=utf-8'], ['/index.html', 'text/html; charset=utf-8'], ['/app.js', 'text/javascript; charset=utf-8'],
  ['/app.0123abcd.wasm', 'application/wasm'], ['/style.css', 'text/css; charset=utf-8'], ['/fonts/text.woff2', 'font/woff2'], ['/fonts/text.ttf', 'font/ttf'],
  ['/icon.svg', 'image/svg+xml'], ['/picture.png', 'image/png'], ['/data.json', 'application/json'], ['/unknown.bin', 'application/octet-stream']]) {
  test(`${path} is ${type}`, async () => {
    const { status, headers } = await get(path);
    assert.equal(status, 200);
    assert.equal(headers['content-type'], type);
    assert.equal(headers['x-content-type-options'], 'nosniff');
  });
}

test('the compressed form that the browser prefers is sent, and means the same', async () => {
  const plain = await get('/app.js');
  assert.equal(plain.bytes.toString(), script);
  assert.equal(plain.headers['content-encoding'], undefined);
  const br = await get('/app.js', { 'accept-encoding': 'gzip, deflate, br' });
  assert.equal(br.headers['content-encoding'], 'br');
  assert.equal(brotliDecompressSync(br.bytes).toString(), script);
  const gzip = await get('/app.js', { 'accept-encoding': 'gzip' });
  assert.equal(gzip.headers['content-encoding'], 'gzip');
  assert.equal(gunzipSync(gzip.bytes).toString(), script);
  for (const each of [plain, br, gzip]) {
    assert.match(each.headers.vary, /accept-encoding/i);
    assert.equal(each.headers['content-type'], 'text/javascript; charset=utf-8');
  }
  assert.equal(new Set([plain, br, gzip].map((each) => each.headers.etag)).size, 3, 'each form has a tag of its own');
});

for (const header of ['br;q=0', 'identity', 'bro', '', 'x-br']) {
  test(`Accept-Encoding: ${header} gets the plain form`, async () => {
    assert.equal((await get('/app.js', { 'accept-encoding': header })).headers['content-encoding'], undefined);
  });
}

test('a file that the browser has already is not sent again', async () => {
  const { headers } = await get('/app.js', { 'accept-encoding': 'br' });
  for (const tag of [headers.etag, `W/${headers.etag}`, `"other", ${headers.etag}`, '*']) {
    const again = await get('/app.js', { 'accept-encoding': 'br', 'if-none-match': tag });
    assert.equal(again.status, 304, tag);
    assert.equal(again.bytes.length, 0);
    assert.equal(again.headers.etag, headers.etag);
  }
  assert.equal((await get('/app.js', { 'accept-encoding': 'br', 'if-none-match': '"other"' })).status, 200);
});

test('what carries a hash in its name is kept for ever, everything else is asked for again', async () => {
  assert.match((await get('/app.0123abcd.wasm')).headers['cache-control'], /immutable/);
  for (const path of ['/', '/app.js', '/smartca.d.ts']) assert.equal((await get(path)).headers['cache-control'], 'no-cache', path);
});

test('HEAD tells what GET would, without the body', async () => {
  const whole = await get('/app.js', { 'accept-encoding': 'br' });
  const head = await get('/app.js', { 'accept-encoding': 'br' }, 'HEAD');
  assert.equal(head.status, 200);
  assert.equal(head.bytes.length, 0);
  for (const name of ['content-length', 'content-type', 'content-encoding', 'etag']) assert.equal(head.headers[name], whole.headers[name], name);
});

test('the page may load what is ours and nothing else', async () => {
  const { headers } = await get('/');
  const policy = Object.fromEntries(headers['content-security-policy'].split(';').map((part) => part.trim().split(' ')).map(([name, ...values]) => [name, values]));
  assert.deepEqual(policy['default-src'], ["'none'"]);
  assert.deepEqual(policy['script-src'].sort(), ["'self'", "'wasm-unsafe-eval'"]);
  assert.deepEqual(policy['style-src'], ["'self'"]);
  assert.deepEqual(policy['connect-src'], ["'self'"]);
  assert.deepEqual(policy['frame-ancestors'], ["'self'"]);
  assert.deepEqual(policy['base-uri'], ["'none'"]);
  assert.deepEqual(policy['form-action'], ["'none'"]);
  assert.doesNotMatch(headers['content-security-policy'], /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|\*/);
  const manual = await readFile(new URL('../../web/element/README.md', import.meta.url), 'utf8');
  assert.ok(manual.replace(/\s+/g, ' ').includes(` ${headers['content-security-policy']} `), 'web/element/README.md says the same');
  assert.equal(headers['referrer-policy'], 'no-referrer');
  assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
  assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
  assert.ok(headers['permissions-policy']);
  assert.equal(headers['access-control-allow-origin'], undefined);
  assert.equal(headers.server, undefined);
});

for (const path of ['/../registry.key', '/%2e%2e/registry.key', '/..%2fregistry.key', '/%2e%2e%2fregistry.key', '/..\\registry.key', '//etc/passwd', '//index.html', '/./index.html',
  '/fonts/../index.html', '/fonts', '/fonts/', '/index.html/', '/index.html%00', '/%69ndex.html', '/index.HTML', '/.git/config', '/app.js.map', '/etc/passwd']) {
  test(`${path} is not a file`, async () => {
    const { answers } = await converse(stack.proxy.port, lastRequestOf(`GET ${path}`));
    assert.ok([400, 404].includes(answers[0].status), String(answers[0].status));
    assert.doesNotMatch(answers[0].body, /root:|doctype/i);
  });
}

test('files answer GET and HEAD alone', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    const { answers } = await converse(stack.proxy.port, lastRequestOf(`${method} /index.html`, ['Content-Type: application/json', 'Content-Length: 0']));
    assert.ok([403, 405].includes(answers[0].status), `${method}: ${answers[0].status}`);
  }
});

test('a range is answered with the whole file', async () => {
  const { status, bytes } = await get('/app.js', { range: 'bytes=0-1' });
  assert.equal(status, 200);
  assert.equal(bytes.length, script.length);
});

test('a link that leads out of the folder stops the start', async () => {
  const other = await mkdtemp(join(tmpdir(), 'smartca-site-'));
  await writeFile(join(other, 'index.html'), page);
  await symlink('/etc/passwd', join(other, 'users.txt'));
  const proxy = new Proxy(other, stack.sandbox);
  await assert.rejects(proxy.start({ staticDirectory: other }), /ended with 2/);
  assert.match(proxy.said, /users\.txt/);
  await rm(other, { recursive: true });
});

test('a portal that is named may embed the page and call it; others may not', async () => {
  const own = new Proxy(await mkdtemp(join(tmpdir(), 'smartca-')), stack.sandbox);
  await own.start({ staticDirectory: folder, args: ['--allowed-origins', 'https://portal.example.vn'] });
  try {
    const ask = (origin, method = 'GET', headers = {}) => exchange(request, { method, url: `${own.origin}/api/v1/session`, headers: { origin, ...headers } });
    const friend = await ask('https://portal.example.vn');
    assert.equal(friend.headers.get('access-control-allow-origin'), 'https://portal.example.vn');
    assert.match(friend.headers.get('vary'), /origin/i);
    assert.match(friend.headers.get('content-security-policy'), /frame-ancestors 'self' https:\/\/portal\.example\.vn/);
    for (const stranger of ['https://evil.example', 'https://portal.example.vn.evil.example', 'http://portal.example.vn', 'null']) {
      assert.equal((await ask(stranger)).headers.get('access-control-allow-origin'), null, stranger);
    }
    const preflight = await ask('https://portal.example.vn', 'OPTIONS', { 'access-control-request-method': 'GET' });
    assert.equal(preflight.status, 204);
    assert.match(preflight.headers.get('access-control-allow-headers'), /idempotency-key/i);
    const refused = await ask('https://evil.example', 'OPTIONS', { 'access-control-request-method': 'GET' });
    assert.equal(refused.status, 403);
  } finally {
    await own.stop();
    await rm(own.folder, { recursive: true });
  }
});
