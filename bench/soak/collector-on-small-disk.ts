import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstUrl } from '../collector-process.ts';
import { childProcess } from '../process-cpu.ts';
import { type Faults, noFaults } from './faults.ts';

/** A collector whose machine can be made to fail. */
export type FaultyCollector = {
  url: string;
  /** What it has logged so far. */
  log: readonly string[];
  query(sql: string): Promise<string>;
  suffer(faults: Partial<Faults>): void;
  killClickHouse(): void;
  /** Keeps it full, also of what ClickHouse frees, until what is returned is called. */
  fillDisk(): () => void;
  /** Bytes of memory that the collector and its ClickHouse hold now; null while ClickHouse is away. */
  memory(): { collector: number; clickHouse: number | null };
  close(): Promise<void>;
};

const diskMegabytes = 2000;
const refillMillis = 500;
const mount = `mount -t tmpfs -o size=${diskMegabytes}m tmpfs "$0" && exec "$@"`;

/**
 * Starts `rehearse serve` with ClickHouse on a disk of 2 GB that lies in memory, in a mount namespace of its own: no right
 * of an administrator is needed. Linux only.
 *
 * @throws where the kernel gives users no namespaces.
 */
export async function startFaultyCollector(): Promise<FaultyCollector> {
  const directory = mkdtempSync(join(tmpdir(), 'rehearse-soak-'));
  const root = join(import.meta.dirname, '../..');
  const serve = [join(root, 'cli.ts'), 'serve', '--port', '0', '--grpc-port', '0', '--data', directory];
  const node = [
    process.execPath,
    '--max-semi-space-size=8',
    '--import',
    join(import.meta.dirname, 'faulty.ts'),
  ];
  const child = spawn('unshare', ['-rm', 'sh', '-c', mount, directory, ...node, ...serve], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log: string[] = [];
  const gone = once(child, 'exit');
  child.stderr?.on('data', (text: Buffer) => log.push(...text.toString().trimEnd().split('\n')));
  const pid = child.pid ?? 0;
  const url = await Promise.race([
    firstUrl(child.stdout as NonNullable<typeof child.stdout>),
    gone.then(() => {
      throw new Error(`expected a collector on a disk of its own, got: ${log.join('\n')}`);
    }),
  ]);
  const clickHouse = () => childProcess(pid, 'clickhouse-process');
  // The same disk as the collector sees it.
  const filler = join(`/proc/${pid}/root`, directory, 'filler');
  let faults = noFaults;
  return {
    url,
    log,
    async query(sql) {
      const address = `http://127.0.0.1:${clickHouse().arguments[0]}/?database=rehearse`;
      const answer = await fetch(address, { method: 'POST', body: sql });
      const text = await answer.text();
      if (!answer.ok) throw new Error(text.slice(0, 500));
      return text;
    },
    suffer(some) {
      faults = { ...faults, ...some };
      child.send(faults);
    },
    killClickHouse: () => process.kill(clickHouse().pid, 'SIGKILL'),
    fillDisk() {
      fill(filler);
      const filling = setInterval(() => fill(filler), refillMillis);
      return () => {
        clearInterval(filling);
        rmSync(filler);
      };
    },
    memory() {
      try {
        return { collector: residentBytes(pid), clickHouse: residentBytes(clickHouse().pid) };
      } catch {
        return { collector: residentBytes(pid), clickHouse: null };
      }
    },
    async close() {
      child.kill('SIGTERM');
      await gone;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Appends to a file until its disk is full. */
function fill(file: string): void {
  for (const bytes of [1 << 20, 1 << 12]) {
    try {
      for (const chunk = Buffer.alloc(bytes); ; ) writeFileSync(file, chunk, { flag: 'a' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }
}

function residentBytes(pid: number): number {
  const found = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (!found) throw new Error(`expected process ${pid} to hold memory`);
  return Number(found[1]) * 1024;
}
