import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { type Micros, micros } from '../../domain/units.ts';
import type { Window } from '../reads.ts';

const epochMicros = z
  .string()
  .regex(/^\d{1,16}$/, 'expected whole microseconds since 1970')
  .transform(Number)
  .refine(Number.isSafeInteger, 'expected a time before the year 2255')
  .transform(micros);

/** `from` and `to` in epoch microseconds; the last seven days by default. */
export const windowQuery = z.object({ from: epochMicros.optional(), to: epochMicros.optional() });

export const filterText = z.string().min(1).nullable().default(null);

const weekMicros = 7 * 86_400 * 1e6;
const minuteMicros = 60 * 1e6;

/**
 * The window that was asked for; without an end it ends in a minute, since clocks are apart.
 *
 * @param now milliseconds since the epoch
 * @throws AppError BAD_REQUEST where it ends before it begins
 */
export function readWindow(
  { from, to }: { from?: Micros | undefined; to?: Micros | undefined },
  now: number,
): Window {
  const end = to ?? micros(now * 1000 + minuteMicros);
  const window = { from: from ?? micros(end - weekMicros), to: end };
  if (window.from >= window.to) {
    throw new AppError('BAD_REQUEST', `query: from: expected a time before ${window.to}, got ${window.from}`);
  }
  return window;
}
