const units = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
] as const;

/**
 * How long ago `at` was, in its largest unit; both in epoch microseconds. A clock ahead of ours gives `now`.
 *
 * @example formatAge(0, 7_200_000_000) // '2 h'
 */
export function formatAge(at: number, now: number): string {
  const seconds = Math.floor((now - at) / 1e6);
  const unit = units.find((candidate) => seconds >= candidate.seconds);
  return unit ? `${Math.floor(seconds / unit.seconds)} ${unit.name}` : 'now';
}

/** The moment itself, in the reader's zone, for titles. */
export function formatMoment(at: number): string {
  return new Date(at / 1000).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}
