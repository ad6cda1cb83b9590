import { Link } from 'wouter';
import { formatCount } from '../../../../domain/format.ts';
import type { TraceId } from '../../../../domain/ids.ts';
import { tracePath } from '../../paths.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import type { ColumnComparison } from './column-differences.ts';
import type { LedgerRow } from './ledger.ts';
import { jsonWords, matcherWords } from './matcher-words.ts';

const looks: Record<LedgerRow['state'], { icon: IconName; tone: string; words: string }> = {
  met: { icon: 'check', tone: 'pass', words: 'as expected' },
  differs: { icon: 'cross', tone: 'fail', words: 'not as expected' },
  missed: { icon: 'cross', tone: 'fail', words: 'expected, not done' },
  forbidden: { icon: 'cross', tone: 'fail', words: 'forbidden' },
  unexpected: { icon: 'cross', tone: 'fail', words: 'not expected' },
  egress: { icon: 'cross', tone: 'fail', words: 'unknown host, blocked' },
  allowed: { icon: 'minus', tone: 'muted', words: 'allowed' },
  undone: { icon: 'minus', tone: 'muted', words: 'nothing left of it' },
};

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
  const { icon, tone, words } = looks[row.state];
  const subject = 'done' in row ? row.done.effect : row.expected;
  return (
    <tbody>
      <tr className="ledger-head">
        <th scope="rowgroup" colSpan={2}>
          <span className={`mark ${tone}`}>
            <Icon name={icon} /> {words}
          </span>{' '}
          <code>
            {subject.operation} {subject.table}
          </code>
          {row.state === 'forbidden' && <p className="fail">{row.reason}</p>}
        </th>
        <td>
          {'done' in row ? <Cause row={row} traceId={traceId} /> : <span className="fail">nothing</span>}
        </td>
      </tr>
      {row.columns.map((comparison) => (
        <ColumnLine key={comparison.column} comparison={comparison} row={row} />
      ))}
    </tbody>
  );
}

/** The call that did it, leading to its span. */
function Cause({ row, traceId }: { row: Extract<LedgerRow, { done: object }>; traceId: TraceId | null }) {
  const { effect, writes } = row.done;
  const { number, operation, spanId } = effect.call;
  const trace = effect.call.traceId ?? traceId;
  const words = `call ${number}, ${operation}`;
  return (
    <span>
      <code>{effect.key}</code> by{' '}
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
            {before !== undefined && <span className="muted">{jsonWords(before)} → </span>}
            {jsonWords(actual)}
          </>
        )}
      </td>
    </tr>
  );
}

function keyOf(row: LedgerRow): string {
  return 'done' in row ? `done ${row.done.effect.seq}` : `due ${JSON.stringify(row.expected)}`;
}
