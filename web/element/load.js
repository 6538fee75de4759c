// The compiled program, in two halves, and the texts of its languages, fetched once for all elements of the page.
//
// createSmartca, the program's factory, stands above in the same file (web/platform/CMakeLists.txt).

// Bundlers find the files by these very words. The build puts a hash of the program into its name (finish.sh).
const files = {
  program: new URL('./smartca.wasm', import.meta.url),
  rest: new URL('./smartca.rest.wasm', import.meta.url),
  keys: new URL('./smartca.keys.txt', import.meta.url),
  vi: new URL('./smartca.vi.txt', import.meta.url),
  en: new URL('./smartca.en.txt', import.meta.url),
};

const scriptUrl = import.meta.url;

// Of the package; the build writes it.
const version = 'SMARTCA_VERSION';

// Something that keeps the element from working, by a code of smartca.d.ts and words for whoever embeds it.
class Failure extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

async function fetchFile(url) {
  let response;
  try {
    response = await fetch(url);
  } catch (error) {
    throw new Failure('notLoaded', `${url}: ${error.message}`);
  }
  // A file's name has a hash in it: that of the version before is gone, or a page stands in its place.
  const isGone = response.status === 404 || /^text\/html\b/.test(response.headers.get('Content-Type') ?? '');
  if (!response.ok || isGone) throw Object.assign(new Failure('notLoaded', `${url}: HTTP ${response.status}`), isGone && { words: 'gone' });
  return response;
}

// Each is fetched once; what failed is fetched again when it is asked for again.
const fetched = new Map();
function once(url, fetchIt) {
  const key = String(url);
  if (!fetched.has(key)) {
    const promise = fetchIt(url);
    fetched.set(key, promise);
    promise.catch(() => fetched.delete(key));
  }
  return fetched.get(key);
}

async function compile(url) {
  if (!globalThis.WebAssembly) throw new Failure('noWebAssembly', 'this browser has no WebAssembly');
  const response = await fetchFile(url);
  // Streaming needs the type application/wasm; a server without it costs time, not the page.
  const streams = /^application\/wasm\b/.test(response.headers.get('Content-Type') ?? '');
  try {
    return await (streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  } catch (error) {
    const forbidden = /Content Security Policy|\bCSP\b|unsafe-eval/i.test(error.message);
    throw new Failure(forbidden ? 'blockedByPolicy' : 'notLoaded', `${url}: ${error.message}`);
  }
}

// A server that does not have it may answer with a page of its own, or with nothing.
async function fetchText(url) {
  const text = await (await fetchFile(url)).text();
  if (/^\s*(<|$)/.test(text)) throw new Failure('notLoaded', `${url}: "${text.slice(0, 99)}"`);
  return text;
}

// Where `wasmUrl` says that the program is, its rest and the texts lie beside it.
const fileOf = (name, wasmUrl) => {
  if (!wasmUrl) return files[name];
  const program = new URL(wasmUrl, document.baseURI);
  return name === 'program' ? program : new URL(name === 'rest' ? 'smartca.rest.wasm' : `smartca.${name}.txt`, program);
};
const halfAt = (name, wasmUrl) => once(fileOf(name, wasmUrl), compile);
const textsAt = (name, wasmUrl) => once(fileOf(name, wasmUrl), fetchText);

// A network that fails for a moment takes from nobody what was typed in the first view.
const pauses = [1000, 3000];  // milliseconds
async function restAt(wasmUrl) {
  for (const pause of pauses) {
    try {
      return await halfAt('rest', wasmUrl);
    } catch (error) {
      if (error.code !== 'notLoaded') throw error;
      await new Promise((done) => setTimeout(done, pause));
    }
  }
  return halfAt('rest', wasmUrl);
}

// An instance of the program. Its first half is enough for a first view (web/platform/split.mjs); complete() adds the rest.
// `fell` is called where a first view needs more after all: such an instance is lost.
class Instance {
  #wasmUrl;
  #first;
  #whole = false;

  static async make(wasmUrl, isWhole, fell) {
    const instance = new Instance();
    instance.#wasmUrl = wasmUrl;
    const [program] = await Promise.all([halfAt('program', wasmUrl), isWhole && halfAt('rest', wasmUrl)]);
    halfAt('rest', wasmUrl);  // comes while the first half is at work
    instance.module = await instance.#ofThisVersion(() => createSmartca({ 'wasm': (imports) => {
      instance.#first = new WebAssembly.Instance(program, imports).exports;
      return { exports: instance.#watched(fell) };
    } }));
    if (isWhole) await instance.complete();
    return instance;
  }

  async complete() {
    const rest = await restAt(this.#wasmUrl);
    await this.#ofThisVersion(() => new WebAssembly.Instance(rest, { 'primary': this.#first }));
    this.#whole = true;
  }

  async #ofThisVersion(make) {
    try {
      return await make();
    } catch (error) {
      throw new Failure('versionMismatch', `the program is of another version than smartca.js ${version}: ${error.message}`);
    }
  }

  // What is in the rest is an empty place of the program's table: a call of it throws.
  #watched(fell) {
    return Object.fromEntries(Object.entries(this.#first).map(([name, value]) => [name, typeof value !== 'function' ? value : (...values) => {
      try {
        return value(...values);
      } catch (error) {
        if (!this.#whole) fell();
        throw error;
      }
    }]));
  }
}

// The texts with the portal's own in their places. `complain` is told of each that has none.
const argumentsOf = (text) => new Set(text.match(/\{\w+\}/g));
function replaceTexts(texts, keys, messages, complain) {
  const lines = texts.split('\n');
  const places = new Map(keys.split('\n').map((key, place) => [key, place]));
  for (const [key, text] of Object.entries(messages)) {
    const place = places.get(key);
    if (place === undefined) complain(`messages: there is no text "${key}"`);
    else if (typeof text !== 'string' || text.includes('\n')) complain(`messages: "${key}" is no text of one line`);
    else {
      const unknown = [...argumentsOf(text)].filter((name) => !argumentsOf(lines[place]).has(name));
      if (unknown.length) complain(`messages: "${key}" has no ${unknown}`);
      else lines[place] = text;
    }
  }
  return lines.join('\n');
}
