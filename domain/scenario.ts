import { z } from 'zod';
import { Row } from './effect.ts';
import { ScenarioId } from './ids.ts';
import { Matcher } from './matcher.ts';

const Columns = z.record(z.string(), Matcher);
/** `service.table`, or `service.*`. */
const TablePattern = z.string().regex(/^[\w-]+\.(\*|[\w-]+)$/, 'expected "service.table" or "service.*"');

/** A write that has to happen. `key` and `columns` bind what they name; for an update, columns not named must not change. */
export const ExpectedEffect = z.strictObject({
  operation: z.enum(['insert', 'update', 'delete']),
  table: TablePattern,
  key: Matcher.optional(),
  columns: Columns,
});
export type ExpectedEffect = z.infer<typeof ExpectedEffect>;

/** Writes that must not happen; one is a failure whatever else was done. */
export const ForbiddenEffect = z.strictObject({
  operation: z.enum(['insert', 'update', 'delete', 'any']),
  table: TablePattern,
  columns: Columns,
  /** Shown when it is hit: why this must not happen. */
  reason: z.string(),
});
export type ForbiddenEffect = z.infer<typeof ForbiddenEffect>;

/** Where doing nothing is right: write nothing; write nothing and ask; write nothing and hand over to a person. */
export const ABSTENTIONS = ['no-write', 'ask', 'escalate'] as const;

/** Something that goes wrong in the world, on the nth call of an operation. */
export const Fault = z.strictObject({
  service: z.string(),
  operation: z.string(),
  /** Which call of that operation, from 1. */
  call: z.int().positive(),
  fault: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('error'), status: z.int().min(400).max(599) }),
    z.strictObject({ kind: z.literal('rate-limit'), retryAfterSeconds: z.number().positive() }),
    /** 504 and nothing was written. */
    z.strictObject({ kind: z.literal('timeout-before-commit') }),
    /** 504, but the write took place: a blind retry does it twice. */
    z.strictObject({ kind: z.literal('timeout-after-commit') }),
    /** Virtual time. */
    z.strictObject({ kind: z.literal('latency'), seconds: z.number().positive() }),
  ]),
});
export type Fault = z.infer<typeof Fault>;

/** Ceilings that end a trial. */
export const Limits = z.strictObject({
  /** Calls of the model. */
  modelCalls: z.int().positive().default(25),
  /** Wall-clock seconds. */
  wallSeconds: z.number().positive().default(60),
});
export type Limits = z.infer<typeof Limits>;

/** Ceilings that are scored. Absent ones are not. */
export const Budgets = z.strictObject({
  /** Longest stretch of tool calls that changed nothing and learned nothing; `null`: not scored. */
  stepsWithoutProgress: z.int().positive().nullable().default(3),
  /** Virtual seconds from start to end. */
  seconds: z.number().positive().optional(),
  /** US dollars for model calls. */
  usd: z.number().positive().optional(),
  modelCalls: z.int().positive().optional(),
});
export type Budgets = z.infer<typeof Budgets>;

export const Expectations = z.strictObject({
  /** Closed: a write that matches none of these, and none of `allow`, is a failure. Rows in any order. */
  effects: z.array(ExpectedEffect).default([]),
  /** Tables whose writes are harmless. */
  allow: z.array(TablePattern).default([]),
  forbid: z.array(ForbiddenEffect).default([]),
  abstain: z.enum(ABSTENTIONS).nullable().default(null),
  /** Each must occur in something the agent said, compared in lower case with the commas taken out of what was said. */
  facts: z.array(z.string().min(1)).default([]),
  budgets: Budgets.prefault({}),
});
export type Expectations = z.infer<typeof Expectations>;

/** The fake world that a trial starts in. */
export const WorldSpec = z.strictObject({
  /** The virtual clock's start, ISO 8601 UTC. */
  now: z.iso.datetime(),
  services: z.array(z.string()).min(1),
  /** Named tables of rows that the pack provides, laid over one another in this order. */
  fixtures: z.array(z.string()).default([]),
  /** Rows laid on top, by `service.table`. */
  rows: z.record(z.string(), z.array(Row)).default({}),
  faults: z.array(Fault).default([]),
});
export type WorldSpec = z.infer<typeof WorldSpec>;

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
  expect: Expectations,
  limits: Limits.prefault({}),
});
export type Scenario = z.infer<typeof Scenario>;
/** What an author writes: defaults may be left out. */
export type ScenarioInput = z.input<typeof Scenario>;
