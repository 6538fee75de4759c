// The shapes around the twins where they show themselves: an SVG for each surface, made of a Sketch's lines
// (web/view/sketch.h) in hundredths of a pixel.
class Sketch {
  constructor(content) {
    this.lines = [];
    this.svg = this.element('svg', { 'class': 'sketch', 'aria-hidden': 'true' });
    content.prepend(this.svg);
  }

  element(tag, attributes) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  // Draws what changed; true when something did.
  draw(width, height, text) {
    if (text === this.text) return false;
    this.text = text;
    const { svg } = this;
    svg.setAttribute('viewBox', `0 0 ${width * 100} ${height * 100}`);
    svg.style.width = width + 'px';
    svg.style.height = height + 'px';
    const before = this.lines;
    this.lines = text ? text.split('\n') : [];
    this.lines.forEach((line, i) => {
      if (line === before[i]) return;
      const shape = this.shape(line, i);
      if (i < before.length) svg.children[i].replaceWith(shape);
      else svg.append(shape);
    });
    while (svg.children.length > this.lines.length) svg.lastChild.remove();
    return true;
  }

  shape(line, number) {
    const pairs = line.split('\t');
    const tag = pairs.shift();
    const group = this.element('g', {});
    const shape = this.element(tag, {});
    for (let i = 0; i < pairs.length; i += 2) {
      const [name, value] = [pairs[i], pairs[i + 1]];
      if (name === '') shape.textContent = value;
      else if (name !== 'blur') shape.setAttribute(name, value);
      else {
        const filter = this.element('filter', { 'id': 'b' + number, 'x': '-1', 'y': '-1', 'width': '3', 'height': '3' });
        filter.append(this.element('feGaussianBlur', { 'stdDeviation': value }));
        group.append(filter);
        shape.setAttribute('filter', `url(#b${number})`);
      }
    }
    if (!group.firstChild) return shape;
    group.append(shape);
    return group;
  }
}
