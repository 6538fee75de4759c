// Makes what can be sent of a chosen file: upright, without what it tells beside the picture, within the bounds. A PNG or
// JPEG that is all that goes on as it is, less the parts that tell; anything else is drawn anew.
const imageSteps = { reading: 0, turning: 1, converting: 2, shrinking: 3 };  // app::ImageStep
const imageChanges = { turned: 1, converted: 2, smaller: 4, stripped: 8 };  // app::ImageChange
const blink = 200;  // milliseconds: what is done sooner is not told
const readableSide = 1600;  // pixels, of an image that has to be made smaller: many times what a document shows
const longestSide = 65535;  // pixels: the proxy takes no longer one
const smallPng = 256 * 1024;  // bytes: above, an image without transparency is a JPEG
const unreadable = 64 * 1024;  // bytes of a file that cannot be shown: enough for the program to say what it is
const largestFile = 128 * 1024 * 1024;  // bytes that are looked into

const latin = (bytes, from, to) => String.fromCharCode(...bytes.subarray(from, to));

// Which way up a camera held it, by its EXIF data (TIFF tag 274, a SHORT): 1 is upright. Browsers look at the first of
// several, in a PNG before the pixels.
function orientationIn(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = bytes[0] === 0x49;
  try {
    const start = view.getUint32(4, little);
    for (let i = view.getUint16(start, little), at = start + 2; i > 0; --i, at += 12)
      if (view.getUint16(at, little) === 274 && view.getUint16(at + 2, little) === 3) return view.getUint16(at + 8, little);
  } catch {
    // Cut off: nothing that a viewer could follow either.
  }
  return 1;
}

// The parts of a PNG that make the picture. Each returns null where the file does not reach its end.
function partsOfPng(bytes) {
  const view = new DataView(bytes.buffer);
  const parts = [bytes.subarray(0, 8)];
  let orientation = 0;
  for (let at = 8; at + 12 <= bytes.length;) {
    const next = at + 12 + view.getUint32(at);
    const type = latin(bytes, at + 4, at + 8);
    if (next > bytes.length) return null;
    if (type === 'eXIf') orientation ||= orientationIn(bytes.subarray(at + 8, next - 4));
    if (type === 'IDAT') orientation ||= 1;
    if (/^(IHDR|PLTE|tRNS|IDAT|IEND|gAMA|cHRM|sRGB|iCCP|sBIT|pHYs)$/.test(type)) parts.push(bytes.subarray(at, next));
    if (type === 'IEND') return { parts, orientation };
    at = next;
  }
  return null;
}

// Not a byte of the pixels, which has a zero behind it, nor a restart among them.
const isMarker = (bytes, at) => bytes[at] === 0xff && bytes[at + 1] !== 0 && bytes[at + 1] >> 3 !== 0x1a;

// Of a JPEG (ITU-T T.81, B.1): all but what applications and people wrote into it, of which the density (JFIF), the
// colours (ICC) and how they are coded (Adobe) belong to the picture.
function partsOfJpeg(bytes) {
  const parts = [bytes.subarray(0, 2)];
  let orientation = 0;
  for (let at = 2; at + 2 <= bytes.length;) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === 0xff) {
      ++at;  // a fill byte, or what some cameras leave
      continue;
    }
    let next = at + 2;
    if (marker === 0xd9) return { parts: [...parts, bytes.subarray(at, next)], orientation };
    if (marker !== 1 && !(marker >= 0xd0 && marker <= 0xd7)) next += bytes[next] << 8 | bytes[next + 1];
    if (!(next <= bytes.length)) return null;
    const says = latin(bytes, at + 4, at + 15);
    if (marker === 0xe1 && says.startsWith('Exif\0\0')) orientation ||= orientationIn(bytes.subarray(at + 10, next));
    // The pixels follow a scan's header, up to the next marker.
    if (marker === 0xda) while (next < bytes.length && !isMarker(bytes, next)) ++next;
    const tells = marker === 0xfe || (marker > 0xe0 && marker <= 0xef && marker !== 0xee && !says.startsWith('ICC_PROFILE'));
    if (!tells) parts.push(bytes.subarray(at, next));
    at = next;
  }
  return null;
}

class Preparation {
  constructor(host) {
    this.host = host;
    this.file = null;
    this.runs = 0;  // the number of the one that counts
    this.running = false;
    this.told = false;
  }

  // A file was chosen, dropped or pasted. The program asks for it, or does not.
  offer(file) {
    if (!file) return;
    this.stop();
    this.file = file;
    lend([composed(file.name)], (...name) => _smartca_image_offered(this.host.program, ...name, file.size));
  }

  stop() {
    ++this.runs;
    this.running = false;
    clearTimeout(this.telling);
    this.host.images.showOffered(null);
  }

  async run(mostBytes, mostPixels) {
    const { file } = this;
    const run = ++this.runs;
    this.running = true;
    this.told = false;
    this.asItCame = file;
    this.progress = [imageSteps.reading, 10];
    this.telling = setTimeout(() => this.tell(run), blink);
    let made = null;
    try {
      if (file.size <= largestFile) made = await this.make(file, run, mostBytes, mostPixels);
    } catch {
      // No image that this browser can show, or more of one than it can hold.
    }
    const bytes = made ? made.bytes : await this.beginning(file, file.size > largestFile ? mostBytes + 1 : unreadable);
    this.host.hand.afterPress(() => {
      if (run !== this.runs) return;
      this.stop();
      lend([composed(file.name), bytes], (...spans) =>
        _smartca_image_chosen(this.host.program, ...spans, made !== null, made?.changes ?? 0));
    });
  }

  async beginning(file, size) {
    try {
      return new Uint8Array(await file.slice(0, size).arrayBuffer());
    } catch {
      return new Uint8Array();  // taken away meanwhile
    }
  }

  // It takes longer than a blink: the file is shown as it came, and what is being done.
  tell(run) {
    this.told = true;
    this.step(run, ...this.progress);
    this.host.images.loadOffered(this.asItCame, () => run === this.runs);
  }

  step(run, step, percent) {
    if (run !== this.runs) throw new Error('stopped');
    this.progress = [step, percent];
    if (this.told) _smartca_image_progress(this.host.program, step, percent);
  }

  async make(file, run, mostBytes, mostPixels) {
    const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
    const partsOf = start[0] === 0x89 ? partsOfPng : start[0] === 0xff && start[1] === 0xd8 ? partsOfJpeg : null;
    const pieces = partsOf && partsOf(new Uint8Array(await file.arrayBuffer()));
    if (partsOf && !pieces) return null;
    const turned = pieces?.orientation > 1 && pieces.orientation <= 8;
    if (pieces) this.asItCame = new Blob(pieces.parts);
    this.step(run, turned ? imageSteps.turning : pieces ? imageSteps.reading : imageSteps.converting, 30);
    const bitmap = await createImageBitmap(file, { 'imageOrientation': 'from-image', premultiplyAlpha: 'none' });
    try {
      const { width, height } = bitmap;
      const tooLarge = (size) => size > mostBytes || width * height > mostPixels || Math.max(width, height) > longestSide;
      if (pieces && !turned && !tooLarge(this.asItCame.size)) {
        const bytes = new Uint8Array(await this.asItCame.arrayBuffer());
        return { bytes, changes: bytes.length < file.size ? imageChanges.stripped : 0 };
      }
      const shrinks = tooLarge(file.size);
      const bytes = await this.draw(bitmap, run, { opaque: partsOf === partsOfJpeg, shrinks, mostBytes, mostPixels });
      const changes = (turned ? imageChanges.turned : 0) | (pieces ? 0 : imageChanges.converted) | (shrinks ? imageChanges.smaller : 0);
      return { bytes, changes };
    } finally {
      bitmap.close();
    }
  }

  // Drawn anew, smaller and smaller until it fits.
  async draw(bitmap, run, { opaque, shrinks, mostBytes, mostPixels }) {
    const { width, height } = bitmap;
    let scale = Math.min(1, Math.sqrt(mostPixels / (width * height)), shrinks ? readableSide / Math.max(width, height) : 1);
    for (let percent = 50;; scale *= 0.8, percent = Math.min(95, percent + 15)) {
      this.step(run, percent > 50 || shrinks ? imageSteps.shrinking : this.progress[0], percent);
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.floor(width * scale));
      canvas.height = Math.max(1, Math.floor(height * scale));
      const context = canvas.getContext('2d');
      context.imageSmoothingQuality = 'high';
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const encoded = (type) => new Promise((done) => canvas.toBlob(done, type, 0.92));
      const clear = !opaque && isSeenThrough(context);
      let blob = opaque ? null : await encoded('image/png');
      if (!clear && !(blob?.size <= smallPng)) blob = await encoded('image/jpeg');
      if (blob.size <= mostBytes) return new Uint8Array(await blob.arrayBuffer());
    }
  }
}

function isSeenThrough(context) {
  const { data } = context.getImageData(0, 0, context.canvas.width, context.canvas.height);
  for (let at = 3; at < data.length; at += 4) if (data[at] < 255) return true;
  return false;
}
