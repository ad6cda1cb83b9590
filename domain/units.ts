import { z } from 'zod';

/** Whole microseconds: since the Unix epoch, or a duration. Exact in a JS number until the year 2255. */
export const Micros = z.int().brand<'Micros'>();
export type Micros = z.infer<typeof Micros>;

/** Whole nano-dollars (1e-9 USD): one token of a cheap model costs less than a micro-dollar. */
export const NanoUsd = z.int().brand<'NanoUsd'>();
export type NanoUsd = z.infer<typeof NanoUsd>;

/** Rounds to the nearest whole microsecond. */
export function micros(value: number): Micros {
  return Math.round(value) as Micros;
}

/** Rounds to the nearest whole nano-dollar. */
export function nanoUsd(value: number): NanoUsd {
  return Math.round(value) as NanoUsd;
}
