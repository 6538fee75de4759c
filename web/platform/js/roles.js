// The element that each role becomes. The order is view::Role's (web/view/frame.h), which a test compares.
//
// `kind` says how the element behaves: `words` are read, `field`s are typed into, `press` can be pressed, `box` holds
// others and lets the pointer through, `area` holds others and takes the pointer.
const roles = [
  { role: 'Text', kind: 'words', tag: 'div' },
  { role: 'Heading1', kind: 'words', tag: 'h1' },
  { role: 'Heading2', kind: 'words', tag: 'h2' },
  { role: 'Heading3', kind: 'words', tag: 'h3' },
  { role: 'Label', kind: 'words', tag: 'label' },
  { role: 'Image', kind: 'picture', tag: 'div', aria: 'img' },
  { role: 'TextField', kind: 'field', tag: 'input', type: 'text' },
  { role: 'SearchField', kind: 'field', tag: 'input', type: 'search' },
  { role: 'PasswordField', kind: 'field', tag: 'input', type: 'password' },
  { role: 'LinesField', kind: 'field', tag: 'textarea' },
  { role: 'ComboBox', kind: 'field', tag: 'input', type: 'text', aria: 'combobox' },
  { role: 'SelectButton', kind: 'press', tag: 'button', type: 'button', aria: 'combobox' },
  { role: 'ListBox', kind: 'area', tag: 'div', aria: 'listbox' },
  { role: 'Option', kind: 'press', tag: 'div', aria: 'option' },
  { role: 'Button', kind: 'press', tag: 'button', type: 'button' },
  { role: 'SubmitButton', kind: 'press', tag: 'button', type: 'submit' },
  { role: 'FileButton', kind: 'press', tag: 'button', type: 'button' },
  { role: 'Switch', kind: 'press', tag: 'button', type: 'button', aria: 'switch' },
  { role: 'RadioGroup', kind: 'box', tag: 'div', aria: 'radiogroup' },
  { role: 'Radio', kind: 'press', tag: 'input', type: 'radio' },
  { role: 'CheckBox', kind: 'press', tag: 'input', type: 'checkbox' },
  { role: 'Menu', kind: 'area', tag: 'div', aria: 'menu' },
  { role: 'MenuItem', kind: 'press', tag: 'button', type: 'button', aria: 'menuitem' },
  { role: 'Table', kind: 'box', tag: 'div', aria: 'table' },
  { role: 'RowGroup', kind: 'box', tag: 'div', aria: 'rowgroup' },
  { role: 'Row', kind: 'box', tag: 'div', aria: 'row' },
  { role: 'ColumnHeader', kind: 'box', tag: 'div', aria: 'columnheader' },
  { role: 'Cell', kind: 'box', tag: 'div', aria: 'cell' },
  { role: 'RowHeader', kind: 'box', tag: 'div', aria: 'rowheader' },
  { role: 'Definitions', kind: 'box', tag: 'dl' },
  { role: 'Term', kind: 'words', tag: 'dt' },
  { role: 'Definition', kind: 'box', tag: 'dd' },
  { role: 'Banner', kind: 'box', tag: 'div', aria: 'banner' },
  { role: 'Main', kind: 'box', tag: 'div', aria: 'main' },
  { role: 'Group', kind: 'box', tag: 'div', aria: 'group' },
  { role: 'Dialog', kind: 'area', tag: 'div', aria: 'dialog' },
  { role: 'AlertDialog', kind: 'area', tag: 'div', aria: 'alertdialog' },
  { role: 'Form', kind: 'box', tag: 'form' },
  { role: 'Region', kind: 'box', tag: 'div', aria: 'region' },
  { role: 'Status', kind: 'box', tag: 'div', aria: 'status' },
  { role: 'Layer', kind: 'box', tag: 'div' },
];

// view::ItemFlag
const Flag = {
  required: 1 << 0, invalid: 1 << 1, checked: 1 << 2, expanded: 1 << 3, selected: 1 << 4, disabled: 1 << 5,
  readOnly: 1 << 6, busy: 1 << 7, scrolls: 1 << 8, modal: 1 << 9, revealed: 1 << 10, primary: 1 << 11,
  danger: 1 << 12, quiet: 1 << 13, hasPopup: 1 << 14, paper: 1 << 15, shortened: 1 << 16, passedBy: 1 << 17, foreign: 1 << 18,
  sign: 1 << 19, dropTarget: 1 << 20, mixed: 1 << 21, locked: 1 << 22,
};

// Makes the bare element of a role. The input of a file button is hidden in it: Firefox reads its own words out with an
// input that takes the focus ("Browse… No file selected.").
function makeElement(kind, id) {
  const element = document.createElement(kind.tag);
  element.id = 't' + id;
  element.className = 't ' + kind.kind + ' ' + kind.role;
  if (kind.aria) element.setAttribute('role', kind.aria);
  if (kind.type) element.type = kind.type;
  switch (kind.role) {
    case 'FileButton': {
      const input = document.createElement('input');
      input.type = 'file';
      input.hidden = true;
      element.append(input);
      break;
    }
    case 'ComboBox':
      element.setAttribute('aria-autocomplete', 'list');
      element.setAttribute('aria-expanded', 'false');
      break;
    case 'SelectButton':
      element.setAttribute('aria-haspopup', 'listbox');
      element.setAttribute('aria-expanded', 'false');
      break;
    case 'Switch':
      element.setAttribute('aria-checked', 'false');
      break;
    case 'Option':
      element.setAttribute('aria-selected', 'false');
      break;
    case 'ListBox':  // a browser would make a list that scrolls a stop of the Tab key
    case 'Menu':
    case 'MenuItem':
    case 'Dialog':
    case 'AlertDialog':
      element.tabIndex = -1;
      break;
    case 'Form':
      element.noValidate = true;
      break;
  }
  // A dictionary would underline numbers, names and placeholders. Prose is corrected as far as a person's keyboard does.
  if (kind.kind === 'field') element.spellcheck = false;
  if (kind.kind === 'field' && kind.role !== 'LinesField') {
    element.setAttribute('autocapitalize', 'off');
    element.setAttribute('autocorrect', 'off');
  }
  return element;
}
