import type { Readable } from 'node:stream';
import { ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { connectionsTo } from '../store/connections.ts';
import type { Query } from '../store/query.ts';
import type { Store } from '../store/store.ts';
import { asStoreError } from '../store/store-error.ts';
import { TABLES, tablesThat } from '../store/tables.ts';
import { type TableColumn, transferColumns } from './transfer-columns.ts';

/** `parquet` for other tools, `jsonl` an object a line. Both are exact. */
export const TRANSFER_FORMATS = ['parquet', 'jsonl'] as const;
export type TransferFormat = (typeof TRANSFER_FORMATS)[number];

const FORMATS: Record<TransferFormat, string> = { parquet: 'Parquet', jsonl: 'JSONEachRow' };

/** Rows of a table between two moments of its own time, in seconds since the epoch; the second does not belong to it. */
export type TransferRequest = { table: string; format: TransferFormat; from: number; to: number };

/** Rows of one table out of the store and into it, whatever their number. */
export type Transfer = {
  /**
   * The rows of a project, each thing once, whole before the first byte.
   *
   * @throws AppError BAD_REQUEST for a table that holds nothing received, STORE_UNAVAILABLE
   */
  read(project: string, request: TransferRequest): Promise<Readable>;
  /** Stores rows in a project. The same rows again change nothing. @throws AppError DATA_UNREADABLE */
  write(project: string, table: string, format: TransferFormat, rows: Readable): Promise<void>;
  close(): Promise<void>;
};

/** What was received: text first, so that no span is ever without its own. */
export const TRANSFER_TABLES = tablesThat(({ role }) => role === 'source').toSorted(
  (one, other) => Number(other === 'span_payloads') - Number(one === 'span_payloads'),
);

const hourMilliseconds = 3_600_000;
/** What JSON would change is written so that it does not. */
const exact: ClickHouseSettings = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_denormals: 1,
  output_format_json_map_as_array_of_tuples: 1,
  input_format_json_map_as_array_of_tuples: 1,
  date_time_output_format: 'simple',
  date_time_input_format: 'basic',
  input_format_null_as_default: 0,
};

const columns = z.object({ name: z.string(), type: z.string() });
const tableColumns: Query<{ table: string }, typeof columns, TableColumn> = {
  sql: 'SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {table:String} ORDER BY position',
  columns,
  toValue: (row) => row,
};

export function openTransfer(
  { url, database, settings = {} }: { url: string; database: string; settings?: ClickHouseSettings },
  store: Pick<Store, 'rows'>,
): Transfer {
  const client = createClient({
    url,
    database,
    application: 'rehearse-transfer',
    clickhouse_settings: settings,
    request_timeout: hourMilliseconds,
    http_agent: connectionsTo(url, 2),
    log: { level: ClickHouseLogLevel.OFF },
  });

  async function columnsOf(table: string) {
    if (!TRANSFER_TABLES.includes(table)) {
      throw new AppError('BAD_REQUEST', `expected one of ${TRANSFER_TABLES.join(', ')}, got ${table}`);
    }
    return transferColumns(await store.rows(tableColumns, { table }));
  }

  return {
    async read(project, { table, format, from, to }) {
      const names = await columnsOf(table);
      const time = TABLES[table]?.time;
      try {
        const { stream } = await client.exec({
          query: `SELECT ${names.map(({ out }) => out).join(', ')} FROM ${table} AS t FINAL
            WHERE t.project = {project:String}
              AND t.${time} >= toDateTime({from:UInt32}, 'UTC') AND t.${time} < toDateTime({to:UInt32}, 'UTC')
            FORMAT ${FORMATS[format]}`,
          query_params: { project, from, to },
          clickhouse_settings: {
            ...exact,
            wait_end_of_query: 1,
            do_not_merge_across_partitions_select_final: 1,
          },
        });
        return stream;
      } catch (error) {
        throw asStoreError(error, 'read');
      }
    },
    async write(project, table, format, rows) {
      const names = await columnsOf(table);
      const structure = names.map(({ name, type }) => `${name} ${type}`).join(', ');
      const quoted = structure.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
      try {
        const { stream } = await client.exec({
          query: `INSERT INTO ${table} (project, ${names.map(({ name }) => name).join(', ')})
            SELECT {project:String}, ${names.map(({ back }) => back).join(', ')} FROM input('${quoted}')
            FORMAT ${FORMATS[format]}`,
          query_params: { project },
          values: rows,
          clickhouse_settings: {
            ...exact,
            optimize_on_insert: 0,
            insert_deduplicate: 0,
            max_partitions_per_insert_block: '0',
            wait_end_of_query: 1,
          },
        });
        for await (const chunk of stream) void chunk;
      } catch (error) {
        const known = asStoreError(error, 'write');
        if (known.code !== 'INTERNAL') throw known;
        throw new AppError('DATA_UNREADABLE', `expected rows of ${table} as ${format}: ${known.message}`, {
          cause: error,
        });
      }
    },
    close: () => client.close(),
  };
}
