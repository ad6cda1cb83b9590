import { z } from 'zod';
import { type Query, readSql } from '../store/query.ts';
import type { Store } from '../store/store.ts';

type Params = { project: string; hours: readonly number[]; limit: number };

const columns = z.object({
  trace: z.string(),
  span: z.string(),
  minute: z.int(),
  highest_version: z.string(),
});

type MovedSpan = { id: string; minute: number; version: string };

const movedSpans: Query<Params, typeof columns, MovedSpan> = {
  sql: readSql('moved-spans.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({ id: row.trace + row.span, minute: row.minute, version: row.highest_version }),
};
const markTraces = readSql('mark-traces.sql', import.meta.dirname);
const dropMoved = readSql('drop-moved.sql', import.meta.dirname);

/** At once; more are left to the next pass. */
const most = 2000;

/**
 * A span that came again with its start in another minute lies there as a second row, which no merge of the store
 * collapses. Takes away all but the delivery that counts, of the spans whose traces touch some hours, and has the hours
 * of these traces built again. Of almost all hours there are none.
 */
export async function dropMovedSpans(
  store: Pick<Store, 'rows' | 'derive' | 'command'>,
  project: string,
  hours: readonly number[],
): Promise<number> {
  const moved = await store.rows(movedSpans, { project, hours, limit: most });
  if (moved.length === 0) return 0;
  const ids = moved.map(({ id }) => id);
  // Marked first: a pass that is cut off after it leaves hours that are looked at again.
  await store.derive(markTraces, { project, ids });
  const minutes = moved.map(({ minute }) => minute);
  const versions = moved.map(({ version }) => version);
  for (const table of ['span_payloads', 'spans'])
    await store.command(dropMoved, { table, project, ids, minutes, versions });
  return moved.length;
}
