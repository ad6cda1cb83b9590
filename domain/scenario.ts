import { z } from 'zod';
import { Expectations } from './expectations.ts';
import { ScenarioId } from './ids.ts';
import { Reference } from './reference.ts';
import { User } from './user.ts';
import { WorldSpec } from './world-spec.ts';

/** Ceilings that end a trial. */
export const Limits = z.strictObject({
  /** Calls of the model. */
  modelCalls: z.int().positive().default(25),
  /** Calls of the world's services. */
  toolCalls: z.int().positive().default(200),
  /** Of all calls of the model. Default: no limit. */
  tokens: z.int().positive().optional(),
  /** US dollars for calls of the model. Default: no limit. */
  usd: z.number().positive().optional(),
  /** On the world's clock. Default: no limit. */
  virtualSeconds: z.number().positive().optional(),
  /** Wall-clock seconds. */
  wallSeconds: z.number().positive().default(60),
});
export type Limits = z.infer<typeof Limits>;

/**
 * One situation with what must and what must not happen: plain data, so that importers, digests, diffs and pages need
 * no code. Its digest is the key under which trials may be compared.
 */
export const Scenario = z.strictObject({
  id: ScenarioId,
  title: z.string().min(1),
  /** Variants of one situation share a cluster; it is the unit of every standard error. Default: the id. */
  cluster: z.string().optional(),
  tags: z.array(z.string()).default([]),
  world: WorldSpec,
  start: z.strictObject({
    /** What the agent is told: a user's message, or the event that woke it. */
    message: z.string(),
  }),
  user: User.prefault({ kind: 'silent' }),
  expect: Expectations,
  limits: Limits.prefault({}),
  reference: Reference.nullable().default(null),
});
export type Scenario = z.infer<typeof Scenario>;
/** What an author writes: defaults may be left out. */
export type ScenarioInput = z.input<typeof Scenario>;
