import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { LoopLine } from '../collector/routes/loops.ts';
import { AppError } from '../domain/errors.ts';
import { counted, formatCost, formatCount, formatDuration } from '../domain/format.ts';
import type { Json } from '../domain/json.ts';
import type { LoopFinding } from '../domain/loop.ts';
import { howOften, whatLooped } from '../domain/loop-wording.ts';
import type { TraceSummary } from '../domain/trace.ts';
import { queryTable } from './query-table.ts';
import { askCollector, type StoreOptions, withStore } from './store-access.ts';

export type LoopsOptions = StoreOptions & {
  /** Starts of traces, seconds since the epoch. */
  from?: number;
  to?: number;
  agent?: string;
  minSteps: number;
  format: 'table' | 'json';
  /** How long to look. */
  seconds: number;
  signal: AbortSignal;
};

/** Of a table, which is held until its columns are known; JSON is written as it comes. */
const mostRows = 10_000;

type Looped = Extract<LoopLine, { kind: 'looped' }>;
type Progress = Extract<LoopLine, { kind: 'progress' }>;

/** Prints the stored traces that looped: see docs/reference/loops.md. */
export async function loops(options: LoopsOptions): Promise<number> {
  return withStore(options, async (collector, lasting) => {
    const pages = lasting ? collector.url : '';
    const deadline = performance.now() + options.seconds * 1000;
    const answer = await askCollector(collector, `/api/loops?${queryOf(options)}`, {
      signal: options.signal,
    });
    const rows: Json[][] = [];
    let progress: Progress | null = null;
    let done = false;
    for await (const text of createInterface({ input: Readable.from(answer) })) {
      const line = JSON.parse(text) as LoopLine;
      if (line.kind === 'failed') throw new AppError(line.code, line.message);
      if (line.kind === 'done') done = true;
      if (line.kind === 'looped' && options.format === 'json')
        console.log(JSON.stringify(withLink(line, pages)));
      if (line.kind === 'looped' && rows.length < mostRows) rows.push(...rowsOf(line, pages));
      if (line.kind === 'progress') {
        progress = line;
        show(line);
        if (performance.now() > deadline) break;
      }
    }
    show(null);
    if (progress === null && !done) {
      throw new AppError('COLLECTOR_UNREACHABLE', `the collector at ${collector.url} broke off`);
    }
    if (options.format === 'table' && rows.length > 0) process.stdout.write(queryTable(NAMES, TYPES, rows));
    console.error(summaryOf(progress, done, options));
    return 0;
  });
}

function queryOf({ from, to, agent, minSteps }: LoopsOptions): string {
  const query = new URLSearchParams({ minSteps: String(minSteps) });
  if (from !== undefined) query.set('from', String(from * 1e6));
  if (to !== undefined) query.set('to', String(to * 1e6));
  if (agent !== undefined) query.set('agent', agent);
  return String(query);
}

const NAMES = ['start', 'agent', 'by', 'what looped', 'often', 'wasted', 'tokens', 'cost', 'trace'];
const TYPES = NAMES.map((name) =>
  ['wasted', 'tokens', 'cost', 'often'].includes(name) ? 'Int64' : 'String',
);

/** A row for each loop; a stretch says nothing beside the cycles it is made of. */
function rowsOf({ trace, findings }: Looped, pages: string): Json[][] {
  const named = findings.filter(({ kind }) => kind !== 'stretch');
  return (named.length > 0 ? named : findings).map((finding) => [
    new Date(trace.start / 1000).toISOString().slice(0, 19),
    trace.agent ?? trace.service,
    finding.kind,
    whatLooped(finding),
    howOften(finding),
    formatDuration(finding.wasted.duration),
    formatCount(finding.wasted.tokens),
    formatCost(finding.wasted.cost),
    `${pages}/traces/${trace.traceId}`,
  ]);
}

function withLink({ kind: _, ...line }: Looped, pages: string) {
  return { ...line, link: linkOf(line.trace, line.findings[0], pages) };
}

/** To the span that began it; without an address where no collector stays up. */
function linkOf({ traceId }: TraceSummary, finding: LoopFinding | undefined, pages: string): string {
  const span = finding?.spanId ? `?span=${finding.spanId}` : '';
  return `${pages}/traces/${traceId}${span}`;
}

/** On a terminal, a line that is written over; `null` takes it away. */
function show(progress: Progress | null): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(progress === null ? '\r\u001b[K' : `\r${countsOf(progress)} `);
}

function countsOf({ traces, looped, unknown }: Pick<Progress, 'traces' | 'looped' | 'unknown'>): string {
  const looping = `${formatCount(looped)} of ${counted(traces, 'trace')} looped`;
  return unknown === 0 ? looping : `${looping}, of ${formatCount(unknown)} it is not known`;
}

function summaryOf(progress: Progress | null, done: boolean, { seconds }: LoopsOptions): string {
  const told = countsOf(progress ?? { traces: 0, looped: 0, unknown: 0 });
  if (done || progress === null) return told;
  const from = new Date(progress.from / 1000).toISOString();
  return `${told}; ${seconds} s were up: older ones than ${from} were not looked at (--seconds, --to)`;
}
