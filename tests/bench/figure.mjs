// Prints a figure beside its budget; a miss makes the process exit with 1.
export function report(name, value, unit, budget, note = '') {
  const verdict = value <= budget ? 'ok' : 'MISSED';
  if (value > budget) process.exitCode = 1;
  console.log(`${name.padEnd(52)} ${value.toFixed(2).padStart(9)} ${unit.padEnd(3)} budget ${budget} ${unit}  ${verdict}${note ? `  (${note})` : ''}`);
}

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
