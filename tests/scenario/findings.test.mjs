// Every finding that a request can provoke, and what each refusal leaves behind: nothing.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { assertFinding, draftFor, freeUsers, wholeList } from './expect.mjs';
import { root, startStack } from './harness.mjs';
import { imageField, png } from './images.mjs';
import { businessAccount, identities, registered, revokedSerial, secretKey, twinSerial, unreadableSerial } from './people.mjs';

let stack;
let user;
before(async () => {
  stack = await startStack({ identities: identities() });
  user = await freeUsers(stack)();
});
after(() => stack.stop());

const business = (more) => ({ businessAccount: { ...businessAccount, ...more } });
// A serial that no one has refuses the create, so that warnings are told, too.
const refusing = { serial: '54010101dead' };
const one = registered.one;

// field, code, arguments, what the draft has instead of the good values
const table = [
  ['userId', 'required', {}, { userId: 0 }],
  ['userId', 'userUnknown', {}, { userId: 2_147_483_647 }],
  ['identity', 'required', {}, { identity: '' }],
  ['identity', 'required', {}, { identity: ' \u00a0\u200b' }],
  ['identity', 'tooLong', { count: '65', maximum: '64' }, { identity: '1'.repeat(65) }],
  ['identity', 'invalidText', {}, { identity: '00109900\u00070001' }],
  ['identity', 'noCertificate', {}, { identity: registered.none }],
  ['identity', 'personUnknown', {}, { identity: registered.unknown }],
  ['identity', 'identityZerosDropped', { suggestion: registered.one }, { identity: '1099000001' }],
  ['identity', 'identityZerosMaybe', { suggestion: '0100684378' }, { identity: '100684378' }],
  ['identity', 'identityTwoReadings', { suggestion: '001200123456', other: '1200123459' }, { identity: '1200123456' }],
  ['identity', 'identityImpossible', {}, { identity: 'abc😀' }],
  ['identity', 'identityShortened', {}, { identity: '1.099E+11' }],
  ['identity', 'identityUnknownShape', {}, { identity: registered.oddShape, ...refusing }],
  ['identity', 'identityCheckDigit', { suggestion: '0100684378' }, { identity: '0100684379' }],
  ['identity', 'identityCheckDigitNone', {}, { identity: '0100000050' }],
  ['identity', 'identityBranchUnassigned', {}, { identity: '0100684378-000' }],
  ['serial', 'serialNotHexadecimal', {}, { serial: '54g1' }],
  ['serial', 'serialTooLong', {}, { serial: 'ab'.repeat(21) }],
  ['serial', 'serialZero', {}, { serial: '00:00' }],
  ['serial', 'serialLooksDecimal', { hexadecimal: '540101014e4653549c5a6fdcb9c89999' }, { serial: '111660364328654083408132045287211964825' }],
  ['serial', 'serialRequired', { count: '3' }, { identity: registered.companyWithThree, ...business() }],
  ['serial', 'serialNotRegistered', { count: '3', ...refusing }, { identity: registered.several, ...refusing }],
  ['serial', 'serialMaybeUnreadable', { count: '1', ...refusing }, { identity: registered.nameless, ...refusing }],
  ['serial', 'serialShared', { serial: twinSerial }, { identity: registered.twins }],
  ['serial', 'serialShared', { serial: twinSerial }, { identity: registered.twins, serial: twinSerial }],
  ['serial', 'certificatesUnreadable', { count: '1' }, { identity: registered.unreadable }],
  ['serial', 'certificateUnreadable', { serial: unreadableSerial }, { identity: registered.unreadable, serial: unreadableSerial }],
  ['serial', 'noneUsable', { count: '1' }, { identity: registered.unusable }],
  ['serial', 'certificateUnusable', { serial: revokedSerial, status: 'revoked' }, { identity: registered.unusable, serial: revokedSerial }],
  ['businessAccount', 'businessAccountNeedsOne', {}, { ...business({ password: '' }) }],
  ['password', 'required', {}, business({ password: '' })],
  ['password', 'tooLong', { count: '129', maximum: '128' }, business({ password: 'ậ'.repeat(129) })],
  ['password', 'invalidText', {}, business({ password: 'a\u0000b' })],
  ['secretKey', 'required', {}, business({ secretKey: ' ' })],
  ['secretKey', 'tooLong', { count: '257', maximum: '256' }, business({ secretKey: 'A'.repeat(257) })],
  ['secretKey', 'invalidText', {}, business({ secretKey: `${secretKey}\u0007` })],
  ['secretKey', 'secretKeyLooksOtherwise', {}, { ...business({ secretKey: '0AYDCMJSGIZTGNBU' }), ...refusing }],
  ['secretKey', 'secretKeyOtherCodes', {}, { ...business({ secretKey: 'otpauth://totp/SmartCA?secret=JBSWY3DPEHPK3PXP&digits=8' }), ...refusing }],
  ['secretKey', 'secretKeyUndecodable', {}, business({ secretKey: '!not base64!' })],
  ['secretKey', 'secretKeyTooShort', {}, business({ secretKey: 'JBSWY3DP' })],
  ['secretKey', 'secretKeyTooLong', {}, business({ secretKey: Buffer.alloc(65, 0xfb).toString('base64') })],
  ['signatureText', 'tooLong', { count: '1001', maximum: '1000' }, { signatureText: 'ậ'.repeat(1001) }],
  ['signatureText', 'invalidText', {}, { signatureText: 'a\u001bb' }],
  ['signatureText', 'invalidText', {}, { signatureText: 'abc\u202edef' }],
  ['signatureText', 'placeholderUnknown', { name: 'Nobody' }, { signatureText: '{{Nobody}}', ...refusing }],
  ['signatureText', 'placeholderUnclosed', {}, { signatureText: 'Signed {{SignTime', ...refusing }],
  ['signatureText', 'placeholderUnnamed', {}, { signatureText: 'Signed {{ }}', ...refusing }],
  ['signatureImage', 'imageNotPngOrJpeg', {}, { signatureImage: imageField(Buffer.from('GIF89a')) }],
  ['signatureImage', 'imageUndecodable', {}, { signatureImage: imageField(png(3, 3).subarray(0, 30)) }],
  ['signatureImage', 'imageTooLarge', { maximum: '1048576' }, { signatureImage: imageField(png(1, 1, { size: 1024 * 1024 + 1 })) }],
  ['signatureImage', 'imageTooManyPixels', { maximum: '4000000' }, { signatureImage: imageField(png(1, 1, { claim: [60_000, 60_000] })) }],
];

// allAlreadyOnList and certificateExpired are told by the answer of a create that succeeds (create.test.mjs); the missing parts
// of a signature are the dialog's to tell, which alone resolves the defaults.
const elsewhere = ['allAlreadyOnList', 'certificateExpired', 'signatureTextMissing', 'signatureImageMissing',
  'fieldLocked'];  // callers.test.mjs

for (const [field, code, args, changes] of table) {
  test(`${field}: ${code} for ${JSON.stringify(changes).slice(0, 60)}`, async () => {
    const before = await wholeList(stack);
    const answer = await stack.create(draftFor(user, one, changes));
    assertFinding(answer, field, code, args);
    assert.deepEqual(await wholeList(stack), before);
  });
}

test('the table has every finding of the contract', async () => {
  const names = [...(await readFile(`${root}/shared/finding.cpp`, 'utf8')).matchAll(/FindingCode::\w+, Severity::\w+, "(\w+)"/g)].map((match) => match[1]);
  assert.ok(names.length > 20);
  const provoked = new Set([...table.map((row) => row[1]), ...elsewhere]);
  assert.deepEqual(names.filter((name) => !provoked.has(name)), []);
});

test('a draft with many faults is told all of them at once', async () => {
  const answer = await stack.create(draftFor(0, '', { serial: 'xyz', businessAccount: { password: '', secretKey: '' }, signatureText: '\u0001' }));
  assert.equal(answer.status, 422);
  const errors = answer.body.findings.filter((finding) => finding.severity === 'error').map((finding) => `${finding.field}.${finding.code}`);
  assert.deepEqual(errors, ['userId.required', 'identity.required', 'serial.serialNotHexadecimal', 'password.required', 'secretKey.required', 'signatureText.invalidText']);
});

test('warnings alone never refuse', async () => {
  const [row] = (await stack.create(draftFor(user, registered.oddShape, { signatureText: '{{Nobody}} {{SignTime' }))).body.added;
  assert.ok(row);
});

test('a finding never repeats a secret', async () => {
  const answer = await stack.create(draftFor(user, one, business({ password: 'canary-password\u0007', secretKey: 'canary-secret!' })));
  assert.equal(answer.status, 422);
  assert.doesNotMatch(JSON.stringify(answer.body), /canary/);
});
