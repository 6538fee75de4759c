// What the proxy adds to eContract's own time when that is its registry: each call of the list and the dialog, against the
// sandbox's portal and gateway with a delay as over a network, and without one. The upstream's own time is that of the requests
// that the call makes of it (the sandbox's ledgers count them), each as long as the same kind of request asked directly on a
// connection that is kept.
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { freshKey, portalPassword, portalUsername, spId, spPassword, startStack } from '../scenario/harness.mjs';
import { identities, registered } from '../scenario/people.mjs';
import { percentile, report } from './figure.mjs';

const rounds = Number(process.env.ROUNDS ?? 50);
const delay = Number(process.env.DELAY ?? 80); // ms, of each request to the portal or the gateway
const users = Array.from({ length: 8 * rounds + 50 }, (_, i) => (
  { id: i + 1, code: `NV${i + 1}`, name: `Người ${i + 1}`, phone: String(912_000_001 + i), email: `nv${i + 1}@example.vn` }));
let free = 0;
const nextUser = () => users[free++].id;

const stack = await startStack({
  identities: identities(), portal: {}, portalPlan: { users }, demoData: false,
});
const agents = { proxy: new http.Agent({ keepAlive: true, maxSockets: 1 }) };
try {
  agents.upstream = new https.Agent({ keepAlive: true, maxSockets: 1, ca: await readFile(stack.sandbox.caFile) });
  const token = (await upstream('POST', '/api/auth/password-login',
    { username: portalUsername, password: portalPassword, companyId: 101 })).body.data;
  await withDelay(delay, async () => {
    const portal = await directly(token);
    for (const call of calls()) {
      const { times, requests } = await measured(call);
      const p99 = percentile(times, 0.99);
      const note = `p50 ${percentile(times, 0.5).toFixed(1)}, p99 ${p99.toFixed(1)} ms, n=${times.length}`;
      if (requests === 0) report(`${call.name}, from what is kept, p99`, p99, 'ms', 20, note);
      else report(`${call.name}, p99 to upstream's own`, p99 / (requests * portal), 'x', 1.2, `${requests.toFixed(1)} requests of ${portal.toFixed(1)} ms; ${note}`);
    }
  });
  const portal = await directly(token);
  for (const call of calls()) {
    const { times, requests } = await measured(call);
    report(`${call.name}, added without a delay, p50`, percentile(times, 0.5) - requests * portal, 'ms', 5,
      `${requests.toFixed(1)} requests of ${portal.toFixed(2)} ms; p50 ${percentile(times, 0.5).toFixed(2)}, p99 ${percentile(times, 0.99).toFixed(2)} ms`);
  }
} finally {
  for (const agent of Object.values(agents)) agent.destroy();
  await stack.stop();
}

// `prepare` makes what the call needs, untimed; each round has certificates of its own.
function calls() {
  const proxy = (method, path, body, expected, headers) => timed(http, agents.proxy, stack.proxy.port, method, `/api/v1/${path}`, body, headers, expected);
  const draft = () => ({ userId: nextUser(), identity: registered.companyWithThree, serial: '', businessAccount: null });
  const create = async () => (await proxy('POST', 'certificates', draft(), 201, { 'Idempotency-Key': freshKey() })).body.added;
  let kept;
  const spare = async () => (kept ??= (await create()).find((row) => !row.isDefault));
  return [
    { name: 'users search', call: (i) => proxy('GET', `users?search=NV${i + 1}`, undefined, 200) },
    { name: 'user detail (defaults)', call: (i) => proxy('GET', `defaults?userId=${i + 1}`, undefined, 200) },
    { name: 'list of certificates', call: () => proxy('GET', 'certificates?page=1&pageSize=10', undefined, 200) },
    { name: 'rename', prepare: spare, call: (i, row) => proxy('PATCH', `certificates/${row.id}`, { name: `Tên ${i}` }, 200) },
    { name: 'set default', prepare: async () => (await create()).find((row) => !row.isDefault),
      call: (i, row) => proxy('PATCH', `certificates/${row.id}`, { isDefault: true }, 200) },
    { name: 'delete', prepare: async () => (await create()).at(-1), call: (i, row) => proxy('DELETE', `certificates/${row.id}`, undefined, 204) },
    { name: 'create', call: () => proxy('POST', 'certificates', draft(), 201, { 'Idempotency-Key': freshKey() }) },
  ];
}

async function measured({ prepare, call }) {
  const times = [];
  let requests = 0;
  for (let i = -2; i < rounds; i++) {
    const prepared = await prepare?.();
    const before = await asked();
    const { milliseconds } = await call(i + 2, prepared);
    if (i < 0) continue; // warm
    requests += (await asked()) - before;
    times.push(milliseconds);
  }
  return { times, requests: requests / rounds };
}

async function asked() {
  const portal = await stack.sandbox.call('GET', '/sandbox/econtract/ledger');
  return portal.body.total + (await stack.sandbox.ledger()).body.total;
}

// The median of a user's details, asked of the portal itself.
async function directly(token) {
  const times = [];
  for (let i = 0; i < 30; i++)
    times.push((await upstream('GET', `/api/users/${i + 1}`, undefined, { authorization: `Bearer ${token}` })).milliseconds);
  return percentile(times, 0.5);
}

async function withDelay(milliseconds, work) {
  await stack.sandbox.fault({ mode: 'delay', milliseconds });
  try {
    await work();
  } finally {
    await stack.sandbox.fault({ mode: 'none' });
  }
}

function upstream(method, path, body, headers) {
  return timed(https, agents.upstream, stack.sandbox.port, method, path, body, headers, 200);
}

function timed(module, agent, port, method, path, body, headers, expected) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const described = text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  return new Promise((done, fail) => {
    const began = process.hrtime.bigint();
    const request = module.request({ host: '127.0.0.1', port, path, method, agent, headers: { ...described, ...headers } }, (response) => {
      let answer = '';
      response.on('data', (part) => (answer += part)).on('end', () => {
        const milliseconds = Number(process.hrtime.bigint() - began) / 1e6;
        if (response.statusCode !== expected) fail(new Error(`${path} answered ${response.statusCode}: ${answer.slice(0, 300)}`));
        else done({ milliseconds, body: answer ? JSON.parse(answer) : null });
      });
    });
    request.on('error', fail).end(text);
  });
}
