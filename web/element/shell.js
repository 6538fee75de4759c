// What is seen while the program is on its way, and where it does not come: plain elements, in the place of the form.
const shellWords = {
  vi: {
    loading: 'Đang tải…', cancel: 'Hủy', close: 'Đóng', again: 'Thử lại',
    notLoaded: 'Không tải được biểu mẫu. Hãy kiểm tra kết nối rồi thử lại.',
    gone: 'Biểu mẫu có thể vừa được cập nhật. Hãy tải lại trang.',
    noWebAssembly: 'Biểu mẫu cần WebAssembly, nhưng trình duyệt này đã tắt.',
    blockedByPolicy: 'Chính sách bảo mật của trang này không cho biểu mẫu chạy. Hãy báo cho người quản trị trang.',
    versionMismatch: 'Biểu mẫu gồm các tệp khác phiên bản. Hãy tải lại trang.',
    proxyIsOlder: 'Máy chủ chứng thư số cũ hơn trang này và cần được cập nhật. Hãy báo cho người quản trị.',
    pageIsOlder: 'Trang này cũ hơn máy chủ chứng thư số. Hãy tải lại trang; nếu vẫn vậy, hãy báo cho người quản trị.',
    notAllowed: 'Bạn không có quyền làm việc này tại đây.',
    badConfiguration: 'Biểu mẫu được nhúng vào trang này chưa đúng. Hãy báo cho người quản trị trang.',
  },
  en: {
    loading: 'Loading…', cancel: 'Cancel', close: 'Close', again: 'Try again',
    notLoaded: 'The form could not be loaded. Check the connection, then try again.',
    gone: 'The form may have been updated. Reload the page.',
    noWebAssembly: 'The form needs WebAssembly, which this browser has turned off.',
    blockedByPolicy: 'The security policy of this page does not let the form run. Tell whoever manages the page.',
    versionMismatch: 'The files of the form are of different versions. Reload the page.',
    proxyIsOlder: 'The certificate server is older than this page and has to be updated. Tell whoever manages it.',
    pageIsOlder: 'This page is older than the certificate server. Reload it; if that changes nothing, tell whoever manages it.',
    notAllowed: 'You are not allowed to do this here.',
    badConfiguration: 'The form is not embedded correctly in this page. Tell whoever manages the page.',
  },
};

// The language that a tag begins with, or the first: the same rule as localeOfTag() of shared/message.h.
const languages = Object.keys(shellWords);
const languageOf = (tag) => languages.find((language) => tag.slice(0, 2).toLowerCase() === language) ?? languages[0];

// In the colours of the form that stood there, which are the portal's; before it in the system's.
const shellColors = ['surface', 'text', 'line-strong', 'accent', 'on-accent'].map((name) => '--c-' + name);
const shellStyle = `
  .shell { all: initial; direction: ltr; visibility: inherit; position: absolute; inset: 0; display: grid; place-content: safe center; overflow: auto;
    font: 14px/20px var(--smartca-font, system-ui, sans-serif); --radius: min(12px, var(--smartca-radius, 8px)); }
  .shell.waits { animation: shell 0s .3s backwards; }
  @keyframes shell { from { opacity: 0; } }
  .shell > div { box-sizing: border-box; width: min(420px, 100vw - 32px); padding: 24px; border: 1px solid transparent;
    border-radius: calc(2 * var(--radius)); color: var(--c-text, CanvasText); background: var(--c-surface, Canvas); }
  dialog .shell { background: #18212b73; }
  dialog .shell > div { box-shadow: 0 8px 40px #0006; }
  .shell p { margin: 0 0 16px; white-space: pre-line; overflow-wrap: anywhere; }
  .shell small { display: block; margin: -8px 0 16px; overflow-wrap: anywhere; opacity: .7; }
  .shell .spinner { width: 24px; height: 24px; margin: 0 auto 12px; border: 3px solid; border-right-color: transparent; border-radius: 50%;
    animation: spin 1s linear infinite; }
  .shell .spinner + p { text-align: center; }
  .shell footer { display: flex; gap: 8px; justify-content: flex-end; }
  .shell button { font: 600 14px/20px var(--smartca-font, system-ui, sans-serif); padding: 7px 16px; color: inherit; background: none;
    border: 1px solid var(--c-line-strong, ButtonBorder); border-radius: var(--radius); }
  .shell .primary { color: var(--c-on-accent, ButtonText); background: var(--c-accent, ButtonFace);
    border-color: transparent; }
  .shell button:focus-visible { outline: 2px solid var(--c-accent, Highlight); outline-offset: 2px; }
  @media (pointer: coarse) { .shell button { padding-block: 11px; } }
  @keyframes spin { to { rotate: 1turn; } }
  @media (prefers-reduced-motion: reduce) { .shell .spinner { animation-duration: 6s; } }`;

// Shows a paragraph in `root`, in place of what is there, or over it. `words` is a key of the above, or a sentence; `buttons` are [key of its words, function]; the first one takes the
// focus where the person has opened this and is not just reading the page around it.
function showShell(root, { language, theme, words, detail, spins, buttons, focuses, isOver }) {
  const make = (tag, text = '') => Object.assign(document.createElement(tag), { textContent: text });
  const said = shellWords[language];
  const box = make('div');
  if (spins) box.append(Object.assign(make('div'), { className: 'spinner' }));
  const paragraph = make('p', said[words] ?? words);
  paragraph.setAttribute('role', detail ? 'alert' : 'status');
  box.append(paragraph);
  if (detail) box.append(make('small', detail));
  const foot = make('footer');
  for (const [key, act] of buttons) {
    const button = Object.assign(make('button', said[key]), { type: 'button', className: spins || foot.firstChild ? '' : 'primary' });
    // Not by the second half of a press, or by a key that is held, which were meant for what stood here before.
    button.addEventListener('click', ({ detail }) => { if (detail < 2) act(); });
    button.addEventListener('keydown', (event) => { if (event.repeat && event.key === 'Enter') event.preventDefault(); });
    foot.append(button);
  }
  if (buttons.length) box.append(foot);
  const shell = Object.assign(make('div'), { className: spins ? 'shell waits' : 'shell', lang: language });
  const before = root.querySelector('.stage, .shell')?.style;
  shell.style.colorScheme = theme || before?.colorScheme || 'light dark';
  if (before?.colorScheme === shell.style.colorScheme)
    for (const name of shellColors) shell.style.setProperty(name, before.getPropertyValue(name));
  shell.append(box);
  root.setAttribute?.('aria-label', paragraph.textContent);  // a <dialog> wants a name
  hideShell(root);
  for (const child of root.children) child.inert = isOver;
  root.replaceChildren(...(isOver ? root.childNodes : []), shell);
  if (focuses) foot.firstChild.focus();
}

function hideShell(root) {
  root.querySelector('.shell')?.remove();
  for (const child of root.children) child.inert = false;
}
