// Types of smartca.js. How to embed it: README.md.
import type { SmartcaMessages } from './smartca.messages.js';
export type { SmartcaMessages };

/** What a dialog may start with; no secret. Each may be left out. */
export interface SmartcaPrefill {
  readonly identity?: string;
  readonly serial?: string;
  readonly signatureText?: string;
}

/** What one opening starts with; it counts before the element's own properties. */
export interface SmartcaShowOptions {
  /** The user who is chosen; or by code. */
  readonly userId?: number;
  readonly userCode?: string;
  /** CCCD, passport or tax code; looked up at once. */
  readonly identity?: string;
  readonly prefill?: SmartcaPrefill;
  readonly mode?: 'create' | 'lookup';
}

/** A certificate as the proxy's API describes it (proxy/api/openapi.yaml, schema Certificate). */
export interface SmartcaCertificateRow {
  readonly id: number;
  readonly name: string;
  readonly userId: number;
  readonly serial: string;
  readonly [key: string]: unknown;
}

/** Why `fetchToken` is called: the first token, 401, HTML in place of an answer, a redirect. */
export type SmartcaTokenReason = 'start' | 'unauthorized' | 'loginPage' | 'redirect';

/**
 * `notLoaded`: a file could not be fetched. `noWebAssembly`: the browser has it turned off. `blockedByPolicy`: the page's
 * Content-Security-Policy forbids it. `versionMismatch`: files, or element and proxy, of different versions. `badConfiguration`: the
 * page embeds the element wrongly. `notCreated`: a create was refused or has failed. `outcomeUnknown`: nobody can tell any more what
 * became of one. `notAllowed`: this person may not create, or look up.
 */
export type SmartcaProblemCode =
  'notLoaded' | 'noWebAssembly' | 'blockedByPolicy' | 'versionMismatch' | 'badConfiguration' | 'notCreated' |
  'outcomeUnknown' | 'notAllowed';

/** `requestId`: the number of the request that the event is about, as in the proxy's log. */
export interface SmartcaDetail {
  readonly requestId: string | null;
}
export interface SmartcaOpened extends SmartcaDetail {
  /** Whom the dialog is for, where the token or the portal names somebody. */
  readonly userId?: number;
}
export interface SmartcaLookedUp extends SmartcaDetail {
  readonly identity: string;
  readonly userId?: number;
  /** Certificates that SmartCA has, and how many more that could not be read. */
  readonly found: number;
  readonly unreadable: number;
}
/** The proxy's answer to the create (schema CreateAnswer), and whom it is about. */
export interface SmartcaCreated extends SmartcaDetail {
  readonly userId: number;
  /** It was left running by an earlier opening. The same in `smartca-pending` and `smartca-problem`. */
  readonly left?: true;
  readonly added: readonly SmartcaCertificateRow[];
  /** What a person is told of it, in their language. */
  readonly message: string;
  readonly [key: string]: unknown;
}
export interface SmartcaPending extends SmartcaDetail {
  readonly userId: number;
  readonly left?: true;
  /** Of `GET creates/{id}`, where the proxy has said one. */
  readonly createId?: number;
}
export interface SmartcaUnauthorized extends SmartcaDetail {
  readonly reason: SmartcaTokenReason;
}
export interface SmartcaProblem extends SmartcaDetail {
  readonly code: SmartcaProblemCode;
  /** For whoever embeds the element, in English. */
  readonly message?: string;
  readonly userId?: number;
  readonly left?: true;
}
export type SmartcaOutcome = 'created' | 'unchanged' | 'pending' | 'lookedup' | 'cancelled' | 'failed';
export interface SmartcaClosed extends SmartcaDetail {
  readonly outcome: SmartcaOutcome;
}

/**
 * What `show()` resolves with when the dialog has closed. Of several creates: the last one, with what all of them have `added`.
 * `pending`: what became of it is not known, or will never be (`outcomeUnknown`).
 */
export type SmartcaResult =
  | ({ readonly outcome: 'created' | 'unchanged' } & SmartcaCreated)
  | ({ readonly outcome: 'pending' } & SmartcaPending)
  | ({ readonly outcome: 'lookedup' } & SmartcaLookedUp)
  | ({ readonly outcome: 'failed' } & SmartcaProblem)
  | { readonly outcome: 'cancelled' };

export interface SmartcaEventMap {
  /** The form is on the screen. */
  'smartca-ready': CustomEvent<SmartcaDetail>;
  'smartca-opened': CustomEvent<SmartcaOpened>;
  'smartca-lookedup': CustomEvent<SmartcaLookedUp>;
  /** Certificates were attached, which the dialog then says; `preventDefault()`: the portal says it. The one event that bubbles. */
  'smartca-created': CustomEvent<SmartcaCreated>;
  /** The user had them all already. */
  'smartca-unchanged': CustomEvent<SmartcaCreated>;
  /** It is not known yet whether certificates were attached; `smartca-created` or `smartca-problem` follows where it is found out. */
  'smartca-pending': CustomEvent<SmartcaPending>;
  /** The session is over, and `fetchToken` did not help. */
  'smartca-unauthorized': CustomEvent<SmartcaUnauthorized>;
  'smartca-problem': CustomEvent<SmartcaProblem>;
  /** The person gives up, after having been asked where something was entered; `preventDefault()` keeps the dialog open. */
  'smartca-cancel': CustomEvent<SmartcaDetail>;
  /** The dialog is gone. Always the last event of an opening, but for what comes of a create that goes on. */
  'smartca-closed': CustomEvent<SmartcaClosed>;
}

/** Something that is shown; its element has the id "t" + id. */
export interface SmartcaItem {
  readonly id: number;
  readonly parent: number;
  readonly role: string;
  readonly name: string;
  readonly value?: string;
  readonly flags: readonly string[];
  readonly rectangle: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** What happened inside, for tests: nothing runs to keep it up to date. */
export interface SmartcaDiagnostics {
  /** Frames drawn since the element was connected. */
  readonly frames: number;
  /** Changes made to the DOM since then. */
  readonly domWrites: number;
  /** The kind of event that asked for the last frame. */
  readonly lastReason: string;
  /** `canvas`: painted. `dom`: the form's own elements are shown. Empty: not started. */
  readonly mode: '' | 'canvas' | 'dom';
  /** Bytes of WebAssembly memory. */
  readonly memory: number;
  /** Nothing is under way (frame, request, image, pause in typing) that would change the picture within a second. */
  readonly idle: boolean;
  /** Each item of the last frame as the program reports it; its rectangle lies in its parent's content. */
  items(): readonly SmartcaItem[];
  /** Does once more what the last frame did for the elements; where nothing changed that is nothing. For benchmarks. */
  repeatTwins(): void;
  /** Draws everything anew. For benchmarks. */
  redraw(): void;
  /** Settled when the first frame is on the page. */
  readonly ready: Promise<void>;
}

/** What both elements have in common. */
declare class SmartcaElement extends HTMLElement {
  /** Of the package. */
  static readonly version: string;
  /** Base of the proxy's API. Default: `api/v1/` beside smartca.js. */
  api: string;
  /** `vi` or `en`. Default: the visitor's last choice, else the page's `lang`, else the browser's. */
  locale: string;
  /** Default: the visitor's last choice, else the system's, followed live. */
  theme: '' | 'light' | 'dark';
  /** `dom`: the form's own elements instead of the painting; `flow`: those one after another, for type of any size. */
  painting: '' | 'auto' | 'dom' | 'flow';
  /** Gives a session token, sent as `Authorization: Bearer …` and never stored. Called before the first request and when it is over. */
  fetchToken: ((reason: SmartcaTokenReason) => Promise<string>) | null;
  /** Texts in place of others, from the next start on. */
  messages: SmartcaMessages | null;
  /** Where smartca.HASH.wasm is, with its rest and the texts beside it. Default: beside smartca.js. */
  wasmUrl: string;
  /** Fetches what an opening needs, ahead of it. */
  preload(): Promise<void>;
  readonly diagnostics: SmartcaDiagnostics;

  addEventListener<K extends keyof SmartcaEventMap>(
    type: K, listener: (this: this, event: SmartcaEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K, listener: (this: HTMLElement, event: HTMLElementEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof SmartcaEventMap>(
    type: K, listener: (this: this, event: SmartcaEventMap[K]) => unknown, options?: boolean | EventListenerOptions): void;
  removeEventListener<K extends keyof HTMLElementEventMap>(
    type: K, listener: (this: HTMLElement, event: HTMLElementEventMap[K]) => unknown, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions): void;
}

/** The page: the list of certificates and its dialog. With the attribute `fill` it covers the window. */
export declare class SmartcaCertificates extends SmartcaElement {}

/** The dialog alone, over the portal's page, while it is `open`. */
export declare class SmartcaCreateCertificate extends SmartcaElement {
  /** Shown. Set to false, the dialog closes at once and asks nothing. */
  open: boolean;
  /** The user who is chosen when it opens; or by code. */
  get userId(): string;
  set userId(value: string | number | null);
  userCode: string;
  /** Never written into the page. */
  identity: string;
  prefill: SmartcaPrefill | null;
  /** `lookup`: shows which certificates a number has, and attaches none. Counts from the next opening on. */
  mode: '' | 'create' | 'lookup';
  /** Resolves when the dialog has closed. Rejects, with what is wrong, where it cannot open. */
  show(options?: SmartcaShowOptions): Promise<SmartcaResult>;
  /** As Escape does: what was entered is asked about first. */
  hide(): void;
}

/** Defines both elements. Importing the package does it; `/elements` does not. */
export declare function define(): void;

declare global {
  interface HTMLElementTagNameMap {
    'smartca-certificates': SmartcaCertificates;
    'smartca-create-certificate': SmartcaCreateCertificate;
  }
}
