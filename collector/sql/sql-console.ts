import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import {
  ClickHouseError,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from '@clickhouse/client';
import { AppError } from '../../domain/errors.ts';
import type { ProjectId } from '../../domain/ids.ts';
import { connectionsTo } from '../store/connections.ts';
import { asStoreError } from '../store/store-error.ts';
import type { FiltersOf } from './project-filter.ts';
import { refusal } from './read-only-syntax.ts';

/** How rows come: see `FORMATS`. */
export type SqlFormat = 'json' | 'csv' | 'rows';

/** `json`: an object a line; `csv`: with a header; `rows`: names, types and then rows, an array a line. */
const FORMATS: Record<SqlFormat, string> = {
  json: 'JSONEachRow',
  csv: 'CSVWithNames',
  rows: 'JSONCompactEachRowWithNamesAndTypes',
};

export type SqlRequest = {
  /** Whose rows are there to be read; there are no others. */
  project: ProjectId;
  sql: string;
  format: SqlFormat;
  /** Nothing is computed beyond so many rows, though some more than that may come. */
  limit: number;
  signal: AbortSignal;
};

/** SQL of people and scripts over the views of the store: it reads and does nothing else. */
export type SqlConsole = {
  /**
   * The answer, whole before its first byte: either rows or an error, never rows that break off.
   *
   * @throws AppError SQL_REFUSED, QUERY_LIMIT, STORE_UNAVAILABLE
   */
  run(request: SqlRequest): Promise<Readable>;
  close(): Promise<void>;
};

const EXPLAIN = 'EXPLAIN AST ';
const secondsOfQuery = 60;
/** ClickHouse's code for a statement that would write. */
const READONLY = '164';

const readOnly: ClickHouseSettings = {
  readonly: '1',
  max_execution_time: secondsOfQuery,
  max_memory_usage: '2000000000',
  result_overflow_mode: 'break',
  cancel_http_readonly_queries_on_client_close: 1,
  do_not_merge_across_partitions_select_final: 1,
  format_csv_null_representation: '',
  wait_end_of_query: 1,
};

export type SqlOptions = {
  /** Of the server, with user and password where it asks for them. */
  url: string;
  /** That holds the views. */
  database: string;
  /** See `projectFilters`. */
  filtersOf: FiltersOf;
  /** For every statement. */
  settings?: ClickHouseSettings;
};

export function openSqlConsole({ url, database, filtersOf, settings = {} }: SqlOptions): SqlConsole {
  const client = createClient({
    url,
    database,
    application: 'rehearse-sql',
    clickhouse_settings: settings,
    request_timeout: (secondsOfQuery + 10) * 1000,
    http_agent: connectionsTo(url, 4),
    log: { level: ClickHouseLogLevel.OFF },
  });

  return {
    async run({ project, sql, format, limit, signal }) {
      // What stands before the first word stays: errors say where they are.
      const query = sql.trimEnd().replace(/;$/, '');
      if (query.trim() === '') throw new AppError('SQL_REFUSED', 'expected SQL, got nothing');
      try {
        // Without a FORMAT, which would be taken for that of the statement inside: a node a line comes.
        const tree = await client.exec({
          query: `${EXPLAIN}${query}`,
          clickhouse_settings: { readonly: '1' },
          abort_signal: signal,
        });
        const reason = refusal((await text(tree.stream)).split('\n'), database);
        if (reason !== null) throw new AppError('SQL_REFUSED', reason);
        const { stream } = await client.exec({
          query: `${query}\nFORMAT ${FORMATS[format]}`,
          clickhouse_settings: {
            ...readOnly,
            additional_table_filters: await filtersOf(project),
            max_result_rows: String(limit),
            output_format_json_quote_64bit_integers: format === 'rows' ? 1 : 0,
          },
          abort_signal: signal,
        });
        return stream;
      } catch (error) {
        throw asSqlError(error);
      }
    },
    close: () => client.close(),
  };
}

/** What is wrong with the SQL is said in ClickHouse's words, but for what surrounds them. */
function asSqlError(error: unknown): AppError {
  const known = asStoreError(error, 'read');
  if (!(error instanceof ClickHouseError)) return known;
  if (known.code !== 'INTERNAL' && error.code !== READONLY) return known;
  const message = error.message
    .replace(/^Code: \d+\. DB::Exception: /, '')
    .replace(/^default: /, '')
    .replace(/\s*\(version [^)]*\)\s*$/, '')
    .replace(/\s+/g, ' ')
    .replace(/failed at position (\d+)/, (_, at) => `failed at position ${Number(at) - EXPLAIN.length}`)
    .replace(/\(line 1, col (\d+)\)/, (_, at) => `(line 1, col ${Number(at) - EXPLAIN.length})`)
    .trim();
  return new AppError('SQL_REFUSED', message.length > 500 ? `${message.slice(0, 500)} ...` : message, {
    cause: error,
  });
}
