import { Link } from 'wouter';
import type { ComparedScenario, RunComparison, ScenarioSide } from '../../../../domain/run-comparison.ts';
import { besidePath } from '../../paths.ts';
import { LeaningMark } from '../../ui/leaning-mark.tsx';
import { Name } from '../../ui/name.tsx';
import { TrialDots } from '../run/trial-dots.tsx';
import { chanceWords, pointsWords, reachWords } from './comparison-words.ts';

/** The scenarios that part, those least likely by chance first; the others beneath, folded. */
export function ScenarioDifferences({ comparison }: { comparison: RunComparison }) {
  const { scenarios, exempt } = comparison;
  const parting = scenarios.filter(({ leaning }) => leaning !== 'same');
  const alike = scenarios.filter(({ leaning }) => leaning === 'same');
  return (
    <section aria-labelledby="scenarios">
      <h2 id="scenarios">Scenarios that differ</h2>
      {parting.length === 0 ? (
        <p className="muted">None: each of {scenarios.length} scenarios passed as often on both sides.</p>
      ) : (
        <ScenarioTable
          rows={parting}
          caption={`${parting.length} of ${scenarios.length} passed more or less often; the least likely by chance first`}
        />
      )}
      {alike.length > 0 && parting.length > 0 && (
        <details>
          <summary>{alike.length} passed as often on both sides</summary>
          <ScenarioTable rows={alike} caption="Passed as often on both sides" />
        </details>
      )}
      {exempt.length > 0 && (
        <details>
          <summary>{exempt.length} not compared</summary>
          <ul className="plain-list">
            {exempt.map(({ scenarioId, title, why }) => (
              <li key={scenarioId}>
                <Name of={title} /> <code className="muted">{scenarioId}</code>: {EXEMPT_WORDS[why]}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

const EXEMPT_WORDS = {
  'baseline only': 'the candidate has no valid trial of it',
  'candidate only': 'the baseline has no valid trial of it',
  changed: 'it was changed between the two, and trials of two questions are not compared',
} as const;

function ScenarioTable({ rows, caption }: { rows: readonly ComparedScenario[]; caption: string }) {
  return (
    <div className="table-scroll">
      <table className="top">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Scenario</th>
            <th scope="col">Baseline</th>
            <th scope="col">Candidate</th>
            <th scope="col" className="number">
              Difference
            </th>
            <th scope="col" className="number" title="For all scenarios together (Bonferroni)">
              95 % interval
            </th>
            <th scope="col" className="number" title="Exact, after Holm's correction over all scenarios">
              Chance
            </th>
            <th scope="col">The candidate is</th>
            <th scope="col">Trials</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ScenarioRow key={row.scenarioId} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ScenarioRow({ row }: { row: ComparedScenario }) {
  const [before] = row.baseline.trials;
  const [after] = row.candidate.trials;
  return (
    <tr>
      <th scope="row">
        <span className="stack">
          <Name of={row.title} />
          <code className="muted">{row.scenarioId}</code>
        </span>
      </th>
      <td>
        <SideCell side={row.baseline} />
      </td>
      <td>
        <SideCell side={row.candidate} />
      </td>
      <td className="number strong">{pointsWords(row.difference.value)}</td>
      <td className="number muted">{reachWords(row.difference, pointsWords)}</td>
      <td className="number muted">{chanceWords(row.adjusted)}</td>
      <td>
        <LeaningMark leaning={row.leaning} />
      </td>
      <td>
        {before && after && (
          <Link
            data-row
            className="row-link"
            href={besidePath({ runId: after.runId, scenarioId: row.scenarioId, beside: before.runId })}
          >
            side by side
          </Link>
        )}
      </td>
    </tr>
  );
}

function SideCell({ side: { rate, trials } }: { side: ScenarioSide }) {
  return (
    <span className="stack">
      <span>
        {rate.successes} of {rate.n}
      </span>
      <TrialDots trials={trials} />
      {trials.length < rate.n && (
        <span className="muted">
          the first {trials.length} of {rate.n}
        </span>
      )}
    </span>
  );
}
