// The portal's eContract as the registry: the real proxy against the sandbox's eContract API.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readContract } from './contract.mjs';
import { allUsers, assertCreated, assertProblem, draftFor, wholeList } from './expect.mjs';
import { freshKey, portalPassword, sleep, startStack } from './harness.mjs';
import { businessAccount, identities, registered } from './people.mjs';

const users = Array.from({ length: 60 }, (_, i) => (
  { id: i + 1, code: `NV${i + 1}`, name: `Người ${i + 1}`, phone: String(912_000_001 + i), email: `nv${i + 1}@example.vn` }));
users[0].text = 'Ký bởi: {{SubjectDN.CN}}';
const portalUsers = { users };
let free = 10; // users from here on have nothing yet
const nextUser = () => ++free;

const start = (portal = {}, more = {}) =>
  startStack({ identities: identities(), portal, portalPlan: portalUsers, demoData: false, ...more });
const draft = (identity, more = {}) => draftFor(nextUser(), identity, more);

describe('with eContract as the registry', () => {
  let stack;
  before(async () => {
    stack = await start();
  });
  after(() => stack.stop());

  test('the session says before anything is typed that none of the optional fields can be saved', async () => {
    assert.deepEqual((await stack.api('GET', 'session')).body.saves, []);
  });

  test('users are searched and paged by the portal', async () => {
    const found = (await stack.api('GET', 'users?search=NV42')).body;
    assert.deepEqual(found.items.map((user) => user.id), [42]);
    assert.equal(found.totalCount, 1);
    assert.equal(found.allCount, 60);
    assert.deepEqual((await allUsers(stack)).map((user) => user.id), users.map((user) => user.id));
    assert.equal((await stack.api('GET', `users?search=${encodeURIComponent('a&b=c #?+%')}`)).body.totalCount, 0);
  });

  test('a create ends in the portal, and a repeated key adds nothing', async () => {
    const key = freshKey();
    const body = draft(registered.one);
    const { added, notSaved } = assertCreated(await stack.create(body, key), 1);
    assert.deepEqual(notSaved, []);
    assert.equal(added[0].userId, body.userId);
    assert.equal(added[0].userName, `Người ${body.userId}`);
    const again = await stack.create(body, key);
    assert.equal(again.headers.get('idempotency-replayed'), 'true');
    const adds = (await stack.sandbox.asked('/smart-ca/add')).filter((entry) => entry.userId === body.userId);
    assert.equal(adds.length, 1);
    assert.equal(adds[0].userName, registered.one);
    assert.equal(adds[0].serialNumber, added[0].serial);
    assert.deepEqual((await wholeList(stack, `&userId=${body.userId}`)).map((row) => row.serial), [added[0].serial]);
    assert.ok((await wholeList(stack)).some((row) => row.id === added[0].id));
  });

  test('of what eContract adds unasked SmartCA\'s status counts as well, and not that it shows it as active', async () => {
    const more = await start({}, { identities: undefined });
    await more.sandbox.portal({ passesOverSerials: true });
    const found = (await more.api('POST', 'lookups', { identity: '001099001014' })).body.certificates;
    const wanted = found.find(({ status }) => status === 'active');
    const { added } = assertCreated(await more.create(draft('001099001014', { serial: wanted.serial })), found.length);
    const statuses = (list) => Object.fromEntries(list.map(({ serial, status }) => [serial, status]));
    assert.ok(found.some(({ status }) => status === 'revoked'));
    assert.deepEqual(statuses(added), statuses(found));
    await more.stop();
  });

  test('a blank serial attaches all certificates of the identity, and once they are there none', async () => {
    const body = draft(registered.several);
    const { added, expired } = assertCreated(await stack.create(body), 3);
    assert.equal(added.filter((row) => row.isDefault).length, 1);
    assert.equal(expired.length, 1);
    const again = await stack.create(body);
    assert.equal(again.status, 200);
    assert.equal(again.body.alreadyOnList.length, 3);
  });

  test('what cannot be saved is named in the answer, is not sent, and is in no log', async () => {
    const answer = await stack.create(draft(registered.companyWithOne,
      { businessAccount, signatureText: 'Ký bởi', displayMode: 'textOnly' }));
    const { added, notSaved } = assertCreated(answer, 1);
    assert.deepEqual(notSaved, ['businessAccount', 'password', 'secretKey', 'signatureText', 'displayMode']);
    assert.equal(added[0].type, 'smartCa');
    const add = (await stack.sandbox.asked('/smart-ca/add')).at(-1);
    assert.deepEqual(add.keys, ['serialNumber', 'userId', 'userName']);
    for (const secret of [businessAccount.password, businessAccount.secretKey, portalPassword])
      assert.ok(!stack.proxy.said.includes(secret) && !JSON.stringify(answer.body).includes(secret));
  });

  test('a certificate is renamed, made the default and removed there', async () => {
    const { added } = assertCreated(await stack.create(draft(registered.companyWithThree)), 3);
    const other = added.find((row) => !row.isDefault);
    const renamed = await stack.api('PATCH', `certificates/${other.id}`, { name: 'Chữ ký 2026' });
    assert.equal(renamed.body.name, 'Chữ ký 2026');
    const asked = (await stack.sandbox.asked('/smart-ca/update')).length;
    assert.equal((await stack.api('PATCH', `certificates/${other.id}`, { name: ' Chữ ký 2026' })).body.name, 'Chữ ký 2026');
    assert.equal((await stack.sandbox.asked('/smart-ca/update')).length, asked, 'the portal is not asked for what it is already');
    assert.equal((await stack.api('PATCH', `certificates/${other.id}`, { isDefault: true })).body.isDefault, true);
    assert.equal((await stack.api('DELETE', `certificates/${other.id}`)).status, 204);
    assertProblem(await stack.api('GET', `certificates/${other.id}`), 404, 'certificateGone');
    assert.equal((await wholeList(stack, `&userId=${other.userId}`)).filter((row) => row.isDefault).length, 1);
  });

  test('a look-up says what the user has already', async () => {
    const body = draft(registered.another);
    assertCreated(await stack.create(body), 1);
    const looked = await stack.api('POST', 'lookups', { identity: registered.another, userId: body.userId });
    assert.deepEqual(looked.body.certificates.map((row) => row.onList), [true]);
    const elsewhere = await stack.api('POST', 'lookups', { identity: registered.another, userId: nextUser() });
    assert.deepEqual(elsewhere.body.certificates.map((row) => row.onList), [false]);
  });

  test("a user's own text comes from the portal, and there is no image of theirs", async () => {
    const { body } = await stack.api('GET', 'defaults?userId=1');
    assert.equal(body.user.signatureText, 'Ký bởi: {{SubjectDN.CN}}');
    assertProblem(await stack.api('GET', 'users/1/signature-image'), 404, 'notFound');
    assertProblem(await stack.api('GET', 'defaults?userId=999'), 404, 'notFound');
  });

  for (const singleMessage of [false, true]) {
    test(`what the portal says when it refuses reaches the person, from ${singleMessage ? 'message' : 'messages'}`, async () => {
      await stack.sandbox.portal({ singleMessage });
      const gone = await stack.api('GET', 'defaults?userId=999');
      assert.equal(gone.body.upstreamMessage, 'Không tìm thấy người dùng');
      await stack.sandbox.portal({ singleMessage: false });
    });
  }

  test('a refused add is a problem in the words of the portal, and nothing is on the list', async () => {
    await stack.sandbox.fault({ mode: 'status403', path: '/api/users/smart-ca/add' });
    const body = draft(registered.passport);
    const refused = assertProblem(await stack.create(body), 502, 'portalRefused');
    await stack.sandbox.fault({ mode: 'none' });
    assert.equal(refused.upstreamMessage, 'CREDENTIAL_STATUS_INVALID');
  });

  const adds = async (userId) => (await stack.sandbox.asked('/smart-ca/add')).filter((entry) => entry.userId === userId);
  // Asks where the answer said until it is known.
  async function outcomeOf(pending, seconds = 60) {
    for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(100)) {
      const answer = await stack.api('GET', `creates/${pending.body.id}`);
      if (answer.status !== 202) return answer;
      assert.match(answer.body.state, /^(unknown|inProgress)$/);
    }
    throw new Error(`not known after ${seconds} s`);
  }

  test('an add whose answer is lost is answered 202 and found out, and is not sent again', async () => {
    const body = draft(registered.oldCard);
    const key = freshKey();
    await stack.sandbox.fault({ mode: 'drop', path: '/api/users/smart-ca/add', count: 1 });
    const lost = await stack.create(body, key);
    assert.equal(lost.status, 202, JSON.stringify(lost.body));
    assert.equal(lost.headers.get('location'), `creates/${lost.body.id}`);
    assert.ok(Number(lost.headers.get('retry-after')) > 0);
    const found = await outcomeOf(lost);
    const { added, alreadyOnList } = assertCreated(found, 1);
    assert.deepEqual(alreadyOnList, []);
    const again = await stack.create(body, key);
    assert.deepEqual([again.status, again.body, again.headers.get('idempotency-replayed')], [201, found.body, 'true']);
    assert.deepEqual((await wholeList(stack, `&userId=${body.userId}`)).map((row) => row.id), added.map((row) => row.id));
    assert.equal((await adds(body.userId)).length, 1);
  });

  test('an add that never arrived is found out, and another create may add it', async () => {
    const body = draft(registered.another);
    const key = freshKey();
    await stack.sandbox.fault({ mode: 'dropUndone', path: '/api/users/smart-ca/add', count: 1 });
    const lost = await stack.create(body, key);
    assert.equal(lost.status, 202, JSON.stringify(lost.body));
    assert.equal((await stack.create(body, key)).status, 202);
    const waiting = assertProblem(await stack.create(body), 409, 'userPending');
    assert.ok(waiting.retryAfterSeconds > 0);
    const found = await outcomeOf(lost);
    assert.deepEqual([found.status, found.body.code, found.headers.get('content-type')], [502, 'notCreated', 'application/problem+json']);
    assert.equal((await stack.create(body, key)).body.code, 'notCreated');
    assert.equal((await adds(body.userId)).length, 1);
    assertCreated(await stack.create(body), 1);
  });

  test('what a restart leaves open is found out by the next process', async () => {
    const body = draft(registered.several);
    const key = freshKey();
    await stack.sandbox.fault({ mode: 'hang', path: '/api/users/smart-ca/add', count: 1 });
    const lost = stack.create(body, key).catch(() => null);
    while ((await adds(body.userId)).length === 0) await sleep(20);
    await stack.proxy.stop('SIGKILL');
    await stack.sandbox.fault({ mode: 'none' });
    await stack.proxy.start({ demoData: false, portal: {} });
    assert.equal(await lost, null);
    let again = await stack.create(body, key);
    if (again.status === 202) again = await outcomeOf(again);
    const { alreadyOnList } = assertCreated(again, 3);
    assert.deepEqual(alreadyOnList, []);
    assert.equal((await adds(body.userId)).length, 1);
  });

  test("the portal's refusal of an add is an answer, and is given again", async () => {
    const body = draft(registered.passport);
    const key = freshKey();
    await stack.sandbox.fault({ mode: 'status403', path: '/api/users/smart-ca/add', count: 1 });
    const refused = assertProblem(await stack.create(body, key), 502, 'portalRefused');
    const again = await stack.create(body, key);
    assert.deepEqual([again.status, again.body, again.headers.get('idempotency-replayed')], [502, refused, 'true']);
    assert.equal((await adds(body.userId)).length, 1);
    assertCreated(await stack.create(body), 1);
  });

  test('a change whose answer is lost is told as one that may have been made', async () => {
    const { added: [row] } = assertCreated(await stack.create(draft(registered.one)), 1);
    await stack.sandbox.fault({ mode: 'drop', path: '/api/users/smart-ca/update', count: 1 });
    assertProblem(await stack.api('PATCH', `certificates/${row.id}`, { name: 'Mới' }), 504, 'outcomeUnknown');
    assert.equal((await stack.api('GET', `certificates/${row.id}`)).body.name, 'Mới');
  });

  test('a removal whose answer is lost shows in the list that is read next', async () => {
    const { added: [row] } = assertCreated(await stack.create(draft(registered.one)), 1);
    const isListed = async () => (await wholeList(stack)).some((each) => each.id === row.id);
    assert.equal(await isListed(), true);
    await stack.sandbox.fault({ mode: 'drop', path: '/api/users/smart-ca/delete', count: 1 });
    assertProblem(await stack.api('DELETE', `certificates/${row.id}`), 504, 'outcomeUnknown');
    assert.equal(await isListed(), false);
  });

  test('ids that are texts and code 200 change nothing', async () => {
    await stack.sandbox.portal({ idsAsText: true, successSays200: true });
    assertCreated(await stack.create(draft(registered.branch)), 1);
    await stack.sandbox.portal({ idsAsText: false, successSays200: false });
  });

  test('tokens that are revoked while many ask cost one log-in', async () => {
    const { logins } = await stack.sandbox.portal();
    await stack.sandbox.portal({ revokeTokens: true });
    const answers = await Promise.all(Array.from({ length: 12 }, () => stack.api('GET', 'users')));
    assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [200]);
    assert.equal((await stack.sandbox.portal()).logins, logins + 1);
  });

  test('a portal that takes none of its own tokens is a problem, not a loop', async () => {
    const { logins } = await stack.sandbox.portal();
    await stack.sandbox.portal({ tokenSeconds: 0, revokeTokens: true });
    assertProblem(await stack.api('GET', 'users'), 502, 'portalCredentials');
    assert.equal((await stack.sandbox.portal()).logins, logins + 1);
    await stack.sandbox.portal({ tokenSeconds: 86400 });
  });

  test('a portal that answers nonsense or not at all is told as such', async () => {
    await stack.sandbox.fault({ mode: 'garbage', path: '/api/users' });
    assertProblem(await stack.api('GET', 'users'), 502, 'portalNonsense');
    for (const mode of ['html502', 'drop', 'truncated']) {
      await stack.sandbox.fault({ mode, path: '/api/users' });
      assertProblem(await stack.api('GET', 'users'), 504, 'portalUnreachable');
    }
    await stack.sandbox.fault({ mode: 'html503', path: '/api/users' });
    assert.equal(assertProblem(await stack.api('GET', 'users'), 503, 'portalMaintenance').retryAfterSeconds, 120);
    await stack.sandbox.fault({ mode: 'none' });
  });

  test('a portal that is busy or broken has not refused, and says so in its own words', async () => {
    await stack.sandbox.fault({ mode: 'status429', path: '/api/users' });
    const busy = await stack.api('GET', 'users');
    assert.equal(assertProblem(busy, 503, 'portalBusy').upstreamMessage, 'Too many requests');
    assert.equal(busy.headers.get('retry-after'), '30');
    await stack.sandbox.fault({ mode: 'status500', path: '/api/users' });
    assert.equal(assertProblem(await stack.api('GET', 'users'), 502, 'portalFailed').upstreamMessage, 'SERVAR_INTERNAL_ERROR');
    await stack.sandbox.fault({ mode: 'none' });
  });

  test('every answer is as the contract has it', async () => {
    const contract = await readContract();
    for (const path of ['/session', '/users', '/certificates', '/defaults'])
      assert.deepEqual(contract.judge('GET', path, await stack.api('GET', path.slice(1))), []);
  });
});

test('a short token is renewed without anybody noticing', async () => {
  const stack = await start();
  await stack.sandbox.portal({ tokenSeconds: 1, revokeTokens: true });
  for (let i = 0; i < 4; ++i) {
    assert.equal((await stack.api('GET', 'users')).status, 200);
    await sleep(400); // the token's life is the portal's to end
  }
  assert.ok((await stack.sandbox.portal()).logins >= 2);
  await stack.stop();
});

test('a portal whose certificate nobody vouches for gets nothing, and the log says which file to look at', async () => {
  const stack = await start({}, { args: ['--econtract-ca-file', '/etc/ssl/certs/ca-certificates.crt'] });
  try {
    assertProblem(await stack.api('GET', 'users'), 502, 'portalUntrusted');
    const answer = assertProblem(await stack.create(draft(registered.one)), 502, 'portalUntrusted');
    assert.doesNotMatch(answer.detail, /econtract-ca-file/);
    assert.match(stack.proxy.said, /see --econtract-url and --econtract-ca-file/);
    assert.deepEqual(await stack.sandbox.asked(), []);
  } finally {
    await stack.stop();
  }
});

test('mapped fields are saved, and the session and the answer say so', async () => {
  const settings = '/api/users/smart-ca/settings';
  const stack = await start({ fieldMap: {
    businessAccount: { path: '/api/users/smart-ca/add', key: 'isBusinessSmartCaAccount' },
    password: { path: settings, key: 'p' }, secretKey: { path: settings, key: 's' }, displayMode: { path: settings, key: 'signatureDisplayMode' } } },
  { args: ['--econtract-write-signature-text'] });
  assert.deepEqual((await stack.api('GET', 'session')).body.saves, ['businessAccount', 'password', 'secretKey', 'displayMode', 'signatureText']);
  const body = draft(registered.companyWithOne, { businessAccount, signatureText: 'Ký bởi: {{SubjectDN.CN}}\nNgày', displayMode: 'imageOnly' });
  const { added, notSaved } = assertCreated(await stack.create(body), 1);
  assert.deepEqual(notSaved, []);
  assert.equal(added[0].type, 'business');
  assert.deepEqual((await stack.sandbox.asked(settings)).at(-1).keys, ['id', 'p', 's', 'signatureDisplayMode', 'userId']);
  assert.equal((await stack.api('GET', `defaults?userId=${body.userId}`)).body.user.signatureText, 'Ký bởi: {{SubjectDN.CN}}\r\nNgày');
  assert.ok(!stack.proxy.said.includes(businessAccount.password));
  await stack.stop();
});

test('a crowd that waits for the one upstream takes no worker that the other one needs', async () => {
  const stack = await start({}, { args: ['--upstream-workers', '4', '--smartca-timeout-ms', '60000', '--econtract-timeout-ms', '60000'] });
  try {
    assert.equal((await stack.api('GET', 'users')).status, 200);
    const lookUp = () => stack.api('POST', 'lookups', { identity: registered.one });
    const crowds = [
      ['/sca', [lookUp, () => stack.create(draft(registered.one))], () => stack.api('GET', 'users')],
      ['/api', [() => stack.api('GET', 'users'), () => stack.create(draft(registered.one))], lookUp],
    ];
    for (const [path, waiting, other] of crowds) {
      await stack.sandbox.fault({ mode: 'hang', path });
      const answers = [];
      const crowd = Array.from({ length: 40 }, async (_, i) => answers.push((await waiting[i % waiting.length]()).status));
      for (let i = 0; i < 5; ++i) assert.equal((await other()).status, 200, path);
      assert.deepEqual(answers.filter((status) => status < 400), [], path);
      await stack.sandbox.fault({ mode: 'none' });
      await Promise.all(crowd);
    }
  } finally {
    await stack.stop();
  }
});

test('a wrong password is one refused log-in until the file changes, and then it works', async () => {
  const stack = await start({ password: 'wrong-password-canary' });
  for (let i = 0; i < 3; ++i) {
    const problem = assertProblem(await stack.api('GET', 'users'), 502, 'portalCredentials');
    assert.equal(problem.upstreamMessage, 'Tên đăng nhập hoặc mật khẩu không đúng');
  }
  assert.equal((await stack.sandbox.portal()).refusedLogins, 1);
  await writeFile(stack.proxy.portalPasswordFile, portalPassword);
  let status;
  for (const deadline = Date.now() + 20_000; status !== 200 && Date.now() < deadline; await sleep(100))
    ({ status } = await stack.api('GET', 'users'));
  assert.equal(status, 200);
  assert.ok(!stack.proxy.said.includes('canary'));
  await stack.stop();
});

test('in version 2 an account of several companies works in the one that is chosen', async () => {
  const stack = await start({ username: 'group@econtract.example.vn', login: 'v2' });
  assert.equal((await stack.api('GET', 'users')).body.totalCount, 60);
  assert.equal((await stack.sandbox.asked('/api/auth/choose-company')).length, 1);
  await stack.stop();
});

test("the company's settings come from the operator's file", async () => {
  const stack = await start();
  const file = join(stack.folder, 'company.json');
  await writeFile(file, JSON.stringify({ text: 'Ký tại công ty', mode: 'imageOnly' }));
  await stack.proxy.stop();
  await stack.proxy.start({ demoData: false, portal: {}, args: ['--company-settings', file] });
  const { body } = await stack.api('GET', 'defaults');
  assert.deepEqual([body.company.signatureText, body.company.displayMode], ['Ký tại công ty', 'imageOnly']);
  await stack.stop();
});

test('a field map that cannot be meant stops the start, with the file and what is wrong in it', async () => {
  await assert.rejects(start({ fieldMap: { pasword: { path: '/a', key: 'b' } } }),
    /field-map\.json: The field map names "pasword"; it can map businessAccount/);
});
