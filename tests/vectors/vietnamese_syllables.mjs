// Writes vietnamese_syllables.json:  node tests/vectors/vietnamese_syllables.mjs
//
// Every rhyme with every tone that it can bear, each behind several of the onsets that it can follow, in a fixed order.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { partsOf, tones, wordOf } from '../web/vietnamese.mjs';

const rhymes = `
  a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
  e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu  i ia ich im in inh ip it iu  iêc iêm iên iêng iêp iêt iêu
  o oc oi om on ong op ot  oa oac oach oai oan oang oanh oat oay oăc oăm oăn oăng oăt oe oen oeo oet
  ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt  u ua uc ui um un ung up ut  uôc uôi uôm uôn uông uôt
  uân uâng uât uây uê uênh uơ uy uya uych uyên uyêt uynh uyt uyu
  ư ưa ưc ưi ưng ưt ưu  ươc ươi ươm ươn ương ươp ươt ươu`.trim().split(/\s+/);
const onsets = ['', ...'b c ch d đ g gh gi h k kh l m n ng ngh nh ph qu r s t th tr v x'.split(' ')];
const perToneAndRhyme = 4;

function follows(onset, rhyme) {
  const front = /^[eêiy]/.test(rhyme);
  const rounded = /^(o[aăe]|u[âêơy])/.test(rhyme);  // spelled with qu- behind the sound k
  if (onset === '') return !/^i(a|ê)/.test(rhyme);
  if (['k', 'gh', 'ngh'].includes(onset)) return front;
  if (['c', 'g', 'ng'].includes(onset)) return !front && !(rounded && onset !== 'ng');
  if (onset === 'qu') return /^[aăâeê]/.test(rhyme) || rhyme === 'ơ' || rhyme === 'y';
  if (onset === 'gi') return /^[aăâoôơuư]/.test(rhyme) && !rounded;
  return !(rounded && /^(b|m|ph|v|r|n|đ|x|s|d|g)$/.test(onset) && /^u[âêơ]/.test(rhyme));
}

const words = new Set();
let turn = 0;
for (const rhyme of rhymes) {
  const { nucleus, final } = partsOf(rhyme);
  const possible = onsets.filter((onset) => follows(onset, rhyme));
  for (const tone of Object.keys(tones)) {
    if (/^(c|ch|p|t)$/.test(final) && tone !== 'sắc' && tone !== 'nặng') continue;
    for (let i = 0; i < Math.min(perToneAndRhyme, possible.length); i++)
      words.add(wordOf({ onset: possible[turn++ * 5 % possible.length], nucleus, final, tone }));
  }
}
const about = 'Vietnamese syllables in NFC, written by vietnamese_syllables.mjs: every rhyme with every tone that it can bear.';
const lines = [];
for (const word of words) {
  const last = lines.at(-1);
  if (last && last.length + word.length < 120) lines[lines.length - 1] += ` ${word}`;
  else lines.push(word);
}
writeFileSync(fileURLToPath(new URL('vietnamese_syllables.json', import.meta.url)),
  JSON.stringify({ about, words: lines }, null, 2) + '\n');
console.log(`${words.size} syllables`);
