// Each figure as times MUI's, on a logarithmic scale: a dot for each page, and a stroke where the bound is.
import { names, rowsOf } from './figures.mjs';

const left = 330, right = 860, top = 64, step = 26, least = 0.05, most = 8;
const xOf = (ratio) => left + (right - left) * Math.log(Math.min(most, Math.max(least, ratio)) / least) / Math.log(most / least);
const colours = { ours: ['#0550ae', '#79c0ff'], mui: ['#57606a', '#8c959f'], antd: ['#953800', '#ffa657'], lit: ['#116329', '#7ee787'] };
const short = { bytes: 'bytes', requests: 'requests', usable: 'usable', painted: 'painted', open: 'dialog opens', key: 'key to frame', keyWork: 'work for a key',
  next: 'next page', idle: 'idle', heap: 'memory', growth: 'kept by an opening', processor: 'processor, whole visit' };

export function plotOf(results) {
  const rows = rowsOf(results).filter(({ medians }) => medians.mui > 0);
  const height = top + rows.length * step + 34;
  const line = (x, y1, y2, kind = '') => `<line class="${kind}" x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${y1}" y2="${y2}"/>`;
  const parts = [0.05, 0.1, 0.2, 0.5, 1, 2, 5].map((ratio) => line(xOf(ratio), top - 10, height - 28) + `<text class="middle" x="${xOf(ratio).toFixed(1)}" y="${height - 10}">${ratio}x</text>`);
  Object.entries(names).forEach(([page, name], i) => parts.push(`<circle class="${page}" cx="${left + i * 135}" cy="24" r="6"/><text x="${left + 12 + i * 135}" y="29">${name}</text>`));
  rows.forEach(({ key, speed, slowed, medians, bound }, i) => {
    const y = top + i * step;
    parts.push(`<text class="end" x="${left - 14}" y="${y + 4}">${short[key]}${slowed ? `, CPU x${speed}` : ''}</text>`);
    if (bound) parts.push(line(xOf(bound), y - 9, y + 9, 'bound'));
    for (const page of Object.keys(names).reverse())
      parts.push(`<circle class="${page}" cx="${xOf(Math.max(0, medians[page]) / medians.mui).toFixed(1)}" cy="${y}" r="6"/>`);
  });
  const fill = (scheme) => Object.entries(colours).map(([page, pair]) => `.${page} { fill: ${pair[scheme]} }`).join(' ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 ${height}" role="img" aria-labelledby="t">
<title id="t">The same page with other libraries: medians as times those of React + MUI, less is better</title>
<style>
  text { font: 13px system-ui, sans-serif; fill: #1f2328 } line { stroke: #d0d7de } .bound { stroke: #cf222e; stroke-width: 2 } .end { text-anchor: end } .middle { text-anchor: middle }
  ${fill(0)}
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } line { stroke: #3d444d } .bound { stroke: #ff7b72 } ${fill(1)} }
</style>
${parts.join('\n')}
</svg>
`;
}
