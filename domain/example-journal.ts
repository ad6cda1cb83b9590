import { Effect } from './effect.ts';
import type { JsonObject } from './json.ts';

export type ExampleWrite = {
  operation: Effect['operation'];
  table: string;
  key?: string;
  before?: JsonObject | null;
  after?: JsonObject | null;
};

/** A journal for tests, each write by a call of its own; the tables of `mail` are irreversible. */
export function exampleJournal(...writes: readonly ExampleWrite[]): Effect[] {
  return writes.map((write, index) =>
    Effect.parse({
      seq: index + 1,
      at: 0,
      key: 'k',
      before: null,
      after: null,
      irreversible: write.table.startsWith('mail.'),
      call: { number: index + 1, service: 'crm', operation: 'write', traceId: null, spanId: null },
      ...write,
    }),
  );
}
