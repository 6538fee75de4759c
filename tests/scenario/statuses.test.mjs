// What SmartCA says of a certificate's status, what it says that cannot be read, and what becomes of both: in a look-up, in a
// create, on the list and in the details.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readContract } from './contract.mjs';
import { assertCreated, assertFinding, assertProblem, draftFor, freeUsers, wholeList } from './expect.mjs';
import { root, startStack } from './harness.mjs';

// In assets/demo/identities.json.
const oneUnreadable = '001099001001';
const noneReadable = '001099001002';
const everyStatus = '001099001003';
const twoUnusable = '001099001004';
const noneUsable = '001099001005';
const oddTexts = '001099001006';
const five = '001099001014';
const nobody = '001099001999';

let stack;
let nextUser;
before(async () => {
  stack = await startStack({ answers: 'tests/cases/smartca-answers.json' });
  nextUser = freeUsers(stack);
  const [contract, call] = [await readContract(), stack.proxy.api.bind(stack.proxy)];
  stack.proxy.api = async (method, path, ...more) => {
    const answer = await call(method, path, ...more);
    assert.deepEqual(contract.judge(method, `/${path}`, answer), [], JSON.stringify(answer.body).slice(0, 500));
    return answer;
  };
});
after(() => stack.stop());

const lookUp = (identity, userId, from = stack) => from.api('POST', 'lookups', userId ? { identity, userId } : { identity });
async function found(identity, userId) {
  const { status, body } = await lookUp(identity, userId);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}
const serials = (certificates) => certificates.map((each) => each.serial).sort();
const usable = ({ status }) => ['active', 'expired', 'notYetValid'].includes(status);

test('each of the stored answers is told as what it is', async () => {
  const expected = JSON.parse(await readFile(join(root, 'tests/cases/smartca-answers.expected.json'), 'utf8'));
  for (const [index, { name, certificates, unreadable = [], personUnknown = false, problem }] of expected.entries()) {
    const answer = await lookUp(String(1_200_000_001 + index).padStart(12, '0'));
    if (problem) {
      assert.equal(answer.body.code, problem, name);
      continue;
    }
    assert.equal(answer.status, 200, `${name}: ${JSON.stringify(answer.body)}`);
    assert.deepEqual(answer.body.certificates.map((each) => each.serial), certificates.map(([serial]) => serial), name);
    for (const [i, [, said, ...notes]] of certificates.entries()) {
      const { status, notes: told = [] } = answer.body.certificates[i];
      assert.ok(status === said || (status === 'expired' && said !== 'revoked'), `${name}: ${status}`);
      assert.deepEqual(told.filter((note) => note !== 'numberDiffers'), notes, name); // asked about by made-up numbers
    }
    assert.deepEqual((answer.body.unreadable ?? []).map((each) => each.serial), unreadable.map(([serial]) => serial), name);
    assert.equal(answer.body.personUnknown ?? false, personUnknown, name);
  }
});

test('a gateway that is closed says when to come back, and so do we; why it is closed is not said for certain', async () => {
  await stack.sandbox.fault({ mode: 'html503', path: '/sca' }); // with Retry-After: 120
  const answer = await lookUp(five);
  await stack.sandbox.fault({ mode: 'none' });
  assert.equal(assertProblem(answer, 503, 'upstreamMaintenance').retryAfterSeconds, 120);
  assert.equal(answer.headers.get('retry-after'), '120');
  assert.match(answer.body.title, /đang tạm dừng, có thể để bảo trì/);
});

test('one that cannot be read is counted, named and logged, and blocks all until a yes', async () => {
  const user = await nextUser();
  const { certificates, unreadable } = await found(oneUnreadable, user);
  assert.equal(certificates.length, 2);
  assert.equal(unreadable.length, 1);
  assert.match(stack.proxy.said, /"event":"smartca","text":"certificate 2 of 3 cannot be read/);
  assertFinding(await stack.create(draftFor(user, oneUnreadable)), 'serial', 'certificatesUnreadable', { count: '1' });
  assertFinding(await stack.create(draftFor(user, oneUnreadable, { serial: unreadable[0].serial })), 'serial', 'certificateUnreadable');
  assert.deepEqual(await wholeList(stack, `&userId=${user}`), []);
  const answer = assertCreated(await stack.create(draftFor(user, oneUnreadable, { agreed: ['unreadable'] })), 2);
  assert.deepEqual(answer.unreadable, unreadable);
});

test('where nothing can be read nothing is created, and nobody is told that there is none', async () => {
  const user = await nextUser();
  for (const more of [{}, { agreed: ['unreadable'] }]) {
    const answer = await stack.create(draftFor(user, noneReadable, more));
    assertFinding(answer, 'serial', 'certificatesUnreadable', { count: '2' });
    assert.doesNotMatch(JSON.stringify(answer.body), /noCertificate|personUnknown/);
  }
  const { certificates, unreadable } = await found(noneReadable);
  assert.deepEqual([certificates.length, unreadable.length], [0, 2]);
});

test('a number that SmartCA does not know is told from one without certificates', async () => {
  assert.equal((await found(nobody)).personUnknown, true);
  assert.equal((await found('031200000009')).personUnknown, undefined);
  const user = await nextUser();
  assertFinding(await stack.create(draftFor(user, nobody)), 'identity', 'personUnknown');
  assertFinding(await stack.create(draftFor(user, '031200000009')), 'identity', 'noCertificate');
});

test('all leaves out what is not usable and names it; it is added where it is picked and agreed to', async () => {
  const user = await nextUser();
  const { certificates } = await found(everyStatus, user);
  const bad = certificates.filter((each) => !usable(each));
  assert.ok(bad.length >= 4);
  const answer = assertCreated(await stack.create(draftFor(user, everyStatus)), certificates.length - bad.length);
  assert.deepEqual(serials(answer.leftOut), serials(bad));
  const picked = { serials: bad.map((each) => each.serial) };
  assertFinding(await stack.create(draftFor(user, everyStatus, picked)), 'serial', 'certificateUnusable');
  const { added } = assertCreated(await stack.create(draftFor(user, everyStatus, { ...picked, agreed: ['unusable'] })), bad.length);
  for (const row of added) {
    const { status, statusText } = certificates.find((each) => each.serial === row.serial);
    assert.deepEqual([row.status, row.statusText ?? ''], [status, statusText]);
    assert.ok(row.statusAsked);
  }
  const again = await stack.create(draftFor(user, everyStatus));
  assert.equal(again.status, 200);
  assert.equal(again.body.alreadyOnList.length, certificates.length);
  assert.equal(again.body.leftOut, undefined);
});

test('the list is filtered by every status', async () => {
  const rows = await wholeList(stack);
  for (const status of ['active', 'expired', 'notYetValid', 'revoked', 'suspended', 'pending', 'unknown']) {
    const expected = rows.filter((row) => row.status === status);
    assert.deepEqual(serials(await wholeList(stack, `&status=${status}`)), serials(expected), status);
  }
  assert.ok(rows.some((row) => row.status === 'suspended'));
  assertProblem(await stack.api('GET', 'certificates?status=inactive'), 400, 'malformedRequest');
});

test('where none is usable all adds nothing', async () => {
  const { certificates } = await found(noneUsable);
  const answer = await stack.create(draftFor(await nextUser(), noneUsable));
  if (certificates.some(usable)) assert.equal(assertCreated(answer, certificates.filter(usable).length).leftOut.length, certificates.filter((each) => !usable(each)).length);
  else assertFinding(answer, 'serial', 'noneUsable');
});

test('several serials are one create, under one key', async () => {
  const user = await nextUser();
  const { certificates } = await found(five, user);
  const picked = certificates.filter(({ status }) => status === 'active').slice(0, 2);
  const draft = draftFor(user, five, { serials: serials(picked) });
  const first = await stack.create(draft, 'several-1');
  assert.deepEqual(serials(assertCreated(first, 2).added), serials(picked));
  const second = await stack.create(draft, 'several-1');
  assert.deepEqual(second.body, first.body);
  assert.equal(second.headers.get('idempotency-replayed'), 'true');
  assert.equal((await wholeList(stack, `&userId=${user}`)).length, 2);
  assertProblem(await stack.create({ ...draft, serial: picked[0].serial }), 400, 'malformedRequest');
});

test('an empty list of serials, as of a search that found nothing, does not mean all', async () => {
  const user = await nextUser();
  assertProblem(await stack.create(draftFor(user, five, { serials: [] })), 400, 'malformedRequest');
  assert.equal((await wholeList(stack, `&userId=${user}`)).length, 0);
});

test('who else has a certificate on their list is told, and the asked user is not', async () => {
  const [owner, other] = [await nextUser(), await nextUser()];
  const { certificates: [first] } = await found(five);
  assertCreated(await stack.create(draftFor(owner, five, { serial: first.serial })), 1);
  const { name } = (await stack.api('GET', `users/${owner}`)).body;
  const heldBy = async (user) => (await found(five, user)).certificates.find(({ serial }) => serial === first.serial).heldBy ?? [];
  assert.ok((await heldBy(other)).includes(name));
  assert.ok(!(await heldBy(owner)).includes(name));
});

test('a text that differs from the certificate is noted', async () => {
  const notes = (await found(oddTexts)).certificates.flatMap((each) => each.notes ?? []);
  assert.deepEqual(notes.sort(), ['datesDiffer', 'serialDiffers', 'subjectDiffers']);
});

test('defaults suggest the numbers of a user who has certificates', async () => {
  const user = await nextUser();
  assert.equal((await stack.api('GET', `defaults?userId=${user}`)).body.identities, undefined);
  assertCreated(await stack.create(draftFor(user, five, { serials: serials((await found(five)).certificates.slice(0, 1)) })), 1);
  assert.deepEqual((await stack.api('GET', `defaults?userId=${user}`)).body.identities, [five]);
});

test('opening the details looks at the status again, and keeps it', async () => {
  const [wire] = await stack.sandbox.certificatesOf('001099001012');
  const { added: [row] } = assertCreated(await stack.create(draftFor(await nextUser(), '001099001012', { serial: wire.serial_number })), 1);
  assert.equal(row.status, 'active');
  const details = async () => (await stack.api('GET', `certificates/${row.id}/details?ask=anew`)).body;
  const answering = (items) => stack.sandbox.fault({ mode: 'answer', path: '/sca', http: 200, body: { status_code: 200, message: 'Success', data: { user_certificates: items } } });
  await answering([{ ...wire, cert_status: 'Đã thu hồi', cert_status_code: 'REVOKED' }]);
  const asked = await details();
  assert.deepEqual([asked.statusSource, asked.certificate.status, asked.certificate.statusText], ['asked', 'revoked', 'Đã thu hồi']);
  assert.equal((await stack.api('GET', `certificates/${row.id}`)).body.status, 'revoked');
  assert.ok((await wholeList(stack, '&status=revoked')).some(({ id }) => id === row.id));

  await stack.sandbox.fault({ mode: 'status500', path: '/sca' });
  const away = await details();
  assert.deepEqual([away.statusSource, away.certificate], ['notReached', asked.certificate]);

  await answering([]);
  const gone = await details();
  assert.deepEqual([gone.statusSource, gone.certificate, gone.source], ['gone', asked.certificate, 'kept']);
  await stack.sandbox.fault({ mode: 'none' });
});

test('a certificate that SmartCA no longer has, or sends in pieces, is not told as active, in the list neither', async () => {
  const [wire] = await stack.sandbox.certificatesOf('001099001015');
  const { added: [row] } = assertCreated(await stack.create(draftFor(await nextUser(), '001099001015', { serial: wire.serial_number })), 1);
  assert.equal(row.status, 'active');
  const details = async (items) => {
    await stack.sandbox.fault({ mode: 'answer', path: '/sca', http: 200, body: { status_code: 200, message: 'Success', data: { user_certificates: items } } });
    return (await stack.api('GET', `certificates/${row.id}/details?ask=anew`)).body;
  };
  const listed = async () => (await stack.api('GET', `certificates?ids=${row.id}`)).body.items[0].status;
  const gone = await details([]);
  assert.deepEqual([gone.statusSource, gone.certificate.status, await listed()], ['gone', 'unknown', 'unknown']);
  const silent = await details([{ ...wire, cert_status: '', cert_status_code: null }]);
  assert.deepEqual([silent.statusSource, silent.certificate.status, await listed()], ['notTold', 'active', 'active']);
  const broken = await details([{ ...wire, cert_data: 'AAAA', cert_status: 'Đã thu hồi', cert_status_code: null }]);
  assert.deepEqual([broken.statusSource, broken.certificate.status, await listed()], ['asked', 'revoked', 'revoked']);
  await stack.sandbox.fault({ mode: 'none' });
});

test('with eContract, what is left out or not picked never reaches the portal by a blank serial', async () => {
  const portal = await startStack({ portal: {}, demoData: false });
  try {
    const { certificates } = (await lookUp(twoUnusable, 2, portal)).body;
    const good = certificates.filter(usable);
    assert.ok(good.length < certificates.length);
    const { leftOut } = assertCreated(await portal.create(draftFor(2, twoUnusable)), good.length);
    assert.equal(leftOut.length, certificates.length - good.length);
    const picked = (await lookUp(five, 2, portal)).body.certificates.filter(({ status }) => status === 'active').slice(0, 2);
    assertCreated(await portal.create(draftFor(2, five, { serials: serials(picked) })), 2);
    const sent = (await portal.sandbox.asked('/smart-ca/add')).map(({ serialNumber }) => serialNumber.toLowerCase());
    assert.deepEqual(sent.sort(), [...serials(good), ...serials(picked)].sort());
    const rows = await wholeList(portal, '&userId=2');
    assert.deepEqual(rows.map(({ serial }) => serial).filter((serial) => serials(leftOut).includes(serial)), []);
    assert.deepEqual((await portal.api('GET', 'defaults?userId=2')).body.identities.slice(0, 2), [five, twoUnusable]);
  } finally {
    await portal.stop();
  }
});
