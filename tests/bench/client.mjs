// Asks a server on this machine, one request after the other on a connection that is kept.
import { Agent, request } from 'node:http';
import { freshKey } from '../scenario/harness.mjs';

export function client(port, { maxSockets = 1 } = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets });
  // The answer's body, of an answer with that status.
  return (method, path, { body, headers = {}, status = 200 } = {}) => new Promise((done, fail) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const outgoing = request({ agent, port, host: '127.0.0.1', method, path,
      headers: { ...(text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}), ...headers } }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part)).on('end', () => {
        const all = Buffer.concat(parts);
        if (answer.statusCode === status) done(all);
        else fail(new Error(`${method} ${path} answered ${answer.statusCode}: ${all.subarray(0, 300)}`));
      });
    });
    outgoing.on('error', fail).end(text);
  });
}

export const createWith = (ask, userId, identity) => ask('POST', '/api/v1/certificates',
  { body: { userId, identity, serial: '', businessAccount: null }, headers: { 'idempotency-key': freshKey() }, status: 201 });
