import { Link } from 'wouter';
import type { BudgetRow, Evidence, ScenarioRow, SuiteTest } from '../../../../domain/evidence.ts';
import { counted, formatCount, formatPercent } from '../../../../domain/format.ts';
import type { RunId } from '../../../../domain/ids.ts';
import type { Rate } from '../../../../domain/rate.ts';
import { measureWords, STATUS_WORDS } from '../../../../domain/verdict-words.ts';
import { scenarioPath } from '../../paths.ts';
import { Icon } from '../../ui/icon.tsx';
import { IntervalLine } from '../../ui/interval-line.tsx';
import { chanceWords, pointsWords, ratioWords, reachWords } from '../compare/comparison-words.ts';

/** What a verdict rests on: the test of all scenarios, the suspects, what was measured beside, and what could not be seen. */
export function VerdictEvidence({ runId, evidence }: { runId: RunId; evidence: Evidence }) {
  const { suite, scenarios, budgets, invariants } = evidence;
  const suspects = scenarios.filter(
    ({ confirmation, status }) => confirmation !== null || status === 'unmeasured',
  );
  return (
    <section aria-labelledby="evidence">
      <h2 id="evidence">Evidence</h2>
      <ul className="notes">
        {suite && <SuiteWords suite={suite} />}
        <li>{sightWords(evidence)}</li>
        <VoidWords evidence={evidence} />
        {evidence.passHatK.length > 0 && <li>{passWords(evidence)}</li>}
        {evidence.wants.length > 0 && <li className="warn">{wantWords(evidence)}</li>}
      </ul>
      {suspects.length > 0 && <SuspectTable runId={runId} rows={suspects} />}
      {budgets.length > 0 && (
        <details open={budgets.some(({ exceeded }) => exceeded)}>
          <summary>{budgetWords(budgets)}</summary>
          <BudgetTable rows={budgets} />
        </details>
      )}
      <details>
        <summary>{invariantWords(invariants)}</summary>
        <InvariantTable rows={invariants} />
      </details>
      {evidence.flaky.length > 0 && (
        <details>
          <summary>
            {counted(evidence.flaky.length, 'scenario')} with passes now and then, the baseline's trials
            included
          </summary>
          <ul className="plain-list">
            {evidence.flaky.map(({ scenarioId, rate }) => (
              <li key={scenarioId}>
                <Link href={scenarioPath(runId, scenarioId)}>{scenarioId}</Link> {countWords(rate)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function SuiteWords({ suite }: { suite: SuiteTest }) {
  const { scenarios, clusters, difference, p, alpha, margin } = suite;
  const reach = Math.max(margin, Math.abs(difference.low), Math.abs(difference.high));
  return (
    <li>
      <strong>{pointsWords(difference.value)}</strong> over {formatCount(scenarios)} scenarios in{' '}
      {formatCount(clusters)} clusters, 90 % interval {reachWords(difference, pointsWords)}{' '}
      <IntervalLine interval={difference} none={0} reach={reach} /> A pass needs its lower end above{' '}
      {pointsWords(-margin)}. So few pass by chance with {chanceWords(p)}; a fail needs at most{' '}
      {chanceWords(alpha).replace('p = ', '')}.
    </li>
  );
}

/** What the run could have found: what a pass does not rule out. */
function sightWords({ visible, suite }: Evidence): string {
  if (!suite) return 'Nothing was compared, so that no drop could have been seen.';
  if (!visible) return 'So few trials could not have shown even a fall to nothing.';
  const drop = pointsWords(visible.drop).replace('+', '');
  return `A drop of ${drop} would have been seen with a chance of ${formatPercent(visible.power)}; a smaller one may have been missed.`;
}

function VoidWords({ evidence: { voids } }: { evidence: Evidence }) {
  if (voids.voids === 0) return null;
  const causes = voids.causes.map(({ cause, count }) => `${cause} ${count}`).join(', ');
  return (
    <li className="warn">
      {formatCount(voids.voids)} of {counted(voids.trials, 'trial')} void ({causes}): without them{' '}
      {formatPercent(voids.excluded.rate)} passed, and {formatPercent(voids.asFailures.rate)} if each were a
      failure.
    </li>
  );
}

function passWords({ passHatK }: Evidence): string {
  const told = passHatK.map(({ k, value }) =>
    k === 1 ? formatPercent(value) : `${k} times running ${formatPercent(value)}`,
  );
  return `A scenario passes once with ${told.join(', ')}.`;
}

function wantWords({ wants }: Evidence): string {
  const trials = wants.reduce((sum, want) => sum + want.trials, 0);
  return `${formatCount(trials)} more trials would help to decide: rehearse ci plays them.`;
}

function SuspectTable({ runId, rows }: { runId: RunId; rows: readonly ScenarioRow[] }) {
  return (
    <div className="table-scroll">
      <table className="narrow">
        <caption>Suspects: their first trials looked worse, and only fresh ones decide</caption>
        <thead>
          <tr>
            <th scope="col">Scenario</th>
            <th scope="col">It is</th>
            <th scope="col" className="number">
              Before
            </th>
            <th scope="col" className="number">
              Now
            </th>
            <th scope="col" className="number">
              Difference, 95 %
            </th>
            <th scope="col" className="number">
              First look
            </th>
            <th scope="col">Fresh trials</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.scenarioId}>
              <th scope="row">
                <Link href={scenarioPath(runId, row.scenarioId)}>{row.scenarioId}</Link>
              </th>
              <td className={row.status === 'regressed' ? 'fail' : 'warn'}>{STATUS_WORDS[row.status]}</td>
              <td className="number">{countWords(row.baseline)}</td>
              <td className="number">{countWords(row.candidate)}</td>
              <td className="number">
                {row.difference &&
                  `${pointsWords(row.difference.value)}, ${reachWords(row.difference, pointsWords)}`}
              </td>
              <td className="number">{row.p === null ? '' : chanceWords(row.p)}</td>
              <td>{freshWords(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function freshWords({ confirmation }: ScenarioRow): string {
  if (!confirmation) return '';
  const { fresh, wanted, adjusted } = confirmation;
  if (adjusted === null) return `${fresh.n} of ${wanted} played`;
  return `${countWords(fresh)} passed, ${chanceWords(adjusted)} after Holm`;
}

function budgetWords(rows: readonly BudgetRow[]): string {
  const exceeded = rows.filter((row) => row.exceeded).map(({ measure }) => measure);
  return exceeded.length > 0
    ? `Over its limit: ${exceeded.join(', ')}`
    : 'Latency, cost and steps are within their limits, or by no more than chance above';
}

function BudgetTable({ rows }: { rows: readonly BudgetRow[] }) {
  return (
    <div className="table-scroll">
      <table className="narrow">
        <caption>
          Latency, cost and steps: now by before, geometric mean over the scenarios, 90 % intervals
        </caption>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">Against</th>
            <th scope="col" className="number">
              Change
            </th>
            <th scope="col" className="number">
              90 % interval
            </th>
            <th scope="col" className="number">
              Limit
            </th>
            <th scope="col">It is</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.measure}>
              <th scope="row">{measureWords(row)}</th>
              <td>{row.against === 'control' ? 'the build before, in turns' : 'the baseline'}</td>
              <td className="number">{row.ratio && ratioWords(row.ratio.value)}</td>
              <td className="number muted">{row.ratio && reachWords(row.ratio, ratioWords)}</td>
              <td className="number">{row.limit === null ? 'none' : ratioWords(row.limit)}</td>
              <td className={row.exceeded ? 'fail' : undefined}>
                {row.exceeded ? 'exceeded' : row.ratio ? 'kept' : 'not measured'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function invariantWords(rows: Evidence['invariants']): string {
  const broken = rows.filter(({ trials }) => trials.length > 0).length;
  return broken === 0
    ? `None of ${rows.length} things that must never happen did`
    : `${broken} of ${rows.length} things that must never happen did`;
}

function InvariantTable({ rows }: { rows: Evidence['invariants'] }) {
  return (
    <div className="table-scroll">
      <table className="narrow">
        <caption>
          One is enough to fail. What did not happen may still happen as often as the bound says.
        </caption>
        <thead>
          <tr>
            <th scope="col">Must never happen</th>
            <th scope="col" className="number">
              Happened
            </th>
            <th scope="col" className="number">
              In trials
            </th>
            <th scope="col" className="number">
              95 % bound
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ code, trials, exposure, upperBound }) => (
            <tr key={code}>
              <th scope="row">{code.replaceAll('-', ' ')}</th>
              <td className={trials.length > 0 ? 'number fail' : 'number'}>
                {trials.length > 0 && <Icon name="cross" />} {formatCount(trials.length)}
              </td>
              <td className="number">{formatCount(exposure)}</td>
              <td className="number">{formatPercent(upperBound)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function countWords(rate: Rate | null): string {
  return rate && rate.n > 0 ? `${rate.successes} of ${rate.n}` : 'none';
}
