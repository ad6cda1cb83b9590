import type { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import type { Operation, OperationContext, Service, TableSpec } from '../service.ts';
import { toolOperation } from '../tool-operation.ts';

/** One function of an API class; positional arguments go to its parameters in their order. */
export type ApiFunction = { operation: Operation; parameters: readonly string[] };

/** An API class of BFCL's multi-turn tasks as a service of a world. */
export type ApiClass = {
  /** As the tasks name it: `GorillaFileSystem`. */
  name: string;
  service: Service;
  functions: readonly ApiFunction[];
  /** Tables whose writes decide nothing: where one is, who is logged in. */
  harmless: readonly string[];
  /** The rows that a task's `initial_config` of this class stands for, by table. */
  rowsOf(config: JsonObject): Record<string, Row[]>;
};

export function apiFunction<Shape extends z.ZodRawShape>(
  name: string,
  parameters: z.ZodObject<Shape>,
  run: (given: z.infer<z.ZodObject<Shape>>, context: OperationContext) => Json,
): ApiFunction {
  return {
    operation: toolOperation(name, parameters as z.ZodType<z.infer<z.ZodObject<Shape>>>, run),
    parameters: Object.keys(parameters.shape),
  };
}

export function apiClass(spec: {
  name: string;
  service: string;
  tables: Record<string, TableSpec>;
  functions: readonly ApiFunction[];
  /** The functions that write; the others only read. */
  writes: readonly string[];
  harmless: readonly string[];
  rowsOf: ApiClass['rowsOf'];
}): ApiClass {
  const { name, functions, harmless, rowsOf } = spec;
  const operations = functions.map(({ operation }) => ({
    ...operation,
    readOnly: !spec.writes.includes(operation.id),
  }));
  const service = { name: spec.service, tables: spec.tables, operations };
  return { name, service, functions, rowsOf, harmless: harmless.map((table) => `${spec.service}.${table}`) };
}

/** The one row of a class's `session` table. */
export const SESSION = 'session';

export function sessionOf({ table }: OperationContext): Row {
  return table('session').get(SESSION) ?? {};
}

/** A counter of the session, which is raised. */
export function nextNumber(context: OperationContext, counter: string): number {
  const number = Number(sessionOf(context)[counter] ?? 0);
  context.table('session').update(SESSION, { [counter]: number + 1 });
  return number;
}
