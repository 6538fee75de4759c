// The page with Lit and the browser's own elements: about the least that a page of this kind can be.
import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { live } from 'lit/directives/live.js';
import { compact, dayOf, isoDay, kindOf, previewOf } from '../common/rules.js';
import { createStore, shownFindings } from '../common/store.js';
import { texts } from '../common/texts.js';
import style from './style.css';

const store = createStore();
document.adoptedStyleSheets = [new CSSStyleSheet()];
document.adoptedStyleSheets[0].replaceSync(style);

const status = (one) => html`<span class="pill ${one.status}">${texts.statuses[one.status]}</span>`;
const options = (words, chosen) => [['', texts.all], ...Object.entries(words)].map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`);

class SmartcaPage extends LitElement {
  static properties = { state: { state: true }, menu: { state: true }, active: { state: true }, revealed: { state: true }, placeholders: { state: true } };

  constructor() {
    super();
    this.state = store.get();
    this.menu = 0;
    this.active = -1;
    this.revealed = '';
    store.subscribe(() => { this.state = store.get(); });
    store.start();
  }
  createRenderRoot() { return this; }

  updated() {
    for (const dialog of this.querySelectorAll('dialog:not([open])')) dialog.showModal();
  }

  row(row) {
    const act = (action) => () => {
      this.menu = 0;
      action(row);
    };
    return html`<tr>
      <th scope="row">${row.name} ${row.isDefault ? html`<span class="pill">${texts.isDefault}</span>` : nothing}<small>${row.userName}</small></th>
      <td class="mono">${row.identity}</td>
      <td class="mono">${row.serial} <button class="quiet" aria-label=${texts.copy(row.serial)} @click=${() => store.copy(row.serial)}>⧉</button></td>
      <td>${texts.types[row.type]}</td><td>${dayOf(row.validFrom)} – ${dayOf(row.validTo)}</td><td>${status(row)}</td>
      <td class="menu"><button class="quiet" aria-label=${texts.actionsFor(row.name)} aria-haspopup="menu" @click=${() => { this.menu = this.menu === row.id ? 0 : row.id; }}>⋯</button>
        ${this.menu === row.id ? html`<div role="menu">
          <button role="menuitem" ?disabled=${row.isDefault} @click=${act(store.setDefault)}>${texts.setDefault}</button>
          <button role="menuitem" @click=${act(store.askRemove)}>${texts.remove}</button></div>` : nothing}</td></tr>`;
  }

  filters({ filters, filterUsers }) {
    const put = (name) => (event) => store.filter(name, event.target.value);
    const day = (name, label) => html`<input placeholder=${label} aria-label=${label} .value=${live(filters[name])} aria-invalid=${!!filters[name] && !isoDay(filters[name])} @input=${put(name)}>`;
    const user = (event) => {
      const chosen = filterUsers.items.find(({ name }) => name === event.target.value);
      if (chosen || !event.target.value) store.filter('user', chosen ?? null);
      else store.searchFilterUsers(event.target.value);
    };
    return html`<div class="filters" role="group">
      <input type="search" placeholder=${texts.search} aria-label=${texts.search} .value=${live(filters.search)} @input=${put('search')}>
      <input list="users" placeholder="${texts.user}: ${texts.all}" aria-label=${texts.user} @input=${user}>
      <datalist id="users">${filterUsers.items.map(({ name }) => html`<option value=${name}></option>`)}</datalist>
      <select aria-label=${texts.type} @change=${put('type')}>${options(texts.types, filters.type)}</select>
      ${day('from', texts.from)} ${day('until', texts.until)}
      <select aria-label=${texts.status} @change=${put('status')}>${options(texts.statuses, filters.status)}</select>
      <button class="quiet" @click=${store.resetFilters}>${texts.reset}</button></div>`;
  }

  list({ list }) {
    const first = (list.page - 1) * 10 + 1;
    return html`${list.failed ? html`<p class="alert">${list.failed} <button @click=${() => store.goTo()}>${texts.tryAgain}</button></p>` : nothing}
      <table aria-busy=${list.loading}><thead><tr>${texts.columns.map((name) => html`<th>${name}</th>`)}</tr></thead>
        <tbody>${repeat(list.items, ({ id }) => id, (row) => this.row(row))}</tbody></table>
      ${!list.loading && list.items.length === 0 ? html`<p>${texts.noMatch}</p>` : nothing}
      <div class="pager">${list.total > 0 ? texts.range(first, first + list.items.length - 1, list.total) : ''}
        <button aria-label=${texts.previous} ?disabled=${list.page === 1} @click=${() => store.goTo(list.page - 1)}>‹</button>
        <button aria-label=${texts.next} ?disabled=${first + 9 >= list.total} @click=${() => store.goTo(list.page + 1)}>›</button></div>`;
  }

  field(dialog, findings, name, label, { type = 'text', placeholder = '', help = ' ', required = false, after = nothing } = {}) {
    const finding = findings[name];
    return html`<div class="field ${finding?.severity ?? ''}"><label for=${name}>${label}${required ? html` <i>*</i>` : nothing}</label>
      <span class="box"><input id=${name} name=${name} type=${type} autocomplete="off" placeholder=${placeholder} .value=${live(dialog[name])} aria-invalid=${finding?.severity === 'error'}
        aria-describedby="${name}-help" @input=${(event) => store.put(name, event.target.value)} @blur=${() => store.leave(name)}>${after}</span>
      <small id="${name}-help">${finding?.text ?? help}</small></div>`;
  }

  secret(dialog, findings, name, label, more) {
    const shown = this.revealed === name;
    return this.field(dialog, findings, name, label, {
      ...more, required: true, type: shown ? 'text' : 'password',
      after: html`<button type="button" class="quiet" @click=${() => { this.revealed = shown ? '' : name; }}>${shown ? texts.hide : texts.show}</button>`,
    });
  }

  userField({ user, users, search }, finding) {
    const open = users.open && search !== '';
    const key = (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) this.active = (this.active + step + users.items.length) % users.items.length;
      else if (event.key === 'Enter' && open && users.items[Math.max(0, this.active)]) store.chooseUser(users.items[Math.max(0, this.active)]);
      else return;
      event.preventDefault();
    };
    return html`<div class="field ${finding?.severity ?? ''}"><label for="user">${texts.user} <i>*</i></label>
      <span class="box"><input id="user" name="user" role="combobox" autofocus autocomplete="off" aria-expanded=${open} aria-controls="options" aria-activedescendant=${this.active < 0 ? nothing : `option${this.active}`}
        placeholder=${texts.userPlaceholder} .value=${live(search)} aria-invalid=${finding?.severity === 'error'} @keydown=${key} @blur=${() => store.leave('user')}
        @input=${(event) => { this.active = -1; store.searchUsers(event.target.value); }}></span>
      ${open ? html`<div id="options" role="listbox">
        ${users.items.map((one, i) => html`<div role="option" id="option${i}" aria-selected=${i === this.active} @mousedown=${() => store.chooseUser(one)}>
          <span>${one.name}<small>${one.code} · ${one.phone}</small></span><small>${texts.certificates(one.certificateCount)}</small></div>`)}
        <small>${users.items.length ? texts.usersMatch(users.items.length, users.all, search) : users.loading ? '' : texts.usersNone(search)}</small></div>` : nothing}
      <small>${finding?.text ?? ' '}</small></div>`;
  }

  found({ lookup, picks, user }) {
    if (lookup.state === 'asking') return html`<p>${texts.lookingUp}</p>`;
    if (!lookup.answer) return nothing;
    const { certificates } = lookup.answer;
    if (certificates.length === 0) return html`<p class="card">${texts.foundNone} ${texts.foundNoneAdvice}</p>`;
    const free = certificates.filter((one) => !one.onList);
    return html`<div class="card found" role="group" aria-label=${texts.found(certificates.length)}>
      <label><input type="checkbox" .checked=${live(picks.size > 0 && picks.size === free.length)} .indeterminate=${picks.size > 0 && picks.size < free.length}
        @change=${(event) => store.tickAll(event.target.checked)}><b>${texts.found(certificates.length)}</b><small>${texts.selected(picks.size)}</small></label>
      <div class="rows">${certificates.map((one) => html`<label><input type="checkbox" .checked=${live(picks.has(one.serial))} ?disabled=${one.onList}
          @change=${(event) => store.tick(one.serial, event.target.checked)}>
        <span><b>${one.commonName}</b> · ${one.serviceName}<br><span class="mono">${one.serial} · ${texts.validUntil(dayOf(one.validTo))}</span>
          ${one.onList ? html`<br>${texts.onList}` : nothing}${user && one.commonName !== user.name ? html`<br><small>⚠ ${texts.differs(user.name)}</small>` : nothing}</span>${status(one)}</label>`)}</div></div>`;
  }

  content(dialog, finding) {
    const insert = (words) => () => {
      const { selectionStart, selectionEnd } = this.querySelector('textarea');
      this.placeholders = false;
      store.put('content', dialog.content.slice(0, selectionStart) + words + dialog.content.slice(selectionEnd));
    };
    return html`<div class="field ${finding?.severity ?? ''}"><label for="content">${texts.content}</label>
      <button type="button" class="quiet insert" @click=${() => { this.placeholders = !this.placeholders; }}>{ } ${texts.insert}</button>
      ${this.placeholders ? html`<div role="menu">${texts.placeholders.map((words) => html`<button type="button" role="menuitem" @click=${insert(words)}>${words}</button>`)}</div>` : nothing}
      <textarea id="content" name="content" rows="4" placeholder=${texts.contentPlaceholder} .value=${live(dialog.content)} @input=${(event) => store.put('content', event.target.value)}
        @blur=${() => store.leave('content')}></textarea><small>${finding?.text ?? texts[dialog.sources.content] ?? ' '}</small></div>`;
  }

  preview(dialog, finding) {
    const { image } = dialog;
    return html`<aside><b>${texts.preview}</b><small>${texts.previewHelp}</small>
      <div class="card paper">${[0, 1, 2, 3, 4].map(() => html`<hr>`)}<div class="signature">
        ${image && dialog.mode !== 'textOnly' ? html`<img alt="" src=${image.url}>` : nothing}${dialog.mode !== 'imageOnly' ? html`<pre>${previewOf(dialog)}</pre>` : nothing}</div></div>
      <small>${texts.previewUser}</small><p><b>${texts.image}</b> · ${texts[dialog.sources.image]}</p>
      <div class="card image" @dragover=${(event) => event.preventDefault()} @drop=${(event) => { event.preventDefault(); store.putImage(event.dataTransfer.files[0]); }}>
        ${image ? html`<img alt="" src=${image.url}><span><b>${image.name}</b><small>${image.width} × ${image.height} · ${Math.round(image.bytes / 1024)} KB</small></span>`
          : html`<small>${texts.imageNone}. ${texts.imageHint}</small>`}</div><small>${finding?.text}</small>
      <label class="button">${image ? texts.replace : texts.choose}<input type="file" accept="image/png,image/jpeg" @change=${(event) => store.putImage(event.target.files[0])}></label>
      <button type="button" class="quiet" ?disabled=${dialog.sources.image !== 'edited'} aria-label=${texts.resetImage} @click=${store.resetImage}>${texts.reset}</button></aside>`;
  }

  question(title, text, no, yes, onNo = store.answerNo, onYes = store.answerYes) {
    return html`<dialog role="alertdialog" class="question" @cancel=${(event) => { event.preventDefault(); onNo(); }}><h2>${title}</h2><p>${text}</p>
      <footer><button type="button" autofocus @click=${onNo}>${no}</button><button type="button" class="primary" @click=${onYes}>${yes}</button></footer></dialog>`;
  }

  create(dialog) {
    const findings = shownFindings(dialog);
    const count = Object.values(findings).filter(({ severity }) => severity === 'error').length;
    const kind = kindOf(compact(dialog.identity));
    const submit = (event) => {
      event.preventDefault();
      const wrong = store.submit();
      if (wrong) this.querySelector('#' + wrong)?.focus();
    };
    const prospect = dialog.lookup.answer && dialog.user ? (dialog.picks.size > 0 ? texts.adds(dialog.picks.size, dialog.user.name) : texts.nothingTicked) : texts.required;
    return html`<dialog class="create" aria-labelledby="title" @cancel=${(event) => { event.preventDefault(); store.close(); }}><form novalidate @submit=${submit}>
      <header><h2 id="title">${texts.title}</h2><span>${texts.subtitle}</span><button type="button" class="quiet" aria-label=${texts.close} @click=${store.close}>✕</button></header>
      <div class="columns"><div class="fields">
        ${dialog.problem ? html`<p class="alert">${dialog.problem}</p>` : nothing}${this.userField(dialog, findings.user)}
        <div class="pair">${this.field(dialog, findings, 'identity', texts.identity, { required: true, placeholder: texts.identityPlaceholder, help: kind ? '✓ ' + texts.kinds[kind] : ' ' })}
          ${this.field(dialog, findings, 'serial', `${texts.serial} ${texts.optional}`, { placeholder: texts.serialPlaceholder,
            after: html`<button type="button" class="quiet" @click=${store.lookUp}>${texts.lookUp}</button>` })}</div>
        ${this.found(dialog)}
        <div class="card"><label class="switch"><span><b>${texts.business}</b><small>${texts.businessHelp}</small></span>
          <input type="checkbox" role="switch" .checked=${live(dialog.business)} @change=${(event) => store.put('business', event.target.checked)}></label>
          ${dialog.business ? html`<div class="pair">${this.secret(dialog, findings, 'password', texts.password, { placeholder: texts.passwordPlaceholder })}
            ${this.secret(dialog, findings, 'secretKey', texts.secretKey, { placeholder: texts.secretKeyPlaceholder, help: texts.secretKeyHelp })}</div>` : nothing}</div>
        ${this.content(dialog, findings.content)}
        <b>${texts.mode}</b><div class="segments" role="radiogroup">${Object.entries(texts.modes).map(([value, text]) => html`<label><input type="radio" name="mode" .checked=${live(dialog.mode === value)}
          @change=${() => store.put('mode', value)}>${text}</label>`)}</div></div>
        ${this.preview(dialog, findings.image)}</div>
      <footer><span class=${count ? 'error' : ''}>${count ? texts.attention(count) : prospect}</span><button type="button" @click=${store.close}>${texts.cancel}</button>
        <button class="primary" ?disabled=${dialog.sending}>${dialog.sending ? texts.creating : texts.create}</button></footer></form></dialog>
      ${dialog.question === 'discard' ? this.question(texts.discardTitle, texts.discardText, texts.keepEditing, texts.discard) : nothing}
      ${dialog.question === 'others' ? this.question(texts.othersTitle(dialog.others, dialog.user?.name), texts.othersText, texts.goBack, texts.withThem(dialog.others)) : nothing}`;
  }

  render() {
    const { list, dialog, notice, removing } = this.state;
    return html`<header class="top"><b>${texts.product}</b></header>
      <main><div class="head"><div><h1>${texts.listTitle}</h1><small>${list.total > 0 ? texts.count(list.total, list.users) : ''}</small></div>
        <button class="primary" @click=${store.open}>+ ${texts.create}</button></div>
        ${this.filters(this.state)}${this.list(this.state)}</main>
      ${dialog ? this.create(dialog) : nothing}
      ${removing ? this.question(texts.removeTitle(removing.name), texts.removeText(removing.userName), texts.keep, texts.remove, () => store.askRemove(null), store.remove) : nothing}
      <div role="status" class="notice">${notice}</div>`;
  }
}
customElements.define('smartca-page', SmartcaPage);
