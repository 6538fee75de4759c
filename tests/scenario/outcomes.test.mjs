// A short run of tests/outcomes: a few hundred creates while everything fails that can. CREATES and SEED as there. Needs
// smartca-proxy-mortal: cmake --preset release -DSMARTCA_DIE_AT=ON && cmake --build --preset release
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { prove } from '../outcomes/proof.mjs';

const seed = Number(process.env.SEED ?? 7);
const creates = Number(process.env.CREATES ?? 250);

describe('no create is lost or doubled', { concurrency: true }, () => {
  for (const registry of ['sqlite', 'postgresql', 'econtract']) {
    test(`${creates} creates on ${registry} while everything fails (seed ${seed})`, async (t) => {
      const report = await prove({ registry, creates, seed, quiet: 150 });
      t.diagnostic(JSON.stringify(report));
      assert.ok(report.randomKills + Object.keys(report.deaths).length > 0, 'nothing was killed');
    });
  }
});
