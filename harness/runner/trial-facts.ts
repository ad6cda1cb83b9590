import type { Json } from '../../domain/json.ts';
import type { Trial } from '../../domain/trial.ts';

/**
 * What of a trial has to be the same whenever its seed is: all that happened in its world and was said, on the world's
 * clock. Ids of spans are drawn by the agent's OpenTelemetry, and wall-clock times are the machine's.
 */
export function factsOf(trial: Trial): Json {
  const { journal, calls, turns, ending, outcome, figures } = trial;
  const facts = { outcome, ending, turns, calls, journal, virtualDuration: figures.virtualDuration };
  return JSON.parse(
    JSON.stringify(facts, (key, value) => (key === 'traceId' || key === 'spanId' ? undefined : value)),
  );
}
