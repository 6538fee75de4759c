// build.mjs FOLDER: builds each peer, minified and hashed as its users would ship it, into a folder of its own.
import { build } from 'esbuild';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const peers = { mui: 'mui/main.jsx', antd: 'antd/main.jsx', lit: 'lit/main.js' };
const here = fileURLToPath(new URL('.', import.meta.url));
const page = (script, name) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>SmartCA certificates</title>
<link rel="icon" href="data:,"><script type="module" src="${script}"></script></head>
<body>${name === 'lit' ? '<smartca-page></smartca-page>' : '<div id="root"></div>'}</body></html>
`;

export async function buildPeers(folder) {
  for (const [name, entry] of Object.entries(peers)) {
    const out = join(folder, name);
    await rm(out, { recursive: true, force: true });
    await mkdir(out, { recursive: true });
    const { outputFiles } = await build({
      entryPoints: [join(here, entry)], bundle: true, minify: true, format: 'esm', target: 'es2022', jsx: 'automatic', legalComments: 'none', write: false,
      loader: { '.css': 'text' }, define: { 'process.env.NODE_ENV': '"production"' }, entryNames: 'main-[hash]', outdir: out,
    });
    for (const { path, contents } of outputFiles) await writeFile(path, contents);
    await writeFile(join(out, 'index.html'), page(basename(outputFiles[0].path), name));
  }
}
