// The signature image: decoded by the browser, painted from a WebGL texture.
const largestImageSide = 2048;

class Images {
  constructor(host) {
    this.host = host;
    this.loads = 0;  // the number of the load that counts; an earlier one that ends later is dropped
    this.loading = 0;  // how many run
    this.bitmap = null;
    this.texture = 0;
  }

  async load(slot, path, type, bytes) {
    const load = ++this.loads;
    this.loading++;
    let bitmap = null;
    let width = 0;
    let height = 0;
    try {
      const blob = path ? await this.fetch(path) : new Blob([bytes], { type });
      bitmap = await createImageBitmap(blob, { premultiplyAlpha: 'none' });
      ({ width, height } = bitmap);
      bitmap = await this.shrink(bitmap);
    } catch {
      bitmap = null;  // not there, or no image: width 0 says so
      width = height = 0;
    }
    this.loading--;
    this.host.hand.afterPress(() => {
      if (load !== this.loads) return bitmap?.close();
      this.forget();
      this.bitmap = bitmap;
      this.upload();
      _smartca_image_loaded(this.host.program, slot, this.texture, width, height);
    });
  }

  async fetch(path) {
    const response = await fetch(this.host.api + path, { headers: this.host.requests.headers('image/*') });
    if (!response.ok) throw new Error(String(response.status));
    return response.blob();
  }

  // A photograph of a signature may be larger than a texture can be; the product shows it small.
  async shrink(bitmap) {
    const scale = largestImageSide / Math.max(bitmap.width, bitmap.height);
    if (scale >= 1) return bitmap;
    const small = await createImageBitmap(bitmap, {
      resizeWidth: Math.max(1, Math.round(bitmap.width * scale)),
      resizeHeight: Math.max(1, Math.round(bitmap.height * scale)), resizeQuality: 'high', premultiplyAlpha: 'none',
    });
    bitmap.close();
    return small;
  }

  upload() {
    const handle = this.host.surfaces.context;
    if (!this.bitmap || !handle) return;
    const gl = GL.getContext(handle).GLctx;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, this.bitmap);
    gl.generateMipmap(gl.TEXTURE_2D);  // it is painted several times smaller than it is
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    this.texture = GL.getNewId(GL.textures);
    texture.name = this.texture;
    GL.textures[this.texture] = texture;
  }

  // Its twins show it too, as large as they are: seen where the twins show themselves, and in print.
  show() {
    for (const element of this.host.stage.querySelectorAll('.Image')) {
      const [width, height] = [parseFloat(element.style.width), parseFloat(element.style.height)];
      const shown = [this.loads, !this.bitmap, width, height, devicePixelRatio].join();
      if (element.dataset.shown === shown) continue;
      element.dataset.shown = shown;
      element.replaceChildren();
      if (this.bitmap) element.append(this.picture(width * devicePixelRatio, height * devicePixelRatio));
    }
  }

  picture(width, height) {
    const { bitmap } = this;
    const canvas = document.createElement('canvas');
    const scale = Math.min(width / bitmap.width, height / bitmap.height);
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  // After a lost context came back.
  uploadAgain() {
    if (!this.bitmap) return;
    this.texture = 0;
    this.upload();
    _smartca_image_texture(this.host.program, this.texture);
  }

  drop() {
    ++this.loads;
    this.forget();
    if (this.host.program) _smartca_image_texture(this.host.program, 0);
  }

  forget() {
    const handle = this.host.surfaces.context;
    if (this.texture && handle) {
      GL.getContext(handle).GLctx.deleteTexture(GL.textures[this.texture]);
      GL.textures[this.texture] = null;
    }
    this.texture = 0;
    this.bitmap?.close();
    this.bitmap = null;
  }
}
