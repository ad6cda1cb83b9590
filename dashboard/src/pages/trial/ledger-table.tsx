import { Link } from 'wouter';
import type { ColumnComparison } from '../../../../domain/column-differences.ts';
import type { Effect } from '../../../../domain/effect.ts';
import { formatCount } from '../../../../domain/format.ts';
import type { TraceId } from '../../../../domain/ids.ts';
import { type LedgerRow, lastWriteOf } from '../../../../domain/ledger.ts';
import { countWrites, reasonsOf, subjectOf } from '../../../../domain/ledger-words.ts';
import { jsonWords, matcherWords } from '../../../../domain/matcher-words.ts';
import { tracePath } from '../../paths.ts';
import { Icon } from '../../ui/icon.tsx';
import { LedgerMark } from '../../ui/ledger-mark.tsx';
import { shownText } from '../../ui/shown-text.ts';

/** The ledger: one group of lines an effect, expected beside done, column by column. */
export function LedgerTable({ rows, traceId }: { rows: readonly LedgerRow[]; traceId: TraceId | null }) {
  return (
    <table className="ledger">
      <caption className="visually-hidden">Effects expected and done, failures first</caption>
      <thead>
        <tr>
          <th scope="col">Effect</th>
          <th scope="col">Expected</th>
          <th scope="col">Done</th>
        </tr>
      </thead>
      {rows.map((row) => (
        <LedgerGroup key={keyOf(row)} row={row} traceId={traceId} />
      ))}
    </table>
  );
}

function LedgerGroup({ row, traceId }: { row: LedgerRow; traceId: TraceId | null }) {
  const write = lastWriteOf(row);
  const { operation, table } = subjectOf(row);
  return (
    <tbody>
      <tr className="ledger-head">
        <th scope="rowgroup" colSpan={2}>
          <LedgerMark state={row.state} />{' '}
          <code>
            {operation} {table}
          </code>
          {row.state === 'forbidden' &&
            reasonsOf(row.rules).map((reason) => (
              <p key={reason} className="fail">
                {reason}
              </p>
            ))}
        </th>
        <td>
          {write ? (
            <Cause write={write} writes={countWrites(row)} traceId={traceId} />
          ) : (
            <span className="fail">nothing</span>
          )}
        </td>
      </tr>
      {row.columns.map((comparison) => (
        <ColumnLine key={`${comparison.of} ${comparison.column}`} comparison={comparison} row={row} />
      ))}
    </tbody>
  );
}

type CauseProps = { write: Effect; writes: number; traceId: TraceId | null };

/** The call that did it, leading to its span. */
function Cause({ write, writes, traceId }: CauseProps) {
  const { number, operation, spanId } = write.call;
  const trace = write.call.traceId ?? traceId;
  const words = `call ${number}, ${operation}`;
  return (
    <span>
      <code>{write.key}</code> by{' '}
      {trace && spanId ? (
        <Link href={tracePath(trace, spanId)} data-row>
          {words}
        </Link>
      ) : (
        words
      )}
      {writes > 1 && <span className="muted"> (the last of {formatCount(writes)} writes to this row)</span>}
    </span>
  );
}

function ColumnLine({ comparison, row }: { comparison: ColumnComparison; row: LedgerRow }) {
  const { column, expected, before, actual, ok } = comparison;
  const wrong = !ok && row.state === 'differs';
  return (
    <tr>
      <th scope="row">{column}</th>
      <td>{expected ? matcherWords(expected) : wrong ? 'unchanged' : ''}</td>
      <td className={wrong ? 'fail' : undefined}>
        {wrong && (
          <>
            <Icon name="cross" />{' '}
          </>
        )}
        {actual !== undefined && (
          <>
            {before !== undefined && <span className="muted">{shownText(jsonWords(before))} → </span>}
            {shownText(jsonWords(actual))}
          </>
        )}
      </td>
    </tr>
  );
}

function keyOf(row: LedgerRow): string {
  return `${row.state} ${lastWriteOf(row)?.seq ?? JSON.stringify(row)}`;
}
