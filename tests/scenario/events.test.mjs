// What the portal's server is told of what happens: in order, at least once, also over restarts and from other proxies.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertCreated, assertProblem, draftFor, freeUsers } from './expect.mjs';
import { freshKey, Proxy, startStack, until } from './harness.mjs';
import { identities, registered } from './people.mjs';
import { startPostgres } from './postgres.mjs';
import { bearer, makePortal } from './tokens.mjs';

const serverToken = 's'.repeat(40);
const server = bearer(serverToken);
const portal = makePortal();
let postgres, stack, second, proxyArguments, nextUser;
before(async () => {
  postgres = await startPostgres();
  await postgres.ask("CREATE DATABASE registry ENCODING 'UTF8' TEMPLATE template0");
  const database = postgres.urlOf('smartca', 'registry');
  stack = await startStack({ identities: identities(), database });
  const tokens = join(stack.folder, 'tokens');
  const keys = join(stack.folder, 'session-keys.json');
  await writeFile(tokens, serverToken, { mode: 0o600 });
  await writeFile(keys, portal.keySet(), { mode: 0o600 });
  nextUser = freeUsers(stack);
  await nextUser();
  proxyArguments = { database, args: ['--auth', 'bearer', '--auth-token-file', tokens, '--session-keys-file', keys] };
  await stack.proxy.stop();
  await stack.proxy.start(proxyArguments);
  second = await new Proxy(stack.folder, stack.sandbox, '-second').start(proxyArguments);
});
after(async () => {
  await second?.stop();
  await stack?.stop();
  await postgres?.remove();
});

const read = async (query = '', proxy = stack) => {
  const answer = await proxy.api('GET', `events${query}`, undefined, server);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
};
// Everything so far: its last cursor.
const end = async () => {
  for (let page = await read(); ; page = await read(`?after=${page.cursor}`)) if (!page.more) return page.cursor;
};
const create = (user, proxy = stack, key = freshKey(), headers = portal.headers()) =>
  proxy.api('POST', 'certificates', draftFor(user, registered.one), { ...headers, 'idempotency-key': key });

test('a rename to the name that the list shows already changes nothing, and is no event', async () => {
  const { added: [row] } = assertCreated(await create(await nextUser()), 1);
  const cursor = await end();
  const rename = (name) => stack.api('PATCH', `certificates/${row.id}`, { name }, portal.headers());
  assert.equal((await rename(` ${row.name} `)).body.name, row.name);
  assert.deepEqual((await read(`?after=${cursor}`)).events, []);
  for (const name of ['Ký hợp đồng', row.name, '']) await rename(name);
  const { events } = await read(`?after=${cursor}`);
  assert.deepEqual(events.map(({ type, name, previousName }) => [type, name, previousName]), [
    ['rename.changed', 'Ký hợp đồng', row.name], ['rename.changed', row.name, 'Ký hợp đồng']]);
});

test('a create, a rename, a new default and a removal are told in order, with who did them', async () => {
  const cursor = await end();
  const { added: [row] } = assertCreated(await create(await nextUser()), 1);
  for (const change of [{ name: 'Ký hợp đồng' }, { isDefault: true }]) await stack.api('PATCH', `certificates/${row.id}`, change, portal.headers());
  await stack.api('DELETE', `certificates/${row.id}`, undefined, portal.headers());
  const { events } = await read(`?after=${cursor}`);
  assert.deepEqual(events.map(({ type }) => type), ['create.attached', 'rename.changed', 'remove.removed'], 'the only one is the default already');
  for (const event of events) {
    assert.deepEqual([event.actor, event.actorName, event.company, event.userId, event.certificateIds], ['17', 'Trần Bình', 'main', row.userId, [row.id]]);
    assert.equal(event.identity, registered.one);
  }
  assert.equal(events[1].name, 'Ký hợp đồng');
});

test('whoever waits is told within two seconds, also of what another proxy did', async () => {
  for (const proxy of [stack, second]) {
    const waiting = read(`?after=${await end()}&wait=30`);
    // The poll is there before anything happens: an answer that was asked for later has come.
    await read();
    const begun = Date.now();
    assertCreated(await create(await nextUser(), proxy), 1);
    const { events } = await waiting;
    assert.equal(events[0].type, 'create.attached');
    assert.ok(Date.now() - begun < 3000, `${Date.now() - begun} ms`);
  }
});

test('nothing is missed and nothing comes twice while two proxies write and one of them is killed', async () => {
  let cursor = await end();
  const users = [];
  for (let i = 0; i < 24; ++i) users.push(await nextUser());
  const writing = Promise.all(users.map((user, i) => {
    const key = freshKey();
    const send = () => create(user, i % 2 ? stack : second, key).catch(() => undefined);
    return until(async () => [200, 201].includes((await send())?.status), 30_000);
  }));
  const seen = [];
  let killed = false;
  await until(async () => {
    const page = await read(`?after=${cursor}&wait=1`, stack).catch(() => undefined);
    if (!page) return false;
    cursor = page.cursor;
    seen.push(...page.events);
    if (seen.length > 4 && !killed) {
      killed = true;
      await second.stop('SIGKILL');
      await second.start(proxyArguments);
    }
    return seen.length >= users.length;
  });
  await writing;
  assert.deepEqual(seen.map(({ userId }) => userId).sort(), users.sort());
  assert.ok(seen.every((event, i) => i === 0 || event.sequence > seen[i - 1].sequence), 'in order');
  await stack.proxy.stop();
  await stack.proxy.start(proxyArguments);
  assert.deepEqual(await read(`?after=${cursor}`), { events: [], cursor, more: false }, 'and a restart changes nothing');
});

test('a crowd of polls keeps nobody from the page, and the server stops at once with them', async () => {
  const cursor = await end();
  const begun = Date.now();
  const crowd = Array.from({ length: 400 }, () => stack.api('GET', `events?after=${cursor}&wait=30`, undefined, server));
  for (let i = 0; i < 20; ++i) {
    const asked = Date.now();
    assert.equal((await stack.api('GET', 'certificates', undefined, portal.headers())).status, 200);
    assert.ok(Date.now() - asked < 2000, `the list took ${Date.now() - asked} ms`);
  }
  assert.equal((await stack.api('POST', 'lookups', { identity: registered.one }, portal.headers())).status, 200);
  await stack.proxy.stop();
  const answers = (await Promise.allSettled(crowd)).map(({ value }) => value?.status);
  assert.ok(answers.every((status) => [200, 503].includes(status)), JSON.stringify(answers));
  assert.ok(answers.filter((status) => status === 200).length > 100);
  assert.ok(Date.now() - begun < 25_000, 'nobody was waited for');
  await stack.proxy.start(proxyArguments);
});

test('a cursor of another log is 410, and says where to begin anew', async () => {
  const { detail, reason } = assertProblem(await stack.api('GET', 'events?after=1-1', undefined, server), 410, 'cursorGone');
  assert.match(detail, /begin anew|làm lại từ đầu/);
  assert.match(reason, /without "after"/);
});

test('numbers are masked for a server that has narrowed itself to what may not see them', async () => {
  const cursor = await end();
  assertCreated(await create(await nextUser()), 1);
  const { body } = await stack.api('GET', `events?after=${cursor}`, undefined, { ...server, 'smartca-may': 'lookup' });
  assert.match(body.events[0].identity, /^\*{8}\d{4}$/);
  assert.equal(JSON.stringify(body).includes(registered.one), false);
});
