// The browser owns the text: over the whole of Vietnamese, however it is typed, no letter and no caret is ever wrong.
//
// Each way of typing meets each kind of field. Continuous integration types a share of the words through the slower ways;
// TEXT=all types all words both in Telex and in VNI everywhere (some twenty minutes).
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../scenario/harness.mjs';
import { diagnostics, settled } from './browser.mjs';
import { dialogOf, english, openDialog } from './dialog.mjs';
import { focusedElement, typistOf, written } from './typing.mjs';
import { openStage } from './stage.mjs';

const vectors = JSON.parse(await readFile(join(root, 'tests/vectors/vietnamese_syllables.json'), 'utf8'));
const words = vectors.words.join(' ').split(' ');
const complete = process.env.TEXT === 'all';
const methods = ['telex', 'vni'];
const styles = ['usual', 'early', 'late'];
const wordsALine = 16;

const { stack, browser } = await openStage();
let page, typist, fields;
before(async () => {
  page = await browser.page(stack, { permissions: ['clipboard-read', 'clipboard-write'] });
  await openDialog(page);
  await dialogOf(page).getByRole('switch', { name: english.business }).click();
  typist = await typistOf(page);
  fields = {
    'single-line': dialogOf(page).getByRole('combobox', { name: english.user }),
    'multi-line': dialogOf(page).getByRole('textbox', { name: english.content }),
    password: dialogOf(page).getByRole('textbox', { name: english.password }),
  };
});

// One word in so many: a share that walks through the whole list, another one for each field and method.
function linesOf(share, offset) {
  const mine = complete ? words : words.filter((word, i) => (i + offset) % share === 0);
  return Array.from({ length: Math.ceil(mine.length / wordsALine) }, (_, i) => mine.slice(i * wordsALine, (i + 1) * wordsALine));
}

async function typeAll(way, share) {
  let typed = 0;
  for (const [m, method] of methods.entries()) {
    for (const [f, name] of Object.keys(fields).entries()) {
      for (const [i, line] of linesOf(share, m * 3 + f).entries()) {
        await typist.open(fields[name]);
        await typist[way](line, method, styles[(i + f) % styles.length], i);
        await typist.check(line).catch((error) => {
          error.message = `${way}, ${method}, ${name} field: ${error.message}`;
          throw error;
        });
        typed += line.length;
      }
    }
  }
  return typed;
}

test('there are more than 2000 different words, each in NFC', () => {
  assert.ok(new Set(words).size >= 2000);
  assert.deepEqual(words.filter((word) => word !== word.normalize('NFC')), []);
});

test('Backspaces and letters in one burst, as Unikey injects them', async (t) => {
  t.diagnostic(`${await typeAll('injection', 36)} words`);
});

test('compositions, as macOS, Windows and Gboard make them', async (t) => {
  t.diagnostic(`${await typeAll('composition', 36)} words`);
});

test('deletions and insertions without keys, as iOS makes them', async (t) => {
  t.diagnostic(`${await typeAll('deleteAndInsert', 12)} words`);
});

test('decomposed text from the clipboard arrives composed, as many words at once as the field takes', async () => {
  for (const name of Object.keys(fields)) {
    const atOnce = name === 'password' ? 17 : 180;
    const step = name === 'password' && !complete ? 5 * atOnce : atOnce;
    for (let i = 0; i < words.length; i += step) {
      await typist.open(fields[name]);
      await typist.paste(words.slice(i, i + atOnce));
      await typist.check(words.slice(i, i + atOnce));
    }
  }
});

test('the way back from a decomposed paste is the browser\'s own, and the limit counts composed letters', async () => {
  await typist.open(fields['multi-line']);
  await typist.paste(['nghiễng', 'quyển']);
  await page.keyboard.press('Control+Z');
  await typist.check([]);
  await page.keyboard.press('Control+Shift+Z');
  await typist.check(['nghiễng', 'quyển']);
  const long = 'ế'.repeat(990);
  await typist.open(fields['multi-line']);
  await page.evaluate((text) => navigator.clipboard.writeText(text), long.normalize('NFD'));
  await page.keyboard.press('Control+V');
  assert.equal(await fields['multi-line'].inputValue(), `Ẫ${long}Ỗ`);
});

test('what an input method decomposes stays its own while the field has the focus, and is composed when it is left', async () => {
  const field = fields['multi-line'];
  await typist.open(field);
  for (const text of ['e\u0302', '\u0301']) await typist.client.send('Input.insertText', { text });
  await settled(page);
  assert.equal(await field.inputValue(), 'Ẫe\u0302\u0301Ỗ');
  await fields.password.focus();
  await settled(page);
  assert.equal(await field.inputValue(), 'ẪếỖ');
});

test('letters beyond the first plane count as their own length: the caret stays behind them', async () => {
  const field = fields['multi-line'];
  await typist.open(field);
  for (const text of ['𠀋', '😀', '👩‍👩‍👧', 'ệ', '￼', '\u{10FFFD}']) await typist.client.send('Input.insertText', { text });
  await typist.client.send('Input.imeSetComposition', { text: '𠮷ư', selectionStart: 2, selectionEnd: 2 });
  await settled(page);
  const now = await page.evaluate(`(() => { const e = (${focusedElement})(); return [e.value, e.selectionStart]; })()`);
  assert.deepEqual(now, ['Ẫ𠀋😀👩‍👩‍👧ệ￼\u{10FFFD}𠮷ưỖ', 19]);
  await typist.client.send('Input.insertText', { text: '𠮷ư' });
  // Half a pair, which a keyboard may give in two events, is not replaced before its other half comes.
  await page.evaluate(() => document.execCommand('insertText', false, '\ud83d'));
  await settled(page);
  await page.evaluate(() => document.execCommand('insertText', false, '\ude00'));
  await settled(page);
  assert.equal(await field.inputValue(), 'Ẫ𠀋😀👩‍👩‍👧ệ￼\u{10FFFD}𠮷ư😀Ỗ');
});

test('a word that is composed anew after it was typed (Gboard\'s suggestions) is replaced where it stands', async () => {
  await typist.open(fields['single-line']);
  await typist.client.send('Input.insertText', { text: 'tieng viet' });
  await typist.client.send('Input.imeSetComposition',
    { text: 'tiếng', selectionStart: 5, selectionEnd: 5, replacementStart: 1, replacementEnd: 6 });
  await typist.client.send('Input.insertText', { text: 'tiếng' });
  assert.equal(await fields['single-line'].inputValue(), 'Ẫtiếng vietỖ');
});

test('an answer that comes while a word is composed changes neither the word nor the composition', async () => {
  const field = fields['single-line'];
  await typist.open(field);
  await page.evaluate((focused) => {
    globalThis.ends = 0;
    new Function(`return (${focused})()`)().addEventListener('compositionend', () => globalThis.ends++);
  }, focusedElement.toString());
  const answered = page.waitForResponse((response) => response.url().includes('users?search='));
  await typist.client.send('Input.imeSetComposition', { text: 'nguyê', selectionStart: 5, selectionEnd: 5 });
  await answered;
  await settled(page);
  await typist.client.send('Input.imeSetComposition', { text: 'nguyễn', selectionStart: 6, selectionEnd: 6 });
  assert.equal(await page.evaluate('ends'), 0);
  await typist.client.send('Input.insertText', { text: 'nguyễn' });
  assert.equal(await page.evaluate('ends'), 1);
  assert.equal(await field.inputValue(), 'ẪnguyễnỖ');
});

test('what is typed is asked for, letter by letter the same', async () => {
  const field = fields['single-line'];
  await field.focus();
  await page.keyboard.press('Control+A');
  const wanted = written(['ngọc', 'quỳnh']).trim();
  await Promise.all([
    page.waitForRequest((request) => new URL(request.url()).searchParams.get('search') === wanted),
    typist.injection(['ngọc', 'quỳnh'], 'telex', 'late'),
  ]);
});

test('from a key to the picture is one frame: the field at once, the painted preview of it in the same frame', async () => {
  await typist.open(fields['multi-line'], 'ab');
  const late = await page.evaluate(async (focusedElement) => {
    const field = new Function(`return (${focusedElement})()`)();
    const preview = () => [...field.getRootNode().querySelectorAll('.words')].some((words) => words.textContent.startsWith(field.value));
    const late = [];
    for (const letter of 'ệ ữ ẵ ơ đ'.split(' ')) {
      document.execCommand('insertText', false, letter);
      // The widget asked for its frame first, so it has run when this callback of the same frame does.
      await new Promise(requestAnimationFrame);
      if (!preview()) late.push(letter);
    }
    return late;
  }, focusedElement.toString());
  assert.deepEqual(late, []);
});

test('an unchanged frame writes nothing, whatever has been typed', async () => {
  await settled(page);
  const before = await diagnostics(page);
  for (let i = 0; i < 50; i++) {
    await page.evaluate(() => {
      document.querySelector('smartca-certificates').host.setLocale('en');
      return new Promise(requestAnimationFrame);
    });
  }
  const after = await diagnostics(page);
  assert.ok(after.frames - before.frames >= 50);
  assert.equal(after.domWrites, before.domWrites);
});
