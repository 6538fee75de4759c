// assets/container/sidecar.yaml has the shape that Kubernetes' API takes: its members, which of them are needed, and their types,
// as its official client declares them. What only a cluster decides (that images are there, that names fit) is not tried.
// Run by tests/long.sh container.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from '../scenario/node_modules/yaml/dist/index.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const sidecar = parse(await readFile(join(here, '../../assets/container/sidecar.yaml'), 'utf8'));

// What tsc says to the object as a literal of that type; nothing where it fits.
async function faultOf(deployment) {
  const folder = await mkdtemp(join(here, 'checked-')); // beside node_modules
  try {
    await writeFile(join(folder, 'sidecar.ts'), `import type { V1Deployment } from '@kubernetes/client-node';\nexport const deployment: V1Deployment = ${JSON.stringify(deployment, null, 1)};\n`);
    execFileSync(join(here, 'node_modules/.bin/tsc'), ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--types', '', join(folder, 'sidecar.ts')], { encoding: 'utf8', cwd: folder });
    return '';
  } catch (error) {
    return error.stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}
const changed = (change) => {
  const copy = structuredClone(sidecar);
  change(copy.spec.template.spec);
  return copy;
};

test('the example is a Deployment as Kubernetes takes it', async () => assert.equal(await faultOf(sidecar), ''));

test('a member with another name, of another type or left out would be noticed', async () => {
  assert.match(await faultOf(changed((pod) => (pod.initContainers[0].restartPolcy = 'Always'))), /restartPolcy/);
  assert.match(await faultOf(changed((pod) => (pod.initContainers[0].startupProbe.periodSeconds = '1'))), /periodSeconds|not assignable/);
  assert.match(await faultOf(changed((pod) => delete pod.initContainers[0].name)), /name/);
  assert.match(await faultOf(changed((pod) => (pod.volumes[0].secret.defaultMode = '0440'))), /defaultMode|not assignable/);
});

test('the proxy is a native sidecar that runs as nobody in particular, with a root that it cannot write', () => {
  const pod = sidecar.spec.template.spec;
  const [proxy] = pod.initContainers;
  assert.equal(proxy.restartPolicy, 'Always');
  assert.deepEqual([pod.securityContext.runAsNonRoot, proxy.securityContext.readOnlyRootFilesystem, proxy.securityContext.allowPrivilegeEscalation], [true, true, false]);
  assert.deepEqual(proxy.securityContext.capabilities.drop, ['ALL']);
});
