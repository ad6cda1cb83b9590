import { createHash } from 'node:crypto';
import { SpanId, TraceId, TrialId } from '../../../domain/ids.ts';

/** Ids derived from words, so that every run of the tests sees the same pages. */

export function trialIdOf(...words: (string | number)[]): TrialId {
  return TrialId.parse(digest(words).slice(0, 24));
}

export function traceIdOf(...words: (string | number)[]): TraceId {
  return TraceId.parse(digest(words).slice(0, 32));
}

export function spanIdOf(...words: (string | number)[]): SpanId {
  return SpanId.parse(digest(words).slice(0, 16));
}

function digest(words: (string | number)[]): string {
  return createHash('sha256').update(words.join('\n')).digest('hex');
}
