// Signature images for tests, made here so that their size and dimensions are what the test says.
import { crc32Of } from './crc32.mjs';
import { deflateSync } from 'node:zlib';

export const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32Of(body));
  return Buffer.concat([length, body, sum]);
};

// A grey PNG. `claim` writes other dimensions into the header than the pixels have; `size` pads the file, by a chunk that no
// pixel needs.
export function png(width, height, { claim = [width, height], size = 0 } = {}) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(claim[0], 0);
  header.writeUInt32BE(claim[1], 4);
  header[8] = 8;
  const pixels = deflateSync(Buffer.alloc((width + 1) * height));
  const parts = [Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))];
  const left = size - Buffer.concat(parts).length - chunk('paDd', Buffer.alloc(0)).length;
  if (left >= 0) parts.splice(2, 0, chunk('paDd', Buffer.alloc(left)));
  return Buffer.concat(parts);
}

// A grey JPEG (ITU-T T.81, Annex B): two Huffman codes of one bit each, "no difference" and "the block ends here". `claim` as above.
export function jpeg(width, height, { claim = [width, height] } = {}) {
  const frame = Buffer.from('ffc0000b0800000000010111 00'.replaceAll(' ', ''), 'hex');
  frame.writeUInt16BE(claim[1], 5);
  frame.writeUInt16BE(claim[0], 7);
  const quantisation = Buffer.concat([Buffer.from('ffdb004300', 'hex'), Buffer.alloc(64, 1)]);
  const codes = ['00', '10'].map((table) => Buffer.from(`ffc40014${table}01${'00'.repeat(16)}`, 'hex'));
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const bits = '00'.repeat(blocks).padEnd(Math.ceil(blocks / 4) * 8, '1');
  const pixels = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  return Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), quantisation, frame, ...codes,
    Buffer.from('ffda0008010100003f00', 'hex'), pixels, Buffer.from('ffd9', 'hex')]);
}

export const imageField = (bytes, { name = 'chữ ký.png', mediaType = 'image/png' } = {}) => ({ name, mediaType, data: bytes.toString('base64') });
