// The real elements behind the painted items. Applies the commands of twin_tree.h and nothing else: what it is not told
// to change stays.
class Twins {
  constructor(stage) {
    this.stage = stage;
    this.byId = new Map();
    this.byElement = new WeakMap();
    this.composing = null;  // the twin that an input method is writing into
    this.colorNames = [];
    this.inert = new Set();
    this.labelled = new Set();  // ids of twins that a <label> names
    this.structureChanged = false;
    this.writes = 0;
    this.painted = false;
    this.logo = document.createElement('slot');
    this.logo.name = 'logo';
    this.onModal = () => {};
    this.onPopup = () => {};
    this.onRemove = () => {};
    this.layer = null;  // the modal <dialog> around the stage, where there is one
    // One function for each view-side TwinOperation, in its order (twin_tree.h).
    this.operations = [
      this.create, this.place, this.remove, this.rectangle, this.name, this.value, this.placeholder, this.flags,
      this.target, this.active, this.labelledBy, this.describedBy, this.face, this.color, this.insets, this.formName,
      this.autocomplete, this.inputMode, this.accept, this.maximumLength, this.contentHeight,
    ];
  }

  apply(operation, id, command) {
    if (this.collected) return this.collect(operation, id, command);
    this.operations[operation].call(this, this.byId.get(id), command, id);
  }

  // The twin that an event happened in: of its target or the nearest twin around it.
  at(node) {
    for (; node && node !== this.stage; node = node.parentNode) {
      const twin = this.byElement.get(node);
      if (twin) return twin;
    }
    return null;
  }

  // ---- where

  create(_, { number, parent, after }, id) {
    const kind = roles[number & 0xff];
    const element = makeElement(kind, id);
    const twin = {
      id, kind, element, inner: element, content: element, flags: 0, parent, sent: '', label: '', line: 20, height: 0,
    };
    if (kind.role === (this.layer ? 'Dialog' : 'Banner')) element.prepend(this.logo);
    if (kind.role === 'Dialog' && this.layer) {  // the layer is the dialog that is heard of
      twin.inner = this.layer;
      element.removeAttribute('role');
    }
    if (kind.role === 'Radio') element.name = 'g' + parent;
    this.byId.set(id, twin);
    this.byElement.set(element, twin);
    if ((number >> 8) & Flag.scrolls) this.makeScroller(twin);
    this.insert(twin, parent, after);
    if (kind.role === 'Menu' || kind.role === 'ListBox') this.onPopup(twin);
    if (kind.kind === 'field') {
      this.attribute(element, 'enterkeyhint', this.enterKey(twin));
      this.keepInk(element);
    }
  }

  // Extensions that darken pages recolour what a field shows of its own, but no painting around it. Only a colour of the
  // element's own, important, is not theirs to change.
  keepInk(element) {
    for (const name of ['color', 'caret-color'])
      if (this.painted) element.style.setProperty(name, 'var(--ink)', 'important');
      else element.style.removeProperty(name);
  }

  setPainted(painted) {
    this.painted = painted;
    for (const field of this.stage.querySelectorAll('.field')) this.keepInk(field);
  }

  // What the Enter key of a keyboard on the screen does, and so is called.
  enterKey({ kind, element }) {
    if (kind.role === 'LinesField') return 'enter';
    if (kind.role === 'SearchField' || kind.role === 'ComboBox') return 'search';
    return element.form ? 'go' : 'done';
  }

  place(twin, { parent, after }) {
    twin.parent = parent;
    this.insert(twin, parent, after);
  }

  insert(twin, parent, after) {
    const content = parent ? this.byId.get(parent).content : this.stage;
    const elder = after ? this.byId.get(after).element : null;
    const before = elder ? elder.nextSibling : this.firstTwinIn(content);
    content.insertBefore(twin.element, before);
    this.structureChanged = true;
    this.writes++;
  }

  // The surface's canvas and a text of the element's own stay in front.
  firstTwinIn(content) {
    let node = content.firstChild;
    while (node && !this.byElement.has(node)) node = node.nextSibling;
    return node;
  }

  remove(twin) {
    if (!twin) return;
    this.onRemove();
    for (const element of twin.element.querySelectorAll('.t')) this.forget(this.byElement.get(element));
    this.forget(twin);
    twin.element.remove();
    this.structureChanged = true;
    this.writes++;
  }

  forget(twin) {
    if (this.byId.get(twin.id) === twin) this.byId.delete(twin.id);
    if (this.composing === twin) this.composing = null;
    this.inert.delete(twin.element);
  }

  rectangle(twin, { x, y, width, height }) {
    const style = twin.element.style;
    style.left = x + 'px';
    style.top = y + 'px';
    style.width = width + 'px';
    twin.height = height;
    this.fitHeight(twin);
    this.writes++;
  }

  // A single-line field keeps `height: auto`: Chromium ignores the line height of an <input> that is made higher than
  // it, and its inner editor then cuts the accents off "Ẫ" and "Ỗ" (seen in 156).
  fitHeight(twin) {
    const style = twin.element.style;
    if (twin.kind.tag !== 'input' || twin.kind.kind !== 'field') {
      style.height = twin.height + 'px';
      return;
    }
    const line = twin.line + 2;
    style.lineHeight = line + 'px';
    style.paddingBlock = Math.max(0, (twin.height - line) / 2) + 'px';
  }

  makeScroller(twin) {
    if (twin.content !== twin.element) return;
    twin.content = document.createElement('div');
    twin.content.className = 'content';
    twin.content.append(...twin.element.childNodes);
    twin.element.append(twin.content);
  }

  contentHeight(twin, { x }) {
    this.makeScroller(twin);
    twin.content.style.height = x + 'px';
    this.writes++;
  }

  // ---- what it says

  name(twin, { text, number: children }) {
    const { element, inner, kind } = twin;
    // A combobox takes no name from what stands in it, which is its value.
    const shown = kind.kind === 'words' || (!children && kind.tag !== 'input' && !/^(SelectButton|FileButton)$/.test(kind.role) &&
      (kind.kind === 'press' || /^(Status|ColumnHeader)$/.test(kind.role)));
    twin.label = text;
    if (twin.flags & Flag.foreign) this.attribute(inner, 'lang', this.otherLanguage);
    if (shown && inner === element) {
      if (!children) element.textContent = text;
      element.removeAttribute('aria-label');
    } else {
      inner.setAttribute('aria-label', text);
    }
    this.nameField(twin);
    this.nameSign(twin);
    this.writes++;
  }

  nameSign(twin) {
    this.attribute(twin.element, 'title', twin.flags & Flag.sign ? twin.label : null);
  }

  // A field that a <label> names must not carry the same name a second time.
  nameField(twin) {
    if (twin?.kind.kind === 'field' && this.labelled.has(twin.id)) twin.element.removeAttribute('aria-label');
  }

  value(twin, { text }) {
    const element = twin.element;
    if (twin.kind.role === 'SelectButton') {
      element.textContent = text;
      this.writes++;
    }
    if (twin.kind.kind !== 'field') return;
    twin.sent = text;
    if (twin === this.composing) return;
    // What the person typed may be another spelling (NFD) of what the program holds; the caret must not jump for that.
    if (composed(element.value) === text) return;
    const focused = element.getRootNode().activeElement === element;
    const fromEnd = focused ? element.value.length - element.selectionEnd : 0;
    // What is selected whole, to be typed over, stays so.
    const whole = focused && element.value !== '' && element.selectionStart === 0 && fromEnd === 0;
    element.value = text;
    if (whole) {
      element.select();
    } else if (focused) {
      const caret = Math.max(0, text.length - fromEnd);
      element.setSelectionRange(caret, caret);
    } else {
      element.replaceWith(element);  // or Chromium 156 would undo in this text what was done in the one before
    }
    this.writes++;
  }

  placeholder(twin, { text }) {
    this.attribute(twin.element, 'placeholder', text);
  }

  flags(twin, { number }) {
    const changed = twin.flags ^ number;
    twin.flags = number;
    const has = (flag) => (number & flag) !== 0;
    const { element, inner, kind } = twin;
    const field = kind.kind === 'field';
    const aria = (flag, name, off) => this.attribute(inner, name, has(flag) ? 'true' : off);

    if (field || kind.role === 'RadioGroup' || kind.role === 'SelectButton' || kind.role === 'FileButton') {
      aria(Flag.required, 'aria-required', null);
      aria(Flag.invalid, 'aria-invalid', null);
    }
    if (kind.role === 'ComboBox' || kind.role === 'SelectButton' || has(Flag.hasPopup) || changed & Flag.hasPopup) {
      aria(Flag.expanded, 'aria-expanded', 'false');
      if (kind.role === 'Button') aria(Flag.hasPopup, 'aria-haspopup', null);
    }
    if (kind.role === 'Switch') aria(Flag.checked, 'aria-checked', 'false');
    if (kind.role === 'Option') aria(Flag.selected, 'aria-selected', 'false');
    if (kind.role === 'Radio' || kind.role === 'CheckBox') this.property(element, 'checked', has(Flag.checked));
    if (kind.role === 'CheckBox') this.property(element, 'indeterminate', has(Flag.mixed));
    if (kind.role === 'PasswordField') this.property(element, 'type', has(Flag.revealed) ? 'text' : 'password');
    if (field) {
      this.property(element, 'readOnly', has(Flag.readOnly));
      this.property(element, 'disabled', has(Flag.disabled));
    } else {
      // Not `disabled`: a button that becomes unusable while it is worked on would throw the focus away.
      aria(Flag.disabled, 'aria-disabled', null);
    }
    aria(Flag.busy, 'aria-busy', null);
    if (changed & Flag.passedBy) this.property(inner, 'tabIndex', has(Flag.passedBy) ? -1 : 0);
    if (changed & Flag.foreign) this.attribute(inner, 'lang', has(Flag.foreign) ? this.otherLanguage : null);
    if (changed & Flag.sign) this.nameSign(twin);
    if (changed & Flag.modal) {
      aria(Flag.modal, 'aria-modal', null);
      this.structureChanged = true;
      if (has(Flag.modal)) this.onModal(twin);
    }
    for (const look of ['primary', 'danger', 'quiet', 'checked', 'mixed', 'invalid', 'selected', 'modal', 'scrolls', 'paper', 'shortened', 'dropTarget', 'locked'])
      if (changed & Flag[look]) element.classList.toggle(look, has(Flag[look]));
  }

  // ---- what it belongs to

  reference(twin, name, id) {
    this.attribute(twin.inner, name, id ? 't' + id : null);
  }

  target(twin, { number: id }) {
    if (/^(Row|Group)$/.test(twin.kind.role)) {
      twin.opens = id;
      return twin.element.classList.toggle('opens', id > 0);
    }
    if (twin.kind.role !== 'Label') return this.reference(twin, 'aria-controls', id);
    this.reference(twin, 'for', id);
    this.labelled.add(id);
    this.nameField(this.byId.get(id));
  }

  active(twin, { number: id }) {
    this.reference(twin, 'aria-activedescendant', id);
    this.reveal(this.byId.get(id)?.element);
  }

  // Scrolls the list, and only the list: scrollIntoView() would move the portal's page as well.
  reveal(option) {
    const list = option?.closest('.scrolls.area');
    if (!list) return;
    const top = option.offsetTop;
    const bottom = top + option.offsetHeight;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
  }

  labelledBy(twin, { number: id }) {
    this.reference(twin, 'aria-labelledby', id);
  }

  describedBy(twin, { text }) {
    this.attribute(twin.inner, 'aria-describedby', text && text.split(' ').map((id) => 't' + id).join(' '));
  }

  // ---- how it looks

  face(twin, { x: size, y: line, width: weight, height: monospace }) {
    const style = twin.element.style;
    style.font = `${weight} ${size}px/${line}px ${monospace ? 'var(--f-mono)' : 'var(--f-text)'}`;
    twin.line = line;
    this.fitHeight(twin);
    this.writes++;
  }

  color(twin, { number }) {
    twin.element.style.setProperty('--ink', `var(--c-${this.colorNames[number]})`);
    this.writes++;
  }

  insets(twin, { x, y }) {
    if (twin.kind.kind === 'words') twin.element.style.textIndent = x + 'px';
    else this.padding(twin, x, y);
    this.writes++;
  }

  padding(twin, x, y) {
    twin.element.style.paddingLeft = x + 'px';
    twin.element.style.paddingRight = y + 'px';
  }

  sketch(twin, width, height, text) {
    if (!twin) return;
    if (!twin.sketch) twin.sketch = new Sketch(twin.content);
    if (twin.sketch.draw(width, height, text)) this.writes++;
  }

  // A painting takes the sketches' place.
  dropSketches() {
    for (const twin of this.byId.values()) {
      twin.sketch?.svg.remove();
      twin.sketch = null;
    }
  }

  // ---- what a field takes

  formName(twin, { text }) {
    this.attribute(twin.inner, 'name', text);
  }
  autocomplete(twin, { text }) {
    this.attribute(twin.inner, 'autocomplete', text);
  }
  inputMode(twin, { text }) {
    this.attribute(twin.inner, 'inputmode', text);
  }
  accept(twin, { text }) {
    this.attribute(twin.element.firstChild, 'accept', text);
  }
  maximumLength(twin, { number }) {
    this.attribute(twin.inner, 'maxlength', number || null);
  }

  // ---- what the view says there is, for tests: each item with its box in its parent's content

  collect(operation, id, { number, parent, x, y, width, height, text }) {
    const item = this.collected[id] ?? (this.collected[id] = { 'id': id, 'name': '', 'flags': [] });
    switch (this.operations[operation]) {
      case this.create:
        item['role'] = roles[number & 0xff].role;
        item['parent'] = parent;
        break;
      case this.rectangle:
        item['rectangle'] = { 'x': x, 'y': y, 'width': width, 'height': height };
        break;
      case this.name:
        item['name'] = text;
        break;
      case this.value:
        item['value'] = text;
        break;
      case this.flags:
        item['flags'] = Object.keys(Flag).filter((flag) => number & Flag[flag]);
    }
  }

  // ---- helpers

  attribute(element, name, value) {
    const wanted = value === null || value === '' ? null : String(value);
    if (element.getAttribute(name) === wanted) return;
    if (wanted === null) element.removeAttribute(name);
    else element.setAttribute(name, wanted);
    this.writes++;
  }

  property(element, name, value) {
    if (element[name] === value) return;
    element[name] = value;
    this.writes++;
  }

  modals() {
    return this.stage.querySelectorAll('.modal');
  }

  topModal() {
    return [...this.modals()].at(-1) ?? null;
  }

  // Where the Tab key stops, in its order: of radios that belong together the checked one, else the first.
  stopsIn(modal) {
    return [...modal.querySelectorAll('button, input, textarea')].filter((element) => {
      if (element.disabled || element.tabIndex < 0 || element.closest('[inert]')) return false;
      if (element.type !== 'radio' || element.checked) return true;
      const group = [...modal.querySelectorAll('input[type=radio]')].filter((other) => other.name === element.name);
      return element === group[0] && !group.some((other) => other.checked);
    });
  }

  // What lies under the topmost modal twin cannot be reached: everything before it, at each level up to the stage. What
  // comes after it lies above it: its lists, notices.
  settle() {
    if (!this.structureChanged) return;
    this.structureChanged = false;
    const under = new Set();
    for (let node = this.topModal(); node && node !== this.stage; node = node.parentNode)
      for (let elder = node.previousElementSibling; elder; elder = elder.previousElementSibling)
        if (elder.tagName !== 'CANVAS') under.add(elder);
    for (const element of this.inert) if (!under.has(element)) this.property(element, 'inert', false);
    for (const element of under) this.property(element, 'inert', true);
    this.inert = under;
  }
}
