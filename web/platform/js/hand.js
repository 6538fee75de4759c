// Turns what people do to the twins into events for the program. All listeners sit on the stage, inside the element's
// shadow root; the page's own keys, wheel and clipboard stay its own.
const keyNumbers = {  // app::Key
  ArrowDown: 0, ArrowUp: 1, Home: 2, End: 3, PageDown: 4, PageUp: 5, Enter: 6, Escape: 7, Tab: 8,
};
// Milliseconds after which a dragged file that left an element for nobody knows where is gone, unless it tells of itself.
const dragLeft = 300;
const selectAll = 9;
// Milliseconds from a release to the click that it makes, at most. A touch screen's click is a task of its own.
const clickDelay = 50;

class Hand {
  constructor(host) {
    this.host = host;
    this.twins = host.twins;
    this.stage = host.stage;
    this.hovered = 0;
    this.pressed = 0;
    this.clicked = null;  // the twin of the last click
    this.entered = null;  // the field of a list that has just got the focus, until it is clicked or typed into
    this.dragging = false;
    this.leaving = 0;
    this.pressing = null;  // the element that a button of the mouse, a finger or a pen holds down
    this.missed = false;  // let go elsewhere
    this.ending = 0;
    this.afterwards = [];
    for (const type of ['beforeinput', 'input', 'change', 'compositionstart', 'compositionend', 'focusin', 'focusout', 'click',
      'keydown', 'keyup', 'pointerover', 'pointerleave', 'pointerdown', 'pointerup', 'pointercancel', 'lostpointercapture',
      'contextmenu', 'mousedown', 'submit', 'dragenter', 'dragover', 'dragleave', 'drop', 'paste'])
      this.stage.addEventListener(type, this);
    this.stage.addEventListener('scroll', this, { capture: true, passive: true });  // does not bubble
  }

  handleEvent(event) {
    this.host.reason = event.type;
    // An event that is held back has lost its targets by then: it came out of a shadow tree.
    const [twin, other] = [this.twins.at(event.target), this.twins.at(event.relatedTarget)];
    if (!this.host.isWhole) this.host.earlyHand.note(event, twin);
    else this.host.whenQuiet(() => this[event.type](event, twin, other));
  }

  // ---- typing: the browser owns the text, the caret, the selection and the way back; the program is told

  sendText(twin) {
    const text = composed(twin.element.value);
    if (text === twin.sent) return;
    twin.sent = text;
    lend([text], (pointer, length) => _smartca_text_changed(this.host.program, twin.id, pointer, length));
  }

  // A decomposed paste (macOS file names) is put in composed, as an edit that can be undone, and before the field's
  // maximum length cuts off what its marks would take. What is typed stays as it is until the field is left: an input
  // method that types decomposed letters counts its own when it sends Backspaces.
  beforeinput(event, twin) {
    if (event.inputType !== 'insertFromPaste' || twin?.kind.kind !== 'field' || !event.data) return;
    const text = composed(event.data);
    if (text === event.data) return;
    event.preventDefault();
    document.execCommand('insertText', false, text);
  }

  input(event, twin) {
    this.entered = null;
    if (twin?.kind.kind !== 'field') return;
    // The name that stands there, pasted once more: it is looked for all the same, and Enter takes who is found.
    if (twin.kind.role === 'ComboBox' && event.inputType === 'insertFromPaste') twin.sent = null;
    this.sendText(twin);
    this.sendCaret(twin);
  }

  // In a field of lines a menu may follow the caret.
  sendCaret(twin) {
    if (twin?.kind.role !== 'LinesField' || this.twins.composing === twin) return;
    const { element } = twin;
    const single = element.selectionStart === element.selectionEnd;
    const before = single ? composed(element.value.slice(0, element.selectionStart)) : '';
    if (before === twin.before) return;
    twin.before = before;
    lend([before], (pointer, length) => _smartca_caret_moved(this.host.program, twin.id, pointer, length));
  }

  keyup(event, twin) {
    this.sendCaret(twin);
  }

  // As if it were typed, so that it can be undone: at the caret, in place of the last "{{" before it, with the "}}"
  // that may stand behind it, or of all (app::Insertion).
  insert(twin, text, insertion) {
    if (!twin) return;
    const { element } = twin;
    element.focus();
    if (insertion === 2) element.select();
    if (insertion === 1) {
      const open = element.value.lastIndexOf('{{', element.selectionStart);
      const end = element.selectionEnd + (element.value.startsWith('}}', element.selectionEnd) ? 2 : 0);
      if (open >= 0) element.setSelectionRange(open, end);
    }
    document.execCommand(text ? 'insertText' : 'delete', false, text);
  }

  change(event, twin) {
    if (!twin) return;
    if (twin.kind.kind === 'field') this.sendText(twin);  // autofill tells of itself by this event alone in places
    else if (/^(Radio|CheckBox)$/.test(twin.kind.role)) this.activate(twin);
    else if (twin.kind.role === 'FileButton') {
      this.host.preparation.offer(event.target.files[0]);
      event.target.value = '';  // so that the same file can be chosen again
    }
  }

  compositionstart(event, twin) {
    this.twins.composing = twin;
  }

  compositionend(event, twin) {
    this.twins.composing = null;
    if (twin?.kind.kind === 'field') this.sendText(twin);
  }

  // Writes the field's text as the program holds and paints it. Takes the way back (undo) away, so only for what came in
  // decomposed and only where the person has left.
  normalize(twin) {
    const { element } = twin;
    const normal = composed(element.value);
    if (normal !== element.value) element.value = normal;
  }

  // ---- focus

  focusin(event, twin) {
    if (!twin) return;
    this.host.focus.last = twin.id;
    // What was chosen is typed over. The press that gave the focus sets the caret after this; its click comes later still.
    this.entered = twin.kind.role === 'ComboBox' ? twin : null;
    if (this.entered) twin.element.select();
    _smartca_focus(this.host.program, twin.id, twin.inner.matches(':focus-visible'));
    _smartca_focus_gained(this.host.program, twin.id);
    this.sendCaret(twin);
  }

  focusout(event, twin, other) {
    if (!twin) return;
    if (twin.kind.kind === 'field' && this.twins.byId.has(twin.id)) this.normalize(twin);
    _smartca_focus(this.host.program, 0, false);
    this.afterPress(() => _smartca_focus_lost(this.host.program, twin.id, other?.id ?? 0));
  }

  // ---- pressing

  activate(twin) {
    if (twin.flags & Flag.disabled) return;
    _smartca_touched(this.host.program, twin.id);
    _smartca_activated(this.host.program, twin.id);
  }

  click(event, twin) {
    this.endPress();
    if (!twin) return;
    const { kind, element, flags } = twin;
    if (this.entered === twin && element.selectionStart === element.selectionEnd) element.select();
    this.entered = null;
    this.sendCaret(twin);
    if (this.missed && event.detail > 0) return event.preventDefault();
    // The second half of a double click was meant for what was there before, and not for what came under the pointer,
    // nor for what the first has led to.
    const strays = event.detail > 1 && (this.clicked !== twin || kind.role === 'SubmitButton');
    this.clicked = twin;
    if (strays) return event.preventDefault();
    if (flags & Flag.disabled) return event.preventDefault();
    if (kind.role === 'Label') return this.clickLabel(event, element);
    if (/^(Radio|CheckBox)$/.test(kind.role)) return;  // `change` tells
    if (kind.role === 'FileButton') return event.target === element && element.firstChild.click();  // the same
    if (kind.role === 'SubmitButton') event.preventDefault();  // a sandboxed frame may send no form, and tells of none
    if (kind.kind === 'press' || kind.role === 'ComboBox') this.activate(twin);
    else if (kind.kind !== 'field') this.clickRow(event, twin);
  }

  // A row opens what it stands for; not where its words were selected, or where the press closed a list.
  clickRow({ clientX, clientY }, twin) {
    const id = this.opened(twin);
    const { x, y, closes } = this.down ?? {};
    if (id && !closes && !(Math.hypot(clientX - x, clientY - y) > 4)) _smartca_activated(this.host.program, id);
  }

  // The control that a press in the row around it means.
  opened(twin) {
    return this.twins.at(twin.element.closest('.opens'))?.opens;
  }

  // A label's click would press the button that it names, and open its list; like a <select>'s it should only focus it.
  clickLabel(event, label) {
    if (label.control?.getAttribute('role') !== 'combobox' || label.control.tagName !== 'BUTTON') return;
    event.preventDefault();
    label.control.focus();
  }

  // By its button or by Enter, and by nothing else.
  submit(event) {
    event.preventDefault();
  }

  // Enter in a field. The browser sends nothing while the button is disabled, as it still is for a frame after what
  // was typed would enable it; the program knows.
  send(event, { element }) {
    event.preventDefault();
    const twin = this.twins.at(element.form.querySelector('.SubmitButton'));
    if (twin) _smartca_activated(this.host.program, twin.id);
  }

  keydown(event, twin) {
    this.entered = null;
    // 229: Safari ends a composition before it tells of the key that ended it.
    if (!twin || event.isComposing || event.keyCode === 229 || event.altKey) return;
    const { role } = twin.kind;
    // A key that is held presses once: what comes next may be something else.
    if (event.repeat && (event.key === 'Enter' ? role !== 'LinesField' : event.key === ' ' && twin.kind.kind === 'press'))
      return event.preventDefault();
    if (event.ctrlKey || event.metaKey) {
      const all = role === 'CheckBox' && !event.shiftKey && event.key.toLowerCase() === 'a';
      if (all && _smartca_key(this.host.program, twin.id, selectAll)) event.preventDefault();
      return;
    }
    if (event.key === 'Tab') {
      if (role === 'MenuItem') this.stage.querySelector(`[aria-expanded=true][aria-controls="t${twin.parent}"]`)?.focus();  // Tab goes on from there
      if (this.keepInModal(event)) return;
    }
    const opensList = role === 'SelectButton';
    if ((opensList || role === 'MenuItem') && event.key.length === 1 && event.key !== ' ') this.chooseItem(event.key, twin);
    // Space chooses the highlighted option of a closed choice, as it does in a <select>.
    const name = opensList && event.key === ' ' && twin.flags & Flag.expanded ? 'Enter' : event.key;
    if (!(name in keyNumbers) || (name === 'Tab' && event.shiftKey)) return;  // back: takes nothing of a list with it
    const takesKeys = opensList || role === 'ComboBox' || role === 'Option' || role === 'ListBox' || role === 'Menu' ||
      role === 'MenuItem' || role === 'CheckBox' || role === 'SearchField' || twin.element.hasAttribute('aria-activedescendant') ||
      (twin.flags & Flag.hasPopup) !== 0;
    // Enter in a line would send the form; the program may have something that comes before.
    const sends = name === 'Enter' && twin.kind.kind === 'field' && role !== 'LinesField';
    const handled = (takesKeys || sends || name === 'Escape') && _smartca_key(this.host.program, twin.id, keyNumbers[name]);
    if (handled) {
      event.preventDefault();
      event.stopPropagation();
    } else if (name === 'Escape' && this.twins.topModal()) {
      event.preventDefault();
      event.stopPropagation();
      _smartca_close(this.host.program);
    } else if (name === 'Enter' && (sends || role === 'CheckBox') && twin.element.form) {
      this.send(event, twin);
    }
  }

  // A letter goes to the next item of the menu, or option of the list, that begins with it, accents or not.
  chooseItem(letter, { id, element }) {
    const plain = (text) => text.normalize('NFD')[0].toLowerCase().replace('đ', 'd');
    const items = [...this.stage.querySelectorAll('.MenuItem:not([aria-disabled]), .Option')];
    const active = element.getAttribute('aria-activedescendant');
    const after = items.findIndex((item) => item === element || item.id === active) + 1;
    const found = [...items.slice(after), ...items.slice(0, after)].find((item) => plain(item.textContent) === plain(letter));
    found?.focus();
    for (let at = active ? items.indexOf(found) : -1, key = 'Home'; at >= 0; at--, key = 'ArrowDown')  // options take no focus
      _smartca_key(this.host.program, id, keyNumbers[key]);
  }

  // A modal dialog's last stop of the Tab key is followed by its first. The dialog over a portal's page lies in a <dialog>
  // of the browser's, which does better: it lets the Tab key out to the browser's own buttons.
  keepInModal(event) {
    const modal = this.host.options['dialogOnly'] ? null : this.twins.topModal();
    if (!modal) return false;
    const stops = this.twins.stopsIn(modal);
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (this.host.focus.element !== edge) return false;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0]).focus();
    return true;
  }

  // A list of many is painted near what of it is seen.
  scroll(event, twin) {
    if (twin && (twin.kind.role === 'Group' || twin.kind.role === 'RadioGroup'))
      _smartca_scrolled(this.host.program, twin.id, event.target.scrollTop);
  }

  // ---- pointer

  point(hovered, pressed) {
    if (hovered === this.hovered && pressed === this.pressed) return;
    this.hovered = hovered;
    this.pressed = pressed;
    _smartca_pointer(this.host.program, hovered, pressed);
  }

  pointerover(event, twin) {
    const means = twin && (/^(press|field)$/.test(twin.kind.kind) ? twin.id : this.opened(twin) ?? twin.id);
    this.point(event.pointerType === 'touch' || !twin ? 0 : means, this.pressed);
  }

  pointerleave() {
    this.point(0, this.pressed);
  }

  // The pointer is captured for as long as the press lasts, so that its release is heard wherever it happens. A mouse that
  // is captured clicks what it was pressed on even when it is let go elsewhere; that does not count.
  pointerdown(event, twin) {
    this.missed = false;
    this.down = { x: event.clientX, y: event.clientY, closes: this.stage.querySelector('[aria-expanded=true]') };
    clearTimeout(this.ending);
    if (twin?.kind.kind !== 'press' || event.button !== 0 || !event.isPrimary) return;
    this.pressing = event.target;
    this.pressing.setPointerCapture(event.pointerId);
    this.point(this.hovered, twin.id);
  }

  pointerup(event) {
    if (!this.pressing) return;
    this.missed = !this.pressing.contains(this.stage.getRootNode().elementFromPoint(event.clientX, event.clientY));
    this.release();
  }

  pointercancel() {
    this.release();
  }

  lostpointercapture() {
    this.release();
  }

  // Opened by holding the Ctrl key on macOS, or by a long touch: its menu may swallow the release.
  contextmenu() {
    this.release();
  }

  release() {
    if (!this.pressed) return;
    this.point(this.hovered, 0);
    this.ending = setTimeout(() => this.endPress(), clickDelay);
  }

  // What comes from elsewhere while a button is held down (an answer, the end of a pause, what leaving a field causes) could
  // move the button from under the pointer, and there would be no click. It waits for the release.
  afterPress(handle) {
    if (this.pressing) this.afterwards.push(handle);
    else if (this.host.program) handle();
  }

  endPress() {
    this.pressing = null;
    for (const handle of this.afterwards.splice(0)) if (this.host.program) handle();
  }

  // Lists are worked from the field or button they belong to, which keeps the focus.
  // What lies under a dialog takes no focus away from it.
  mousedown(event) {
    const under = event.target === this.stage && this.twins.topModal();
    if (under || event.target.closest('.ListBox, .Menu')) event.preventDefault();
  }

  // ---- files

  hasFiles(event) {
    return event.dataTransfer?.types.includes('Files');
  }

  drag(dragging) {
    clearTimeout(this.leaving);
    if (dragging === this.dragging) return;
    this.dragging = dragging;
    _smartca_dragging(this.host.program, dragging);
  }

  dragenter(event) {
    if (this.hasFiles(event)) this.drag(event.dataTransfer.items.length < 2);
  }

  // Not counted: of what is taken away under the file no leaving is told. Safari never says what it leaves for.
  dragleave(event) {
    const to = event.relatedTarget;
    if (!this.dragging || (to && this.stage.contains(to))) return;
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.host.program && this.drag(false), to ? 0 : dragLeft);
  }

  takes(twin) {
    if (!twin || twin.flags & Flag.disabled) return false;
    return twin.kind.role === 'FileButton' || (twin.flags & Flag.dropTarget) !== 0;
  }

  // A file dropped beside its place must not replace the page by itself. Of several none is taken, and the pointer says so:
  // there is one image.
  dragover(event, twin) {
    if (!this.hasFiles(event)) return;
    event.preventDefault();
    const one = event.dataTransfer.items.length < 2;
    this.drag(one);
    event.dataTransfer.dropEffect = one && this.takes(twin) ? 'copy' : 'none';
  }

  drop(event, twin) {
    if (!this.hasFiles(event)) return;
    event.preventDefault();
    this.drag(false);
    if (this.takes(twin)) this.host.preparation.offer(event.dataTransfer.files[0]);
  }

  // A spreadsheet copies its cells as text and as a picture of them: a field takes the text.
  paste(event, twin) {
    if (twin?.kind.kind === 'field' && event.clipboardData.types.includes('text/plain')) return;
    const image = [...event.clipboardData.files].find((file) => file.type.startsWith('image/'));
    if (!image || !this.stage.querySelector('.FileButton')) return;
    event.preventDefault();
    this.host.preparation.offer(image);
  }
}
