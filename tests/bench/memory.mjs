// The proxy's resident memory at rest: started, seeded, nothing asked.
import { readFile } from 'node:fs/promises';
import { startStack } from '../scenario/harness.mjs';
import { report } from './figure.mjs';

const stack = await startStack();
try {
  await new Promise((done) => setTimeout(done, 3000));
  const status = await readFile(`/proc/${stack.proxy.daemon.child.pid}/status`, 'utf8');
  report('proxy at rest, RSS', Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024, 'MB', 12);
} finally {
  await stack.stop();
}
