import type { Effect } from './effect.ts';
import { isFine, type LedgerRow } from './ledger.ts';

/**
 * The rows as the page lists them: failures first, and no write listed again only to say less. Where every write of a
 * change is listed as forbidden, a second line that calls it unexpected, allowed or undone would read as another
 * write. What was due stays with its change all the same: "forbidden" beside "as expected" tells of a scenario that
 * asks for what it forbids.
 */
export function shownRows(rows: readonly LedgerRow[]): LedgerRow[] {
  const forbidden = new Set(rows.flatMap((row) => (row.state === 'forbidden' ? [row.write.seq] : [])));
  return rows
    .filter((row) => {
      const writes = writesNotDue(row);
      return writes.length === 0 || writes.some(({ seq }) => !forbidden.has(seq));
    })
    .sort((a, b) => Number(isFine(a)) - Number(isFine(b)));
}

function writesNotDue(row: LedgerRow): readonly Effect[] {
  if (row.state === 'unexpected' || row.state === 'allowed') return row.change.writes;
  return row.state === 'undone' ? row.writes : [];
}
