// Glyphs rasterised by the browser's own text engine, on a small 2D canvas.
const textFonts = '"Inter", "Segoe UI", system-ui, -apple-system, Roboto, "Noto Sans", sans-serif';
const monospaceFonts = 'ui-monospace, "DejaVu Sans Mono", "Cascadia Mono", Consolas, Menlo, monospace';

const firstWord = 0xf0000;
const lastWord = 0xfffd;  // whatever comes after that many is drawn in its place

class Glyphs {
  constructor(host) {
    this.host = host;
    this.canvas = document.createElement('canvas');
    this.canvas.width = this.canvas.height = 128;
    // Without willReadFrequently each read waits for the GPU: 62 ms instead of 4 for the letters of the dialog.
    this.context = this.canvas.getContext('2d', { willReadFrequently: true });
    this.font = '';
    this.words = [];  // those that are drawn whole, by their number in plane 15
    this.probes = new Map();  // CSS font with its line height: elements
    this.baselines = new Map();  // CSS font with its line height: CSS px
  }

  family(monospace) {
    return monospace ? monospaceFonts : this.host.fontFamily || textFonts;
  }

  // Whether pixels come back as they were drawn. Browsers that protect against fingerprinting add noise, or refuse.
  areReadable() {
    if (!this.context) return false;
    const { context } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = '#123456';
    context.fillRect(0, 0, 16, 16);
    const { data } = context.getImageData(0, 0, 16, 16);
    for (let i = 0; i < data.length; i += 4)
      if (data[i] !== 0x12 || data[i + 1] !== 0x34 || data[i + 2] !== 0x56 || data[i + 3] !== 255) return false;
    return true;
  }

  select(weight, monospace, size) {
    const font = `${weight} ${size}px ${this.family(monospace)}`;
    if (font === this.font) return;
    this.font = font;
    this.applyFont();
  }

  applyFont() {
    this.context.font = this.font;
    this.context.fontKerning = 'none';  // as ImGui sets the letters, and as the fields are told to
  }

  word(text) {
    let at = this.words.indexOf(text);
    if (at < 0) at = this.words.push(text) - 1;
    return firstWord + Math.min(at, lastWord);
  }

  // What a code point stands for. A word runs from right to left.
  textOf(codePoint) {
    const word = codePoint < firstWord ? undefined : this.words[codePoint - firstWord];
    this.context.direction = word ? 'rtl' : 'ltr';
    this.context.textAlign = 'left';
    return word ?? String.fromCodePoint(codePoint);
  }

  measure(codePoint, oversampling, out) {
    const box = this.context.measureText(this.textOf(codePoint));
    const left = Math.floor(-box.actualBoundingBoxLeft * oversampling) - 1;
    const right = Math.ceil(box.actualBoundingBoxRight * oversampling) + 1;
    const top = Math.floor(-box.actualBoundingBoxAscent) - 1;
    const bottom = Math.ceil(box.actualBoundingBoxDescent) + 1;
    const inked = box.actualBoundingBoxRight + box.actualBoundingBoxLeft > 0 &&
      box.actualBoundingBoxAscent + box.actualBoundingBoxDescent > 0;
    HEAPF32.set([box.width, left, top, inked ? right - left : 0, inked ? bottom - top : 0], out >> 2);
  }

  // Draws with the pen at (0, 0) of the given rectangle, columns oversampled, and copies the pixels to the heap.
  // True when the glyph has colours of its own.
  draw(codePoint, oversampling, x, y, width, height, dark, rgba) {
    const { canvas, context } = this;
    if (width > canvas.width || height > canvas.height) {
      canvas.width = Math.max(canvas.width, width);
      canvas.height = Math.max(canvas.height, height);
      this.applyFont();  // a canvas forgets all settings when it is resized
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.setTransform(oversampling, 0, 0, 1, -x, -y);
    context.fillStyle = dark ? '#000' : '#fff';
    context.fillText(this.textOf(codePoint), 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    HEAPU8.set(data, rgba);
    const ink = dark ? 0 : 255;
    // Firefox 153 gives 254 for 255 where a pixel is covered in part.
    const differs = (i) => Math.abs(data[i] - ink) > 16;
    for (let i = 0; i < data.length; i += 4)
      if (data[i + 3] > 32 && (differs(i) || differs(i + 1) || differs(i + 2))) return true;
    return false;
  }

  // Announces that a baseline will be asked for, anew.
  probe(weight, monospace, size, line) {
    const font = this.lineFont(weight, monospace, size, line);
    const box = document.createElement('div');
    const mark = document.createElement('span');
    box.className = 'probe';
    box.style.font = font;
    box.append('x', mark);
    this.probes.set(font, { box, mark, line });
  }

  // Where the baseline lies in a line box of that font, in device pixels from its top: asked of a real one. All that were
  // announced are measured together, because each layout of the page costs some milliseconds.
  baseline(weight, monospace, size, line, density) {
    if (this.probes.size) {
      this.host.stage.append(...[...this.probes.values()].map((probe) => probe.box));
      for (const [font, { box, mark, line }] of this.probes) {
        const { top, height } = box.getBoundingClientRect();  // one line high, but for a `zoom` or `transform` of the portal's
        this.baselines.set(font, (mark.getBoundingClientRect().bottom - top) * line / (height || line));
      }
      for (const { box } of this.probes.values()) box.remove();
      this.probes.clear();
    }
    return this.baselines.get(this.lineFont(weight, monospace, size, line)) * density;
  }

  lineFont(weight, monospace, size, line) {
    return `${weight} ${size}px/${line}px ${this.family(monospace)}`;
  }
}
