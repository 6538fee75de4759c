// What moves: the compositor alone, shortly, and nothing for those who want none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnostics, settled } from './browser.mjs';
import { dialogOf, english, openDialog } from './dialog.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage();

// The animations that a dialog comes with: of each what it changes, and for how many milliseconds. They begin to wait where
// they begin.
async function opening(reducedMotion) {
  const page = await browser.page(stack, { reducedMotion });
  await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('smartca-certificates');
    globalThis.seen = [];
    new MutationObserver((changes) => {
      for (const animation of changes.flatMap(({ addedNodes }) => [...addedNodes]).flatMap((node) => node.getAnimations?.() ?? [])) {
        animation.pause();
        globalThis.seen.push(animation);
      }
    }).observe(shadowRoot.querySelector('.stage'), { childList: true });
  });
  await page.getByRole('button', { name: english.open }).first().click();
  await page.getByRole('dialog').waitFor();
  await settled(page);
  const seen = await page.evaluate(() => globalThis.seen.map(({ effect }) => [Object.keys(effect.getKeyframes()[0]).includes('opacity'), effect.getTiming().duration]));
  return { page, seen };
}

test('a dialog fades in within 120 to 180 ms, for which no frame of ours is drawn', async () => {
  const { page, seen } = await opening('no-preference');
  assert.deepEqual(seen, [[true, 150]]);
  const { frames } = await diagnostics(page);
  await page.evaluate(() => {
    globalThis.seen[0].play();
    return globalThis.seen[0].finished;
  });
  assert.equal((await diagnostics(page)).frames, frames);
  await page.context().close();
});

test('nothing moves for those who want less motion', async () => {
  const { page, seen } = await opening('reduce');
  assert.deepEqual(seen, []);
  await page.context().close();
});

test('the thumb of a switch moves by the compositor, and at once for those who want less motion', async () => {
  for (const [reducedMotion, durations] of [['no-preference', [150]], ['reduce', []]]) {
    const page = await browser.page(stack, { reducedMotion });
    await openDialog(page);
    const moved = await dialogOf(page).getByRole('switch', { name: english.business }).evaluate(async (element) => {
      const thumb = () => getComputedStyle(element, '::after').transform;
      const changed = new Promise((done) => new MutationObserver(done).observe(element, { attributeFilter: ['class'] }));
      const before = thumb();
      element.click();
      await changed;
      thumb();
      const moving = element.getAnimations({ subtree: true });
      moving.forEach((animation) => animation.finish());
      return { before, after: thumb(), durations: moving.map(({ effect }) => effect.getTiming().duration) };
    });
    assert.deepEqual(moved, { before: 'none', after: 'matrix(1, 0, 0, 1, 18, 0)', durations });
    await page.context().close();
  }
});
