// The way of one create: which certificates it adds, and what it says of the others.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertCreated, assertFinding, draftFor, freeUsers, wholeList } from './expect.mjs';
import { startStack } from './harness.mjs';
import { identities, registered } from './people.mjs';

let stack;
let nextUser;
before(async () => {
  stack = await startStack({ identities: identities() });
  nextUser = freeUsers(stack);
});
after(() => stack.stop());

test('a blank serial adds every certificate of the number, and the list shows them', async () => {
  const user = await nextUser();
  const { added } = assertCreated(await stack.create(draftFor(user, registered.several)), 3);
  const wire = await stack.sandbox.certificatesOf(registered.several);
  assert.deepEqual(added.map((row) => row.serial).sort(), wire.map((item) => item.serial_number.toLowerCase()).sort());

  const rows = await wholeList(stack, `&userId=${user}`);
  assert.deepEqual(rows.map((row) => row.id).sort(), added.map((row) => row.id).sort());
  for (const row of rows) {
    assert.equal(row.userId, user);
    assert.equal(row.identity, registered.several);
    assert.equal(row.type, 'smartCa');
    assert.match(row.subject, /CN=Trần Văn Đức/);
    assert.ok(row.issuer);
    const item = wire.find((each) => each.serial_number.toLowerCase() === row.serial);
    assert.equal(Date.parse(row.validFrom), Date.parse(item.cert_valid_from));
    assert.equal(Date.parse(row.validTo), Date.parse(item.cert_valid_to));
  }
  assert.equal((await stack.api('GET', `certificates/${rows[0].id}`)).body.serial, rows[0].serial);
});

test('expired certificates are added too, and named', async () => {
  const { added, expired } = assertCreated(await stack.create(draftFor(await nextUser(), registered.several)), 3);
  assert.equal(expired.length, 1);
  assert.equal(expired[0].status, 'expired');
  assert.equal(added.find((row) => row.serial === expired[0].serial).status, 'expired');
});

test('an expired certificate on its own is added and named', async () => {
  const { expired } = assertCreated(await stack.create(draftFor(await nextUser(), registered.expired)), 1);
  assert.equal(expired.length, 1);
});

test('a serial adds that certificate alone, in whatever way it is written', async () => {
  const [first] = await stack.sandbox.certificatesOf(registered.several);
  const serial = first.serial_number.toLowerCase();
  const pairs = serial.match(/../g);
  const spellings = [serial, serial.toUpperCase(), pairs.join(':'), pairs.join(' '), pairs.join('-'), `0x${serial}`, `00${serial}`,
    ` ${serial}\n`, `\u200e${pairs.join(' ')}`, serial.replace(/[0-9]/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))];
  for (const spelling of spellings) {
    const { added } = assertCreated(await stack.create(draftFor(await nextUser(), registered.several, { serial: spelling })), 1);
    assert.equal(added[0].serial, serial, spelling);
  }
});

test('the number is found in whatever way it is written', async () => {
  const spellings = ['001 099 000 001', '001.099.000.001', 'CCCD: 001099000001', ' 001099000001\u200b', '００１０９９０００００１', 'UID=CCCD:001099000001'];
  for (const spelling of spellings) {
    const { added } = assertCreated(await stack.create(draftFor(await nextUser(), spelling)), 1);
    assert.equal(added[0].identity, registered.one, spelling);
  }
});

for (const [name, identity] of [['a passport', registered.passport], ['an old identity card', registered.oldCard],
  ['a number of no known shape', registered.oddShape]]) {
  test(`the certificate of ${name} can be added`, async () => {
    const { added } = assertCreated(await stack.create(draftFor(await nextUser(), identity)), 1);
    assert.equal(added[0].identity, identity);
    assert.ok(added[0].name && added[0].serial && Date.parse(added[0].validTo) > Date.now());
  });
}

test('a branch is found under its tax code with the hyphen', async () => {
  for (const spelling of [registered.branch, registered.branch.replace('-', ''), registered.branch.replace('-', '–')]) {
    const { added } = assertCreated(await stack.create(draftFor(await nextUser(), spelling)), 1);
    assert.equal(added[0].identity, registered.branch);
  }
});

test('a branch that SmartCA knows without the hyphen is found too', async () => {
  assertCreated(await stack.create(draftFor(await nextUser(), registered.plainBranch)), 1);
});

test('what the user has already is told and not added twice', async () => {
  const user = await nextUser();
  const [first] = await stack.sandbox.certificatesOf(registered.several);
  assertCreated(await stack.create(draftFor(user, registered.several, { serial: first.serial_number })), 1);
  const { alreadyOnList } = assertCreated(await stack.create(draftFor(user, registered.several)), 2);
  assert.deepEqual(alreadyOnList.map((each) => each.serial), [first.serial_number.toLowerCase()]);
  assert.equal((await wholeList(stack, `&userId=${user}`)).length, 3);
});

test('a create that adds nothing new says so and changes nothing', async () => {
  const user = await nextUser();
  assertCreated(await stack.create(draftFor(user, registered.one)), 1);
  const before = await wholeList(stack);
  const again = await stack.create(draftFor(user, registered.one));
  assert.equal(again.status, 200);
  assert.deepEqual(again.body.added, []);
  assert.equal(again.body.alreadyOnList.length, 1);
  assert.deepEqual(await wholeList(stack), before);
});

test('two users may have the same certificate', async () => {
  assertCreated(await stack.create(draftFor(await nextUser(), registered.another)), 1);
  assertCreated(await stack.create(draftFor(await nextUser(), registered.another)), 1);
});

test('a number without any certificate is refused at the number', async () => {
  assertFinding(await stack.create(draftFor(await nextUser(), registered.none)), 'identity', 'noCertificate');
});

test('a user who does not exist is refused at the user', async () => {
  assertFinding(await stack.create(draftFor(2_000_000_000, registered.one)), 'userId', 'userUnknown');
});

test('a serial of another number is refused, with the count of those that there are', async () => {
  const [other] = await stack.sandbox.certificatesOf(registered.one);
  assertFinding(await stack.create(draftFor(await nextUser(), registered.several, { serial: other.serial_number })),
    'serial', 'serialNotRegistered', { count: '3', serial: other.serial_number.toLowerCase() });
});

test('SmartCA is asked with an id of its own for each transaction', async () => {
  await stack.create(draftFor(await nextUser(), registered.one));
  const ids = (await stack.sandbox.ledger()).body.entries.map((entry) => entry.transaction_id);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.every((id) => id.length >= 8));
});
