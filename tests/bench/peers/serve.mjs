// Serves each of the pages alike: HTTP/1.1, brotli -q 11 made before, the same headers; and the proxy's API beside it. `script` runs
// before anything of the page's own.
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.wasm': 'application/wasm', '.txt': 'text/plain; charset=utf-8' };

async function filesOf(folder, script) {
  const files = new Map();
  for (const name of await readdir(folder)) {
    const type = types[extname(name)];
    if (!type) continue;
    let plain = await readFile(join(folder, name));
    if (name === 'index.html') plain = Buffer.from(plain.toString().replace('<meta', `<script>${script}</script><meta`));
    const body = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } });
    files.set('/' + name, { body, headers: { 'Content-Type': type, 'Content-Encoding': 'br', 'Cache-Control': 'no-cache', 'Content-Length': body.length } });
  }
  return files;
}

export async function serve(folder, api, script = '') {
  const files = await filesOf(folder, script);
  const server = createServer((incoming, answer) => {
    const path = incoming.url.split('?')[0];
    if (path.startsWith('/api/')) {
      const { host, origin, ...headers } = incoming.headers;
      const onward = request(api + incoming.url, { method: incoming.method, headers }, (response) => {
        answer.writeHead(response.statusCode, response.headers);
        response.pipe(answer);
      });
      onward.on('error', () => answer.destroy());
      incoming.pipe(onward);
      return;
    }
    const file = files.get(path === '/' ? '/index.html' : path);
    if (!file) return answer.writeHead(404).end();
    answer.writeHead(200, file.headers).end(file.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}
