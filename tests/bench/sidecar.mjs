// What the proxy costs beside nginx and HAProxy in the same run: each of them passes the same call on to the gateway over TLS,
// on kept connections, which is what a look-up and a create do beside their own work. Processor time is the kernel's count of
// each process, so that other work on the machine is not in it; times that pass (the last part) need a quiet machine.
//
//   node tests/bench/sidecar.mjs [size] [work] [time]      default: all; needs Debian's nginx-light, haproxy and wrk
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { proxyBinary, root, spId, spPassword, startStack } from '../scenario/harness.mjs';
import { identities, registered } from '../scenario/people.mjs';
import { client, createWith } from './client.mjs';
import { percentile, report } from './figure.mjs';
import { memoryOf, workOf } from './processes.mjs';

const parts = process.argv.length > 2 ? process.argv.slice(2) : ['size', 'work', 'time'];
const rounds = 7;
const atOnce = 200; // requests in a row
const idle = 1000; // connections
const gatewayPath = '/sca/sp769/v1/credentials/get_certificate';
const gatewayBody = { sp_id: spId, sp_password: spPassword, user_id: registered.one, serial_number: '', transaction_id: 'a'.repeat(32) };
const environment = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };
const dist = join(root, 'build/release/dist');

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

const answers = (port, path) => new Promise((done) => {
  request({ port, path, host: '127.0.0.1', agent: false }, (answer) => answer.resume().on('end', () => done(answer.statusCode)))
    .on('error', () => done(0)).end();
});

// What throws must not leave its processes behind.
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

// Starts it and waits for its first answer: {pid, port, took in ms, stop()}.
async function started(command, args, port, path) {
  const began = performance.now();
  const child = spawn(command, args, { stdio: 'ignore', env: environment });
  running.add(child);
  const ended = new Promise((done) => child.once('close', done)).then(() => running.delete(child));
  while (!(await answers(port, path))) if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}`);
  return { pid: child.pid, port, took: performance.now() - began, stop: () => (child.kill('SIGTERM'), ended) };
}

async function nginxOf(folder, sandbox) {
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  await writeFile(file, `worker_processes 1; daemon off; pid ${folder}/nginx.pid; error_log ${folder}/nginx.error; worker_rlimit_nofile 8192;
events { worker_connections 4096; }
http {
  include /etc/nginx/mime.types; sendfile on; tcp_nopush on; access_log ${folder}/nginx.access;
  client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  keepalive_timeout 300s; keepalive_requests 1000000;
  upstream gateway { server 127.0.0.1:${sandbox.port}; keepalive 16; keepalive_requests 1000000; }
  server {
    listen 127.0.0.1:${port} backlog=2048;
    location / { root ${dist}; }
    location /sca/ {
      proxy_pass https://gateway; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host 127.0.0.1:${sandbox.port};
      proxy_ssl_verify on; proxy_ssl_trusted_certificate ${sandbox.caFile}; proxy_ssl_name localhost; proxy_ssl_server_name on;
    }
  }
}
`);
  return { name: 'nginx', path: '/index.html', start: () => started('nginx', ['-c', file, '-p', folder, '-e', 'stderr'], port, '/index.html') };
}

async function haproxyOf(folder, sandbox) {
  const port = await freePort();
  const file = join(folder, 'haproxy.cfg');
  await writeFile(file, `global
  nbthread 1
  maxconn 4096
defaults
  mode http
  timeout connect 5s
  timeout client 300s
  timeout server 300s
  timeout http-keep-alive 300s
  http-reuse always
frontend relay
  bind 127.0.0.1:${port}
  default_backend gateway
backend gateway
  server gateway 127.0.0.1:${sandbox.port} ssl verify required ca-file ${sandbox.caFile} verifyhost localhost sni str(localhost) pool-max-conn 16
`);
  return { name: 'HAProxy', path: '/', start: () => started('haproxy', ['-f', file, '-db'], port, '/') };
}

// Microseconds of a request, of one after the other.
async function workOfEach(pid, act) {
  const before = workOf(pid);
  for (let i = 0; i < atOnce; ++i) await act();
  return (workOf(pid) - before) / atOnce;
}

const line = (name, cells) => console.log(name.padEnd(46) + cells.map((cell) => cell.padStart(25)).join(''));
const both = (values, unit, digits = 1) => values.map((value) => `${value.toFixed(digits)} ${unit}`);

async function costs(stack, relays) {
  let user = 0;
  const ours = client(stack.proxy.port);
  const acts = [
    ['a look-up', stack.proxy.daemon.pid, () => ours('POST', '/api/v1/lookups', { body: { identity: registered.one } })],
    ['a create without an image', stack.proxy.daemon.pid, () => createWith(ours, ++user, registered.another)],
    ['a page of the list', stack.proxy.daemon.pid, () => ours('GET', '/api/v1/certificates')],
    ...relays.map(({ name, pid, port }) => {
      const ask = client(port);
      return [name, pid, () => ask('POST', gatewayPath, { body: gatewayBody })];
    }),
  ];
  const work = acts.map(() => []);
  for (let round = 0; round <= rounds; ++round)
    for (const [i, [, pid, act]] of acts.entries()) work[i].push(await workOfEach(pid, act));
  const medians = work.map((each) => percentile(each.slice(1), 0.5)); // the first round warms up
  acts.forEach(([name], i) => line(`processor time, ${name}`, both([medians[i]], 'us')));
  const ratio = (i) => percentile(work[i].map((value, round) => value / work[3][round]).slice(1), 0.5);
  report('look-up, to nginx', ratio(0), 'x', 4);
  report('create without an image, to nginx', ratio(1), 'x', 15);
}

// What a process has resident at rest, and with connections that have asked once and wait.
async function memoryWith(port, pid, path) {
  const rest = memoryOf(pid);
  const agent = new Agent({ keepAlive: true, maxSockets: idle, maxFreeSockets: idle });
  await Promise.all(Array.from({ length: idle }, () => new Promise((done, fail) => {
    request({ agent, port, path, host: '127.0.0.1' }, (answer) => answer.resume().on('end', done)).on('error', fail).end();
  })));
  const waiting = memoryOf(pid);
  agent.destroy();
  return { rest, more: waiting - rest };
}

function strippedSize(folder, binary) {
  const copy = join(folder, 'stripped');
  copyFileSync(binary, copy);
  execFileSync('strip', [copy]);
  return statSync(copy).size / 1e6;
}

async function restsOf(stack, servers) {
  const memories = [];
  for (const { port, pid, path } of servers) memories.push(await memoryWith(port, pid, path));
  line('resident at rest', both(memories.map(({ rest }) => rest), 'MB'));
  line(`more with ${idle} idle connections`, both(memories.map(({ more }) => more), 'MB'));
  const size = strippedSize(stack.folder, proxyBinary);
  line('program, stripped', both([size, ...['/usr/sbin/nginx', '/usr/sbin/haproxy'].map((file) => statSync(file).size / 1e6)], 'MB'));
  report('resident at rest', memories[0].rest, 'MB', 14);
  report(`more with ${idle} idle connections`, memories[0].more, 'MB', 4);
  report('program, stripped', size, 'MB', 4);
}

// Latency from the moment at which each request is due, whether or not the ones before have been answered. The sandbox has a
// thread for each connection, and not for any number of them: what a relay could not pass on is told.
async function openLoop(port, path, body, perSecond, seconds) {
  const ask = client(port, { maxSockets: Infinity });
  const times = [];
  const asked = [];
  let failed = 0;
  const began = performance.now();
  for (let i = 0; i < perSecond * seconds; ++i) {
    const due = began + i * 1000 / perSecond;
    while (performance.now() < due) await new Promise((next) => setImmediate(next));
    asked.push(ask('POST', path, { body }).then(() => times.push(performance.now() - due), () => ++failed));
  }
  await Promise.all(asked);
  return [0.5, 0.99, 0.999].map((share) => percentile(times, share).toFixed(2)).join(' / ') + (failed ? ` (${failed} failed)` : '');
}

// Requests a second, and the server's processor time of each.
async function saturated({ port, pid }, path, folder, body) {
  const script = join(folder, 'post.lua');
  await writeFile(script, body ? `wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\nwrk.body = ${JSON.stringify(JSON.stringify(body))}\n` : '');
  const before = workOf(pid);
  const told = await new Promise((done, fail) => {
    let text = '';
    const child = spawn('wrk', ['-t1', '-c32', '-d5s', '-s', script, `http://127.0.0.1:${port}${path}`], { env: environment });
    child.stdout.on('data', (part) => (text += part));
    child.once('close', (code) => (code === 0 ? done(text) : fail(new Error(`wrk ended with ${code}`))));
  });
  if (/Non-2xx/.test(told)) throw new Error(told);
  const count = Number(/(\d+) requests in/.exec(told)[1]);
  return `${Number(/Requests\/sec:\s+([\d.]+)/.exec(told)[1]).toFixed(0)}/s, ${((workOf(pid) - before) / count).toFixed(1)} us`;
}

// As the harness started it, on a port that is known before.
async function proxyAgain(stack) {
  await stack.proxy.stop();
  const port = await freePort();
  const args = stack.proxy.daemon.child.spawnargs.slice(1).map((arg) => (arg === '127.0.0.1:0' ? `127.0.0.1:${port}` : arg));
  return () => started(proxyBinary, args, port, '/index.html');
}

async function startOf(start) {
  const times = [];
  for (let i = 0; i < 5; ++i) {
    const server = await start();
    times.push(server.took);
    await server.stop();
  }
  return percentile(times, 0.5);
}

async function unbounded(stack, relays) {
  const startProxy = await proxyAgain(stack);
  const times = [await startOf(startProxy)];
  for (const relay of relays) {
    await relay.stop();
    times.push(await startOf(relay.start));
    Object.assign(relay, await relay.start());
  }
  line('started, until the first answer', both(times, 'ms'));
  const proxy = await startProxy();
  const lookup = { identity: registered.one };
  const calls = [[proxy, '/api/v1/lookups', lookup], ...relays.map((relay) => [relay, gatewayPath, gatewayBody])];
  const latencies = [];
  for (const [{ port }, path, body] of calls) latencies.push(await openLoop(port, path, body, 200, 10));
  line('200 look-ups a second, ms p50 / p99 / p99.9', latencies);
  const most = [];
  for (const [server, path, body] of calls) most.push(await saturated(server, path, stack.folder, body));
  line('look-ups on 32 connections', most);
  for (const path of ['/smartca.js', '/index.html'])
    line(`static ${path}`, [await saturated(proxy, path, stack.folder), await saturated(relays[0], path, stack.folder)]);
  await proxy.stop();
}

const users = Array.from({ length: (rounds + 1) * atOnce }, (_, i) => ({ id: i + 1, code: `U${i + 1}`, name: `Nguyễn Văn ${i + 1}`, phone: '', email: '' }));
const stack = await startStack({ identities: identities(), demoData: { company: {}, users, certificates: [] }, staticDirectory: dist,
  args: ['--requests-per-minute', '0', '--lookups-per-hour', '0', '--creates-per-hour', '0'] });
const relays = [];
try {
  for (const relay of [await nginxOf(stack.folder, stack.sandbox), await haproxyOf(stack.folder, stack.sandbox)])
    relays.push({ ...relay, ...(await relay.start()) });
  line('', ['the proxy', ...relays.map(({ name }) => name)]);
  if (parts.includes('size')) await restsOf(stack, [{ port: stack.proxy.port, pid: stack.proxy.daemon.pid, path: '/index.html' }, ...relays]);
  if (parts.includes('work')) await costs(stack, relays);
  if (parts.includes('time')) await unbounded(stack, relays);
} finally {
  for (const relay of relays) await relay.stop();
  await stack.stop();
}
