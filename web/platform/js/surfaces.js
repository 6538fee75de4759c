// The pictures under the twins: each surface is a 2D canvas inside its item's element, so that it scrolls with it and lies
// under what lies above it.
class Surfaces {
  constructor(host) {
    this.host = host;
    this.canvases = new Map();
  }

  // True when nothing is on the canvas. Its size is set only when it changes: each time all of its memory is new, which
  // costs more than painting it.
  begin(item, width, height, cssWidth, cssHeight) {
    const content = item ? this.host.twins.byId.get(item).content : this.host.stage;
    let canvas = this.canvases.get(item);
    if (!canvas) {
      canvas = document.createElement('canvas');
      canvas.setAttribute('aria-hidden', 'true');
      this.canvases.set(item, canvas);
    }
    if (canvas.parentNode !== content) content.prepend(canvas);
    const { style } = canvas;
    style.width = cssWidth + 'px';
    style.height = cssHeight + 'px';
    if (canvas.width === width && canvas.height === height) return false;
    canvas.width = width;
    canvas.height = height;
    return true;
  }

  put(item, top, width, height, pixels) {
    const data = new Uint8ClampedArray(HEAPU8.buffer, pixels, width * height * 4);
    this.canvases.get(item).getContext('2d').putImageData(new ImageData(data, width, height), 0, top);
    this.host.twins.writes++;
  }

  drop(item) {
    this.canvases.get(item).remove();
    this.canvases.delete(item);
  }
}
