// The dialog alone, over the portal's page: shown while it has the attribute `open`.
const saysOpen = (value) => value !== null && value !== 'false';  // React 18 writes open="false"

class SmartcaCreateCertificate extends SmartcaElement {
  static observedAttributes = [...SmartcaElement.observedAttributes, 'open'];
  static reflected = { ...SmartcaElement.reflected, userId: 'user-id', userCode: 'user-code', mode: 'mode' };
  static accessors = ['open', 'identity'];
  static style = `
    :host { display: contents; }
    dialog { position: fixed; inset: 0; width: 100%; height: 100%; max-width: none; max-height: none; margin: 0;
      padding: 0; border: 0; outline: 0; background: none; overflow: clip; visibility: visible; }
    dialog::backdrop { background: none; }
    @media print { dialog { position: static; height: auto; overflow: visible; } }`;

  #identity = null;
  #dialog = null;
  #opening = null;  // of this opening: its options, and what it comes to
  #closing = null;  // of the one that has just ended, until all that it came to has been told
  #told = null;  // the create that has ended, as far as a person is to be told of it
  #creates = new Map();  // what smartca-created told since it was opened, and whether the portal says it itself
  #said = [];  // in the form's place
  #owed = [];  // to be said there by the next opening: what nobody was there to read
  #failed = [];  // likewise, unless the program tells it again
  #isDone = false;
  #isCancelling = false;
  #rests = false;  // closed, while a create goes on that tells what came of it

  get dialogOnly() { return true; }
  // Of this opening.
  get looksUp() { return (this.#opening?.options.mode ?? this.mode) === 'lookup'; }
  get needs() { return this.looksUp ? ['lookup'] : ['create', 'lookup']; }
  get active() { return this.open; }

  get open() { return saysOpen(this.getAttribute('open')); }
  set open(value) {
    if (value && value !== 'false') this.setAttribute('open', '');
    else this.removeAttribute('open');
  }

  // Somebody's number is not written into the page.
  get identity() { return this.#identity ?? this.getAttribute('identity') ?? ''; }
  set identity(value) { this.#identity = value ?? null; }

  // Resolves when the dialog has closed, with what came of it. The options are those of this opening alone.
  async show(options) {
    const checked = checkOptions(options);
    if (!this.isConnected) throw new DOMException('show(): the element is not in the page', 'InvalidStateError');
    if (this.open && Object.keys(checked).length) throw new DOMException('show(): the dialog is open already', 'InvalidStateError');
    const opening = this.#opening ??= this.#newOpening();
    if (!this.open) {
      opening.options = checked;
      this.open = true;
    }
    return opening.result;
  }

  // As Escape does: asks first where something was entered.
  hide() {
    if (this.#isCancelling) return;  // by a listener of that very question
    if (this.host && !this.#isDone) this.host.requestClose();
    else if (this.open) this.giveUp();
  }

  // Whether the portal lets it close.
  cancels() {
    this.#isCancelling = true;
    const may = super.cancels();
    this.#isCancelling = false;
    return may;
  }

  #newOpening() {
    this.#creates.clear();
    const opening = { options: {}, outcome: { outcome: 'cancelled' } };
    opening.result = new Promise((resolve) => { opening.resolve = resolve; });
    return opening;
  }

  attributeChangedCallback(name, before, now) {
    super.attributeChangedCallback(name, before, now);
    if (name !== 'open' || saysOpen(before) === saysOpen(now)) return;
    if (saysOpen(now)) this.begin();
    else this.end();
  }

  connectedCallback() {
    super.connectedCallback();
    this.connectedMoveCallback();
  }

  // What is moved leaves the browser's top layer; in Firefox 153 also by moveBefore().
  connectedMoveCallback() {
    if (!this.#dialog || this.#rests || this.#dialog.matches(':modal')) return;
    this.#dialog.removeAttribute('open');
    this.#raise();
  }

  #raise() {
    if (this.host) this.host.keepFocus(() => this.#dialog.showModal());
    else this.#dialog.showModal();
  }

  // A modal <dialog> is above everything, makes the page under it inert, and gives the focus back, all by itself. It is as
  // large as the window; what is seen of it is the card inside, whose name it takes.
  container() {
    const dialog = document.createElement('dialog');
    dialog.tabIndex = -1;  // WebKitGTK 2.50 makes a <dialog> a stop of the Tab key
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      if (event.target === dialog) this.hide();  // not that of a field for files
    });
    // A portal's own dialog around or under this one would take them for its own: Radix UI's closes at a press elsewhere, and keeps
    // all else from scrolling.
    for (const type of ['keydown', 'pointerdown', 'wheel', 'touchmove'])
      dialog.addEventListener(type, (event) => { if (type !== 'keydown' || event.key === 'Escape') event.stopPropagation(); }, { passive: true });
    // A browser lets `cancel` be prevented once for each thing that a person does, so that no page can keep them: a
    // second "back" of a phone closes the layer at once. What was entered is asked about all the same. The event comes late:
    // by then the next opening may stand there.
    dialog.addEventListener('close', () => {
      if (this.#dialog !== dialog || this.#rests || dialog.open) return;
      this.#raise();
      this.hide();
    });
    // Hidden while it is open it would leave a page where nothing can be pressed; one that is only being rendered anew (React's Suspense) is back by then.
    new ResizeObserver(() => { if (this.#isHidden()) setTimeout(() => this.#refuseHidden(), 1000); }).observe(dialog);
    this.shadowRoot.append(dialog);
    this.#dialog = dialog;
    this.#opening ??= this.#newOpening();
    dialog.showModal();
    return dialog;
  }

  started() {
    const { options } = this.#opening;
    this.#opening.outcome = { outcome: 'cancelled' };
    const filled = { ...this.#prefilled(), ...options.prefill };
    const identity = options.identity ?? options.prefill?.identity ?? (this.identity || filled.identity);
    const namesUser = options.userId !== undefined || options.userCode !== undefined;
    const userId = namesUser ? options.userId ?? 0 : this.userId;
    const userCode = namesUser ? options.userCode : this.userCode;
    const isNumber = /^\d+$/.test(userId) && Number.isSafeInteger(Number(userId));  // "0x10" and "1e2" are none
    if (userId && !isNumber) this.complain(`user-id="${userId}" is no number`);
    this.host.open(this.looksUp, isNumber ? Number(userId) : 0,
      [userCode, identity, filled.serial, filled.signatureText].map((text) => text ?? ''));
  }

  // Without what is no prefill the form is of use all the same.
  #prefilled() {
    try {
      return checkPrefill(this.prefill, 'prefill');
    } catch ({ message }) {
      this.complain(message);
      return {};
    }
  }

  // What the program tells. What one opening comes to is the best that came of it.
  raised(name, detail) {
    if (name === 'told' || name === 'retold') {
      const said = this.#unsaid(detail);
      if (this.#isDone) this.#say([...this.#said, ...said]);
      else (this.open || name === 'told' ? this.#owed : this.#failed).push(...said);
    } else if (name === 'closed') {
      const said = this.#unsaid(detail);
      if (this.#closing) return;  // by the portal, which has heard of all
      said.unshift(...this.#owed.splice(0));
      if (this.#creates.has(this.#told)) said.push(this.#told.message);
      if (said.length) this.#say(said);
      else this.open = false;
    } else {
      const failed = detail.code === 'outcomeUnknown' ? 'pending' : 'failed';
      const outcome = { created: 'created', pending: 'pending', problem: failed, unchanged: 'unchanged', lookedup: this.looksUp && 'lookedup' }[name];
      const opening = this.#closing ?? this.#opening;
      const { added = [] } = opening?.outcome ?? {};  // by the creates before, of which each tells its own
      if (outcome && opening && !detail.left && (outcome === 'created' || !added.length))
        opening.outcome = { outcome, ...detail, ...(added.length && { added: [...added, ...detail.added] }) };
      // The portal may close the dialog when it hears of it. What came of a left one is hidden behind the form until then.
      if (name === 'created' || !this.#told?.left) this.#told = name === 'created' && this.#opening ? detail : null;
      if (name === 'created') this.#creates.set(detail, false);
      if (this.emit(name, detail, name === 'created')) return;
      this.#told = null;
      this.#creates.set(detail, true);
    }
  }

  // Each text of the program's is of one create at most, whose message it begins with; two may be of one user.
  #unsaid({ told = [] }) {
    return told.filter((text) => {
      const [create] = [...this.#creates.keys()].filter(({ message }) => text.startsWith(message)).sort((one, other) => other.message.length - one.message.length);
      const isSaid = this.#creates.get(create);
      this.#creates.delete(create);
      return !isSaid;
    });
  }

  // What came of it, in the form's place, where the portal does not say it itself (preventDefault).
  #say(texts) {
    this.#isDone = true;
    this.#said = texts;
    this.say(texts.join('\n'), [['close', () => this.giveUp()]]);
  }

  begin() {
    if (!this.isConnected || !this.active) return;
    if (this.#rests && this.isElsewhere) {
      this.letGo();
      this.#owed.push(...this.#failed);
      this.#rests = false;
    }
    this.#failed = [];
    if (this.#rests) {
      this.#rests = false;
      this.#opening ??= this.#newOpening();
      this.#dialog.showModal();
      this.started();
    } else {
      super.begin();
    }
    this.#refuseHidden();
  }

  // It would lie over the page and not be seen; in a frame that is hidden nothing is. Firefox 153 gives what is in a closed <details> a rectangle.
  #isHidden() {
    const isSeen = (element) => element.getClientRects().length && element.checkVisibility?.() !== false;
    return this.#dialog?.open && !isSeen(this.#dialog) && isSeen(this.ownerDocument.documentElement);
  }

  #refuseHidden() {
    if (!this.#isHidden()) return;
    this.raised('problem', { code: 'badConfiguration', message: 'the element, or one around it, has "display: none"' });
    this.open = false;
  }

  settled() {
    if (this.#rests) this.end();
  }

  giveUp() {
    if (this.#isDone || this.cancels()) this.open = false;
  }

  // What was shown once is over when it is taken away.
  removed() {
    if (this.open) this.open = false;
    else this.end();
  }

  end() {
    const dialog = this.#dialog;
    const opening = this.#closing = this.#opening;
    this.#opening = null;
    this.host?.leave();  // what the program tells of it comes in a microtask
    this.#told = null;
    this.#isDone = false;
    // One that has failed is opened again by the next opening; an element that is taken away has none.
    this.#rests = (this.host?.creates() ?? 0) > (this.isConnected ? 0 : 1);
    if (this.#rests) {
      dialog.close();
      hideShell(dialog);
    } else {
      this.#dialog = null;
      dialog?.close();
      super.end();
    }
    queueMicrotask(() => this.#conclude(opening));
  }

  #conclude(opening) {
    this.#closing = null;
    if (!opening) return;
    this.emit('closed', { outcome: opening.outcome.outcome });
    opening.resolve(opening.outcome);
  }
}
hold(SmartcaCreateCertificate, 'prefill', null);
reflect(SmartcaCreateCertificate);
