import { z } from 'zod';
import { ScenarioId, TrialId } from './ids.ts';
import { VOID_CAUSES } from './outcome.ts';
import { Rate } from './rate.ts';

/** A figure with its interval. */
export const Interval = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Interval = z.infer<typeof Interval>;

export const SCENARIO_STATUSES = [
  /** Nothing says that it became worse. */
  'unchanged',
  /** Its first trials look worse than the baseline; fresh ones have not settled it yet. */
  'suspect',
  /** Fresh trials confirm that it became worse. */
  'regressed',
  /** Not in the baseline: not compared. */
  'new',
  /** Another scenario than the one in the baseline, by its digest: not compared. */
  'changed',
  /** In the baseline, but not run. */
  'gone',
  /** No trial of it says anything. */
  'unmeasured',
] as const;

/** What fresh trials say of a suspect. */
export const Confirmation = z.object({
  /** How many valid fresh trials it takes. */
  wanted: z.int().positive(),
  /** Those that there are. Until all are there nothing is decided. */
  fresh: Rate,
  /** Of the fresh trials against the baseline, one-sided, exact; `null` until all are there. */
  p: z.number().nullable(),
  /** The same after Holm's correction over all suspects. */
  adjusted: z.number().nullable(),
});
export type Confirmation = z.infer<typeof Confirmation>;

/** One scenario: its trials beside those of the baseline. */
export const ScenarioRow = z.object({
  scenarioId: ScenarioId,
  /** Variants of one situation share a cluster; it is the unit of every standard error over scenarios. */
  cluster: z.string(),
  status: z.enum(SCENARIO_STATUSES),
  /** Valid trials of the looks that were judged. */
  candidate: Rate,
  baseline: Rate.nullable(),
  /** Candidate minus baseline (Newcombe, 95 %); `null` where not compared. */
  difference: Interval.nullable(),
  /** Of the first look against the baseline, one-sided, exact; `null` where not compared. */
  p: z.number().nullable(),
  voids: z.int().nonnegative(),
  /** `null` unless it is, or was, a suspect. */
  confirmation: Confirmation.nullable(),
  /** Its trials that failed, in their order. */
  failures: z.array(TrialId),
});
export type ScenarioRow = z.infer<typeof ScenarioRow>;

/** The comparison of all scenarios together. */
export const SuiteTest = z.object({
  /** Scenarios and clusters that are compared. */
  scenarios: z.int().positive(),
  clusters: z.int().positive(),
  /** Chance of so few passes, or fewer, if nothing had changed: exact, stratified by scenario. Of these scenarios. */
  p: z.number(),
  /** FAIL asks for `p` of at most this at this look, and a drop of at least the policy's. */
  alpha: z.number(),
  /** Mean of the scenarios' differences, 90 %: `low` is the one-sided 95 % bound. Of scenarios like these. */
  difference: Interval,
  /** PASS asks for `difference.low` above `-margin`. */
  margin: z.number(),
});
export type SuiteTest = z.infer<typeof SuiteTest>;

/** A hard invariant, whether it was broken or not. */
export const InvariantRow = z.object({
  /** `forbidden-effect`, ... */
  code: z.string(),
  /** The trials that broke it. */
  trials: z.array(TrialId),
  /** Trials in which it could have been broken. */
  exposure: z.int().nonnegative(),
  /** 95 % upper bound of how often it is broken: after none of 150, 2 %. */
  upperBound: z.number(),
});
export type InvariantRow = z.infer<typeof InvariantRow>;

export const MEASURES = ['latency', 'cost', 'steps'] as const;

/** How much slower, dearer or longer the candidate is. */
export const BudgetRow = z.object({
  measure: z.enum(MEASURES),
  /** `control`: trials of the build before, played in turns with the candidate's. */
  against: z.enum(['control', 'baseline']),
  /** Latency by wall clock against a control, by the world's clock against a baseline. */
  unit: z.enum(['wall-clock', 'virtual-clock', 'usd', 'steps']),
  /** Candidate by reference, geometric mean over the scenarios, two-sided 90 %; `null`: nothing to measure. */
  ratio: Interval.nullable(),
  scenarios: z.int().nonnegative(),
  /** FAIL above this; `null`: reported only. */
  limit: z.number().nullable(),
  exceeded: z.boolean(),
});
export type BudgetRow = z.infer<typeof BudgetRow>;

/** Trials that say nothing, and what the pass rate could be with them. */
export const Voids = z.object({
  trials: z.int().nonnegative(),
  voids: z.int().nonnegative(),
  causes: z.array(z.object({ cause: z.enum(VOID_CAUSES), count: z.int().positive() })),
  /** The pass rate without them, and with each of them as a failure. */
  excluded: Rate,
  asFailures: Rate,
});
export type Voids = z.infer<typeof Voids>;

/** Trials that the gate asks for before it can say more. */
export const Want = z.object({
  scenarioId: ScenarioId,
  trials: z.int().positive(),
  /** `confirm`: a suspect; `look`: another round of all scenarios. */
  why: z.enum(['confirm', 'look']),
});
export type Want = z.infer<typeof Want>;

/** What a verdict rests on: all that a report shows. */
export const Evidence = z.object({
  /** Trials of each scenario at the first look. */
  firstLook: z.int().nonnegative(),
  /** 0, 1 or 2: rounds of trials that were added because the first showed neither. */
  look: z.int().nonnegative(),
  /** By scenario. */
  scenarios: z.array(ScenarioRow),
  /** `null` where nothing can be compared. */
  suite: SuiteTest.nullable(),
  invariants: z.array(InvariantRow),
  budgets: z.array(BudgetRow),
  voids: Voids,
  /** Scenarios that neither always pass nor always fail, all known trials taken together, least certain first. */
  flaky: z.array(z.object({ scenarioId: ScenarioId, rate: Rate })),
  /** pass^k of the compared looks for each k that every scenario has trials for, 95 %. */
  passHatK: z.array(
    z.object({ k: z.int().positive(), value: z.number(), low: z.number(), high: z.number() }),
  ),
  /** The uniform drop of the pass rate that the suite test at these sizes finds with this power. */
  visible: z.object({ drop: z.number(), power: z.number() }).nullable(),
  /** What to play before judging again; empty where more trials would not change what is said. */
  wants: z.array(Want),
});
export type Evidence = z.infer<typeof Evidence>;
