// Texts and bytes across the border to WebAssembly.
const encoder = new TextEncoder();
const decoder = new TextDecoder();

const readText = (pointer, length) => (length ? decoder.decode(HEAPU8.subarray(pointer, pointer + length)) : '');
const readBytes = (pointer, length) => HEAPU8.slice(pointer, pointer + length);

// Copies texts and byte arrays into the heap for one call: use(pointer, length, pointer, length, ...). They are wiped
// afterwards, since a password may be among them.
function lend(values, use) {
  const spans = values.map((value) => {
    const bytes = typeof value === 'string' ? encoder.encode(value) : value;
    const pointer = _malloc(bytes.length || 1);
    HEAPU8.set(bytes, pointer);
    return [pointer, bytes.length];
  });
  try {
    return use(...spans.flat());
  } finally {
    for (const [pointer, length] of spans) {
      HEAPU8.fill(0, pointer, pointer + length);
      _free(pointer);
    }
  }
}

// How the program holds a text: composed (NFC), since ImGui draws a glyph for each code point, and without half a
// surrogate pair, which UTF-8 cannot say.
const composed = (text) => decoder.decode(encoder.encode(text)).normalize('NFC');
