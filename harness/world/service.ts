import type { z } from 'zod';
import type { Row } from '../../domain/effect.ts';
import type { Json } from '../../domain/json.ts';
import type { Micros } from '../../domain/units.ts';

/** A table of a service: rows by key, every write journaled. */
export type TableSpec = {
  /** The column that holds the key. */
  key: string;
  /** Mail, SMS, payments: every write counts, an undo does not erase it. */
  irreversible?: boolean;
};

/** What an operation may do with a table. Rows are values: a change is a new row, never an edit in place. */
export type Table = {
  get(key: string): Row | null;
  /** In insertion order. */
  all(): Iterable<Row>;
  insert(row: Row): Row;
  /** Lays `columns` over the row with this key. */
  update(key: string, columns: Row): Row;
  delete(key: string): void;
};

/** The world that an operation acts on. */
export type OperationContext = {
  table(name: string): Table;
  /** The virtual clock. */
  now: Micros;
  /** The next id of a counter: `newId('msg')` gives `msg_1`, `msg_2`, ... */
  newId(prefix: string): string;
  /** Seeded, in [0, 1). */
  random(): number;
};

/** One HTTP request to an operation, with the world it acts on. */
export type OperationRequest = OperationContext & {
  params: Record<string, string>;
  query: URLSearchParams;
  /** Decoded JSON, or the fields of a form by name; `null` without a body. */
  body: Json;
};

/** A `body` that is a text under a `content-type` of its own is sent as that text, any other as JSON. */
export type Reply = {
  status: number;
  body: Json;
  headers?: Record<string, string>;
  /** On the world's clock, beside the time of any call: speech takes as long as it sounds. Default: none. */
  takes?: Micros;
};

/** One endpoint. Checks come before the first write, so that a refused call writes nothing. */
export type Operation = {
  /** Unique in its service: `messages.send`. Faults and the journal name it. */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/messages/:id`; a last `:path+` takes all segments that are left, at least one. */
  path: string;
  /** It writes nothing: what it looks into counts as read by the caller, and its answer may be stale. Default: of a GET. */
  readOnly?: boolean;
  /** Of `defineOperation`; without it the OpenAPI description of the service names the operation only. */
  description?: OperationDescription;
  handle(request: OperationRequest): Reply;
};

/** The shapes of what an operation takes and answers. */
export type OperationDescription = {
  summary: string;
  params: Readonly<Record<string, z.ZodType>>;
  query: z.ZodObject | null;
  body: z.ZodType | null;
  replies: Readonly<Record<number, z.ZodType>>;
};

/** A fake API, declared once: its tables and its routes. */
export type Service = {
  name: string;
  tables: Record<string, TableSpec>;
  operations: readonly Operation[];
};

/** Rows by `service.table`. */
export type Fixture = Readonly<Record<string, readonly Row[]>>;
