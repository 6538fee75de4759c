// Makes the npm package of the built page:  node web/element/pack.mjs [FOLDER]   (default: build/package; wasm preset built)
//
// FOLDER/package is what is packed, FOLDER/smartca-certificates-VERSION.tgz what `npm pack` makes of it. Files of a version are
// never the same as those of another, so files.json has their hashes for Subresource Integrity.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { manifestOf } from './manifest.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const build = join(root, 'build/wasm');
const platform = join(build, 'web/platform');
const out = resolve(process.argv[2] ?? join(root, 'build/package'));
const target = join(out, 'package');
const read = (...path) => readFile(join(...path), 'utf8');
const cache = await read(build, 'CMakeCache.txt');
const setting = (name) => cache.match(new RegExp(`^${name}:\\w+=(.*)$`, 'm'))[1];
const version = setting('CMAKE_PROJECT_VERSION');

await rm(out, { recursive: true, force: true });
await mkdir(target, { recursive: true });

// Bundlers take these; a page without one takes the proxy's smartca.js, which is both in one.
execFileSync(setting('TERSER'), [join(platform, 'elements.js'), '--module', '--compress', 'passes=2', '--mangle', '--output', join(target, 'elements.js'),
  '--source-map', "includeSources,base='" + platform + "',url='elements.js.map'"], { env: { ...process.env, NODE_PATH: '/usr/share/nodejs' } });
await writeFile(join(target, 'smartca.js'), "import { define } from './elements.js';\ndefine();\nexport * from './elements.js';\n");
for (const name of await readdir(join(platform, 'page')))
  if (/\.(wasm|txt|d\.ts)$/.test(name)) await cp(join(platform, 'page', name), join(target, name));
const documents = ['README.md', 'README.vi.md', 'CHANGELOG.md'];
for (const name of ['smartca.d.ts', 'react.d.ts', 'vue.d.ts']) await cp(join(here, name), join(target, name));
for (const name of documents)
  await writeFile(join(target, name), (await read(here, name)).replace(/\[[^\]]+\]\((?!\w+:|#)([^)#]+)[^)]*\)/g,
    (link, path) => (documents.includes(path) ? link : '`' + relative(root, resolve(here, path)) + '`')));  // only the source has it
await cp(join(root, 'LICENSE'), join(target, 'LICENSE'));

// Of what is compiled into the program. The licence of LLVM's libraries asks for nothing in compiled form.
const emscripten = dirname(setting('EMCC_EXECUTABLE'));
await writeFile(join(target, 'LICENSES.txt'), [
  ['This package', await read(root, 'LICENSE')],
  ['Dear ImGui', await read(setting('IMGUI_SOURCE_DIR'), 'LICENSE.txt')],
  ['nlohmann/json', (await read(setting('nlohmann_ROOT'), 'nlohmann/json.hpp')).match(/SPDX-FileCopyrightText:.*\n.*SPDX-License-Identifier: MIT/)[0] +
    '\n\nThe MIT licence, as above.'],
  ['Emscripten', 'Copyright (c) 2010 The Emscripten Authors. The MIT licence, as above, or the University of Illinois/NCSA licence.'],
  ['musl, of which Emscripten\'s C library is made', await read(emscripten, 'system/lib/libc/musl/COPYRIGHT')],
  ['libc++ and compiler-rt', 'Apache License 2.0 with LLVM exceptions.'],
].map(([name, text]) => `==== ${name}\n\n${text.trim()}\n`).join('\n'));

await writeFile(join(target, 'custom-elements.json'), JSON.stringify(manifestOf(await read(here, 'README.md')), null, 2) + '\n');
await writeFile(join(target, 'package.json'), JSON.stringify({
  name: 'smartca-certificates', version, license: 'MIT', type: 'module',
  description: 'Custom elements that attach VNPT SmartCA certificates to the users of a portal',
  sideEffects: ['./smartca.js'],
  types: './smartca.d.ts',
  exports: {
    '.': { types: './smartca.d.ts', default: './smartca.js' },
    './elements': { types: './smartca.d.ts', default: './elements.js' },
    './react': { types: './react.d.ts', default: './smartca.js' },
    './vue': { types: './vue.d.ts', default: './smartca.js' },
    './*': './*',
  },
  customElements: './custom-elements.json',
}, null, 2) + '\n');

const files = {};
for (const name of (await readdir(target)).filter((name) => /\.(js|wasm|txt)$/.test(name)).sort()) {
  const bytes = await readFile(join(target, name));
  files[name] = { bytes: bytes.length, brotli: brotliCompressSync(bytes).length, integrity: 'sha384-' + createHash('sha384').update(bytes).digest('base64') };
}
await writeFile(join(target, 'files.json'), JSON.stringify(files, null, 2) + '\n');
execFileSync('npm', ['pack', '--silent', '--pack-destination', out], { cwd: target });
console.log(join(out, `smartca-certificates-${version}.tgz`));
