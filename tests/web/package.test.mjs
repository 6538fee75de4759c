// The npm package as a portal's engineer gets it: packed, installed into an application, type-checked, built, and driven in a
// browser. In CI a plain page under a strict policy, and Vite with React 19; EXAMPLES=all does it with every folder of
// web/element/examples, EXAMPLES="vue webpack" with some.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { root, startStack, until } from '../scenario/harness.mjs';
import { manifestOf, tableOf } from '../../web/element/manifest.mjs';
import { dist } from './browser.mjs';
import { dialogOf, english, foundList } from './dialog.mjs';
import { startFront } from './front.mjs';
import { openStage } from './stage.mjs';

const element = join(root, 'web/element');
const { stack, browser } = await openStage();
const folder = await mkdtemp(join(tmpdir(), 'smartca-package-'));
after(() => rm(folder, { recursive: true }));
async function run(command, args, cwd) {
  try {
    return (await promisify(execFile)(command, args, { cwd, env: { ...process.env, CI: 'true' } })).stdout;
  } catch (error) {
    throw new Error(`${command} ${args.join(' ')}:\n${error.stdout}\n${error.stderr}`);
  }
}
const tarball = (await run('node', [join(element, 'pack.mjs'), folder], root)).trim().split('\n').at(-1);
const packed = join(folder, 'package');

// In an application of any framework: the button opens the dialog for that user, and how many were added is on the page.
async function attach(front) {
  const page = await browser.page(front, { ready: false });
  await page.getByRole('button', { name: 'New certificate' }).click();
  await dialogOf(page).getByRole('combobox', { name: english.user }).waitFor();
  await dialogOf(page).getByRole('textbox', { name: english.identity }).fill('001099000001');
  await dialogOf(page).getByRole('button', { name: english.lookUp }).click();
  await foundList(page).getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).check();
  await dialogOf(page).getByRole('button', { name: english.submit }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: /^Create with/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByText('1 added').waitFor();
  await page.waitForFunction(() => !document.querySelector('smartca-create-certificate').open);
  await page.getByRole('button', { name: 'New certificate' }).click();  // the application's own state has followed
  await dialogOf(page).getByRole('combobox', { name: english.user }).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
  for (const { id } of (await stack.api('GET', 'certificates?userId=14')).body.items) await stack.api('DELETE', `certificates/${id}`);
}

test('a plain page under a strict policy with Trusted Types runs on the package\'s own files', async () => {
  const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
    "require-trusted-types-for 'script'; trusted-types 'none'";
  const plain = await readFile(join(element, 'examples/plain/index.html'), 'utf8');
  const front = await startFront(stack, { folder: packed, headers: { 'content-security-policy': policy },
    files: { '/': plain, '/portal.js': await readFile(join(element, 'examples/plain/portal.js'), 'utf8'), '/favicon.ico': '' } });
  await attach(front);
});

test('what the documentation says of a plain page is so, letter by letter, from another origin than the proxy\'s', async () => {
  const files = { '/favicon.ico': '' };
  const front = await startFront(stack, { files });
  const proxy = await startStack({ staticDirectory: dist, args: ['--allowed-origins', front.proxy.origin] });
  const snippet = (await readFile(join(element, 'README.md'), 'utf8')).split('### A plain page')[1].match(/```html\n([^]*?)```/)[1];
  files['/'] = '<!doctype html><html lang="en">' + snippet.replaceAll('https://sidecar.example.vn', proxy.proxy.origin);
  const page = await browser.page(front, { ready: false });
  await page.getByRole('button', { name: 'New certificate' }).click();
  await until(() => dialogOf(page).getByRole('combobox', { name: /^(User|Người dùng)/ }).inputValue());
  assert.deepEqual(page.problems, []);
  await page.context().close();
  await proxy.stop();
});

const examples = process.env.EXAMPLES === 'all' ? (await readdir(join(element, 'examples'))).filter((name) => name !== 'plain')
  : (process.env.EXAMPLES ?? 'vite-react').split(' ');
for (const example of examples)
  test(`an application with ${example} is type-checked where it has types, builds, and attaches a certificate`, async () => {
    const application = join(folder, example);
    await cp(join(element, 'examples', example), application, { recursive: true });
    await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', tarball], application);
    await run('npm', ['run', 'build'], application);
    await rm(join(application, 'node_modules'), { recursive: true });
    await attach(await startFront(stack, { folder: join(application, 'dist'), files: { '/favicon.ico': '' } }));
  });

test('the package is imported on a server without defining or touching anything', async () => {
  assert.equal((await run('node', ['-e', "import('./smartca.js').then(({ SmartcaCertificates }) => console.log(SmartcaCertificates.version))"], packed)).trim(),
    JSON.parse(await readFile(join(packed, 'package.json'))).version);
});

test('the hashes that the package tells for pinning are those of its files, and each licence is inside', async () => {
  const files = JSON.parse(await readFile(join(packed, 'files.json')));
  for (const [name, { bytes, integrity }] of Object.entries(files)) {
    const content = await readFile(join(packed, name));
    assert.deepEqual([content.length, 'sha384-' + createHash('sha384').update(content).digest('base64')], [bytes, integrity], name);
  }
  const licences = await readFile(join(packed, 'LICENSES.txt'), 'utf8');
  for (const name of ['Dear ImGui', 'Omar Cornut', 'Niels Lohmann', 'Emscripten', 'musl', 'Rich Felker']) assert.ok(licences.includes(name), name);
});

// README.md, the manifest, the types and the elements themselves name the same things.
test('what the documentation names is what the types name and the elements have', async () => {
  const [readme, types] = await Promise.all(['README.md', 'smartca.d.ts'].map((name) => readFile(join(element, name), 'utf8')));
  const manifest = manifestOf(readme).modules[0].declarations;
  const [dialog, list] = manifest;
  const namesOf = (all) => all.map(({ name }) => name).filter(Boolean).sort();
  const typed = (start, pattern) => [...types.slice(types.indexOf(start)).split(/^}/m)[0].matchAll(pattern)].map((match) => match[1]).sort();
  const memberPattern = /^ {2}(?:readonly |get )?(\w+)(?:\?)?[:(]/gm;
  const notListed = ['addEventListener', 'removeEventListener', 'set'];
  const both = typed('declare class SmartcaElement', memberPattern).filter((name) => !notListed.includes(name));
  const own = typed('export declare class SmartcaCreateCertificate', memberPattern).filter((name) => !notListed.includes(name));
  assert.deepEqual(namesOf(list.members), [...new Set(both)].sort());
  assert.deepEqual(namesOf(dialog.members), [...new Set([...both, ...own])].sort());
  assert.deepEqual(namesOf(dialog.events), typed('export interface SmartcaEventMap', /'(smartca-\w+)':/g));
  const codes = types.match(/SmartcaProblemCode =\n([^;]*);/)[1].match(/\w+/g).sort();
  assert.deepEqual(tableOf(readme, 'Events', ['code of `smartca-problem`']).map(([code]) => code.replaceAll('`', '')).sort(), codes);

  const vietnamese = await readFile(join(element, 'README.vi.md'), 'utf8');
  const named = [...dialog.attributes, ...dialog.members, ...dialog.events].map(({ name }) => name).concat(codes);
  assert.deepEqual(named.filter((name) => !new RegExp('`' + name + '[`(]').test(vietnamese)), []);

  const page = await browser.page(stack, { ready: false, path: '/none' });
  const real = await page.evaluate(async () => {
    const { SmartcaCreateCertificate: Dialog } = await import('/smartca.js');
    const element = new Dialog();
    return [...Object.keys(Dialog.reflected), 'open', 'identity', 'prefill', 'fetchToken', 'messages', 'wasmUrl', 'show', 'hide', 'preload', 'diagnostics']
      .filter((name) => name in element);
  });
  assert.deepEqual(real.sort(), namesOf(dialog.members));
  await page.context().close();
});
