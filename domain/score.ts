import { z } from 'zod';
import { SpanId } from './ids.ts';
import { Json } from './json.ts';
import { FAILURE_KINDS } from './outcome.ts';

/** The axes of a trial, never multiplied into one number. */
export const AXES = ['effects', 'forbidden', 'budgets', 'facts', 'milestones'] as const;

/** One thing that is wrong, as a person would say it. */
export const Finding = z.object({
  failure: z.enum(FAILURE_KINDS),
  /** One sentence that names the effect, the loop, the budget or the fact. */
  message: z.string(),
  expected: Json,
  actual: Json,
  /** The span that did it, where one is known. */
  spanId: SpanId.nullable(),
});
export type Finding = z.infer<typeof Finding>;

/** Something that a person may want to know of a trial and that is not wrong: a milestone that was reached, or not. */
export const Note = z.object({
  message: z.string(),
  done: z.boolean(),
  /** The span that did it, where one is known. */
  spanId: SpanId.nullable(),
});
export type Note = z.infer<typeof Note>;

/** What one scorer says of one trial. "Unscored" is a tag, never NaN and never zero. */
export const Score = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('scored'),
    scorer: z.string(),
    axis: z.enum(AXES),
    pass: z.boolean(),
    value: z.number(),
    /** Of `value`: effects, steps, seconds, usd, ... */
    unit: z.string(),
    findings: z.array(Finding),
    notes: z.array(Note).optional(),
  }),
  z.object({
    kind: z.literal('unscored'),
    scorer: z.string(),
    axis: z.enum(AXES),
    reason: z.string(),
  }),
]);
export type Score = z.infer<typeof Score>;
