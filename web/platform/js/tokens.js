// The portal's looks. Colours, --smartca-accent and so on, are in any notation of CSS. A custom property is not resolved by itself:
// `light-dark()`, `currentcolor` and a colour that another property names are asked of a real element, which takes them as its
// colour, and so are lengths and numbers. What the portal changes later is noticed by elements that are in transition for a moment.

// What a page of forced colours is made of, by the tokens that take it.
const systemColors = {
  'background': 'Canvas', 'surface': 'Canvas', 'sunken': 'Canvas', 'line': 'CanvasText', 'line-strong': 'CanvasText',
  'text': 'CanvasText', 'muted': 'CanvasText', 'faint': 'CanvasText', 'placeholder': 'GrayText',
  'accent': 'LinkText', 'accent-hover': 'LinkText', 'accent-soft': 'Canvas', 'on-accent': 'Canvas', 'ok': 'CanvasText', 'ok-soft': 'Canvas', 'warn': 'CanvasText',
  'warn-soft': 'Canvas', 'error': 'CanvasText', 'error-soft': 'Canvas',
};

const hexadecimal = (rgb) => '#' + rgb.toString(16).padStart(6, '0');

class Tokens {
  constructor(host) {
    this.host = host;
    // Outside the <dialog>, whose own colour is not the portal's.
    this.probe = document.createElement('div');
    this.probe.className = 'tokens';
    for (const name of Object.keys(systemColors)) {
      const watched = document.createElement('i');
      watched.style.color = `var(--smartca-${name})`;
      this.probe.append(watched);
    }
    this.swatch = document.createElement('b');
    this.probe.append(this.swatch);
    this.probe.addEventListener('transitionend', () => {
      if (!host.program) return;
      host.takeFont();
      host.resize();
      _smartca_colors_changed(host.program);
    });
    host.element.shadowRoot.append(this.probe);
  }

  // As 0xrrggbb; -1 when the portal sets none that is a colour. One that is seen through lies on `under`, 0xrrggbb.
  colorOf(name, under) {
    const { host, swatch } = this;
    const { context } = host.glyphs;
    const wanted = host.forcedColors.matches ? systemColors[name]
      : getComputedStyle(host.element).getPropertyValue('--smartca-' + name).trim();
    if (!context || !wanted || !CSS.supports('color', wanted)) return -1;
    swatch.style.color = wanted;
    this.probe.style.colorScheme = host.stage.style.colorScheme;
    context.setTransform(1, 0, 0, 1, 0, 0);
    for (const color of [hexadecimal(under), getComputedStyle(swatch).color]) {
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
    }
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return red << 16 | green << 8 | blue;
  }

  close() {
    this.probe.remove();
  }
}
