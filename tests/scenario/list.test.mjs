// The certificate list: filters, paging, the default mark, nicknames, removal.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertCreated, assertProblem, draftFor, freeUsers, wholeList } from './expect.mjs';
import { startStack } from './harness.mjs';
import { businessAccount, identities, registered } from './people.mjs';

let stack;
let nextUser;
let owner; // has three of `several`, one of them expired
before(async () => {
  stack = await startStack({ identities: identities() });
  nextUser = freeUsers(stack);
  owner = await nextUser();
  assertCreated(await stack.create(draftFor(owner, registered.several)), 3);
  assertCreated(await stack.create(draftFor(await nextUser(), registered.one)), 1);
  assertCreated(await stack.create(draftFor(await nextUser(), registered.companyWithOne, { businessAccount })), 1);
});
after(() => stack.stop());

const of = async (query) => (await stack.api('GET', `certificates?pageSize=100&${query}`)).body;

test('the first valid certificate of a user becomes the default, and there is one', async () => {
  const user = await nextUser();
  const { added } = assertCreated(await stack.create(draftFor(user, registered.several)), 3);
  const [mark, ...more] = added.filter((row) => row.isDefault);
  assert.deepEqual(more, []);
  assert.equal(mark.status, 'active');
  assertCreated(await stack.create(draftFor(user, registered.one)), 1);
  assert.deepEqual((await wholeList(stack, `&userId=${user}`)).filter((row) => row.isDefault).map((row) => row.id), [mark.id]);
});

test('another certificate can be made the default, and the old one loses the mark', async () => {
  const rows = await wholeList(stack, `&userId=${owner}`);
  const chosen = rows.find((row) => !row.isDefault && row.status === 'active');
  const changed = await stack.api('PATCH', `certificates/${chosen.id}`, { isDefault: true });
  assert.equal(changed.status, 200);
  assert.equal(changed.body.isDefault, true);
  assert.deepEqual((await wholeList(stack, `&userId=${owner}`)).filter((row) => row.isDefault).map((row) => row.id), [chosen.id]);
});

test('removing the default makes another one the default', async () => {
  const user = await nextUser();
  const { added } = assertCreated(await stack.create(draftFor(user, registered.several)), 3);
  const mark = added.find((row) => row.isDefault);
  assertProblem(await stack.api('DELETE', `certificates/${mark.id}?dryRun=true`), 400, 'malformedRequest');
  assert.equal((await stack.api('DELETE', `certificates/${mark.id}`)).status, 204);
  const left = await wholeList(stack, `&userId=${user}`);
  assert.equal(left.length, 2);
  assert.equal(left.filter((row) => row.isDefault).length, 1);
  assertProblem(await stack.api('GET', `certificates/${mark.id}`), 404, 'certificateGone');
  assertProblem(await stack.api('DELETE', `certificates/${mark.id}`), 404, 'certificateGone');
});

test('what was removed can be added again', async () => {
  const user = await nextUser();
  const { added } = assertCreated(await stack.create(draftFor(user, registered.one)), 1);
  await stack.api('DELETE', `certificates/${added[0].id}`);
  const again = assertCreated(await stack.create(draftFor(user, registered.one)), 1);
  assert.notEqual(again.added[0].id, added[0].id, 'an id never means two things');
});

test('a nickname is kept, searched by and normalised', async () => {
  const [row] = await wholeList(stack, `&userId=${owner}`);
  const changed = await stack.api('PATCH', `certificates/${row.id}`, { name: '  Chữ ký giám đốc '.normalize('NFD') });
  assert.equal(changed.body.name, 'Chữ ký giám đốc');
  assert.deepEqual((await of('search=chu+ky+GIAM')).items.map((each) => each.id), [row.id]);
});

for (const [what, body] of [['nothing', {}], ['a blank name', { name: ' ' }], ['a name that shows nothing', { name: '\u3000\u00a0' }], ['an endless name', { name: 'a'.repeat(201) }],
  ['an invisible character', { name: 'a\u202eb' }], ['unmarking', { isDefault: false }], ['an unknown key', { name: 'a', userId: 1 }],
  ['a name that is a number', { name: 1 }], ['a list', []]]) {
  test(`a change to ${what} is refused`, async () => {
    const [row] = await wholeList(stack, `&userId=${owner}`);
    assertProblem(await stack.api('PATCH', `certificates/${row.id}`, body), 400, 'malformedRequest');
    assert.deepEqual((await stack.api('GET', `certificates/${row.id}`)).body, row);
  });
}

test('the list is searched by name, serial and number, without accents, case or separators', async () => {
  const rows = await wholeList(stack, `&userId=${owner}`);
  const serial = rows[0].serial;
  for (const search of ['001099000002', '001 099 000 002', serial, serial.toUpperCase().match(/../g).join(':'), serial.slice(0, 12)]) {
    assert.ok((await of(`search=${encodeURIComponent(search)}`)).items.some((row) => row.id === rows[0].id), search);
  }
  for (const search of ['Nguyễn Văn', 'nguyen van', 'VĂN nguyễn'.normalize('NFD')]) {
    assert.ok((await of(`search=${encodeURIComponent(search)}`)).items.some((row) => row.identity === registered.one), search);
  }
  assert.equal((await of('search=nobody-has-this')).totalCount, 0);
  assert.equal((await of('search=%25')).totalCount, 0);
  assert.equal((await of('search=_')).totalCount, 0);
});

test('the list is filtered by user, type and status', async () => {
  assert.ok((await of(`userId=${owner}`)).items.every((row) => row.userId === owner));
  const business = await of('type=business');
  const all = (await of('')).items;
  assert.ok(business.items.some((row) => row.identity === registered.companyWithOne));
  assert.deepEqual(business.items, all.filter((row) => row.type === 'business'));
  for (const status of ['active', 'expired']) {
    assert.deepEqual((await of(`status=${status}`)).items, all.filter((row) => row.status === status));
  }
  assert.deepEqual((await of('status=expired&type=smartCa')).items, all.filter((row) => row.status === 'expired' && row.type === 'smartCa'));
});

test('the list is filtered by the days of validity', async () => {
  const all = (await of('')).items;
  const day = all[0].validTo.slice(0, 10);
  const later = await of(`validFrom=${all[0].validFrom}`);
  assert.deepEqual(later.items, all.filter((row) => row.validFrom >= all[0].validFrom));
  const until = await of(`validTo=${all[0].validTo}`);
  assert.deepEqual(until.items, all.filter((row) => row.validTo <= all[0].validTo));
  assert.equal((await of(`validFrom=${day}&validTo=2001-01-01`)).totalCount, 0);
});

test('pages follow one another without gaps, and count what matches', async () => {
  const whole = await of('');
  const pieces = [];
  for (let page = 1; pieces.length < whole.totalCount; ++page) {
    const { body } = await stack.api('GET', `certificates?page=${page}&pageSize=2`);
    assert.deepEqual([body.page, body.pageSize, body.totalCount, body.allCount], [page, 2, whole.totalCount, whole.allCount]);
    assert.ok(body.items.length > 0);
    pieces.push(...body.items);
  }
  assert.deepEqual(pieces, whole.items);
  assert.deepEqual((await stack.api('GET', 'certificates?page=1000')).body.items, []);
  assert.equal((await stack.api('GET', 'certificates?page=1001')).status, 400);
  assert.equal(whole.userCount, new Set(whole.items.map((row) => row.userId)).size);
});

test('a thousand certificates can be asked for at once, and a longer question is not called an image', async () => {
  const ids = Array.from({ length: 1000 }, (_, i) => 1_000_000_001 + i);
  const [row] = await wholeList(stack, `&userId=${owner}`);
  assert.equal((await of(`ids=${row.id},${ids.slice(1)}`)).totalCount, 1);
  assertProblem(await stack.api('GET', `certificates?ids=${[...ids, ...ids.slice(800)]}`), 414, 'malformedRequest');
});

for (const query of ['ids=', 'ids=1,', 'page=0', 'page=-1', 'page=x', 'page=1e3', 'pageSize=0', 'pageSize=101', 'pageSize=99999999999999999999', 'page=1&page=2', 'type=token',
  'status=inactive', 'userId=0', 'userId=2147483648', 'validFrom=2026-02-30', 'validFrom=yesterday', 'search=%ff', 'search=%', 'search=a%00b', 'colour=red',
  `search=${'a'.repeat(101)}`]) {
  test(`the query ${query.slice(0, 40)} is refused`, async () => {
    assertProblem(await stack.api('GET', `certificates?${query}`), 400, 'malformedRequest');
  });
}

for (const [id, code] of [['0', 'notFound'], ['-1', 'notFound'], ['01', 'notFound'], ['1.0', 'pathUnknown'], ['x', 'notFound'], ['99999999999999999999', 'notFound'],
  ['9223372036854775807', 'certificateGone'], ['%31', 'pathUnknown']]) {
  test(`the certificate ${id} is not there`, async () => {
    assertProblem(await stack.api('GET', `certificates/${id}`), 404, code);
  });
}
