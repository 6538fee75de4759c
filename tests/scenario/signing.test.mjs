// How a portal's server signs a session token, straight out of proxy/session/README.md: what stands there is run, and the
// proxy takes what it prints.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root, startStack } from './harness.mjs';
import { identities } from './people.mjs';
import { bearer } from './tokens.mjs';

const readme = await readFile(join(root, 'proxy/session/README.md'), 'utf8');
const written = (language) => {
  const [, text] = new RegExp(`## Signing one[^]*?\`\`\`${language}\\n([^]*?)\`\`\``).exec(readme);
  return text;
};
let folder, stack;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smartca-signing-'));
  const x = execFileSync('bash', ['-euc', written('sh')], { cwd: folder, encoding: 'utf8' }).trim();
  const keys = join(folder, 'keys.json');
  const [, example] = /```json\n([^]*?)```/.exec(readme);
  await writeFile(keys, example.replace('"x": "…"', `"x": "${x}"`), { mode: 0o600 });
  stack = await startStack({ identities: identities(), args: ['--auth', 'bearer', '--session-keys-file', keys] });
});
after(async () => {
  await stack?.stop();
  await rm(folder, { recursive: true, force: true });
});

for (const [language, file, program] of [['js', 'signing.mjs', process.execPath], ['php', 'signing.php', 'php'], ['python', 'signing.py', '/usr/bin/python3']])
  test(`ten lines of ${language} sign a token that the proxy takes`, async () => {
    const text = written(language);
    assert.ok(text.trim().split('\n').length <= 10, text);
    await writeFile(join(folder, file), text);
    const token = execFileSync(program, [file], { cwd: folder, encoding: 'utf8' }).trim();
    const session = await stack.api('GET', 'session', undefined, bearer(token));
    assert.deepEqual([session.status, session.body.may], [200, ['lookup', 'create', 'list']], JSON.stringify(session.body));
    assert.equal((await stack.api('GET', 'users', undefined, bearer(token))).status, 200);
  });
