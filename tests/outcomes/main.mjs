// The long proof: node main.mjs; see run.sh.
import { prove } from './proof.mjs';

const creates = Number(process.env.CREATES ?? 20_000);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
for (const registry of (process.env.REGISTRIES ?? 'sqlite postgresql econtract').split(' ')) {
  const began = Date.now();
  console.log(`${registry}: ${creates} creates, seed ${seed}`);
  const report = await prove({ registry, creates, seed, say: console.log });
  console.log(`${registry}: held, in ${Math.round((Date.now() - began) / 1000)} s`);
  console.log(JSON.stringify(report, null, 2));
}
