import { z } from 'zod';
import { ExpectedEffect } from './expected-effect.ts';
import { Matcher } from './matcher.ts';

/** Something that comes true in the course of a trial: a milestone is reached by it, a user speaks on it. */
export const Condition = z
  .discriminatedUnion('on', [
    /** The agent has answered and waits for what the user says next. */
    z.strictObject({ on: z.literal('reply') }),
    /** The agent said a text in which the regular expression (flags `iu`) is found. */
    z.strictObject({ on: z.literal('said'), pattern: z.string() }),
    /** The agent asked something; with `pattern`, in a text in which it is found. */
    z.strictObject({ on: z.literal('asks'), pattern: z.string().optional() }),
    /** A call was answered with a status below 400; `request` binds members of its JSON body, query or path by name. */
    z.strictObject({
      on: z.literal('call'),
      service: z.string(),
      operation: z.string(),
      request: z.record(z.string(), Matcher).default({}),
    }),
    /** A write took place. */
    z.strictObject({ on: z.literal('effect'), effect: ExpectedEffect }),
    /** A row is there, and its columns are as named. */
    z.strictObject({
      on: z.literal('row'),
      table: z.string(),
      key: z.string(),
      columns: z.record(z.string(), Matcher).default({}),
    }),
    /** Virtual seconds have passed since the start. */
    z.strictObject({ on: z.literal('time'), seconds: z.number().nonnegative() }),
  ])
  .meta({ id: 'Condition' });
export type Condition = z.infer<typeof Condition>;
