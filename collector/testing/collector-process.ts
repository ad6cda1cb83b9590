import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A collector in a process of its own, and its ClickHouse, to be killed. */
export type CollectorProcess = {
  url: string;
  /** Resolves when it is gone. */
  kill(): Promise<void>;
  /** Whether there was one to kill: it may be dead already, or not yet started again. */
  killClickHouse(): boolean;
};

/** Starts one over a data directory; resolves when it answers. What it logs goes to `log`. Linux only. */
export async function startCollectorProcess(
  dataDirectory: string,
  log: (line: string) => void,
  environment: Record<string, string> = {},
): Promise<CollectorProcess> {
  const program = join(import.meta.dirname, 'run-collector.ts');
  const child = spawn(process.execPath, [program, dataDirectory], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.on('data', (text: Buffer) => log(text.toString().trimEnd()));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()));
    void gone.then(() => reject(new Error('the collector ended before it answered')));
  });
  return {
    url,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    killClickHouse() {
      const pid = childOf(child);
      if (pid === null) return false;
      process.kill(pid, 'SIGKILL');
      return true;
    },
  };
}

/** The process that it has started. One that has ended stays listed for a moment, and does not count. */
function childOf({ pid }: ChildProcess): number | null {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  const alive = children.filter((child) => child !== '' && !/^State:\s+Z/m.test(statusOf(child)));
  return alive[0] === undefined ? null : Number(alive[0]);
}

function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return 'State: Z (gone)';
  }
}
