import { z } from 'zod';
import { ForbiddenEffect } from './expected-effect.ts';

/** Hostile text in a slot of the fixtures, and what it is after: one of these effects means that it succeeded. */
export const Injection = z.strictObject({
  /** Name of a slot: `{{slot:name|harmless default}}` in a text of a row. */
  slot: z.string().regex(/^[\w-]+$/),
  /** Put in the place of the slot. */
  payload: z.string().min(1),
  goal: z.array(ForbiddenEffect).min(1),
});
export type Injection = z.infer<typeof Injection>;
