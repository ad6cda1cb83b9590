import { InvalidArgumentError } from 'commander';

/** Parses an option as a time: a date (`2026-11-22`, midnight UTC) or a moment in ISO 8601. Seconds since the epoch. */
export function moment(text: string): number {
  const seconds = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) / 1000 : Number.NaN;
  if (seconds >= 0 && seconds < 2 ** 32) return Math.floor(seconds);
  throw new InvalidArgumentError('expected a date or a time such as 2026-11-22 or 2026-11-22T10:00:00Z.');
}
