// Debian's WebKitGTK, the nearest to Safari that can be had there: its MiniBrowser, driven over WebDriver on a screen without
// a monitor. As much of Playwright's browser as openBrowser() asks for.
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { until } from '../scenario/harness.mjs';
import { openScreen, startProcess } from './screen.mjs';
import { Context, Session } from './webdriver.mjs';

const miniBrowser = () => readdirSync('/usr/lib').map((machine) => `/usr/lib/${machine}/webkit2gtk-4.1/MiniBrowser`).find(existsSync);

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

export async function launchWebKit({ screen: given }) {
  // A driver for each context: the browser that it starts has the driver's language and scale.
  const open = async ({ viewport, deviceScaleFactor, locale, colorScheme, timezoneId }) => {
    // Without a window manager the window under the pointer has the focus. The pointer is in the middle of the screen, so the
    // window is to be all of it.
    const screen = given ?? await openScreen({ width: viewport.width * deviceScaleFactor, height: viewport.height * deviceScaleFactor });
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    const driver = await startProcess('WebKitWebDriver', ['-p', String(port)], {
      env: {
        ...process.env, ...screen.environment, TZ: timezoneId, LC_ALL: `${locale.replace('-', '_')}.UTF-8`,
        // Its sandbox needs namespaces that a container does not give.
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', LIBGL_ALWAYS_SOFTWARE: '1', GDK_SCALE: String(deviceScaleFactor),
      },
    });
    await until(() => fetch(`${address}/status`).then((answer) => answer.ok, () => false));
    const session = await Session.open(address, {
      'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation', '--full-screen', ...(colorScheme === 'dark' ? ['--dark-mode'] : [])] },
    }, async () => {
      await driver.close();
      if (!given) await screen.close();
    });
    await session.call('POST', 'window/rect', { x: 0, y: 0, ...viewport });
    return session;
  };
  const contexts = new Set();
  const browser = {
    browserType: () => ({ name: () => 'webkit' }),
    version: () => 'WebKitGTK',
    async newContext(options) {
      const context = new Context(browser, await open(options), () => contexts.delete(context));
      contexts.add(context);
      return context;
    },
    async close() {
      for (const context of [...contexts]) await context.close();
    },
  };
  return browser;
}
