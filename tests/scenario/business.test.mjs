// Business accounts: one certificate, chosen by its serial where there are several, with a password and a secret key.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertCreated, assertFinding, draftFor, freeUsers, wholeList } from './expect.mjs';
import { startStack } from './harness.mjs';
import { businessAccount, identities, registered, secretKey } from './people.mjs';

let stack;
let nextUser;
before(async () => {
  stack = await startStack({ identities: identities() });
  nextUser = freeUsers(stack);
});
after(() => stack.stop());

const draft = async (identity, more = {}) => draftFor(await nextUser(), identity, { businessAccount, ...more });

test('a business account with one certificate needs no serial', async () => {
  const { added, notSaved } = assertCreated(await stack.create(await draft(registered.companyWithOne)), 1);
  assert.equal(added[0].type, 'business');
  assert.deepEqual(notSaved, []);
});

test('a business account with several certificates is asked for the serial, with their count', async () => {
  const before = await wholeList(stack);
  const refused = await stack.create(await draft(registered.companyWithThree));
  assertFinding(refused, 'serial', 'serialRequired', { count: '3' });
  assert.deepEqual(await wholeList(stack), before);
});

test('a business account with several certificates and a serial gets that one', async () => {
  const [, second] = await stack.sandbox.certificatesOf(registered.companyWithThree);
  const { added } = assertCreated(await stack.create(await draft(registered.companyWithThree, { serial: second.serial_number })), 1);
  assert.equal(added[0].serial, second.serial_number.toLowerCase());
});

test('a business account with a wrong serial is refused, with the count of the right ones', async () => {
  const wrong = await stack.create(await draft(registered.companyWithThree, { serial: '54010101dead' }));
  assertFinding(wrong, 'serial', 'serialNotRegistered', { count: '3', serial: '54010101dead' });
  const only = await stack.create(await draft(registered.companyWithOne, { serial: '54010101dead' }));
  assertFinding(only, 'serial', 'serialNotRegistered', { count: '1', serial: '54010101dead' });
});

test('without the business account several certificates need no serial', async () => {
  assertCreated(await stack.create(draftFor(await nextUser(), registered.companyWithThree)), 3);
});

test('password and secret key are both required, and both missing ones are told at once', async () => {
  const refused = await stack.create(await draft(registered.companyWithOne, { businessAccount: { password: '', secretKey: '' } }));
  assertFinding(refused, 'password', 'required');
  assertFinding(refused, 'secretKey', 'required');
});

test('the secret key may be base64, base32 or base32 in groups', async () => {
  const keys = [secretKey, 'GAYDCMJSGIZTGNBUGU2TMNRXG44DQOJZIFAUEQSDINCEIRKFIZDA====', 'gayd cmjs gizt gnbu gu2t mnrx g44d qojz', 'JBSW-Y3DP-EHPK-3PXP'];
  for (const key of keys) {
    assertCreated(await stack.create(await draft(registered.companyWithOne, { businessAccount: { ...businessAccount, secretKey: key } })), 1);
  }
});

test('a password of any characters is taken, blanks at its ends included', async () => {
  for (const password of [' leading and trailing ', '密码🔐ậ', '"quotes\\', 'a'.repeat(128)]) {
    assertCreated(await stack.create(await draft(registered.companyWithOne, { businessAccount: { ...businessAccount, password } })), 1);
  }
});
