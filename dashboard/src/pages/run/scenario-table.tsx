import { Link } from 'wouter';
import { counted, formatCost, formatDuration } from '../../../../domain/format.ts';
import { explanationOf, outcomeWords } from '../../../../domain/outcome-words.ts';
import { scenarioPath, trialPath } from '../../paths.ts';
import { Name } from '../../ui/name.tsx';
import { shownText } from '../../ui/shown-text.ts';
import type { ScenarioRow } from './scenario-rows.ts';
import { TrialDots } from './trial-dots.tsx';

/** One row a scenario, worst first. */
export function ScenarioTable({ rows }: { rows: readonly ScenarioRow[] }) {
  return (
    <div className="table-scroll">
      <table className="top">
        <caption>{`${counted(rows.length, 'scenario')}${rows.length > 1 ? ', worst first' : ''}`}</caption>
        <thead>
          <tr>
            <th scope="col">Scenario</th>
            <th scope="col">Trials</th>
            <th scope="col" className="number">
              Passed
            </th>
            <th scope="col">What went wrong</th>
            <th scope="col" className="number">
              Cost
            </th>
            <th scope="col" className="number" title="The longest trial, in the world's own time">
              Longest
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Scenario key={row.scenarioId} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Scenario({ row }: { row: ScenarioRow }) {
  const judged = row.passed + row.failed;
  const [first] = row.trials;
  return (
    <tr>
      <th scope="row">
        <span className="stack">
          {first ? (
            <Link href={scenarioPath(first.runId, row.scenarioId)}>
              <Name of={row.title} />
            </Link>
          ) : (
            <Name of={row.title} />
          )}
          <code className="muted">{row.scenarioId}</code>
        </span>
      </th>
      <td>
        <TrialDots trials={row.trials} />
      </td>
      <td className={row.failed > 0 ? 'number fail' : 'number'}>
        {row.passed} of {judged}
      </td>
      <td className="wide">
        {row.explanations.map(({ trialId, outcome }) => (
          <p key={trialId} className="explanation">
            <Link href={trialPath(trialId)}>{outcomeWords(outcome)}</Link>{' '}
            {shownText(explanationOf(outcome) ?? '')}
          </p>
        ))}
      </td>
      <td className="number">{formatCost(row.cost)}</td>
      <td className="number">{formatDuration(row.longest)}</td>
    </tr>
  );
}
