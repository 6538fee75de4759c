// A PostgreSQL server of a test's own (tests/postgres.sh), on a unix socket in a folder that goes with it.
//
//   const postgres = await startPostgres();
//   const stack = await startStack({ database: postgres.url });
//   await postgres.down();          // or down('immediate'): as if the power had gone
//   await postgres.up();
//   await postgres.remove();
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './harness.mjs';

const script = join(root, 'tests/postgres.sh');
const run = promisify(execFile);

// A test that throws must not leave its server behind.
const running = new Set();
process.on('exit', () => running.forEach((folder) => execFileSync(script, ['stop', folder, 'immediate'])));

export async function startPostgres() {
  const folder = await mkdtemp(join(tmpdir(), 'smartca-postgres-'));
  const up = async () => {
    await run(script, ['start', folder]);
    running.add(folder);
  };
  const down = async (mode = 'fast') => {
    running.delete(folder);
    await run(script, ['stop', folder, mode]);
  };
  await up();
  return {
    up, down,
    url: `postgresql://smartca@/postgres?host=${folder}`,
    // The URL for a role and a database of theirs.
    urlOf: (role, database) => `postgresql://${role}@/${database}?host=${folder}`,
    // As the administrator; the answer is the rows' text.
    async ask(sql, database = 'postgres') {
      const { stdout } = await run('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-h', folder, '-U', 'smartca', '-d', database, '-c', sql]);
      return stdout.trim();
    },
    async remove() {
      if (running.has(folder)) await down('immediate');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
