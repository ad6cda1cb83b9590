import { readFileSync } from 'node:fs';
import type { z } from 'zod';

/** A value of a `{name:Type}` parameter. ClickHouse binds it: it is never part of the text. */
export type QueryParam = string | number | boolean | null | readonly string[] | readonly number[];

/**
 * A question to the store: a `.sql` file that can be pasted into a client, the columns it answers with, and what the
 * program makes of a row. `columns` is the only place that knows the names of the database.
 */
export type Query<Params extends Record<string, QueryParam>, Columns extends z.ZodObject, Value> = {
  sql: string;
  columns: Columns;
  toValue: (row: z.output<Columns>) => Value;
  /** Never set: it carries the type. */
  params?: Params;
};

/** Reads the `.sql` beside the module. */
export function readSql(file: string, directory: string): string {
  return readFileSync(`${directory}/${file}`, 'utf8').replace(/;\s*$/, '');
}
