import type { Run } from '../domain/run.ts';
import { percent } from './figures.ts';
import { byPlace } from './trial-order.ts';
import type { TrialReport } from './trial-report.ts';
import { element, xmlDocument } from './xml.ts';

/**
 * A run as JUnit XML, as CI systems read it: one suite for the pack, one case a trial. A failed trial is a `failure`
 * with its findings; a void one is `skipped` with its cause, since it says nothing about the agent. Times are wall-clock
 * seconds. Run, model, seed and, once it was judged, the verdict are properties: failed cases alone do not tell whether
 * the gate let the change through.
 *
 * Pure; whatever an agent wrote is escaped, and characters that XML cannot carry become U+FFFD.
 */
export function junitXml(run: Run, trials: readonly TrialReport[]): string {
  const ordered = trials.toSorted(byPlace);
  const seconds = (some: readonly TrialReport[]) =>
    (some.reduce((sum, trial) => sum + trial.figures.duration, 0) / 1e6).toFixed(3);
  const totals = {
    tests: ordered.length,
    failures: ordered.filter((trial) => trial.outcome.kind === 'failed').length,
    errors: 0,
    skipped: ordered.filter((trial) => trial.outcome.kind === 'void').length,
    time: seconds(ordered),
  };
  const cases = ordered.map((trial) =>
    element(
      'testcase',
      {
        classname: trial.scenarioId,
        name: `${trial.title} #${trial.index + 1}`,
        time: seconds([trial]),
      },
      [properties({ trial: trial.id, seed: trial.seed, trace: trial.traceId }), ...resultOf(trial)],
    ),
  );
  const suite = element(
    'testsuite',
    { name: run.pack, timestamp: new Date(run.start / 1000).toISOString().slice(0, 19), ...totals },
    [properties(propertiesOf(run)), ...cases],
  );
  return xmlDocument(element('testsuites', { name: 'rehearse', ...totals }, [suite]));
}

function propertiesOf(run: Run): Record<string, string | null> {
  return {
    run: run.id,
    agent: run.agent,
    agentVersion: run.agentVersion,
    model: run.model,
    simulated: String(run.simulated),
    replayed: String(run.replayed),
    seed: run.seed,
    commit: run.commit,
    verdict: run.verdict?.kind ?? null,
    passRate: run.verdict && run.verdict.candidate.n > 0 ? percent(run.verdict.candidate.rate) : null,
  };
}

function resultOf({ outcome, findings }: TrialReport): string[] {
  if (outcome.kind === 'passed') return [];
  if (outcome.kind === 'void') {
    return [element('skipped', { message: `void (${outcome.cause}): ${outcome.explanation}` }, [])];
  }
  const text = [outcome.explanation, ...findings].join('\n');
  return [element('failure', { type: outcome.failure, message: outcome.explanation }, [], text)];
}

function properties(values: Record<string, string | null>): string {
  const known = Object.entries(values).filter(([, value]) => value !== null);
  return element(
    'properties',
    {},
    known.map(([name, value]) => element('property', { name, value }, [])),
  );
}
