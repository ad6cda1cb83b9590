import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { formatBytes, formatCount } from '../domain/format.ts';
import type { RetentionPlan } from '../domain/retention.ts';
import { askCollector, type StoreOptions, withStore } from './store-access.ts';

export type RetentionOptions = StoreOptions & {
  /** Shows and changes nothing. */
  dryRun?: boolean;
  /** The clock is right, though it leapt. */
  trustClock?: boolean;
  signal: AbortSignal;
};

/** Removes what is past its age, or shows it. */
export async function retention(options: RetentionOptions): Promise<number> {
  const { dryRun = false, trustClock: trusted = false, signal } = options;
  return withStore(options, async (collector) => {
    const request = dryRun ? { signal } : { body: { trusted }, signal };
    const answer = await askCollector(collector, '/api/retention', request);
    const { plan } = JSON.parse(await text(Readable.from(answer))) as { plan: RetentionPlan };
    console.log(planTable(plan));
    if (plan.past.length > 0) console.log(dryRun ? 'nothing was removed: --dry-run' : 'removed');
    return 0;
  });
}

/** The plan as a person reads it. */
export function planTable({ past, held, ahead }: RetentionPlan): string {
  const rows = past.map(({ table, rows, bytes, before, from, to }) => [
    table,
    formatCount(rows),
    formatBytes(bytes),
    dayOf(before),
    `${dayOf(from)} to ${dayOf(to)}`,
  ]);
  const lines = [['table', 'rows', 'about', 'before', 'they happened'], ...rows].map(
    ([table = '', count = '', bytes = '', before = '', when = '']) =>
      `${table.padEnd(14)} ${count.padStart(14)} ${bytes.padStart(10)}  ${before.padEnd(10)}  ${when}`.trimEnd(),
  );
  return [
    ...(rows.length > 0 ? lines : ['nothing is past its age']),
    ...(held > 0
      ? [
          `${formatCount(held)} rows are past their age, but were written in the last seven days: they stay for now`,
        ]
      : []),
    ...(ahead > 0
      ? [`${formatCount(ahead)} rows lie in the future by their own clocks: they stay until then`]
      : []),
  ].join('\n');
}

function dayOf(micros: number): string {
  return new Date(micros / 1000).toISOString().slice(0, 10);
}
