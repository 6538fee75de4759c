// The details of a certificate: what it says of itself, and whether it leads to an authority that is trusted.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { assertCreated, assertProblem, draftFor, freeUsers, wholeList } from './expect.mjs';
import { startStack, until } from './harness.mjs';
import { identities, registered } from './people.mjs';

let stack;
let nextUser;
before(async () => {
  stack = await startStack({ identities: identities(), verify: true });
  nextUser = freeUsers(stack);
});
after(() => stack.stop());

async function detailsOf(id, from = stack) {
  const answer = await from.api('GET', `certificates/${id}/details`);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

test('the details are what the certificate says, as another reader of it sees it', async () => {
  const { added: [row] } = assertCreated(await stack.create(draftFor(await nextUser(), registered.one)), 1);
  const { certificate, statusSource, source, content, chain } = await detailsOf(row.id);
  const [item] = await stack.sandbox.certificatesOf(registered.one);
  const other = new X509Certificate(Buffer.from(item.cert_data, 'base64'));
  assert.deepEqual({ ...certificate, statusAsked: row.statusAsked }, row);
  assert.equal(statusSource, 'asked');
  assert.equal(source, 'kept');
  assert.equal(content.serial, other.serialNumber.toLowerCase());
  assert.equal(content.fingerprint, other.fingerprint256.replaceAll(':', '').toLowerCase());
  assert.equal(Date.parse(content.validFrom), Date.parse(other.validFrom));
  assert.equal(Date.parse(content.validTo), Date.parse(other.validTo));
  assert.equal(content.subject.parts.find((part) => part.type === 'CN').value, 'Nguyễn Văn A');
  assert.equal(content.subject.parts.find((part) => part.type === 'UID').value, `CCCD:${registered.one}`);
  assert.deepEqual(content.publicKey, { algorithm: 'RSA', bits: 2048 });
  assert.equal(content.signatureAlgorithm, 'RSA-SHA256');
  assert.deepEqual(content.keyUsage, ['digitalSignature', 'nonRepudiation']);
  assert.deepEqual(content.extendedKeyUsage, ['clientAuth', 'emailProtection']);
  assert.deepEqual(content.caIssuers, ['http://ca.sandbox.invalid/smartca-sandbox.cer']);
  assert.deepEqual(content.crl, ['http://crl.sandbox.invalid/smartca-sandbox.crl']);
  assert.deepEqual(content.ocsp, []);
  assert.deepEqual(chain, { verdict: 'verified', path: ['Nguyễn Văn A', 'SmartCA Sandbox RS', 'SmartCA Sandbox Root CA'], revocation: 'notChecked' });
});

test('an expired certificate is not verified, and its chain is shown', async () => {
  const { added: [row] } = assertCreated(await stack.create(draftFor(await nextUser(), registered.expired)), 1);
  const { certificate, chain } = await detailsOf(row.id);
  assert.equal(certificate.status, 'expired');
  assert.equal(chain.verdict, 'expired');
  assert.equal(chain.path.at(-1), 'SmartCA Sandbox Root CA');
});

test('a certificate that is not kept is told by what the list shows of it', async () => {
  const row = (await wholeList(stack)).find((each) => each.identity !== registered.one && each.identity !== registered.expired);
  const { statusText, statusAsked: before, ...listed } = row;  // the words of before no longer hold
  assert.ok(statusText && before);
  const details = await detailsOf(row.id);
  const { statusAsked, ...certificate } = details.certificate;
  assert.ok(statusAsked);
  assert.deepEqual({ ...details, certificate }, { certificate: { ...listed, status: row.status === 'active' ? 'unknown' : row.status }, statusSource: 'gone', source: 'notKept', content: null, chain: { verdict: 'notKept', path: [], revocation: 'notChecked' } });
});

test('there are no details of what is not there', async () => {
  assertProblem(await stack.api('GET', 'certificates/999999/details'), 404, 'certificateGone');
  assertProblem(await stack.api('GET', 'certificates/x/details'), 404, 'notFound');
  assertProblem(await stack.api('POST', 'certificates/1/details', {}), 405, 'methodNotAllowed');
});

test('an empty name gives the certificate its own name back', async () => {
  const { added: [row] } = assertCreated(await stack.create(draftFor(await nextUser(), registered.another)), 1);
  assert.equal((await stack.api('PATCH', `certificates/${row.id}`, { name: 'Chữ ký kế toán' })).body.name, 'Chữ ký kế toán');
  assert.equal((await stack.api('PATCH', `certificates/${row.id}`, { name: '' })).body.name, 'Nguyễn Thị Ánh');
});

test('changed authorities of subscribers count within two seconds; a broken file is told and changes nothing', async () => {
  const { added: [row] } = assertCreated(await stack.create(draftFor(await nextUser(), registered.another)), 1);
  const file = stack.sandbox.subscriberCaFile;
  const ours = await readFile(file);
  const verdict = async () => (await detailsOf(row.id)).chain.verdict;
  assert.equal(await verdict(), 'verified');
  await writeFile(file, 'no certificate');
  await until(() => /"secretBroken".*subscriber-ca\.pem/.test(stack.proxy.said), 10_000);
  assert.equal(await verdict(), 'verified');
  await writeFile(file, await readFile('/etc/ssl/certs/ca-certificates.crt')); // others' authorities
  await until(async () => (await verdict()) !== 'verified', 10_000);
  await writeFile(file, ours);
  await until(async () => (await verdict()) === 'verified', 10_000);
});

test('without authorities the details claim nothing', async () => {
  const bare = await startStack({ identities: identities(), demoData: true });
  try {
    const { added: [row] } = assertCreated(await bare.create(draftFor(await freeUsers(bare)(), registered.one)), 1);
    assert.deepEqual((await detailsOf(row.id, bare)).chain, { verdict: 'notConfigured', path: [], revocation: 'notChecked' });
  } finally {
    await bare.stop();
  }
});

test('with eContract as the registry the certificate is the one that SmartCA gives, and is told from the list while it gives none', async () => {
  const portal = await startStack({ identities: identities(), portal: {}, demoData: false, verify: true });
  try {
    const { added: [row] } = assertCreated(await portal.create(draftFor(1, registered.one)), 1);
    await portal.sandbox.fault({ mode: 'status500', path: '/sca' });
    const away = await detailsOf(row.id, portal);
    assert.deepEqual([away.source, away.content, away.chain.verdict, away.certificate.serial], ['notReached', null, 'notKept', row.serial]);
    await portal.sandbox.fault({ mode: 'none' });
    const { source, content, chain, certificate } = await detailsOf(row.id, portal);
    assert.deepEqual([source, content.serial, chain.verdict, certificate.serial], ['asked', row.serial, 'verified', row.serial]);
  } finally {
    await portal.stop();
  }
});

test('while SmartCA hangs for many who look at details, the others are served at once, and one call to SmartCA answers them all', async () => {
  const portal = await startStack({ identities: identities(), portal: {}, demoData: false, args: ['--smartca-timeout-ms', '60000'] });
  try {
    const { added: [row] } = assertCreated(await portal.create(draftFor(1, registered.one)), 1);
    const calls = async () => (await portal.sandbox.ledger()).body.entries.length;
    const before = await calls();
    await portal.sandbox.fault({ mode: 'hang', path: '/sca' });
    const answers = [];
    const looking = Array.from({ length: 48 }, async () => answers.push(await portal.api('GET', `certificates/${row.id}/details`)));
    for (let i = 0; i < 10; ++i) for (const what of ['certificates', 'users']) assert.equal((await portal.api('GET', what)).status, 200);
    assert.deepEqual(answers.filter(({ status }) => status === 200), []);
    await portal.sandbox.fault({ mode: 'none' });
    await Promise.all(looking);
    // Who has waited for a free worker for ten seconds is told to come back.
    for (const { status, body } of answers) if (status !== 503) assert.deepEqual([status, body.source], [200, 'asked']);
    // The call that hung was cut off when the fault ended, and made again.
    assert.ok(await calls() <= before + 2);
  } finally {
    await portal.stop();
  }
});
