// Gives the elements their names, once on a page.
function define() {
  if (!globalThis.customElements) return;  // on a server
  for (const [name, element] of [['smartca-certificates', SmartcaCertificates],
    ['smartca-create-certificate', SmartcaCreateCertificate]]) {
    const there = customElements.get(name);
    if (!there) customElements.define(name, element);
    else if (there.version !== version) console.warn(`<${name}> ${there.version} is on this page; ${version} is not used`);
  }
  addEventListener('keydown', keepEscape, true);  // once, however often that is called
}

// A dialog of the portal's around or under ours would close with it, as Radix UI's does, which hears of a key before we do: only
// a copy that does not leave our shadow tree goes on.
function keepEscape(event) {
  const path = event.composedPath();
  if (event.key !== 'Escape' || !path.some((node) => node instanceof SmartcaCreateCertificate)) return;
  event.stopImmediatePropagation();
  const { key, code, isComposing } = event;
  if (!path[0].dispatchEvent(new KeyboardEvent('keydown', { key, code, isComposing, bubbles: true, cancelable: true }))) event.preventDefault();
}

export { SmartcaCertificates, SmartcaCreateCertificate, define };
