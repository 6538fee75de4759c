// What a screen reader would say of the element that is on top, from its beginning to its end, phrase by phrase: the
// virtual screen reader of the package @guidepup/virtual-screen-reader, run in the real page. It begins inside the shadow
// root, since it does not look into one by itself; and it reads attributes, so it does not know which native radio is
// checked or how long a password is. What the browser itself tells is compared by twins.mjs.
import { fileURLToPath } from 'node:url';
import { settled } from './browser.mjs';

const script = fileURLToPath(new URL('node_modules/@guidepup/virtual-screen-reader/lib/esm/index.browser.js', import.meta.url));
const most = 400;
const milliseconds = 60_000;  // for all of them; page.evaluate() would wait for ever

export async function spokenPhrases(page) {
  await page.route('**/virtual-screen-reader.js', (route) => route.fulfill({ path: script, contentType: 'text/javascript' }));
  const reading = page.evaluate(async (limit) => {
    const { virtual } = await import('/virtual-screen-reader.js');
    const { shadowRoot } = document.querySelector('smartca-certificates, smartca-create-certificate');
    const container = [...shadowRoot.querySelectorAll('.modal')].at(-1) ?? shadowRoot.querySelector('.stage');
    await virtual.start({ container });
    const first = await virtual.lastSpokenPhrase();
    const phrases = [first];
    for (let i = 0; i < limit; i++) {
      await virtual.next();
      const phrase = await virtual.lastSpokenPhrase();
      if (i > 1 && (phrase === first || phrase === 'banner')) break;  // from the beginning again
      phrases.push(phrase);
      if (/^end of (alert)?dialog/.test(phrase)) break;
    }
    await virtual.stop();
    return phrases;
  }, most);
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`the virtual screen reader is not at the end after ${milliseconds} ms`)), milliseconds);
  });
  const spoken = await Promise.race([reading, late]).finally(() => clearTimeout(timer));
  await settled(page);
  return spoken;
}
