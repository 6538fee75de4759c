// Turns what people do to the twins into events for the program. All listeners sit on the stage, inside the element's
// shadow root; the page's own keys, wheel and clipboard stay its own.
const keyNumbers = {  // app::Key
  ArrowDown: 0, ArrowUp: 1, Home: 2, End: 3, PageDown: 4, PageUp: 5, Enter: 6, Escape: 7, Tab: 8,
};
// One byte more than any limit: enough for the program to see that the file is too large, whatever its size.
const imageBytesRead = 5 * 1024 * 1024 + 1;
// Milliseconds from a release to the click that it makes, at most. A touch screen's click is a task of its own.
const clickDelay = 50;

class Hand {
  constructor(host) {
    this.host = host;
    this.twins = host.twins;
    this.hovered = 0;
    this.pressed = 0;
    this.drags = 0;
    this.pressing = false;
    this.afterwards = [];
    for (const type of ['beforeinput', 'input', 'change', 'compositionstart', 'compositionend', 'focusin', 'focusout', 'click',
      'keydown', 'pointerover', 'pointerleave', 'pointerdown', 'mousedown', 'submit', 'dragenter', 'dragover',
      'dragleave', 'drop', 'paste'])
      host.stage.addEventListener(type, this);
  }

  handleEvent(event) {
    this.host.reason = event.type;
    this.host.whenQuiet(() => this[event.type](event, this.twins.at(event.target)));
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
    if (twin?.kind.kind === 'field') this.sendText(twin);
  }

  change(event, twin) {
    if (!twin) return;
    if (twin.kind.kind === 'field') this.sendText(twin);  // autofill tells of itself by this event alone in places
    else if (twin.kind.role === 'Radio') this.activate(twin);
    else if (twin.kind.role === 'FileButton') {
      this.choose(twin.inner.files[0]);
      twin.inner.value = '';  // so that the same file can be chosen again
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
    _smartca_focus(this.host.program, twin.id, event.target.matches(':focus-visible'));
    _smartca_focus_gained(this.host.program, twin.id);
  }

  focusout(event, twin) {
    if (!twin) return;
    if (twin.kind.kind === 'field' && this.twins.byId.has(twin.id)) this.normalize(twin);
    _smartca_focus(this.host.program, 0, false);
    this.afterPress(() => _smartca_focus_lost(this.host.program, twin.id));
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
    if (flags & Flag.disabled) return event.preventDefault();
    if (kind.role === 'Label') return this.clickLabel(event, element);
    if (kind.role === 'Radio' || kind.role === 'FileButton') return;  // `change` tells
    if (kind.role === 'SubmitButton' && element.form) return;  // `submit` tells
    if (kind.kind === 'press' || kind.role === 'ComboBox') this.activate(twin);
  }

  // A label's click would press the button that it names, and open its list; like a <select>'s it should only focus it.
  clickLabel(event, label) {
    if (label.control?.getAttribute('role') !== 'combobox' || label.control.tagName !== 'BUTTON') return;
    event.preventDefault();
    label.control.focus();
  }

  submit(event) {
    event.preventDefault();
    const button = event.submitter ?? event.target.querySelector('.SubmitButton');
    const twin = this.twins.at(button);
    if (twin) this.activate(twin);
  }

  keydown(event, twin) {
    if (!twin || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const { role } = twin.kind;
    const opensList = role === 'SelectButton';
    // Space chooses the highlighted option of a closed choice, as it does in a <select>.
    const name = opensList && event.key === ' ' && twin.flags & Flag.expanded ? 'Enter' : event.key;
    if (!(name in keyNumbers)) return;
    const takesKeys = opensList || role === 'ComboBox' || role === 'Option' || role === 'ListBox' || role === 'Menu' ||
      role === 'MenuItem' || (twin.flags & Flag.hasPopup) !== 0;
    const handled = (takesKeys || name === 'Escape') && _smartca_key(this.host.program, twin.id, keyNumbers[name]);
    if (handled) {
      if (name !== 'Tab') event.preventDefault();
      event.stopPropagation();
    } else if (name === 'Escape' && this.host.stage.querySelector('[aria-modal]')) {
      event.preventDefault();
      event.stopPropagation();
      _smartca_close(this.host.program);
    }
  }

  // ---- pointer

  point(hovered, pressed) {
    if (hovered === this.hovered && pressed === this.pressed) return;
    this.hovered = hovered;
    this.pressed = pressed;
    _smartca_pointer(this.host.program, hovered, pressed);
  }

  pointerover(event, twin) {
    this.point(event.pointerType === 'touch' || !twin ? 0 : twin.id, this.pressed);
  }

  pointerleave() {
    this.point(0, this.pressed);
  }

  pointerdown(event, twin) {
    if (!twin) return;
    this.point(this.hovered, twin.id);
    this.pressing = twin.kind.kind === 'press';
    // The release may happen anywhere: two listeners on the window for as long as the press lasts.
    const released = () => {
      window.removeEventListener('pointerup', released);
      window.removeEventListener('pointercancel', released);
      if (!this.host.program) return;
      this.point(this.hovered, 0);
      setTimeout(() => this.endPress(), clickDelay);
    };
    window.addEventListener('pointerup', released);
    window.addEventListener('pointercancel', released);
  }

  // What comes from elsewhere while a button is held down (an answer, the end of a pause, what leaving a field causes) could
  // move the button from under the pointer, and there would be no click. It waits for the release.
  afterPress(handle) {
    if (this.pressing) this.afterwards.push(handle);
    else if (this.host.program) handle();
  }

  endPress() {
    this.pressing = false;
    for (const handle of this.afterwards.splice(0)) if (this.host.program) handle();
  }

  // Lists and menus are worked from the field or button they belong to, which keeps the focus.
  mousedown(event) {
    if (event.target.closest('.ListBox, .Menu')) event.preventDefault();
  }

  // ---- files

  async choose(file) {
    if (!file) return;
    const bytes = new Uint8Array(await file.slice(0, imageBytesRead).arrayBuffer());
    if (!this.host.program) return;
    lend([file.name.normalize('NFC'), bytes], (...spans) => _smartca_image_chosen(this.host.program, ...spans));
  }

  hasFiles(event) {
    return event.dataTransfer?.types.includes('Files');
  }

  drag(count) {
    this.drags = count;
    _smartca_dragging(this.host.program, count > 0);
  }

  dragenter(event) {
    if (this.hasFiles(event)) this.drag(this.drags + 1);
  }

  dragleave(event) {
    if (this.hasFiles(event)) this.drag(Math.max(0, this.drags - 1));
  }

  // A file dropped beside its place must not replace the page by itself.
  dragover(event, twin) {
    if (!this.hasFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = twin?.kind.role === 'FileButton' ? 'copy' : 'none';
  }

  drop(event, twin) {
    if (!this.hasFiles(event)) return;
    event.preventDefault();
    this.drag(0);
    if (twin?.kind.role === 'FileButton' && !(twin.flags & Flag.disabled)) this.choose(event.dataTransfer.files[0]);
  }

  paste(event) {
    const image = [...event.clipboardData.files].find((file) => file.type.startsWith('image/'));
    if (!image || !this.host.stage.querySelector('.FileButton')) return;
    event.preventDefault();
    this.choose(image);
  }
}
