// A screen without a monitor, for a browser that cannot run without one.
//
//   const screen = await openScreen();
//   spawn('browser', { env: { ...process.env, ...screen.environment } });
//   await screen.close();
import { spawn } from 'node:child_process';
import { once } from 'node:events';

// A process that ends with this one. Where `ready` is given, it is called with all that was written `from` there, until it gives
// something, which is the result's `said`.
export async function startProcess(command, args, { ready, from = 'stdout', ...options }) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe', 'pipe'], ...options });
  const kill = () => child.kill('SIGKILL');
  process.on('exit', kill);
  const streams = { stdout: child.stdio[1], stderr: child.stdio[2], descriptor: child.stdio[3] };
  let all = '';
  const said = await new Promise((done, fail) => {
    child.once('error', fail);
    child.once('spawn', () => ready || done());
    child.once('exit', (code, signal) => fail(new Error(`${command} ended with ${code ?? signal}:\n${all}`)));
    for (const [name, stream] of Object.entries(streams))
      stream.setEncoding('utf8').on('data', (text) => {
        all += text;
        const found = name === from && ready?.(all);
        if (found) done(found);
      });
  });
  return {
    said, child,
    async close() {
      process.off('exit', kill);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

export async function openScreen({ width = 1600, height = 1200 } = {}) {
  const server = await startProcess('Xvfb', ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'],
    { from: 'descriptor', ready: (all) => /(\d+)\n/.exec(all)?.[1] });
  return { environment: { DISPLAY: `:${server.said}` }, close: () => server.close() };
}
