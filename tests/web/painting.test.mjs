// Painted or not, and from one to the other while somebody works: nothing typed, selected or chosen is lost.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { join } from 'node:path';
import { root } from '../scenario/harness.mjs';
import { assertPainted, diagnostics, inMode, settled } from './browser.mjs';
import { agree, chooseUser, dialogOf, english, foundList, lookUp, openDialog, submit } from './dialog.mjs';
import { openStage } from './stage.mjs';
import { openDetails } from './states.mjs';
import { accessibilityOf } from './twins.mjs';

const { stack, browser } = await openStage();
let page;
afterEach(() => page?.context().close());

// The page, or, with `altered`, in a browser that adds noise to what is read from a canvas.
async function open(options = {}, altered = false) {
  page = await browser.page(stack, { ...options, ready: false, path: '/favicon.none' });
  if (altered) await page.addInitScript(() => {
    const { getImageData } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.getImageData = function (...place) {
      const image = getImageData.apply(this, place);
      image.data[4] ^= 1;
      return image;
    };
  });
  await page.goto(stack.proxy.origin);
  await settled(page);
  page.problems.length = 0;
  return page;
}

const element = 'smartca-certificates';

// Half-way through the form: a file chosen, text typed, a part of it selected.
async function work() {
  await openDialog(page);
  await page.locator('input[type=file]').setInputFiles(join(root, 'assets/demo/signature.png'));
  await page.getByText('edited').first().waitFor();
  await dialogOf(page).getByRole('textbox', { name: english.identity }).fill('001099');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  await settled(page);
}
const workDone = () => page.evaluate((name) => {
  const { shadowRoot } = document.querySelector(name);
  const field = shadowRoot.activeElement;
  return {
    field: field.name, value: field.value, selection: [field.selectionStart, field.selectionEnd],
    image: shadowRoot.querySelectorAll('.Image canvas').length,
  };
}, element);
const asLeft = { field: 'identity', value: '001099', selection: [4, 6], image: 2 };

test('where a browser alters canvas pixels the whole way goes, by the twins alone', async () => {
  await open({}, true);
  assert.equal((await diagnostics(page)).mode, 'dom');
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  await lookUp(page, '001099000001');
  for (const box of await foundList(page).getByRole('checkbox').all()) await box.check();
  await submit(page);
  await agree(page);
  await page.getByText('3 digital certificates created').first().waitFor();
  assert.deepEqual(page.problems, []);
});

test('every word that the twins show can be seen: none is transparent, cut off, or under something else of the dialog', async () => {
  await open({}, true);
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  const unseen = await page.evaluate((name) => {
    const { shadowRoot } = document.querySelector(name);
    const faults = [];
    for (const twin of shadowRoot.querySelectorAll('.stage .words, .stage .field:not(.LinesField)')) {  // whose words and chips are drawn
      if (twin.closest('[inert]')) continue;
      const style = getComputedStyle(twin);
      if (/, 0\)$|transparent/.test(style.color) || style.opacity < 0.5) faults.push(twin.textContent);
      if (!twin.matches('.shortened, .field') && twin.scrollWidth > twin.clientWidth + 1) faults.push('wide: ' + twin.textContent);
      if (!twin.matches('.field') && twin.scrollHeight > twin.clientHeight + 1) faults.push('high: ' + twin.textContent);
    }
    return faults;
  }, element);
  assert.deepEqual(unseen, []);
  const drawn = await page.evaluate((name) => [...document.querySelector(name).shadowRoot.querySelectorAll('.sketch text')]
    .map((text) => text.textContent), element);
  for (const words of ['Look up', 'Replace', 'Cancel', 'Create New', 'Text & Image', 'SubjectDN.CN']) assert.ok(drawn.includes(words), words);
});

test('forced colours are followed live: the twins take over in the system\'s colours, and back', async () => {
  await open();
  await work();
  await page.emulateMedia({ forcedColors: 'active' });
  await inMode(page, 'dom');
  await settled(page);
  assert.deepEqual(await workDone(), asLeft);
  const colors = await page.evaluate((name) => {
    const { shadowRoot } = document.querySelector(name);
    const probe = document.body.appendChild(document.createElement('p'));
    probe.style.color = 'CanvasText';
    const wanted = getComputedStyle(probe).color;
    probe.remove();
    return [getComputedStyle(shadowRoot.querySelector('.Dialog h2')).color, wanted];
  }, element);
  assert.equal(colors[0], colors[1]);
  await page.emulateMedia({ forcedColors: 'none' });
  await inMode(page, 'canvas');
  await settled(page);
  assert.deepEqual(await workDone(), asLeft);
  await assertPainted(page);
});

test('forced colours show which option the arrow keys are at', async () => {
  await open({ forcedColors: 'active' });
  await page.getByRole('combobox', { name: 'Status' }).click();
  await page.keyboard.press('Home');
  await settled(page);
  const options = await page.getByRole('option').all();
  const looks = () => Promise.all(options.slice(0, 2).map((option) => option.screenshot()));
  const before = await looks();
  await page.keyboard.press('ArrowDown');
  await settled(page);
  const after = await looks();
  for (const i of [0, 1]) assert.notDeepEqual(after[i], before[i]);
});

test('paper gets the twins one after another, words and values of the form, in black', async () => {
  await open({ theme: 'dark' });
  await work();
  await page.emulateMedia({ media: 'print' });
  const printed = await page.evaluate((name) => {
    const { shadowRoot } = document.querySelector(name);
    const shown = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const field = shadowRoot.querySelector('[name=identity]');
    return {
      canvases: [...shadowRoot.querySelectorAll('canvas')].filter((canvas) => !canvas.closest('.Image') && shown(canvas)).length,
      images: [...shadowRoot.querySelectorAll('.Image canvas')].filter(shown).length,
      field: shown(field) && getComputedStyle(field).color, buttons: shown(shadowRoot.querySelector('.SubmitButton')),
      radios: [...shadowRoot.querySelectorAll('.Radio')].filter(shown).length,
      cramped: [...shadowRoot.querySelectorAll('.Radio, .CheckBox')].filter((box) => shown(box) && box.offsetWidth < 60).length,
      paper: getComputedStyle(field.closest('.Dialog')).backgroundColor,
      overlaps: [...shadowRoot.querySelectorAll('.stage .words, .stage .field')].filter(shown)
        .map((twin) => twin.getBoundingClientRect().top).some((top, i, all) => i > 0 && top < all[i - 1] - 30),
    };
  }, element);
  assert.deepEqual(printed, {
    canvases: 0, images: 2, field: 'rgb(0, 0, 0)', buttons: false, radios: 3, cramped: 0, paper: 'rgb(255, 255, 255)', overlaps: false,
  });
  const pdf = await page.pdf();
  assert.ok(pdf.length > 10000);
  await page.emulateMedia({ media: 'screen' });
  await settled(page);
  assert.deepEqual(await workDone(), asLeft);
  await assertPainted(page);
});

test('nothing sticks out of the page, which could be shifted to it', async () => {
  const page = await browser.page(stack);
  const wider = await page.locator('.Layer').evaluateAll((layers) => layers.filter((layer) => layer.scrollWidth > layer.clientWidth).length);
  assert.equal(wider, 0);
  await page.context().close();
});

test('on paper the list has what says something there: no letter of the logo, no field without an entry, no column of buttons', async () => {
  const page = await browser.page(stack);
  await page.getByRole('searchbox').fill('nguyễn');
  await settled(page);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByText('S', { exact: true }).isVisible(), false);
  assert.equal(await page.getByText('SmartCA certificates').isVisible(), true);
  assert.equal(await page.getByRole('searchbox').isVisible(), true);
  assert.deepEqual(await page.getByRole('textbox').and(page.locator(':visible')).all(), []);
  assert.equal(await page.getByRole('columnheader').count(), 6);
  await page.context().close();
});

test('on paper the details of a certificate keep the terms beside what they are of', async () => {
  await open();
  await openDetails(page);
  await page.emulateMedia({ media: 'print' });
  const hidden = await page.evaluate((name) => {
    const { shadowRoot } = document.querySelector(name);
    return [...shadowRoot.querySelectorAll('dt')].filter((term) => {
      term.scrollIntoView();
      const { x, y } = term.getBoundingClientRect();
      return shadowRoot.elementFromPoint(x + 4, y + 4) !== term;
    }).map((term) => term.textContent);
  }, element);
  assert.deepEqual(hidden, []);
});

test('the page or the person chooses: the twins, the twins as text that flows, or the painting', async () => {
  await open();
  await work();
  const choose = (painting) => page.evaluate(([name, value]) => {
    if (value) document.querySelector(name).setAttribute('painting', value);
    else document.querySelector(name).removeAttribute('painting');
  }, [element, painting]);
  await choose('dom');
  await inMode(page, 'dom');
  await settled(page);
  assert.deepEqual(await workDone(), asLeft);
  await choose('flow');
  await settled(page);
  assert.deepEqual(await workDone(), asLeft);
  // WCAG 1.4.12: other distances of type lose nothing.
  await page.evaluate((name) => Object.assign(document.querySelector(name).style, {
    letterSpacing: '0.12em', wordSpacing: '0.16em',
  }), element);
  const lost = await page.evaluate((name) => [...document.querySelector(name).shadowRoot.querySelectorAll('.stage .words, .stage .press')]
    .filter((twin) => !twin.closest('[inert]'))
    .filter((twin) => twin.scrollWidth > twin.clientWidth + 1 && twin.clientWidth > 0 ||
      Math.abs(parseFloat(getComputedStyle(twin).letterSpacing) - 0.12 * 16) > 1).map((twin) => twin.textContent), element);
  assert.deepEqual(lost, []);
  await choose(null);
  await inMode(page, 'canvas');
  await settled(page);
  assert.deepEqual(await workDone(), asLeft);
  await assertPainted(page);
});

test('the standalone page remembers the person\'s choice of painting', async () => {
  page = await browser.page(stack, { path: '/?painting=dom' });
  assert.equal((await diagnostics(page)).mode, 'dom');
  await page.goto(stack.proxy.origin);
  await settled(page);
  assert.equal((await diagnostics(page)).mode, 'dom');
  await page.getByRole('button', { name: 'Tiếng Việt' }).click();  // is remembered beside it
  await page.goto(stack.proxy.origin + '/?painting=auto');
  await settled(page);
  assert.equal((await diagnostics(page)).mode, 'canvas');
});

test('theme, contrast and motion are followed live', async () => {
  await open();
  const seen = () => page.evaluate((name) => {
    const stage = document.querySelector(name).shadowRoot.querySelector('.stage');
    return { scheme: stage.style.colorScheme, text: stage.style.getPropertyValue('--c-text') };
  }, element);
  // The browser tells of the new medium when it likes; what is waited for is that it was followed.
  const follow = async (media, before) => {
    await page.emulateMedia(media);
    await page.waitForFunction(([name, text]) =>
      document.querySelector(name).shadowRoot.querySelector('.stage').style.getPropertyValue('--c-text') !== text, [element, before.text]);
    await settled(page);
    return seen();
  };
  const light = await seen();
  const dark = await follow({ colorScheme: 'dark' }, light);
  const contrast = await follow({ colorScheme: 'dark', contrast: 'more' }, dark);
  assert.deepEqual([light.scheme, dark.scheme, contrast.scheme], ['light', 'dark', 'dark']);
  assert.equal(new Set([light.text, dark.text, contrast.text]).size, 3);
  assert.deepEqual(await follow({ colorScheme: 'light', contrast: 'no-preference', reducedMotion: 'no-preference' }, contrast), light);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openDialog(page);
  assert.equal(await page.evaluate((name) => document.querySelector(name).shadowRoot.getAnimations().length, element), 0);
});

test('zoom from 50 to 400 % and pixel ratios from 1 to 3: crisp, within the window, each twin in its place', async () => {
  await open();
  await openDialog(page);
  const client = await page.context().newCDPSession(page);
  // Each width is another: Chromium 156 tells no media query of an emulated ratio that comes alone.
  for (const [zoom, density, width] of [[0.5, 1, 1280], [1, 1.25, 1279], [1, 2, 1278], [1, 3, 1277], [2, 1, 1280], [4, 1, 1280]]) {
    const ratio = zoom * density;
    await client.send('Emulation.setDeviceMetricsOverride', {
      width: Math.round(width / zoom), height: Math.round(1000 / zoom), deviceScaleFactor: ratio, mobile: false,
    });
    await page.waitForFunction(([name, wanted]) => {
      const canvas = document.querySelector(name).shadowRoot.querySelector('.stage canvas');
      const { width } = canvas.getBoundingClientRect();
      return Math.abs(width - innerWidth) < 1 && Math.abs(canvas.width / width - wanted) < 0.01 * wanted;
    }, [element, ratio]);
    await settled(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `too wide at ${zoom * 100} %`);
  }
});

test('what is wrong is said once, when it is found, and the first of it gets the focus', async () => {
  await open();
  await openDialog(page);
  await page.evaluate((name) => {
    globalThis.said = [];
    for (const region of document.querySelector(name).shadowRoot.querySelectorAll('.announcer'))
      new MutationObserver(() => said.push([region.getAttribute('role'), region.textContent]))
        .observe(region, { childList: true, characterData: true, subtree: true });
  }, element);
  await submit(page);
  assert.deepEqual(await page.evaluate(() => said), [['alert', '2 fields need attention. Choose a user.']]);
  assert.equal(await page.evaluate((name) => document.querySelector(name).shadowRoot.activeElement.getAttribute('role'), element),
    'combobox');
  await settled(page);
  assert.equal(await page.evaluate(() => said.length), 1);
});

test('frames in which nothing changes write nothing to the page', async (t) => {
  await open();
  await openDialog(page);
  await chooseUser(page, 'nguyễn văn an', /^Nguyễn Văn An /);
  const before = await diagnostics(page);
  const milliseconds = await page.evaluate(async (name) => {
    const widget = document.querySelector(name);
    let spent = 0;
    for (let i = 0; i < 60; i++) {
      let began = 0;
      requestAnimationFrame(() => { began = performance.now(); });
      widget.setAttribute('painting', 'auto' + i);  // asks for a frame, and is no other choice
      await new Promise(requestAnimationFrame);
      spent += performance.now() - began;
    }
    return spent;
  }, element);
  await settled(page);
  const now = await diagnostics(page);
  assert.ok(now.frames - before.frames >= 50, 'frames were drawn');
  assert.equal(now.domWrites - before.domWrites, 0);
  t.diagnostic(`${(milliseconds / 60).toFixed(2)} ms a frame: layout, painting's comparison and twins together`);
});

test('a change paints the rows that it touches anew, and no canvas is made larger, smaller or anew for it', async () => {
  await open();
  await openDialog(page);
  await page.evaluate(() => {
    globalThis.sizes = 0;
    const { putImageData } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.putImageData = function (image, ...place) {
      globalThis.rows += image.height;
      return putImageData.call(this, image, ...place);
    };
    for (const side of ['width', 'height']) {
      const { get, set } = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, side);
      Object.defineProperty(HTMLCanvasElement.prototype, side, { get, set(value) { globalThis.sizes++; set.call(this, value); } });
    }
  });
  const since = async (change) => {
    await settled(page);
    await page.evaluate(() => { globalThis.rows = 0; });
    await change();
    await settled(page);
    return page.evaluate(() => globalThis.rows);
  };
  const hovered = await since(() => dialogOf(page).getByRole('button', { name: 'Cancel' }).hover());
  assert.ok(hovered > 0 && hovered <= 96, `${hovered} rows`);
  await dialogOf(page).getByRole('textbox', { name: english.identity }).fill('00109900000');
  const typed = await since(() => page.keyboard.type('1'));
  assert.ok(typed > 0 && typed <= 400, `${typed} rows: what is found wrong, or not, moves what is below it`);
  const idle = await since(() => page.evaluate((name) => document.querySelector(name).diagnostics.redraw(), element));
  assert.equal(idle, 0);
  assert.equal(await page.evaluate(() => globalThis.sizes), 0);
});

test('?debug=twins draws an edge around each twin, and says what the last frame was for', async () => {
  page = await browser.page(stack, { path: '/?debug=twins' });
  await openDialog(page);
  const shown = await page.evaluate((name) => {
    const { shadowRoot } = document.querySelector(name);
    return {
      boxes: shadowRoot.querySelectorAll('.debug div').length,
      twins: shadowRoot.querySelectorAll('.stage .t:not(.Layer)').length,
      names: [...shadowRoot.querySelectorAll('.debug div')].map((box) => box.textContent), note: shadowRoot.querySelector('.debug p').textContent,
    };
  }, element);
  assert.equal(shown.boxes, shown.twins);
  assert.ok(shown.names.includes('Button Look up'));
  assert.match(shown.note, /^frame \d+: \w+ · canvas · \d+ twins · \d+ writes$/);
});

test('the dialog over a portal is one dialog, with one name', async () => {
  page = await browser.page(stack);
  await page.evaluate(() => {
    const dialog = document.createElement('smartca-create-certificate');
    dialog.setAttribute('locale', 'en');
    document.querySelector('smartca-certificates').replaceWith(dialog);
    dialog.show();
  });
  await page.getByRole('combobox', { name: english.user }).waitFor();
  await settled(page);
  const client = await accessibilityOf(page);
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  const dialogs = nodes.filter((node) => !node.ignored && node.role.value === 'dialog');
  assert.deepEqual(dialogs.map((node) => node.name.value), ['Create new VNPT SmartCA certificate']);
  assert.equal(dialogs[0].properties.find(({ name }) => name === 'modal').value.value, true);
});
