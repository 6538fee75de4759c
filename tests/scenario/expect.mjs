// What many tests say about answers.
import assert from 'node:assert/strict';

export function assertProblem(answer, status, code) {
  assert.equal(answer.body?.code, code, `${answer.status} ${JSON.stringify(answer.body)}`);
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
  assert.equal(answer.body.status, status);
  assert.match(answer.headers.get('x-request-id'), /^[\w.-]{1,64}$/);
  assert.equal(answer.body.requestId, answer.headers.get('x-request-id'));
  assert.ok(answer.body.title && answer.body.detail);
  return answer.body;
}

// The findings refuse, and among them is this one.
export function assertFinding(answer, field, code, args = undefined) {
  const { findings } = assertProblem(answer, 422, 'findings');
  const finding = findings.find((each) => each.field === field && each.code === code);
  assert.ok(finding, `no ${code} on ${field} in ${JSON.stringify(findings)}`);
  if (args !== undefined) assert.deepEqual(finding.arguments, args);
  return finding;
}

export function assertCreated(answer, count) {
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  assert.equal(answer.body.added.length, count, JSON.stringify(answer.body));
  return answer.body;
}

// Everything on the list, whatever the page. `query` begins with '&'.
export const wholeList = (stack, query = '') => allPages(stack, 'certificates', query);

async function allPages(stack, path, query = '') {
  const items = [];
  for (let page = 1; ; ++page) {
    const { status, body } = await stack.api('GET', `${path}?page=${page}&pageSize=100${query}`);
    assert.equal(status, 200, JSON.stringify(body));
    items.push(...body.items);
    if (items.length >= body.totalCount || body.items.length === 0) return items;
  }
}

export const allUsers = (stack) => allPages(stack, 'users');

// A user who has nothing on the list yet. Each call gives another one.
export function freeUsers(stack) {
  let users;
  return async () => {
    users ??= (await allUsers(stack)).filter((user) => user.certificateCount === 0);
    assert.ok(users.length > 0, 'there are too few users without a certificate');
    return users.shift().id;
  };
}

export const draftFor = (userId, identity, more = {}) => ({ userId, identity, serial: '', businessAccount: null, ...more });
