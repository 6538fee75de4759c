// What a signature shows: defaults of the user and the company, and what a create keeps of its own.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { allUsers, assertCreated, assertProblem, draftFor, freeUsers } from './expect.mjs';
import { startStack } from './harness.mjs';
import { imageField, jpeg, png } from './images.mjs';
import { identities, registered } from './people.mjs';

// No route tells what a certificate's signature shows, so these tests look into the file, with a reader that lives as long as
// they do.
const program = `
import json, sqlite3, sys
database = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)
for line in sys.stdin:
    row = database.execute(
        'SELECT c.signature_text, c.display_mode, c.image_name, i.media_type, i.width, i.height, hex(i.data)'
        ' FROM certificates c LEFT JOIN images i ON i.id = c.image_id WHERE c.id = ?', [int(line)]).fetchone()
    print(json.dumps(row), flush=True)`;
let stack;
let nextUser;
let reader;
let answers;
before(async () => {
  stack = await startStack({ identities: identities() });
  nextUser = freeUsers(stack);
  reader = spawn('python3', ['-c', program, stack.proxy.database], { stdio: ['pipe', 'pipe', 'inherit'] });
  answers = createInterface({ input: reader.stdout })[Symbol.asyncIterator]();
});
after(async () => {
  reader.stdin.end();
  await stack.stop();
});

async function storedSignature(certificateId) {
  reader.stdin.write(`${certificateId}\n`);
  const [text, mode, imageName, mediaType, width, height, data] = JSON.parse((await answers.next()).value);
  return { text, mode, imageName, mediaType, width, height, data: data.toLowerCase() };
}

const createWith = async (more) => assertCreated(await stack.create(draftFor(await nextUser(), registered.one, more)), 1).added[0].id;

test('what the draft says is stored byte for byte', async () => {
  const image = png(40, 20);
  const text = 'Ký bởi: {{SubjectDN.CN}}\nKý ngày: {{SignTime}} ẬẪ "\'\\ <b>';
  const stored = await storedSignature(await createWith({ signatureText: text, displayMode: 'imageOnly', signatureImage: imageField(image) }));
  assert.equal(stored.text.replaceAll('\r\n', '\n'), text);
  assert.equal(stored.mode, 3);
  assert.equal(stored.imageName, 'chữ ký.png');
  assert.deepEqual([stored.mediaType, stored.width, stored.height], ['image/png', 40, 20]);
  assert.equal(stored.data, image.toString('hex'));
});

test('what the draft leaves out is left to the defaults', async () => {
  const stored = await storedSignature(await createWith({}));
  assert.deepEqual([stored.text, stored.mode, stored.data], [null, null, '']);
});

for (const [mode, number] of [['textAndImage', 2], ['imageOnly', 3], ['textOnly', 1]]) {
  test(`the display mode ${mode} is eContract's number ${number}`, async () => {
    assert.equal((await storedSignature(await createWith({ displayMode: mode }))).mode, number);
  });
}

test('an image is what its bytes say, not what it is called', async () => {
  const stored = await storedSignature(await createWith({ signatureImage: imageField(jpeg(30, 10), { name: 'a.png', mediaType: 'image/png' }) }));
  assert.deepEqual([stored.mediaType, stored.width, stored.height], ['image/jpeg', 30, 10]);
});

test('an empty text that somebody chose is kept apart from none', async () => {
  assert.equal((await storedSignature(await createWith({ signatureText: '' }))).text, '');
});

test('text of two writings of the same letters is stored in one', async () => {
  assert.equal((await storedSignature(await createWith({ signatureText: 'Nguyễn'.normalize('NFD') }))).text, 'Nguyễn'.normalize('NFC'));
});

test('the defaults are the company\'s, and a user\'s beside them', async () => {
  const bare = (await stack.api('GET', 'defaults')).body;
  assert.equal(bare.user, null);
  assert.ok(bare.company);
  const users = await allUsers(stack);
  for (const user of users) {
    const answer = await stack.api('GET', `defaults?userId=${user.id}`);
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body.company, bare.company);
    assert.ok(answer.body.user !== null && typeof answer.body.user === 'object');
  }
});

test('a user without settings of their own says nothing, so that the company\'s count', async () => {
  const users = await allUsers(stack);
  const settings = await Promise.all(users.map(async (user) => (await stack.api('GET', `defaults?userId=${user.id}`)).body.user));
  assert.ok(settings.some((user) => Object.keys(user).length === 0), 'the demo has such a user');
  for (const part of ['signatureText', 'displayMode', 'signatureImage']) assert.ok(settings.some((user) => user[part]), `and one with ${part}`);
});

test('each image that the defaults name can be fetched, with its size and an ETag', async () => {
  const users = await allUsers(stack);
  const images = [(await stack.api('GET', 'defaults')).body.company.signatureImage];
  for (const user of users) images.push((await stack.api('GET', `defaults?userId=${user.id}`)).body.user.signatureImage);
  const stored = images.filter(Boolean);
  assert.ok(stored.length >= 2, 'the demo has a company\'s and a user\'s');
  for (const image of stored) {
    const answer = await fetch(`${stack.proxy.origin}/api/v1/${image.path}`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type'), /^image\/(png|jpeg)$/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.match(answer.headers.get('content-security-policy'), /default-src 'none'/);
    assert.equal((await answer.arrayBuffer()).byteLength, image.bytes);
    const again = await fetch(answer.url, { headers: { 'if-none-match': answer.headers.get('etag') } });
    assert.equal(again.status, 304);
  }
});

test('the image of a user who has none, or who is not there, is not found', async () => {
  assertProblem(await stack.api('GET', 'users/2000000000/signature-image'), 404, 'notFound');
  assertProblem(await stack.api('GET', 'users/0/signature-image'), 404, 'notFound');
  assertProblem(await stack.api('GET', 'defaults?userId=2000000000'), 404, 'notFound');
  assertProblem(await stack.api('GET', 'defaults?userId=abc'), 400, 'malformedRequest');
});
