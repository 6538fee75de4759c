// One instance: its stage, its program, and what ties them to the browser. Made by web/element/element.js:
//
//   const host = Module['start']({ root, api, ... });   ...   host['close']();
class Host {
  constructor(options) {
    this.options = options;
    this.api = options['api'];
    this.sent = options['sent'];
    this.element = options['element'];
    this.root = options['root'];
    this.requestId = null;  // of the answer that is being told to the program
    this.reason = 'start';
    this.frames = 0;
    this.animationFrame = 0;
    this.program = 0;
    this.busy = false;  // the DOM is being changed by ourselves: events that this causes wait
    this.isWhole = options['isWhole'];  // before, what a person does waits
    this.held = [];
    this.forcedColors = matchMedia('(forced-colors: active)');
    this.moreContrast = matchMedia('(prefers-contrast: more)');
    this.early = true;  // the picture is still to come
    this.followers = [];  // undo functions of listeners outside the shadow root
  }

  start() {
    const { options } = this;
    this.stage = document.createElement('div');
    this.stage.className = options['dialogOnly'] ? 'stage bare' : 'stage';
    this.root.append(this.stage);
    this.announcer = new Announcer(this.root);
    this.twins = new Twins(this.stage);
    this.twins.layer = options['dialogOnly'] ? this.root : null;
    this.focus = new Focus(this.stage, this.twins);
    this.surfaces = new Surfaces(this);
    this.glyphs = new Glyphs(this);
    this.requests = new Requests(this);
    this.timers = new Timers(this);
    this.images = new Images(this);
    this.preparation = new Preparation(this);
    this.address = new Address(this);
    this.tokens = new Tokens(this);
    this.takeFont();
    this.stage.style.setProperty('--f-mono', this.glyphs.family(true));

    this.debug = options['debug'] === 'twins' ? new Debug(this) : null;

    if (options['wish']) remember({ 'painting': options['wish'] });

    this.takeTexts(options['language'], options['texts']);
    this.program = _smartca_create();
    this.hand = new Hand(this);
    this.earlyHand = new EarlyHand(this);
    this.setMode();
    this.follow();
    _smartca_contrast(this.program, this.moreContrast.matches);
    this.resize();
    const seed = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0'));
    lend([options['language'], seed.join(''), this.address.text], (tag, tagLength, ...rest) => _smartca_start(
      this.program, options['dialogOnly'], tag, tagLength, this.startsDark(), this.isPlain, ...rest));
  }

  // The first frame: nothing is on the screen yet for which it would have to wait for the next refresh.
  begin() {
    if (!this.program || !this.viewport) return;  // not laid out yet: resize() wakes
    cancelAnimationFrame(this.animationFrame);
    this.animationFrame = 0;
    this.frame();
  }

  takeFont() {
    const family = getComputedStyle(this.element).getPropertyValue('--smartca-font').trim();
    if (family === this.fontFamily) return;
    this.fontFamily = family;
    this.stage.style.setProperty('--f-text', this.glyphs.family(false));
    this.drawLettersAnew();
  }

  drawLettersAnew() {
    this.glyphs.font = '';
    if (this.program) _smartca_fonts_changed(this.program);
  }

  // ---- the language: the program holds the texts of those that were spoken

  takeTexts(language, texts) {
    if (!lend([language, texts], (...spans) => _smartca_texts(...spans)))
      throw new Failure('versionMismatch', `smartca.${language}.txt is another version's`);
  }

  // Whatever was asked for last is spoken, even if the texts of an earlier one come later. Whether it is.
  async speak(language) {
    this.speaks = language;
    try {
      const texts = await this.options['textsOf'](language);
      if (!this.program || this.speaks !== language) return false;
      this.takeTexts(language, texts);
    } catch (error) {
      if (!this.program) return false;
      this.element['complain'](error.message, error['code'] ?? 'notLoaded');
      // Whoever sees the dialog alone has not asked for it.
      if (!this.options['dialogOnly']) _smartca_locale_missing(this.program);
      return false;
    }
    lend([language], (...span) => _smartca_locale(this.program, ...span));
    return true;
  }

  // The person's own word, on the page.
  async chooseLanguage(language) {
    if (await this.speak(language)) remember({ 'locale': language });
  }

  // ---- what it starts with: the portal's word, then the person's last choice, then the system

  startsDark() {
    const theme = this.chosenTheme();
    return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  }

  chosenTheme() {
    const theme = this.options['theme'] || remembered()['theme'];
    return theme === 'dark' || theme === 'light' ? theme : '';
  }

  get painting() {
    return this.options['painting'] || remembered()['painting'];
  }

  // One element after another, as the browser lays them out.
  get isPlain() {
    return this.painting === 'flow';
  }

  // Painted, or the twins show themselves: by choice, or until the first picture is there. The next frame changes over, so that nothing is missing in between;
  // fields, focus, selection and files are the same elements in both.
  setMode() {
    const painted = !this.early && (this.isWhole || !this.earlyHand.isUsed) && this.glyphs.areReadable() && !this.forcedColors.matches && !/^(dom|flow)$/.test(this.painting);
    this.mode = painted ? 'canvas' : 'dom';
    this.reason = 'mode';
    _smartca_sketches(this.program, !painted);
    _smartca_layout(this.program, this.isPlain);
  }

  setPainting(painting) {
    this.options['painting'] = painting;
    this.setMode();
    this.wake();
  }

  // The person's own word, on the page: it goes before the portal's.
  choosePainting(painting) {
    remember({ 'painting': painting });
    this.setPainting(painting);
  }

  showMode() {
    this.stage.classList.toggle('flow', this.isPlain);
    if (this.stage.dataset.mode === this.mode) return;
    this.stage.dataset.mode = this.mode;
    this.twins.setPainted(this.mode === 'canvas');
    if (this.mode === 'canvas') this.twins.dropSketches();
  }

  // ---- what it follows. Neither of these can be heard inside the shadow root.

  follow() {
    const observer = new ResizeObserver(() => this.resize());
    observer.observe(this.stage);
    observer.observe(this.twins.logo);
    this.followers.push(() => observer.disconnect());
    this.listen(matchMedia('(prefers-color-scheme: dark)'), 'change', (event) => {
      if (!this.chosenTheme()) _smartca_theme(this.program, event.matches);
    });
    this.listen(this.forcedColors, 'change', () => {
      this.setMode();
      _smartca_colors_changed(this.program);
    });
    this.listen(this.moreContrast, 'change', (event) => _smartca_contrast(this.program, event.matches));
    this.listen(matchMedia('(pointer: coarse)'), 'change', () => this.resize());
    // A web font that arrives later replaces the glyphs that were drawn in its stead.
    this.listen(document.fonts, 'loadingdone', (event) => {
      const ours = (face) => this.glyphs.family(false).includes(face.family.replace(/["']/g, ''));
      if (event.fontfaces.some(ours)) this.drawLettersAnew();
    });
    // A keyboard on the screen covers the layout viewport's lower part and, on iOS, shifts what is seen of it.
    for (const type of ['resize', 'scroll']) this.listen(visualViewport, type, () => this.followKeyboard());
    this.followDensity();
  }

  // Where the stage is as large as the window it keeps to the part that is seen. Not while the page is zoomed in.
  followKeyboard() {
    const { height, offsetTop, scale } = visualViewport;
    const fillsWindow = this.options['dialogOnly'] || this.element.hasAttribute('fill');
    const covered = document.documentElement.clientHeight - height;
    const { style } = this.stage;
    const keeps = fillsWindow && Math.abs(scale - 1) < 0.01 && covered > 1;
    style.height = keeps ? height + 'px' : '';
    style.top = keeps ? offsetTop + 'px' : '';
  }

  listen(target, type, listener) {
    const guarded = (event) => this.program && listener(event);
    target.addEventListener(type, guarded);
    this.followers.push(() => target.removeEventListener(type, guarded));
  }

  // A query matches one ratio only, so each change needs a new one. Neither resize events nor the ResizeObserver tell of a
  // changed ratio that leaves the CSS size as it is (Chromium 156).
  followDensity() {
    const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    const changed = () => {
      query.removeEventListener('change', changed);
      if (!this.program) return;
      this.resize();
      this.followDensity();
    };
    query.addEventListener('change', changed);
    this.stopDensity = () => query.removeEventListener('change', changed);
  }

  resize() {
    // Where it is not laid out, its style says 100%.
    if (!this.program || !this.stage.offsetWidth || !this.stage.offsetHeight) return;
    // In its own pixels, whatever `zoom` and `transform` of the portal's make of them.
    const [width, height] = ['width', 'height'].map((side) => parseFloat(getComputedStyle(this.stage)[side]));
    const { textIndent: radius, zIndex: spacing } = getComputedStyle(this.tokens.swatch);
    const touch = matchMedia('(pointer: coarse)').matches || spacing > 0;
    const roundness = Math.min(parseFloat(radius), 12) / 8;
    const density = devicePixelRatio * (this.stage.currentCSSZoom ?? 1);
    const looks = [width, height, density, touch, roundness, spacing < 0 ? 4 : 0, this.twins.logo.offsetWidth];
    const key = looks.join();
    if (key === this.viewport) return;
    this.viewport = key;
    this.stage.style.setProperty('--r', roundness);
    this.reason = 'resize';
    this.focus.revealing = true;
    _smartca_viewport(this.program, ...looks);
  }

  // ---- the loop

  wake() {
    if (this.animationFrame || !this.program) return;
    this.animationFrame = requestAnimationFrame(() => {
      this.animationFrame = 0;
      if (!this.viewport) return;  // not laid out yet: resize() wakes again
      this.frame();
    });
  }

  frame() {
    this.frames++;
    _smartca_frame(this.program);
    this.showMode();
    this.images.show();
    this.focus.afterFrame();
    this.debug?.show();
    if (this.frames > 1) return;
    this.options['ready']?.();
    // A person can read and type by now. To draw every letter and to paint takes longer than all that went before, so it
    // waits until the twins are on the screen.
    setTimeout(() => {
      this.early = false;
      if (this.program) this.setMode();
    });
  }

  // Nothing is under way that would change the picture by itself within a second.
  get idle() {
    return this.isWhole && !this.animationFrame && !this.early && !this.requests.controllers.size && !this.timers.pausing &&
      !this.images.loading && !this.preparation.running;
  }

  // Each item of the last frame, as the view reported it.
  items() {
    this.twins.collected = {};
    _smartca_items(this.program);
    const items = Object.values(this.twins.collected);
    this.twins.collected = null;
    return items;
  }

  // Runs an event's handling now, or after the DOM changes of our own that caused the event.
  whenQuiet(handle) {
    if (!this.program) return;
    if (this.busy) this.held.push(handle);
    else handle();
  }

  // The rest of the program is there.
  complete() {
    this.isWhole = true;
    if (this.program) this.earlyHand.catchUp();
  }

  beginTwins() {
    this.busy = true;
    this.focus.beforeChanges();
  }

  endTwins() {
    this.twins.settle();
    this.focus.afterChanges();
    this.busy = false;
    const held = this.held;
    this.held = [];
    for (const handle of held) this.whenQuiet(handle);
  }

  // ---- what the program shows of itself

  setLanguage(tag, other, title) {
    this.api.language = this.stage.lang = tag;
    this.twins.otherLanguage = other;
    this.options['onLanguage']?.(tag, title);
  }

  appearance(dark) {
    this.stage.style.colorScheme = dark ? 'dark' : 'light';
  }

  color(token, name, rgb) {
    this.twins.colorNames[token] = name;
    this.stage.style.setProperty('--c-' + name, hexadecimal(rgb));
  }

  // Later, when the program is not in the middle of something: the portal may remove the element in answer.
  raise(name, detail) {
    const { requestId } = this;
    queueMicrotask(() => this.options['raise'](name, { ...JSON.parse(detail), 'requestId': requestId }));
  }

  // The person gives up; the portal may keep the dialog open by preventDefault().
  requestCancel() {
    queueMicrotask(() => {
      if (this.options['requestCancel']() && this.program) _smartca_cancel_allowed(this.program);
    });
  }

  // A create that was left has ended, maybe, so that a dialog that was closed meanwhile can go.
  settle() {
    if (this.program && _smartca_creates(this.program) <= (this.options['keepsFailed']?.() ? 0 : 1)) queueMicrotask(() => this.options['onSettled']?.());
  }

  // A program that broke off in the middle of something is not destroyed.
  close(destroy = _smartca_destroy) {
    if (!this.program) return;
    this.address.guard(false);
    cancelAnimationFrame(this.animationFrame);
    this.requests.close();
    this.preparation.stop();
    this.timers.close();
    this.tokens.close();
    this.stopDensity?.();
    for (const undo of this.followers) undo();
    const { program } = this;
    this.program = 0;
    // A listener of the focus may close the element from within a frame; the program goes when it is idle.
    queueMicrotask(() => {
      this.images.drop();
      destroy(program);
    });
  }
}

let host = null;

// Emscripten's smallest runtime starts with WebAssembly.instantiate(Module['wasm'], imports).then(...), and would lose what
// goes wrong in it. Here Module['wasm'] makes the instance, and throws to the element.
const WebAssembly = { instantiate: (instance, imports) => ({ then: (start) => start(instance(imports)) }) };

// The border to the element, which is not compiled with this: names in quotes.
Module['styleText'] = styleText;
Module['fall'] = () => host?.close(() => {});
Module['start'] = (options) => {
  host = new Host(options);
  host.start();
  return {
    'begin': () => host.begin(),
    'close': () => host.close(),
    'complete': () => host.complete(),
    'open': (looksUp, userId, texts) => lend(texts, (...spans) => _smartca_open(host.program, looksUp, userId, ...spans)),
    'leave': () => _smartca_closed_by_page(host.program),
    'requestClose': () => { if (!host.twins.composing) _smartca_close(host.program); },
    'creates': () => _smartca_creates(host.program),
    'holds': () => host.address.guards,
    'keepFocus': (change) => host.focus.keep(change),
    'setLocale': (language) => { host.speak(language); },
    'setTheme': (theme) => {
      host.options['theme'] = theme;
      _smartca_theme(host.program, host.startsDark());
    },
    'setPainting': (painting) => host.setPainting(painting),
    // There is another token: whose, and with which rights, is asked.
    'renewed': () => host.hand.afterPress(() => _smartca_session_renewed(host.program)),
    'diagnostics': () => ({
      'frames': host.frames, 'domWrites': host.twins.writes, 'lastReason': host.reason, 'mode': host.mode,
      'memory': HEAPU8.length, 'idle': host.idle, 'items': () => host.items(),
      'repeatTwins': () => _smartca_repeat_twins(host.program), 'redraw': () => _smartca_colors_changed(host.program),
    }),
  };
};
