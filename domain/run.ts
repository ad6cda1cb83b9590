import { z } from 'zod';
import { RunId } from './ids.ts';
import { Rate } from './rate.ts';
import { Micros, NanoUsd } from './units.ts';
import { Verdict } from './verdict.ts';

/** All trials of one build of an agent on one pack. */
export const Run = z.object({
  id: RunId,
  pack: z.string(),
  agent: z.string(),
  agentVersion: z.string(),
  model: z.string(),
  /** The model stands in for a real one; pages and reports say so. */
  simulated: z.boolean(),
  /** Trials of a replayed recording: shown, never counted as fresh trials. */
  replayed: z.boolean(),
  seed: z.string(),
  /** Of the runs of one command, whose trials took turns: their agents and models can be compared. */
  group: RunId.nullable().default(null),
  commit: z.string().nullable(),
  /** All trials, those included that the gate asked for later. */
  trialsPlanned: z.int().nonnegative(),
  /** Of each scenario at the gate's first look; `null`: `trialsPlanned` shared out evenly. */
  firstLook: z.int().positive().nullable().default(null),
  start: Micros,
  /** `null` while it runs. */
  end: Micros.nullable(),
  verdict: Verdict.nullable(),
});
export type Run = z.infer<typeof Run>;

/** A run with the figures of the trials that are stored so far. */
export const RunSummary = Run.extend({
  trials: z.int(),
  passed: z.int(),
  failed: z.int(),
  voided: z.int(),
  passRate: Rate,
  cost: NanoUsd.nullable(),
  /** 95th percentile of the trials' virtual durations; `null` without trials. */
  p95Duration: Micros.nullable(),
});
export type RunSummary = z.infer<typeof RunSummary>;
