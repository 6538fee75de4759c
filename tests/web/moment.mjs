// The real programs at one fixed moment, so that validity dates and "20 days left" are the same in every picture.
import { startStack } from '../scenario/harness.mjs';
import { dist } from './browser.mjs';

export const moment = '2026-11-22T08:04:00Z';  // 15:04 in Vietnam

// libfaketime stops the clock of the sandbox and the proxy; monotonic time, by which they wait, stays real.
export async function startStackAt(now, options = {}) {
  const before = { ...process.env };
  Object.assign(process.env, {
    LD_PRELOAD: '/usr/$LIB/faketime/libfaketime.so.1',
    FAKETIME: `${now.slice(0, 10)} ${now.slice(11, 19)}`, FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_NO_CACHE: '1', TZ: 'UTC',
  });
  try {
    return await startStack({ staticDirectory: dist, ...options });
  } finally {
    for (const name of ['LD_PRELOAD', 'FAKETIME', 'FAKETIME_DONT_FAKE_MONOTONIC', 'FAKETIME_NO_CACHE', 'TZ']) {
      if (name in before) process.env[name] = before[name];
      else delete process.env[name];
    }
  }
}
