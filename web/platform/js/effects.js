// What the program asks others to do: requests (by web/element/api.js), timers, one-time codes, the person's choices.
const methods = ['GET', 'POST', 'PATCH', 'DELETE'];  // app::Method

class Requests {
  constructor(host) {
    this.host = host;
    this.controllers = new Map();
  }

  async send(number, method, path, body, key, timeout) {
    // What the element has sent already, while the program was on its way.
    const sent = this.host.sent[path];
    delete this.host.sent[path];
    const controller = sent?.['controller'] ?? new AbortController();
    this.controllers.set(number, controller);
    const { status, bytes, requestId, asked } =
      await (sent?.['answer'] ?? this.host.api.send(path, { method: methods[method], body, key, timeout, controller }));
    this.host.hand.afterPress(() => {
      if (this.controllers.get(number) !== controller) return;  // cancelled
      this.controllers.delete(number);
      this.host.requestId = requestId;
      lend([bytes], (pointer, length) => _smartca_answered(this.host.program, number, status, pointer, length,
        Math.ceil((performance.now() - asked) / 1000)));
      this.host.requestId = null;
      this.host.settle();
    });
  }

  cancel(number) {
    const controller = this.controllers.get(number);
    this.controllers.delete(number);
    controller?.abort();
  }

  close() {
    for (const number of [...this.controllers.keys()]) this.cancel(number);
  }
}

class Timers {
  constructor(host) {
    this.host = host;
    this.running = new Map();
  }

  start(timer, milliseconds) {
    this.stop(timer);
    const timeout = setTimeout(() => this.host.hand.afterPress(() => {
      if (this.running.get(timer)?.timeout !== timeout) return;  // stopped
      this.running.delete(timer);
      this.host.reason = 'timer';
      _smartca_timer_fired(this.host.program, timer);
    }), milliseconds);
    this.running.set(timer, { timeout, pause: milliseconds < 1000 });
  }

  stop(timer) {
    clearTimeout(this.running.get(timer)?.timeout);
    this.running.delete(timer);
  }

  // Whether the program waits for the typing to pause; notices and countdowns run beside everything else.
  get pausing() {
    return [...this.running.values()].some((timer) => timer.pause);
  }

  close() {
    for (const timer of [...this.running.keys()]) this.stop(timer);
  }
}

// RFC 6238 with SHA-1, 30 seconds and 6 digits, by WebCrypto; no code where that is missing (pages without TLS).
async function timeBasedCode(key, now) {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(now / 30000)));
  const hmac = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
  const digest = new DataView(await crypto.subtle.sign('HMAC', hmac, counter.buffer));
  const number = digest.getUint32(digest.getUint8(19) & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, '0');
}

// `ahead`: seconds that this computer's clock is behind the proxy's.
async function computeCode(host, key, ahead) {
  const now = Date.now() + 1000 * ahead;
  let code = '';
  try {
    code = await timeBasedCode(key, now);
  } catch {
    // An unusable key, or no WebCrypto: the program shows no code.
  }
  key.fill(0);
  if (!host.program) return;
  const seconds = 30 - Math.floor(now / 1000) % 30;
  lend([code], (pointer, length) => _smartca_code_computed(host.program, pointer, length, seconds));
}

// Pages without TLS have no clipboard to write to; there the older way is taken.
async function copyText(host, text) {
  let copied = false;
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      copied = true;
    } else {
      copied = copyBySelection(host, text);
    }
  } catch {
    // Refused by the page's policy or the person: the program says so.
  }
  host.hand.afterPress(() => _smartca_copied(host.program, copied));
}

function copyBySelection(host, text) {
  const field = document.createElement('textarea');
  field.className = 'announcer';
  field.value = text;
  let copied = false;
  host.focus.keep(() => {
    host.root.append(field);
    field.select();
    copied = document.execCommand('copy');
    field.remove();
  });
  return copied;
}

// The person's choice of language, theme and painting. A browser may have no storage, or refuse it.
function remember(choice) {
  try {
    localStorage.setItem(rememberedKey, JSON.stringify(Object.assign(remembered(), choice)));
  } catch {
    // Then the next visit starts from the page's own settings.
  }
}

// Milliseconds after which words are past: whoever reads on would take them for what is so now.
const announcedFor = 20_000;

// Says things to assistive technology: one region for each politeness, always there, so that it is listened to.
class Announcer {
  constructor(root) {
    this.regions = ['status', 'alert'].map((role) => {
      const region = document.createElement('div');
      region.className = 'announcer';
      region.setAttribute('role', role);
      root.append(region);
      return region;
    });
  }

  // The same words a second time must differ, or they stay silent: an invisible space is added or left out. What the other
  // region says is past then, but for an outcome. `politeness` is app::Politeness.
  say(text, politeness) {
    const alerts = politeness === 1;
    if (!alerts || !this.hasOutcome) this.regions[alerts ? 0 : 1].textContent = '';
    if (!alerts) this.hasOutcome = politeness === 2;
    const region = this.regions[alerts ? 1 : 0];
    region.textContent = text && region.textContent === text ? text + '\u00a0' : text;
    clearTimeout(this.ending);
    this.ending = setTimeout(() => { for (const each of this.regions) each.textContent = ''; }, announcedFor);
  }
}
