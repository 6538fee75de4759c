// The signature image: decoded by the browser, and shown by its twins.
const largestImageSide = 2048;

class Images {
  constructor(host) {
    this.host = host;
    this.loads = 0;  // the number of the load that counts; an earlier one that ends later is dropped
    this.loading = 0;  // how many run
    this.bitmap = null;
    this.shown = 0;  // counts the bitmaps
    this.offered = null;  // a bitmap: the file that is being prepared, as it came
  }

  async load(slot, path, type, bytes) {
    const load = ++this.loads;
    this.loading++;
    let bitmap = null;
    let width = 0;
    let height = 0;
    try {
      bitmap = await createImageBitmap(path ? await this.fetch(path) : new Blob([bytes], { type }));
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
      _smartca_image_loaded(this.host.program, slot, width, height);
    });
  }

  async fetch(path) {
    const { status, bytes, type } = await this.host.api.send(path, { accept: 'image/*' });
    if (status !== 200) throw new Error(String(status));
    return new Blob([bytes], { type });
  }

  // A photograph of a signature may take more memory than anything else here; the product shows it small.
  async shrink(bitmap) {
    const scale = largestImageSide / Math.max(bitmap.width, bitmap.height);
    if (scale >= 1) return bitmap;
    const small = await createImageBitmap(bitmap, {
      resizeWidth: Math.max(1, Math.round(bitmap.width * scale)),
      resizeHeight: Math.max(1, Math.round(bitmap.height * scale)), resizeQuality: 'high',
    });
    bitmap.close();
    return small;
  }

  async loadOffered(file, isWanted) {
    try {
      const bitmap = await createImageBitmap(file);
      if (isWanted()) this.showOffered(bitmap);
      else bitmap.close();
    } catch {
      // No image: its preparation says so.
    }
  }

  showOffered(bitmap) {
    if (bitmap === this.offered) return;
    this.offered?.close();
    this.offered = bitmap;
    ++this.shown;
    this.host.wake();
  }

  // After each frame. The busy twin shows what is being prepared, and is filled by it.
  show() {
    for (const element of this.host.stage.querySelectorAll('.Image')) {
      const source = element.ariaBusy ? this.offered : this.bitmap;
      const [width, height] = [parseFloat(element.style.width), parseFloat(element.style.height)];
      const shown = [this.shown, !source, width, height, devicePixelRatio, element.ariaBusy].join();
      if (element.dataset.shown === shown) continue;
      element.dataset.shown = shown;
      element.replaceChildren();
      if (source) element.append(this.picture(source, width, height, Math[element.ariaBusy ? 'max' : 'min']));
    }
  }

  // As large as it is shown. Its distance to either edge of the room is whole device pixels, so that it is not smoothed again.
  picture(source, width, height, choose) {
    const rooms = [width, height].map((length) => Math.round(length * devicePixelRatio));
    const scale = choose(rooms[0] / source.width, rooms[1] / source.height);
    const [across, down] = [source.width, source.height]
      .map((length, i) => Math.max(1, rooms[i] - 2 * Math.round((rooms[i] - length * scale) / 2)));
    return this.scaled(source, across, down);
  }

  // Halved as often as that goes: made much smaller at once, a picture is looked at in a few places alone.
  scaled(source, width, height) {
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(width, source.width >> 1);
    canvas.height = Math.max(height, source.height >> 1);
    canvas.getContext('2d').drawImage(source, 0, 0, canvas.width, canvas.height);
    return canvas.width > width || canvas.height > height ? this.scaled(canvas, width, height) : canvas;
  }

  drop() {
    ++this.loads;
    this.forget();
  }

  forget() {
    this.bitmap?.close();
    this.bitmap = null;
    ++this.shown;
  }
}
