// The portal's page is the portal's: what a person does there comes out the same with the widget on it and without.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { settled } from './browser.mjs';
import { openPortal, records } from './portal.mjs';
import { openStage } from './stage.mjs';

const widget = '<smartca-certificates></smartca-certificates><smartca-create-certificate></smartca-create-certificate>';
const { stack, browser } = await openStage();
let bare, full;
before(async () => {
  const permissions = ['clipboard-read', 'clipboard-write'];
  bare = await openPortal(browser, stack, { widget: '', permissions });
  full = await openPortal(browser, stack, { widget, permissions });
});

// Does the same on both pages, and expects the same of both.
async function alike(steps) {
  const outcomes = [];
  for (const page of [bare, full]) {
    await page.bringToFront();
    await records(page);
    outcomes.push({ outcome: await steps(page), ...(await records(page)) });
  }
  assert.deepEqual(outcomes[1], outcomes[0]);
  return outcomes[1];
}
const fieldsOf = (page) => page.evaluate(() => ['first', 'note', 'last'].map((id) => {
  const { value, selectionStart, selectionEnd } = document.getElementById(id);
  return [value, selectionStart, selectionEnd];
}));

test('nothing is listened to on the window, the document or the body, a press included', async () => {
  await full.bringToFront();
  // Not by locator.click(), which listens itself.
  const { x, y, width, height } = await full.getByRole('button', { name: 'Create New' }).first().boundingBox();
  await full.mouse.click(x + width / 2, y + height / 2);
  await full.getByRole('dialog').waitFor();
  await full.keyboard.press('Escape');
  await settled(full);
  assert.deepEqual(await full.evaluate(() => globalThis.kept.listeners), []);
});

test('no global of the page is added', async () => {
  const globals = (page) => page.evaluate(() => Object.getOwnPropertyNames(window).filter((name) => !/^(kept|settled)/.test(name) && !/^\d+$/.test(name)).sort());
  assert.deepEqual(await globals(full), await globals(bare));
});

test('typing, Backspace, Enter, undo, selection and the clipboard in the portal\'s own fields', async () => {
  const { outcome, keys } = await alike(async (page) => {
    await page.locator('#first').focus();
    await page.keyboard.type('Ha Noi 2026');
    for (let i = 0; i < 4; i++) await page.keyboard.press('Backspace');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+C');
    await page.locator('#note').focus();
    await page.keyboard.press('Control+V');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+V');
    await page.keyboard.press('Shift+Home');
    await page.keyboard.press('Control+X');
    await page.keyboard.press('Control+Z');
    return fieldsOf(page);
  });
  assert.deepEqual(outcome.map(([value]) => value), ['Ha Noi ', 'Ha Noi \nHa Noi ', '']);
  assert.ok(keys.length > 20 && !keys.some((key) => key.includes('prevented')));
});

test('the browser\'s own keys are left to it, wherever the focus is: also inside the widget', async () => {
  const shortcuts = ['Control+F', 'Control+G', 'Control+P', 'Control+S', 'Control+L', 'F5', 'F6', 'Alt+ArrowLeft', 'Control+Shift+I', 'F3', "'", '/'];
  // What they do would end the test; only whether anybody else prevents them is asked.
  const press = (page, keys) => page.evaluate((keys) => {
    let target = document.activeElement;
    while (target.shadowRoot?.activeElement) target = target.shadowRoot.activeElement;
    return keys.map((name) => {
      const parts = name.split('+');
      const event = new KeyboardEvent('keydown', {
        key: parts.at(-1), ctrlKey: parts.includes('Control'), altKey: parts.includes('Alt'), shiftKey: parts.includes('Shift'),
        bubbles: true, composed: true, cancelable: true,
      });
      return target.dispatchEvent(event);
    });
  }, keys);
  await alike(async (page) => {
    await page.locator('#first').focus();
    return press(page, shortcuts);
  });
  await full.bringToFront();
  for (const inside of [full.getByRole('searchbox').first(), full.getByRole('combobox').first(), full.getByRole('button', { name: 'Create New' }).first()]) {
    await inside.focus();
    assert.deepEqual(await press(full, shortcuts), shortcuts.map(() => true));
    assert.deepEqual(await press(full, ['Tab', 'Escape', 'Backspace', ' ', 'PageDown', 'ArrowDown'].slice(0, 4)), [true, true, true, true]);
  }
});

test('the wheel scrolls the portal\'s page, beside the widget and over it once its own list is at its end', async () => {
  const { outcome } = await alike(async (page) => {
    const moved = [];
    for (const [x, y] of [[600, 40], [600, 300]]) {
      await page.evaluate(() => {
        scrollTo(0, 0);
        const lists = document.querySelector('smartca-certificates')?.shadowRoot.querySelectorAll('.scrolls') ?? [];
        for (const list of lists) list.scrollTop = list.scrollHeight;
      });
      await page.mouse.move(x, y);
      await page.mouse.wheel(0, 240);
      await page.waitForFunction(() => scrollY >= 240);
      moved.push(await page.evaluate(() => scrollY));
    }
    await page.evaluate(() => scrollTo(0, 0));
    return moved;
  });
  assert.deepEqual(outcome, [240, 240]);
});

test('the Tab key comes from the portal, goes through the widget, and leaves it, in both directions', async () => {
  const walk = async (page, key, from, most) => {
    await page.locator(from).focus();
    const seen = [];
    for (let i = 0; i < most; i++) {
      await page.keyboard.press(key);
      const id = await page.evaluate(() => document.activeElement.id || document.activeElement.tagName);
      if (seen.at(-1) !== id) seen.push(id);
      if (id === (key === 'Tab' ? 'link' : 'first')) break;
    }
    return seen;
  };
  for (const page of [bare, full]) {
    await page.bringToFront();
    const inside = page === full ? ['SMARTCA-CERTIFICATES'] : [];
    assert.deepEqual(await walk(page, 'Tab', '#first', 40), ['note', 'opener', ...inside, 'last', 'link']);
    assert.deepEqual(await walk(page, 'Shift+Tab', '#link', 40), ['last', ...inside, 'opener', 'note', 'first']);
  }
  const { keys } = await records(full);
  assert.deepEqual(keys.filter((key) => key.includes('prevented')), []);
});

test('the widget takes no focus by itself, and a link on the page goes on working', async () => {
  await alike(async (page) => {
    await page.locator('#last').focus();
    await page.locator('#link').click();
    return page.evaluate(() => [document.activeElement.id, location.hash]);
  });
});
