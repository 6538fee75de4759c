// A real input method on a screen of its own: ibus with Unikey, and a keyboard whose keys go through it.
//
//   const desk = await openDesk('telex');
//   const browser = await openBrowser({ screen: desk.screen });
//   await desk.type('tieengs Vieetj ');
//   await desk.close();
//
// Everything has folders and buses of its own, so nothing of the person's who runs this is read or changed.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../scenario/harness.mjs';
import { openScreen, startProcess } from './screen.mjs';

const run = promisify(execFile);
const keyPause = 12;  // milliseconds from key to key: a very fast typist

// `method`: 'telex' or 'vni'.
export async function openDesk(method) {
  const folder = await mkdtemp(join(tmpdir(), 'smartca-desk-'));
  const screen = await openScreen();
  Object.assign(screen.environment, {
    HOME: folder, XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder, XDG_RUNTIME_DIR: folder,
    GSETTINGS_BACKEND: 'keyfile', GTK_IM_MODULE: 'ibus', XMODIFIERS: '@im=ibus', LC_ALL: 'C.UTF-8',
  });
  await mkdir(join(folder, 'glib-2.0/settings'), { recursive: true });
  await writeFile(join(folder, 'glib-2.0/settings/keyfile'), `[org/freedesktop/ibus/engine/unikey]\ninput-method='${method}'\n`);
  const options = () => ({ env: { ...process.env, ...screen.environment } });
  const bus = await startProcess('dbus-daemon', ['--session', '--nofork', '--print-address'],
    { ...options(), ready: (all) => /^(unix:.*)\n/.exec(all)?.[1] });
  screen.environment.DBUS_SESSION_BUS_ADDRESS = bus.said;
  const daemon = await startProcess('ibus-daemon', ['--panel=disable', '--config=disable', '--emoji-extension=disable', '--xim'], options());
  const ibus = (...args) => run('ibus', args, options()).then(({ stdout }) => stdout.trim(), () => '');
  await until(async () => {
    await ibus('engine', 'Unikey');
    return (await ibus('engine')) === 'Unikey';
  });
  return {
    screen,
    // Without a window manager nobody gives the browser's window the focus.
    async focusWindow() {
      const { stdout } = await run('xdotool', ['search', '--sync', '--onlyvisible', '--name', 'SmartCA'], options());
      await run('xdotool', ['windowfocus', '--sync', stdout.trim().split('\n').at(-1)], options());
    },
    type: (keys) => run('xdotool', ['type', '--delay', String(keyPause), keys], options()),
    press: (key) => run('xdotool', ['key', key], options()),
    async close() {
      for (const one of [daemon, bus, screen]) await one.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
