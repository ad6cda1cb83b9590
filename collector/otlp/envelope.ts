import { AppError } from '../../domain/errors.ts';
import type { Signal } from './signal.ts';

const ENVELOPES: Record<Signal, string> = {
  traces: 'resourceSpans',
  logs: 'resourceLogs',
  metrics: 'resourceMetrics',
};
const MISTAKES = [...Object.values(ENVELOPES), 'resource_spans', 'resource_logs', 'resource_metrics'];

/**
 * The request as an object. What was meant for another signal, or is named as in protobuf's text, would be an empty
 * request otherwise, and be lost in silence.
 *
 * @throws AppError BODY_UNDECODABLE
 */
export function envelopeOf(parsed: unknown, signal: Signal): Record<string, unknown> {
  const expected = ENVELOPES[signal];
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new AppError('BODY_UNDECODABLE', `expected an object with ${expected}`);
  }
  const given = parsed as Record<string, unknown>;
  const mistaken = MISTAKES.find((name) => name in given);
  if (mistaken !== undefined && !(expected in given)) {
    throw new AppError('BODY_UNDECODABLE', `expected ${expected}, got ${mistaken}: nothing was stored`);
  }
  return given;
}
