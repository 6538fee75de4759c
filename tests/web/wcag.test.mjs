// WCAG 2.2, levels A and AA: a check for each criterion that no other test shows by itself. Which test shows which is in
// web/accessibility.md; citations.test.mjs holds that table to the tests.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../scenario/harness.mjs';
import { settled } from './browser.mjs';
import { dialogOf, english, openDialog, submit } from './dialog.mjs';
import { moment } from './moment.mjs';
import { businessErrors, picked, states } from './states.mjs';
import { openStage } from './stage.mjs';
import { accessibilityOf } from './twins.mjs';

const { stack, browser } = await openStage({ now: moment });
const shown = {};  // pages that are only looked at, each in its state
before(async () => {
  for (const [name, steps] of Object.entries({ list: states.list, picked, businessErrors, confirm: states['delete-confirm'] })) {
    shown[name] = await browser.page(stack, { now: moment });
    await steps(shown[name], english);
    await settled(shown[name]);
  }
});

// Runs in each of those pages with the shadow root and what can be operated there; gives the faults with the page's name.
async function faultsIn(find, pages = shown) {
  const faults = [];
  for (const [name, page] of Object.entries(pages))
    faults.push(...(await page.evaluate(`((shadowRoot) => {
      const operable = [...shadowRoot.querySelectorAll('.press, .field')].filter((twin) => !twin.closest('[inert]'));
      const nameOf = (twin) => (twin.getAttribute('aria-label') || twin.labels?.[0]?.textContent || twin.textContent).trim();
      return (${find})(shadowRoot, operable, nameOf);
    })(document.querySelector('smartca-certificates').shadowRoot)`)).map((fault) => `${name}: ${fault}`));
  return faults;
}
// Of a page of the test's own, which is closed again.
async function visit(options, steps) {
  const page = await browser.page(stack, { now: moment, ...options });
  try {
    await steps(page);
  } finally {
    await page.context().close();
  }
}
const itemsOf = (page) => page.evaluate(() => document.querySelector('smartca-certificates').diagnostics.items().map(({ id, name }) => `${id} ${name}`));
const inDialog = (page, role, name) => dialogOf(page).getByRole(role, { name });

// What has the focus: where it is, whether it can be hit there, and what it is called.
const focusNow = (page) => page.evaluate(() => {
  const { shadowRoot } = document.querySelector('smartca-certificates');
  const element = shadowRoot.activeElement;
  if (!element) return null;
  const { x, y, width, height } = element.getBoundingClientRect();
  const hit = shadowRoot.elementFromPoint(x + width / 2, y + height / 2);
  return {
    name: element.getAttribute('aria-label') || element.labels?.[0]?.textContent || element.textContent, x, y, width, height,
    isHit: hit !== null && (hit === element || element.contains(hit) || hit.contains(element)),
  };
});
// Presses Tab until it comes round, and looks at each stop.
async function eachStop(page, look) {
  const seen = new Set();
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const stop = await focusNow(page);
    if (!stop) return seen.size;
    const key = [stop.name, stop.x].join();
    if (seen.has(key)) return seen.size;
    seen.add(key);
    await look(stop);
  }
  return seen.size;
}

test('1.1.1: each control and image has a name, and what is painted is hidden from assistive technology', async () => {
  for (const [name, page] of Object.entries(shown)) {
    const client = await accessibilityOf(page);
    const { nodes } = await client.send('Accessibility.getFullAXTree');
    const named = /^(button|textbox|searchbox|combobox|switch|radio|checkbox|option|menuitem|img|image|dialog|alertdialog|table|radiogroup|main)$/;
    const heard = nodes.filter((node) => !node.ignored && named.test(node.role.value));
    assert.ok(heard.length > 2, name);
    assert.deepEqual(heard.filter((node) => !node.name.value.trim()).map((node) => `${name}: ${node.role.value}`), []);
    assert.deepEqual(nodes.filter((node) => !node.ignored && /canvas|svg/i.test(node.role.value)), []);
  }
});

test('1.3.1: what belongs together is one element: cells in rows, radios in a named group, fields with their labels in the form', async () => {
  assert.deepEqual(await faultsIn((shadowRoot) => {
    const outside = (inner, outer) => [...shadowRoot.querySelectorAll(inner)].filter((one) => !one.closest(outer)).map((one) => `${one.className} outside of ${outer}`);
    const groups = [...shadowRoot.querySelectorAll('[role=radiogroup]')].filter((group) =>
      !group.getAttribute('aria-label') && !shadowRoot.getElementById(group.getAttribute('aria-labelledby'))?.textContent);
    const fields = [...shadowRoot.querySelectorAll('.Dialog .field')].filter((field) => field.labels.length !== 1 || !field.form);
    return [...outside('.Cell, .RowHeader, .ColumnHeader', '.Row'), ...outside('.Row', '.RowGroup'), ...outside('.RowGroup', '[role=table]'),
      ...outside('.Radio', '[role=radiogroup]'), ...groups.map(() => 'a group without a name'), ...fields.map((field) => field.name + ' without a label or a form')];
  }), []);
});

test('1.3.2: fields and their labels come in the order in which they are seen, line by line', async () => {
  assert.deepEqual(await faultsIn((shadowRoot) => {
    const column = shadowRoot.querySelector('.Dialog .scrolls');
    const half = column.getBoundingClientRect();
    const seen = [...column.querySelectorAll('.field, label.Label')].map((twin) => ({ twin, box: twin.getBoundingClientRect() }))
      .filter(({ box }) => box.x < half.x + half.width * 0.6);
    return seen.slice(1).filter(({ box }, i) => {
      const before = seen[i].box;
      const below = box.y > before.y + before.height / 2, behind = box.x > before.x;
      return !below && !behind;
    }).map(({ twin }) => (twin.name || twin.textContent) + ' comes too late');
  }, { picked: shown.picked, businessErrors: shown.businessErrors }), []);
});

test('1.3.3: no message points by a place, a shape or a colour', async () => {
  const folder = join(root, 'shared');
  const places = [/\b(?:left|right|above|below|beneath|beside|red|green|blue|yellow|orange|round|square|top|bottom|corner)\b/i,
    /bên trái|bên phải|phía trên|phía dưới|ở trên|ở dưới|góc|màu|đỏ|xanh|vàng|hình tròn/i];
  const innocent = /days? left|\bright (?:to|is|now)\b|\bgrant the right\b|\bit is right\b/gi;
  for (const file of (await readdir(folder)).filter((name) => /^messages_\w+\.cpp$/.test(name))) {
    const messages = [...(await readFile(join(folder, file), 'utf8')).matchAll(/case (\w+): return "(.*)";$/gm)];
    for (const [, id, text] of messages)
      for (const place of places) assert.doesNotMatch(text.replace(innocent, ''), place, `${file}: ${id}`);
    assert.ok(messages.length > 150);
  }
});

test('1.3.4: on its side a phone shows the same dialog, with all that was typed', () =>
  visit({ width: 390, height: 844, touch: true }, async (page) => {
    await openDialog(page);
    await inDialog(page, 'textbox', english.identity).fill('0011');
    for (const size of [{ width: 844, height: 390 }, { width: 390, height: 844 }]) {
      await page.setViewportSize(size);
      await settled(page);
      assert.equal(await inDialog(page, 'textbox', english.identity).inputValue(), '0011');
      const { x, width } = await inDialog(page, 'button', english.submit).boundingBox();
      assert.ok(x >= 0 && x + width <= size.width);
    }
  }));

test('1.4.1: a status, a mandatory field and an error have words or signs beside their colour', async () => {
  assert.deepEqual(await faultsIn((shadowRoot) => {
    const faults = [];
    for (const field of shadowRoot.querySelectorAll('[aria-invalid=true]')) {
      const notes = (field.getAttribute('aria-describedby') ?? '').split(' ').map((id) => shadowRoot.getElementById(id));
      if (!notes.some((note) => note?.textContent.trim() && note.getBoundingClientRect().height > 10)) faults.push(field.name + ' is only marked');
    }
    for (const field of shadowRoot.querySelectorAll('.Dialog .field[aria-required=true]'))
      if (field.labels[0].nextElementSibling?.textContent !== '*') faults.push(field.name + ' has no sign');
    const rows = [...shadowRoot.querySelectorAll('.Row')].slice(1);
    for (const row of rows) if (!/Active|Expired|left|valid|Revoked|Suspended|Pending|unknown/.test(row.children[5].textContent)) faults.push('a status without a word');
    if (!rows.length) faults.push('no row');
    return faults;
  }), []);
});

test('1.4.13: nothing appears under a pointer that hovers', () => visit({}, async (page) => {
  const before = await itemsOf(page);
  for (const twin of await page.locator('.press, .field').all()) {
    await twin.hover();
    await settled(page);
    assert.deepEqual(await itemsOf(page), before);
  }
}));

test('2.1.4: a letter alone does nothing, wherever the focus is but in a field', () => visit({}, async (page) => {
  const before = await itemsOf(page);
  for (const button of ['+ Create New', 'Reset', 'Actions for Nguyễn Văn A 2026']) {
    await page.getByRole('button', { name: button }).first().focus();
    await page.keyboard.type('abcdefghijklmnopqrstuvwxyz0123456789/?.,[');
  }
  await settled(page);
  assert.deepEqual(await itemsOf(page), before);
}));

test('2.2.1: a notice that goes by itself leaves its words where they can be heard, and the list as it says', () => visit({}, async (page) => {
  await page.getByRole('button', { name: 'Actions for Trần Thị Bích Ngọc' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  const words = '“Trần Thị Bích Ngọc” was deleted from the list of Trần Thị Bích Ngọc';
  const notice = page.locator('.Group').filter({ hasText: words });
  await notice.waitFor();
  await notice.waitFor({ state: 'detached', timeout: 30_000 });
  assert.match(await page.locator('.announcer[role=status]').textContent(), new RegExp(words));
}));

test('2.4.1: a header, one main part and one first heading', async () => {
  assert.deepEqual(await shown.list.evaluate(() => ['[role=banner]', '[role=main]', 'h1']
    .map((selector) => document.querySelector('smartca-certificates').shadowRoot.querySelectorAll(selector).length)), [1, 1, 1]);
});

test('2.4.2, 3.1.1, 3.1.2: title and language of the document are those of its words; the button to the other language is in that one', () =>
  visit({}, async (page) => {
    const said = () => page.evaluate(() => [document.documentElement.lang, document.title,
      document.querySelector('smartca-certificates').shadowRoot.querySelector('[role=banner] button').lang]);
    assert.deepEqual(await said(), ['en', 'SmartCA certificates', 'vi']);
    await page.getByRole('button', { name: 'Tiếng Việt' }).click();
    await settled(page);
    assert.deepEqual(await said(), ['vi', 'Chứng thư số SmartCA', 'en']);
  }));

test('2.4.4, 2.4.6: no two controls of a view have the same name; the buttons of rows name the row', async () => {
  assert.deepEqual(await faultsIn((shadowRoot, operable, nameOf) => {
    const names = operable.map(nameOf);
    return names.filter((name, i) => names.indexOf(name) !== i).map((name) => name + ' is there twice');
  }), []);
});

test('2.4.7: each stop of the Tab key is seen to have the focus', () => visit({}, async (page) => {
  const { PNG } = (await import('pngjs')).default;
  const picture = async ({ x, y, width, height }) => {
    const left = Math.max(0, x - 5), top = Math.max(0, y - 5);
    const clip = { x: left, y: top, width: Math.min(1280 - left, width + 10), height: Math.min(800 - top, height + 10) };
    return PNG.sync.read(await page.screenshot({ clip })).data;
  };
  const compare = async () => {
    const unseen = [];
    const count = await eachStop(page, async (stop) => {
      await settled(page);
      const place = await focusNow(page);
      const withFocus = await picture(place);
      const handle = await page.evaluateHandle(() => document.querySelector('smartca-certificates').shadowRoot.activeElement);
      await handle.evaluate((element) => {
        // Away without a key, so that nothing scrolls, and back.
        const other = element.getRootNode().querySelector('.Dialog, .AlertDialog') ?? document.body;
        other === document.body ? element.blur() : other.focus({ preventScroll: true });
      });
      await settled(page);
      const without = await picture(place);
      await handle.evaluate((element) => element.focus({ preventScroll: true, focusVisible: true }));
      let differs = 0;
      for (let i = 0; i < without.length; i += 4) if (Math.abs(without[i] - withFocus[i]) + Math.abs(without[i + 1] - withFocus[i + 1]) > 24) differs++;
      // At least a line of one pixel along two of its sides.
      if (differs < Math.min(place.width, place.height) * 2) unseen.push(`${stop.name}: ${differs} pixels`);
    });
    assert.deepEqual(unseen, []);
    return count;
  };
  assert.ok((await compare()) >= 10);
  await openDialog(page);
  assert.ok((await compare()) >= 10);
}));

test('2.4.11: what takes the focus is in sight, in a low window too', () => visit({ height: 420 }, async (page) => {
  const check = async () => {
    const hidden = [];
    const count = await eachStop(page, async (stop) => {
      await settled(page);
      const { name, y, height, isHit } = await focusNow(page);
      if (!isHit || y < 0 || y + height > 420) hidden.push(`${name} from ${y} to ${y + height}`);
    });
    assert.deepEqual(hidden, []);
    return count;
  };
  assert.ok((await check()) >= 10);
  await businessErrors(page, english);
  assert.ok((await check()) >= 12);
}));

test('2.5.3: the name of a control holds the words that are seen in it', () => visit({ path: '/?painting=dom' }, async (page) => {
  const faults = async () => (await faultsIn((shadowRoot, operable, nameOf) => {
    const layers = [...shadowRoot.querySelectorAll('.sketch')].filter((svg) => !svg.closest('[inert]'));
    const seen = layers.flatMap((svg) => [...svg.querySelectorAll('text')]).map((text) => ({ words: text.textContent, box: text.getBoundingClientRect() }));
    const found = [];
    let compared = 0;
    for (const twin of operable.filter((one) => one.matches('.press') && !one.matches('.SelectButton'))) {
      const box = twin.getBoundingClientRect();
      for (const { words, box: text } of seen) {
        const x = text.x + text.width / 2, y = text.y + text.height / 2;
        if (x < box.x || x > box.right || y < box.y || y > box.bottom) continue;
        compared++;
        if (!nameOf(twin).replace(/\s+/g, ' ').includes(words.trim().replace(/^· /, ''))) found.push(`${nameOf(twin)} shows ${words}`);
      }
    }
    if (compared < 3) found.push('nothing was compared');
    return found;
  }, { page }));
  assert.deepEqual(await faults(), []);
  await picked(page, english);
  assert.deepEqual(await faults(), []);
}));

test('3.2.1, 3.2.2: neither the focus nor an entry sends the form, opens anything or moves the focus', () => visit({}, async (page) => {
  let sent = 0;
  page.on('request', (request) => { if (request.method() === 'POST' && request.url().endsWith('/certificates')) sent++; });
  await openDialog(page);
  const address = page.url();
  await eachStop(page, () => {});
  const entries = [['textbox', english.identity, '001099000001'], ['textbox', english.serial, '54'], ['textbox', english.content, 'x'],
    ['switch', english.business], ['textbox', english.password, 'x'], ['textbox', english.secretKey, 'x'], ['radio', /^Image$/]];
  for (const [role, name, text] of entries) {
    const twin = inDialog(page, role, name);
    await twin.focus();
    if (text) await twin.fill(text);
    else await page.keyboard.press(' ');
    await settled(page);
    assert.ok(await twin.evaluate((element) => element.getRootNode().activeElement === element), String(name));
  }
  assert.deepEqual([page.url(), sent, await page.getByRole('dialog').count(), await page.getByRole('listbox').count()], [address, 0, 1, 0]);
}));

test('3.3.2: each field has a label that is seen, and the sign of a mandatory one is explained', async () => {
  assert.deepEqual(await faultsIn((shadowRoot) => [...shadowRoot.querySelectorAll('.Dialog .field')]
    .filter((field) => field.labels[0].getBoundingClientRect().width < 10 || !field.labels[0].textContent.trim()).map((field) => field.name), { picked: shown.picked }), []);
  // Once something is looked up, the footer says what Create would do.
  await visit({}, async (page) => {
    await openDialog(page);
    assert.match(await dialogOf(page).textContent(), /Fields marked\s*\*\s*are required\./);
  });
});

test('3.3.3: a wrong check digit comes with the right number, which one press takes over, before and after a look-up', () => visit({}, async (page) => {
  await openDialog(page);
  const identity = inDialog(page, 'textbox', english.identity);
  const suggestion = inDialog(page, 'button', 'Use 0100684378');
  await identity.fill('0100684379');
  await suggestion.waitFor();
  await inDialog(page, 'button', english.lookUp).click();
  await dialogOf(page).getByText('VNPT SmartCA does not know this number.').waitFor();
  await settled(page);
  await suggestion.click();
  await settled(page);
  assert.equal(await identity.inputValue(), '0100684378');
}));

test('3.3.8: a secret can be pasted and looked at, and a password manager is told what it is', () =>
  visit({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    await openDialog(page);
    await inDialog(page, 'switch', english.business).click();
    const password = inDialog(page, 'textbox', english.password);
    await page.evaluate(() => navigator.clipboard.writeText('Mật khẩu 1'));
    await password.focus();
    await page.keyboard.press('Control+V');
    await inDialog(page, 'button', 'Show the password').click();
    await settled(page);
    assert.deepEqual(await password.evaluate(({ value, type, autocomplete }) => [value, type, autocomplete]), ['Mật khẩu 1', 'text', 'new-password']);
  }));

test('4.1.3: what a look-up found is said without the focus leaving its place', () => visit({}, async (page) => {
  await openDialog(page);
  await inDialog(page, 'textbox', english.identity).fill('001099000001');
  const button = inDialog(page, 'button', english.lookUp);
  await button.focus();
  await page.keyboard.press('Enter');
  await page.locator('.announcer[role=status]').filter({ hasText: '3 certificates at VNPT SmartCA' }).waitFor({ state: 'attached' });
  await settled(page);
  assert.ok(await button.evaluate((element) => element.getRootNode().activeElement === element));
}));
