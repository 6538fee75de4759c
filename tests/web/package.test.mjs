// The npm package as a portal's engineer gets it: packed, installed into an application, type-checked, built, and driven in a
// browser. In CI a plain page under a strict policy, and Vite with React 19; EXAMPLES=all does it with every folder of
// web/element/examples, behind nginx and Caddy (Debian's packages nginx-light and caddy) and with Turbo, EXAMPLES="vue caddy" with some.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { root, startStack, until } from '../scenario/harness.mjs';
import { manifestOf, tableOf } from '../../web/element/manifest.mjs';
import { dist } from './browser.mjs';
import { accept, dialogOf, english, foundList } from './dialog.mjs';
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
  await accept(page);
  await page.getByText('Digital certificate created').first().waitFor();  // the form has a button of that name, too
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

const all = (await readdir(join(element, 'examples'))).filter((name) => name !== 'plain');
const wanted = (process.env.EXAMPLES ?? 'vite-react').split(' ');
const wants = (name) => wanted.includes('all') || wanted.includes(name);
for (const example of all.filter(wants))
  test(`an application with ${example} is type-checked where it has types, builds, and attaches a certificate`, async () => {
    const application = join(folder, example);
    await cp(join(element, 'examples', example), application, { recursive: true });
    // What the named versions depend on themselves is as it was that day: a lock for each would be thousands of lines.
    await run('npm', ['install', '--before=2026-11-29', '--no-audit', '--no-fund', '--loglevel=error', tarball], application);
    await run('npm', ['run', 'build'], application);
    await rm(join(application, 'node_modules'), { recursive: true });
    await attach(await startFront(stack, { folder: join(application, 'dist'), files: { '/favicon.ico': '' } }));
  });

// As README.md has it, but for addresses and folders.
const documented = async (kind) => (await readFile(join(element, 'README.md'), 'utf8')).match(new RegExp('```' + kind + '\n([^]*?)```'))[1]
  .replaceAll('/srv/smartca-certificates', packed).replaceAll('127.0.0.1:8080', new URL(stack.proxy.origin).host);
const page = async () => {
  const html = (await readFile(join(element, 'README.md'), 'utf8')).split('### Behind a reverse proxy')[1].match(/```html\n([^]*?)```/)[1];
  return '<!doctype html><html lang="en"><link rel="icon" href="data:,">' + html + `<button>New certificate</button> <p></p><script type="module">
    const dialog = document.querySelector('smartca-create-certificate');
    document.querySelector('button').onclick = async () => { document.querySelector('p').textContent = (await dialog.show({ userId: 14 })).added.length + ' added'; };
  </script>`;
};
const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
};
const servers = {
  nginx: async (port, place) => {
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${place}/${name};`).join(' ');
    await writeFile(join(place, 'nginx.conf'), `daemon off; master_process off; pid ${place}/pid; error_log stderr;\nevents {}\nhttp { access_log off; ${temporary}
      server { listen 127.0.0.1:${port};\n${await documented('nginx')}\nlocation = / { root ${place}; index index.html; } location = /index.html { root ${place}; types { text/html html; } } } }`);
    return ['nginx', ['-c', join(place, 'nginx.conf'), '-e', 'stderr']];
  },
  caddy: async (port, place) => {
    const site = (await documented('caddyfile')).replace('portal.example.vn {', `http://127.0.0.1:${port} {\n\thandle / {\n\t\troot * ${place}\n\t\tfile_server\n\t}`);
    await writeFile(join(place, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
    return ['caddy', ['run', '--config', join(place, 'Caddyfile'), '--adapter', 'caddyfile']];
  },
};
for (const name of Object.keys(servers).filter(wants))
  test(`behind ${name}, configured as documented, files and API come under paths of the portal's`, async () => {
    const place = join(folder, name);
    await mkdir(place);
    await chmod(folder, 0o755);
    await writeFile(join(place, 'index.html'), await page());
    const port = await freePort();
    const [command, args] = await servers[name](port, place);
    const server = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    server.stderr.on('data', (words) => { said += words; });
    try {
      const origin = `http://127.0.0.1:${port}`;
      await until(async () => (await fetch(`${origin}/sidecar/api/v1/session`).catch(() => null))?.status === 200, 20_000);
      assert.equal((await fetch(`${origin}/certificates/${(await readdir(packed)).find((file) => file.endsWith('.wasm'))}`)).headers.get('content-type'), 'application/wasm');
      await attach({ proxy: { origin } });
    } catch (error) {
      throw new Error(`${name} said:\n${said}`, { cause: error });
    } finally {
      server.kill();
    }
  });

if (wants('turbo'))
  test('Turbo visits another page and comes back, by a link and to what it has kept: the element works on each', async () => {
    const place = join(folder, 'turbo');
    await mkdir(place);
    await writeFile(join(place, 'package.json'), '{"private": true}');
    await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '@hotwired/turbo@8.0.23'], place);
    const turbo = await readFile(join(place, 'node_modules/@hotwired/turbo/dist/turbo.es2017-esm.js'), 'utf8');
    const closes = (await readFile(join(element, 'README.md'), 'utf8')).match(/```js\n(document.addEventListener\('turbo:before-cache'[^]*?)```/)[1];
    const document = (body) => `<!doctype html><html lang="en"><head><link rel="icon" href="data:,"><script type="module" src="/turbo.js"></script>
      <script type="module" src="/smartca.js"></script><script type="module">${closes}</script></head><body>${body}</body></html>`;
    const front = await startFront(stack, { folder: packed, files: { '/turbo.js': turbo,
      '/': document('<a href="/other">Other</a><smartca-create-certificate locale="en"></smartca-create-certificate>'), '/other': document('<h1>Other page</h1><a href="/">First</a>') } });
    const tab = await browser.page(front, { ready: false });
    const works = async () => {
      await tab.locator('smartca-create-certificate').waitFor({ state: 'attached' });
      await tab.evaluate(() => { globalThis.result = document.querySelector('smartca-create-certificate').show(); });
      await dialogOf(tab).getByRole('textbox', { name: english.identity }).fill('001099000001');
      await dialogOf(tab).getByRole('button', { name: english.lookUp }).click();
      await foundList(tab).waitFor();
    };
    const isOpen = () => tab.evaluate(() => document.querySelector('smartca-create-certificate')?.open);
    const visit = async (act, words) => {
      await act();
      await tab.getByText(words, { exact: true }).waitFor();
    };
    await tab.evaluate(() => { globalThis.sameDocument = true; });
    await works();
    await visit(() => tab.evaluate(() => globalThis.Turbo.visit('/other')), 'Other page');  // left with the dialog open
    assert.deepEqual(await tab.evaluate(() => globalThis.result), { outcome: 'cancelled' });
    await visit(() => tab.goBack(), 'Other');  // of what Turbo has kept
    await tab.locator('smartca-create-certificate').waitFor({ state: 'attached' });
    assert.equal(await isOpen(), false);
    await works();
    await tab.evaluate(() => { document.querySelector('smartca-create-certificate').open = false; });
    await visit(() => tab.getByRole('link', { name: 'Other' }).click(), 'Other page');
    await visit(() => tab.getByRole('link', { name: 'First' }).click(), 'Other');
    await works();
    assert.equal(await tab.evaluate(() => globalThis.sameDocument), true, 'Turbo has changed the pages, not the browser');
    assert.deepEqual(tab.problems, []);
    await tab.context().close();
  });

test('the package is imported on a server without defining or touching anything', async () => {
  assert.equal((await run('node', ['-e', "import('./smartca.js').then(({ SmartcaCertificates }) => console.log(SmartcaCertificates.version))"], packed)).trim(),
    JSON.parse(await readFile(join(packed, 'package.json'))).version);
});

test('each link of the package\'s documents leads to what is in the package', async () => {
  const inside = await readdir(packed);
  for (const name of inside.filter((file) => file.endsWith('.md')))
    for (const [, path] of (await readFile(join(packed, name), 'utf8')).matchAll(/\]\(([^)#]+)/g))
      assert.ok(inside.includes(path) || /^https?:/.test(path), `${name}: ${path}`);
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

  for (const name of ['Created', 'Pending', 'Problem'])  // what may come of a create that was left running
    assert.deepEqual(typed(`export interface Smartca${name} `, memberPattern).filter((member) => member === 'left'), ['left'], name);

  const [tokens, styles] = await Promise.all(['tokens.js', 'styles.js'].map((name) => readFile(join(root, 'web/platform/js', name), 'utf8')));
  const looks = [...tokens.match(/systemColors = {([^}]*)}/)[1].matchAll(/'([\w-]+)':/g), ...styles.matchAll(/--smartca-(\w+)/g)].map(([, name]) => '--smartca-' + name);
  assert.deepEqual(namesOf(dialog.cssProperties), looks.sort());

  const sources = await Promise.all(['element.js', 'dialog.js', 'page.js'].map((name) => readFile(join(element, name), 'utf8')));
  const asked = sources.join('').matchAll(/(?:get|has)Attribute\('([\w-]+)'\)/g);
  assert.deepEqual([...asked].map(([, name]) => name).filter((name) => !namesOf([...dialog.attributes, ...list.attributes]).includes(name)), []);

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
