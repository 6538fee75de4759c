// The tables of proxy/TRAPS.md and proxy/THREATS.md name the test that shows each row. Each of those tests is there.
//
// A cell is a list, with semicolons between: `file below tests/`: a part of a test's name or of a row of its table; another part, of
// the same file. After a dash stands why there is no test.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './harness.mjs';

// All that stands in quotes in a source, with C++'s adjacent texts in one.
const texts = new Map();
async function textsIn(file) {
  if (!texts.has(file)) {
    const source = (await readFile(join(root, 'tests', file), 'utf8')).replace(/"\s*\n\s*"/g, '');
    texts.set(file, [...source.matchAll(/(["'`])((?:\\.|(?!\1)[^\\\n])*)\1/g)].map(([, , text]) => text.replaceAll('\\', '')));
  }
  return texts.get(file);
}

// The rows of a document's tables whose last column is "test" or "test of ours": the cells of each.
async function rowsOf(document) {
  const rows = [];
  let head = null;
  for (const line of (await readFile(join(root, document), 'utf8')).split('\n')) {
    const cells = line.startsWith('|') ? line.slice(1, -1).split(' |').map((cell) => cell.trim()) : null;
    if (head && cells && !/^\|?-/.test(cells[0]) && /^test( of ours)?$/.test(head.at(-1))) rows.push(cells);
    head = cells && (head ?? cells);
  }
  return rows;
}

for (const [document, least] of [['proxy/TRAPS.md', 70], ['proxy/THREATS.md', 30]])
  test(`each test that a table names is there (${document})`, async () => {
    const rows = await rowsOf(document);
    assert.ok(rows.length >= least, `only ${rows.length} rows`);
    for (const cells of rows) {
      const cell = cells.at(-1);
      if (!cell.includes('`')) {
        assert.match(cell, /^– \w/, `neither a test nor a reason: ${cells.join(' | ')}`);
        continue;
      }
      let file;
      for (const part of cell.replace(/^–[^`]*/, '').split('; ')) {
        const [, named, words] = /^(?:`([\w./-]+)`(?:: |$))?(.*)$/.exec(part);
        file = named ?? file;
        assert.ok(file && existsSync(join(root, 'tests', file)), `there is no ${file}: ${cell}`);
        assert.ok(words || named, cell);
        assert.ok(!words || (await textsIn(file)).some((text) => text.includes(words)), `${file} has no "${words}"`);
      }
    }
  });

test('what such a program must not call stands nowhere in it', async () => {
  const banned = [ // why, what, and what it has to find
    ['it overflows the stack', /\bstd::w?regex|<regex>/, '#include <regex>'],
    ['it asks the locale', /\b(is(alpha|digit|alnum|space|upper|lower|xdigit|print)|to(upper|lower)|setlocale)\s*\(/, 'std::isalpha(c)'],
    ['it takes what is no number', /\b(strto(l|ul|ll|ull|imax|umax)|ato[ifl]l?|sscanf|std::sto\w+)\s*\(/, '::strtoul(text, nullptr, 10)'],
    ['code of ours would run in a signal handler', /\bsigaction\s*\(|\bsignal\s*\((?!SIGPIPE, SIG_IGN\))/, '::signal(SIGTERM, stop)'],
  ];
  const files = execFileSync('git', ['ls-files', '--', 'proxy/*.cpp', 'proxy/*.h', 'shared/*.cpp', 'shared/*.h'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  assert.ok(files.length > 200);
  for (const file of files) {
    const source = (await readFile(join(root, file), 'utf8')).replace(/\/\/.*$/gm, '');
    for (const [why, what, example] of banned) {
      assert.match(example, what);
      assert.doesNotMatch(source, what, `${file}: ${why}`);
    }
  }
});
