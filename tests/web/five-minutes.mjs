// Five minutes: from nothing to the open dialog in a fresh Vite + React application, by the very lines of web/element/README.md.
//
//   node tests/web/five-minutes.mjs     prints how long each step took, and how many lines were written
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, startStack, until } from '../scenario/harness.mjs';
import { dist, openBrowser } from './browser.mjs';
import { dialogOf, english } from './dialog.mjs';

const folder = await mkdtemp(join(tmpdir(), 'smartca-five-'));
const stack = await startStack({ staticDirectory: dist });
const browser = await openBrowser();
let server;
let began = Date.now();
const step = (name) => {
  console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${name}`);
  began = Date.now();
};
const run = (command, args, cwd) => execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
try {
  const tarball = execFileSync('node', [join(root, 'web/element/pack.mjs'), join(folder, 'packed')], { encoding: 'utf8' }).trim().split('\n').at(-1);
  // The two files of the document, as they stand there, but for the proxy's address.
  const readme = await readFile(join(root, 'web/element/README.md'), 'utf8');
  const [app, config] = ['tsx', 'js'].map((kind) => readme.split('### React')[1].match(new RegExp('```' + kind + '\n([^]*?)```'))[1]);
  const lines = (app + config).trim().split('\n').filter((line) => line.trim()).length;
  assert.ok(lines <= 15, `${lines} lines`);

  began = Date.now();
  run('npm', ['create', '--yes', 'vite@9.3.0', 'portal', '--', '--template', 'react-ts', '--no-interactive'], folder);
  const portal = join(folder, 'portal');
  step('npm create vite');
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', tarball], portal);
  step('npm install, with smartca-certificates');
  await writeFile(join(portal, 'src/App.tsx'), app);
  await writeFile(join(portal, 'vite.config.ts'), config.replace('http://127.0.0.1:8080', stack.proxy.origin));
  server = spawn('npx', ['vite', '--port', '0', '--host', '127.0.0.1'], { cwd: portal, detached: true, env: { ...process.env, NO_COLOR: '1' } });
  let said = '';
  server.stdout.on('data', (data) => { said += data; });
  const address = await until(() => said.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0]);
  const page = await browser.page({ proxy: { origin: address } }, { ready: false });
  await page.getByRole('button', { name: 'New certificate' }).click();
  await dialogOf(page).getByRole('combobox', { name: english.user }).waitFor();
  step(`npm run dev, to the open dialog: ${lines} lines were written`);
  run('npm', ['run', 'build'], portal);
  step('npm run build, with its type check');
} finally {
  if (server) process.kill(-server.pid);
  await browser.close();
  await stack.stop();
  await rm(folder, { recursive: true });
}
