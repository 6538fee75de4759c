// A portal's own server: its files, the API behind the same origin (as a reverse proxy has it), and a log-in filter before that.
//
//   const front = await startFront(stack, { files: { '/': html }, folder: '/tmp/dist', headers: { … } });
//   front.refuses = (answer) => answer.writeHead(302, { location: '/log-in' }).end();   // the filter's word; null: it lets pass
//   front.asked   // of the API: "POST lookups with token"
//
// It stops after the last test. To the browser helpers it is what a stack is: `browser.page(front, …)`.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { extname, join } from 'node:path';
import { after } from 'node:test';

const types = { '': 'text/html; charset=utf-8', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.txt': 'text/plain', '.wasm': 'application/wasm' };

export async function startFront(stack, { files = {}, folder = '', headers = {} }) {
  const front = { refuses: null, asked: [] };
  const server = createServer(async (incoming, answer) => {
    const { pathname } = new URL(incoming.url, 'http://portal');
    if (pathname.startsWith('/api/')) {
      front.asked.push(`${incoming.method} ${pathname.slice('/api/v1/'.length)} ${incoming.headers.authorization ? 'with' : 'without'} token`);
      if (front.refuses) return front.refuses(answer);
    } else if (files[pathname] !== undefined || folder) {
      try {
        const body = files[pathname] ?? await readFile(join(folder, pathname === '/' ? 'index.html' : pathname));
        return answer.writeHead(200, { 'content-type': types[extname(pathname)] ?? 'application/octet-stream', ...headers }).end(body);
      } catch {
        if (folder) return answer.writeHead(404).end();
      }
    }
    const { hostname, port } = new URL(stack.proxy.origin);
    const outgoing = request({ hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers }, (response) => {
      answer.writeHead(response.statusCode, response.headers);
      response.pipe(answer);
    });
    outgoing.on('error', () => answer.destroy());
    incoming.pipe(outgoing);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  front.proxy = { origin: `http://127.0.0.1:${server.address().port}` };
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return front;
}
