// The signature image: decoded by the browser, painted from a WebGL texture.
const largestImageSide = 2048;

class Images {
  constructor(host) {
    this.host = host;
    this.loads = 0;  // the number of the load that counts; an earlier one that ends later is dropped
    this.loading = 0;  // how many run
    this.bitmap = null;
    this.texture = 0;
    this.shown = 0;  // counts the bitmaps
    this.offered = null;  // a canvas: the file that is being prepared, as it came
    this.offeredTexture = 0;
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
      ++this.shown;
      this.texture = this.upload(bitmap);
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

  // A file as it came, to fill the card's thumbnail.
  async loadOffered(file, isWanted) {
    try {
      const bitmap = await createImageBitmap(file);
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [160, 122];
      const scale = Math.max(canvas.width / bitmap.width, canvas.height / bitmap.height);
      const [width, height] = [bitmap.width * scale, bitmap.height * scale];
      const context = canvas.getContext('2d');
      context.imageSmoothingQuality = 'high';
      context.drawImage(bitmap, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
      bitmap.close();
      if (isWanted()) this.showOffered(canvas);
    } catch {
      // No image: its preparation says so.
    }
  }

  showOffered(canvas) {
    if (canvas === this.offered) return;
    this.release(this.offeredTexture);
    this.offered = canvas;
    ++this.shown;
    this.offeredTexture = this.upload(canvas);
    _smartca_image_offered_texture(this.host.program, this.offeredTexture);
  }

  upload(source) {
    const handle = this.host.surfaces.context;
    if (!source || !handle) return 0;
    const gl = GL.getContext(handle).GLctx;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, source);
    gl.generateMipmap(gl.TEXTURE_2D);  // it is painted several times smaller than it is
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    texture.name = GL.getNewId(GL.textures);
    GL.textures[texture.name] = texture;
    return texture.name;
  }

  release(texture) {
    const handle = this.host.surfaces.context;
    if (!texture || !handle) return;
    GL.getContext(handle).GLctx.deleteTexture(GL.textures[texture]);
    GL.textures[texture] = null;
  }

  // Its twins show it too, as large as they are: seen where the twins show themselves, and in print. The busy one shows what
  // is being prepared.
  show() {
    for (const element of this.host.stage.querySelectorAll('.Image')) {
      const source = element.ariaBusy ? this.offered : this.bitmap;
      const [width, height] = [parseFloat(element.style.width), parseFloat(element.style.height)];
      const shown = [this.shown, !source, width, height, devicePixelRatio, element.ariaBusy].join();
      if (element.dataset.shown === shown) continue;
      element.dataset.shown = shown;
      element.replaceChildren();
      if (source) element.append(this.picture(source, width * devicePixelRatio, height * devicePixelRatio));
    }
  }

  picture(bitmap, width, height) {
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
    this.offeredTexture = this.upload(this.offered);
    _smartca_image_offered_texture(this.host.program, this.offeredTexture);
    if (!this.bitmap) return;
    this.texture = this.upload(this.bitmap);
    _smartca_image_texture(this.host.program, this.texture);
  }

  drop() {
    ++this.loads;
    this.forget();
    if (this.host.program) _smartca_image_texture(this.host.program, 0);
  }

  forget() {
    this.release(this.texture);
    this.texture = 0;
    this.bitmap?.close();
    this.bitmap = null;
    ++this.shown;
  }
}
