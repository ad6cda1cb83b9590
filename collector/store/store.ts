import { Readable } from 'node:stream';
import { ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { connectionsTo } from './connections.ts';
import { narrowedSql } from './narrowed-sql.ts';
import { encodeNativeBlock, type NativeColumn } from './native-block.ts';
import type { Query, QueryParam } from './query.ts';
import { asStoreError } from './store-error.ts';

/** The one way to the database, by how much comes back. Failures are `AppError`s: see `asStoreError`. */
export type Store = {
  rows<Params extends Record<string, QueryParam>, Columns extends z.ZodObject, Value>(
    query: Query<Params, Columns, Value>,
    params: Params,
    options?: ReadOptions,
  ): Promise<Value[]>;
  /** `null` when there is none. */
  maybeOne<Params extends Record<string, QueryParam>, Columns extends z.ZodObject, Value>(
    query: Query<Params, Columns, Value>,
    params: Params,
  ): Promise<Value | null>;
  /**
   * The answer as one list a column: for answers of many rows. The values are not
   * checked one by one; a test compares the columns' types with the query's.
   */
  columns<Params extends Record<string, QueryParam>, Columns extends z.ZodObject, Value>(
    query: Query<Params, Columns, Value>,
    params: Params,
  ): Promise<ColumnsOf<z.output<Columns>>>;
  /** Inserts rows as one block and resolves when ClickHouse has them on disk. No rows, no request. */
  insert<Row>(
    table: string,
    columns: readonly NativeColumn<Row>[],
    rows: readonly Row[],
    options?: InsertOptions,
  ): Promise<void>;
  /**
   * Inserts blocks of the Native format as they stand, as one block for each partition, and resolves when ClickHouse
   * has them on disk. Their own names say which columns they fill.
   */
  insertBlocks(table: string, blocks: AsyncIterable<Buffer>, options: InsertBlocksOptions): Promise<void>;
  /** Since when the server has been running, in milliseconds since the epoch, by its own clock. */
  runningSince(): Promise<number>;
  /** A statement without an answer. */
  command(sql: string, params?: Record<string, QueryParam>): Promise<void>;
  /** Rows as they come, in the background: for answers that are larger than memory. Reading on asks for more. */
  each<Params extends Record<string, QueryParam>, Columns extends z.ZodObject, Value>(
    query: Query<Params, Columns, Value>,
    params: Params,
    options: { signal: AbortSignal },
  ): AsyncIterable<Value>;
  /** An `INSERT ... SELECT` of what follows from other tables, in the background: it gives way to other queries. */
  derive(sql: string, params: Record<string, QueryParam>): Promise<void>;
  ping(): Promise<boolean>;
  /** Those that hold a part each, for what is changed in place there. Alone it is this store itself. */
  readonly shards: readonly Store[];
  close(): Promise<void>;
};

/** A list of the values of each column. */
export type ColumnsOf<Row> = { [Name in keyof Row]: Row[Name][] };

export type ReadOptions = {
  /** The read is refused with QUERY_LIMIT when it takes longer; default 15. */
  seconds?: number;
};

type InsertOptions = {
  /** The same block with the same token is stored once, however often it is sent. */
  token?: string;
};

type InsertBlocksOptions = {
  /** The same token is stored once, however often it is sent; `null` compares with nothing. */
  token: string | null;
  signal: AbortSignal;
};

export type StoreOptions = {
  /** May carry user and password: `http://user:password@host:8123`. */
  url: string;
  /** Made by the migrations where it does not exist. */
  database: string;
  /** For every statement. */
  settings?: ClickHouseSettings;
};

const readSettings: ClickHouseSettings = {
  /** A read that takes more is refused with QUERY_LIMIT. */
  max_execution_time: 15,
  max_memory_usage: '1500000000',
  output_format_json_quote_64bit_integers: 0,
  /** Two rows of one span have one start, and so one partition: see the keys in `schema`. */
  do_not_merge_across_partitions_select_final: 1,
  /** Only what looks at the sorting key alone is moved before FINAL, where it saves reading whole granules. */
  optimize_move_to_prewhere_if_final: 1,
};
/** ClickHouse lets queries of a smaller number go first. */
const background: ClickHouseSettings = { priority: '10', max_threads: 1 };
const hourSeconds = 3600;
const requestMilliseconds = 30_000;
const mostConnections = 16;

/** Of all rows and bytes one block is made, however they are cut: parts and tokens do not depend on it. */
const oneBlock: ClickHouseSettings = {
  min_insert_block_size_rows: '1000000000',
  min_insert_block_size_bytes: '4000000000',
};

/** The lists are not walked: they may hold a million values. */
const answeredColumns = z.object({ data: z.record(z.string(), z.custom<unknown[]>(Array.isArray)) });

const sinceColumns = z.object({ since: z.int() });
const runningSince: Query<Record<string, never>, typeof sinceColumns, number> = {
  sql: 'SELECT toUnixTimestamp(now() - uptime()) AS since',
  columns: sinceColumns,
  toValue: ({ since }) => since * 1000,
};

/** Opens the store over HTTP; nothing is asked of the server yet. */
export function openStore({ url, database, settings = {} }: StoreOptions): Store {
  const client = createClient({
    url,
    database,
    application: 'rehearse',
    clickhouse_settings: settings,
    request_timeout: requestMilliseconds,
    http_agent: connectionsTo(url, mostConnections),
    log: { level: ClickHouseLogLevel.OFF },
    // Lists of hours or ids may be longer than an address may be.
    use_multipart_params_auto: true,
  });

  const rows: Store['rows'] = async ({ sql, columns, toValue }, params, options = {}) => {
    const found = await guard('read', async () => {
      const answer = await client.query({
        query: narrowedSql(sql, params),
        query_params: params,
        format: 'JSONEachRow',
        clickhouse_settings: {
          ...readSettings,
          ...(options.seconds === undefined ? {} : { max_execution_time: options.seconds }),
        },
      });
      return await answer.json<unknown>();
    });
    return found.map((row) => toValue(columns.parse(row)));
  };

  const store: Store = {
    rows,
    async columns({ sql, columns }, params) {
      const found = await guard('read', async () => {
        const answer = await client.query({
          query: narrowedSql(sql, params),
          query_params: params,
          format: 'JSONColumnsWithMetadata',
          clickhouse_settings: readSettings,
        });
        return answeredColumns.parse(await answer.json());
      });
      // Without rows there are no columns either.
      const named = Object.keys(columns.shape).map((name) => [name, found.data[name] ?? []]);
      return Object.fromEntries(named) as ColumnsOf<z.output<typeof columns>>;
    },
    async maybeOne(query, params) {
      const [first, second] = await rows(query, params);
      if (second !== undefined) throw new AppError('INTERNAL', 'expected one row at most, got several');
      return first ?? null;
    },
    async insert(table, columns, values, { token } = {}) {
      if (values.length === 0) return;
      const names = columns.map((column) => column.name).join(', ');
      await guard('write', async () => {
        const { stream } = await client.exec({
          query: `INSERT INTO ${table} (${names}) FORMAT Native`,
          values: Readable.from([encodeNativeBlock(columns, values)]),
          clickhouse_settings: {
            // A batch with wrong clocks may touch every month there is: see the partitions of the table.
            max_partitions_per_insert_block: '0',
            wait_end_of_query: 1,
            ...(token === undefined ? {} : { insert_deduplication_token: token }),
          },
        });
        for await (const chunk of stream) void chunk;
      });
    },
    async insertBlocks(table, blocks, { token, signal }) {
      await guard('write', async () => {
        const { stream } = await client.exec({
          query: `INSERT INTO ${table} FORMAT Native`,
          // No block is read before the one in front of it is on its way.
          values: Readable.from(blocks, { highWaterMark: 1 }),
          abort_signal: signal,
          clickhouse_settings: {
            ...oneBlock,
            // Duplicates collapse when parts are merged, and FINAL sees one: doing it here too doubles the cost (measured).
            optimize_on_insert: 0,
            max_partitions_per_insert_block: '0',
            wait_end_of_query: 1,
            ...(token === null ? { insert_deduplicate: 0 } : { insert_deduplication_token: token }),
          },
        });
        for await (const chunk of stream) void chunk;
      });
    },
    async runningSince() {
      const [since] = await rows(runningSince, {});
      return since ?? 0;
    },
    async command(sql, params = {}) {
      await guard('write', () =>
        client.command({ query: sql, query_params: params, clickhouse_settings: { wait_end_of_query: 1 } }),
      );
    },
    async *each({ sql, columns, toValue }, params, { signal }) {
      try {
        const answer = await client.query({
          query: narrowedSql(sql, params),
          query_params: params,
          format: 'JSONEachRow',
          clickhouse_settings: { ...readSettings, ...background, max_execution_time: hourSeconds },
          abort_signal: signal,
        });
        for await (const rowsAtHand of answer.stream<unknown>()) {
          for (const row of rowsAtHand) yield toValue(columns.parse(row.json()));
        }
      } catch (error) {
        signal.throwIfAborted();
        throw asStoreError(error, 'read');
      }
    },
    async derive(sql, params) {
      await guard('write', async () => {
        // As a query, since only those may carry parameters that are longer than an address.
        const answer = await client.query({
          query: narrowedSql(sql, params),
          query_params: params,
          format: 'JSONEachRow',
          clickhouse_settings: {
            ...readSettings,
            ...background,
            max_execution_time: 0,
            wait_end_of_query: 1,
            // A statement may take longer than a connection may be silent.
            send_progress_in_http_headers: 1,
            http_headers_progress_interval_ms: '10000',
          },
        });
        await answer.text();
      });
    },
    async ping() {
      return (await client.ping()).success;
    },
    get shards() {
      return [store];
    },
    close: () => client.close(),
  };
  return store;
}

async function guard<T>(kind: 'read' | 'write', ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw asStoreError(error, kind);
  }
}
