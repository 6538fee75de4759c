// The gateway misbehaves in every way that the sandbox knows: the right problem is told in time, nothing is added, and the
// next create works.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertCreated, assertProblem, draftFor, freeUsers, wholeList } from './expect.mjs';
import { startStack } from './harness.mjs';
import { identities, registered } from './people.mjs';

const deadline = 600;
let stack;
let nextUser;
before(async () => {
  stack = await startStack({ identities: identities(), args: ['--smartca-timeout-ms', String(deadline)] });
  nextUser = freeUsers(stack);
});
after(() => stack.stop());

// A fault, and what it must come to: a problem's status and code, or 'created'.
const table = [
  [{ mode: 'delay', milliseconds: 5_000 }, 504, 'upstreamTimeout'],
  [{ mode: 'hang' }, 504, 'upstreamTimeout'],
  [{ mode: 'drip', milliseconds: 50 }, 504, 'upstreamTimeout'],
  [{ mode: 'delay', milliseconds: 200 }, 'created'],
  [{ mode: 'drop' }, 504, 'upstreamUnreachable'],
  [{ mode: 'dropUndone' }, 504, 'upstreamUnreachable'],
  [{ mode: 'reset' }, 504, 'upstreamUnreachable'],
  [{ mode: 'resetInBody' }, 504, 'upstreamUnreachable'],
  [{ mode: 'truncated' }, 504, 'upstreamUnreachable'],
  [{ mode: 'garbage' }, 502, 'upstreamNonsense'],
  [{ mode: 'html502' }, 502, 'upstreamFailed'],
  [{ mode: 'busy' }, 503, 'upstreamMaintenance'],
  [{ mode: 'redirect' }, 502, 'upstreamNonsense'],
  [{ mode: 'status500' }, 502, 'upstreamFailed'],
  [{ mode: 'status403' }, 502, 'upstreamRefused'],
  [{ mode: 'hugeBody' }, 502, 'upstreamNonsense'],
  [{ mode: 'deepJson' }, 502, 'upstreamNonsense'],
  [{ mode: 'deepJson', size: 100 }, 502, 'upstreamNonsense'],
  [{ mode: 'invalidUtf8' }, 502, 'upstreamNonsense'],
  [{ mode: 'duplicateKeys' }, 502, 'upstreamNonsense'],
  [{ mode: 'emptyData' }, 422, 'findings', 'noCertificate'],
  [{ mode: 'nullData' }, 422, 'findings', 'noCertificate'],
  [{ mode: 'wrongContentType' }, 'created'],
  [{ mode: 'chunked' }, 'created'],
  [{ mode: 'legacyZero' }, 'created'],
  [{ mode: 'wrapped' }, 'created'],
  [{ mode: 'errorsAsHttp200' }, 'created'],
  [{ mode: 'html503' }, 503, 'upstreamMaintenance'],
  [{ mode: 'html403' }, 502, 'upstreamBlocked'],
  [{ mode: 'status401' }, 502, 'upstreamCredentials'],
  [{ mode: 'status429' }, 503, 'upstreamBusy'],
  [{ mode: 'answer', body: { status_code: 401, message: 'User not found', data: null } }, 422, 'findings', 'personUnknown'],
  [{ mode: 'bom' }, 'created'],
  [{ mode: 'interim' }, 'created'],
  [{ mode: 'untilClose' }, 'created'],
  [{ mode: 'untilCut' }, 'created'],
  [{ mode: 'longHead' }, 'created'],
];

for (const [fault, outcome, code, finding] of table) {
  const name = Object.values(fault).map((value) => (typeof value === 'object' ? value.message : value)).join(' ');
  test(`${name}: ${code ?? outcome}, in time, and the next create works`, async () => {
    const user = await nextUser();
    const before = await wholeList(stack);
    await stack.sandbox.fault(fault);
    const began = Date.now();
    const answer = await stack.create(draftFor(user, registered.one));
    const took = Date.now() - began;
    await stack.sandbox.fault({ mode: 'none' });
    assert.ok(took < 5 * deadline, `took ${took} ms`);
    if (outcome === 'created') {
      assertCreated(answer, 1);
    } else {
      const problem = assertProblem(answer, outcome, code);
      if (code === 'findings') assert.equal(problem.findings[0].code, finding);
      assert.deepEqual(await wholeList(stack), before);
    }
    assert.ok(stack.proxy.daemon.alive);
    assert.ok((await stack.create(draftFor(outcome === 'created' ? await nextUser() : user, registered.one))).status === 201);
  });
}

test('the table has every fault of the sandbox', async () => {
  const { modes } = (await stack.sandbox.call('GET', '/sandbox/faults')).body;
  const told = new Set(table.map(([fault]) => fault.mode));
  assert.deepEqual(Object.keys(modes).filter((mode) => mode !== 'none' && !told.has(mode)), []);
});

test('a refusal with HTTP 200 is a refusal', async () => {
  await stack.sandbox.fault({ mode: 'errorsAsHttp200' });
  const answer = await stack.create(draftFor(await nextUser(), registered.unknown));
  await stack.sandbox.fault({ mode: 'none' });
  assert.equal(assertProblem(answer, 422, 'findings').findings[0].code, 'personUnknown');
});

test('SmartCA\'s own words are passed on, cleaned', async () => {
  await stack.sandbox.fault({ mode: 'status403', count: 1 });
  const { upstreamMessage } = assertProblem(await stack.create(draftFor(await nextUser(), registered.one)), 502, 'upstreamRefused');
  assert.equal(upstreamMessage, 'CREDENTIAL_STATUS_INVALID');
});

test('a connection kept from before whose gateway has been restarted is replaced without anybody noticing', async () => {
  assertCreated(await stack.create(draftFor(await nextUser(), registered.one)), 1);
  await stack.sandbox.daemon.stop('SIGKILL');
  await stack.sandbox.start(stack.sandbox.port);
  assertCreated(await stack.create(draftFor(await nextUser(), registered.one)), 1);
});

test('a key whose create failed at SmartCA may be used again', async () => {
  const draft = draftFor(await nextUser(), registered.one);
  await stack.sandbox.fault({ mode: 'status500', count: 1 });
  assertProblem(await stack.create(draft, 'again-and-again'), 502, 'upstreamFailed');
  assertCreated(await stack.create(draft, 'again-and-again'), 1);
});

test('while SmartCA hangs for many, the list and the users are served at once', async () => {
  const patient = await startStack({ identities: identities(), args: ['--smartca-timeout-ms', '60000'] });
  try {
    await patient.sandbox.fault({ mode: 'hang' });
    let ended = 0;
    const hanging = Array.from({ length: 16 }, async () => {
      await patient.api('POST', 'lookups', { identity: registered.one });
      ++ended;
    });
    for (let i = 0; i < 10; ++i) for (const what of ['certificates', 'users']) assert.equal((await patient.api('GET', what)).status, 200);
    assert.equal(ended, 0);
    await patient.sandbox.fault({ mode: 'none' });
    await Promise.all(hanging);
  } finally {
    await patient.stop();
  }
});
