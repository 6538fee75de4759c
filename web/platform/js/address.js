// The address of a page of our own, and the browser's "back" and forward on it. Each thing that is open over the page is an
// entry of the history, so that "back" closes it. An embedded element leaves history and address to the portal.
class Address {
  constructor(host) {
    this.host = host;
    this.owns = host.options['ownsAddress'] === true;
    this.wanted = null;
    this.going = false;  // our own step back is under way; its end is told by `popstate`
    this.askBeforeLeaving = (event) => {
      event.preventDefault();
      event.returnValue = true;  // browsers of before 2024 ask for this
    };
    if (this.owns) host.listen(window, 'popstate', () => this.moved());
  }

  get text() {
    return this.owns ? location.hash.slice(1) : '';
  }

  // How many things were open over the page when this entry was made.
  get layer() {
    return history.state?.['smartca'] ?? 0;
  }

  show(page, open, layers, isNewStep) {
    if (!this.owns) return;
    this.wanted = { page, open, layers, isNewStep };
    this.follow();
  }

  // Makes the history what the program wants it to be, from what it is.
  follow() {
    if (this.going || !this.wanted) return;
    const { page, open, layers, isNewStep } = this.wanted;
    const below = this.layer;
    if (layers < below) {
      this.going = true;
      history.go(layers - below);
      return;
    }
    const whole = [page, open].filter(Boolean).join('&');
    this.write(isNewStep && layers === 0, below, below > 0 ? whole : page);
    for (let layer = below + 1; layer <= layers; layer++) this.write(true, layer, whole);
    this.wanted.isNewStep = false;
  }

  write(isNew, layer, text) {
    if (this.text === text && layer === this.layer) return;
    const url = location.pathname + location.search + (text ? '#' + text : '');
    const state = { 'smartca': layer };
    if (isNew) history.pushState(state, '', url);
    else history.replaceState(state, '', url);
  }

  moved() {
    if (this.going) {
      this.going = false;
      this.follow();
      return;
    }
    this.host.whenQuiet(() => lend([this.text], (...text) => _smartca_went_back(this.host.program, this.layer, ...text)));
  }

  // Only while there is something to lose: a page that always listens is loaded anew by every "back" to it.
  guard(guards) {
    this.guards = guards;
    if (guards) addEventListener('beforeunload', this.askBeforeLeaving);
    else removeEventListener('beforeunload', this.askBeforeLeaving);
  }
}
