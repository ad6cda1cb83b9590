import { Link } from 'wouter';
import { formatCost, formatCount, formatDuration } from '../../../../domain/format.ts';
import type { TraceId } from '../../../../domain/ids.ts';
import type { Note, Score } from '../../../../domain/score.ts';
import { tracePath } from '../../paths.ts';
import { Icon } from '../../ui/icon.tsx';
import { shownText } from '../../ui/shown-text.ts';

/** What each scorer says, by axis. The axes are never multiplied into one number. */
export function ScoreTable({ scores, traceId }: { scores: readonly Score[]; traceId: TraceId | null }) {
  return (
    <table className="wrap">
      <caption className="visually-hidden">Scores by axis</caption>
      <thead>
        <tr>
          <th scope="col">Axis</th>
          <th scope="col">Scorer</th>
          <th scope="col">Result</th>
          <th scope="col" className="number">
            Value
          </th>
        </tr>
      </thead>
      <tbody>
        {scores.map((score) => (
          <tr key={`${score.axis} ${score.scorer}`}>
            <th scope="row">{score.axis}</th>
            <td>{score.scorer}</td>
            <td>
              <Result score={score} />
              {score.kind === 'scored' && score.notes && <Notes notes={score.notes} traceId={traceId} />}
            </td>
            <td className="number">{score.kind === 'scored' ? valueWords(score.value, score.unit) : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a score tells beside what is wrong: milestones, reached or not. */
function Notes({ notes, traceId }: { notes: readonly Note[]; traceId: TraceId | null }) {
  return (
    <ul className="findings">
      {notes.map(({ message, done, spanId }) => (
        <li key={message}>
          <Icon name={done ? 'check' : 'minus'} className={done ? 'pass' : 'muted'} />
          <span>
            {shownText(message)}{' '}
            {traceId && spanId && <Link href={tracePath(traceId, spanId)}>See the span</Link>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Result({ score }: { score: Score }) {
  if (score.kind === 'unscored') return <span className="muted">unscored: {shownText(score.reason)}</span>;
  return score.pass ? (
    <span className="mark pass">
      <Icon name="check" /> pass
    </span>
  ) : (
    <span className="mark fail">
      <Icon name="cross" /> fail
    </span>
  );
}

function valueWords(value: number, unit: string): string {
  if (unit === 'usd') return formatCost(Math.round(value * 1e9));
  if (unit === 'seconds') return formatDuration(Math.round(value * 1e6));
  return `${formatCount(value)} ${value === 1 ? unit.replace(/s$/, '') : unit}`;
}
