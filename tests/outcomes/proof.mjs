// Creates against the real binaries while everything fails that can: every fault of the sandbox in every call, SIGKILL at
// random moments, and death at each named step of a create (SMARTCA_DIE_AT, proxy/journal/README.md). On PostgreSQL two proxies
// share the database, and the server dies and comes back as well. Each request comes under a session token of its own.
//
//   const report = await prove({ registry: 'econtract', creates: 20_000, seed: 1, say: console.log });
//
// It throws where a promise is broken:
//   - what was acknowledged is on the list, and the acknowledgement is given again, byte for byte;
//   - nothing is added twice: no certificate is sent to the portal again once an add of it was carried out, and none
//     stands on the list twice;
//   - who was told that nothing was created is right, and can create it with a new key;
//   - nothing is answered "on the list already" that the create itself has put there;
//   - the events tell each create that was acknowledged once, and leave none pending;
//   - 60 seconds after the last fault nothing is unknown.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshKey, mortalBinary, Proxy, sleep, startStack } from '../scenario/harness.mjs';
import { citizens, identities } from '../scenario/people.mjs';
import { startPostgres } from '../scenario/postgres.mjs';
import { bearer, makePortal } from '../scenario/tokens.mjs';

// Every mode of the sandbox (proxy/sandbox/faults.h) that is over by itself.
const modes = ['delay', 'drop', 'dropUndone', 'reset', 'resetInBody', 'hang', 'truncated', 'garbage', 'html502', 'busy', 'redirect',
  'status500', 'status403', 'errorsAsHttp200', 'wrongContentType', 'hugeBody', 'deepJson', 'invalidUtf8', 'duplicateKeys', 'chunked',
  'legacyZero', 'emptyData', 'nullData', 'wrapped'];
const phases = {
  sqlite: ['/sca/'],
  postgresql: ['/sca/'],
  // The add counts more than once: there it matters most.
  econtract: ['/sca/', '/api/users/smart-ca/add', '/api/users/smart-ca/add', '/api/users/smart-ca/add', '/api/users/', '/api/auth/'],
};
const states = { sqlite: ['received', 'created'], postgresql: ['received', 'created'], econtract: ['received', 'intent', 'sent', 'unknown', 'created', 'rejected'] };

// mulberry32
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

class Proof {
  constructor({ registry, creates, seed, atOnce = 16, quiet = 400, say = () => {} }) {
    Object.assign(this, { registry, creates, atOnce, quiet, say });
    this.random = randomFrom(seed);
    this.portal = makePortal();
    this.serverToken = 's'.repeat(40);
    this.report = { acknowledged: 0, pending: 0, refused: 0, notCreated: 0, randomKills: 0, serverDeaths: 0, deaths: {}, faults: {}, attempts: 0, adds: 0 };
    this.executed = new Map(); // "user serial" to how many adds of it were carried out
    this.done = [];
    this.stopping = false;
  }
  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }
  anyProxy() {
    return this.proxies.length > 1 ? this.pick(this.proxies) : this.proxies[0];
  }

  // As a person of each user's own, under a renewed token each time, which must make no difference.
  ask(user, method, path, body, key) {
    return this.anyProxy().api(method, path, body, { ...this.portal.headers({ sub: `of ${user}`, jti: freshKey() }), ...(key ? { 'idempotency-key': key } : {}) });
  }
  create({ user, identity, key }) {
    return this.ask(user, 'POST', 'certificates', { userId: user, identity, serial: '', businessAccount: null }, key);
  }

  async start() {
    // No user appears twice within a thousand creates, so that few wait for one another.
    const users = Array.from({ length: Math.min(1000, this.creates) }, (_, i) => (
      { id: i + 1, code: `NV${i + 1}`, name: `Người ${i + 1}`, phone: String(912_000_001 + i), email: `nv${i + 1}@example.vn` }));
    const people = citizens(Math.ceil(this.creates / users.length));
    this.queue = Array.from({ length: this.creates }, (_, i) => ({
      user: users[i % users.length].id, identity: people[Math.floor(i / users.length)], key: freshKey(), notBefore: 0 }));
    const portal = this.registry === 'econtract' ? { portal: {}, portalPlan: { users }, demoData: false } : { demoData: { company: {}, users, certificates: [] } };
    if (this.registry === 'postgresql') this.postgres = await startPostgres();
    this.secrets = await mkdtemp(join(tmpdir(), 'smartca-outcomes-'));
    const [keys, tokens] = ['keys', 'tokens'].map((name) => join(this.secrets, name));
    await writeFile(keys, this.portal.keySet(), { mode: 0o600 });
    await writeFile(tokens, this.serverToken, { mode: 0o600 });
    this.options = { binary: mortalBinary, ...portal, ...(this.postgres ? { database: this.postgres.url } : {}), args: ['--auth', 'bearer', '--session-keys-file', keys, '--auth-token-file', tokens, '--requests-per-minute', '0', '--creates-per-hour', '0', '--smartca-timeout-ms', '1500', ...(portal.portal ? ['--econtract-timeout-ms', '1500'] : [])] };
    this.stack = await startStack({ identities: identities(people), ...this.options });
    this.proxies = [this.stack.proxy];
    if (this.postgres) this.proxies.push(await new Proxy(this.stack.folder, this.stack.sandbox, '-second').start(this.options));
  }

  // One attempt. A create that is over has `answer`; one to be asked about later has `pending` or just `notBefore`.
  async attempt(create) {
    ++this.report.attempts;
    const again = (milliseconds) => (create.notBefore = Date.now() + milliseconds);
    const answer = await (create.pending
      ? this.ask(create.user, 'GET', `creates/${create.pending}`)
      : this.create(create)
    ).catch(() => null);
    if (!answer) return again(100);
    const { status, body } = answer;
    if (status === 202) {
      if (!create.pending) ++this.report.pending;
      create.pending = body.id;
      return again(500);
    }
    delete create.pending;
    if (status === 201) {
      assert.equal(body.added.length, 1, JSON.stringify(body));
      assert.deepEqual(body.alreadyOnList, [], 'what the create itself has added is told as there already');
      create.answer = body;
      ++this.report.acknowledged;
      this.done.push(create);
      return;
    }
    assert.notEqual(status, 200, `told that all was there already: ${JSON.stringify({ create, body })}`);
    if (body?.code === 'notCreated' || body?.code === 'portalRefused') {
      ++this.report[body.code === 'notCreated' ? 'notCreated' : 'refused'];
      create.key = freshKey();
    }
    again(status === 409 ? 300 : 30);
  }

  // Takes turns over the queue until it is empty, or until nothing may be begun any more.
  async work(until = () => false) {
    const worker = async () => {
      while (this.queue.length > 0 && !until()) {
        const now = Date.now();
        const next = this.queue.findIndex((create) => create.notBefore <= now);
        if (next < 0) {
          await sleep(20);
          continue;
        }
        const [create] = this.queue.splice(next, 1);
        await this.attempt(create);
        if (!create.answer) this.queue.push(create);
      }
    };
    await Promise.all(Array.from({ length: this.atOnce }, worker));
  }

  async breakThings() {
    while (!this.stopping) {
      await sleep(20 + this.random() * 150);
      if (this.stopping || this.calm) continue;
      const path = this.pick(phases[this.registry]);
      // A log-in that is refused is not tried again until the password changes: that would end the run, not test it.
      const mode = this.pick(path === '/api/auth/' ? modes.filter((each) => each !== 'status403') : modes);
      await this.stack.sandbox.fault({ mode, path, count: 1 + Math.floor(this.random() * 6),
        ...(mode === 'delay' ? { milliseconds: Math.floor(this.random() * 1800) } : {}), ...(mode === 'hugeBody' ? { size: 6 << 20 } : {}) });
    }
  }

  // Kills, and starts again what has died; every other life ends at a named step, if it is reached.
  async kill(proxy) {
    const steps = states[this.registry].flatMap((state) => [`before-${state}`, `after-${state}`]);
    const first = Math.floor(this.random() * 1000);
    let acknowledged = 0;
    let inVain = 0; // lives in a row
    for (let life = first; !this.stopping; ++life) {
      // The first one is killed after a tenth of the creates, so that a short run has a death in it, too.
      const step = life % 5 === 4 || life === first ? '' : steps[life % steps.length];
      // To give up on an add takes twenty seconds in one life. When all that is left waits for that, one life is long enough.
      if (inVain >= 5) await this.live(proxy, '', 30_000);
      if (this.stopping) return;
      inVain = this.report.acknowledged > acknowledged ? 0 : (inVain + 1) % 6;
      acknowledged = this.report.acknowledged;
      const [longest, most] = /rejected/.test(step) ? [30_000, 1] : /unknown/.test(step) ? [8_000, 3] : [4_000, 25];
      const often = 1 + Math.floor(this.random() * most);
      const enough = () => life === first && this.report.acknowledged >= this.creates / 10;
      await this.live(proxy, step && `${step}:${often}`, 500 + this.random() * longest, enough);
    }
  }

  // One life of a proxy: until it dies at that step, or is killed after that time or when `enough` says so.
  async live(proxy, dieAt, milliseconds, enough) {
    // It may be dead before it is ready.
    await proxy.start({ ...this.options, environment: { SMARTCA_DIE_AT: dieAt } }).catch(() => {});
    const died = await Promise.race([proxy.daemon.exited, this.until(milliseconds, enough)]);
    if (this.postgres && died?.code === 2) {
      // It was to start while the server was away, and said so.
      assert.match(proxy.daemon.output, /--(database|demo-data): /);
      await sleep(200);
    } else if (died) {
      assert.equal(died.signal, 'SIGKILL', `the proxy ended with ${JSON.stringify(died)}:\n${proxy.daemon.output.slice(-3000)}`);
      const step = dieAt.split(':')[0];
      this.report.deaths[step] = (this.report.deaths[step] ?? 0) + 1;
    } else if (!this.stopping) {
      ++this.report.randomKills;
      await proxy.stop('SIGKILL');
    }
  }

  async killServer() {
    while (!this.stopping) {
      await this.until(1500 + this.random() * 4000);
      if (this.stopping) return;
      ++this.report.serverDeaths;
      await this.postgres.down(this.random() < 0.7 ? 'immediate' : 'fast');
      await this.until(this.random() * 1000);
      await this.postgres.up();
    }
  }
  // Nothing, after that time, when `enough` says so or when all is to stop.
  async until(milliseconds, enough = () => false) {
    for (const end = Date.now() + milliseconds; Date.now() < end && !this.stopping && !enough();) await sleep(20);
  }

  // What the portal was asked to add since the last look. Only while no create is on its way.
  async readLedger() {
    if (this.registry !== 'econtract') return;
    const { body } = await this.stack.sandbox.call('GET', '/sandbox/econtract/ledger');
    assert.ok(body.entries.length < 10_000, 'the ledger has forgotten something');
    await this.stack.sandbox.call('DELETE', '/sandbox/econtract/ledger');
    for (const entry of body.entries.filter((each) => each.path.endsWith('/smart-ca/add'))) {
      ++this.report.adds;
      if (!entry.success) continue;
      const name = `${entry.userId} ${entry.userName}`;
      this.executed.set(name, (this.executed.get(name) ?? 0) + 1);
      assert.equal(this.executed.get(name), 1, `carried out twice: ${JSON.stringify(entry)}`);
      assert.equal(entry.added.length, 1, `sent again although it was there: ${JSON.stringify(entry)}`);
    }
  }

  async run() {
    const chaos = [this.breakThings()];
    for (const proxy of this.proxies) {
      await proxy.stop('SIGKILL');
      chaos.push(this.kill(proxy));
    }
    if (this.postgres) chaos.push(this.killServer());
    let told = Date.now();
    while (this.queue.some((create) => !create.pending)) {
      const stop = this.report.attempts + this.quiet;
      await this.work(() => this.report.attempts >= stop);
      // Lets go of what hangs, so that the ledger holds all there is.
      this.calm = true;
      await this.stack.sandbox.fault({ mode: 'none' });
      await sleep(50);
      await this.readLedger();
      this.calm = false;
      if (Date.now() - told < 15_000) continue;
      told = Date.now();
      this.say(`${this.registry}: ${this.report.acknowledged} of ${this.creates} acknowledged, ${this.queue.filter((create) => create.pending).length} not known yet, ${Object.values(this.report.deaths).reduce((a, b) => a + b, this.report.randomKills)} kills`);
    }
    this.stopping = true;
    await Promise.all(chaos);
    for (const proxy of this.proxies) await proxy.stop('SIGKILL');
    await this.stack.sandbox.fault({ mode: 'none' });
    for (const proxy of this.proxies) await proxy.start(this.options);
    const ended = Date.now();
    this.report.openAtTheEnd = this.queue.length;
    while (this.queue.length > 0) {
      // Who is told "not created" only now creates again: that is a new create, without any fault.
      assert.ok(Date.now() - ended < 60_000 || !this.queue.some((create) => create.pending), 'something is still unknown after 60 s');
      const stop = this.report.attempts + this.quiet;
      await this.work(() => this.report.attempts >= stop);
      await this.readLedger();
    }
    this.report.lastKnownAfterSeconds = Math.round((Date.now() - ended) / 100) / 10;
    await this.check();
    return this.report;
  }

  async check() {
    this.report.faults = (await this.stack.sandbox.call('GET', '/sandbox/faults')).body.faults;
    assert.equal(this.done.length, this.creates);
    const promised = new Map();
    for (const create of this.done) promised.set(create.user, [...(promised.get(create.user) ?? []), create]);
    for (const [user, creates] of promised) {
      const { body } = await this.ask(user, 'GET', `certificates?userId=${user}&pageSize=100`);
      const listed = body.items.map((row) => `${row.id} ${row.serial}`).sort();
      const acknowledged = creates.map(({ answer: { added: [row] } }) => `${row.id} ${row.serial}`).sort();
      assert.deepEqual(listed, acknowledged, `the list of user ${user} is not what was acknowledged`);
      assert.equal(new Set(body.items.map((row) => row.serial)).size, listed.length, `a serial is on the list of user ${user} twice`);
    }
    if (this.registry === 'econtract') assert.equal(this.executed.size, this.creates, 'the portal has carried out something else');
    const sample = this.done.filter(() => this.random() < Math.min(1, 1000 / this.done.length));
    for (const create of sample) {
      const again = await this.create(create);
      assert.deepEqual([again.status, again.body, again.headers.get('idempotency-replayed')], [201, create.answer, 'true']);
    }
    this.report.replayed = sample.length;
    await this.checkEvents();
  }

  async checkEvents() {
    const attached = [];
    const lastOf = new Map();
    for (let query = '', more = true; more;) {
      const { status, body } = await this.anyProxy().api('GET', `events${query}`, undefined, bearer(this.serverToken));
      assert.equal(status, 200, JSON.stringify(body));
      for (const event of body.events) {
        if (event.type === 'create.attached') attached.push(...event.certificateIds.map((id, i) => `${event.userId} ${id} ${event.serials[i]}`));
        lastOf.set(event.createId, event);
      }
      ({ more } = body);
      query = `?after=${body.cursor}`;
    }
    assert.deepEqual(attached.sort(), this.done.map(({ user, answer: { added: [row] } }) => `${user} ${row.id} ${row.serial}`).sort(), 'the events tell something else');
    assert.deepEqual([...lastOf.values()].filter(({ type }) => type === 'create.pending'), [], 'the events leave something pending');
    this.report.told = attached.length;
  }
}

export async function prove(options) {
  const proof = new Proof(options);
  try {
    await proof.start();
    return await proof.run();
  } finally {
    proof.stopping = true;
    for (const proxy of proof.proxies?.slice(1) ?? []) await proxy.stop();
    await proof.stack?.stop();
    await proof.postgres?.remove();
    if (proof.secrets) await rm(proof.secrets, { recursive: true });
  }
}
