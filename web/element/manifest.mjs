// The custom-elements manifest (what editors and documentation tools read), out of the tables of README.md: whatever stands there
// is so in both, and tests/web/package.test.mjs holds them to the types.
const plain = (cell) => cell.trim().replaceAll('\\|', '|');
const code = (cell) => cell.match(/^`([^`]+)`$/)?.[1];

// The rows of the table under a heading that begins with these columns.
export function tableOf(readme, heading, columns) {
  const section = readme.split(/^## /m).find((part) => part.startsWith(heading + '\n'));
  const lines = section.split('\n');
  const first = lines.findIndex((line) => line.startsWith(`| ${columns.join(' | ')} |`));
  const rows = [];
  for (let i = first + 2; lines[i]?.startsWith('|'); i++) rows.push(lines[i].slice(1, -1).split(/(?<!\\)\|/).map(plain));
  return rows;
}

function members(readme, heading) {
  const rows = tableOf(readme, heading, ['attribute', 'property']);
  return {
    attributes: rows.filter(([attribute]) => attribute).map(([attribute, property, description, fallback]) => ({
      name: code(attribute), ...(property && { fieldName: code(property) }), description, default: fallback })),
    members: rows.filter(([, property]) => property).map(([attribute, property, description]) => ({
      kind: 'field', name: code(property), description, ...(attribute && { attribute: code(attribute) }) })),
  };
}

export function manifestOf(readme) {
  const events = tableOf(readme, 'Events', ['event', 'detail besides']).map(([event, detail, description]) => ({
    name: code(event), type: { text: 'CustomEvent' }, description: detail ? `${description}. Detail: ${detail}` : description }));
  const methods = tableOf(readme, 'The dialog', ['method', 'meaning']).map(([call, description]) => ({
    kind: 'method', name: code(call).replace(/\(.*/, ''), description }));
  const both = members(readme, 'Both');
  const colours = readme.match(/^The names: `([^`]*)`/m)[1].split(/\s+/);
  const looks = tableOf(readme, 'Looks', ['what', 'how']).flatMap(([, how]) => how.match(/--smartca-(\w+)/)?.[1] ?? []);
  const cssProperties = [...colours, ...looks].map((name) => ({ name: '--smartca-' + name }));
  const element = (name, tagName, own, ownMethods) => ({
    kind: 'class', name, tagName, customElement: true, superclass: { name: 'HTMLElement' },
    attributes: [...own.attributes, ...both.attributes], members: [...own.members, ...both.members, ...ownMethods], events,
    cssProperties, slots: [{ name: 'logo', description: 'The logo of the portal' }],
  });
  const declarations = [
    element('SmartcaCreateCertificate', 'smartca-create-certificate', members(readme, 'The dialog'), methods),
    element('SmartcaCertificates', 'smartca-certificates', members(readme, 'The page'), methods.filter(({ name }) => name === 'preload')),
  ];
  const definitions = declarations.map(({ name, tagName }) => ({
    kind: 'custom-element-definition', name: tagName, declaration: { name, module: 'elements.js' } }));
  return { schemaVersion: '2.1.0', modules: [
    { kind: 'javascript-module', path: 'elements.js', declarations, exports: declarations.map(({ name }) => ({
      kind: 'js', name, declaration: { name, module: 'elements.js' } })) },
    { kind: 'javascript-module', path: 'smartca.js', exports: definitions },
  ] };
}
