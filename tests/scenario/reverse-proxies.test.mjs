// A portal's nginx in front of the proxy, configured as proxy/README.md says; and the listener on which the portal's server
// is believed without a token.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertProblem } from './expect.mjs';
import { exchange, proxyBinary, root, startStack, until } from './harness.mjs';
import { identities, registered } from './people.mjs';
import { makePortal } from './tokens.mjs';

const portal = makePortal();
const readme = await readFile(join(root, 'proxy/README.md'), 'utf8');
const [, documented] = /```nginx\n([^]*?)```/.exec(readme);
let stack, nginx, port, socket;
before(async () => {
  stack = await startStack({ identities: identities() });
  await stack.proxy.stop();
  const keys = join(stack.folder, 'keys.json');
  socket = join(stack.folder, 'trusted.sock');
  await writeFile(keys, portal.keySet(), { mode: 0o600 });
  await stack.proxy.start({ args: ['--auth', 'bearer', '--session-keys-file', keys, '--trusted-listen', `unix:${socket}`, '--allowed-hosts', 'portal.example.vn,127.0.0.1'] });
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  ({ port } = free.address());
  await new Promise((done) => free.close(done));
  const location = documented.replaceAll('127.0.0.1:8080', `127.0.0.1:${stack.proxy.port}`);
  const file = join(stack.folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${stack.folder}/${name};`).join('\n');
  await writeFile(file, `daemon off; master_process off; pid ${stack.folder}/nginx.pid; error_log stderr;\nevents {}\nhttp { access_log off;\n${temporary}
    server { listen 127.0.0.1:${port};\n${location}\nlocation /as-it-comes/ { proxy_pass http://127.0.0.1:${stack.proxy.port}/; } } }`);
  nginx = spawn('nginx', ['-c', file, '-e', 'stderr'], { stdio: 'inherit' });
  await until(async () => (await through('GET', '/sidecar/api/v1/session').catch(() => undefined))?.status === 200, 10_000);
});
after(async () => {
  nginx?.kill();
  await stack?.stop();
});

const parsed = (answer) => ({ ...answer, body: answer.text ? JSON.parse(answer.text) : null });
// A page of the portal's asks.
const through = async (method, path, body, headers = portal.headers()) => parsed(await exchange(request, { method, url: `http://127.0.0.1:${port}${path}`,
  headers: { host: 'portal.example.vn', origin: 'http://portal.example.vn', 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', ...headers },
  body: body && JSON.stringify(body) }));
// The portal's server asks, on its own listener.
const trusted = (method, path, body, headers = {}) => new Promise((done, fail) => {
  const text = body && JSON.stringify(body);
  const asked = request({ socketPath: socket, method, path: `/api/v1/${path}`, headers: { host: 'sidecar', ...(text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}), ...headers } }, async (response) => {
    let all = '';
    for await (const part of response.setEncoding('utf8')) all += part;
    done({ status: response.statusCode, headers: new Headers(response.headers), body: all ? JSON.parse(all) : null });
  });
  asked.on('error', fail).end(text);
});

test('under a path of the portal, as documented, a page looks up', async () => {
  const answer = await through('POST', '/sidecar/api/v1/lookups', { identity: registered.one });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
});

test('where nginx changes Host the look-up is refused, and the log says which two differ', async () => {
  const answer = await through('POST', '/as-it-comes/api/v1/lookups', { identity: registered.one });
  assert.match(assertProblem(answer, 403, 'forbidden').reason, /Origin and Host differ/);
  await until(() => stack.proxy.said.includes(`Host 127.0.0.1:${stack.proxy.port}, Origin http://portal.example.vn`), 5000);
});

test('a name in headers that comes through nginx means nothing, with a token and without one', async () => {
  const claimed = { 'smartca-actor': 'boss', 'smartca-may': 'remove', 'smartca-users': '1' };
  const session = await through('GET', '/sidecar/api/v1/session', undefined, { ...portal.headers({ may: ['list'] }), ...claimed });
  assert.deepEqual(session.body.may, ['list']);
  assertProblem(await through('GET', '/sidecar/api/v1/session', undefined, claimed), 401, 'unauthorized');
});

test('on its own listener the server is believed without a token, whoever it names is the caller, and the log says so', async () => {
  assert.equal((await stat(socket)).mode & 0o777, 0o600);
  const [row] = (await trusted('GET', 'certificates')).body.items;
  const named = { 'smartca-actor': 'nv-9', 'smartca-actor-name': 'Vo Ha', 'smartca-may': 'list rename', 'smartca-users': String(row.userId) };
  assert.deepEqual((await trusted('GET', 'session', undefined, named)).body.may, ['list', 'rename']);
  assert.equal((await trusted('PATCH', `certificates/${row.id}`, { name: 'by nv-9' }, named)).status, 200);
  assertProblem(await trusted('DELETE', `certificates/${row.id}`, undefined, named), 403, 'notAllowed');
  const log = execFileSync(proxyBinary, ['audit', '--database', stack.proxy.database, '--format', 'jsonl', '--actor', 'nv-9'], { encoding: 'utf8' });
  const entry = JSON.parse(log.trim().split('\n')[0]);
  assert.deepEqual([entry.action, entry.actorName, entry.issuer, entry.company], ['rename', 'Vo Ha', 'server', 'main']);
  assert.match(entry.peer, /^unix:uid=\d+$/);
  const { events } = (await trusted('GET', 'events')).body;
  assert.deepEqual([events.at(-1).type, events.at(-1).actor], ['rename.changed', 'nv-9']);
});

test('a browser\'s request that strays to that listener is refused', async () => {
  for (const strayed of [{ origin: 'http://portal.example.vn' }, { 'sec-fetch-site': 'same-origin' }])
    assertProblem(await trusted('GET', 'session', undefined, { 'smartca-actor': 'nv-9', ...strayed }), 403, 'forbidden');
});
