// ?debug=twins: draws around each twin its edge and its name over everything, and says what the last frame was for.
class Debug {
  constructor(host) {
    this.host = host;
    this.layer = document.createElement('div');
    this.layer.className = 'debug';
    this.layer.setAttribute('aria-hidden', 'true');
    host.root.append(this.layer);
  }

  show() {
    const { host } = this;
    const origin = host.stage.getBoundingClientRect();
    const boxes = [...host.twins.byId.values()].filter((twin) => twin.kind.role !== 'Layer').map((twin) => {
      const { left, top, width, height } = twin.element.getBoundingClientRect();
      const box = document.createElement('div');
      box.className = 'of-' + twin.kind.kind;
      Object.assign(box.style, {
        left: left - origin.left + 'px', top: top - origin.top + 'px', width: width + 'px', height: height + 'px',
      });
      if (twin.kind.kind !== 'words') box.textContent = `${twin.kind.role} ${twin.label}`;
      return box;
    });
    const note = document.createElement('p');
    note.textContent = `frame ${host.frames}: ${host.reason} · ${host.mode} · ${boxes.length} twins · ${host.twins.writes} writes`;
    this.layer.replaceChildren(...boxes, note);
  }
}
