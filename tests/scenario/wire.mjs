// HTTP as bytes, for requests that no client would send.
import { connect } from 'node:net';

// Sends `bytes` (a text, or several that are sent one after another) and resolves with all that came back when the server
// closes the connection, when `until` says that it was enough, or when the time is over.
export function converse(port, bytes, { milliseconds = 8_000, until = () => false } = {}) {
  return new Promise((done) => {
    const began = Date.now();
    let text = '';
    let reset = false;
    const socket = connect(port, '127.0.0.1');
    const finish = (closed) => {
      clearTimeout(timer);
      socket.destroy();
      done({ text, closed, reset, milliseconds: Date.now() - began, answers: answersIn(text) });
    };
    const timer = setTimeout(finish, milliseconds, false);
    socket.setNoDelay(true);
    socket.on('data', (data) => {
      text += data.toString('latin1');
      if (until(text)) finish(false);
    });
    socket.on('error', () => (reset = true));
    socket.on('close', () => finish(true));
    for (const part of [bytes].flat()) socket.write(part, typeof part === 'string' ? 'latin1' : undefined);
  });
}

// The final answers in a stream, by their Content-Length; interim ones (1xx) are listed too.
export function answersIn(text) {
  const answers = [];
  while (text.startsWith('HTTP/1.1 ')) {
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) break;
    const head = text.slice(0, end);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    answers.push({ status: Number(head.slice(9, 12)), head, body: text.slice(end + 4, end + 4 + length) });
    text = text.slice(end + 4 + length);
  }
  return answers;
}

// A request's bytes; lines are header lines without their ends.
export const requestOf = (line, lines = [], body = '') =>
  [`${line} HTTP/1.1`, 'Host: 127.0.0.1', ...lines, '', body].join('\r\n');

// The same that closes the connection afterwards.
export const lastRequestOf = (line, lines = [], body = '') => requestOf(line, [...lines, 'Connection: close'], body);
