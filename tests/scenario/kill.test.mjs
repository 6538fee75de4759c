// SIGKILL at random moments: what was acknowledged is there, nothing is there twice, and a retry gets its answer.
//
// KILLS=400 makes it longer; SEED repeats a run.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { allUsers, draftFor, wholeList } from './expect.mjs';
import { freshKey, sleep, startStack } from './harness.mjs';
import { citizens, identities } from './people.mjs';

const kills = Number(process.env.KILLS ?? 45);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const people = citizens(120);
let stack;
before(async () => (stack = await startStack({ identities: identities(people) })));
after(() => stack.stop());

// mulberry32
let state = seed;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

// Asks until there is an answer that is final.
async function answerTo({ draft, key }) {
  for (let attempt = 0; attempt < 100; ++attempt) {
    const answer = await stack.create(draft, key);
    if (![409, 503].includes(answer.status)) return answer;
    await sleep(20);
  }
  throw new Error('no answer after 100 attempts');
}

test(`nothing acknowledged is lost and nothing is added twice over ${kills} kills (seed ${seed})`, async (t) => {
  const users = (await allUsers(stack)).map((user) => user.id);
  const pairs = users.flatMap((user) => people.map((identity) => [user, identity]));
  const promised = new Map(); // `${user} ${identity}` to the serial that an answer named
  let cutOff = 0;
  let acknowledged = 0;
  for (let round = 0; round < kills; ++round) {
    const creates = Array.from({ length: 6 }, () => {
      const [user, identity] = pairs.splice(Math.floor(random() * pairs.length), 1)[0];
      return { key: freshKey(), draft: draftFor(user, identity, { signatureText: `round ${round}` }) };
    });
    const answers = creates.map((create) => stack.create(create.draft, create.key).catch(() => null));
    await sleep(random() * 100);
    await stack.proxy.stop('SIGKILL');
    const early = await Promise.all(answers);
    await stack.proxy.start();

    for (const [i, create] of creates.entries()) {
      const name = `${create.draft.userId} ${create.draft.identity}`;
      const retried = await answerTo(create);
      // Also where the kill came between the work and its answer: nobody else attaches these.
      assert.equal(retried.status, 201, JSON.stringify(retried.body));
      assert.equal(retried.body.added.length, 1, JSON.stringify(retried.body));
      if (early[i]) {
        ++acknowledged;
        assert.equal(early[i].status, 201, JSON.stringify(early[i].body));
        assert.deepEqual(retried.body, early[i].body, 'an answer that was given is given again');
        assert.equal(retried.headers.get('idempotency-replayed'), 'true');
      } else {
        ++cutOff;
      }
      promised.set(name, retried.body.added[0].serial);
    }
  }
  const rows = await wholeList(stack);
  const listed = new Map(rows.map((row) => [`${row.userId} ${row.identity}`, row.serial]));
  assert.equal(rows.length, new Set(rows.map((row) => `${row.userId} ${row.serial}`)).size, 'a row is there twice');
  for (const [name, serial] of promised) assert.equal(listed.get(name), serial, name);
  for (const user of new Set([...promised.keys()].map((name) => Number(name.split(' ')[0])))) {
    assert.equal(rows.filter((row) => row.userId === user && row.isDefault).length, 1, `the defaults of user ${user}`);
  }
  t.diagnostic(`${acknowledged} creates were acknowledged before the kill, ${cutOff} cut off`);
  assert.ok(cutOff > 0, 'the kills came too late to mean anything');
});

test('the database is sound afterwards', async () => {
  await stack.proxy.stop();
  const program = 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("PRAGMA integrity_check").fetchall())';
  assert.equal(execFileSync('python3', ['-c', program, stack.proxy.database], { encoding: 'utf8' }).trim(), "[('ok',)]");
  await stack.proxy.start();
});
