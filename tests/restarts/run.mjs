// Restarts two proxies in turn behind nginx, HAProxy and Caddy while clients ask without a pause, and counts requests that fail.
// Then puts new values into a secret file of a proxy that is asked all the while, and into the file of the authorities that it
// trusts at SmartCA. The balancers' files are the ones that the operator's manual shows.
//
//   node tests/restarts/run.mjs [RESTARTS] [ROTATIONS]        default: 100 and 1000
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Proxy, exchange, root, startStack, until } from '../scenario/harness.mjs';
import { identities, registered } from '../scenario/people.mjs';

const restarts = Number(process.argv[2] ?? 100);
const rotations = Number(process.argv[3] ?? 1000);
const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

// Sixteen clients that ask, and ask again, reading and changing by turns; what they count is in the value.
function load(port, headersNow = () => ({})) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const tally = { answered: 0, failures: [], going: true, rounds: Array(16).fill(0) };
  const lookup = JSON.stringify({ identity: registered.one });
  const ask = (post) => new Promise((done) => {
    const headers = { ...headersNow(), ...(post ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(lookup) } : {}) };
    const outgoing = request({ agent, port, host: '127.0.0.1', method: post ? 'POST' : 'GET', path: `/api/v1/${post ? 'lookups' : 'session'}`, headers },
      (answer) => answer.resume().on('end', () => done(answer.statusCode === 200 ? undefined : `${post ? 'POST' : 'GET'} ${answer.statusCode}`)));
    outgoing.on('error', (error) => done(`${post ? 'POST' : 'GET'} ${error.code}`)).end(post ? lookup : undefined);
  });
  const client = async (number) => {
    for (let i = number; tally.going; ++i) {
      const failure = await ask(i % 2 === 1);
      if (failure) tally.failures.push(failure);
      else ++tally.answered;
      ++tally.rounds[number];
    }
  };
  const clients = Array.from({ length: 16 }, (_, number) => client(number));
  tally.end = async () => {
    tally.going = false;
    await Promise.all(clients);
    agent.destroy();
  };
  return tally;
}

// Caddy's own port for its administrator is everybody's on this machine.
const balancers = {
  nginx: { file: 'nginx.conf', args: (file, folder) => ['-c', file, '-p', folder, '-e', 'stderr', '-g', `daemon off; pid ${folder}/nginx.pid;`] },
  haproxy: { file: 'haproxy.cfg', args: (file) => ['-f', file, '-db'] },
  caddy: { file: 'Caddyfile', args: (file) => ['run', '--config', file, '--adapter', 'caddyfile'] },
};

async function behind(balancer, stack, proxies) {
  const port = await freePort();
  const file = join(stack.folder, balancers[balancer].file);
  const text = (await readFile(join(root, 'assets/balancers', balancers[balancer].file), 'utf8'))
    .replace('listen 443 ssl', `listen 127.0.0.1:${port}`)
    .replace(/bind :443 ssl crt \S+/, `bind 127.0.0.1:${port}`)
    .replace(/^portal.example.vn/m, `http://:${port}`)
    .replace(/^ *ssl_certificate.*$/gm, '')
    .replaceAll(/127\.0\.0\.1:8080/g, proxies[0].address)
    .replaceAll(/127\.0\.0\.(1:8090|2:8080)/g, proxies[1].address)
    .replaceAll(/port 80[89]1/g, `port ${opsPort}`);
  await writeFile(file, text);
  const child = spawn(balancer, balancers[balancer].args(file, stack.folder),
    { stdio: 'ignore', env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin`, XDG_DATA_HOME: stack.folder, XDG_CONFIG_HOME: stack.folder } });
  const ended = new Promise((done) => child.once('close', done));
  process.on('exit', () => child.kill('SIGKILL')); // also where something below throws
  await until(() => exchange(request, { url: `http://127.0.0.1:${port}/api/v1/session` }).then((answer) => answer.status === 200, () => false), 10_000);

  const tally = load(port);
  for (let i = 0; i < restarts; ++i) {
    const proxy = proxies[i % 2];
    await proxy.stop();
    await proxy.begin();
    await until(() => proxy.daemon.output.includes('"event":"request"'), 10_000); // the balancer asks it again
  }
  await tally.end();
  child.kill('SIGTERM');
  await ended;
  return tally;
}

// Puts new values into a file of a proxy that is asked all the while. SIGHUP has it look at its files at once.
async function rotate(stack, file, freshText, headersNow) {
  const { proxy } = stack;
  // Counted as it comes: whoever goes through all of it again and again reads the log too late, and it leaves lines out.
  let replaced = 0;
  let line = '';
  const count = (data) => {
    const lines = (line + data).split('\n');
    line = lines.pop();
    replaced += lines.filter((each) => each.includes('"secretReplaced"')).length;
  };
  proxy.daemon.child.stdout.on('data', count);
  const tally = load(proxy.port, headersNow);
  for (let i = 1; i <= rotations; ++i) {
    const { text, inUse } = await freshText();
    await writeFile(`${file}.new`, text, { mode: 0o600 });
    await rename(`${file}.new`, file);
    proxy.daemon.child.kill('SIGHUP');
    await until(() => replaced >= i, 10_000);
    inUse?.();
    const rounds = [...tally.rounds]; // whoever asks with the old one has its answer before that is forgotten
    await until(() => tally.rounds.every((round, number) => round > rounds[number]), 10_000);
  }
  proxy.daemon.child.stdout.off('data', count);
  await tally.end();
  return tally;
}

async function rotateAll(stack) {
  const tokens = join(stack.folder, 'tokens');
  let current = randomBytes(24).toString('hex');
  await writeFile(tokens, current, { mode: 0o600 });
  await stack.proxy.stop();
  await stack.proxy.start({ args: ['--auth', 'bearer', '--auth-token-file', tokens, '--upstream-workers', '4'] });
  const headersNow = () => ({ authorization: `Bearer ${current}` });
  const freshToken = () => {
    const next = randomBytes(24).toString('hex');
    // The old one counts until every client has the new one.
    return { text: `${current}\n${next}`, inUse: () => (current = next) };
  };
  report(`${rotations} new values of a secret`, await rotate(stack, tokens, freshToken, headersNow));
  const authorities = await readFile(stack.sandbox.caFile, 'utf8');
  const freshAuthorities = async () => {
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '/dev/null', '-subj', '/CN=Another root', '-days', '2'];
    return { text: authorities + (await promisify(execFile)('openssl', args)).stdout };
  };
  report(`${rotations} new authorities to trust at SmartCA`, await rotate(stack, stack.sandbox.caFile, freshAuthorities, headersNow));
}

const stack = await startStack({ identities: identities() });
let failed = 0;
const report = (what, tally) => {
  failed += tally.failures.length;
  const kinds = [...new Set(tally.failures)].join(', ');
  for (const proxy of [...proxies, stack.proxy]) for (const line of proxy.said.split('\n')) if (/"status":5/.test(line)) console.log(line);
  console.log(`${what}: ${tally.answered} requests answered, ${tally.failures.length} failed${kinds && ` (${kinds})`}`);
};
// Each has an address of its own: Caddy asks both at one port whether they are ready.
const proxies = [];
const opsPort = await freePort();
for (const [name, host] of [['one', '127.0.0.1'], ['two', '127.0.0.2']]) {
  const folder = join(stack.folder, name);
  await mkdir(folder);
  const proxy = new Proxy(folder, stack.sandbox, name);
  // Few connections upstream: the sandbox has a thread for each.
  const args = () => ['--listen', `${host}:${proxy.port ?? 0}`, '--ops-listen', `${host}:${opsPort}`, '--drain-delay-ms', '1000', '--upstream-workers', '4'];
  proxy.begin = () => proxy.start({ args: args() });
  proxies.push(await proxy.begin());
}
try {
  if (restarts > 0) for (const balancer of Object.keys(balancers)) report(`${restarts} restarts behind ${balancer}`, await behind(balancer, stack, proxies));
  if (rotations > 0) await rotateAll(stack);
} finally {
  for (const proxy of proxies) await proxy.stop();
  await stack.stop();
}
process.exitCode = failed === 0 ? 0 : 1;
