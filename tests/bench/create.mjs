// What a create through the proxy costs beyond the gateway's own time: both asked in turn, A B A B, on reused connections.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { spId, spPassword, startStack } from '../scenario/harness.mjs';
import { percentile, report } from './figure.mjs';

const rounds = Number(process.env.ROUNDS ?? 400);
const identity = '001099000001';
const stack = await startStack();
try {
  const ca = await readFile(stack.sandbox.caFile);
  const gatewayAgent = new https.Agent({ keepAlive: true, maxSockets: 1, ca });
  const proxyAgent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const gatewayTimes = [];
  const createTimes = [];
  // Attaching to one user after another keeps every create a real one: nothing is "already on the list".
  const users = (await stack.api('GET', 'users?search=&page=1&pageSize=100')).body.items.map((user) => user.id);
  const pages = Math.ceil(rounds / users.length);
  for (let page = 2; page <= pages + 1; page++) {
    const more = (await stack.api('GET', `users?search=&page=${page}&pageSize=100`)).body.items ?? [];
    users.push(...more.map((user) => user.id));
  }
  for (let round = 0; round < Math.min(rounds, users.length); round++) {
    gatewayTimes.push(await timed(https, gatewayAgent, stack.sandbox.port, '/sca/sp769/v1/credentials/get_certificate', {
      sp_id: spId, sp_password: spPassword, user_id: identity, serial_number: '', transaction_id: randomBytes(8).toString('hex'),
    }, {}, 200));
    createTimes.push(await timed(http, proxyAgent, stack.proxy.port, '/api/v1/certificates', {
      userId: users[round], identity, serial: '', businessAccount: null,
    }, { 'Idempotency-Key': randomBytes(16).toString('hex') }, 201));
  }
  const warm = (times) => times.slice(20);
  const gateway = percentile(warm(gatewayTimes), 0.5);
  const create = percentile(warm(createTimes), 0.5);
  report('create, added to the gateway, p50', create - gateway, 'ms', 2,
    `gateway ${gateway.toFixed(2)} ms, through the proxy ${create.toFixed(2)} ms, ratio ${(create / gateway).toFixed(2)}, n=${warm(createTimes).length}`);
} finally {
  await stack.stop();
}

function timed(module, agent, port, path, body, headers, expected) {
  const text = JSON.stringify(body);
  return new Promise((done, fail) => {
    const began = process.hrtime.bigint();
    const request = module.request({ host: '127.0.0.1', port, path, method: 'POST', agent,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers } }, (response) => {
      let answer = '';
      response.on('data', (part) => (answer += part)).on('end', () => {
        if (response.statusCode !== expected) fail(new Error(`${path} answered ${response.statusCode}: ${answer.slice(0, 300)}`));
        else done(Number(process.hrtime.bigint() - began) / 1e6);
      });
    });
    request.on('error', fail).end(text);
  });
}
