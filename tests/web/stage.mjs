// The real programs and a browser for the tests of one file; stopped after the last of them.
//
//   const { stack, browser } = await openStage();               // with the options of startStack()
//   const { stack, browser } = await openStage({ now: moment }); // at a time that stands still
//   const { stack, browser } = await openStage({ theme: 'dark' });  // of a browser whose pages cannot have one each
import { after } from 'node:test';
import { startStack } from '../scenario/harness.mjs';
import { dist, openBrowser } from './browser.mjs';
import { startStackAt } from './moment.mjs';

export async function openStage({ now, theme, ...options } = {}) {
  const browser = await openBrowser({ theme });  // ends with this process if the programs do not start
  const stack = await (now ? startStackAt(now, options) : startStack({ staticDirectory: dist, ...options }));
  after(async () => {
    await browser.close();
    await stack.stop();
  });
  return { stack, browser };
}
