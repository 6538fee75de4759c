// Requests to the proxy, in the name of whoever sits here. When their session is over, the portal's `fetchToken` is asked for
// a new token, and the request goes on by itself.
const longestAnswer = 16 << 20;  // many times the proxy's longest; a server in its place cannot fill the memory
const longestWait = 30_000;  // milliseconds
const longestLogIn = 120_000;  // the person may type a password and a code meanwhile; a token that comes later still counts
const apiVersion = 1;  // kApiVersion of shared/api.h

async function bytesOf(response) {
  const reader = response.body?.getReader();
  const parts = [];
  for (let size = 0; reader;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
    if (size > longestAnswer) throw new RangeError('the answer is too long');
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

const noAnswer = { status: 0, bytes: new Uint8Array(), requestId: null };
const notSignedIn = new TextEncoder().encode('{"code":"unauthorized"}');

// Why the caller counts as not signed in, as `fetchToken` is told it; empty: they do not. The proxy itself never redirects and
// sends no HTML: a log-in filter before it does.
function turnedAway(response, type) {
  if (response.type === 'opaqueredirect') return 'redirect';
  if (/^text\/html\b/i.test(type) && (response.ok || response.status === 401 || response.status === 403)) return 'loginPage';
  return response.status === 401 ? 'unauthorized' : '';
}

class Api {
  #token = '';
  #renewal = null;
  #isTold = false;  // that the session is over
  #isOurs = false;  // our API has answered here

  // `options`: base, language, needs (the rights without which there is nothing to do), fetchToken() as the portal has it by now (or null), and what is told: onUnauthorized(detail), onMismatch(error),
  // onMisconfigured(message), onRenewed() (there is another token than the one before).
  constructor(options) {
    this.options = options;
    this.language = options.language;
  }

  // {status, bytes, type, requestId, asked: when, by performance.now()}. Never throws: 0 is the status where no answer came. `controller` gives it up.
  async send(path, options) {
    try {
      if (!this.#token && this.options.fetchToken() && !await this.#renew('start', '')) return this.#refused('start', noAnswer);
      for (let attempt = 1, isHidden = false; ; attempt++) {
        const token = this.#token;
        const answer = await this.#ask(path, options);
        if (path === 'session') this.#look(answer);
        // A create that a page stands in place of may have been carried out, as where a server in between hides that the proxy is
        // gone; its key tells.
        isHidden ||= answer.why && answer.status !== 401 && answer.status !== 403;
        // A log-in filter turns every request away with its page; what a firewall puts in one answer's place tells nothing of
        // the session, nor of what became of the request.
        if (!answer.why || (answer.why !== 'unauthorized' && path !== 'session' && !(await this.#ask('session')).why)) {
          this.#isTold = false;
          return answer;
        }
        if (attempt === 1 && (token !== this.#token || await this.#renew(answer.why, token))) continue;
        const refused = this.#refused(answer.why, answer);
        return isHidden && options?.method === 'POST' && path === 'certificates' ? noAnswer : refused;
      }
    } catch {
      return noAnswer;  // offline, refused, cut off, endless, timed out or given up
    }
  }

  // Said in the API's own words, whoever has said it, so that the form says it as such. The portal is told once.
  #refused(reason, answer) {
    if (!this.#isTold) this.options.onUnauthorized({ reason, requestId: answer.requestId });
    this.#isTold = true;
    return { ...answer, status: 401, bytes: notSignedIn };
  }

  async #ask(path, { method = 'GET', body, key, accept = 'application/json', timeout = longestWait, controller = new AbortController() } = {}) {
    const headers = { Accept: accept, 'Accept-Language': this.language, 'X-Requested-With': 'smartca' };
    if (body) headers['Content-Type'] = 'application/json';
    if (key) headers['Idempotency-Key'] = key;
    if (this.#token) headers.Authorization = 'Bearer ' + this.#token;
    const timer = setTimeout(() => controller.abort(), timeout);
    const asked = performance.now();
    try {
      const response = await fetch(this.options.base + path, {
        method, headers, body: body || undefined, signal: controller.signal, credentials: 'same-origin', cache: 'no-store', redirect: 'manual',
      });
      const type = response.headers.get('Content-Type') ?? '';
      return {
        why: turnedAway(response, type), type, asked, status: response.status, bytes: await bytesOf(response), isJson: /\bjson\b/.test(type),
        requestId: response.headers.get('X-Request-Id'),
      };
    } catch (error) {
      controller.abort();  // an answer that is too long is not read on
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  // One call at a time, however many requests want it. Whether there is another token now.
  async #renew(reason, before) {
    const fetchToken = this.options.fetchToken();
    if (!fetchToken) return false;
    const tooLong = (_, reject) => setTimeout(reject, longestLogIn, new Error('fetchToken takes too long'));
    this.#renewal ??= Promise.race([new Promise(tooLong), Promise.resolve().then(() => fetchToken(reason)).then((token) => {
      const given = token?.trim?.() ?? '';
      // Where the portal's session is over that may be its log-in page, with which no request could be sent at all.
      if (!/^[!-~]+$/.test(given)) throw new TypeError('fetchToken gave no token');
      const isAnother = this.#token && given !== this.#token;
      this.#token = given;
      if (isAnother) this.options.onRenewed();
    })]).catch((error) => console.error(error)).finally(() => { this.#renewal = null; });
    await this.#renewal;
    return this.#token !== before;
  }

  // Whether that is our API, and of our version.
  #look({ status, bytes, isJson, why, type, requestId }) {
    // A page for a browser at the very first look is a log-in filter's, or that of a server which answers every address with its
    // own. Which of the two nobody can tell who gets no tokens: both are said.
    if (why && (why !== 'loginPage' || status !== 200 || this.#isOurs || this.options.fetchToken())) return;
    const where = `${this.options.base}session`;
    const answer = isJson && (status === 200 || status === 403) ? JSON.parse(new TextDecoder().decode(bytes)) : {};
    const tell = (code, message, words) => this.options.onMismatch(Object.assign(new Failure(code, `${where} ${message}`), { requestId, words }));
    // Of this path no right is asked: the page's origin is refused, or a token that is no page's.
    if (status === 403 && isJson) tell('badConfiguration', `refuses this page: ${answer.reason ?? answer.title}`);
    if (status !== 200 || !isJson) {
      if (status === 404 || (!isJson && status < 500)) this.options.onMisconfigured(`${where} answers ${status} ${type || 'without a type'}, which is not the API; see the attribute "api"`);
      return;
    }
    const isFirst = !this.#isOurs;
    this.#isOurs = true;
    const theirs = answer.apiVersion ?? 0;
    if (theirs !== apiVersion) {
      const older = theirs < apiVersion ? 'proxyIsOlder' : 'pageIsOlder';
      tell('versionMismatch', `speaks version ${theirs} of the API, smartca.js ${version} version ${apiVersion}: update the ${older === 'proxyIsOlder' ? 'proxy' : 'page'}`, older);
    }
    // Later it is the form's matter, which may hold what was entered, or a create that is still under way.
    const missing = this.options.needs.filter((right) => answer.may && !answer.may.includes(right));
    if (isFirst && missing.length) tell('notAllowed', `does not give: ${missing}`);
  }
}
