// Starts the real binaries for a test: the SmartCA sandbox and the proxy, each on a port the system picks, in a folder of
// their own that is removed again.
//
//   const stack = await startStack();               // or startStack({ proxy: ['--flag'], demoData: false })
//   const answer = await stack.api('GET', 'users?search=an');
//   await stack.sandbox.fault({ mode: 'delay', milliseconds: 500 });
//   await stack.stop();
//
// BUILD=asan runs the binaries of that preset instead of release's.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(fileURLToPath(import.meta.url), '../../..');
const build = join(root, 'build', process.env.BUILD ?? 'release');
export const proxyBinary = join(build, 'proxy/smartca-proxy');
export const sandboxBinary = join(build, 'proxy/sandbox/smartca-sandbox');
export const spId = '4d9c-637000000000000001.apps.signserviceapi.com';
export const spPassword = 'sandbox-sp-password';

// A process that says in a file when, and at which address, it is ready.
export class Daemon {
  constructor(binary, args, { environment = {}, readyFile }) {
    this.output = '';
    this.readyFile = readyFile;
    this.child = spawn(binary, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.exited = new Promise((done) => this.child.once('exit', (code, signal) => done({ code, signal })));
    this.child.stdout.on('data', (data) => (this.output += data));
    this.child.stderr.on('data', (data) => (this.output += data));
  }
  async ready(milliseconds = 30_000) {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      if (existsSync(this.readyFile)) {
        const address = (await readFile(this.readyFile, 'utf8')).trim();
        if (address) return address;
      }
      const ended = await Promise.race([this.exited, new Promise((done) => setTimeout(done, 20, null))]);
      if (ended) throw new Error(`${this.child.spawnfile} ended with ${ended.code ?? ended.signal}:\n${this.output}`);
      if (Date.now() > deadline) throw new Error(`${this.child.spawnfile} is not ready after ${milliseconds} ms:\n${this.output}`);
    }
  }
  async stop(signal = 'SIGTERM') {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(signal);
    return this.exited;
  }
}

export class Sandbox {
  constructor(folder) {
    this.state = join(folder, 'sandbox');
    this.caFile = join(this.state, 'ca.pem');
    this.folder = folder;
  }
  async start(port = 0) {
    const readyFile = join(this.folder, `sandbox-ready-${randomBytes(4).toString('hex')}`);
    const password = join(this.folder, 'sandbox-sp-password');
    await writeFile(password, spPassword, { mode: 0o600 });
    this.daemon = new Daemon(
      sandboxBinary,
      ['--listen', `127.0.0.1:${port}`, '--state', this.state, '--identities', join(root, 'assets/demo/identities.json'),
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
  fault(settings) {
    return this.call('POST', '/sandbox/faults', settings);
  }
  ledger() {
    return this.call('GET', '/sandbox/ledger');
  }
  async call(method, path, body) {
    const ca = await readFile(this.caFile);
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((done, fail) => {
      const request = httpsRequest(
        { host: '127.0.0.1', port: this.port, path, method, ca, agent: false,
          headers: text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } },
        (response) => {
          let data = '';
          response.setEncoding('utf8').on('data', (part) => (data += part)).on('end', () => {
            try {
              done({ status: response.statusCode, body: data ? JSON.parse(data) : null });
            } catch (error) {
              fail(error);
            }
          });
        },
      );
      request.on('error', fail);
      request.end(text);
    });
  }
  stop() {
    return this.daemon.stop();
  }
}

export class Proxy {
  constructor(folder, sandbox) {
    this.folder = folder;
    this.sandbox = sandbox;
    this.database = join(folder, 'registry.sqlite');
    this.keyFile = join(folder, 'registry.key');
    this.spPassword = spPassword;
  }
  async start({ args = [], demoData = true, staticDirectory, environment = {}, smartcaUrl } = {}) {
    const readyFile = join(this.folder, `proxy-ready-${randomBytes(4).toString('hex')}`);
    const idFile = join(this.folder, 'sp-id');
    const passwordFile = join(this.folder, 'sp-password');
    await writeFile(idFile, spId, { mode: 0o600 });
    await writeFile(passwordFile, this.spPassword, { mode: 0o600 });
    if (!existsSync(this.keyFile)) await writeFile(this.keyFile, randomBytes(32).toString('hex'), { mode: 0o600 });
    const port = this.port ?? 0;
    this.daemon = new Daemon(
      proxyBinary,
      ['--listen', `127.0.0.1:${port}`, '--database', this.database, '--key-file', this.keyFile,
        '--smartca-url', smartcaUrl ?? this.sandbox.url, '--smartca-ca-file', this.sandbox.caFile,
        '--smartca-id-file', idFile, '--smartca-password-file', passwordFile, '--ready-file', readyFile,
        ...(demoData ? ['--demo-data', join(root, 'assets/demo/registry.json')] : []),
        ...(staticDirectory ? ['--static-dir', staticDirectory] : []), ...args],
      { readyFile, environment },
    );
    this.address = await this.daemon.ready();
    this.port = Number(this.address.split(':').pop());
    return this;
  }
  get origin() {
    return `http://127.0.0.1:${this.port}`;
  }
  stop(signal) {
    return this.daemon.stop(signal);
  }
}

export async function startStack(options = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'smartca-'));
  const sandbox = await new Sandbox(folder).start();
  let proxy;
  try {
    proxy = await new Proxy(folder, sandbox).start(options);
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
  return {
    folder, sandbox, proxy,
    // Calls the proxy's API; the body is JSON, the answer is {status, headers, body}.
    async api(method, path, body, headers = {}) {
      const response = await fetch(`${proxy.origin}/api/v1/${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.text();
      const json = /json/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
    },
    create(draft, key = randomBytes(16).toString('hex')) {
      return this.api('POST', 'certificates', draft, { 'idempotency-key': key });
    },
    async stop() {
      const ended = await proxy.stop();
      await sandbox.stop();
      await rm(folder, { recursive: true, force: true });
      return ended;
    },
  };
}
