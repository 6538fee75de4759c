// Every interactive item that the view reports has a twin of the same role, name and state, over the place where it is
// drawn. What the browser tells assistive technology is asked of the browser, not of the elements' attributes.
import assert from 'node:assert/strict';

const toleranceInPixels = 1;

// view::Role: the role that the browser gives its element
const spokenRoles = {
  TextField: 'textbox', SearchField: 'searchbox', PasswordField: 'textbox', LinesField: 'textbox', ComboBox: 'combobox',
  SelectButton: 'combobox', Option: 'option', Button: 'button', SubmitButton: 'button', FileButton: 'button', Switch: 'switch',
  Radio: 'radio', CheckBox: 'checkbox', MenuItem: 'menuitem',
};

// What the view reported, each item with what its element in the page is like.
function itemsAndElements() {
  const element = document.querySelector('smartca-certificates, smartca-create-certificate');
  const root = element.shadowRoot;
  const { items } = element.diagnostics;
  if (root.querySelector('.stage.flow')) return [];  // laid out by the browser
  return items().map((item) => {
    const twin = root.getElementById('t' + item.id);
    if (!twin) return { ...item, missing: true };
    const parent = item.parent ? root.getElementById('t' + item.parent) : root.querySelector('.stage');
    const content = parent.querySelector(':scope > .content') ?? parent;
    const [box, origin] = [twin.getBoundingClientRect(), content.getBoundingClientRect()];
    return {
      ...item, value: undefined, inert: twin.closest('[inert]') !== null,
      place: { x: box.x - origin.x, y: box.y - origin.y, width: box.width, height: box.height },
    };
  });
}

// What Chromium says of each item, by the id of its twin: role, name and states.
async function spokenByChromium(page) {
  const client = await accessibilityOf(page);
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  const spoken = new Map(nodes.filter((node) => !node.ignored).map((node) => [node.backendDOMNodeId, node]));
  const { root } = await client.send('DOM.getDocument', { depth: -1, pierce: true });
  const byTwin = new Map();
  const keep = (twin, id) => {
    const node = spoken.get(id);
    if (node) byTwin.set(Number(twin.slice(1)), { role: node.role.value, name: node.name.value, state: stateOf(node) });
  };
  const visit = (node) => {
    const attributes = node.attributes ?? [];
    const id = attributes.find((value, i) => i % 2 === 1 && attributes[i - 1] === 'id' && /^t\d+$/.test(value));
    if (id) keep(id, node.backendNodeId);
    for (const child of [...(node.shadowRoots ?? []), ...(node.children ?? [])]) visit(child);
  };
  visit(root);
  return byTwin;
}

// What WebKit says: role and name. WebDriver has no command for the states, and for Firefox Playwright has none at all.
async function spokenByWebKit(page, items) {
  const byTwin = new Map();
  for (const { id } of items) byTwin.set(id, await page.spoken(`#t${id}`));
  return byTwin;
}
const listeners = { chromium: spokenByChromium, webkit: spokenByWebKit };

function stateOf(node) {
  const properties = Object.fromEntries((node.properties ?? []).map(({ name, value }) => [name, value.value]));
  return {
    invalid: properties.invalid === 'true', required: properties.required === true, disabled: properties.disabled === true,
    expanded: properties.expanded === true, selected: properties.selected === true,
    checked: properties.checked === 'true' || properties.checked === true,
    mixed: properties.checked === 'mixed',
  };
}

const compared = {  // the states that a role has
  invalid: /Field$|ComboBox|SelectButton|FileButton/, required: /Field$|ComboBox/, disabled: /./, expanded: /ComboBox|SelectButton/,
  selected: /Option/, checked: /Switch|Radio|CheckBox/, mixed: /CheckBox/,
};

// One session for the life of a page. After a detached one, Chromium 156 keeps the accessibility tree alive until its garbage
// is collected, and when that happens while a frame brings the tree up to date, the renderer dies at a null.
const sessions = new WeakMap();

export function accessibilityOf(page) {
  if (!sessions.has(page)) sessions.set(page, page.context().newCDPSession(page));
  return sessions.get(page);
}

export async function assertTwins(page) {
  const items = await page.evaluate(itemsAndElements);
  const heard = items.filter((item) => !item.missing && !item.inert && item.role in spokenRoles);
  const spoken = await listeners[page.context().browser().browserType().name()]?.(page, heard);
  const faults = [];
  for (const item of items) {
    const fault = (text) => faults.push(`${item.role} "${item.name}" (${item.id}): ${text}`);
    if (item.missing) {
      fault('has no twin');
      continue;
    }
    for (const [edge, length] of Object.entries(item.rectangle))
      if (Math.abs(length - item.place[edge]) > toleranceInPixels) fault(`${edge} ${item.place[edge]} instead of ${length}`);
    if (!spoken || !heard.includes(item)) continue;
    const words = spoken.get(item.id);
    if (!words) {
      fault('is not spoken of');
      continue;
    }
    if (words.role !== spokenRoles[item.role]) fault(`is spoken of as ${words.role}`);
    const name = words.name.replace(/\s+/g, ' ').trim();
    if (name !== item.name.replace(/\s+/g, ' ').trim()) fault(`is called "${name}"`);
    const { state } = words;
    if (!state) continue;
    for (const [flag, roles] of Object.entries(compared))
      if (roles.test(item.role) && state[flag] !== item.flags.includes(flag)) fault(`${flag} is ${state[flag]}`);
  }
  assert.deepEqual(faults, []);
  return items.length;
}
