import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second of /proc: 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** Seconds of processor time that a process has used so far, its own and the kernel's for it. Linux only. */
export function cpuSeconds(pid: number): number {
  const fields = statOf(pid);
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** The child of a process whose command line names this file, with its arguments. Linux only. */
export function childProcess(parent: number, file: string): { pid: number; arguments: string[] } {
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      if (Number(statOf(Number(entry))[1]) !== parent) continue;
      const line = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0');
      const at = line.findIndex((argument) => argument.includes(file));
      if (at >= 0) return { pid: Number(entry), arguments: line.slice(at + 1) };
    } catch {
      // It ended while we looked.
    }
  }
  throw new Error(`expected process ${parent} to have a child that runs ${file}`);
}

/** The fields of /proc/<pid>/stat after the name, which may hold spaces. */
function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
