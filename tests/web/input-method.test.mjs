// Vietnamese as people type it: keys on a keyboard, and Unikey in ibus between them and the browser. In Chromium, Firefox and
// WebKitGTK, by Telex or by VNI; WORDS=200 types so many words in each engine by both (under three minutes).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, startStack, until } from '../scenario/harness.mjs';
import { dist, openBrowser, settled } from './browser.mjs';
import { dialogOf, english, openDialog } from './dialog.mjs';
import { openDesk } from './input-method.mjs';
import { keyed, openBetween, written } from './typing.mjs';

const count = Number(process.env.WORDS ?? 24);
const ways = [['chromium', 'telex'], ['firefox', 'vni'], ['webkit', 'telex'],
  ...(process.env.WORDS ? [['chromium', 'vni'], ['firefox', 'telex'], ['webkit', 'vni']] : [])];
const wordsALine = Math.min(16, Math.ceil(count / 3));

const vectors = JSON.parse(await readFile(join(root, 'tests/vectors/vietnamese_syllables.json'), 'utf8'));
// All but what Unikey 0.7 takes for a slip of the fingers: it writes "ươ" for these rhymes alone, and no tone in "kiu".
const all = vectors.words.join(' ').split(' ').filter((word) => !/^((ng)?u[ơờớởỡợ]|kịu)$/.test(word));
// A share that walks through the whole list, another one for each way.
const wordsOf = (way) => Array.from({ length: count }, (_, i) => all[Math.floor(((i + way / ways.length) * all.length) / count) % all.length]);
const linesOf = (words) => Array.from({ length: Math.ceil(words.length / wordsALine) }, (_, i) => words.slice(i * wordsALine, (i + 1) * wordsALine));

let stack;
before(async () => (stack = await startStack({ staticDirectory: dist })));
after(() => stack?.stop());

for (const [way, [engine, method]] of ways.entries())
  test(`${count} words by ${method} in ${engine}: no letter and no caret is wrong, in each kind of field, and a word that is left half typed stays`, async () => {
    const desk = await openDesk(method);
    const browser = await openBrowser({ engine, screen: desk.screen });
    try {
      const page = await browser.page(stack);
      await openDialog(page);
      await desk.focusWindow();
      const fields = [
        dialogOf(page).getByRole('combobox', { name: english.user }),
        dialogOf(page).getByRole('textbox', { name: english.content }),
        dialogOf(page).getByRole('textbox', { name: english.serial }),
      ];
      for (const [i, line] of linesOf(wordsOf(way)).entries()) {
        const field = fields[i % fields.length];
        const expected = `Ẫ${written(line)}Ỗ`;
        await openBetween(field);
        await desk.type(keyed(line, method));
        const found = () => field.evaluate((element) => [element.value, element.selectionStart, element.selectionEnd]);
        await until(async () => (await found())[0] === expected, 10_000).catch(() => {});  // told better by what follows
        const caret = expected.length - 1;
        assert.deepEqual(await found(), [expected, caret, caret]);
        await settled(page);
        assert.deepEqual(await found(), [expected, caret, caret]);
      }
      // A word that is still composed when its field is left stays.
      const [, content] = fields;
      await openBetween(content);
      await desk.type(keyed(['tiếng'], method).trim());
      await desk.press('Tab');
      await until(() => content.evaluate((element) => element.value.length === 7 && element.getRootNode().activeElement !== element), 10_000);
      await settled(page);
      assert.equal(await content.inputValue(), 'ẪtiếngỖ');
    } finally {
      await browser.close();
      await desk.close();
    }
  });
