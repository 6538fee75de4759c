// order.mjs PROGRAM BINARYEN: puts functions of a WebAssembly program that look alike beside one another, so that brotli finds
// more of what repeats (2 % of what is downloaded). What they do and how large they are stays the same.
//
// The first ones stay where they are: Binaryen has put those that are called most where a call takes one byte less.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { features } from './features.mjs';

const ONE_BYTE_INDEXES = 128;
const [program, binaryen] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'smartca-order-'));
const text = join(folder, 'program.wat');
const run = (tool, ...options) => execFileSync(join(binaryen, 'bin', tool), [...features, ...options]);

// Which three lines follow one another in a function, each as a number; sorted.
function threesOf(lines) {
  const threes = new Set();
  for (let i = 0; i + 3 <= lines.length; ++i) {
    let hash = 0x811c9dc5; // FNV-1a
    for (const line of lines.slice(i, i + 3))
      for (let c = 0; c < line.length; ++c) hash = Math.imul(hash ^ line.charCodeAt(c), 0x01000193);
    threes.add(hash >>> 0);
  }
  return Uint32Array.from(threes).sort();
}

// The share of what both have in what either has, from 0 to 1.
function likeness(one, other) {
  let both = 0;
  for (let i = 0, j = 0; i < one.length && j < other.length;) {
    if (one[i] === other[j]) ++both, ++i, ++j;
    else if (one[i] < other[j]) ++i;
    else ++j;
  }
  return both / (1 + one.length + other.length - both);
}

// Each is followed by the one that is most like it of those that are left.
function chained(functions) {
  const left = functions.map((lines) => ({ lines, threes: threesOf(lines.map((line) => line.trim())) }));
  const chain = left.splice(0, 1);
  while (left.length) {
    const last = chain.at(-1).threes;
    let best = 0, most = -1;
    left.forEach(({ threes }, i) => {
      const like = likeness(last, threes);
      if (like > most) [best, most] = [i, like];
    });
    chain.push(...left.splice(best, 1));
  }
  return chain.map(({ lines }) => lines);
}

try {
  run('wasm-dis', program, '-o', text);
  const before = [], functions = [], after = [];
  for (const line of readFileSync(text, 'utf8').split('\n')) {
    const isOpen = functions.length > 0 && after.length === 0 && functions.at(-1).at(-1) !== ' )';
    if (line.startsWith(' (func ')) functions.push([line]);
    else if (isOpen) functions.at(-1).push(line);
    else (functions.length ? after : before).push(line);
  }
  const imports = before.filter((line) => line.startsWith(' (import ') && line.includes('(func ')).length;
  const most = functions.splice(0, Math.max(ONE_BYTE_INDEXES - imports, 0));
  writeFileSync(text, [...before, ...[...most, ...chained(functions)].flat(), ...after].join('\n'));
  // What is read from text has lost Binaryen's own last touches.
  run('wasm-opt', '--optimize-level=2', '--shrink-level=2', '--coalesce-locals', '--reorder-locals', text, '-o', program);
  if (!WebAssembly.validate(readFileSync(program))) throw new Error(`${program} is no program`);
} finally {
  rmSync(folder, { recursive: true });
}
