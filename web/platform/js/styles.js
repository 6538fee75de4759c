// The look of the twins. Over a painting they are there but not seen; without one (data-mode="dom") they are the look,
// from the same tokens: --c-text and so on are the frame's palette.
const styleText = `
.stage { position: relative; width: 100%; height: 100%; overflow: clip; isolation: isolate; background: var(--c-background); }
.stage.bare { background: none; }
canvas { position: absolute; left: 0; top: 0; z-index: -2; pointer-events: none; }
.probe { position: absolute; left: 0; top: 0; visibility: hidden; white-space: pre; }
.probe span { display: inline-block; width: 1px; height: 0; }
.announcer { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: pre; }

.t { position: absolute; box-sizing: border-box; margin: 0; padding: 0; border: 0; min-width: 0; outline: 0;
  background: none; color: var(--ink); text-align: start; letter-spacing: normal; word-spacing: normal;
  text-transform: none; text-indent: 0; text-shadow: none; font-kerning: none; font-variant-ligatures: none;
  -webkit-tap-highlight-color: transparent; }
.box { pointer-events: none; z-index: 0; }
.area, .scrolls { pointer-events: auto; z-index: 0; }
.words { pointer-events: auto; z-index: -1; white-space: pre-wrap; overflow-wrap: break-word; cursor: default; }
label.words { z-index: auto; }
.press, .field, .picture { pointer-events: auto; }
.press { cursor: pointer; touch-action: manipulation; }
.press[aria-disabled] { cursor: default; }
.picture { z-index: -1; }
.field { appearance: none; resize: none; border-radius: 0; font-variant-numeric: normal; caret-color: var(--ink);
  touch-action: manipulation; }
.field::-webkit-search-cancel-button { display: none; }
textarea.field { overflow-x: hidden; scrollbar-width: thin; padding-block: 9px; }
.FileButton input { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; margin: 0; cursor: pointer;
  font-size: 0; }
.scrolls { overflow: hidden auto; scrollbar-width: thin;
  scrollbar-color: var(--c-line-strong) transparent; }
.Dialog .scrolls, .ListBox.scrolls { overscroll-behavior: contain; }
.content { position: relative; width: 100%; min-height: 100%; }
.Dialog, .AlertDialog { outline: 0; }

/* Painted: leaves are not seen, but the field that is typed into shows its own text, caret and selection. */
[data-mode="canvas"] .words, [data-mode="canvas"] .words::selection { color: transparent; }
[data-mode="canvas"] .words::selection { background: color-mix(in srgb, var(--c-accent) 25%, transparent); }
[data-mode="canvas"] .press, [data-mode="canvas"] .field, [data-mode="canvas"] .picture { opacity: 0; }
[data-mode="canvas"] .field:focus { opacity: 1; }
[data-mode="canvas"] .box { color: transparent; }
[data-mode="canvas"] .field::placeholder { color: transparent; }
.field:-webkit-autofill { background-clip: text; -webkit-background-clip: text; -webkit-text-fill-color: var(--ink); }

/* Not painted. Shadows instead of borders: a border would shift what lies inside. */
[data-mode="dom"] { --edge: inset 0 0 0 1px var(--c-line-strong); --ring: 0 0 0 3px color-mix(in srgb, var(--c-accent) 25%, transparent); }
[data-mode="dom"] canvas { display: none; }
[data-mode="dom"] .field { background: var(--c-surface); border-radius: 8px; box-shadow: var(--edge); }
[data-mode="dom"] .field::placeholder { color: var(--c-faint); opacity: 1; }
[data-mode="dom"] .field.invalid { box-shadow: inset 0 0 0 1px var(--c-error); }
[data-mode="dom"] .press { display: flex; align-items: center; justify-content: center; border-radius: 8px;
  color: var(--c-text); background: var(--c-surface); box-shadow: var(--edge); overflow: hidden; white-space: nowrap; }
[data-mode="dom"] .press.primary { background: var(--c-accent); color: var(--c-on-accent); box-shadow: none; }
[data-mode="dom"] .press.danger { background: var(--c-error); color: var(--c-surface); box-shadow: none; }
[data-mode="dom"] .press.quiet { background: none; box-shadow: none; }
[data-mode="dom"] .press:hover { filter: brightness(0.96); }
[data-mode="dom"] .press[aria-disabled] { opacity: 0.5; }
[data-mode="dom"] .FileButton::before { content: attr(data-label); }
[data-mode="dom"] .Option, [data-mode="dom"] .MenuItem { justify-content: flex-start; padding-inline: 12px; box-shadow: none; }
[data-mode="dom"] .Option.selected { background: var(--c-accent-soft); }
[data-mode="dom"] .Switch { justify-content: flex-start; padding-inline: 12px; }
[data-mode="dom"] .Switch::after { content: "○"; margin-inline-start: auto; font-size: 20px; }
[data-mode="dom"] .Switch.checked::after { content: "●"; color: var(--c-accent); }
[data-mode="dom"] .Radio { appearance: none; }
[data-mode="dom"] .Radio::before { content: attr(aria-label); }
[data-mode="dom"] .Radio.checked { background: var(--c-accent-soft); box-shadow: inset 0 0 0 1px var(--c-accent); }
[data-mode="dom"] .Dialog, [data-mode="dom"] .AlertDialog { background: var(--c-surface); border-radius: 16px;
  box-shadow: 0 0 0 1px var(--c-line), 0 16px 48px rgb(0 0 0 / 0.3), 0 0 0 200vmax rgb(0 0 0 / 0.4); }
[data-mode="dom"] .ListBox, [data-mode="dom"] .Menu { background: var(--c-surface); border-radius: 8px;
  box-shadow: 0 0 0 1px var(--c-line-strong), 0 8px 24px rgb(0 0 0 / 0.2); }
[data-mode="dom"] .Status, [data-mode="dom"] .Alert { background: var(--c-surface); border-radius: 8px; }
[data-mode="dom"] .Row { box-shadow: 0 1px 0 var(--c-line); }
[data-mode="dom"] :focus-visible { box-shadow: inset 0 0 0 1px var(--c-accent), var(--ring); }
[data-mode="dom"] .FileButton:focus-within { box-shadow: inset 0 0 0 1px var(--c-accent), var(--ring); }
@media (forced-colors: active) {
  [data-mode="dom"] .field, [data-mode="dom"] .press { outline: 1px solid; outline-offset: -1px; }
  [data-mode="dom"] :focus-visible { outline: 3px solid Highlight; }
}
`;
