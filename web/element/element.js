// The custom elements. Everything of an instance lives in its shadow root and in its own WebAssembly instance; the
// compiled module is shared by all instances of the page.
//
// createSmartca, the module's factory, stands above in the same file (see web/platform/CMakeLists.txt).

const scriptUrl = import.meta.url;
let compiled;  // a promise of the WebAssembly.Module

async function fetchFile(name) {
  const response = await fetch(new URL(name, scriptUrl));
  if (!response.ok) throw new Error(`${name}: HTTP ${response.status}`);
  return response;
}

function compile() {
  compiled ??= (async () => {
    const response = await fetchFile('smartca.wasm');
    // Streaming needs the type application/wasm; a server without it costs time, not the page.
    return /^application\/wasm\b/.test(response.headers.get('Content-Type') ?? '')
      ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
  })();
  compiled.catch(() => { compiled = undefined; });  // the next element tries again
  return compiled;
}

// Where the program does not come, and where it cannot run: iOS in its Lockdown Mode, Edge's strictest protection, administrators.
const failureText = {
  vi: ['Không tải được chương trình. Hãy kiểm tra kết nối rồi tải lại trang.', 'Trang này cần WebAssembly, nhưng trình duyệt này đã tắt.'],
  en: ['The program could not be loaded. Check the connection and reload the page.', 'This page needs WebAssembly, which this browser has turned off.'],
};

// The language that a tag begins with, or the first: the same rule as localeOfTag() of shared/message.h.
const languages = Object.keys(failureText);
const languageOf = (tag) => languages.find((language) => tag.slice(0, 2).toLowerCase() === language) ?? languages[0];

const fetched = new Map();  // language: a promise of its texts
function textsOf(language) {
  const texts = fetched.get(language) ?? fetchFile(`smartca.${language}.txt`).then((response) => response.text());
  fetched.set(language, texts);
  texts.catch(() => fetched.delete(language));  // tried again when it is asked for again
  return texts;
}

async function instantiate() {
  const module = await compile();
  return createSmartca({ 'wasm': (imports) => new WebAssembly.Instance(module, imports) });
}

function sheetOf(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

const commonSheet = sheetOf(`
  :host([hidden]) { display: none !important; }
  .failure { padding: 24px; font: 14px/20px system-ui, sans-serif; }`);
let stageSheet;  // the same text in each instance of the module

// What the person chose on an earlier visit. The module uses it, too.
const rememberedKey = 'smartca-certificates';
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(rememberedKey)) ?? {};
  } catch {
    return {};
  }
}

const parameter = (name) => new URLSearchParams(location.search).get(name);

class SmartcaElement extends HTMLElement {
  static observedAttributes = ['locale', 'theme', 'painting', 'open', 'user-id'];

  #host = null;
  #connection = 0;  // counts connects and disconnects; what was started for an earlier one is dropped
  #token = '';
  #ready;
  #resolveReady;

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = this.ownSheets();
    this.#renewReady();
    for (const name of ['token']) this.#upgrade(name);
  }

  // A property that was set before the element was defined shadows the accessor: take it over.
  #upgrade(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  #renewReady() {
    this.#ready = new Promise((resolve) => { this.#resolveReady = resolve; });
  }

  get dialogOnly() { return false; }
  get active() { return true; }

  get token() { return this.#token; }
  set token(value) {
    this.#token = String(value ?? '');
    this.#host?.setToken(this.#token);
  }

  get diagnostics() {
    const ready = this.#ready;
    return { frames: 0, domWrites: 0, lastReason: '', mode: '', memory: 0, idle: false, items: () => [], repeatTwins: () => {},
      ...this.#host?.diagnostics(), ready };
  }

  // The portal changed a --smartca-* property; CSS does not tell.
  refresh() { this.#host?.refreshColors(); }

  get host() { return this.#host; }

  connectedCallback() { this.begin(); }
  disconnectedCallback() { this.end(); }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#host) return;
    if (name === 'locale' && now) this.#host.setLocale(languageOf(now));
    if (name === 'theme') this.#host.setTheme(now);
    if (name === 'painting') this.#host.setPainting(now);
  }

  // The portal's word, then the person's last choice, then the page's and the system's.
  #wantedLanguage() {
    return languageOf(this.getAttribute('locale') || remembered()['locale'] || this.pageLanguage() || navigator.language || '');
  }

  // What the program asks for first, while it is still on its way; it takes these for its own (js/effects.js).
  #send(api, language) {
    const headers = { Accept: 'application/json', 'Accept-Language': language, 'X-Requested-With': 'smartca' };
    if (this.#token) headers.Authorization = 'Bearer ' + this.#token;
    return Object.fromEntries(this.firstRequests().map((path) => {
      const controller = new AbortController();
      const response = fetch(api + path, { headers, signal: controller.signal, credentials: 'same-origin', cache: 'no-store', redirect: 'error' });
      response.catch(() => {});  // the program tells of it
      return [path, { 'controller': controller, 'response': response }];
    }));
  }

  async begin() {
    if (this.#host || !this.isConnected || !this.active) return;
    const connection = ++this.#connection;
    try {
      const language = this.#wantedLanguage();
      const token = this.#token;
      const api = new URL(this.getAttribute('api') ?? 'api/v1/', this.hasAttribute('api') ? document.baseURI : scriptUrl).href
        .replace(/\/?$/, '/');
      const sent = this.#send(api, language);
      const [module, texts] = await Promise.all([instantiate(), textsOf(language)]);
      if (connection !== this.#connection) return;
      this.shadowRoot.replaceChildren();
      this.shadowRoot.adoptedStyleSheets = [stageSheet ??= sheetOf(module.styleText), ...this.ownSheets()];
      this.#host = module.start({
        element: this, root: this.container(), dialogOnly: this.dialogOnly, token: this.#token,
        api, sent: token === this.#token ? sent : {}, language, texts, textsOf, theme: this.getAttribute('theme') ?? '',
        painting: this.getAttribute('painting'), wish: this.wish(), ownsAddress: this.ownsAddress, debug: parameter('debug'),
        ready: this.#resolveReady, onLanguage: (...said) => this.languageChanged(...said),
        onSettled: () => this.settled(),
      });
      if (this.#wantedLanguage() !== language) this.#host.setLocale(this.#wantedLanguage());  // changed meanwhile
      this.started();
    } catch (error) {
      if (connection === this.#connection) this.#fail(error);
    }
  }

  end() {
    ++this.#connection;
    this.#host?.close();
    this.#host = null;
    this.shadowRoot.replaceChildren();
    this.#renewReady();
  }

  #fail(error) {
    const message = document.createElement('p');
    message.className = 'failure';
    message.setAttribute('role', 'alert');
    message.textContent = failureText[this.#wantedLanguage()][globalThis.WebAssembly ? 0 : 1];
    this.shadowRoot.replaceChildren(message);
    this.dispatchEvent(new CustomEvent('error', { detail: { code: 'notLoaded', message: String(error) } }));
  }

  container() { return this.shadowRoot; }
  firstRequests() { return ['session']; }
  ownSheets() { return [commonSheet, this.constructor.sheet]; }
  pageLanguage() { return this.closest('[lang]')?.lang ?? ''; }
  wish() {}
  get ownsAddress() { return false; }
  settled() {}
  started() {}
  languageChanged() {}
}

// The page: the list and its dialog. With the attribute `fill` it is the whole window, and names the document.
class SmartcaCertificates extends SmartcaElement {
  static sheet = sheetOf(`
    :host { display: block; position: relative; width: 100%; height: 100dvh; min-height: 320px; }
    :host([fill]) { position: fixed; inset: 0; height: auto; }
    @media print { :host, :host([fill]) { position: static; height: auto; } }`);

  // The document's language is ours to choose where the page is ours.
  pageLanguage() {
    return this.hasAttribute('fill') ? '' : super.pageLanguage();
  }

  // Filters and what is open, behind the #, which no server gets to see.
  get ownsAddress() { return this.hasAttribute('fill'); }

  firstRequests() {
    const filtered = this.ownsAddress && location.hash;
    return filtered ? ['session'] : ['session', 'certificates?page=1&pageSize=10'];
  }

  // The address is the person's where the page is ours: ?painting=dom.
  wish() {
    return this.hasAttribute('fill') ? parameter('painting') : null;
  }

  languageChanged(language, title) {
    if (!this.hasAttribute('fill')) return;
    document.documentElement.lang = language;
    document.title = title;
  }
}

// The dialog alone, over the portal's page: shown while it has the attribute `open`.
class SmartcaCreateCertificate extends SmartcaElement {
  static sheet = sheetOf(`
    :host { display: contents; }
    dialog { position: fixed; inset: 0; width: 100%; height: 100%; max-width: none; max-height: none; margin: 0;
      padding: 0; border: 0; background: none; overflow: clip; }
    dialog::backdrop { background: none; }
    @media print { dialog { position: static; height: auto; overflow: visible; } }`);

  #dialog = null;
  #rests = false;  // closed, while a create goes on that tells what came of it

  constructor() {
    super();
    this.addEventListener('closed', () => this.removeAttribute('open'));
  }

  get dialogOnly() { return true; }
  get active() { return this.hasAttribute('open'); }

  open(userId) {
    if (userId !== undefined) this.setAttribute('user-id', String(userId));
    this.setAttribute('open', '');
  }
  close() { this.host?.requestClose(); }

  attributeChangedCallback(name, before, now) {
    super.attributeChangedCallback(name, before, now);
    if (name !== 'open' || (before === null) === (now === null)) return;
    if (now === null) this.end();
    else this.begin();
  }

  // A modal <dialog> is above everything, makes the page under it inert, and gives the focus back, all by itself. It is as
  // large as the window; what is seen of it is the card inside, whose name it takes.
  container() {
    const dialog = document.createElement('dialog');
    dialog.tabIndex = -1;  // WebKitGTK 2.50 makes a <dialog> a stop of the Tab key
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      this.close();
    });
    // A browser lets `cancel` be prevented once for each thing that a person does, so that no page can keep them: a
    // second "back" of a phone closes the layer at once. What was entered is asked about all the same.
    dialog.addEventListener('close', () => {
      if (this.#dialog !== dialog || this.#rests) return;
      if (this.host) this.host.keepFocus(() => dialog.showModal());
      else dialog.showModal();
      this.close();
    });
    this.shadowRoot.append(dialog);
    this.#dialog = dialog;
    dialog.showModal();
    return dialog;
  }

  started() {
    const userId = this.getAttribute('user-id') ?? '';
    this.host.open(/^\d+$/.test(userId) ? Number(userId) : 0);  // "0x10" and "1e2" are nobody's
  }

  begin() {
    if (!this.#rests || !this.isConnected || !this.active) return super.begin();
    this.#rests = false;
    this.#dialog.showModal();
    this.started();
  }

  settled() {
    if (this.#rests) this.end();
  }

  end() {
    const dialog = this.#dialog;
    // One that has failed is opened again by the next open(); an element that is taken away has none.
    this.#rests = (this.host?.creates() ?? 0) > (this.isConnected ? 0 : 1);
    if (this.#rests) return dialog.close();
    this.#dialog = null;
    dialog?.close();
    super.end();
  }
}

for (const [name, element] of [['smartca-certificates', SmartcaCertificates],
  ['smartca-create-certificate', SmartcaCreateCertificate]])
  if (!customElements.get(name)) customElements.define(name, element);

export { SmartcaCertificates, SmartcaCreateCertificate };
