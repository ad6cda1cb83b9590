import { randomBytes } from 'node:crypto';

const digits = 13;

/** Sorts by age, and is never given twice, whatever machine gives it: it stands in the tokens of inserts. */
export function newSegmentId(millis: number): string {
  return `${String(millis).padStart(digits, '0')}-${randomBytes(4).toString('hex')}`;
}

/** When it was given, in milliseconds since the epoch; 0 for a name of another form. */
export function timeOfSegment(id: string): number {
  return /^\d{13}-/.test(id) ? Number(id.slice(0, digits)) : 0;
}
