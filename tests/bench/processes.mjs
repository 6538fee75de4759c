// What processes of this machine have used: processor time and memory of one and of its children, as the kernel counts them.
import { readFileSync, readdirSync } from 'node:fs';

const familyOf = (pid) => [pid, ...readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).flatMap(familyOf)];

// Microseconds of all threads, by the scheduler's own count: what others do meanwhile is not in it.
export function workOf(pid) {
  const threads = familyOf(pid).flatMap((one) => readdirSync(`/proc/${one}/task`).map((thread) => `/proc/${one}/task/${thread}/schedstat`));
  return threads.reduce((sum, file) => sum + Number(readFileSync(file, 'utf8').split(' ')[0]), 0) / 1000;
}

// Resident, MB. What a child shares with its parent counts twice.
export const memoryOf = (pid) =>
  familyOf(pid).reduce((sum, one) => sum + Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${one}/status`, 'utf8'))[1]), 0) / 1024;

// KiB that were written to files on a disk.
export const writtenOf = (pid) =>
  familyOf(pid).reduce((sum, one) => sum + Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${one}/io`, 'utf8'))[1]), 0) / 1024;
