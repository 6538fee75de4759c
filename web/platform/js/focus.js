// Where the focus goes: to what the program wants, back to the opener of a dialog, and beside a twin that is gone. It is the
// browser's own focus, on real elements; this only moves it.

// CSS pixels between what has the focus and the edge of what scrolls it.
const revealMargin = 12;

class Focus {
  constructor(stage, twins) {
    this.stage = stage;
    this.twins = twins;
    this.wanted = 0;
    this.wantsReturn = false;
    this.revealing = false;  // the next frame brings what has the focus into view
    this.shown = 0;  // what the next frame brings into view without giving it the focus
    this.popup = null;  // a list or menu that the next frame brings into view
    this.openers = [];  // for each open dialog, the twin that had the focus before
    this.last = 0;  // the twin that had it last
    twins.onModal = () => this.openers.push(this.before?.id ?? 0);
    twins.onPopup = (twin) => { this.popup = twin; };
    twins.onRemove = () => this.rememberOrder();
  }

  get element() {
    return this.stage.getRootNode().activeElement;
  }

  get isPlain() {
    return this.stage.matches('.flow');
  }

  // Where it can, at once: a key that is pressed before the next frame is already meant for it.
  // `selects`: the whole text of a field, to be typed over.
  want(id, selects = false) {
    this.wanted = id;
    this.selects = selects;
    this.revealing = true;
    this.move();
  }

  show(id) {
    this.shown = id;
  }

  // The dialog that closes in this frame gives it back.
  wantReturn() {
    this.wantsReturn = true;
  }

  // Around a change that takes the focus away although nothing has changed for the person.
  keep(change) {
    const twin = this.twins.byId.get(this.last);
    change();
    if (twin) this.try(twin);
  }

  // ---- around the changes of a frame

  beforeChanges() {
    // Where it can be: before what has the focus is removed, so that it does not pass by the page's body.
    this.move();
    this.before = this.twins.at(this.element);
    this.top = this.topInSight(this.before?.inner);
    this.order = null;
  }

  topInSight(element) {
    const room = element?.closest('.scrolls')?.getBoundingClientRect(), { top, bottom } = element?.getBoundingClientRect() ?? {};
    return room && top >= room.top && bottom <= room.bottom ? top : undefined;
  }

  // Only a removal can take the focus away; a frame that removes nothing need not look at every twin.
  rememberOrder() {
    if (this.before) this.order ??= [...this.stage.querySelectorAll('.t')].map((node) => this.twins.at(node));
  }

  afterChanges() {
    this.closeDialogs();
    const lost = this.before && !this.twins.at(this.element);
    if (lost && !this.wanted && !this.try(this.before)) this.moveNear(this.before);
  }

  afterFrame() {
    this.move();
    // What was wanted may have gone in the frame that closed the dialog before it, or long before, as a notice's button.
    const gone = this.wanted && (this.order?.find((twin) => twin?.id === this.wanted) ?? this.before);
    if (gone && !this.twins.at(this.element)) this.moveNear(gone);
    this.wanted = 0;  // what is not there by now, or cannot take it, is not waited for
    // A list that comes above it would push what a person types into out of sight.
    const slips = this.top !== undefined && this.before?.inner === this.element && this.element.getBoundingClientRect().top !== this.top;
    this.top = undefined;  // a frame without changes has none
    if (this.revealing || this.popup || slips) this.reveal(this.element);
    this.reveal(this.popup?.element.parentElement);  // what has just opened, whole
    this.revealing = false;
    this.popup = null;
    // A row's button stands for the row, a card's for the card, an option and a choice for its list.
    const shown = this.twins.byId.get(this.shown)?.element;
    this.reveal(shown?.closest('.Row, .Group, .RadioGroup'));
    if (shown?.closest('.ListBox')) {  // and the field that it belongs to, which matters more
      this.reveal(shown.closest('.ListBox').parentElement);
      this.reveal(this.element);
    }
    this.shown = 0;
    if (this.isPlain && shown && !shown.closest('.ListBox')) (shown.closest('.Row, .Group') ?? shown).scrollIntoView({ block: 'nearest' });
    if (this.isPlain) this.reveal(this.stage.querySelector('.Option.selected'));
  }

  // Of the dialogs that closed the lowest tells where the focus goes: a question and its dialog may close together.
  closeDialogs() {
    const open = this.twins.modals().length;
    let id = 0;
    while (this.openers.length > open) id = this.openers.pop();
    if (this.wantsReturn && id) this.wanted = id;
    this.wantsReturn = false;
  }

  // ---- moving it

  try(twin) {
    twin.inner.focus();
    return this.element === twin.inner;
  }

  move() {
    const twin = this.wanted && this.twins.byId.get(this.wanted);
    if (!twin || twin.inner.disabled || (this.element !== twin.inner && !this.try(twin))) return;
    this.wanted = 0;
    if (this.selects) twin.inner.select?.();
  }

  // The twin that had the focus is gone: what came after it takes it, else what came before; a notice over both at last.
  moveNear(gone) {
    this.rememberOrder();
    const at = this.order.indexOf(gone);
    const takes = (twin) => this.twins.byId.get(twin.id) === twin && /press|field/.test(twin.kind.kind);
    const before = this.order.slice(0, at).reverse().filter(takes);
    const candidates = [...this.order.slice(at + 1).filter(takes), ...before];
    const layer = [...this.stage.children].find((child) => child.contains(before[0]?.element));
    const [near, far] = [true, false].map((same) => candidates.filter((twin) => layer?.contains(twin.element) === same));
    [...near, ...far].some((twin) => this.try(twin));
  }

  // What has the focus may have been moved out of sight since, by a message above it or by a keyboard on the screen.
  reveal(element) {
    if (this.isPlain && element && element === this.element) return element.scrollIntoView({ block: 'nearest' });
    const scroller = element?.parentElement?.closest(this.isPlain ? '.Layer:has(> .ListBox, > .Menu)' : '.scrolls');
    if (!scroller || !this.stage.contains(scroller)) return;
    const box = element.getBoundingClientRect();
    const room = scroller.getBoundingClientRect();
    const above = room.top + revealMargin - box.top;
    const below = box.bottom + revealMargin - this.footOf(scroller, room);
    if (above > 0) scroller.scrollTop -= above;
    else if (below > 0) scroller.scrollTop += Math.min(below, -above);
  }

  // Above what lies over the foot of the page, as notices do on a phone (view/notices.cpp; their shadow begins 40 before them).
  footOf(scroller, room) {
    const over = scroller.parentElement === this.stage && scroller.nextElementSibling?.getBoundingClientRect();
    return over && over.bottom >= room.bottom && over.top > room.top + 100 ? over.top + 40 : room.bottom;
  }
}
