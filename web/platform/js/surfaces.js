// The pictures under the twins: one hidden WebGL canvas renders, and each surface keeps a 2D canvas of its own, inside its
// item's element, so that it scrolls with it and lies under what lies above it.
const Gpu = { none: 0, hardware: 1, software: 2 };  // browser.h
class Surfaces {
  constructor(host) {
    this.host = host;
    this.canvases = new Map();
    this.source = document.createElement('canvas');
    this.source.width = this.source.height = 1;
    this.context = 0;  // Emscripten's handle
    this.source.addEventListener('webglcontextlost', (event) => {
      event.preventDefault();  // so that it is given back
      if (host.program) host.loseContext();
    });
    this.source.addEventListener('webglcontextrestored', () => host.program && host.restoreContext());
  }

  open() {
    this.context = GL.createContext(this.source, {
      majorVersion: 2, minorVersion: 0, alpha: true, premultipliedAlpha: true, antialias: false, depth: false,
      stencil: false, preserveDrawingBuffer: false, powerPreference: 'low-power', failIfMajorPerformanceCaveat: false,
    });
    if (!(this.context > 0) || !GL.makeContextCurrent(this.context)) return Gpu.none;
    return this.isSoftware(GL.getContext(this.context).GLctx) ? Gpu.software : Gpu.hardware;
  }

  // By its name: failIfMajorPerformanceCaveat accepts a SwiftShader that was asked for (Chromium 156).
  isSoftware(gl) {
    const information = gl.getExtension('WEBGL_debug_renderer_info');
    const name = gl.getParameter(information ? information.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
    return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
  }

  // Grows at once, shrinks when it is four times too large: a picture that changes its height should not cost a new
  // buffer each time.
  size(width, height) {
    const { source } = this;
    const fits = source.width >= width && source.height >= height;
    if (fits && source.width * source.height <= 4 * Math.max(width * height, 1 << 20)) return;
    source.width = Math.ceil(width / 64) * 64;
    source.height = Math.ceil(height / 64) * 64;
  }

  begin(item, width, height, cssWidth, cssHeight) {
    let canvas = this.canvases.get(item);
    const content = item ? this.host.twins.byId.get(item)?.content : this.host.stage;
    if (!content) return;
    if (!canvas || canvas.parentNode !== content) {
      canvas?.remove();
      canvas = document.createElement('canvas');
      canvas.setAttribute('aria-hidden', 'true');
      content.prepend(canvas);
      this.canvases.set(item, canvas);
    }
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    canvas.style.width = cssWidth + 'px';
    canvas.style.height = cssHeight + 'px';
    this.host.twins.writes++;
  }

  // WebGL's origin is at the bottom: the picture lies in the lower left of the hidden canvas.
  copy(item, top, width, height) {
    const canvas = this.canvases.get(item);
    if (!canvas) return;
    const context = canvas.getContext('2d');
    context.clearRect(0, top, width, height);
    context.drawImage(this.source, 0, this.source.height - height, width, height, 0, top, width, height);
  }

  // The same from pixels in memory, rows from the top, alpha not multiplied in.
  put(item, top, width, height, pixels) {
    const data = new Uint8ClampedArray(HEAPU8.buffer, pixels, width * height * 4);
    this.canvases.get(item)?.getContext('2d').putImageData(new ImageData(data, width, height), 0, top);
  }

  drop(item) {
    this.canvases.get(item)?.remove();
    this.canvases.delete(item);
  }

  close() {
    if (!this.context) return;
    const lose = GL.getContext(this.context).GLctx.getExtension('WEBGL_lose_context');
    GL.deleteContext(this.context);
    this.context = 0;
    lose?.loseContext();  // now, not when the garbage is collected: a page has few contexts
    this.source.width = this.source.height = 1;
  }
}
