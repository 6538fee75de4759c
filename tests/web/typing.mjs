// The ways in which Vietnamese text arrives in a browser, done to the field that has the focus.
//
//   const typist = await typistOf(page);
//   await typist.open(field);                            // leaves "ẪỖ" in it, with the caret between the two
//   await typist.injection(['tiếng', 'Việt'], 'telex', 'usual');
//   await typist.check(['tiếng', 'Việt']);               // "Ẫtiếng Việt Ỗ", the caret before "Ỗ"
//
// Real, through the browser's own input path (DevTools' Input domain): `injection`, `composition` and `paste`. What is
// simulated is the input method's decision, by vietnamese.mjs. `deleteAndInsert` is the browser's editor run by
// execCommand, which makes the very events that iOS makes, without keys; no iOS was there to be tried.
import assert from 'node:assert/strict';
import { edit, partsOf, stepsOf } from './vietnamese.mjs';

const around = ['Ẫ', 'Ỗ'];

// A word as a person writes it: some begin with a capital, some are all capitals.
const casings = [(text) => text, (text) => text.charAt(0).toUpperCase() + text.slice(1), (text) => text.toUpperCase()];
export const casingOf = (word) => casings[word.length % 5 === 4 ? 1 : word.codePointAt(0) % 11 === 0 ? 2 : 0];

// What stands in the field after each key of the word.
function textsOf(word, method, style) {
  const casing = casingOf(word);
  return stepsOf(partsOf(word), method, style).map((step) => casing(step.shown));
}
// The keys of a word, and the keys of a line of words.
const keysOf = (word, method) => casingOf(word)(stepsOf(partsOf(word), method, 'usual').map((step) => step.key).join(''));
export const keyed = (words, method) => words.map((word) => keysOf(word, method) + ' ').join('');
export const written = (words) => words.map((word) => casingOf(word)(word) + ' ').join('');

// Leaves the text in the field, with the caret after its first letter.
export function openBetween(locator, text = around.join('')) {
  return locator.evaluate((element, value) => {
    element.focus();
    element.select();
    document.execCommand('insertText', false, value);
    element.setSelectionRange(1, 1);
  }, text);
}

export async function typistOf(page) {
  const client = await page.context().newCDPSession(page);
  const send = (command, parameters) => client.send(`Input.${command}`, parameters);
  const key = (name, code, text) => [
    send('dispatchKeyEvent', { type: text ? 'keyDown' : 'rawKeyDown', key: name, windowsVirtualKeyCode: code, text }),
    send('dispatchKeyEvent', { type: 'keyUp', key: name, windowsVirtualKeyCode: code }),
  ];
  const letter = (text) => key(text, 231, text);  // VK_PACKET, as SendInput with KEYEVENTF_UNICODE gives
  const backspace = () => key('Backspace', 8);

  return {
    client,
    open: openBetween,

    // Unikey and its like: Backspaces and then the letters anew, in one burst that waits for nobody (DevTools delivers
    // an event each 0.3 to 1 ms here).
    injection(words, method, style) {
      const sent = [];
      for (const word of words) {
        let before = '';
        for (const after of textsOf(word, method, style)) {
          const { back, insert } = edit(before, after);
          for (let i = 0; i < back; i++) sent.push(...backspace());
          for (const one of insert) sent.push(...letter(one));
          before = after;
        }
        sent.push(...letter(' '));
      }
      return Promise.all(sent);
    },

    // macOS, Windows' own, Gboard: a composition that is rewritten with each key and ends with the space.
    composition(words, method, style) {
      const sent = [];
      for (const word of words) {
        const texts = textsOf(word, method, style);
        for (const text of texts)
          sent.push(send('imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length }));
        sent.push(send('insertText', { text: texts.at(-1) }), ...letter(' '));
      }
      return Promise.all(sent);
    },

    // iOS: deleteContentBackward and insertText, no composition. A frame of the browser comes in between at a different
    // place of each line.
    async deleteAndInsert(words, method, style, turn = 0) {
      const edits = words.map((word) => {
        let before = '';
        return [...textsOf(word, method, style), null].map((after) => {
          const change = after === null ? { back: 0, insert: ' ' } : edit(before, after);
          before = after;
          return change;
        });
      });
      const pauses = [turn % words.length, (turn * 3 + 1) % words.length];
      await page.evaluate(async ([edits, pauses]) => {
        for (const [index, word] of edits.entries()) {
          for (const [step, { back, insert }] of word.entries()) {
            for (let i = 0; i < back; i++) document.execCommand('delete');
            if (insert) document.execCommand('insertText', false, insert);
            if (pauses.includes(index) && step === index % word.length) await new Promise(requestAnimationFrame);
          }
        }
      }, [edits, pauses]);
    },

    // From the clipboard, decomposed, as macOS gives file names.
    async paste(words) {
      await page.evaluate((text) => navigator.clipboard.writeText(text), written(words).normalize('NFD'));
      await page.keyboard.press('Control+V');
    },

    // What the field holds once a frame has been painted. The frame writes the program's own text into a field that was
    // typed into, where the two differ: so this says of both that they are right.
    async check(words, text = around) {
      const found = await page.evaluate(async (focusedElement) => {
        const element = new Function(`return (${focusedElement})()`)();
        await new Promise(requestAnimationFrame);  // the widget asked for its frame before: it runs before this one
        return { value: element.value, caret: [element.selectionStart, element.selectionEnd] };
      }, focusedElement.toString());
      const before = text[0] + written(words);
      assert.deepEqual(found, { value: before + text[1], caret: [before.length, before.length] });
    },
  };
}

export function focusedElement() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}
