import type { Evidence, Want } from '../domain/evidence.ts';
import { formatTrial } from '../domain/format.ts';
import type { Verdict, VerdictReason } from '../domain/verdict.ts';
import { wilson } from '../domain/wilson.ts';
import type { Baseline } from './baseline.ts';
import type { Candidate } from './candidate.ts';
import { type Look, looksOf, missing, tallyOf } from './gate/look.ts';
import { besideControl, type Measured, ratioReasons, ratiosOf } from './gate/ratios.ts';
import * as reasons from './gate/reasons.ts';
import { comparedRows, exemptRows, uncomparedRows } from './gate/scenario-rows.ts';
import { type Compared, mismatchesOf, sortOut } from './gate/sort-out.ts';
import { flakyOf, invariantRows, passHatKs, visibleOf, voidsOf } from './gate/summaries.ts';
import { type Suspect, screenOf, suspectsOf } from './gate/suspects.ts';
import type { GatePolicy } from './gate-policy.ts';
import { isValid, obstaclesOf } from './obstacle.ts';
import { byPlace } from './trial-order.ts';

/** What the gate judges by. */
export type GateInput = {
  candidate: Candidate;
  /** `null`: there is none yet. */
  baseline: Baseline | null;
  /** The build before the change, whose trials took turns with the candidate's; `null`: none was played. */
  control?: Candidate | null;
  policy: GatePolicy;
};

/**
 * Says whether a run of an agent is worse than its baseline, and whether that is more than noise. In this order:
 *
 * 1. A breach of a hard invariant is `fail`, whatever else is known: running again does not undo it.
 * 2. A run that measures nothing, or nothing comparable, is `cannot-measure`.
 * 3. All scenarios together: so few passes by chance at most alpha, and a drop of `smallestDrop`, is `fail`.
 * 4. Scenario by scenario: one that looks worse and whose fresh trials confirm it is `fail`.
 * 5. Slower, dearer or longer by more than the limits and by more than chance is `fail`.
 * 6. `pass` needs evidence, too: no suspect is open, and the bound of the mean difference lies above `-margin`.
 * 7. Anything else is `inconclusive`. `evidence.wants` says which trials would help: play them and judge all again,
 *    until it is empty or the money is spent.
 *
 * docs/reference/gate.md has the formulas. Pure: the same values give the same verdict, in whatever order trials come,
 * and whether they come at once or after being asked for.
 *
 * @returns the verdict with every reason a person needs, and the evidence it rests on.
 */
export function judge({ candidate, baseline, control = null, policy }: GateInput): Verdict {
  const ordered = { ...candidate, trials: candidate.trials.toSorted(byPlace) };
  const obstacles = [
    ...obstaclesOf(ordered, policy.voidShare),
    ...budgetObstacles(ordered, policy),
    ...(baseline ? mismatchesOf(ordered, baseline) : [reasons.baselineMissing]),
  ];
  const sorted = baseline && obstacles.length === 0 ? sortOut(ordered, baseline) : null;
  const compared = sorted?.compared ?? [];
  const weighed = compared.length > 0 ? weigh(compared, ordered, control, policy) : null;
  const hard = [...violationReasons(ordered), ...budgetReasons(ordered, policy)];
  const finding: Finding = weighed ?? {
    kind: 'cannot-measure',
    reasons: obstacles.length > 0 ? obstacles : [reasons.nothingComparable],
  };
  const exempt = sorted?.exempt ?? [];
  return {
    kind: hard.length > 0 ? 'fail' : finding.kind,
    reasons: [...hard, ...finding.reasons, ...exempt.map(reasons.exemption)],
    ...(weighed ? ratesOf(weighed.look) : { candidate: rateOf(ordered), baseline: null, difference: null }),
    evidence: {
      firstLook: candidate.firstLook,
      look: weighed?.look.number ?? 0,
      invariants: invariantRows(ordered.trials),
      voids: voidsOf(ordered.trials),
      ...(weighed?.evidence ?? NOTHING_COMPARED),
      scenarios: sorted
        ? [...(weighed?.evidence.scenarios ?? []), ...exemptRows(exempt)].sort(byScenario)
        : uncomparedRows(ordered),
      // A run that fails already is not worth another trial.
      wants: hard.length > 0 ? [] : (weighed?.evidence.wants ?? []),
    },
  };
}

type Finding = Pick<Verdict, 'kind' | 'reasons'>;
type Weighed = Finding & {
  look: Look;
  evidence: Omit<Evidence, 'firstLook' | 'look' | 'invariants' | 'voids'>;
};

const NOTHING_COMPARED = {
  suite: null,
  budgets: [],
  flaky: [],
  passHatK: [],
  visible: null,
} satisfies Partial<Evidence>;

function weigh(
  compared: readonly Compared[],
  candidate: Candidate,
  control: Candidate | null,
  policy: GatePolicy,
): Weighed {
  const looks = looksOf(compared, candidate.firstLook, policy);
  const [first] = looks;
  const screen = screenOf(first);
  const suspects = suspectsOf(first, screen, policy);
  const worse = looks.find((look) => isWorse(look, policy));
  const good = looks.find(({ suite }) => suite.difference.low > -suite.margin);
  const look = worse ?? good ?? looks.at(-1) ?? first;
  const budgets = control
    ? ratiosOf(besideControl(candidate, control), 'control', policy.limits)
    : ratiosOf(besideBaseline(look), 'baseline', policy.limits);
  const regressed = suspects.filter(({ isRegressed }) => isRegressed);
  const open = suspects.filter((suspect) => suspect.missing > 0);
  const failing = [
    ...(worse ? [reasons.passRateDrop(worse)] : []),
    ...regressed.map((suspect) => reasons.regressed(suspect, look)),
    ...ratioReasons(budgets),
  ];
  const finding = findingOf(failing, open, good, look, looks.length <= policy.extraLooks);
  return {
    ...finding,
    look,
    evidence: {
      scenarios: comparedRows(look, screen, suspects),
      suite: look.suite,
      budgets,
      flaky: flakyOf(look),
      passHatK: passHatKs(look),
      visible: visibleOf(look),
      wants: finding.wants(first.depth * (looks.length + 1)),
    },
  };
}

/** What follows, and what to ask for: fresh trials of suspects first, since they may settle it alone. */
function findingOf(
  failing: VerdictReason[],
  open: readonly Suspect[],
  good: Look | undefined,
  look: Look,
  mayLookAgain: boolean,
): Finding & { wants(depth: number): Want[] } {
  const nothing = () => [];
  if (failing.length > 0) return { kind: 'fail', reasons: failing, wants: nothing };
  if (open.length > 0) {
    const wants = () =>
      open.map(({ scenarioId, missing }) => ({ scenarioId, trials: missing, why: 'confirm' as const }));
    return {
      kind: 'inconclusive',
      reasons: open.map((suspect) => reasons.unconfirmed(suspect, look)),
      wants,
    };
  }
  if (good) return { kind: 'pass', reasons: [reasons.withinMargin(good)], wants: nothing };
  return {
    kind: 'inconclusive',
    reasons: [reasons.unclear(look)],
    wants: (depth) => (mayLookAgain ? another(look, depth) : []),
  };
}

/** The trials that the next look lacks. */
function another({ strata }: Look, depth: number): Want[] {
  return strata
    .map(({ scenarioId, trials }) => ({ scenarioId, trials: missing(trials, depth), why: 'look' as const }))
    .filter((want) => want.trials > 0);
}

function isWorse({ suite: { p, alpha, difference } }: Look, { smallestDrop }: GatePolicy): boolean {
  return p <= alpha && -difference.value >= smallestDrop;
}

/** The trials of a look beside the baseline's, for their figures. */
function besideBaseline({ strata, depth }: Look): Measured[] {
  return strata.map(({ scenarioId, cluster, trials, past }) => ({
    scenarioId,
    cluster,
    candidate: trials.filter((trial) => isValid(trial) && trial.index < depth).map(({ figures }) => figures),
    reference: past,
  }));
}

function violationReasons({ trials }: Candidate): VerdictReason[] {
  return trials.flatMap((trial) =>
    trial.violations.map(({ code, message }) => ({
      code,
      message: `${formatTrial(trial.scenarioId, trial.index)}: ${message}`,
      scenarioId: trial.scenarioId,
      trials: [trial.id],
    })),
  );
}

/** Nobody could tell whether trials without a price keep a limit in money. */
function budgetObstacles({ trials }: Candidate, { maxUsd }: GatePolicy): VerdictReason[] {
  const unpriced = trials.filter(({ figures }) => figures.cost === null);
  return maxUsd === null || unpriced.length === 0 ? [] : [reasons.unpriced(unpriced, maxUsd)];
}

function budgetReasons({ trials }: Candidate, { maxUsd }: GatePolicy): VerdictReason[] {
  const spent = trials.reduce((sum, { figures }) => sum + (figures.cost ?? 0), 0);
  return maxUsd !== null && spent > maxUsd * 1e9 ? [reasons.overBudget(spent, maxUsd)] : [];
}

function ratesOf({ strata, suite }: Look): Pick<Verdict, 'candidate' | 'baseline' | 'difference'> {
  const sum = (side: 'candidate' | 'baseline') => {
    const passed = strata.reduce((total, stratum) => total + stratum[side].passed, 0);
    return wilson(
      passed,
      strata.reduce((total, stratum) => total + stratum[side].n, 0),
    );
  };
  return { candidate: sum('candidate'), baseline: sum('baseline'), difference: suite.difference };
}

/** Over all valid trials. A replay is no trial of the agent as it is. */
function rateOf({ trials, replayed }: Candidate) {
  const { passed, n } = tallyOf(replayed ? [] : trials.filter(isValid));
  return wilson(passed, n);
}

function byScenario(a: { scenarioId: string }, b: { scenarioId: string }): number {
  return a.scenarioId < b.scenarioId ? -1 : 1;
}
