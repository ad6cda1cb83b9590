import { type BudgetRow, MEASURES } from '../../domain/evidence.ts';
import type { ScenarioId } from '../../domain/ids.ts';
import { type Clustered, clusterBootstrap } from '../../domain/statistics/cluster-mean.ts';
import { percentile } from '../../domain/statistics/percentile.ts';
import type { VerdictReason } from '../../domain/verdict.ts';
import { randomStream } from '../../harness/world/random.ts';
import type { BaselineTrial } from '../baseline.ts';
import type { Candidate, CandidateTrial } from '../candidate.ts';
import type { GatePolicy } from '../gate-policy.ts';
import { isValid } from '../obstacle.ts';

type Measure = BudgetRow['measure'];
type Figures = CandidateTrial['figures'];

/** A scenario's trials on both sides, for their figures. */
export type Measured = {
  scenarioId: ScenarioId;
  cluster: string;
  candidate: readonly Figures[];
  reference: readonly (Omit<Figures, 'duration'> | BaselineTrial)[];
};

const DRAWS = 1000;

/**
 * How much slower, dearer and longer the candidate is: the difference of the mean logarithms, scenario by scenario, and
 * a cluster bootstrap of its mean. Latency on the wall clock is measured only against a control, whose trials took turns
 * with the candidate's: between two jobs machines differ by more than agents do.
 */
export function ratiosOf(
  measured: readonly Measured[],
  against: BudgetRow['against'],
  limits: GatePolicy['limits'],
): BudgetRow[] {
  return MEASURES.map((measure) => {
    const logs = measured.flatMap((one) => logRatio(one, measure, against));
    const ratio = ratioOf(logs, measure);
    const limit = limits[measure];
    return {
      measure,
      against,
      unit: unitOf(measure, against),
      ratio,
      scenarios: logs.length,
      limit,
      exceeded: ratio !== null && limit !== null && ratio.low > limit,
    };
  });
}

/** The scenarios that are the same in a run and in its control. */
export function besideControl(candidate: Candidate, control: Candidate): Measured[] {
  const played = Map.groupBy(control.trials.filter(isValid), (trial) => trial.scenarioId);
  const own = Map.groupBy(candidate.trials.filter(isValid), (trial) => trial.scenarioId);
  return [...own].flatMap(([scenarioId, trials]) => {
    const [first] = trials;
    const reference = (played.get(scenarioId) ?? []).filter(({ digest }) => digest === first?.digest);
    if (!first) return [];
    return [
      {
        scenarioId,
        cluster: first.cluster,
        candidate: trials.map(({ figures }) => figures),
        reference: reference.map(({ figures }) => figures),
      },
    ];
  });
}

const WORDS = {
  latency: { code: 'slower', what: 'Trials take', unit: 'as long' },
  cost: { code: 'dearer', what: 'Trials cost', unit: 'as much' },
  steps: { code: 'longer', what: 'Trials take', unit: 'as many steps' },
} as const;

/** Why a run fails for what it took. */
export function ratioReasons(rows: readonly BudgetRow[]): VerdictReason[] {
  return rows.flatMap(({ measure, against, unit, ratio, limit, exceeded, scenarios }) => {
    if (!exceeded || !ratio) return [];
    const { code, what, unit: words } = WORDS[measure];
    const clock = measure === 'latency' ? ` on the ${unit.replace('-', ' ')}` : '';
    const interval = `90 % interval ${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}, over ${scenarios} scenarios`;
    const message = `${what} ${ratio.value.toFixed(2)} times ${words}${clock} as those of the ${against} (${interval}): more than ${limit}, and by more than chance.`;
    return [{ code, message, scenarioId: null, trials: [] }];
  });
}

function ratioOf(logs: readonly Clustered[], measure: Measure): BudgetRow['ratio'] {
  if (new Set(logs.map(({ cluster }) => cluster)).size < 2) return null;
  const rows = logs.map(({ cluster, value }) => ({ cluster, values: [value] }));
  const [means = []] = clusterBootstrap(rows, randomStream('gate', measure), DRAWS);
  const mean = logs.reduce((sum, { value }) => sum + value, 0) / logs.length;
  return {
    value: Math.exp(mean),
    low: Math.exp(percentile([...means], 0.05) ?? mean),
    high: Math.exp(percentile([...means], 0.95) ?? mean),
  };
}

/** None where a side has no figure above zero. */
function logRatio(
  { cluster, candidate, reference }: Measured,
  measure: Measure,
  against: BudgetRow['against'],
): Clustered[] {
  const own = meanLog(candidate.map((figures) => figureOf(figures, measure, against)));
  const other = meanLog(reference.map((figures) => figureOf(figures, measure, against)));
  return own === null || other === null ? [] : [{ cluster, value: own - other }];
}

function figureOf(
  figures: Measured['candidate'][number] | Measured['reference'][number],
  measure: Measure,
  against: BudgetRow['against'],
): number | null {
  if (measure !== 'latency') return figures[measure];
  return against === 'control' && 'duration' in figures ? figures.duration : figures.virtualDuration;
}

function meanLog(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null && value > 0) as number[];
  if (known.length === 0) return null;
  return known.reduce((sum, value) => sum + Math.log(value), 0) / known.length;
}

function unitOf(measure: Measure, against: BudgetRow['against']): BudgetRow['unit'] {
  if (measure === 'latency') return against === 'control' ? 'wall-clock' : 'virtual-clock';
  return measure === 'cost' ? 'usd' : 'steps';
}
