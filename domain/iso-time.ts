const ISO_TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Milliseconds since the epoch of an ISO 8601 date or time, `null` for anything else. Without a zone it is UTC: the
 * machine's own zone must not decide a score.
 */
export function parseIsoTime(text: string): number | null {
  const match = ISO_TIME.exec(text.trim());
  if (!match) return null;
  const hasClock = /t/i.test(match[0]);
  const time = Date.parse(hasClock && !match[1] ? `${match[0]}Z` : match[0]);
  return Number.isNaN(time) ? null : time;
}
