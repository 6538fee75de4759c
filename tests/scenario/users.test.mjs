// Finding a user, the session, and looking certificates up before choosing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { allUsers, assertCreated, assertFinding, assertProblem, draftFor } from './expect.mjs';
import { startStack } from './harness.mjs';
import { identities, registered } from './people.mjs';
import { startPostgres } from './postgres.mjs';

let stack;
let users;
before(async () => {
  stack = await startStack({ identities: identities() });
  users = await allUsers(stack);
});
after(() => stack.stop());

const search = async (text, more = '') => (await stack.api('GET', `users?pageSize=100&search=${encodeURIComponent(text)}${more}`)).body;
const withoutAccents = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');

test('the session tells the language, the limits, the clock and what can be saved', async () => {
  const { status, body, headers } = await stack.api('GET', 'session', undefined, { 'accept-language': 'en-GB,vi;q=0.5' });
  assert.equal(status, 200);
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(body.locale, 'en');
  assert.deepEqual(body.may, ['lookup', 'create', 'list', 'details', 'rename', 'default', 'remove']);
  assert.equal(body.imageBytes, 1024 * 1024);
  assert.ok(['password', 'secretKey', 'signatureText', 'displayMode', 'signatureImage'].every((field) => body.saves.includes(field)));
  assert.ok(Math.abs(Date.parse(body.now) - Date.now()) < 5_000);
});

for (const [header, locale] of [['vi', 'vi'], ['en', 'en'], ['en;q=0.4, vi;q=0.6', 'vi'], ['fr, en;q=0.1', 'en'], ['fr', 'vi'], ['*', 'vi'], ['en;q=0', 'vi'], [';;,,q=', 'vi']]) {
  test(`Accept-Language: ${header} is answered in ${locale}`, async () => {
    assert.equal((await stack.api('GET', 'session', undefined, { 'accept-language': header })).body.locale, locale);
  });
}

test('every user is found by their name as it is, without accents, in capitals and decomposed', async () => {
  for (const user of users.filter((_, i) => i % 20 === 0)) {
    for (const text of [user.name, withoutAccents(user.name), user.name.toUpperCase(), user.name.normalize('NFD'), withoutAccents(user.name).toLowerCase()]) {
      const { items } = await search(text);
      assert.ok(items.some((each) => each.id === user.id), `${text} finds ${user.name}`);
    }
  }
});

test('a user is found by a part of the name, by the words in another order, and by code and phone', async () => {
  const user = users.find((each) => each.name.includes(' ') && each.phone);
  const words = withoutAccents(user.name).split(' ');
  const { phone } = user;
  for (const text of [words.at(-1), [...words].reverse().join('  '), words[0].slice(0, 3), user.code, user.code.toLowerCase(), phone,
    `${phone.slice(0, 4)} ${phone.slice(4, 7)} ${phone.slice(7)}`, `${phone.slice(0, 4)}.${phone.slice(4)}`]) {
    assert.ok((await search(text)).items.some((each) => each.id === user.id), `${text} finds ${user.name}`);
  }
});

test('a user is read by id; an unknown id is not found', async () => {
  for (const user of users.slice(0, 3)) assert.deepEqual((await stack.api('GET', `users/${user.id}`)).body, user);
  for (const id of ['2000000000', '0', 'x', '99999999999999999999']) assertProblem(await stack.api('GET', `users/${id}`), 404, 'notFound');
});

test('all words must fit', async () => {
  const { totalCount } = await search(`${users[0].name} zzzzz`);
  assert.equal(totalCount, 0);
});

const legalForm = 'Công ty Trách nhiệm Hữu hạn Một thành viên';
const companies = [
  { id: 1, code: 'USER24', name: `${legalForm} Du lịch Biển Xanh`, phone: '0919 000 014', email: 'a@example.vn' },
  { id: 2, code: 'USER25', name: 'Trường Tiểu học Số 4', phone: '0919 000 024', email: 'b@example.vn' },
  { id: 3, code: 'USER26', name: 'Bệnh viện 30-4', phone: '0919 000 031', email: 'c@example.vn' },
];
for (const [registry, start] of [
  ['an SQLite file', () => startStack({ identities: identities(), demoData: { company: {}, users: companies, certificates: [] } })],
  ['PostgreSQL', async () => {
    const postgres = await startPostgres();
    const started = await startStack({ identities: identities(), database: postgres.url, demoData: { company: {}, users: companies, certificates: [] } });
    return { ...started, stop: async () => { await started.stop(); await postgres.remove(); } };
  }],
  ['eContract', () => startStack({ identities: identities(), portal: {}, portalPlan: { users: companies }, demoData: false })],
]) {
  test(`every word of a long name counts, and a short number is no part of a phone, in ${registry}`, async () => {
    const own = await start();
    try {
      const identityOf = [registered.one, registered.another, registered.companyWithOne];
      for (const user of companies) assertCreated(await own.create(draftFor(user.id, identityOf[user.id - 1])), 1);
      const of = async (path, text) => (await own.api('GET', `${path}?search=${encodeURIComponent(text)}`)).body.items;
      for (const [text, ids] of [[companies[0].name, [1]], [`${legalForm} Thương mại Đông Á`, []], [`${companies[0].name} · USER24`, [1]],
        [`${companies[0].name} · USER25`, []], ['Trường Tiểu học Số 4', [2]], ['Trường Tiểu học Số 2', []], ['Trường Tiểu học Số 09', []],
        ['Bệnh viện 30-4', [3]], ['Bệnh viện 19-8', []]]) {
        assert.deepEqual((await of('certificates', text)).map((row) => row.userId), ids, `the list: ${text}`);
        // eContract's users are searched by eContract.
        if (registry !== 'eContract') assert.deepEqual((await of('users', text)).map((user) => user.id), ids, text);
      }
    } finally {
      await own.stop();
    }
  });
}

test('signs of a pattern language mean themselves', async () => {
  for (const text of ['%', '_', '*', "' OR 1=1 --", '" OR ""="', '\\', '.*']) assert.equal((await search(text)).totalCount, 0, text);
});

test('users come in pages that follow one another', async () => {
  const { totalCount, allCount } = await search('');
  assert.equal(totalCount, allCount);
  const pieces = [];
  for (let page = 1; pieces.length < totalCount; ++page) {
    const { body } = await stack.api('GET', `users?page=${page}&pageSize=37`);
    assert.ok(body.items.length > 0 && body.items.length <= 37);
    pieces.push(...body.items.map((user) => user.id));
  }
  assert.equal(new Set(pieces).size, totalCount);
  assert.deepEqual((await stack.api('GET', 'users')).body.pageSize, 10);
});

for (const query of ['page=0', 'pageSize=101', 'pageSize=abc', 'search=%c3%28', 'search=a%0ab', 'nonsense=1', 'page=1&page=1']) {
  test(`users?${query} is refused`, async () => {
    assertProblem(await stack.api('GET', `users?${query}`), 400, 'malformedRequest');
  });
}

test('a look-up tells each certificate with its validity, status and whether it is on the list', async () => {
  const user = users.find((each) => each.certificateCount === 0);
  const { status, body } = await stack.api('POST', 'lookups', { identity: 'cccd: 001 099 000 002', userId: user.id });
  assert.equal(status, 200);
  assert.equal(body.identity, registered.several);
  assert.equal(body.certificates.length, 3);
  assert.deepEqual(body.certificates.map((each) => each.status).sort(), ['active', 'active', 'expired']);
  for (const certificate of body.certificates) {
    assert.match(certificate.serial, /^[0-9a-f]{32}$/);
    assert.equal(certificate.commonName, 'Trần Văn Đức');
    assert.equal(certificate.onList, false);
    assert.ok(certificate.serviceName && certificate.validFrom < certificate.validTo);
  }
  assertCreated(await stack.create(draftFor(user.id, registered.several, { serial: body.certificates[0].serial })), 1);
  const after = (await stack.api('POST', 'lookups', { identity: registered.several, userId: user.id })).body;
  assert.deepEqual(after.certificates.map((each) => each.onList), [true, false, false]);
  const anybody = (await stack.api('POST', 'lookups', { identity: registered.several })).body;
  assert.deepEqual(anybody.certificates.map((each) => each.onList), [true, false, false]);
  const other = users.find((each) => each.certificateCount === 0 && each.id !== user.id);
  const others = (await stack.api('POST', 'lookups', { identity: registered.several, userId: other.id })).body;
  assert.ok(others.certificates.every((each) => !each.onList));
  assert.equal((await search(user.code)).items.find((each) => each.id === user.id).certificateCount, 1);
});

test('a look-up of the short form fills what is missing from the certificate itself', async () => {
  const { body } = await stack.api('POST', 'lookups', { identity: registered.oldCard });
  assert.equal(body.certificates[0].commonName, 'Phạm Ẫn Khuê');
  assert.equal(body.certificates[0].status, 'active');
  assert.ok(Date.parse(body.certificates[0].validTo) > Date.now());
});

test('a look-up of a number without certificates, or that SmartCA never heard of, finds none', async () => {
  for (const identity of [registered.none, registered.unknown]) {
    const { status, body } = await stack.api('POST', 'lookups', { identity });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(body.certificates, []);
  }
});

test('a look-up of nothing is refused at the number', async () => {
  assertFinding(await stack.api('POST', 'lookups', { identity: ' ' }), 'identity', 'required');
  assertFinding(await stack.api('POST', 'lookups', { identity: 'a'.repeat(65) }), 'identity', 'tooLong');
});
