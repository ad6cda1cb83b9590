import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { childProcess, cpuSeconds } from './process-cpu.ts';

/** A collector with its ClickHouse, each a process of its own, so that their costs can be told apart. */
export type CollectorProcess = Awaited<ReturnType<typeof startCollectorProcess>>;

/** Starts `rehearse serve` on a free port over a data directory that goes when it is closed. */
export async function startCollectorProcess(options: { config?: string } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'rehearse-bench-'));
  const cli = join(import.meta.dirname, '..', 'cli.ts');
  const config = options.config === undefined ? [] : ['--config', options.config];
  const child = spawn(
    process.execPath,
    [cli, 'serve', '--port', '0', '--grpc-port', '0', '--data', directory, ...config],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const pid = child.pid ?? 0;
  const url = await firstUrl(child.stdout);
  const clickHouse = childProcess(pid, 'clickhouse-process');
  const clickHouseUrl = `http://127.0.0.1:${clickHouse.arguments[0]}/?database=rehearse`;

  const query = async (sql: string, body?: BodyInit) => {
    const address = body === undefined ? clickHouseUrl : `${clickHouseUrl}&query=${encodeURIComponent(sql)}`;
    const answer = await fetch(address, { method: 'POST', body: body ?? sql, duplex: 'half' } as RequestInit);
    if (!answer.ok) throw new Error((await answer.text()).slice(0, 500));
    return answer;
  };
  const count = async (sql: string) => Number(await (await query(`${sql} FORMAT TSV`)).text());
  return {
    url,
    directory,
    query,
    count,
    /** Seconds of processor time so far. */
    cpu: () => ({ collector: cpuSeconds(pid), clickHouse: cpuSeconds(clickHouse.pid) }),
    /** Resolves when this many spans are there to be read. */
    async readable(spans: number) {
      while ((await count('SELECT count() FROM spans')) < spans) await sleep(20);
    },
    /** Resolves when nothing has been merged for two seconds. */
    async mergesDone() {
      for (let quiet = 0; quiet < 20; quiet++) {
        if ((await count('SELECT count() FROM system.merges')) > 0) quiet = -1;
        await sleep(100);
      }
    },
    async close() {
      child.kill('SIGTERM');
      await once(child, 'exit');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The address that a collector prints when it is ready. */
export async function firstUrl(output: Readable): Promise<string> {
  let seen = '';
  // It goes on to print: a closed pipe would end it.
  for await (const chunk of output.iterator({ destroyOnReturn: false })) {
    seen += chunk;
    const found = /http:\/\/[\d.:]+/.exec(seen);
    if (found) {
      output.resume();
      return found[0];
    }
  }
  throw new Error(`expected the collector to print its address, got: ${seen}`);
}
