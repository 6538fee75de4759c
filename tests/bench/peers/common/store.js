// What the page and the dialog are and do, without a look: the same for each of the libraries, which show its state and call
// its functions. It asks the API of the proxy as our own page does, at the same moments and after the same pauses.
import { compact, findingsOf, isoDay } from './rules.js';
import { texts } from './texts.js';

const filterPause = 300, searchPause = 250, noticeTime = 8000;  // milliseconds, as web/app has them
const pageSize = 10;
const noFilters = { search: '', user: null, type: '', from: '', until: '', status: '' };
const none = { open: false, items: [], total: 0, loading: false };
const blank = {
  user: null, search: '', users: none, identity: '', serial: '', lookup: { state: '', of: '', answer: null }, picks: new Set(), business: false,
  password: '', secretKey: '', content: '', mode: 'textAndImage', image: null, sources: {}, defaults: null, left: new Set(), submitted: false,
  sending: false, question: '', problem: null, changed: false,
};

async function ask(method, path, body, headers) {
  const response = await fetch('/api/v1/' + path, {
    method, cache: 'no-store', credentials: 'same-origin', body: body && JSON.stringify(body),
    headers: { Accept: 'application/json', 'Accept-Language': 'en', 'X-Requested-With': 'smartca', ...(body && { 'Content-Type': 'application/json' }), ...headers },
  });
  const answer = response.status === 204 ? null : await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.title), { problem: answer });
  return answer;
}

async function imageAt(path, name) {
  const response = await fetch('/api/v1/' + path, { headers: { 'X-Requested-With': 'smartca' } });
  return imageOf(await response.blob(), name);
}

async function imageOf(blob, name) {
  const { width, height } = await createImageBitmap(blob);
  return { blob, name, width, height, bytes: blob.size, url: URL.createObjectURL(blob) };
}

const base64Of = (blob) => new Promise((done) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result.split(',')[1]);
  reader.readAsDataURL(blob);
});

export function createStore() {
  let state = {
    list: { page: 1, items: [], total: 0, all: 0, users: 0, loading: true, failed: '' }, filters: noFilters, filterUsers: none, dialog: null, notice: '', removing: null,
  };
  const listeners = new Set();
  const timers = {};
  let listTurn = 0, lookupTurn = 0, usersTurn = 0;
  const set = (change) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const setList = (change) => set({ list: { ...state.list, ...change } });
  const setDialog = (change) => state.dialog && set({ dialog: { ...state.dialog, ...change } });
  const after = (name, pause, run) => {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(run, pause);
  };
  const say = (notice) => {
    set({ notice });
    after('notice', noticeTime, () => set({ notice: '' }));
  };
  const told = (error) => error.problem?.title ?? texts.noConnection;

  async function loadList(page = state.list.page) {
    const turn = ++listTurn;
    setList({ loading: true, failed: '' });
    const { search, user, type, from, until, status } = state.filters;
    const query = new URLSearchParams({ page, pageSize });
    for (const [name, value] of Object.entries({
      search: search.trim(), userId: user?.id, type, validFrom: isoDay(from), validTo: isoDay(until), status,
    })) if (value) query.set(name, value);
    try {
      const answer = await ask('GET', 'certificates?' + query);
      if (turn === listTurn)
        setList({ page: answer.page, items: answer.items, total: answer.totalCount, all: answer.allCount, users: answer.userCount, loading: false });
    } catch (error) {
      if (turn === listTurn) setList({ loading: false, failed: told(error) });
    }
  }

  async function loadUsers(search, put) {
    const turn = ++usersTurn;
    put({ loading: true });
    const answer = await ask('GET', 'users?' + new URLSearchParams({ search, page: 1, pageSize: 10 })).catch(() => ({ items: [], allCount: 0, totalCount: 0 }));
    if (turn === usersTurn) put({ items: answer.items, total: answer.totalCount, all: answer.allCount, loading: false });
  }

  async function loadDefaults(user) {
    const answer = await ask('GET', user ? 'defaults?userId=' + user.id : 'defaults').catch(() => null);
    if (!answer || state.dialog?.user !== user) return;
    const { company, user: own } = answer;
    const sources = {}, change = {};
    const choose = (field, key) => {
      if (state.dialog.sources[field] === 'edited') return void (sources[field] = 'edited');
      sources[field] = own?.[key] !== undefined ? 'fromUser' : company[key] !== undefined ? 'fromCompany' : 'builtIn';
      return own?.[key] ?? company[key];
    };
    const content = choose('content', 'signatureText'), mode = choose('mode', 'displayMode'), image = choose('image', 'signatureImage');
    if (content !== undefined) change.content = content.replace(/\r\n/g, '\n');
    if (mode !== undefined) change.mode = mode;
    setDialog({ defaults: answer, sources, ...change });
    if (image) {
      const picture = await imageAt(image.path, image.name).catch(() => null);
      if (state.dialog?.user === user && state.dialog.sources.image !== 'edited') setDialog({ image: picture });
    }
  }

  async function lookUp() {
    const { identity, user } = state.dialog;
    const turn = ++lookupTurn;
    setDialog({ lookup: { state: 'asking', of: compact(identity), answer: null }, picks: new Set(), problem: null });
    try {
      const answer = await ask('POST', 'lookups', { identity, ...(user && { userId: user.id }) });
      if (turn !== lookupTurn || !state.dialog) return;
      const good = answer.certificates.filter((one) => one.status === 'active' && !one.onList && one.commonName === state.dialog.user?.name);
      setDialog({ lookup: { state: 'found', of: compact(identity), answer }, picks: new Set(good.length === 1 ? [good[0].serial] : []) });
    } catch (error) {
      if (turn === lookupTurn) setDialog({ lookup: { state: 'failed', of: '', answer: null }, problem: told(error) });
    }
  }

  async function send() {
    const { user, identity, picks, business, password, secretKey, content, mode, image, sources } = state.dialog;
    setDialog({ sending: true, question: '', problem: null });
    try {
      const draft = {
        userId: user.id, identity, serials: [...picks], agreed: ['unusable'], businessAccount: business ? { password, secretKey } : null, signatureText: content, displayMode: mode,
        ...(image && sources.image === 'edited' && { signatureImage: { name: image.name, mediaType: image.blob.type, data: await base64Of(image.blob) } }),
      };
      const answer = await ask('POST', 'certificates', draft, { 'Idempotency-Key': crypto.randomUUID() });
      set({ dialog: null });
      say(texts.created(answer.added.length));
      loadList(1);
    } catch (error) {
      setDialog({ sending: false, problem: told(error) });
    }
  }

  const actions = {
    start() {
      ask('GET', 'session').catch(() => {});
      loadList(1);
    },
    goTo: loadList,
    filter(name, value) {
      set({ filters: { ...state.filters, [name]: value } });
      after('filter', /search|from|until/.test(name) ? filterPause : 0, () => loadList(1));
    },
    resetFilters() {
      set({ filters: noFilters });
      loadList(1);
    },
    searchFilterUsers: (search) => after('filterUsers', searchPause, () => loadUsers(search, (change) => set({ filterUsers: { ...state.filterUsers, ...change } }))),
    async setDefault(row) {
      await ask('PATCH', 'certificates/' + row.id, { isDefault: true });
      say(texts.defaultSet(row.name, row.userName));
      loadList();
    },
    askRemove: (row) => set({ removing: row }),
    async remove() {
      const row = state.removing;
      await ask('DELETE', 'certificates/' + row.id);
      set({ removing: null });
      say(texts.removed(row.name));
      loadList();
    },
    copy: (text) => navigator.clipboard?.writeText(text),

    open() {
      set({ dialog: blank });
      loadDefaults(null);
    },
    close() {
      if (state.dialog.question || !state.dialog.changed) return actions.discard();
      setDialog({ question: 'discard' });
    },
    discard() {
      set({ dialog: null });
    },
    answerNo: () => setDialog({ question: '' }),
    answerYes: () => (state.dialog.question === 'discard' ? actions.discard() : send()),

    searchUsers(search) {
      setDialog({ search, user: null, changed: true, users: { ...state.dialog.users, open: true } });
      after('users', searchPause, () => state.dialog && loadUsers(search, (change) => setDialog({ users: { ...state.dialog?.users, ...change } })));
    },
    chooseUser(user) {
      setDialog({ user, search: user?.name ?? '', changed: true, users: none });
      if (user) loadDefaults(user);
    },
    put(field, value) {
      const sources = field in state.dialog.sources ? { ...state.dialog.sources, [field]: 'edited' } : state.dialog.sources;
      setDialog({ [field]: value, sources, changed: true, ...(field === 'identity' && { lookup: blank.lookup, picks: new Set() }) });
    },
    leave(field) {
      setDialog({ left: new Set(state.dialog.left).add(field) });
      const number = compact(state.dialog.identity);
      if (field === 'identity' && number && !findingsOf(state.dialog).identity && state.dialog.lookup.of !== number) lookUp();
    },
    lookUp,
    tick(serial, ticked) {
      const picks = new Set(state.dialog.picks);
      if (ticked) picks.add(serial);
      else picks.delete(serial);
      setDialog({ picks, changed: true });
    },
    tickAll: (ticked) => setDialog({ picks: new Set(ticked ? state.dialog.lookup.answer.certificates.filter((one) => !one.onList).map((one) => one.serial) : []), changed: true }),
    async putImage(file) {
      const image = await imageOf(file, file.name).catch(() => null);
      if (image) actions.put('image', image);
      else setDialog({ problem: texts.rules.notImage });
    },
    resetImage() {
      setDialog({ image: null, sources: { ...state.dialog.sources, image: '' } });
      loadDefaults(state.dialog.user);
    },
    // What stops it, by the name of the first field; '' where it goes on.
    submit() {
      const findings = findingsOf(state.dialog);
      setDialog({ submitted: true });
      const first = Object.keys(findings).find((field) => findings[field].severity === 'error');
      if (first) return first;
      const { lookup, picks, user } = state.dialog;
      if (lookup.state !== 'found') lookUp();
      else if (picks.size > 0) {
        const others = lookup.answer.certificates.filter((one) => picks.has(one.serial) && one.commonName !== user.name);
        if (others.length > 0) setDialog({ question: 'others', others: others.length });
        else send();
      }
      return '';
    },
  };
  return { get: () => state, subscribe: (listener) => (listeners.add(listener), () => listeners.delete(listener)), ...actions };
}

// What is said at the fields now: of those that were left, or of all once it was sent.
export function shownFindings(dialog) {
  const findings = findingsOf(dialog);
  if (dialog.submitted) return findings;
  return Object.fromEntries(Object.entries(findings).filter(([field, { severity }]) =>
    dialog.left.has(field) && (severity === 'warning' || dialog[field] || field === 'user') || (field === 'content' && dialog.sources.content === 'edited')));
}
