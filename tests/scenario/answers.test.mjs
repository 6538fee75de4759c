// The answers of tests/cases, from a gateway that gives them to a proxy that asks: each comes to what stands in
// smartca-answers.expected.json.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root, startStack } from './harness.mjs';

const read = async (name) => JSON.parse(await readFile(join(root, 'tests/cases', name), 'utf8'));
const answers = await read('smartca-answers.json');
const expected = await read('smartca-answers.expected.json');

let stack;
let table;
before(async () => {
  stack = await startStack({ answers: 'tests/cases/smartca-answers.json' });
  table = (await stack.sandbox.call('GET', '/sandbox/answers')).body;
});
after(() => stack.stop());

// What is active there may be over today, and none of them was asked about by its own number.
const seen = ({ serial, status, notes = [] }) => [serial, status === 'expired' ? 'active' : status, ...notes.filter((note) => note !== 'numberDiffers')];

for (const [at, { name, should }] of answers.entries()) {
  test(`${name}: ${should}`, async () => {
    const { number } = table[at];
    const { status, body } = await stack.api('POST', 'lookups', { identity: number });
    const { problem, certificates, unreadable = [], personUnknown = false } = expected[at];
    if (problem) return assert.equal(body.code, problem);
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(body.certificates.map(seen), certificates);
    assert.deepEqual((body.unreadable ?? []).map((each) => each.serial), unreadable.map(([serial]) => serial));
    assert.equal(body.personUnknown ?? false, personUnknown);
  });
}

test('a maintenance page passes its Retry-After on', async () => {
  const { number } = table.find(({ name }) => name.startsWith('HTTP 503'));
  const answer = await stack.api('POST', 'lookups', { identity: number });
  assert.equal(answer.status, 503);
  assert.equal(answer.body.retryAfterSeconds, 120);
});
