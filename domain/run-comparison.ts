import type { Difference } from './difference.ts';
import type { Interval } from './evidence.ts';
import type { ScenarioId } from './ids.ts';
import type { Rate } from './rate.ts';
import type { RunSummary } from './run.ts';
import type { TrialSummary } from './trial.ts';

/** What two sets of runs have in common and where they part. Plain data: the dashboard bundles it without zod. */
export type RunComparison = {
  baseline: ComparedSide;
  candidate: ComparedSide;
  /** Those with valid trials of one digest on both sides; the ones that part first. */
  scenarios: ComparedScenario[];
  exempt: ExemptScenario[];
  /** `null` where no scenario can be compared. */
  measures: Measures | null;
};

/** A side: the trials of one or several runs, put together. */
export type ComparedSide = {
  runs: RunSummary[];
  /** Trials that say nothing, and trials that replay a recording: both are left out. */
  voided: number;
  replayed: number;
};

/** Which way a difference goes beyond chance: `unsure` where its interval holds zero, `same` where there is none at all. */
export type Leaning = 'better' | 'worse' | 'unsure' | 'same';

export type Measures = {
  /** Candidate minus baseline, the mean of the scenarios' differences. */
  passed: ShareDifference;
  /** Effects and forbidden effects alone. */
  right: ShareDifference | null;
  looped: ShareDifference | null;
  /** Candidate by baseline, the geometric mean of the scenarios' ratios, 95 %. */
  cost: RatioDifference | null;
  /** On the world's clock. */
  latency: RatioDifference | null;
  modelCalls: RatioDifference | null;
  toolCalls: RatioDifference | null;
  /** The drop of the pass rate that such numbers of trials show four times of five; `null`: not even one to nothing. */
  visibleDrop: number | null;
};

export type ShareDifference = {
  scenarios: number;
  clusters: number;
  /** All trials of the compared scenarios. */
  baseline: Rate;
  candidate: Rate;
  /** Of these scenarios, 95 %. */
  difference: Difference;
  /** Of scenarios like these, of which they are a sample, 95 %. */
  elsewhere: Difference;
  /** Chance of a difference so large, to either side, if nothing had changed: exact, stratified, of these scenarios. */
  p: number;
  /** By `difference` and `p` together. */
  leaning: Leaning;
};

export type RatioDifference = {
  /** Those with a figure on both sides. */
  scenarios: number;
  clusters: number;
  /** A trial: the mean of the scenarios' means. */
  baseline: number;
  candidate: number;
  /** `null` with a single cluster: there is no spread to tell chance by. */
  ratio: Interval | null;
  leaning: Leaning;
};

export type ComparedScenario = {
  scenarioId: ScenarioId;
  title: string;
  baseline: ScenarioSide;
  candidate: ScenarioSide;
  /** Candidate minus baseline (Newcombe), 95 % for all scenarios together (Bonferroni). */
  difference: Difference;
  /** Two-sided and exact, and the same after Holm's correction over all scenarios. */
  p: number;
  adjusted: number;
  /** By `difference` and `adjusted` together. */
  leaning: Leaning;
};

/** `trials`: valid ones, by run and number, at most so many as are shown; `rate` is of all. */
export type ScenarioSide = { rate: Rate; trials: TrialSummary[] };

/** A scenario that cannot be compared. */
export type ExemptScenario = {
  scenarioId: ScenarioId;
  title: string;
  /** On the other side it was not played, or says nothing, or it is another scenario by its digest. */
  why: 'baseline only' | 'candidate only' | 'changed';
};
