// What a visitor of the demo sees: its list and its sandbox fit together.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { wholeList } from './expect.mjs';
import { startStack } from './harness.mjs';

let stack;
before(async () => (stack = await startStack()));
after(() => stack.stop());

test('a look-up in the demo shows a certificate that is on its list already', async () => {
  const { body } = await stack.api('POST', 'lookups', { identity: 'B1234567' });
  const listed = (await wholeList(stack)).filter((row) => row.identity === 'B1234567');
  assert.deepEqual(body.certificates.map(({ serial, onList }) => ({ serial, onList })), listed.map(({ serial }) => ({ serial, onList: true })));
});
