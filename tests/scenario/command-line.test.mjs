// What the programs say on the command line: help, versions, and one clear sentence with exit status 2 for a mistake.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Proxy, proxyBinary, root, sandboxBinary, startStack } from './harness.mjs';
import { identities } from './people.mjs';

let folder;
let stack;
let good;
before(async () => {
  stack = await startStack({ identities: identities() });
  folder = await mkdtemp(join(tmpdir(), 'smartca-'));
  for (const [name, content] of [['id', 'an id'], ['password', 'a password'], ['key', 'ab'.repeat(32)]]) await writeFile(join(folder, name), content, { mode: 0o600 });
  good = { '--listen': '127.0.0.1:0', '--database': join(folder, 'db'), '--key-file': join(folder, 'key'), '--smartca-url': stack.sandbox.url,
    '--smartca-ca-file': stack.sandbox.caFile, '--smartca-id-file': join(folder, 'id'), '--smartca-password-file': join(folder, 'password') };
  for (const [name, content] of [['empty', ''], ['two-lines', 'a\nb\n'], ['short-key', 'abcd'], ['text.db', 'This is a text.\n'.repeat(500)], ['unknown.json', '{"listne": "127.0.0.1:0"}'],
    ['twice.json', '{"listen": "a:1", "listen": "b:2"}'], ['broken.json', '{\n"password" "x"}']]) {
    await writeFile(join(folder, name), content, { mode: 0o600 });
  }
  await mkdir(join(folder, 'no-page-in-it'));
  await writeFile(join(folder, 'open-key'), 'ab'.repeat(32), { mode: 0o644 });
  const database = await readFile(stack.proxy.database);
  await writeFile(join(folder, 'damaged.db'), Buffer.concat([database.subarray(0, 100), Buffer.alloc(4000, 0xa5), database.subarray(4100)]), { mode: 0o600 });
});
after(async () => {
  await stack.stop();
  await rm(folder, { recursive: true });
});

function run(binary, args, { environment = {} } = {}) {
  return new Promise((done) => {
    execFile(binary, args, { env: { PATH: process.env.PATH, ...environment }, timeout: 5_000 }, (error, stdout, stderr) =>
      done({ code: error ? error.code : 0, stdout, stderr, timedOut: Boolean(error?.killed) }));
  });
}
const proxy = (args, more) => run(proxyBinary, args, more);
// The good options with these changes; undefined leaves one out.
const withChanges = (changes, ...more) => Object.entries({ ...good, ...changes }).filter(([, value]) => value !== undefined).flat().concat(more);

// What names the portal as the registry.
const portal = () => ({ '--registry': 'econtract', '--econtract-url': 'https://portal.example.vn', '--econtract-login': 'v2',
  '--econtract-username-file': join(folder, 'id'), '--econtract-password-file': join(folder, 'password') });

// Exit status 2, and one line that names what is wrong.
async function assertRefused(args, expected, options) {
  const { code, stdout, stderr, timedOut } = await proxy(args, options);
  assert.ok(!timedOut, 'it goes on running');
  assert.equal(code, 2, stderr);
  assert.equal(stdout, '');
  const lines = stderr.trim().split('\n');
  assert.equal(lines.length, 1, stderr);
  assert.match(lines[0], expected);
}

test('--help names every option with its variable', async () => {
  const { code, stdout, stderr } = await proxy(['--help']);
  assert.equal(code, 0);
  assert.equal(stderr, '');
  for (const option of [...Object.keys(good), '--static-dir', '--ready-file', '--auth', '--config', '--check-config', '--print-config', '--version']) assert.ok(stdout.includes(option), option);
  assert.ok(stdout.includes('SMARTCA_DATABASE'));
  assert.ok(stdout.split('\n').every((line) => line.length <= 160));
  assert.equal((await proxy(['-h'])).stdout, stdout);
});

test('--version is one line', async () => {
  const { code, stdout } = await proxy(['--version']);
  assert.equal(code, 0);
  assert.match(stdout, /^smartca-proxy \d+\.\d+\.\d+.*\n$/);
});

test('the sandbox explains itself, too, and refuses what it does not know', async () => {
  assert.equal((await run(sandboxBinary, ['--help'])).code, 0);
  const { code, stderr } = await run(sandboxBinary, ['--nonsense']);
  assert.equal(code, 2);
  assert.match(stderr, /unknown option --nonsense/);
});

test('--check-config says that a good configuration could be served, and serves nothing', async () => {
  const { code, stdout, stderr, timedOut } = await proxy(withChanges({}, '--check-config'));
  assert.ok(!timedOut);
  assert.equal(code, 0, stderr);
  assert.ok((stdout + stderr).trim().split('\n').length <= 1);
});

test('--check-config makes no database, and asks nothing of one that a proxy works on', async () => {
  const path = join(folder, 'not-yet.sqlite');
  const check = (database) => proxy(withChanges({ '--database': database, '--key-file': stack.proxy.keyFile }, '--check-config'));
  assert.equal((await check(path)).code, 0);
  assert.ok(!existsSync(path));
  const before = await readFile(stack.proxy.database);
  const { code, stderr } = await check(stack.proxy.database);
  assert.equal(code, 0, stderr);
  assert.deepEqual(await readFile(stack.proxy.database), before);
});

test('--check-config refuses a database that could not be served', async () => {
  await assertRefused(withChanges({ '--database': join(folder, 'text.db') }, '--check-config'), /--database: .*text\.db/);
  await assertRefused(withChanges({ '--database': join(folder, 'nowhere/registry.sqlite') }, '--check-config'), /--database: .*folder/);
});

test('--check-config leaves nothing beside a database that is at rest', async () => {
  const path = join(folder, 'a rest?#%41.sqlite');
  assert.equal((await proxy(withChanges({ '--database': path }, '--migrate'))).code, 0);
  const beside = async () => (await readdir(folder)).filter((name) => name.startsWith('a rest'));
  const before = await beside();
  assert.deepEqual(before, ['a rest?#%41.sqlite', 'a rest?#%41.sqlite-lock']);
  const { code, stderr } = await proxy(withChanges({ '--database': path }, '--check-config'));
  assert.equal(code, 0, stderr);
  assert.deepEqual(await beside(), before);
});

test('a database is served with the key that it was begun with, and with no other', async () => {
  const path = join(folder, 'keyed.sqlite');
  await writeFile(join(folder, 'another-key'), 'cd'.repeat(32), { mode: 0o600 });
  const started = (key, ...more) => withChanges({ '--database': path, '--key-file': join(folder, key) }, ...more);
  assert.equal((await proxy(started('key', '--migrate'))).code, 0);
  for (const action of [['--check-config'], ['--migrate'], []]) await assertRefused(started('another-key', ...action), /--key-file: .*another-key is not the key that this database was begun with/);
  for (const action of ['--check-config', '--migrate']) assert.equal((await proxy(started('key', action))).code, 0);
});

test('a link to a database that is not there is refused, whatever is to be done with it', async () => {
  const link = join(folder, 'dangling.sqlite');
  await symlink(join(folder, 'target-that-is-not.sqlite'), link);
  for (const action of ['--check-config', '--migrate']) await assertRefused(withChanges({ '--database': link }, action), /--database: .*link to a file that is not there/);
  assert.ok(!existsSync(join(folder, 'target-that-is-not.sqlite')));
});

test('--migrate loads nothing, and says so', async () => {
  const path = join(folder, 'no-demo.sqlite');
  await assertRefused(withChanges({ '--database': path, '--demo-data': join(root, 'assets/demo/registry.json') }, '--migrate'), /leave --demo-data out/);
  assert.ok(!existsSync(path));
});

test('--migrate makes the tables and stops', async () => {
  const path = join(folder, 'migrated.sqlite');
  const { code, stdout } = await proxy(withChanges({ '--database': path }, '--migrate'));
  assert.equal(code, 0);
  assert.match(stdout, /up to date/);
  assert.ok(existsSync(path));
});

test('--check-config finds what is wrong', async () => {
  await assertRefused(withChanges({ '--smartca-url': 'ftp://example.vn' }, '--check-config'), /--smartca-url: .*https:/);
});

test('--print-config prints what would be used, as a file that can be used', async () => {
  const { code, stdout } = await proxy(withChanges({}, '--print-config'));
  assert.equal(code, 0);
  const file = join(folder, 'config.json');
  await writeFile(file, stdout);
  assert.equal(JSON.parse(stdout).database, good['--database']);
  assert.equal((await proxy(['--config', file, '--print-config'])).stdout, stdout);
});

test('--print-config prints what is set, also where something is missing, but no password', async () => {
  const { code, stdout } = await proxy(['--print-config', '--listen', '127.0.0.1:8123']);
  assert.equal(code, 0);
  assert.deepEqual([JSON.parse(stdout).listen, JSON.parse(stdout).database], ['127.0.0.1:8123', '']);
  await assertRefused(['--print-config', '--database', 'postgresql://a:canary@db.example.vn/a'], /--database must not hold a password/);
});

test('options, variables and the file outrank one another in this order', async () => {
  const file = join(folder, 'order.json');
  await writeFile(file, JSON.stringify({ 'smartca-timeout-ms': 1111, 'maximum-connections': 11 , 'drain-delay-ms': 1 }));
  const { stdout } = await proxy(withChanges({}, '--config', file, '--print-config', '--smartca-timeout-ms', '3333'),
    { environment: { SMARTCA_TIMEOUT_MS: '2222', SMARTCA_MAXIMUM_CONNECTIONS: '22' } });
  const config = JSON.parse(stdout);
  assert.deepEqual([config['smartca-timeout-ms'], config['maximum-connections'], config['drain-delay-ms']], [3333, 22, 1]);
});

// Changes to the good options, or all arguments; made when they are needed, since they name the test's folder.
const mistakes = [
  ['an unknown option', () => withChanges({ '--databse': 'x' }), /--databse.*Did you mean --database\?/],
  ['an option without its value', () => [...withChanges({}), '--static-dir'], /--static-dir needs a value/],
  ['a word that is no option', () => [...withChanges({}), 'serve'], /'serve'/],
  ['no database', () => withChanges({ '--database': undefined }), /--database/],
  ['no key file', () => withChanges({ '--key-file': undefined }), /--key-file/],
  ['no SmartCA', () => withChanges({ '--smartca-url': undefined }), /--smartca-url/],
  ['no SmartCA account', () => withChanges({ '--smartca-password-file': undefined }), /--smartca-password-file.*SMARTCA_SP_PASSWORD/],
  ['a timeout that is no number', () => withChanges({ '--smartca-timeout-ms': '10s' }), /--smartca-timeout-ms must be a number/],
  ['an address that is none', () => withChanges({ '--listen': 'localhost' }), /--listen: 'localhost'/],
  ['an address of the probes that is none', () => withChanges({ '--ops-listen': 'nonsense' }), /--ops-listen: 'nonsense'/],
  ['an address open to everybody without authentication', () => withChanges({ '--listen': '0.0.0.0:0' }), /--auth=bearer/],
  ['an unknown way to authenticate', () => withChanges({ '--auth': 'basic' }), /--auth/],
  ['an origin that is a page', () => withChanges({ '--allowed-origins': 'https://portal.example.vn/page' }), /--allowed-origins/],
  ['an origin of everybody', () => withChanges({ '--allowed-origins': '*' }), /--allowed-origins/],
  ['plain HTTP to SmartCA', () => withChanges({ '--smartca-url': 'http://gateway.example.vn/sca' }), /--smartca-url: .*https/],
  ['a SmartCA address with a password, which is not repeated', () => withChanges({ '--smartca-url': 'https://me:geheim@example.vn/sca' }), /^(?!.*geheim).*--smartca-url: /],
  ['a password file that is not there', () => withChanges({ '--smartca-password-file': join(folder, 'nothing') }), /--smartca-password-file: Cannot read .*nothing/],
  ['a password file that is a folder', () => withChanges({ '--smartca-password-file': folder }), /--smartca-password-file: .*not a regular file; name the file/],
  ['an empty password file', () => withChanges({ '--smartca-password-file': join(folder, 'empty') }), /--smartca-password-file: .*empty; write the secret/],
  ['a password file of two lines', () => withChanges({ '--smartca-password-file': join(folder, 'two-lines') }), /--smartca-password-file: .*two-lines .*on one line/],
  ['a key that is none', () => withChanges({ '--key-file': join(folder, 'short-key') }), /--key-file: .*short-key.*openssl rand/],
  ['a key that is not there', () => withChanges({ '--key-file': join(folder, 'no-key') }), /--key-file: .*no-key.*openssl rand/],
  ['a key that others may read', () => withChanges({ '--key-file': join(folder, 'open-key') }), /--key-file: .*chmod 600 .*open-key/],
  ['a database in a folder that is not there', () => withChanges({ '--database': join(folder, 'no/such/db') }), /--database: .*no\/such.*folder/],
  ['a database that is a text', () => withChanges({ '--database': join(folder, 'text.db') }), /--database: .*text\.db: file is not a database; name/],
  ['a database that is damaged', () => withChanges({ '--database': join(folder, 'damaged.db') }), /^(?!.*PRAGMA).*--database: .*damaged\.db: it is damaged .*restore it from a backup/],
  ['a CA file that is not there', () => withChanges({ '--smartca-ca-file': join(folder, 'no.pem') }), /--smartca-ca-file: .*no\.pem cannot be read/],
  ['a CA file without a certificate', () => withChanges({ '--smartca-ca-file': join(folder, 'id') }), /--smartca-ca-file: .*id holds no PEM certificate/],
  ['a CA file that is a folder', () => withChanges({ '--smartca-ca-file': folder }), /--smartca-ca-file: .* cannot be read/],
  ['a database that is a folder', () => withChanges({ '--database': folder }), /--database: .* is a folder/],
  ['one address for the page and for operations', () => withChanges({ '--listen': '127.0.0.1:8099', '--ops-listen': '127.0.0.1:8099' }), /--ops-listen must be another address/],
  ['a file of authorities that is not there', () => withChanges({ '--subscriber-ca-file': join(folder, 'no.pem') }), /--subscriber-ca-file: .*no\.pem cannot be read/],
  ['a file of authorities without a root', () => withChanges({ '--subscriber-ca-file': join(folder, 'id') }), /--subscriber-ca-file: .*no self-signed root/],
  ['a folder of the page that is not there', () => withChanges({ '--static-dir': join(folder, 'no-page') }), /no-page.*--static-dir/],
  ['a folder without the page', () => withChanges({ '--static-dir': join(folder, 'no-page-in-it') }), /--static-dir: .* has no smartca\.js.*cmake --install build\/wasm --prefix/],
  ['an address of the portal with the path of its calls', () => withChanges({ ...portal(), '--econtract-url': 'https://portal.example.vn/api' }), /--econtract-url: leave out \/api/],
  ['an address of SmartCA with the path of its call', () => withChanges({ '--smartca-url': 'https://gwsca.vnpt.vn/sca/sp769/v1' }), /--smartca-url: leave out \/v1/],
  ['a field map that is no JSON', () => withChanges({ ...portal(), '--econtract-field-map': join(folder, 'broken.json') }), /--econtract-field-map: .*broken\.json.* line 2, column 12: this cannot stand here/],
  ['settings of the company that are no JSON', () => withChanges({ '--company-settings': join(folder, 'broken.json') }), /--company-settings: .*broken\.json.* line 2, column 12: this cannot stand here/],
  ['a configuration file with a name that stands there twice', () => withChanges({ '--config': join(folder, 'twice.json') }), /--config: .*twice\.json, line 1, column 19: "listen" is there already/],
  ['a configuration file that is broken', () => withChanges({ '--config': join(folder, 'broken.json') }), /--config: .*broken\.json, line 2, column 12: this cannot stand here/],
  ['demo data that are not there', () => withChanges({ '--demo-data': join(folder, 'no-demo.json') }), /--demo-data: .*no-demo\.json/],
  ['demo data that are nonsense', () => withChanges({ '--demo-data': join(folder, 'id') }), /--demo-data: .*id/],
  ['demo data that are a folder', () => withChanges({ '--demo-data': folder }), /--demo-data: .*cannot be read/],
  ['a configuration file that is not there', () => withChanges({ '--config': join(folder, 'no.json') }), /--config: .*no\.json/],
  ['a configuration file with an unknown key', () => withChanges({ '--config': join(folder, 'unknown.json') }), /"listne".*listen/],
  ['a configuration file that is no JSON', () => withChanges({ '--config': join(folder, 'id') }), /--config: .*id/],
  ['a configuration file that is a folder', () => withChanges({ '--config': folder }), /--config: Cannot read/],
  ['a ready file in a folder that is not there', () => withChanges({ '--ready-file': join(folder, 'no/ready') }), /--ready-file: .*no\/ready/],
];
for (const [name, args, expected] of mistakes) {
  test(`${name} is refused in one sentence`, () => assertRefused(args(), expected));
}

test('a port that is taken is refused in one sentence', async () => {
  await assertRefused(withChanges({ '--listen': `127.0.0.1:${stack.proxy.port}` }), new RegExp(String(stack.proxy.port)));
});

test('a database that another proxy has open is refused in one sentence', async () => {
  await assertRefused(withChanges({ '--database': stack.proxy.database }), /registry\.sqlite/);
});

test('the ready file is there only while the proxy serves', async () => {
  const other = new Proxy(await mkdtemp(join(tmpdir(), 'smartca-')), stack.sandbox);
  await other.start();
  assert.equal((await readFile(other.daemon.readyFile, 'utf8')).trim(), other.address);
  await other.stop();
  await assert.rejects(readFile(other.daemon.readyFile), { code: 'ENOENT' });
  await rm(other.folder, { recursive: true });
});
