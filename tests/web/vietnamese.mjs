// Vietnamese spelling and the two ways of typing it on a Latin keyboard: enough to say, for a syllable, which keys are
// pressed and what an input method shows after each of them.
//
//   stepsOf({ onset: 't', nucleus: 'iê', final: 'ng', tone: 'sắc' }, 'telex', 'late')
//     -> t ti tie tien tieng tiêng tiếng
//
// Pure: no browser, no files. The orthography is the usual one, tones placed in the older manner ("hòa"), as the input
// methods do by default.
export const tones = { ngang: '', huyền: '\u0300', sắc: '\u0301', hỏi: '\u0309', ngã: '\u0303', nặng: '\u0323' };
const marked = { â: ['a', '\u0302'], ê: ['e', '\u0302'], ô: ['o', '\u0302'], ă: ['a', '\u0306'], ơ: ['o', '\u031b'], ư: ['u', '\u031b'] };
const keys = {
  telex: { â: 'a', ê: 'e', ô: 'o', ă: 'w', ơ: 'w', ư: 'w', đ: 'd', huyền: 'f', sắc: 's', hỏi: 'r', ngã: 'x', nặng: 'j' },
  vni: { â: '6', ê: '6', ô: '6', ă: '8', ơ: '7', ư: '7', đ: '9', huyền: '2', sắc: '1', hỏi: '3', ngã: '4', nặng: '5' },
};

// Which letter of the vowels bears the tone: the last one with a mark of its own; else the last before a final consonant,
// the middle of three, the first of two.
function toneAt(nucleus, final) {
  const own = nucleus.map((letter) => letter in marked).lastIndexOf(true);
  if (own >= 0) return own;
  if (final) return nucleus.length - 1;
  return nucleus.length === 3 ? 1 : 0;
}

function spell(onset, nucleus, final, tone) {
  const at = toneAt(nucleus, final);
  return (onset + nucleus.map((letter, i) => (i === at ? letter + tones[tone] : letter)).join('') + final).normalize('NFC');
}

export function wordOf({ onset, nucleus, final, tone }) {
  return spell(onset, [...nucleus], final, tone);
}

// What stands in the field after each key. `style` is how people differ: `early` marks each vowel at once and gives the
// tone before the final consonant (so that the tone has to move: "hòa" + "n" = "hoàn"); `usual` marks at once and gives the
// tone last; `late` types the plain letters first.
export function stepsOf({ onset, nucleus, final, tone }, method, style) {
  const key = keys[method];
  const steps = [];
  const shown = { onset: '', nucleus: [], final: '', tone: 'ngang' };
  const press = (name) => steps.push({ key: name, shown: spell(shown.onset, shown.nucleus, shown.final, shown.tone) });
  const mark = (at) => {
    shown.nucleus[at] = nucleus[at];
    press(key[nucleus[at]]);
  };
  const giveTone = () => {
    if (tone === 'ngang') return;
    shown.tone = tone;
    press(key[tone]);
  };

  for (const letter of onset) {
    shown.onset += letter === 'đ' ? 'd' : letter;
    press(letter === 'đ' ? 'd' : letter);
    if (letter !== 'đ') continue;
    shown.onset = shown.onset.slice(0, -1) + 'đ';
    press(key.đ);
  }
  [...nucleus].forEach((letter, i) => {
    shown.nucleus.push(marked[letter]?.[0] ?? letter);
    press(shown.nucleus[i]);
    if (letter in marked && style !== 'late') mark(i);
  });
  if (style === 'early') giveTone();
  for (const letter of final) {
    shown.final += letter;
    press(letter);
  }
  if (style === 'late') [...nucleus].forEach((letter, i) => letter in marked && mark(i));
  if (style !== 'early') giveTone();
  return steps;
}

// "a" to "tiếng", and back again: the parts of a syllable of this file's spelling.
const onsets = ['ngh', 'ch', 'gh', 'gi', 'kh', 'ng', 'nh', 'ph', 'qu', 'th', 'tr', 'b', 'c', 'd', 'đ', 'g', 'h', 'k', 'l', 'm', 'n',
  'p', 'r', 's', 't', 'v', 'x', ''];
export function partsOf(word) {
  let tone = 'ngang';
  let plain = '';
  for (const mark of word.normalize('NFD')) {
    const name = Object.keys(tones).find((other) => tones[other] === mark);
    if (name) tone = name;
    else plain += mark;
  }
  plain = plain.normalize('NFC');
  const onset = onsets.find((start) => plain.startsWith(start) && /^[aeiouyâêôăơư]/.test(plain.slice(start.length)));
  const [, nucleus, final] = /^([aeiouyâêôăơư]+)(.*)$/.exec(plain.slice(onset.length));
  return { onset, nucleus, final, tone };
}

// What an input method that works by keys does to get from one text to the next: so many Backspaces, then these letters.
export function edit(before, after) {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  return { back: before.length - same, insert: after.slice(same) };
}
