import { once } from 'node:events';
import { AppError } from '../domain/errors.ts';
import { formatCount } from '../domain/format.ts';
import type { Json } from '../domain/json.ts';
import { queryTable } from './query-table.ts';
import { askCollector, type StoreOptions, withStore } from './store-access.ts';
import { takeRows } from './take-rows.ts';

export type QueryOptions = StoreOptions & {
  sql: string;
  format: 'table' | 'json' | 'csv';
  /** Rows. */
  limit: number;
  signal: AbortSignal;
};

/** Answers SQL over the store on standard output: see docs/reference/sql.md. */
export async function query(options: QueryOptions): Promise<number> {
  const { sql, format, limit, signal } = options;
  return withStore(options, async (collector) => {
    const wanted = format === 'table' ? 'rows' : format;
    // One more than is shown tells whether there are more.
    const body = { sql, format: wanted, limit: limit + 1 };
    const answer = await askCollector(collector, '/api/query', { body, signal });
    const headers = { table: 2, json: 0, csv: 1 }[format];
    const gate = takeRows(limit, { headers, quoted: format === 'csv' });
    const shown = through(answer, gate.pass);
    if (format === 'table') await print([tableOf(await textOf(shown))]);
    else await print(shown);
    if (gate.more()) {
      console.error(
        `showing the first ${formatCount(limit)} rows; there are more: --limit <number> shows them`,
      );
    }
    return 0;
  });
}

async function* through(chunks: AsyncIterable<Uint8Array>, pass: (bytes: Uint8Array) => Uint8Array) {
  for await (const chunk of chunks) {
    const kept = pass(chunk);
    if (kept.length > 0) yield kept;
    if (kept.length < chunk.length) return;
  }
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString('utf8');
}

/** A line each for names and types, then a line a row. */
function tableOf(lines: string): string {
  const [names, types, ...rows] = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Json[]);
  if (!names || !types) throw new AppError('SQL_REFUSED', 'the statement answers with no table');
  return queryTable(names.map(String), types.map(String), rows);
}

/** To standard output, as fast as it is read; a reader that goes away (`| head`) ends it quietly. */
async function print(chunks: AsyncIterable<Uint8Array> | Iterable<string>): Promise<void> {
  const { stdout } = process;
  let gone = false;
  const onError = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    gone = true;
  };
  stdout.on('error', onError);
  for await (const chunk of chunks) {
    if (gone) return;
    if (!stdout.write(chunk))
      await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]).catch(() => {});
  }
}
