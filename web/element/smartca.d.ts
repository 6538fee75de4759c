// Types of the custom elements that smartca.js defines. How to embed them: README.md beside this file.

/** A digital certificate as the proxy's API describes it (proxy/api/openapi.yaml, schema Certificate). */
export interface SmartcaCertificateRow {
  readonly id: number;
  readonly name: string;
  readonly userId: number;
  readonly serial: string;
  readonly [key: string]: unknown;
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
  /** Settled when the first frame is on the page. */
  readonly ready: Promise<void>;
}

/** What both elements have in common. */
export interface SmartcaElement extends HTMLElement {
  /** Sent as `Authorization: Bearer …` with each request; never stored. */
  token: string;
  /** Reads the portal's `--smartca-*` properties again after it changed them. */
  refresh(): void;
  readonly diagnostics: SmartcaDiagnostics;

  addEventListener<K extends keyof SmartcaEventMap>(
    type: K, listener: (this: this, event: SmartcaEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof SmartcaEventMap>(
    type: K, listener: (this: this, event: SmartcaEventMap[K]) => unknown, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions): void;
}

export interface SmartcaEventMap extends HTMLElementEventMap {
  /** Certificates were attached. The detail is the proxy's answer. */
  created: CustomEvent<{ readonly added: readonly SmartcaCertificateRow[]; readonly [key: string]: unknown }>;
  /** The person gives up, after having been asked where something was entered; preventDefault() keeps the dialog open. */
  cancel: CustomEvent<unknown>;
  /** It is not known whether certificates were created. `created` or `failed` follows where it can be found out. */
  pending: CustomEvent<{ readonly userId: number }>;
  /** A create was refused or has failed: nothing was created. */
  failed: CustomEvent<{ readonly userId: number }>;
  /** The dialog is gone, after `created`, `cancel` or `pending`. */
  closed: CustomEvent<unknown>;
  /** `notLoaded`: smartca.wasm or a language's texts could not be fetched or run. */
  error: CustomEvent<{ readonly code: string; readonly message: string }> & ErrorEvent;
}

/**
 * The page: the list of certificates and its dialog.
 *
 * Attributes: `api` (base of the proxy's API, default `api/v1/` beside smartca.js), `locale` (`vi`, `en`), `theme`
 * (`light`, `dark`), `painting` (`auto`, `dom`, `flow`), `fill` (covers the window).
 */
export declare class SmartcaCertificates extends HTMLElement {}
export interface SmartcaCertificates extends SmartcaElement {}

/**
 * The dialog alone, over the portal's page, while it has the attribute `open`.
 *
 * Attributes: `api`, `locale`, `theme`, `painting`, `user-id` (chosen when it opens), `open`.
 */
export declare class SmartcaCreateCertificate extends HTMLElement {
  /** Opens the dialog, with this user chosen when one is given. */
  open(userId?: number): void;
  /** Closes it as Escape does: what was entered is asked about first. */
  close(): void;
}
export interface SmartcaCreateCertificate extends SmartcaElement {}

declare global {
  interface HTMLElementTagNameMap {
    'smartca-certificates': SmartcaCertificates;
    'smartca-create-certificate': SmartcaCreateCertificate;
  }
}
