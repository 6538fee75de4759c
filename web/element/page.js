// The page: the list and its dialog. With the attribute `fill` it is the whole window, and names the document.
class SmartcaCertificates extends SmartcaElement {
  static style = `
    :host { display: block; position: relative; width: 100%; height: 100dvh; min-height: 320px; }
    :host([fill]) { position: fixed; inset: 0; height: auto; min-height: 0; }
    @media print { :host, :host([fill]) { position: static; height: auto; } }`;

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
reflect(SmartcaCertificates);
