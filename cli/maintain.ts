import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { MaintenanceEvent, MaintenanceTask } from '../collector/maintenance/maintenance.ts';
import type { StoredFigures } from '../collector/maintenance/stored-figures.ts';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import { counted, formatCount } from '../domain/format.ts';
import { askCollector, type StoreOptions, withStore } from './store-access.ts';

export type MaintainOptions = StoreOptions & {
  /** Starts of spans, seconds since the epoch. */
  from?: number;
  to?: number;
  all?: boolean;
  signal: AbortSignal;
};

type Line = MaintenanceEvent | { kind: 'failed'; code: ErrorCode; message: string };

/** Runs `remap` or `reprice` over a store and says what it changed. */
export async function maintain(task: MaintenanceTask, options: MaintainOptions): Promise<number> {
  const { from, to, all, signal } = options;
  const body = {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    all: all ?? false,
  };
  return withStore(options, async (collector) => {
    const answer = await askCollector(collector, `/api/maintenance/${task}`, { body, signal });
    const terminal = process.stderr.isTTY;
    let done = false;
    for await (const text of createInterface({ input: Readable.from(answer) })) {
      const line = JSON.parse(text) as Line;
      if (line.kind === 'failed') throw new AppError(line.code, line.message);
      if (line.kind === 'progress' && terminal) process.stderr.write(`\r${progressOf(line)} `);
      if (line.kind === 'done') {
        if (terminal) process.stderr.write('\r\u001b[K');
        console.log(summaryOf(task, line));
        done = true;
      }
    }
    if (!done) throw new AppError('COLLECTOR_UNREACHABLE', `the collector at ${collector.url} broke off`);
    return 0;
  });
}

type Progress = { read: number; written: number };

function progressOf({ read, written }: Progress): string {
  return `${counted(read, 'span')} read, ${formatCount(written)} stored anew`;
}

function summaryOf(
  task: MaintenanceTask,
  { before, after, ...progress }: Extract<Line, { kind: 'done' }>,
): string {
  const rows: [string, (figures: StoredFigures) => string][] = [
    ['spans', ({ spans }) => formatCount(spans)],
    ['model calls', ({ calls }) => formatCount(calls)],
    ['unpriced', ({ unpriced }) => formatCount(unpriced)],
    ['cost', ({ usd }) => (usd === null ? 'unpriced' : `$${usd.toFixed(6)}`)],
    ['mapper', ({ mappers }) => mappers.join(', ') || '-'],
  ];
  const lines = rows.map(
    ([name, of]) => `${name.padEnd(12)} ${of(before).padStart(16)} ${of(after).padStart(16)}`,
  );
  return [
    `${task}: ${progressOf(progress)}`,
    `${' '.repeat(12)} ${'before'.padStart(16)} ${'after'.padStart(16)}`,
    ...lines,
  ].join('\n');
}
