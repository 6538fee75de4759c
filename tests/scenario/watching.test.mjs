// What an operator is told of what goes wrong: an event in the log, a metric, and a reason at /readyz where nothing can be served.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertCreated, assertProblem, draftFor, freeUsers } from './expect.mjs';
import { exchange, root, startStack, until } from './harness.mjs';
import { citizens, identities, registered } from './people.mjs';
import { converse, requestOf } from './wire.mjs';

const args = ['--ops-listen', '127.0.0.1:0', '--maximum-connections', '16', '--smartca-timeout-ms', '200'];
let stack;
before(async () => (stack = await startStack({ identities: identities(), args })));
after(() => stack.stop());

const events = (of = stack) => of.proxy.said.split('\n').filter(Boolean).map((line) => JSON.parse(line));
const ops = async (path, of = stack) => {
  const address = events(of).findLast((line) => line.event === 'opsListening').text;
  const answer = await exchange(request, { url: `http://${address}${path}` });
  return { status: answer.status, text: answer.text };
};
const metric = async (name, of) => Number(new RegExp(`^${name.replace(/[{}"]/g, '\\$&')} (\\S+)$`, 'm').exec((await ops('/metrics', of)).text)?.[1]);

test('a refused request tells the log why, in the trace that it came with', async () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  await converse(stack.proxy.port, requestOf('GET /api/v1/nowhere', ['X-Request-Id: astray', `traceparent: 00-${trace}-00f067aa0ba902b7-01`, 'Connection: close']));
  const line = await until(() => events().find((each) => each.id === 'astray'));
  assert.equal(line.reason, 'There is nothing at this path.');
  assert.equal(line.trace, trace);
});

test('connections that had to make room are told and counted', async () => {
  const silent = Array.from({ length: 24 }, () => connect(stack.proxy.port, '127.0.0.1').on('error', () => {}));
  await until(() => events().some((line) => line.event === 'connectionsFull'));
  assert.ok((await metric('smartca_pressure_total{kind="madeRoom"}')) >= 8);
  silent.forEach((socket) => socket.destroy());
});

test('descriptors that are all taken are told, and clients are served again when there are some', async () => {
  const { pid } = stack.proxy.daemon;
  const limit = (soft) => execFileSync('prlimit', ['--pid', String(pid), `--nofile=${soft}:`]);
  const before = /Max open files +(\d+)/.exec(await readFile(`/proc/${pid}/limits`, 'utf8'))[1];
  limit((await readdir(`/proc/${pid}/fd`)).length + 2);
  const silent = Array.from({ length: 8 }, () => connect(stack.proxy.port, '127.0.0.1').on('error', () => {}));
  await until(() => events().some((line) => line.event === 'noDescriptor'));
  limit(before);
  assert.ok((await metric('smartca_pressure_total{kind="noDescriptor"}')) >= 1);
  assert.equal((await stack.api('GET', 'session')).status, 200);
  silent.forEach((socket) => socket.destroy());
});

test('requests that find no room in a queue, or no worker in time, are told and counted', async () => {
  const many = citizens(300);
  const busy = await startStack({ identities: identities(many), args: ['--ops-listen', '127.0.0.1:0'] });
  try {
    await busy.sandbox.fault({ mode: 'delay', milliseconds: 1_000 });
    const answers = await Promise.all(many.map((identity) => busy.api('POST', 'lookups', { identity })));
    const refused = answers.filter((answer) => answer.status === 503);
    assert.ok(refused.length > 0 && refused.every((answer) => Number(answer.headers.get('retry-after')) > 0));
    for (const kind of ['queueFull', 'queueLate']) {
      await until(() => events(busy).some((line) => line.event === kind));
      assert.ok((await metric(`smartca_pressure_total{kind="${kind}"}`, busy)) > 0);
    }
    assert.ok(events(busy).filter((line) => line.status === 503).every((line) => line.reason), 'each says why');
  } finally {
    await busy.stop();
  }
});

test('a SmartCA that hangs is asked now and then only, which is told, and so is its end', async () => {
  const lookup = () => stack.api('POST', 'lookups', { identity: registered.one });
  await stack.sandbox.fault({ mode: 'hang' });
  for (const answer of await Promise.all(Array.from({ length: 8 }, lookup))) assertProblem(answer, 504, 'upstreamTimeout');
  await until(() => events().some((line) => line.event === 'upstreamHangs'));
  assert.equal(await metric('smartca_upstream_hangs{upstream="smartca"}'), 1);
  await lookup();
  assert.ok((await metric('smartca_upstream_calls_total{upstream="smartca",outcome="notAsked"}')) >= 1);
  assert.equal((await ops('/readyz')).status, 200, 'a restart would help nobody');
  await stack.sandbox.fault({ mode: 'none' });
  await until(async () => (await lookup()).status === 200);
  await until(() => events().some((line) => line.event === 'upstreamAnswers'));
  assert.equal(await metric('smartca_upstream_hangs{upstream="smartca"}'), 0);
});

test('a database on a full disk is told, /readyz says so until there is room, and creates go on then', { skip: process.getuid() !== 0 && 'only root may mount a small disk' }, async () => {
  const disk = await mkdtemp(join(tmpdir(), 'smartca-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]);
  let full;
  try {
    full = await startStack({ identities: identities(), args, database: join(disk, 'registry.sqlite') });
    const nextUser = freeUsers(full);
    const create = async () => full.create(draftFor(await nextUser(), registered.one));
    assertCreated(await create(), 1);
    const filler = join(disk, 'filler');
    await writeFile(filler, Buffer.alloc(8 << 20)).catch((error) => assert.equal(error.code, 'ENOSPC'));
    // What its journal file has room for still succeeds.
    await until(async () => (await create()).status === 503);
    await until(async () => (await ops('/readyz', full)).status === 503);
    assert.match((await ops('/readyz', full)).text, /^not ready: the database: database or disk is full\n$/);
    await until(() => events(full).some((line) => line.event === 'databaseFault' && /disk is full/.test(line.text)));
    assert.ok((await metric('smartca_database_faults_total', full)) > 0);
    assert.equal((await full.api('GET', 'users?search=')).status, 200, 'what only reads goes on');
    await rm(filler);
    await until(async () => (await ops('/readyz', full)).status === 200);
    assertCreated(await create(), 1);
    await until(() => events(full).some((line) => line.event === 'databaseBack'));
  } finally {
    await full?.stop();
    execFileSync('umount', [disk]);
    await rm(disk, { recursive: true });
  }
});

test('the alert rules and the dashboard ask for what /metrics tells, and the manual says what each alarm means', async () => {
  const told = (await ops('/metrics')).text;
  const families = new Set([...told.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
  const read = (file) => readFile(join(root, file), 'utf8');
  const rules = await read('assets/monitoring/alerts.yml');
  for (const text of [rules, await read('assets/monitoring/dashboard.json')]) {
    const asked = [...text.matchAll(/\bsmartca_\w+/g)].map(([name]) => name.replace(/_(bucket|sum|count)$/, ''));
    assert.ok(asked.length > 9);
    for (const name of asked) assert.ok(families.has(name), name);
  }
  const manual = await read('proxy/OPERATIONS.md');
  for (const [, name] of rules.matchAll(/- alert: (\w+)/g)) assert.ok(manual.includes(`\n| \`${name}\` | `), name);
});
