// The look of the twins. Over a painting they are there but not seen; without one (data-mode="dom") they show themselves,
// in the frame's palette: --c-text and so on.
//
// Laid out by the browser instead of the view: each twin where its reading order puts it, and as large as its words.
const flow = (stage) => `
${stage} { height: auto; overflow: visible; letter-spacing: inherit; word-spacing: inherit; line-height: inherit; }
${stage} canvas, ${stage} .sketch, ${stage} [inert] { display: none !important; }
${stage} .picture canvas { display: block !important; width: auto; height: auto; max-width: 160px; }
${stage} slot { display: contents; }
${stage} .content { height: auto !important; min-height: 0; }
${stage} .t { position: static; width: auto !important; height: auto !important; margin: 0 0 6px; padding: 0 !important;
  text-indent: 0 !important; line-height: 1.5 !important; letter-spacing: inherit; word-spacing: inherit; opacity: 1;
  color: var(--ink); overflow: visible; white-space: pre-line; overflow-wrap: anywhere; z-index: auto; appearance: none; }
${stage} > .Layer + .Layer:not(:has(.modal)) { position: sticky; inset: auto auto 0 !important; border-top: 1px solid var(--c-line-strong); }
${stage} .field, ${stage} .press { scroll-margin-bottom: 8em; }
${stage} .Layer, ${stage} .Dialog, ${stage} .AlertDialog { padding: 0 16px !important; background: var(--c-surface); }
${stage} .Label, ${stage} .Label + .Text { display: inline; margin-inline-end: 4px; }
${stage} .field, ${stage} .press { display: block; border: 1px solid var(--c-line-strong); border-radius: calc(var(--r) * 8px); padding: 4px 12px !important; }
${stage} .field { width: 100% !important; max-width: 480px; field-sizing: content; }
${stage} .press { display: table; max-width: 100%; }
${stage} .FileButton::before { content: attr(aria-label); }
${stage} .Option, ${stage} .Radio, ${stage} .CheckBox { display: block; border: 0; }
${stage} .CheckBox::before { content: "☐ " attr(aria-label); }
${stage} .CheckBox.checked::before { content: "☑ " attr(aria-label); }
${stage} .CheckBox.mixed::before { content: "⊟ " attr(aria-label); }
${stage} .Radio::before { content: "○ " attr(aria-label); }
${stage} .Radio.checked::before { content: "● " attr(aria-label); }
${stage} .Switch::before { content: "☐ "; }
${stage} .Switch.checked::before { content: "☑ "; }
${stage} .Switch::after { content: none; }
${stage} .Heading3 { margin-top: 20px; }
${stage} .Definitions { display: grid; grid-template-columns: minmax(7em, 30%) minmax(0, 1fr); column-gap: 16px; align-items: baseline; }
${stage} .Definition { display: flex; flex-wrap: wrap; align-items: baseline; column-gap: 12px; }
${stage} .Table { display: table; width: 100% !important; }
${stage} .RowGroup { display: table-row-group; }
${stage} .Row { display: table-row; }
${stage} .Cell, ${stage} .RowHeader, ${stage} .ColumnHeader { display: table-cell; padding: 4px !important; border-bottom: 1px solid var(--c-line); }`;

const plain = '.stage.flow';
const styleText = `
${'' /* Nothing that the portal's page inherits changes the form; what is hidden stays so. */}
.stage { all: initial; direction: ltr; visibility: inherit; display: block; position: relative; width: 100%; height: 100%; overflow: clip; isolation: isolate; background: var(--c-background); }
.stage.bare { background: none; }
.tokens { position: fixed; visibility: hidden; }
.tokens { text-indent: 8px; }
.tokens i { transition: 1ms; transition-property: color, text-indent, z-index, font-family; transition-behavior: allow-discrete; }
.tokens i:first-child, .tokens b { text-indent: var(--smartca-radius, 8px); z-index: var(--smartca-density, 0); font-family: var(--smartca-font); }
${'' /* A press waits for the rest of the program. */}
.stage[aria-busy] { cursor: progress; }
.stage[aria-busy]::after { content: ""; position: absolute; inset: 0; z-index: 9; background: var(--c-background); opacity: .4; pointer-events: none; }
canvas { position: absolute; left: 0; top: 0; z-index: -2; pointer-events: none; }
.probe { position: absolute; left: 0; top: 0; visibility: hidden; white-space: pre; }
.probe span { display: inline-block; width: 1px; height: 0; }
${'' /* The portal's logo, in the head of the dialog, or in place of ours on the page. */}
slot { display: block; position: absolute; top: 24px; right: 72px; color: var(--c-text); }
.Banner slot { top: 10px; right: auto; left: 24px; }
::slotted(*) { display: block !important; max-width: 160px; max-height: 36px; }
@media (max-width: 759px), (max-height: 479px) { slot { display: none; } }
.announcer { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: pre; }

.t { position: absolute; box-sizing: border-box; margin: 0; padding: 0; border: 0; min-width: 0; outline: 0;
  background: none; color: var(--ink); text-align: start; letter-spacing: normal; word-spacing: normal;
  text-transform: none; text-indent: 0; text-shadow: none;
  font-kerning: none !important; font-variant-ligatures: none !important; ${'' /* the font of the element itself resets both */}
  -webkit-tap-highlight-color: transparent; }
.box { pointer-events: none; z-index: 0; }
.area, .scrolls { pointer-events: auto; z-index: 0; }
.dropTarget { pointer-events: auto; }
.words { pointer-events: auto; z-index: -1; white-space: pre-wrap; overflow-wrap: break-word; cursor: default; }
label.words { z-index: auto; }
.opens { pointer-events: auto; }
.opens, .opens .words { cursor: pointer; }
.press, .field, .picture { pointer-events: auto; }
.press { cursor: pointer; touch-action: manipulation; }
.press[aria-disabled] { cursor: default; }
.picture { z-index: -1; }
.field { appearance: none; resize: none; border-radius: 0; font-variant-numeric: normal; caret-color: var(--ink);
  touch-action: manipulation; }
${'' /* Phones select in black on a dark tint of their own. */}
@media (pointer: coarse) { .field::selection { background: color-mix(in srgb, var(--c-accent) 25%, transparent); color: var(--ink); } }
.field::-webkit-search-cancel-button { display: none; }
textarea.field { overflow-x: hidden; scrollbar-width: thin; padding-block: 9px; }
.scrolls { overflow: hidden auto; scrollbar-width: thin;
  scrollbar-color: var(--c-line-strong) transparent; }
.Dialog .scrolls, .ListBox.scrolls { overscroll-behavior: contain; }
.Group.scrolls, .RadioGroup.scrolls { border-radius: 0 0 calc(var(--r) * 11px) calc(var(--r) * 11px); }
.content { position: relative; width: 100%; min-height: 100%; }
.Dialog, .AlertDialog { outline: 0; }
${'' /* The thumb is the element's own, over the painted track, so that the compositor moves it. */}
.Switch::after { content: ""; position: absolute; left: calc(50% - 18px); top: calc(50% - 9px); width: 18px; height: 18px;
  border-radius: 50%; background: #fff; }
.Switch.checked::after { transform: translateX(18px); }
.Switch[aria-disabled]::after { opacity: .5; }
@media (forced-colors: active) { .Switch::after { background: Canvas; } }

${'' /* Painted: leaves are not seen, but the field that is typed into shows its own text, caret and selection. */}
[data-mode="canvas"] .words, [data-mode="canvas"] .words::selection { color: transparent; }
[data-mode="canvas"] .words::selection { background: color-mix(in srgb, var(--c-accent) 25%, transparent); }
[data-mode="canvas"] .press, [data-mode="canvas"] .field { opacity: 0; }
[data-mode="canvas"] .press { overflow: clip; }
[data-mode="canvas"] .Switch { opacity: 1; color: transparent; }
[data-mode="canvas"] .field:focus { opacity: 1; }
[data-mode="canvas"] .PasswordField[type=password]:not(:placeholder-shown) { opacity: 1; }
[data-mode="canvas"] .PasswordField[type=password]:disabled { opacity: .6; }
[data-mode="canvas"] .box { color: transparent; }
[data-mode="canvas"] .field::placeholder { color: transparent; }
.field:-webkit-autofill { background-clip: text; -webkit-background-clip: text; -webkit-text-fill-color: var(--ink); }

${'' /* Shown: the sketch below them draws what lies around them, and the words inside controls. */}
.sketch { position: absolute; left: 0; top: 0; z-index: -2; pointer-events: none; overflow: hidden; forced-color-adjust: none; }
.sketch text { font-family: var(--f-text); font-kerning: none; font-variant-ligatures: none; white-space: pre; }
.sketch .mono { font-family: var(--f-mono); }
.debug { pointer-events: none; }
.debug { position: absolute; inset: 0; overflow: clip; font: 9px/10px system-ui, sans-serif; color: #b0006d; }
.debug div { position: absolute; box-sizing: border-box; outline: 1px solid #e0218a; overflow: hidden; }
.debug .of-words { outline: 1px dotted #0a8; }
.debug .of-box, .debug .of-area { outline: 1px dashed #08c; }
.debug p { position: absolute; right: 0; bottom: 0; margin: 0; padding: 2px 6px; font-size: 12px; line-height: 16px;
  background: #b0006d; color: #fff; }
.picture canvas { position: static; display: block; width: 100%; height: 100%; object-fit: contain; }
.picture[aria-busy] canvas { object-fit: cover; }
${'' /* Forced colours are the palette's then (host.js), so they need no forcing, which would put a plate under each word. */}
[data-mode="dom"] .t { forced-color-adjust: none; }
[data-mode="dom"] .press { color: transparent; appearance: none; overflow: hidden; }
[data-mode="dom"] .field::placeholder { color: var(--c-placeholder); opacity: 1; }
[data-mode="dom"] .LinesField:not(:focus, :placeholder-shown) { color: transparent; ${'' /* its placeholders are chips of the sketch */} }
[data-mode="dom"] .field:disabled { opacity: 0.6; }
[data-mode="dom"] .field:placeholder-shown { text-overflow: ellipsis; }
[data-mode="dom"] .box { color: transparent; }
[data-mode] .shortened { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }

${'' /* What comes over the page: picture and elements together, by the compositor. */}
@media (prefers-reduced-motion: no-preference) {
  .stage > .Layer + .Layer, .bare > .Layer { animation: appear .15s; }
  @keyframes appear { from { opacity: 0; } }
  .Switch::after { transition: transform .15s; }
}

${'' /* Print: the twins one after another, all of them, and on paper's colours. */}
@media print {
  ${flow('.stage')}
  .stage, .t { color: #000 !important; --ink: #000 !important; background: #fff !important; }
  .field::placeholder { color: #000 !important; }
  .press:not(.Radio, .CheckBox, .Switch, .SelectButton), .announcer, .Banner > slot + .Text:has(+ .Text), .Main .field:placeholder-shown,
  .ColumnHeader:last-child { display: none !important; }
}
${'' /* The same on the screen, for readers who want other sizes and distances of type. */}
${flow(plain)}
${plain} { height: 100%; overflow: auto; background: var(--c-surface); scrollbar-width: thin; }
${plain} .Layer, ${plain} .Dialog, ${plain} .AlertDialog { max-width: 1040px; margin: 0 auto !important; padding: 16px !important; }
${plain} .Dialog, ${plain} .AlertDialog { max-width: 640px; margin-block: 16px !important; border: 1px solid var(--c-line); border-radius: 12px; }
${plain} .Banner, ${plain} .Group[aria-label] { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin-bottom: 16px; }
${plain} .Banner > *, ${plain} .Group[aria-label] > * { margin: 0; }
${plain} .Banner > .words + .press { margin-inline-start: auto; }
${plain} .Group[aria-label] > .field { flex: 1 1 14em; width: auto !important; }
${plain} .Dialog .Layer { padding: 0 !important; }
${plain} .Dialog .Group[aria-label] > .words + .words { flex-basis: 100%; }
${plain} .words { z-index: auto; --c-on-accent: var(--c-accent); }
${plain} .press { font: inherit !important; font-weight: 500 !important; }
${plain} .primary { background: var(--c-accent); border-color: transparent; }
${plain} .danger { background: var(--c-error); border-color: transparent; }
${plain} :is(.press, .field):focus-visible, .early :is(.press, .field):focus-visible { outline: 2px solid var(--c-accent); outline-offset: 2px; }
${plain} .locked { background: var(--c-sunken); }
${plain} .invalid { border-color: var(--c-error); }
${plain} .Option.selected { outline: 2px solid var(--c-accent); }
${plain} :is(.paper, .picture canvas) { background: #fff; forced-color-adjust: none; }
${plain} .Cell, ${plain} .RowHeader { vertical-align: top; }
${plain} :is(.ColumnHeader, .Cell:nth-child(2), .Cell:nth-child(4)) .words { overflow-wrap: break-word; }
${'' /* Notices stand at the foot, on a phone over a third of it. */}
${plain}:has(> .Layer + .Layer):not(:has(.modal)) { scroll-padding-bottom: 40vh; }
${'' /* A list or menu comes after all else: at the foot it is seen wherever its field is. */}
${plain}:has(.Layer > :is(.ListBox, .Menu)) { scroll-padding-bottom: 48vh; }
${plain} .Layer:has(> .ListBox, > .Menu) { position: sticky; bottom: 0; z-index: 1; max-height: 45vh; overflow: auto; border: 2px solid var(--c-line-strong); border-radius: 12px; padding: 8px 16px !important; }
`;
