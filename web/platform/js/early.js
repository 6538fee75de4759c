// What people do before the rest of the program is there (web/platform/split.mjs). The browser has done what an event does by
// itself, and to handle that event later would do it twice: what is typed stays in its field, and the last press waits.
const waitingShown = 300;  // milliseconds after which a press that waits is seen to

class EarlyHand {
  constructor(host) {
    this.host = host;
    this.twins = host.twins;
    this.isUsed = false;  // what the program paints does not know of it
    this.click = null;  // [event, twin]
    this.typedSince = false;
    this.ended = new Map();  // twin.id -> Enter or Tab, where that came after the last letter
  }

  note(event, twin) {
    const { type } = event;
    const isField = twin?.kind.kind === 'field';
    if (type === 'compositionstart') this.twins.composing = twin;
    if (type === 'compositionend') this.twins.composing = null;
    if (type === 'input') {
      this.typedSince = true;
      this.ended.delete(twin?.id);
    }
    if (type === 'keydown' && isField && /^(Enter|Tab)$/.test(event.key) && !event.isComposing) this.ended.set(twin.id, event.key);
    if (type === 'pointerdown') this.host.hand.down = { x: event.clientX, y: event.clientY };
    if (type === 'focusin' || type === 'input' || type === 'click') this.use();
    if (type !== 'click' || !twin || (twin.kind.kind !== 'press' && !this.host.hand.opened(twin))) return;
    if (event.detail > 1 && this.click?.[1] === twin) return;  // the second half of a double click
    this.click = [event, twin];
    this.typedSince = false;
    this.waiting ??= setTimeout(() => this.host.stage.setAttribute('aria-busy', 'true'), waitingShown);
  }

  // The elements show themselves, and with that what is typed and where the focus is.
  use() {
    if (this.isUsed) return;
    this.isUsed = true;
    this.host.stage.classList.add('early');  // no frame of the program's rings what has the focus
    this.host.setMode();
  }

  // The rest is there.
  catchUp() {
    clearTimeout(this.waiting);
    this.host.stage.removeAttribute('aria-busy');
    this.host.stage.classList.remove('early');
    if (this.isUsed) this.host.setMode();
    const [event, twin] = this.click ?? [];
    const press = () => this.twins.byId.get(twin?.id) === twin && this.host.hand.click(event, twin);
    if (twin && this.typedSince) press();
    this.tell();
    if (twin && !this.typedSince) press();
  }

  tell() {
    const { hand, focus, program } = this.host;
    const focused = this.twins.at(focus.element);
    for (const twin of [...this.twins.byId.values()]) {
      const isField = twin.kind.kind === 'field';
      if (twin !== focused && (!isField || composed(twin.element.value) === twin.sent)) continue;
      _smartca_focus_gained(program, twin.id);
      if (isField) hand.sendText(twin);
      if (this.ended.has(twin.id)) _smartca_key(program, twin.id, keyNumbers[this.ended.get(twin.id)]);
      if (twin !== focused) _smartca_focus_lost(program, twin.id, 0);
    }
    if (!focused) return;
    focus.last = focused.id;
    _smartca_focus(program, focused.id, focused.inner.matches(':focus-visible'));
    hand.sendCaret(focused);
  }
}
