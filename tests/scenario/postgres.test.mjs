// The real proxy on a PostgreSQL server: alone, beside others on the same database, and while the server comes and goes.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { request } from 'node:http';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertCreated, assertProblem, draftFor, freeUsers, wholeList } from './expect.mjs';
import { exchange, freshKey, Proxy, proxyBinary, sleep, startStack } from './harness.mjs';
import { identities, registered } from './people.mjs';
import { startPostgres } from './postgres.mjs';

const password = 'canary of the database';
let postgres;
let stack;
let second;
let nextUser;
let opsPort;
before(async () => {
  postgres = await startPostgres();
  await postgres.ask(`CREATE ROLE proxy LOGIN PASSWORD '${password}'`);
  await postgres.ask("CREATE DATABASE registry OWNER proxy ENCODING 'UTF8' TEMPLATE template0");
  const url = postgres.urlOf('proxy', 'registry');
  stack = await startStack({ identities: identities(), database: url, args: ['--ops-listen', '127.0.0.1:0'] });
  opsPort = Number(/"opsListening".*?127\.0\.0\.1:(\d+)/s.exec(stack.proxy.said)[1]);
  const passwordFile = join(stack.folder, 'database-password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  second = await new Proxy(stack.folder, stack.sandbox, '-second').start({ database: url, args: ['--database-password-file', passwordFile] });
  nextUser = freeUsers(stack);
});
after(async () => {
  await second?.stop();
  await stack?.stop();
  await postgres?.remove();
});

// A command of the proxy's that ends.
const run = (...args) => new Promise((done) => execFile(proxyBinary, args, { timeout: 20_000, maxBuffer: 1 << 26 },
  (error, stdout, stderr) => done({ code: error ? error.code : 0, stdout, stderr })));
const readiness = async () => (await exchange(request, { url: `http://127.0.0.1:${opsPort}/readyz` })).status;
const eventually = async (what, holds) => {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(50)) if (await holds()) return;
  assert.fail(`not within 30 s: ${what}`);
};

test('what is created is on the list, also for the other proxy and after a restart', async () => {
  const user = await nextUser();
  const key = freshKey();
  const draft = draftFor(user, registered.several);
  const { added } = assertCreated(await stack.create(draft, key), 3);
  const ids = added.map((row) => row.id).sort();
  for (const look of [stack, second]) assert.deepEqual((await wholeList(look, `&userId=${user}`)).map((row) => row.id).sort(), ids);
  const again = await second.create(draft, key);
  assert.deepEqual([again.status, again.body.added, again.headers.get('idempotency-replayed')], [201, added, 'true']);
});

test('checking the configuration is possible while proxies work on the database, and makes no tables', async () => {
  await postgres.ask("CREATE DATABASE untouched OWNER proxy ENCODING 'UTF8' TEMPLATE template0");
  for (const name of ['registry', 'untouched']) {
    const { code, stdout, stderr } = await run('--check-config', '--database', postgres.urlOf('proxy', name), '--key-file', stack.proxy.keyFile,
      '--smartca-url', stack.sandbox.url, '--smartca-id-file', stack.proxy.idFile, '--smartca-password-file', stack.proxy.passwordFile);
    assert.deepEqual([code, stdout], [0, 'The configuration can be served.\n'], stderr);
  }
  assert.equal(await postgres.ask("SELECT count(*) FROM pg_class WHERE relname = 'audit'", 'untouched'), '0');
});

test('two proxies that attach the same to the same user at once add it once', async () => {
  for (let round = 0; round < 5; ++round) {
    const draft = draftFor(await nextUser(), registered.several);
    const answers = await Promise.all([stack.create(draft), second.create(draft), stack.create(draft), second.create(draft)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 201], JSON.stringify(answers.map(({ body }) => body)));
    for (const { status, body } of answers) assert.equal(status === 201 ? body.added.length : body.alreadyOnList.length, 3);
  }
});

test('the same key at two proxies at once is one create', async () => {
  for (let round = 0; round < 5; ++round) {
    const user = await nextUser();
    const key = freshKey();
    const answers = await Promise.all([stack, second, stack, second].map((each) => each.create(draftFor(user, registered.several), key)));
    const created = answers.filter(({ status }) => status === 201);
    assert.ok(created.length >= 1);
    for (const { body } of created) assert.deepEqual(body, created[0].body);
    for (const answer of answers.filter(({ status }) => status !== 201)) assertProblem(answer, 409, 'inProgress');
    assert.equal((await wholeList(stack, `&userId=${user}`)).length, 3);
  }
});

test('a proxy whose process was killed leaves nothing that another one could not take up', async () => {
  const user = await nextUser();
  const key = freshKey();
  await stack.sandbox.fault({ mode: 'delay', path: '/sca/', milliseconds: 3000 });
  const cutOff = second.create(draftFor(user, registered.several), key).catch(() => null);
  await eventually('it is begun', async () => (await postgres.ask(`SELECT count(*) FROM creates WHERE key = '${key}'`, 'registry')) === '1');
  assertProblem(await stack.create(draftFor(user, registered.several), key), 409, 'inProgress');
  await second.stop('SIGKILL');
  await cutOff;
  await stack.sandbox.fault({ mode: 'none' });
  let answer;
  await eventually('it is taken up', async () => (answer = await stack.create(draftFor(user, registered.several), key)).status !== 409);
  assertCreated(answer, 3);
  await second.start({ database: postgres.urlOf('proxy', 'registry') });
});

test('while the server is away requests are told to try again, and afterwards all is as before', async () => {
  const user = await nextUser();
  const key = freshKey();
  assert.equal(await readiness(), 200);
  await postgres.down();
  const refused = await stack.create(draftFor(user, registered.several), key);
  assertProblem(refused, 503, 'unavailable');
  assert.ok(refused.headers.get('retry-after'));
  assertProblem(await stack.api('GET', 'users'), 503, 'unavailable');
  await eventually('it says that it is not ready', async () => (await readiness()) === 503);

  await postgres.up();
  await eventually('it is ready again', async () => (await readiness()) === 200);
  let answer;
  await eventually('creates are taken', async () => (answer = await stack.create(draftFor(user, registered.several), key)).status !== 503);
  assertCreated(answer, 3);
  assert.equal((await wholeList(second, `&userId=${user}`)).length, 3);
  assert.match(stack.proxy.said, /databaseAway[^]*databaseBack/);
});

test('what was acknowledged before the server died is there when it has come back', async () => {
  const acknowledged = [];
  let working = true;
  const worker = async (proxy) => {
    while (working) {
      const user = await nextUser();
      const answer = await proxy.create(draftFor(user, registered.several)).catch(() => null);
      if (answer?.status === 201) acknowledged.push(...answer.body.added);
      else await sleep(100);
    }
  };
  const workers = [worker(stack), worker(second)];
  await eventually('some are created', () => acknowledged.length >= 6);
  await postgres.down('immediate');
  working = false;
  await Promise.all(workers);
  await postgres.up();
  await eventually('it is ready again', async () => (await readiness()) === 200);
  for (const row of acknowledged) assert.equal((await stack.api('GET', `certificates/${row.id}`)).body.serial, row.serial);
  // The connection that writes is made again half a second after it could not be.
  const user = await nextUser();
  await eventually('creates are taken', async () => (await stack.create(draftFor(user, registered.several))).status !== 503);
});

test('a role that may do nothing but what the README grants serves all the same', async () => {
  await postgres.ask("CREATE ROLE narrow LOGIN");
  await postgres.ask(
    'GRANT USAGE ON SCHEMA public TO narrow; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO narrow;'
    + ' GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO narrow', 'registry');
  await second.stop();
  await second.start({ database: postgres.urlOf('narrow', 'registry') });
  const user = await nextUser();
  const { added } = assertCreated(await second.create(draftFor(user, registered.several)), 3);
  assert.equal((await second.api('DELETE', `certificates/${added[0].id}`)).status, 204);
  assert.equal((await wholeList(stack, `&userId=${user}`)).length, 2);
});

// {code, stdout, stderr} of the command.
const audit = (role, ...args) => run('audit', ...args, '--database', postgres.urlOf(role, 'registry'));

test('what both proxies did is one whole chain, which a role reads that may do nothing else', async () => {
  await postgres.ask('CREATE ROLE auditor LOGIN');
  await postgres.ask('GRANT USAGE ON SCHEMA public TO auditor; GRANT SELECT ON audit, audit_head, smartca_schema TO auditor', 'registry');
  const user = await nextUser();
  const [first] = assertCreated(await stack.create(draftFor(user, registered.several)), 3).added;
  assert.equal((await second.api('DELETE', `certificates/${first.id}`)).status, 204);

  const whole = await audit('auditor', 'verify', '--database-password-file', join(stack.folder, 'database-password'));
  assert.equal(whole.code, 0, whole.stderr);
  const [, anchor] = /^head (\d+:[0-9a-f]{64})$/m.exec(whole.stdout);
  assert.equal((await audit('auditor', 'verify', '--anchor', anchor)).code, 0);

  const { stdout } = await audit('auditor', '--format', 'jsonl');
  const entries = stdout.split('\n').slice(0, -1).map((line) => JSON.parse(line));
  assert.equal(entries.length, Number(anchor.split(':')[0]));
  const of = entries.filter(({ certificateIds }) => certificateIds.includes(first.id));
  assert.deepEqual(of.map(({ action, outcome }) => `${action} ${outcome}`), ['create attached', 'remove removed']);
  assert.equal((await audit('auditor', '--format', 'csv')).stdout.split('\r\n').length, entries.length + 2);
});

test('the log cannot be changed by the role of the proxy, and verify tells when an owner has done it', async () => {
  await postgres.ask('REVOKE UPDATE, DELETE ON audit FROM narrow; REVOKE INSERT, UPDATE, DELETE ON audit_head FROM narrow;'
    + ' GRANT UPDATE (last_seq, last_hash) ON audit_head TO narrow', 'registry');
  assertCreated(await second.create(draftFor(await nextUser(), registered.several)), 3);
  const change = "UPDATE audit SET actor = 'nobody' WHERE seq = 2";
  await assert.rejects(postgres.ask(`SET ROLE narrow; ${change}`, 'registry'), /permission denied/);
  await postgres.ask(change, 'registry');
  const found = await audit('auditor', 'verify');
  assert.equal(found.code, 1);
  assert.match(found.stdout, /entry 2 is not what was written/);
});

test('a database without a log, and a server that is not there, are told', async () => {
  const without = await run('audit', 'verify', '--database', postgres.urlOf('smartca', 'postgres'));
  assert.equal(without.code, 2);
  assert.match(without.stderr, /has no audit log/);
  const away = await run('audit', '--database', 'postgresql://auditor@/registry?host=/nowhere');
  assert.equal(away.code, 2);
  assert.match(away.stderr, /\/nowhere/);
});

test('the password is in nothing that the proxies say', () => {
  assert.ok(!stack.proxy.said.includes(password) && !second.said.includes(password));
});
