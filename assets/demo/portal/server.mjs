// The demo's portal: a server as an engineer of a portal would write one, in Node and without a package. It knows who is
// signed in, signs their session tokens, passes /sidecar/ through to the proxy, and reads the proxy's events.
//
//   node server.mjs --port 8081 --proxy unix:/run/smartca/portal.sock --key portal.pem --token-file server-token
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({ options: { port: { type: 'string' }, proxy: { type: 'string' }, key: { type: 'string' }, 'token-file': { type: 'string' } } });
const privateKey = createPrivateKey(readFileSync(options.key));
const [host, port] = options.proxy.split(':');
const proxy = host === 'unix' ? { socketPath: port } : { host, port };
const serverToken = readFileSync(options['token-file'], 'utf8').trim();

const companies = {
  'anh-duong': { name: 'Ánh Dương', letter: 'A' },
  // Its documents show no picture: the dialog says so, and the proxy holds everybody to it.
  'buu-dien': { name: 'Bưu điện Hà Nội', letter: 'B', prefill: { displayMode: 'textOnly' }, lock: ['displayMode'] },
};
const admin = ['lookup', 'create', 'list', 'details', 'rename', 'default', 'remove'];
const clerk = ['lookup', 'list', 'details'];
const people = [
  { id: 'trang', name: 'Lê Thu Trang', role: 'Administrator', company: 'anh-duong', may: admin },
  { id: 'bao', name: 'Phạm Quốc Bảo', role: 'Clerk', company: 'anh-duong', may: clerk },
  { id: 'ha', name: 'Vũ Ngân Hà', role: 'Administrator', company: 'buu-dien', may: admin },
  { id: 'son', name: 'Đỗ Minh Sơn', role: 'Clerk', company: 'buu-dien', may: clerk },
];

// ---- who is signed in: a cookie of the portal's own
const sessions = new Map();
const signedIn = (incoming) => sessions.get(/(?:^|; )portal=([\w-]+)/.exec(incoming.headers.cookie ?? '')?.[1]) ?? people[0];

function tokenFor(person) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const { prefill, lock } = companies[person.company];
  const part = `${encode({ alg: 'EdDSA', typ: 'JWT', kid: 'demo-portal' })}.${encode({ iss: 'https://portal.demo', aud: 'smartca-proxy', iat: now, exp: now + 600,
    sub: person.id, name: person.name, company: person.company, may: person.may, prefill, lock })}`;
  return `${part}.${sign(null, Buffer.from(part), privateKey).toString('base64url')}`;
}

// ---- the proxy's events, for the pages of each company
const listeners = new Set();
const recent = { 'anh-duong': [], 'buu-dien': [] };

const eventsAfter = (company, cursor) => new Promise((done, fail) => {
  const asked = request({ ...proxy, path: `/api/v1/events?wait=30${cursor ? `&after=${cursor}` : ''}`,
    headers: { host: 'localhost', authorization: `Bearer ${serverToken}`, 'smartca-company': company } }, async (response) => {
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    if (response.statusCode === 410) return done({ events: [], cursor: '' });
    if (response.statusCode !== 200) return fail(new Error(`events: ${response.statusCode} ${text}`));
    done(JSON.parse(text));
  });
  asked.on('error', fail).end();
});

async function follow(company) {
  for (let cursor = ''; ;) {
    try {
      const page = await eventsAfter(company, cursor);
      cursor = page.cursor;
      for (const event of page.events) {
        recent[company] = [...recent[company], event].slice(-20);
        for (const listener of listeners) if (listener.company === company) listener.tell(event);
      }
    } catch (error) {
      console.error(`portal: ${error.message}; trying again`);
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

function streamEvents(incoming, outgoing) {
  const { company } = signedIn(incoming);
  outgoing.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const tell = ({ type, sequence, time, actorName, actor, userName, name, serials, reason }) =>
    outgoing.write(`data: ${JSON.stringify({ type, sequence, time, who: actorName || actor, userName, name, serials, reason })}\n\n`);
  outgoing.write(':\n\n');
  recent[company].forEach(tell);
  const listener = { company, tell };
  listeners.add(listener);
  outgoing.on('close', () => listeners.delete(listener));
}

// ---- /sidecar/ to the proxy, as a reverse proxy does it: with Host as the browser sent it
function passOn(incoming, outgoing) {
  const onward = request({ ...proxy, method: incoming.method, path: incoming.url.slice('/sidecar'.length), headers: incoming.headers }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.headersSent || outgoing.writeHead(502).end());
  incoming.pipe(onward);
}

// ---- the portal's own pages
const files = new Map([['/', ['index.html', 'text/html']], ['/portal.css', ['portal.css', 'text/css']], ['/portal.js', ['portal.js', 'text/javascript']]]);
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const isOwn = ({ headers }) => !headers.origin || headers.origin === `http://${headers.host}`;

createServer((incoming, outgoing) => {
  const [path, query] = incoming.url.split('?');
  if (path.startsWith('/sidecar/')) return passOn(incoming, outgoing);
  if (incoming.method === 'POST' && path.startsWith('/sign-in/') && isOwn(incoming)) {
    const person = people.find(({ id }) => path === `/sign-in/${id}`);
    const session = randomUUID();
    if (person) sessions.set(session, person);
    return outgoing.writeHead(person ? 204 : 404, person ? { 'set-cookie': `portal=${session}; HttpOnly; SameSite=Strict; Path=/` } : {}).end();
  }
  if (path === '/me') {
    const person = signedIn(incoming);
    return outgoing.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(JSON.stringify({ person, company: companies[person.company], people: people.map(({ id, name, role, company }) => ({ id, label: `${name} · ${role} · ${companies[company].name}` })) }));
  }
  if (path === '/token') {
    const person = signedIn(incoming);
    if (query !== `person=${person.id}`) return outgoing.writeHead(409).end();
    return outgoing.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store' }).end(tokenFor(person));
  }
  if (path === '/events') return streamEvents(incoming, outgoing);
  const file = files.get(path);
  if (!file) return outgoing.writeHead(404).end();
  outgoing.writeHead(200, { 'content-type': `${file[1]}; charset=utf-8`, 'content-security-policy': policy, 'cache-control': 'no-cache' });
  outgoing.end(readFileSync(new URL(file[0], import.meta.url)));
}).listen(Number(options.port), '127.0.0.1', function () {
  console.log(`http://127.0.0.1:${this.address().port}/`);
  Object.keys(companies).forEach(follow);
});
