// Checking a session token beside the bare check of its signature, as `openssl speed` measures that in the same run.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../scenario/harness.mjs';
import { report } from './figure.mjs';

const budget = 1.5; // times
// The column of verifications a second, which newer versions do not have as the last one.
function verifications(name) {
  const lines = execFileSync('openssl', ['speed', '-seconds', '2', name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim().split('\n');
  const heads = lines.findLast((line) => line.includes('verify/s')).trim().split(/\s+/);
  return Number(lines.at(-1).trim().split(/\s+/).at(heads.indexOf('verify/s') - heads.length));
}
const measured = Object.fromEntries(execFileSync(join(root, 'build/release/tests/bench/smartca-bench-session')).toString().trim().split('\n').map((line) => line.split(' ')));
for (const [algorithm, name] of [['EdDSA', 'ed25519'], ['ES256', 'ecdsap256'], ['RS256', 'rsa2048']]) {
  const bare = 1e6 / verifications(name);
  report(`session token checked, ${algorithm}, to openssl speed`, measured[algorithm] / bare, 'x', budget, `${measured[algorithm]} to ${bare.toFixed(1)} us`);
}
console.log(`session token checked, HS256: ${measured.HS256} us; openssl speed checks no such signature`);
