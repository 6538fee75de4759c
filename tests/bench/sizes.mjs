// What must cost the same whatever is stored, on both databases: pages of the list without a filter, one certificate, the
// users as the dialog first shows them, and creates. Of the whole proxy, and with PostgreSQL of the server, too.
//
//   node tests/bench/sizes.mjs [LARGEST]      default: 1000000
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Proxy, Sandbox, root } from '../scenario/harness.mjs';
import { identities, registered } from '../scenario/people.mjs';
import { startPostgres } from '../scenario/postgres.mjs';
import { client, createWith } from './client.mjs';
import { percentile, report } from './figure.mjs';
import { memoryOf, workOf, writtenOf } from './processes.mjs';

const largest = Number(process.argv[2] ?? 1_000_000);
const times = 330;
const atOnce = 30; // asked in a row; the first time warms up
const firstNewUser = 10_001; // of registry_data.cpp: who has no certificate

async function measure(name, database, server) {
  let user = firstNewUser;
  const rows = [];
  for (let stored = 100; stored <= largest; stored *= 10) {
    execFileSync(join(root, 'build/release/tests/bench/smartca-bench-registry'), ['fill', database, String(stored)]);
    await proxy.start({ database, demoData: false, args: ['--requests-per-minute', '0', '--creates-per-hour', '0'] });
    try {
      const ask = client(proxy.port);
      const pids = [proxy.daemon.pid, ...(server ? [server] : [])];
      const sum = (of) => pids.reduce((all, pid) => all + of(pid), 0);
      const workEach = async (act) => {
        const blocks = [];
        for (let i = 0; i < times;) {
          const before = sum(workOf);
          for (const end = i + atOnce; i < end; ++i) await act(i);
          blocks.push((sum(workOf) - before) / 1000 / atOnce);
        }
        return percentile(blocks.slice(1), 0.5);
      };
      const list = (page) => workEach(() => ask('GET', `/api/v1/certificates?page=${page}`));
      const row = { stored, first: await list(1), deep: await list(Math.min(stored, 10_000) / 10) };
      row.one = await workEach((i) => ask('GET', `/api/v1/certificates/${1 + Math.floor((i % times) / times * stored)}`));
      row.users = await workEach(() => ask('GET', '/api/v1/users'));
      const written = sum(writtenOf);
      row.create = await workEach(() => createWith(ask, user++, registered.one));
      row.written = (sum(writtenOf) - written) / times;
      row.memory = memoryOf(proxy.daemon.pid);
      rows.push(row);
      console.log([name, stored, ...['first', 'deep', 'one', 'users', 'create'].map((column) => row[column].toFixed(3)),
        row.written.toFixed(0), row.memory.toFixed(1)].map((cell, i) => String(cell).padStart(i ? 12 : 10)).join(''));
    } finally {
      await proxy.stop();
    }
  }
  report(`${name}: first page of the list, at every size`, Math.max(...rows.map((row) => row.first)), 'ms', 0.5);
  report(`${name}: a create, the largest to the second size`, rows.at(-1).create / rows[1].create, 'x', 1.5);
}

console.log(['', 'stored', 'first page', 'deep page', 'one', 'users', 'create', 'KiB written', 'RSS MB']
  .map((cell, i) => cell.padStart(i ? 12 : 10)).join('') + `   ms of processor time, median of ${times / atOnce - 1} times ${atOnce}`);
const folder = await mkdtemp(join(tmpdir(), 'smartca-bench-'));
const postgres = await startPostgres();
const sandbox = await new Sandbox(folder, { identities: identities() }).start();
const proxy = new Proxy(folder, sandbox);
try {
  await measure('SQLite', join(folder, 'registry.sqlite'));
  const postmaster = Number(readFileSync(join(await postgres.ask('SHOW data_directory'), 'postmaster.pid'), 'utf8').split('\n')[0]);
  await measure('PostgreSQL', postgres.url, postmaster);
} finally {
  await sandbox.stop();
  await postgres.remove();
  await rm(folder, { recursive: true });
}
