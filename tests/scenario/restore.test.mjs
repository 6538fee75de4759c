// OPERATIONS.md: a backup that is made beside a running proxy is served by another start, with its key and with no other.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { assertCreated, draftFor, freeUsers, wholeList } from './expect.mjs';
import { proxyBinary, startStack } from './harness.mjs';
import { identities, registered } from './people.mjs';
import { startPostgres } from './postgres.mjs';

const run = promisify(execFile);
let stack;
let copy;
before(async () => {
  stack = await startStack({ identities: identities() });
  const nextUser = await freeUsers(stack);
  assertCreated(await stack.create(draftFor(await nextUser(), registered.one)), 1);
  copy = join(stack.folder, 'copy.sqlite');
  await run('sqlite3', [stack.proxy.database, `.backup ${copy}`]);
});
after(() => stack.stop());

test('a backup of a database in use has all that was created, and the whole audit log', async () => {
  const was = await wholeList(stack);
  const { stdout: head } = await run(proxyBinary, ['audit', 'verify', '--database', stack.proxy.database]);
  await stack.proxy.stop();
  assert.equal((await run(proxyBinary, ['audit', 'verify', '--database', copy])).stdout, head);
  await stack.proxy.start({ database: copy });
  assert.ok(was.length > 0);
  assert.deepEqual(await wholeList(stack), was);
});

test('a backup is not served with another key', async () => {
  const key = join(stack.folder, 'another.key');
  await writeFile(key, 'cd'.repeat(32), { mode: 0o600 });
  await stack.proxy.stop();
  await assert.rejects(stack.proxy.start({ database: copy, args: ['--key-file', key] }), /--key-file: .* is not the key that this database was begun with/);
  await stack.proxy.start({ database: copy });
});

test('a dump of a PostgreSQL database in use, restored on another one, has all that was created, and the whole audit log', async (t) => {
  const postgres = await startPostgres();
  t.after(() => postgres.remove());
  for (const name of ['registry', 'restored']) await postgres.ask(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  const url = (name) => postgres.urlOf('smartca', name);
  const shared = await startStack({ identities: identities(), database: url('registry') });
  t.after(() => shared.stop());
  assertCreated(await shared.create(draftFor(await freeUsers(shared)(), registered.one)), 1);
  const dump = join(shared.folder, 'smartca.dump');
  await run('pg_dump', ['--format=custom', `--file=${dump}`, url('registry')]);
  const was = await wholeList(shared);
  await shared.proxy.stop();
  await run('pg_restore', ['--exit-on-error', '--no-owner', `--dbname=${url('restored')}`, dump]);
  const heads = await Promise.all(['registry', 'restored'].map((name) => run(proxyBinary, ['audit', 'verify', '--database', url(name)])));
  assert.equal(heads[1].stdout, heads[0].stdout);
  await shared.proxy.start({ database: url('restored') });
  assert.deepEqual(await wholeList(shared), was);
  assertCreated(await shared.create(draftFor(await freeUsers(shared)(), registered.one)), 1);
});
