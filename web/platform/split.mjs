// split.mjs SCRIPT PROGRAM REST TEXTS BINARYEN: leaves in PROGRAM what a first view of the page needs, and moves the rest into
// REST, which the browser loads while the page is on the screen already (web/element/load.js). SCRIPT is Emscripten's
// smartca.js, which knows PROGRAM's short names; TEXTS is where smartca.TAG.txt are.
//
// What a first view needs is found by showing some here, to a browser that is not there. Where one needs more after all,
// the page waits for the rest; tests/web/halves.test.mjs holds the usual ones to need nothing.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { features } from './features.mjs';

const [script, program, rest, texts, binaryen] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'smartca-split-'));
const run = (...options) => execFileSync(join(binaryen, 'bin/wasm-split'), [...features, ...options]);
const glue = readFileSync(script, 'utf8');
const pairsIn = (text, pattern) => [...text.matchAll(pattern)].map(([, ...pair]) => pair);
const exported = Object.fromEntries(pairsIn(glue, /(\w+)=wasmExports\["(.+?)"\]/g));
const imported = pairsIn(glue.match(/wasmImports=\{(.+?)\}/)[1], /(\w+):(\w+)/g);
const [, initialize] = glue.match(/initRuntime\(wasmExports\)\{wasmExports\["(.+?)"\]/);

const session = {
  apiVersion: 1, imageBytes: 1048576, locale: 'vi', may: ['lookup', 'create', 'list', 'details', 'rename', 'default', 'remove'],
  now: '2026-12-01T02:44:49Z', saves: ['businessAccount', 'password', 'secretKey', 'signatureText', 'displayMode', 'signatureImage'],
};
const lock = ['userId', 'identity', 'serial', 'businessAccount', 'signatureText', 'displayMode'];
const prefill = { userId: 1, identity: '0010 9900 0001', serial: '54:01', businessAccount: false, signatureText: '{{SubjectDN.CN}}', displayMode: 'textAndImage' };
const sessions = [
  { ...session, prefill, lock }, { ...session, prefill: { userId: 1 }, lock: ['userId'], locale: 'en', may: ['list', 'create'], saves: [] },
  { ...session, may: ['list'] }, { ...session, may: [] }, { ...session, prefill: { userId: 'x', identity: '?' } },
];
const row = (id, status, name) => ({
  id, identity: '001099000001', isDefault: id === 1, issuer: 'CN=CA', name, serial: `54010101${id}`.padEnd(32, 'c'), subject: `CN=${name}`,
  status, statusAsked: '2026-12-01T02:44:48Z', statusText: '', type: 'smartCa', userCode: `USER${id}`, userId: id, userName: name,
  validFrom: '2025-03-16T02:44:48Z', validTo: id % 7 === 3 ? '2026-12-20T02:44:48Z' : '2027-03-16T02:44:48Z',
});
const letters = (from) => String.fromCodePoint(...Array.from({ length: 200 }, (_, i) => from + i));
const statuses = ['active', 'revoked', 'active', 'pending', 'expired', 'unknown', 'suspended'];
const people = ['Nguyễn Văn A', 'شركة', 'Công ty '.repeat(30), '👩 A', letters(0xc0), letters(0x1ea0)];
const list = {
  allCount: 1234, page: 1, pageSize: 10, totalCount: 1000, userCount: 6,
  items: Array.from({ length: 10 }, (_, i) => row(i + 1, statuses[i % 7], people[i % 6])),
};
const empty = { ...list, allCount: 0, totalCount: 0, userCount: 0, items: [] };

// As web/platform/js/host.js goes about it. `sessionAnswer` and `answer` (the list's) are [status, body].
function show(module, { width, height, density, touch, dark, plain, tag, sketches, sessionAnswer, answer }) {
  const sent = [];
  let frames = false;
  const bytes = () => new Uint8Array(instance.exports[exported.wasmMemory].buffer);
  const readText = (pointer, length) => Buffer.from(bytes().subarray(pointer, pointer + length)).toString();
  const host = {
    _smartca_wake: () => { frames = true; },
    _smartca_glyph_measure: (codePoint, oversampling, out) => {
      const width = density * (3 + codePoint % 9), isBlank = codePoint === 32;
      const box = isBlank ? [0, 0] : [width * oversampling, density * (8 + codePoint % 7)];
      new Float32Array(bytes().buffer).set([width, -1, -9, ...box], out >> 2);
    },
    _smartca_glyph_baseline: (weight, monospace, size, line, density) => line * density * 0.75,
    _smartca_color_override: () => -1,
    _smartca_number: (text, length) => Number(readText(text, length)),
    _smartca_cosine: Math.cos, _smartca_sine: Math.sin, _smartca_arc_cosine: Math.acos,
    _smartca_send: (number, method, path, length) => { sent.push([number, readText(path, length)]); },
    _smartca_surface_begin: () => 1,
    _emscripten_date_now: () => Date.parse(session.now), _emscripten_get_now: () => 0,
    _emscripten_resize_heap: (size) => instance.exports[exported.wasmMemory].grow(Math.ceil((size - bytes().length) / 65536)) >= 0,
    __abort_js: () => { throw new Error('the program gave up'); },
  };
  const imports = Object.fromEntries(imported.map(([short, name]) => [short, host[name] ?? (() => 0)]));
  const instance = new WebAssembly.Instance(module, { a: imports });
  const call = (name, ...values) => {
    const spans = values.flatMap((value) => {
      if (typeof value !== 'string') return [value];
      const text = Buffer.from(value);
      const pointer = instance.exports[exported._malloc](text.length || 1);
      bytes().set(text, pointer);
      return [pointer, text.length];
    });
    return instance.exports[exported[`_smartca_${name}`]](...spans);
  };
  const frame = () => {
    for (let i = 0; i < 9 && frames; i++) {
      frames = false;
      call('frame', self);
    }
  };
  const answerAll = () => {
    for (const [number, path] of sent.splice(0)) {
      const [status, body] = path === 'session' ? sessionAnswer : answer;
      call('answered', self, number, status, typeof body === 'string' ? body : JSON.stringify(body), 0);
      frame();
    }
  };
  instance.exports[initialize]();
  if (!call('texts', tag, readFileSync(join(texts, `smartca.${tag}.txt`), 'utf8'))) throw new Error(`${script}: it takes no texts`);
  const self = call('create');
  call('sketches', self, 1);
  call('layout', self, plain);
  call('contrast', self, 0);
  call('viewport', self, width, height, density, touch, 1, 0, 0);
  call('start', self, 0, tag, dark, plain, '0'.repeat(32), '');
  frame();
  call('sketches', self, sketches);
  frame();
  answerAll();
  for (const shown of [1, 0]) {  // while somebody types, until all is there
    call('sketches', self, shown);
    frame();
  }
  // What happens by itself.
  call('viewport', self, width - 40, height, density, touch, 1, 0, 0);
  for (const [name, ...values] of [['theme', 1 - dark], ['fonts_changed'], ['colors_changed'], ['contrast', 1], ['locale', tag],
    ['layout', 1 - plain], ['items'], ['repeat_twins'], ['creates']]) {
    call(name, self, ...values);
    frame();
  }
  answerAll();
  call('destroy', self);
  return instance;
}

const desk = { width: 1280, height: 800, density: 1, touch: 0, dark: 0, plain: 0, tag: 'en', sketches: 0, sessionAnswer: [200, session], answer: [200, list] };
const phone = { ...desk, width: 390, height: 844, density: 2, touch: 1, dark: 1, tag: 'vi' };
const refused = (status, code, more) => [status, { code, requestId: '1', ...more }];
const refusals = [refused(401, 'unauthorized'), refused(403, 'notAllowed'), refused(404, 'pathUnknown'), refused(429, 'tooManyRequests', { retryAfterSeconds: 90 }),
  refused(500, 'internal'), refused(502, 'portalRefused', { upstreamMessage: 'No' }), refused(503, 'unavailable', { retryAfterSeconds: 7200, findings: [] }),
  [0, ''], [200, '<!doctype html>'], [200, '{'], [200, '{}'], [401, ''], [413, ''], [502, '<html>Bad Gateway'], [503, '']];
const views = [desk, phone, { ...desk, sketches: 1 }, { ...phone, plain: 1, sketches: 1 },
  ...[320, 640, 800, 1024, 1920].map((width, i) => ({ ...(i % 2 ? desk : phone), width, height: 500 - i * 20, density: 1 + i / 2 })),
  ...[desk, phone].flatMap((view) => [[200, empty], ...refusals].map((answer) => ({ ...view, answer }))),
  ...[...refusals, ...sessions.map((one) => [200, one])].map((sessionAnswer) => ({ ...desk, sessionAnswer }))];

try {
  const watched = join(folder, 'watched.wasm');
  run('--instrument', '--profile-export=profile', program, '-o', watched);
  const module = new WebAssembly.Module(readFileSync(watched));
  const profiles = views.map((view, i) => {
    const { exports } = show(module, view);
    const size = 16384, at = exports[exported._malloc](size);
    const length = exports.profile(at, size);
    if (length > size) throw new Error(`${program}: its profile takes ${length} bytes`);
    const path = join(folder, `${i}.profile`);
    writeFileSync(path, new Uint8Array(exports[exported.wasmMemory].buffer, at, length));
    return path;
  });
  const profile = join(folder, 'profile');
  run('--merge-profiles', ...profiles, '-o', profile);
  run('--split', '--no-placeholders', '--export-prefix=%', '--profile', profile, program, '-o1', `${folder}/first.wasm`, '-o2', rest);
  writeFileSync(program, readFileSync(`${folder}/first.wasm`));
} finally {
  rmSync(folder, { recursive: true });
}
