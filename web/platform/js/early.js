// What people do before the rest of the program is there (web/platform/split.mjs). The browser has done what an event does by
// itself, and to handle that event later would do it twice: what is typed stays in its field, and the last press waits.
class EarlyHand {
  constructor(host) {
    this.host = host;
    this.twins = host.twins;
    this.click = null;  // [event, twin]
  }

  note(event, twin) {
    if (event.type === 'click') this.click = [event, twin];
    if (event.type === 'compositionstart') this.twins.composing = twin;
    if (event.type === 'compositionend') this.twins.composing = null;
  }

  // The rest is there.
  catchUp() {
    const { hand, focus, program } = this.host;
    const focused = this.twins.at(focus.element);
    for (const twin of [...this.twins.byId.values()]) {
      const isField = twin.kind.kind === 'field';
      if (twin !== focused && (!isField || composed(twin.element.value) === twin.sent)) continue;
      _smartca_focus_gained(program, twin.id);
      if (isField) hand.sendText(twin);
      if (twin !== focused) _smartca_focus_lost(program, twin.id, 0);
    }
    if (focused) {
      focus.last = focused.id;
      _smartca_focus(program, focused.id, focused.inner.matches(':focus-visible'));
      hand.sendCaret(focused);
    }
    const [event, twin] = this.click ?? [];
    if (twin && this.twins.byId.get(twin.id) === twin) hand.click(event, twin);
  }
}
