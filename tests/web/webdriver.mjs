// As much of Playwright's page as the smoke suite and the helpers of these tests ask for, over W3C WebDriver: Playwright
// drives no WebKit that Debian has, only a build of its own.
//
//   const page = await (await browser.newContext({ colorScheme: 'dark' })).newPage();
//   await page.getByRole('button', { name: 'Create New' }).click();
//
// A locator is a list of steps that is followed anew, in the page, each time. Roles are found by the elements' tags and
// attributes; that the browser itself gives them the same role and name is asserted by twins.mjs.
import { until } from '../scenario/harness.mjs';

const patience = 20_000;  // milliseconds
const elementKey = 'element-6066-11e4-a52e-4f735466cecf';
const keys = {
  Backspace: '\ue003', Tab: '\ue004', Enter: '\ue007', Shift: '\ue008', Control: '\ue009', Escape: '\ue00c', Space: ' ', End: '\ue010',
  Home: '\ue011', ArrowLeft: '\ue012', ArrowUp: '\ue013', ArrowRight: '\ue014', ArrowDown: '\ue015', Delete: '\ue017',
};

// ---- runs in the page

// The elements that the steps lead to, through shadow roots, in the document's order.
function find(steps) {
  const matches = (text, wanted) => (wanted.source === undefined ? text.toLowerCase().includes(wanted.text.toLowerCase())
    : new RegExp(wanted.source, wanted.flags).test(text));
  const plain = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
  const below = (node) => [...(node.shadowRoot ?? node).children, ...(node.shadowRoot ? node.children : [])]
    .flatMap((child) => [child, ...below(child)]);
  const byTag = { BUTTON: 'button', INPUT: 'textbox', TEXTAREA: 'textbox', DIALOG: 'dialog', TR: 'row' };
  const byType = { search: 'searchbox', checkbox: 'checkbox', radio: 'radio', file: 'button' };
  const roleOf = (element) => element.getAttribute('role') ?? byType[element.type] ?? byTag[element.tagName] ?? (/^H\d$/.test(element.tagName) ? 'heading' : '');
  const nameOf = (element) => {
    const refers = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => id && element.getRootNode().getElementById(id)?.textContent);
    const labels = [...(element.labels ?? [])].map((label) => label.textContent);
    return plain(refers.join(' ').trim() || element.getAttribute('aria-label') || labels.join(' ').trim() || element.textContent);
  };
  const isThere = (element) => element.getClientRects().length > 0 && !element.closest('[aria-hidden=true]');
  const take = {
    role: (under, { role, name }) => under.filter((one) => roleOf(one) === role && isThere(one) && (!name || matches(nameOf(one), name))),
    text: (under, { text }) => under.filter((one) => !/^(SCRIPT|STYLE)$/.test(one.tagName) && matches(plain(one.textContent), text) &&
      ![...one.children].some((child) => matches(plain(child.textContent), text))),
    css: (under, { css }) => under.filter((one) => one.matches(css)),
  };
  let found = [document.documentElement];
  for (const step of steps) {
    if (step.nth !== undefined) found = found.slice(step.nth).slice(0, 1);
    else found = take[step.by]([...new Set(found.flatMap(below))], step);
  }
  return found;
}

function isVisible(element) {
  return element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
}

function fillIn(element, text) {
  element.focus();
  element.select();
  document.execCommand(text ? 'insertText' : 'delete', false, text);
}

function setCaret(colour) {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (colour) {
    element.dataset.caret = element.style.caretColor;
    element.style.setProperty('caret-color', colour, 'important');
  } else if (element.dataset.caret !== undefined) {
    element.style.setProperty('caret-color', element.dataset.caret, 'important');
    delete element.dataset.caret;
  }
}

// ---- runs here

export class Session {
  constructor(address, id, end) {
    Object.assign(this, { address, id, end });
  }

  // `end` ends the driver.
  static async open(address, capabilities, end) {
    const { sessionId } = await ask('POST', `${address}/session`, { capabilities: { alwaysMatch: capabilities } });
    return new Session(address, sessionId, end);
  }

  call(method, path, body) {
    return ask(method, `${this.address}/session/${this.id}/${path}`, body);
  }

  // `functions` are defined for the script by their names.
  run(functions, script, args = []) {
    return this.call('POST', 'execute/sync', { script: `${functions.map((one) => `${one}\n`).join('')}${script}`, args });
  }

  act(type, id, actions) {
    return this.call('POST', 'actions', { actions: [{ type, id, actions }] });
  }

  async close() {
    await ask('DELETE', `${this.address}/session/${this.id}`);
    await this.end();
  }
}

async function ask(method, url, body) {
  const response = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw Object.assign(new Error(`${method} ${url}: ${value.error}: ${value.message}`), { code: value.error });
  return value;
}

const sendable = (wanted) => (wanted instanceof RegExp ? { source: wanted.source, flags: wanted.flags } : { text: wanted });

class Finder {
  constructor(page, steps = []) {
    Object.assign(this, { page, steps });
  }
  with(step) {
    return new Locator(this.page, [...this.steps, step]);
  }
  getByRole(role, { name } = {}) {
    return this.with({ by: 'role', role, name: name === undefined ? null : sendable(name) });
  }
  getByText(text, { exact = false } = {}) {
    return this.with({ by: 'text', text: exact ? sendable(new RegExp(`^${text.replace(/[*+?.()]/g, '\\$&')}$`)) : sendable(text) });
  }
  locator(css) {
    return this.with({ by: 'css', css });
  }
}

class Locator extends Finder {
  nth(index) {
    return this.with({ nth: index });
  }
  first() {
    return this.nth(0);
  }
  last() {
    return this.nth(-1);
  }
  async count() {
    return (await this.all()).length;
  }
  all() {
    return this.page.session.run([find], 'return find(arguments[0])', [this.steps]);
  }
  // The one element, once it is there: more than one is a mistake of the test.
  async element() {
    const found = await until(async () => {
      const all = await this.all();
      return all.length > 0 && all;
    }, patience).catch(() => { throw new Error(`not found: ${JSON.stringify(this.steps)}`); });
    if (found.length > 1) throw new Error(`${found.length} elements: ${JSON.stringify(this.steps)}`);
    return found[0];
  }
  async evaluate(callback, argument = null) {
    return this.page.session.run([], `return (${callback})(...arguments)`, [await this.element(), argument]);
  }
  async waitFor({ state = 'visible' } = {}) {
    const isSo = { visible: '.some(isVisible)', detached: '.length === 0', attached: '.length > 0' }[state];
    await until(() => this.page.session.run([find, isVisible], `return find(arguments[0])${isSo}`, [this.steps]), patience)
      .catch(() => { throw new Error(`not ${state}: ${JSON.stringify(this.steps)}`); });
  }
  async click() {
    await until(async () => {
      const element = await this.element();
      if (await this.getAttribute('aria-disabled') === 'true') return false;
      await this.evaluate((target) => target.scrollIntoView({ block: 'nearest' }));  // the driver leaves it where a part is seen
      try {
        await this.page.session.call('POST', `element/${element[elementKey]}/click`, {});
        return true;
      } catch (error) {  // it moves, or something lies over it: as for a person, it is tried again
        if (/intercepted|not interactable|stale/.test(error.code)) return false;
        throw error;
      }
    }, patience);
  }
  fill(text) {
    return this.evaluate(fillIn, text);
  }
  focus() {
    return this.evaluate((element) => element.focus());
  }
  async setInputFiles(path) {
    const element = await this.element();
    return this.page.session.call('POST', `element/${element[elementKey]}/value`, { text: path });
  }
  inputValue() {
    return this.evaluate((element) => element.value);
  }
  isChecked() {
    return this.evaluate((element) => element.checked ?? element.ariaChecked === 'true');
  }
  async check() {
    if (!await this.isChecked()) await this.click();
  }
  getAttribute(name) {
    return this.evaluate((element, attribute) => element.getAttribute(attribute), name);
  }
  boundingBox() {
    return this.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    });
  }
}

class Page extends Finder {
  constructor(context) {
    super();
    this.page = this;
    this.owner = context;
    this.session = context.session;
    this.keyboard = {
      press: (chord) => {
        const pressed = chord.split('+').map((key) => keys[key] ?? key);
        const actions = pressed.map((value) => ({ type: 'keyDown', value }));
        return this.session.act('key', 'keyboard', [...actions, ...pressed.reverse().map((value) => ({ type: 'keyUp', value }))]);
      },
      type: (text) => this.session.act('key', 'keyboard', [...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }])),
    };
  }
  context() {
    return this.owner;
  }
  on() {}  // WebDriver tells of no event: what a test wants to know it asks the page
  goto(url) {
    return this.session.call('POST', 'url', { url });
  }
  reload() {
    return this.session.call('POST', 'refresh', {});
  }
  evaluate(callback, argument = null) {
    return this.session.run([], typeof callback === 'string' ? `return (${callback})` : `return (${callback})(...arguments)`, [argument]);
  }
  // Asked once a frame, so that a condition may count them.
  async waitForFunction(callback, argument) {
    const asked = `return new Promise(requestAnimationFrame).then(() => Boolean((${callback})(...arguments)))`;
    await until(() => this.session.run([], asked, [argument ?? null]), patience);
  }
  // `clip` in CSS pixels of the window; without the caret, which blinks, unless it is asked for.
  async screenshot({ clip, caret = 'hide' } = {}) {
    if (caret === 'hide') await this.session.run([setCaret], "setCaret('transparent')");
    // What has changed is in the picture once a frame that began after the change has ended.
    await this.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const whole = Buffer.from(await this.session.call('GET', 'screenshot'), 'base64');
    await this.session.run([setCaret], 'setCaret(null)');
    if (!clip) return whole;
    const { PNG } = (await import('pngjs')).default;
    const from = PNG.sync.read(whole);
    const scale = from.width / await this.evaluate('innerWidth');
    const [x, y, width, height] = [clip.x, clip.y, clip.width, clip.height].map((length) => Math.round(length * scale));
    const part = new PNG({ width, height });
    PNG.bitblt(from, part, x, y, width, height, 0, 0);
    return PNG.sync.write(part);
  }
  // What the browser itself tells assistive technology of an element: { role, name }.
  async spoken(css) {
    const [element] = await this.locator(css).all();
    const ask = (what) => this.session.call('GET', `element/${element[elementKey]}/${what}`);
    return { role: await ask('computedrole'), name: await ask('computedlabel') };
  }
}

export class Context {
  constructor(browser, session, forget) {
    Object.assign(this, { owner: browser, session, forget });
  }
  browser() {
    return this.owner;
  }
  async newPage() {
    return new Page(this);
  }
  close() {
    this.forget();
    return this.session.close();
  }
}
