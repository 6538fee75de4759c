// What is measured, in the order in which it is told. `bound`: at most so many times MUI's, or so much itself.
export const figures = [
  { key: 'bytes', name: 'bytes over the network, first view', unit: 'KB', scale: 1000 },
  { key: 'requests', name: 'requests, first view', unit: '', scale: 1 },
  { key: 'usable', name: 'usable: the search field and "Create New" are there', unit: 'ms', scale: 1, slowed: true, bound: 0.8 },
  { key: 'painted', name: 'painted: the first page of the list', unit: 'ms', scale: 1, slowed: true, bound: 1 },
  { key: 'open', name: 'the dialog opens: from the press to the frame in which its field has the focus', unit: 'ms', scale: 1, slowed: true, bound: 2.5 },
  { key: 'key', name: 'from a key to the frame that shows it, with the preview', unit: 'ms', scale: 1, slowed: true, bound: 1 },
  { key: 'keyWork', name: 'main thread for a key', unit: 'ms', scale: 1, slowed: true },
  { key: 'next', name: 'next page of 10 000 certificates', unit: 'ms', scale: 1, slowed: true, bound: 2 },
  { key: 'idle', name: 'main thread in an idle second, a caret in a field', unit: 'ms', scale: 1 },
  { key: 'heap', name: 'JavaScript heap and WebAssembly memory, the dialog open', unit: 'MB', scale: 1e6, most: 7 },
  { key: 'growth', name: 'memory kept by one opening', unit: 'KB', scale: 1000 },
  { key: 'processor', name: 'processor time of all of the browser, the whole visit', unit: 'ms', scale: 1, slowed: true },
];
export const names = { ours: 'SmartCA', mui: 'React + MUI', antd: 'React + antd', lit: 'Lit' };

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

// One row for each figure and speed, with the median of each page.
export function rowsOf({ visits }) {
  return figures.flatMap((figure) => (figure.slowed ? [1, 4] : [1]).map((speed) => {
    const medians = Object.fromEntries(Object.keys(names).map((page) =>
      [page, median(visits.filter((one) => one.page === page && one.speed === speed).map((one) => one[figure.key])) / figure.scale]));
    return { ...figure, speed, medians, ratio: medians.ours / medians.mui };
  }));
}

const number = (value) => (value === undefined ? '' : Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 10 ? 1 : 2));

// How much slower than in Chromium, beside MUI, the page is usable in the other engines.
export function enginesOf({ arrivals }) {
  const usable = (engine, page) => median(arrivals.filter((one) => one.engine === engine && one.page === page).map((one) => one.usable));
  const ratio = (engine) => usable(engine, 'ours') / usable(engine, 'mui');
  return ['firefox', 'webkit'].map((engine) => {
    const times = ratio(engine) / ratio('chromium');
    return `${engine}: usable after ${number(usable(engine, 'ours'))} ms, MUI after ${number(usable(engine, 'mui'))}, a page of one line of script after ${number(usable(engine, 'bare'))}; ` +
      `${number(times)}x the ratio of Chromium (${['ours', 'mui', 'bare'].map((page) => number(usable('chromium', page))).join(', ')}), at most 1.3x: ${times <= 1.3 ? 'met' : 'missed'}`;
  });
}

// How the bound was met, in words.
export function verdictOf({ bound, most, ratio, medians, unit }) {
  if (bound) return `${number(ratio)}x MUI, at most ${bound}x: ${ratio <= bound ? 'met' : 'missed'}`;
  if (most) return `at most ${most} ${unit}: ${medians.ours <= most ? 'met' : 'missed'}`;
  return `${number(ratio)}x MUI`;
}

export function tableOf(results) {
  const lines = rowsOf(results).map((row) => `| ${row.name}${row.slowed ? `, CPU x${row.speed}` : ''} | ` +
    Object.keys(names).map((page) => `${number(row.medians[page])} ${row.unit}`.trim()).join(' | ') + ` | ${verdictOf(row)} |`);
  return [`| | ${Object.values(names).join(' | ')} | |`, '|---|---|---|---|---|---|', ...lines].join('\n');
}

export function textOf(results) {
  return rowsOf(results).map((row) => `${`${row.name}${row.slowed ? `, CPU x${row.speed}` : ''}`.padEnd(86)} ` +
    Object.keys(names).map((page) => `${page} ${number(row.medians[page])}`.padStart(12)).join(' ') + ` ${row.unit.padEnd(3)} ${verdictOf(row)}`).join('\n');
}
