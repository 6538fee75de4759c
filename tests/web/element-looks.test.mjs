// A portal's own looks beside its colours: corners, density, font, logo. What is painted follows, what shows itself, too, and
// both as soon as the portal changes its mind.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import pngjs from 'pngjs';
import { inMode, settled } from './browser.mjs';
import { accept, dialogOf, english, foundList, lookUp } from './dialog.mjs';
import { openPortal } from './portal.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage();
let page;
afterEach(() => page?.context().close());
const tag = 'smartca-create-certificate';
const logo = `<svg xmlns='http://www.w3.org/2000/svg' width='90' height='30'><rect width='90' height='30' fill='#ff00aa'/></svg>`;

async function open({ painting = 'auto', inside = '', css = '', widget = `<style>${css}</style><${tag} locale="en" theme="light" painting="${painting}">${inside}</${tag}>` } = {}) {
  page = await openPortal(browser, stack, { widget });
  await page.evaluate((tag) => { document.querySelector(tag).show?.(); }, tag);
  await dialogOf(page).getByRole('textbox', { name: english.identity }).waitFor();
  await settled(page);
  await inMode(page, painting === 'dom' ? 'dom' : 'canvas');
  await settled(page);
}
const set = async (name, value) => {
  await page.evaluate(([tag, name, value]) => { document.querySelector(tag).style.setProperty(name, value); }, [tag, name, value]);
};
const boxOf = (role, name) => dialogOf(page).getByRole(role, { name }).boundingBox();
// The colour on the screen, "#0b63b6".
async function colour(x, y) {
  const { data } = pngjs.PNG.sync.read(await page.screenshot({ clip: { x: Math.round(x), y: Math.round(y), width: 1, height: 1 } }));
  return '#' + data.subarray(0, 3).toString('hex');
}
const cornerOf = async () => {
  const { x, y } = await boxOf('button', english.submit);
  return colour(x, y);
};
const becomes = async (read, wanted) => {
  for (const end = Date.now() + 5000; ; await settled(page)) {
    const is = await read();
    if (is === wanted || Date.now() > end) return assert.equal(is, wanted);
  }
};
const heightOf = async (role, name) => (await boxOf(role, name)).height;

for (const painting of ['auto', 'dom'])
  test(`corners are as round, and controls as high, as the portal says, at once (painting="${painting}")`, async () => {
    await open({ painting });
    assert.equal(await cornerOf(), '#ffffff');
    assert.deepEqual([await heightOf('textbox', english.identity), await heightOf('button', english.submit)], [36, 36]);
    await set('--smartca-radius', '0');
    await becomes(cornerOf, '#0b63b6');
    await set('--smartca-density', '-1');
    await becomes(() => heightOf('textbox', english.identity), 32);
    assert.equal(await heightOf('button', english.submit), 32);
    await set('--smartca-density', '1');
    await becomes(() => heightOf('button', english.submit), 44);
    for (const nonsense of ['--smartca-radius', '--smartca-density']) await set(nonsense, 'nonsense');
    await becomes(cornerOf, '#ffffff');
    await becomes(() => heightOf('textbox', english.identity), 36);
  });

test('the font is followed, in what is painted and in the fields', async () => {
  await open();
  const title = () => dialogOf(page).getByRole('heading').first().screenshot();
  const before = await title();
  await set('--smartca-font', '"DejaVu Serif", serif');
  await page.waitForFunction((tag) => /Serif/.test(getComputedStyle(document.querySelector(tag).shadowRoot.querySelector('.field')).fontFamily), tag);
  await settled(page);
  assert.notDeepEqual(await title(), before);
});

for (const painting of ['auto', 'dom'])
  test(`the portal's logo stands in the head of the dialog, with its own words, and the title keeps clear of it (painting="${painting}")`, async () => {
    await open({ painting, inside: `<img slot="logo" alt="Ánh Dương" src="data:image/svg+xml,${encodeURIComponent(logo)}">` });
    const { x, y, width, height } = await page.getByRole('img', { name: 'Ánh Dương' }).boundingBox();
    assert.deepEqual([width, height], [90, 30]);
    assert.equal(await colour(x + 45, y + 15), '#ff00aa');
    const title = await dialogOf(page).getByRole('heading').first().boundingBox();
    assert.ok(title.x + title.width <= x);
    assert.ok(x + width <= (await boxOf('button', 'Close')).x);
    await page.evaluate((tag) => document.querySelector(tag).replaceChildren(), tag);
    await becomes(() => colour(x + 45, y + 15), '#ffffff');
  });

test('on the list\'s page the portal\'s logo takes the place of ours', async () => {
  page = await openPortal(browser, stack, { widget: `<smartca-certificates locale="en" theme="light"><img slot="logo" alt="Ánh Dương"
    src="data:image/svg+xml,${encodeURIComponent(logo)}"></smartca-certificates>` });
  await page.waitForFunction(() => !document.querySelector('smartca-certificates').diagnostics.items().some(({ name }) => name === 'S'));
  await settled(page);
  const { x, y } = await page.getByRole('img', { name: 'Ánh Dương' }).boundingBox();
  assert.equal(await colour(x + 45, y + 15), '#ff00aa');
});

test('what the page around it inherits and hides changes nothing of the looks', async () => {
  await open({ css: `body { text-indent: 40px; font-family: fantasy } ${tag} { z-index: 7 }` });
  assert.equal(await cornerOf(), '#ffffff');
  assert.equal(await heightOf('textbox', english.identity), 36);
});

test('nor does it of what stands in the form\'s place; whoever lets nothing be pressed in the page around it means the page', async () => {
  const inherited = { pointerEvents: 'none', textTransform: 'uppercase', letterSpacing: '3px', direction: 'rtl', textAlign: 'center', writingMode: 'vertical-rl' };
  page = await openPortal(browser, stack, { widget: `<${tag} locale="en"></${tag}>` });
  await page.route('**/smartca.*.wasm', (route) => route.abort());
  await page.evaluate(([tag, inherited]) => {
    Object.assign(document.body.style, inherited);
    document.querySelector(tag).show();
  }, [tag, inherited]);
  const sentence = page.getByRole('alert').getByText('The form could not be loaded.');
  const styles = await sentence.evaluate((element, names) => names.map((name) => getComputedStyle(element)[name]), Object.keys(inherited));
  assert.deepEqual(styles, ['auto', 'none', 'normal', 'ltr', 'start', 'horizontal-tb']);
  await page.getByRole('button', { name: 'Close' }).click();
  await sentence.waitFor({ state: 'detached' });
});

test('what stands in the form\'s place after a create has the colours, the font and the corners that the form had', async () => {
  const looks = '--smartca-accent: currentcolor; --smartca-on-accent: #111; --smartca-text: #00f8; color: #eee; --smartca-font: serif; --smartca-radius: 99px';
  page = await openPortal(browser, stack, { widget: `<${tag} locale="en" theme="light" style="${looks}"></${tag}>` });
  await page.evaluate((tag) => { document.querySelector(tag).show({ userId: 42 }); }, tag);
  await lookUp(page, '001099000001');
  await foundList(page).getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).check();
  await dialogOf(page).getByRole('button', { name: english.submit }).click();
  await accept(page);
  const close = page.getByRole('button', { name: 'Close' }).filter({ hasText: 'Close' });
  await page.getByText(/^Digital certificate created/).waitFor();
  const styles = () => close.evaluate((button) => {
    const { backgroundColor, fontFamily, borderRadius } = getComputedStyle(button);
    return [backgroundColor, fontFamily, borderRadius, getComputedStyle(button.parentElement).color];
  });
  assert.deepEqual(await styles(), ['rgb(238, 238, 238)', 'serif', '12px', 'rgb(119, 119, 255)']);
  await page.evaluate((tag) => { document.querySelector(tag).theme = 'dark'; }, tag);
  assert.notEqual((await styles())[0], 'rgb(238, 238, 238)', 'these were the light theme\'s');
});

test('a press, a wheel or Escape in the dialog is nothing to the page, whose own dialogs close or keep from scrolling by them', async () => {
  await open();
  await page.setViewportSize({ width: 1280, height: 560 });
  await page.evaluate(() => {
    globalThis.heard = [];
    for (const type of ['pointerdown', 'wheel', 'keydown']) document.addEventListener(type, (event) => globalThis.heard.push(event.key ?? type));
    document.addEventListener('wheel', (event) => event.preventDefault(), { passive: false });
  });
  await dialogOf(page).getByRole('textbox', { name: english.content }).click();
  await page.keyboard.press('a');
  const top = async () => (await boxOf('textbox', english.content)).y;
  const before = await top();
  await page.mouse.wheel(0, 90);
  for (const end = Date.now() + 5000; await top() === before && Date.now() < end;) await settled(page);
  assert.notEqual(await top(), before);
  await page.keyboard.press('Escape');
  assert.deepEqual(await page.evaluate(() => globalThis.heard), ['a']);
});
