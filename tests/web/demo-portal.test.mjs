// The demo's portal: two companies, an administrator and a clerk in each, and what happens as it happens.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { root } from '../scenario/harness.mjs';
import { rights } from '../scenario/tokens.mjs';
import { dialogOf, english, foundList } from './dialog.mjs';
import { openStage } from './stage.mjs';

const folder = await mkdtemp(join(tmpdir(), 'smartca-portal-'));
after(() => rm(folder, { recursive: true }));
const file = async (name, text) => {
  await writeFile(join(folder, name), text, { mode: 0o600 });
  return join(folder, name);
};
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const companies = ['anh-duong', 'buu-dien'];
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'demo-portal', alg: 'EdDSA', iss: 'https://portal.demo', companies, may: rights };
const key = await file('portal.pem', privateKey.export({ format: 'pem', type: 'pkcs8' }));
const token = await file('token', 's'.repeat(40));
const demoData = JSON.parse(await readFile(join(root, 'assets/demo/portal-registry.json'), 'utf8'));
delete demoData.company.image; // which stands beside that file
const { stack, browser } = await openStage({ demoData, args: ['--auth', 'bearer', '--session-keys-file', await file('keys.json', JSON.stringify({ keys: [jwk] })), '--auth-token-file', token,
  '--company', companies[0], '--companies-file', await file('companies.json', JSON.stringify({ companies: companies.map((name) => ({ name })) }))] });
const portal = spawn(process.execPath, [join(root, 'assets/demo/portal/server.mjs'), '--port', '0', '--proxy', `127.0.0.1:${stack.proxy.port}`, '--key', key, '--token-file', token],
  { stdio: ['ignore', 'pipe', 'inherit'] });
after(() => portal.kill());
const [line] = await once(portal.stdout.setEncoding('utf8'), 'data');
const address = line.trim();

const list = (page) => page.locator('smartca-certificates');
async function open() {
  const page = await browser.page(stack, { path: '/api/v1/session', ready: false });
  await page.goto(address);
  await list(page).getByText('Nguyễn Văn A').first().waitFor();
  return page;
}
async function signIn(page, person, shows) {
  await page.getByLabel('Signed in as').selectOption(person);
  await list(page).getByText(shows).first().waitFor();
}

test('what an administrator attaches is on the list and among the events at once, for the clerk too, who cannot', async () => {
  const page = await open();
  const other = await open();
  await signIn(other, 'bao', 'Nguyễn Văn A');
  // The list of the person before stands there until theirs does.
  for (const [where, name] of [[other, 'Add a certificate'], [list(other), /Create New/]])
    await where.getByRole('button', { name }).first().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Add a certificate' }).click();
  await dialogOf(page).getByRole('combobox', { name: english.user }).fill('nguyen van a');
  await page.getByRole('option', { name: /NV01/ }).click();
  await dialogOf(page).getByRole('textbox', { name: english.identity }).fill('001099000001');
  await dialogOf(page).getByRole('button', { name: english.lookUp }).click();
  await foundList(page).waitFor();
  await dialogOf(page).getByRole('button', { name: english.submit }).click();
  for (const each of [page, other]) await each.getByText(/^Lê Thu Trang attached for Nguyễn Văn A: …\w+, …\w+/).waitFor();
  await list(page).getByText('4 certificates of 2 users').waitFor();
});

test('who signs in as somebody else in another tab acts for nobody of the first, which is drawn anew', async () => {
  const page = await open();
  const other = await page.context().newPage();
  await other.goto(address);
  await signIn(other, 'ha', 'Đặng Quốc Khánh');
  await page.getByRole('button', { name: 'Add a certificate' }).click();
  await list(page).getByText('Đặng Quốc Khánh').first().waitFor();
  assert.equal(await page.getByText('Bưu điện Hà Nội', { exact: true }).count(), 1);
  await page.context().close();
});

test('the other company has its own people, list and events, and its portal locks the display mode', async () => {
  const page = await open();
  await signIn(page, 'ha', 'Đặng Quốc Khánh');
  assert.equal(await page.getByText('Bưu điện Hà Nội', { exact: true }).count(), 1);
  assert.equal(await page.getByText('Nguyễn Văn A').count(), 0);
  await page.getByText('Nothing yet.').waitFor();
  await page.getByRole('button', { name: 'Add a certificate' }).click();
  await dialogOf(page).getByText('given by your portal').waitFor();
  assert.ok(await dialogOf(page).getByRole('radio', { name: 'Text only' }).isDisabled());
});
