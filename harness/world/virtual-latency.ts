import { type Micros, micros } from '../../domain/units.ts';

/**
 * How long things take on a world's clock. The figures are round ones of the order that hosted APIs show; they matter
 * only in that they never vary, so that latency budgets are exact.
 */
const MILLISECOND = 1000;
const API_CALL = 80 * MILLISECOND;
const MODEL_CALL = 300 * MILLISECOND;
const MODEL_OUTPUT_TOKEN = 15 * MILLISECOND;
/** Of the time of a model, what its small sibling takes. */
export const SMALL_MODEL_SHARE = 0.5;
/** What a gateway waits before it answers 504. */
const GATEWAY_TIMEOUT = 30_000 * MILLISECOND;

export function apiCallLatency(): Micros {
  return micros(API_CALL);
}

export function modelCallLatency(outputTokens: number): Micros {
  return micros(MODEL_CALL + outputTokens * MODEL_OUTPUT_TOKEN);
}

export function gatewayTimeout(): Micros {
  return micros(GATEWAY_TIMEOUT);
}
