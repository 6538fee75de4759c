// What both custom elements have in common. Everything of an instance lives in its shadow root and in its own WebAssembly
// instance; the compiled program is shared by all instances of the page.

// A constructed sheet belongs to a document; an element that is moved to another one (a popup) needs it anew.
const sheets = new WeakMap();
function sheetsFor({ defaultView }, texts) {
  if (!sheets.has(defaultView)) sheets.set(defaultView, new Map());
  const made = sheets.get(defaultView);
  return texts.map((text) => {
    if (!made.has(text)) {
      const sheet = new defaultView.CSSStyleSheet();
      sheet.replaceSync(text);
      made.set(text, sheet);
    }
    return made.get(text);
  });
}

// What the person chose on an earlier visit. The program uses it, too.
const rememberedKey = 'smartca-certificates';
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(rememberedKey)) ?? {};
  } catch {
    return {};
  }
}

const parameter = (name) => new URLSearchParams(location.search).get(name);

// A page that is rendered on a server imports this file where there are no elements.
class SmartcaElement extends (globalThis.HTMLElement ?? class {}) {
  static version = version;
  static observedAttributes = ['api', 'locale', 'theme', 'painting'];
  static reflected = { api: 'api', locale: 'locale', theme: 'theme', painting: 'painting' };
  static accessors = [];

  #root = null;  // where the form is, while it is
  #host = null;
  #api = null;
  #styles = [];
  #connection = 0;  // counts starts and ends; what was begun for an earlier one is dropped
  #ready;
  #resolveReady;
  #given;  // the attribute `api` as it was
  #showShell;  // what stands in the form's place, in the language and theme of now

  constructor() {
    super();
    this.attachShadow({ mode: 'open' });
    // A field's `input` is no event of the portal's.
    this.shadowRoot.addEventListener('input', (event) => event.stopPropagation());
    this.#renewReady();
  }

  // A property that was set before the element was defined shadows the accessor: take it over.
  #upgrade() {
    const { reflected, accessors } = this.constructor;
    for (const name of [...Object.keys(reflected), ...accessors]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }

  #renewReady() {
    this.#ready = new Promise((resolve) => { this.#resolveReady = resolve; });
  }

  // ---- what an element of its own says of itself

  get dialogOnly() { return false; }
  get needs() { return []; }
  get active() { return true; }
  get ownsAddress() { return false; }
  get needsWhole() { return this.dialogOnly || (this.ownsAddress && location.hash !== ''); }
  container() { return this.shadowRoot; }
  firstRequests() { return ['session']; }
  pageLanguage() { return this.closest('[lang]')?.lang ?? ''; }
  wish() {}
  started() {}
  raised(name, detail) { this.emit(name, detail); }
  languageChanged() {}
  giveUp() {}
  cancels() { return this.emit('cancel', {}, true); }

  get host() { return this.#host; }

  get diagnostics() {
    const ready = this.#ready;
    return { frames: 0, domWrites: 0, lastReason: '', mode: '', memory: 0, idle: false, items: () => [], repeatTwins: () => {}, redraw: () => {},
      ...this.#host?.diagnostics(), ready };
  }

  // Fetches what an opening needs, ahead of it.
  async preload() {
    await Promise.all([halfAt('program', this.wasmUrl), halfAt('rest', this.wasmUrl), textsAt(this.#wantedLanguage(), this.wasmUrl)]);
  }

  // False where the event was prevented.
  emit(name, detail = {}, cancelable = false) {
    return this.dispatchEvent(new CustomEvent('smartca-' + name, {
      detail: { requestId: null, ...detail }, bubbles: name === 'created', composed: true, cancelable,
    }));
  }

  // Told to whoever embeds the element: the form goes on.
  complain(message, code = 'badConfiguration') { this.emit('problem', { code, message }); }

  // ---- life

  connectedCallback() {
    this.#upgrade();
    if (!this.#styles.length) this.#style([]);
    this.begin();
  }

  // An element that is moved is taken away and put back at once.
  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected) this.removed();
    });
  }

  connectedMoveCallback() {}
  adoptedCallback() { this.#style(this.#styles); }

  // Taken away: a create that runs goes on, and tells what came of it.
  removed() {
    if (this.#host?.creates() === 2) this.#host.requestClose();
    else this.end();
  }

  settled() {
    if (!this.isConnected) this.end();
  }

  // The portal has named another address since.
  get isElsewhere() { return this.#given !== this.getAttribute('api'); }

  // What runs there ends by itself, and tells what came of it.
  letGo() {
    ++this.#connection;
    if (this.#host.creates() < 2) this.#host.close();
    this.#root.remove();
    this.#host = this.#api = this.#root = null;
    this.#renewReady();
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#root) return;
    if (name === 'api' && !this.dialogOnly) {
      this.end();
      this.begin();
    }
    if (name === 'locale') this.#host?.setLocale(this.#wantedLanguage());
    if (name === 'theme') this.#host?.setTheme(now);
    if ((name === 'locale' || name === 'theme') && this.#root.querySelector('.shell')) this.#showShell();
    if (name === 'painting') this.#host?.setPainting(now);
  }

  #style(texts) {
    this.#styles = texts;
    this.shadowRoot.adoptedStyleSheets = sheetsFor(this.ownerDocument, [...texts, shellStyle, commonStyle, this.constructor.style]);
  }

  // The portal's word, then the person's last choice, then the page's and the system's.
  #wantedLanguage() {
    return languageOf(this.getAttribute('locale') || remembered()['locale'] || this.pageLanguage() || navigator.language || '');
  }

  begin() {
    if (this.#root || !this.isConnected || !this.active) return;
    this.#root = this.container();
    this.#load();
  }

  // Whoever sees a part of it soon can do without the rest of the program for now.
  async #load(isWhole = this.needsWhole) {
    const connection = ++this.#connection;
    this.#given = this.getAttribute('api');
    const isCurrent = () => connection === this.#connection;
    const language = this.#wantedLanguage();
    this.#show('loading', { spins: true, buttons: this.dialogOnly ? [['cancel', () => this.giveUp()]] : [] });
    try {
      this.#api = this.#connect(language, isCurrent);
      const sent = Object.fromEntries(this.firstRequests().map((path) => {
        const controller = new AbortController();
        return [path, { 'controller': controller, 'answer': this.#api.send(path, { controller }) }];
      }));
      const textsOf = (language) => this.#texts(language);
      const fell = () => {
        if (!isCurrent()) return;
        instance?.module.fall();
        this.#host = null;
        this.#load(true);
      };
      let instance, texts;
      [instance, texts] = await Promise.all([Instance.make(this.wasmUrl, isWhole, fell), textsOf(language)]);
      if (!isCurrent()) return;
      this.#root.replaceChildren();
      this.#style([instance.module.styleText]);
      const host = this.#host = instance.module.start({
        element: this, root: this.#root, dialogOnly: this.dialogOnly, api: this.#api, sent, language, texts, textsOf,
        theme: this.getAttribute('theme') ?? '', painting: this.getAttribute('painting'), wish: this.wish(), ownsAddress: this.ownsAddress,
        debug: parameter('debug'), ready: () => this.#started(), raise: (name, detail) => this.raised(name, detail),
        requestCancel: () => this.cancels(), onLanguage: (...said) => this.languageChanged(...said),
        keepsFailed: () => isCurrent() && this.isConnected, onSettled: () => (isCurrent() ? this.settled() : host.close()), isWhole,
      });
      if (this.#wantedLanguage() !== language) this.#host.setLocale(this.#wantedLanguage());  // changed meanwhile
      this.started();
      host.begin();
      if (isWhole) return;
      await instance.complete();
      host.complete();
    } catch (error) {
      if (isCurrent()) this.#fail(error);
    }
  }

  #started() {
    this.#resolveReady();
    queueMicrotask(() => this.emit('ready'));
  }

  #connect(language, isCurrent) {
    const given = this.#given;
    let base;
    try {
      base = given === null ? new URL('api/v1/', scriptUrl) : new URL(given, document.baseURI);
    } catch {
      throw new Failure('badConfiguration', `the attribute api="${given}" is no address`);
    }
    if (this.fetchToken && typeof this.fetchToken !== 'function') throw new Failure('badConfiguration', 'the property fetchToken is no function');
    return new Api({
      base: base.href.replace(/\/?$/, '/'), language, needs: this.needs, fetchToken: () => this.fetchToken?.bind(this),
      onUnauthorized: (detail) => isCurrent() && this.emit('unauthorized', detail),
      onMisconfigured: (message) => isCurrent() && this.complain(message),
      onRenewed: () => isCurrent() && this.host?.renewed(),
      // Not in the middle of what was entered, or of a create.
      onMismatch: (error) => isCurrent() && (this.host?.holds() ? this.complain(error.message, error.code) : this.#fail(error)),
    });
  }

  async #texts(language) {
    const texts = await textsAt(language, this.wasmUrl);
    if (!this.messages) return texts;
    return replaceTexts(texts, await textsAt('keys', this.wasmUrl), this.messages, (message) => this.complain(message));
  }

  #show(words, rest) {
    this.#showShell = () => {
      const theme = this.getAttribute('theme') || remembered()['theme'];
      showShell(this.#root, { language: this.#wantedLanguage(), theme, words, focuses: this.dialogOnly, ...rest });
    };
    this.#showShell();
  }

  // In the form's place, which has ended, or over it while a create goes on there. What no detail explains is the program's own sentence, in the language it spoke.
  say(words, buttons, detail) {
    const focuses = this.dialogOnly || this.matches(':focus-within');
    const isOver = !detail && this.#host?.creates() > 0;
    if (!isOver) {
      ++this.#connection;
      this.#host?.close();
      this.#host = null;
    }
    this.#show(words, { detail, buttons, focuses, isOver, ...(!detail && { language: this.#api.language }) });
  }

  #fail(error) {
    const code = error.code ?? 'notLoaded';
    const buttons = [['again', () => this.#load()], ...(this.dialogOnly ? [['close', () => this.giveUp()]] : [])];
    this.say(error.words ?? code, buttons, error.message);
    this.raised('problem', { code, message: error.message, requestId: error.requestId ?? null });
  }

  end() {
    ++this.#connection;
    this.#host?.close();
    this.#host = this.#api = this.#root = null;
    this.shadowRoot.replaceChildren();
    this.#renewReady();
  }
}

// What no attribute says. With a setter, by which frameworks tell a property (Svelte 5).
function hold(element, name, initial) {
  const held = new WeakMap();
  Object.defineProperty(element.prototype, name, {
    get() { return held.get(this) ?? initial; },
    set(value) { held.set(this, value); },
    configurable: true, enumerable: true,
  });
}
hold(SmartcaElement, 'fetchToken', null);
hold(SmartcaElement, 'messages', null);
hold(SmartcaElement, 'wasmUrl', '');

const commonStyle = ':host([hidden]) { display: none !important; }';

// Properties that are attributes. React writes on a server userId={14} as userid="14".
function reflect(element) {
  for (const [property, attribute] of Object.entries(element.reflected))
    Object.defineProperty(element.prototype, property, {
      get() { return this.getAttribute(attribute) ?? this.getAttribute(property) ?? ''; },
      set(value) {
        if (value === null || value === undefined) this.removeAttribute(attribute);
        else this.setAttribute(attribute, value);
      },
      configurable: true, enumerable: true,
    });
}
