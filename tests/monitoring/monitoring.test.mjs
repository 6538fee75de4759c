// assets/monitoring on a real Prometheus (Debian's) that asks real proxies: nothing alarms while all is well, each alert comes
// when what it tells of happens, and each query of the dashboard has an answer. alerts.test.yml beside this has the rules'
// numbers and times. Run by tests/long.sh monitoring. Grafana is not in Debian: how the dashboard looks is not tried.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from '../scenario/node_modules/yaml/dist/index.js';
import { draftFor } from '../scenario/expect.mjs';
import { root, startStack, until } from '../scenario/harness.mjs';
import { identities, registered } from '../scenario/people.mjs';
import { makePortal } from '../scenario/tokens.mjs';

const files = join(root, 'assets/monitoring');
const alerts = parse(await readFile(join(files, 'alerts.yml'), 'utf8')).groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(await readFile(join(files, 'dashboard.json'), 'utf8'));
const portal = makePortal();
const headers = portal.headers();

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});
const opsOf = (stack) => /"opsListening".*?(127\.0\.0\.1:\d+)/s.exec(stack.proxy.said)[1];

let stack, econtract, prometheus, port, row;
before(async () => {
  stack = await startStack({ identities: identities(), args: ['--ops-listen', '127.0.0.1:0'] });
  await stack.proxy.stop();
  const keys = join(stack.folder, 'keys.json');
  await writeFile(keys, portal.keySet(), { mode: 0o600 });
  await stack.proxy.start({ args: ['--ops-listen', '127.0.0.1:0', '--auth', 'bearer', '--session-keys-file', keys, '--requests-per-minute', '60',
    '--smartca-timeout-ms', '200', '--maximum-connections', '64', '--drain-delay-ms', '600000'] });
  [row] = (await stack.api('GET', 'certificates', undefined, headers)).body.items;
  econtract = await startStack({ identities: identities(), portal: {}, portalPlan: { users: [{ id: 1, code: 'NV1', name: 'Người 1', phone: '0912000001', email: 'nv1@example.vn' }] }, demoData: false,
    args: ['--ops-listen', '127.0.0.1:0'] });
  const said = [...stack.proxy.said.matchAll(/"opsListening".*?(127\.0\.0\.1:\d+)/gs)].at(-1)[1];
  const configuration = (await readFile(join(files, 'prometheus.yml'), 'utf8')).replaceAll('15s', '1s').replace('- alerts.yml', `- ${files}/alerts.yml`)
    .replace(/targets: .*/, `targets: ${JSON.stringify([said, opsOf(econtract), `127.0.0.1:${await freePort()}`])}`);
  await writeFile(join(stack.folder, 'prometheus.yml'), configuration);
  port = await freePort();
  prometheus = spawn('prometheus', [`--config.file=${stack.folder}/prometheus.yml`, `--storage.tsdb.path=${stack.folder}/prometheus`, `--web.listen-address=127.0.0.1:${port}`],
    { stdio: ['ignore', 'ignore', 'pipe'] });
  process.on('exit', () => prometheus.kill('SIGKILL')); // also where something below throws
  await until(async () => (await ask('query', { query: 'smartca_ready' }).catch(() => [])).length === 2, 30_000);
});
after(async () => {
  prometheus?.kill();
  await stack?.proxy.stop('SIGKILL');
  await stack?.stop();
  await econtract?.stop();
});

const ask = async (what, parameters = {}) => {
  const answer = await (await fetch(`http://127.0.0.1:${port}/api/v1/${what}?${new URLSearchParams(parameters)}`)).json();
  assert.equal(answer.status, 'success', `${JSON.stringify(parameters)}: ${answer.error}`);
  return what === 'query' ? answer.data.result : answer.data;
};
// Pending or firing: how long it has to last before it is told, promtool tries.
const active = async () => new Set((await ask('alerts')).alerts.map((alert) => alert.labels.alertname));

test('the rules are what promtool takes, and tell what alerts.test.yml says, when it says so', () => {
  for (const args of [['check', 'config', join(files, 'prometheus.yml')], ['test', 'rules', join(root, 'tests/monitoring/alerts.test.yml')]]) {
    const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
  }
});

test('while all is well nothing alarms but what does not answer', async () => {
  const evaluated = async () => (await ask('rules')).groups.every((group) => group.rules.every((rule) => Date.parse(rule.lastEvaluation) > began));
  const began = Date.now();
  await until(evaluated, 10_000);
  assert.deepEqual(await active(), new Set(['SmartcaDown']));
});

test('each alert comes when what it tells of happens', { timeout: 200_000 }, async () => {
  // Of a create at eContract is not known what became of it: the portal is gone before it has answered.
  await econtract.sandbox.fault({ mode: 'delay', milliseconds: 5_000, path: '/api/users/smart-ca/add', count: 1 });
  const create = econtract.create(draftFor(1, registered.one));
  await until(async () => (await econtract.sandbox.asked('smart-ca/add')).length > 0, 10_000);
  await econtract.sandbox.daemon.stop('SIGKILL');
  assert.equal((await create).status, 202);

  await stack.sandbox.fault({ mode: 'hang' });
  await writeFile(stack.proxy.passwordFile, '', { mode: 0o600 });
  const writer = spawn('sqlite3', ['-bail', '-cmd', '.timeout 10000', stack.proxy.database], { stdio: ['pipe', 'ignore', 'inherit'] });
  writer.stdin.write('BEGIN IMMEDIATE;\n'); // and no end: the database stays busy
  const crowd = () => Array.from({ length: 80 }, () => connect(stack.proxy.port, '127.0.0.1').on('error', () => {})).forEach((socket) => setTimeout(() => socket.destroy(), 500));
  const troubles = () => Promise.allSettled([
    ...Array.from({ length: 8 }, () => stack.api('POST', 'lookups', { identity: registered.one }, portal.headers({ sub: 'who looks up' }))),
    ...Array.from({ length: 40 }, () => stack.api('GET', 'session', undefined, headers)),
    stack.api('PATCH', `certificates/${row.id}`, { name: 'a' }, portal.headers({ sub: 'who renames' })),
  ]);
  const expected = new Set(alerts.map((alert) => alert.alert).filter((name) => name !== 'SmartcaNotReady'));
  let missing;
  try {
    await until(async () => {
      await troubles();
      crowd();
      const seen = await active();
      missing = [...expected].filter((name) => !seen.has(name));
      return missing.length === 0;
    }, 90_000).catch(() => assert.fail(`not told: ${missing}`));
  } finally {
    writer.kill();
  }
  stack.proxy.daemon.child.kill('SIGTERM'); // it goes on answering for its delay, and is not ready
  await until(async () => (await active()).has('SmartcaNotReady'), 10_000);
});

test('each query of the dashboard has an answer', async () => {
  const targets = dashboard.panels.flatMap((panel) => panel.targets.map(({ expr }) => ({ title: panel.title, expr })));
  assert.ok(targets.length > 15);
  for (const { title, expr } of targets) {
    const query = expr.replaceAll('$instance', '.+').replaceAll('$__rate_interval', '5m');
    const series = await ask('query', { query });
    assert.ok(series.some(({ value: [, value] }) => value !== 'NaN'), `${title}: ${query}`);
  }
});
