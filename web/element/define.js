// Gives the elements their names, once on a page.
function define() {
  if (!globalThis.customElements) return;  // on a server
  for (const [name, element] of [['smartca-certificates', SmartcaCertificates],
    ['smartca-create-certificate', SmartcaCreateCertificate]]) {
    const there = customElements.get(name);
    if (!there) customElements.define(name, element);
    else if (there.version !== version) console.warn(`<${name}> ${there.version} is on this page; ${version} is not used`);
  }
}

export { SmartcaCertificates, SmartcaCreateCertificate, define };
