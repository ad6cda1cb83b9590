import { z } from 'zod';
import { Condition } from './condition.ts';
import { ExpectedEffect, ForbiddenEffect } from './expected-effect.ts';
import { Json } from './json.ts';
import { TablePattern } from './table-pattern.ts';

/** Where doing nothing is right: write nothing; write nothing and ask; write nothing and hand over to a person. */
export const ABSTENTIONS = ['no-write', 'ask', 'escalate'] as const;

/** One of several ends that are all right: its effects, beside those due in any case, or an abstention. */
export const Alternative = z.strictObject({
  title: z.string().min(1),
  effects: z.array(ExpectedEffect).default([]),
  abstain: z.enum(ABSTENTIONS).nullable().default(null),
});
export type Alternative = z.infer<typeof Alternative>;

/** A text that has to be said, or several of which one does: the same may be said in several words. */
export const Fact = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
export type Fact = z.infer<typeof Fact>;

/** A step on the way, for partial credit: reported, not gated. */
export const Milestone = z.strictObject({
  id: z.string().regex(/^[\w-]+$/),
  /** Milestones that have to be reached before it. */
  after: z.array(z.string()).default([]),
  when: Condition,
});
export type Milestone = z.infer<typeof Milestone>;

/** A named, versioned check that the pack provides: what data cannot say. */
export const Check = z.strictObject({
  name: z.string().min(1),
  version: z.int().positive(),
  arguments: Json.default(null),
});
export type Check = z.infer<typeof Check>;

/** Ceilings that are scored. Absent ones are not. */
export const Budgets = z.strictObject({
  /** Longest stretch of tool calls that changed nothing and learned nothing; `null`: not scored. */
  stepsWithoutProgress: z.int().positive().nullable().default(3),
  /** Virtual seconds from start to end. */
  seconds: z.number().positive().optional(),
  /** US dollars for model calls. */
  usd: z.number().positive().optional(),
  modelCalls: z.int().positive().optional(),
  toolCalls: z.int().positive().optional(),
  /** Calls of the world's services: what the work takes, however many models and agents share it. */
  apiCalls: z.int().positive().optional(),
  tokens: z.int().positive().optional(),
});
export type Budgets = z.infer<typeof Budgets>;

export const Expectations = z.strictObject({
  /** Closed: a write that matches none of these, and none of `allow`, is a failure. Rows in any order. */
  effects: z.array(ExpectedEffect).default([]),
  /** Tables whose writes are harmless. */
  allow: z.array(TablePattern).default([]),
  /** Ends of which one has to come about, beside `effects`. */
  anyOf: z.array(Alternative).default([]),
  forbid: z.array(ForbiddenEffect).default([]),
  abstain: z.enum(ABSTENTIONS).nullable().default(null),
  milestones: z.array(Milestone).default([]),
  /** Each must occur in something the agent said, compared in lower case with the commas taken out of what was said. */
  facts: z.array(Fact).default([]),
  checks: z.array(Check).default([]),
  budgets: Budgets.prefault({}),
});
export type Expectations = z.infer<typeof Expectations>;
