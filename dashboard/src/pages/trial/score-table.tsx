import { formatCost, formatCount, formatDuration } from '../../../../domain/format.ts';
import type { Score } from '../../../../domain/score.ts';
import { Icon } from '../../ui/icon.tsx';

/** What each scorer says, by axis. The axes are never multiplied into one number. */
export function ScoreTable({ scores }: { scores: readonly Score[] }) {
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
            </td>
            <td className="number">{score.kind === 'scored' ? valueWords(score.value, score.unit) : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Result({ score }: { score: Score }) {
  if (score.kind === 'unscored') return <span className="muted">unscored: {score.reason}</span>;
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
