// Signature images for tests, made here so that their size and dimensions are what the test says.
import { crc32Of } from './crc32.mjs';
import { deflateSync } from 'node:zlib';

const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32Of(body));
  return Buffer.concat([length, body, sum]);
};

// A grey PNG. `claim` writes other dimensions into the header than the pixels have; `size` pads the file.
export function png(width, height, { claim = [width, height], size = 0 } = {}) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(claim[0], 0);
  header.writeUInt32BE(claim[1], 4);
  header[8] = 8;
  const pixels = deflateSync(Buffer.alloc((width + 1) * height, 128));
  const file = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
  return size > file.length ? Buffer.concat([file, Buffer.alloc(size - file.length)]) : file;
}

// The headers of a JPEG, enough to tell its dimensions.
export function jpeg(width, height) {
  const frame = Buffer.from('ffc0000b0800000000010111 00'.replaceAll(' ', ''), 'hex');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), frame, Buffer.from('ffd9', 'hex')]);
}

export const imageField = (bytes, { name = 'chữ ký.png', mediaType = 'image/png' } = {}) => ({ name, mediaType, data: bytes.toString('base64') });
