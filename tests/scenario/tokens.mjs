// Session tokens as a portal's server makes them.
//
//   const portal = makePortal();                     // a key of its own
//   await writeFile(file, portal.keySet(), { mode: 0o600 });   // for --session-keys-file
//   const headers = portal.headers({ may: ['lookup'] });
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';

export const issuer = 'https://portal.example.vn';
export const rights = ['lookup', 'create', 'list', 'details', 'rename', 'default', 'remove'];
const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

export function makePortal({ kid = 'portal-1', may = rights, companies = ['main'] } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'EdDSA', iss: issuer, companies, may };
  const token = (claims = {}, header = {}) => {
    const now = Math.floor(Date.now() / 1000);
    const part = `${encode({ alg: 'EdDSA', typ: 'JWT', kid, ...header })}.${encode({
      iss: issuer, aud: 'smartca-proxy', sub: '17', name: 'Trần Bình', company: 'main', iat: now, exp: now + 600, may: rights, ...claims })}`;
    return `${part}.${sign(null, Buffer.from(part), privateKey).toString('base64url')}`;
  };
  return { jwk, token, keySet: (...more) => JSON.stringify({ keys: [jwk, ...more] }), headers: (claims) => bearer(token(claims)) };
}

export const bearer = (token) => ({ authorization: `Bearer ${token}` });

// A token that pretends: the public half of the portal's key, taken for a secret of HMAC.
export function forgedToken(portal, claims = {}) {
  const part = portal.token(claims, { alg: 'HS256' }).split('.').slice(0, 2).join('.');
  return `${part}.${createHmac('sha256', Buffer.from(portal.jwk.x, 'base64url')).update(part).digest('base64url')}`;
}
