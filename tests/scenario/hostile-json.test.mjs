// JSON that is wrong, ambiguous or built to hurt: refused as malformed, quickly, with nothing written.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertFinding, assertProblem, draftFor, freeUsers, wholeList } from './expect.mjs';
import { exchange, freshKey, root, startStack } from './harness.mjs';
import { imageField, jpeg, png } from './images.mjs';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { businessAccount, identities, registered } from './people.mjs';

let stack;
let user;
let listed;
before(async () => {
  stack = await startStack({ identities: identities() });
  user = await freeUsers(stack)();
  listed = await wholeList(stack);
});
after(() => stack.stop());

async function post(bytes, path = 'certificates') {
  const answer = await exchange(request, {
    method: 'POST', url: `${stack.proxy.origin}/api/v1/${path}`, body: bytes,
    headers: { 'content-type': 'application/json', 'idempotency-key': freshKey() },
  });
  return { ...answer, body: JSON.parse(answer.text) };
}

const good = () => JSON.stringify(draftFor(user, registered.one));
const withField = (field) => () => good().replace(/}$/, `,${field}}`);
const swapped = (from, to) => () => good().replace(from, to);

const table = [
  ['nothing', () => ''],
  ['a blank', () => ' '],
  ['an open object', () => '{'],
  ['an array', () => '[]'],
  ['null', () => 'null'],
  ['a number', () => '1'],
  ['a text', () => '"a"'],
  ['arrays nested ten thousand deep', () => '['.repeat(10_000) + ']'.repeat(10_000)],
  ['arrays nested half a million deep and open', () => '['.repeat(500_000)],
  ['objects nested seventeen deep', withField(`"x":${'{"x":'.repeat(17)}1${'}'.repeat(17)}`)],
  ['a hundred thousand values', withField(`"x":[${'1,'.repeat(100_000)}1]`)],
  ['a key twice', withField('"identity":"001099000019"')],
  ['a key twice, once escaped', withField('"\\u0069dentity":"001099000019"')],
  ['a key twice in the business account', swapped('"businessAccount":null', '"businessAccount":{"password":"a","password":"b","secretKey":"c"}')],
  ['a number beyond a double', swapped(/"userId":\d+/, '"userId":1e999')],
  ['a number of a thousand digits', swapped(/"userId":\d+/, `"userId":${'9'.repeat(1000)}`)],
  ['a user beyond 32 bits', swapped(/"userId":\d+/, '"userId":2147483648')],
  ['a user beyond 64 bits', swapped(/"userId":\d+/, '"userId":18446744073709551617')],
  ['a negative user', swapped(/"userId":\d+/, '"userId":-1')],
  ['a user with a fraction', swapped(/"userId":\d+/, '"userId":1.5')],
  ['a user as a text', swapped(/"userId":(\d+)/, '"userId":"$1"')],
  ['a user that is true', swapped(/"userId":\d+/, '"userId":true')],
  ['no user', swapped(/"userId":\d+,/, '')],
  ['an identity as a number', swapped(/"identity":"\d+"/, '"identity":1099000001')],
  ['an identity of null', swapped(/"identity":"\d+"/, '"identity":null')],
  ['a serial as a list', swapped('"serial":""', '"serial":[]')],
  ['a business account of true', swapped('"businessAccount":null', '"businessAccount":true')],
  ['a business account without a secret key', swapped('"businessAccount":null', '"businessAccount":{"password":"a"}')],
  ['a business account with more', swapped('"businessAccount":null', '"businessAccount":{"password":"a","secretKey":"b","otp":"1"}')],
  ['an unknown key', withField('"isAdmin":true')],
  ['a key of a prototype', withField('"__proto__":{}')],
  ['an unknown display mode', withField('"displayMode":"2"')],
  ['a display mode as a number', withField('"displayMode":2')],
  ['an image that is a text', withField('"signatureImage":"data:image/png;base64,AAAA"')],
  ['an image that is not base64', withField('"signatureImage":{"name":"a","mediaType":"image/png","data":"***"}')],
  ['an image of another type', withField('"signatureImage":{"name":"a","mediaType":"image/svg+xml","data":"AAAA"}')],
  ['trailing data', () => `${good()} {}`],
  ['a trailing comma', () => good().replace(/}$/, ',}')],
  ['a comment', () => `/* a */ ${good()}`],
  ['a byte order mark', () => `\ufeff${good()}`],
  ['single quotes', () => good().replaceAll('"', "'")],
  ['NaN', swapped(/"userId":\d+/, '"userId":NaN')],
  ['UTF-16', () => Buffer.from(good(), 'utf16le')],
  ['octets that are not UTF-8', () => Buffer.from(good().replace(registered.one, 'a\xff\xfeb'), 'latin1')],
  ['an overlong UTF-8 form', () => Buffer.from(good().replace(registered.one, '\xc0\xaf'), 'latin1')],
  ['a surrogate in UTF-8', () => Buffer.from(good().replace(registered.one, '\xed\xa0\x80'), 'latin1')],
  ['half an escaped surrogate pair', swapped(registered.one, '\\ud800')],
  ['a raw control character', swapped(registered.one, 'a\u0001')],
  ['a raw NUL', swapped(registered.one, 'a\u0000')],
];

for (const [what, bytes] of table) {
  test(`${what} is refused as malformed`, async () => {
    const answer = await post(bytes());
    assertProblem(answer, 400, 'malformedRequest');
    assert.deepEqual(await wholeList(stack), listed);
  });
}

test('look-ups are read as strictly as creates', async () => {
  for (const bytes of ['', '[]', '{"identity":1}', '{"identity":"a","x":1}', '{"identity":"a","identity":"b"}', '{"userId":1}', `{"identity":"${'a'.repeat(70_000)}"}`]) {
    const answer = await post(bytes, 'lookups');
    assert.ok([400, 413].includes(answer.status), `${bytes.slice(0, 40)}: ${answer.status}`);
  }
});

test('a refusal says where the body is wrong', async () => {
  const answer = await post(good().replace('"businessAccount":null', '"businessAccount":{"password":1,"secretKey":"b"}'));
  assert.match(answer.body.reason, /^\/businessAccount\/password: /);
});

test('a refusal never repeats what was sent', async () => {
  for (const bytes of ['{"canary":1}', good().replace('"serial":""', '"serial":{"canary":1}'), '"canary"', '{canary}']) {
    assert.doesNotMatch((await post(bytes)).text, /canary(?!" *:|: is|"? is)/);
  }
});

const cases = join(root, 'tests/cases/images');
const draft = (more) => draftFor(user, registered.one, more);
const header = png(1, 1, { claim: [60_000, 60_000] });

for (const [what, image, code] of [
  ['a small PNG that claims 60000 × 60000 pixels', header, 'imageTooManyPixels'],
  ['a PNG of 2³¹ × 1 pixels', png(1, 1, { claim: [2 ** 31, 1] }), 'imageNotPngOrJpeg'],
  ['a PNG without pixels', png(1, 1, { claim: [0, 0] }), 'imageNotPngOrJpeg'],
  ['a PNG cut off in its header', header.subarray(0, 20), 'imageNotPngOrJpeg'],
  ['a JPEG of 65535 × 65535 pixels', jpeg(1, 1, { claim: [65_535, 65_535] }), 'imageTooManyPixels'],
  ['a JPEG without a frame', Buffer.from('ffd8ffe00004aaaaffd9', 'hex'), 'imageNotPngOrJpeg'],
  ['a JPEG whose segment points beyond its end', Buffer.from('ffd8ffe0ffff', 'hex'), 'imageNotPngOrJpeg'],
  ['an SVG called PNG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'imageNotPngOrJpeg'],
  ['a page called PNG', Buffer.from('<!doctype html><script>alert(1)</script>'), 'imageNotPngOrJpeg'],
  ['an empty file', Buffer.alloc(0), 'imageNotPngOrJpeg'],
  ['a PNG of 24 bytes', png(1, 1).subarray(0, 24), 'imageUndecodable'],
  ['a PNG whose pixels end early', readFileSync(join(cases, 'truncated.png')), 'imageUndecodable'],
  ['a JPEG whose pixels end early', readFileSync(join(cases, 'gps.jpg')).subarray(0, 9000), 'imageUndecodable'],
  ['a WebP called PNG', readFileSync(join(cases, 'webp-as.png')), 'imageNotPngOrJpeg'],
  ['a GIF called PNG', readFileSync(join(cases, 'gif-as.png')), 'imageNotPngOrJpeg'],
  ['a PNG with an archive after its end', Buffer.concat([png(2, 2), Buffer.from('PK\x03\x04')]), 'imageUndecodable'],
  ['a JPEG with a page after its end', Buffer.concat([jpeg(2, 2), Buffer.from('<script>')]), 'imageUndecodable'],
  ['a file of one byte more than the limit', png(1, 1, { size: 1024 * 1024 + 1 }), 'imageTooLarge'],
]) {
  test(`the image ${what} is refused`, async () => {
    assertFinding(await stack.create(draft({ signatureImage: imageField(image) })), 'signatureImage', code);
    assert.deepEqual(await wholeList(stack), listed);
  });
}

test('a file of exactly the limit is taken', async () => {
  const answer = await stack.create(draft({ signatureImage: imageField(png(1, 1, { size: 1024 * 1024 })) }));
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
});

test('hostile bodies side by side leave room for a good one', async () => {
  const hostile = Array.from({ length: 40 }, (_, i) => post(table[i % table.length][1]()));
  assert.equal((await stack.api('GET', 'session')).status, 200);
  assert.ok((await Promise.all(hostile)).every((answer) => answer.status === 400));
  assertFinding(await stack.create(draft({ businessAccount: { ...businessAccount, password: '' } })), 'password', 'required');
});
