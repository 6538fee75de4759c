// Starts the real binaries for a test: the SmartCA sandbox and the proxy, each on a port the system picks, in a folder of
// their own that is removed again.
//
//   const stack = await startStack();               // or startStack({ args: ['--flag'], demoData: false })
//   const answer = await stack.api('GET', 'users?search=an');
//   await stack.sandbox.fault({ mode: 'delay', milliseconds: 500 });
//   await stack.stop();
//
// Options of startStack: those of Proxy.start(), and `identities`, who is registered at the sandbox (a file's path, or the
// object that such a file would hold; default: the demo's). With `portal`, the proxy's registry is the sandbox's eContract:
// `portal: {}`, or { username, password, company, login: 'v1' | 'v2', fieldMap: {…} }; `portalPlan` is what the
// sandbox's portal starts with (the object that such a file would hold; default: the demo's). `answers` is a file of stored
// answers for it ('tests/cases/smartca-answers.json'). `verify` has the proxy verify subscribers' certificates against the
// sandbox's authorities. `database` is a file, or a URL as postgres.mjs has it.
//
// BUILD=asan runs the binaries of that preset instead of release's.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(fileURLToPath(import.meta.url), '../../..');
const build = join(root, 'build', process.env.BUILD ?? 'release');
export const proxyBinary = join(build, 'proxy/smartca-proxy');
export const mortalBinary = join(build, 'proxy/smartca-proxy-mortal'); // with -DSMARTCA_DIE_AT=ON
export const sandboxBinary = join(build, 'proxy/sandbox/smartca-sandbox');
export const spId = '4d9c-637000000000000001.apps.signserviceapi.com';
export const spPassword = 'sandbox-sp-password';
export const portalUsername = 'api@econtract.example.vn';
export const portalPassword = 'sandbox-econtract-password';

export const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
// Waits until the condition holds, and fails where it does not for so long; its value is what the condition gave.
export async function until(condition, milliseconds = 60_000) {
  for (const deadline = Date.now() + milliseconds; ; await sleep(10)) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`does not hold after ${milliseconds} ms: ${condition}`);
  }
}
export const freshKey = () => randomBytes(16).toString('hex');

// A test that throws must not leave its processes behind.
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

// A process that says in a file when, and at which address, it is ready.
export class Daemon {
  constructor(binary, args, { environment = {}, readyFile }) {
    this.output = '';
    this.readyFile = readyFile;
    this.child = spawn(binary, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(this.child);
    this.exited = new Promise((done) => {
      this.child.once('error', (error) => done({ error }));
      this.child.once('close', (code, signal) => done({ code, signal }));
    }).finally(() => running.delete(this.child));
    this.child.stdout.setEncoding('utf8').on('data', (data) => (this.output += data));
    this.child.stderr.setEncoding('utf8').on('data', (data) => (this.output += data));
  }
  get pid() {
    return this.child.pid;
  }
  get alive() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }
  async ready(milliseconds = 30_000) {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      if (existsSync(this.readyFile)) {
        const address = (await readFile(this.readyFile, 'utf8')).trim();
        if (address) return address;
      }
      const ended = await Promise.race([this.exited, sleep(10)]);
      if (ended) throw new Error(`${this.child.spawnfile} ended with ${ended.error ?? ended.code ?? ended.signal}:\n${this.output}`);
      if (Date.now() > deadline) {
        this.child.kill('SIGKILL');
        throw new Error(`${this.child.spawnfile} is not ready after ${milliseconds} ms:\n${this.output}`);
      }
    }
  }
  async stop(signal = 'SIGTERM') {
    if (this.alive) this.child.kill(signal);
    return this.exited;
  }
}

// One request on a connection of its own, so that no pool hands out one whose server has gone. The body is a text or bytes;
// the answer is {status, headers, text}.
export function exchange(request, { method = 'GET', url, headers = {}, body, ca, signal } = {}) {
  return new Promise((done, fail) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const outgoing = request(url, { method, ca, signal, agent: false, headers: { ...length, ...headers } }, (response) => {
      const parts = [];
      response.on('error', fail).on('data', (part) => parts.push(part));
      response.on('end', () =>
        done({ status: response.statusCode, headers: new Headers(flat(response.headers)), text: Buffer.concat(parts).toString() }));
    });
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}
const flat = (headers) => Object.entries(headers).map(([name, value]) => [name, String(value)]);

export class Sandbox {
  constructor(folder, { identities = join(root, 'assets/demo/identities.json'), portalPlan, answers } = {}) {
    this.state = join(folder, 'sandbox');
    this.caFile = join(this.state, 'ca.pem');
    this.subscriberCaFile = join(this.state, 'subscriber-ca.pem');
    this.folder = folder;
    this.identities = identities;
    this.portalPlan = portalPlan;
    this.answers = answers;
  }
  async start(port = 0) {
    const readyFile = join(this.folder, `sandbox-ready-${freshKey()}`);
    const password = join(this.folder, 'sandbox-sp-password');
    await writeFile(password, spPassword, { mode: 0o600 });
    if (typeof this.identities === 'object') {
      const file = join(this.folder, 'identities.json');
      await writeFile(file, JSON.stringify(this.identities));
      this.identities = file;
    }
    const portalFile = join(this.folder, 'portal.json');
    if (this.portalPlan) await writeFile(portalFile, JSON.stringify(this.portalPlan));
    this.daemon = new Daemon(
      sandboxBinary,
      [...(this.portalPlan ? ['--portal', portalFile] : []), ...(this.answers ? ['--answers', join(root, this.answers)] : []),
        '--listen', `127.0.0.1:${port}`, '--state', this.state, '--identities', this.identities,
        '--sp-id', spId, '--sp-password-file', password, '--ready-file', readyFile],
      { readyFile },
    );
    this.address = await this.daemon.ready();
    this.port = Number(this.address.split(':').pop());
    return this;
  }
  get url() {
    return `https://127.0.0.1:${this.port}/sca/sp769`;
  }
  // Makes the next answers misbehave; {mode: 'none'} ends it.
  async fault(settings) {
    const answer = await this.call('POST', '/sandbox/faults', settings);
    if (answer.status !== 200) throw new Error(`the sandbox refuses ${JSON.stringify(settings)}: ${JSON.stringify(answer.body)}`);
    return answer;
  }
  ledger() {
    return this.call('GET', '/sandbox/ledger');
  }
  // What the portal counts and does differently; with settings it changes that: { staleReads: 1 }.
  async portal(settings) {
    const answer = await this.call(settings ? 'POST' : 'GET', '/sandbox/econtract', settings);
    if (answer.status !== 200) throw new Error(`the sandbox refuses ${JSON.stringify(settings)}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
  // What the portal was asked, oldest first; of paths that end so.
  async asked(path = '') {
    const { body } = await this.call('GET', '/sandbox/econtract/ledger');
    return body.entries.filter((entry) => entry.path.endsWith(path));
  }
  // Asks the gateway as the proxy does: all certificates of an identity, as the wire has them.
  async certificatesOf(identity) {
    const answer = await this.call('POST', '/sca/sp769/v1/credentials/get_certificate',
      { sp_id: spId, sp_password: spPassword, user_id: identity, serial_number: '', transaction_id: freshKey() });
    return answer.body.data?.user_certificates ?? [];
  }
  async call(method, path, body) {
    const answer = await exchange(httpsRequest, {
      method, url: `https://127.0.0.1:${this.port}${path}`, ca: await readFile(this.caFile),
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: answer.status, body: answer.text ? JSON.parse(answer.text) : null };
  }
  stop() {
    return this.daemon.stop();
  }
}

export class Proxy {
  // Proxies in one folder have the same key file and each, by its name, files of their own for the rest.
  constructor(folder, sandbox, name = '') {
    this.folder = folder;
    this.sandbox = sandbox;
    this.name = name;
    this.database = join(folder, 'registry.sqlite');
    this.keyFile = join(folder, 'registry.key');
    this.idFile = join(folder, `sp-id${name}`);
    this.passwordFile = join(folder, `sp-password${name}`);
    this.spPassword = spPassword;
    this.log = '';
  }
  // `before`: arguments of a `binary` that runs the proxy. `demoData`: true, false, or the object that such a file would hold. A second start() keeps the port and the database.
  async start({ binary = proxyBinary, before = [], args = [], demoData = true, staticDirectory, environment = {}, smartcaUrl, caFile, portal, verify, database = this.database } = {}) {
    const readyFile = join(this.folder, `proxy-ready-${freshKey()}`);
    await writeFile(this.idFile, spId, { mode: 0o600 });
    await writeFile(this.passwordFile, this.spPassword, { mode: 0o600 });
    if (!existsSync(this.keyFile)) await writeFile(this.keyFile, randomBytes(32).toString('hex'), { mode: 0o600 });
    let demoFile = join(root, 'assets/demo/registry.json');
    if (typeof demoData === 'object') {
      demoFile = join(this.folder, `registry${this.name}.json`);
      await writeFile(demoFile, JSON.stringify(demoData));
    }
    const port = this.port ?? 0;
    this.log += this.daemon?.output ?? '';
    this.daemon = new Daemon(
      binary,
      [...before, '--listen', `127.0.0.1:${port}`, '--drain-delay-ms', '0', '--database', database, '--key-file', this.keyFile,
        '--smartca-url', smartcaUrl ?? this.sandbox.url, '--smartca-ca-file', caFile ?? this.sandbox.caFile,
        '--smartca-id-file', this.idFile, '--smartca-password-file', this.passwordFile, '--ready-file', readyFile,
        ...(demoData ? ['--demo-data', demoFile] : []), ...(verify ? ['--subscriber-ca-file', this.sandbox.subscriberCaFile] : []),
        ...(staticDirectory ? ['--static-dir', staticDirectory] : []), ...(portal ? await this.portalArguments(portal) : []), ...args],
      { readyFile, environment },
    );
    this.address = await this.daemon.ready();
    this.port = Number(this.address.split(':').pop());
    return this;
  }
  async portalArguments({ username = portalUsername, password = portalPassword, company = 101, login = 'v1', fieldMap }) {
    this.portalPasswordFile = join(this.folder, 'portal-password');
    await writeFile(join(this.folder, 'portal-username'), username, { mode: 0o600 });
    await writeFile(this.portalPasswordFile, password, { mode: 0o600 });
    if (fieldMap) await writeFile(join(this.folder, 'field-map.json'), JSON.stringify(fieldMap));
    return ['--registry', 'econtract', '--econtract-url', `https://127.0.0.1:${this.sandbox.port}`,
      '--econtract-ca-file', this.sandbox.caFile, '--econtract-username-file', join(this.folder, 'portal-username'),
      '--econtract-password-file', this.portalPasswordFile, '--econtract-login', login,
      ...(company ? ['--econtract-company', String(company)] : []),
      ...(fieldMap ? ['--econtract-field-map', join(this.folder, 'field-map.json')] : [])];
  }
  get origin() {
    return `http://127.0.0.1:${this.port}`;
  }
  // Calls the API; the body is JSON (a text is sent as it is), the answer is {status, headers, body}.
  async api(method, path, body, headers = {}) {
    const answer = await exchange(httpRequest, {
      method, url: `${this.origin}/api/v1/${path}`,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const json = /json/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, headers: answer.headers, body: json && answer.text ? JSON.parse(answer.text) : answer.text };
  }
  create(draft, key = freshKey()) {
    return this.api('POST', 'certificates', draft, { 'idempotency-key': key });
  }
  // All that it ever said, over restarts.
  get said() {
    return this.log + this.daemon.output;
  }
  stop(signal) {
    return this.daemon.stop(signal);
  }
}

export async function startStack({ identities, portalPlan, answers, ...options } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'smartca-'));
  const sandbox = await new Sandbox(folder, { identities, portalPlan, answers }).start();
  const proxy = new Proxy(folder, sandbox);
  try {
    await proxy.start(options);
  } catch (error) {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    folder, sandbox, proxy,
    api: (...call) => proxy.api(...call),
    create: (...call) => proxy.create(...call),
    async stop() {
      const ended = await proxy.stop();
      await sandbox.stop();
      await rm(folder, { recursive: true, force: true });
      return ended;
    },
  };
}
