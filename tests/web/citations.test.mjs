// The tables of web/accessibility.md, web/typing.md and web/embedding.md name the test that shows each row. Each of those tests is there.
//
// A cell is a list, with semicolons between: `file.test.mjs`: a part of the test's name; another part, of the same file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../scenario/harness.mjs';

const folders = ['tests/web', 'tests/unit/view', 'tests/scenario'];
const names = new Map();  // of the tests in a file
async function namesIn(file) {
  if (names.has(file)) return names.get(file);
  const path = folders.map((folder) => join(root, folder, file)).find(existsSync);
  assert.ok(path, `there is no ${file}`);
  const source = await readFile(path, 'utf8');
  const found = [...source.matchAll(/\b(?:test|picture|TEST_CASE)\(\s*(['"`])((?:\\.|(?!\1)[^])*)\1/g)].map(([, , name]) => name.replaceAll('\\', ''));
  names.set(file, found);
  return found;
}

// The rows of those of a document's tables whose last column is "check" or "shown by": the cells of each.
async function rowsOf(document) {
  const rows = [];
  let head = null;
  for (const line of (await readFile(join(root, document), 'utf8')).split('\n')) {
    const cells = line.startsWith('|') ? line.slice(1, -1).split('|').map((cell) => cell.trim()) : null;
    if (head && cells && !/^-+$/.test(cells[0]) && /^(check|shown by)$/.test(head.at(-1))) rows.push(cells);
    head = cells && (head ?? cells);
  }
  return rows;
}

for (const [document, least] of [['web/accessibility.md', 80], ['web/typing.md', 20], ['web/embedding.md', 40]])
  test(`each test that a table of ${document} names is there`, async () => {
    let cited = 0;
    for (const cells of await rowsOf(document)) {
      let file = '';
      for (const part of cells.at(-1).split(';')) {
        const [script] = /^\s*`[\w./-]+\/[\w.-]+`/.exec(part) ?? [];
        if (script) {
          assert.ok(existsSync(join(root, script.trim().slice(1, -1))), `there is no ${script}`);
          continue;
        }
        const [, name, words] = /^\s*(?:`([\w.-]+\.(?:test\.mjs|cpp))`(?::|$))?\s*(.*?)(?: \(.*\))?$/.exec(part);
        file = name ?? file;
        if (!file || !words || words === 'each step') continue;
        cited++;
        const found = await namesIn(file);
        assert.ok(found.some((one) => one.includes(words)), `${cells[0]}: ${file} has no test "${words}"`);
      }
    }
    assert.ok(cited >= least, `only ${cited} tests are named`);
  });

test('each row of those tables names what shows it, or says that nothing here can', async () => {
  for (const document of ['web/accessibility.md', 'web/typing.md', 'web/embedding.md'])
    for (const cells of await rowsOf(document)) {
      const last = cells.at(-1);
      const honest = last === '–' && /there (?:is|are) n|single page|not tried/i.test(cells.join(' '));
      const shown = /`[\w./-]+\.(?:mjs|cpp|sh)`|each step|all of the above/.test(last);
      assert.ok(honest || shown, `${document}: ${cells.join(' | ')}`);
    }
});
