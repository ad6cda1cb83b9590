import { z } from 'zod';
import { Json } from './json.ts';

/** What a column of an effect has to be: exact where it matters, loose where wording is free. */
export const Matcher = z
  .discriminatedUnion('is', [
    /** Deep equality; object keys in any order, 25 equal to 25.0. */
    z.strictObject({ is: z.literal('exact'), value: Json }),
    z.strictObject({ is: z.literal('oneOf'), values: z.array(Json).min(1) }),
    /** Any value but these. */
    z.strictObject({ is: z.literal('noneOf'), values: z.array(Json).min(1) }),
    /** A number at most `tolerance` away. */
    z.strictObject({ is: z.literal('near'), value: z.number(), tolerance: z.number().nonnegative() }),
    /** An ISO 8601 time at most `seconds` away from `time`; time zones are understood. */
    z.strictObject({ is: z.literal('within'), time: z.string(), seconds: z.number().nonnegative() }),
    /** A text in which the regular expression (flags `iu`) is found. */
    z.strictObject({ is: z.literal('pattern'), source: z.string() }),
    /** A text that is not blank. */
    z.strictObject({ is: z.literal('anyText') }),
    /** Anything, `null` too. */
    z.strictObject({ is: z.literal('any') }),
    /** An array with these members in any order, each as often as here. */
    z.strictObject({ is: z.literal('set'), values: z.array(Json) }),
    /** An id that the world makes up: the same value wherever the name is used, and another one for another name. */
    z.strictObject({ is: z.literal('id'), name: z.string().min(1) }),
  ])
  .meta({ id: 'Matcher' });
export type Matcher = z.infer<typeof Matcher>;
