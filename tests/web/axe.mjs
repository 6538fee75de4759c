// The rules of axe-core, asked of a page as it stands.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

// Colours: axe cannot compute them where they are painted; tests/unit/view/palette_test.cpp proves them from the tokens.
// The document is the portal's, or index.html, which is checked as it is.
export async function axeViolations(page) {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => window.axe.run(document, {
    rules: { 'color-contrast': { enabled: false } }, resultTypes: ['violations'],
  }));
  assert.ok(passes.length > 20, 'axe saw next to nothing');
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.flat().join(' ')).join(', ')}`);
}
