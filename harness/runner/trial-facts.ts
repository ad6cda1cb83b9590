import type { Json } from '../../domain/json.ts';
import type { Trial } from '../../domain/trial.ts';

/**
 * What of a trial has to be the same whenever its seed is: all that happened in its world and was said, on the world's
 * clock. Ids of spans are drawn by the agent's OpenTelemetry, and wall-clock times are the machine's. Of idempotency keys,
 * which an agent may make up by chance or of the conversation, it counts only which are alike: they are numbered.
 */
export function factsOf(
  trial: Pick<Trial, 'journal' | 'calls' | 'turns' | 'ending' | 'outcome' | 'figures'>,
): Json {
  const { journal, calls, turns, ending, outcome, figures } = trial;
  const facts = { outcome, ending, turns, calls, journal, virtualDuration: figures.virtualDuration };
  const keys = new Map<string, number>();
  const numbered = (key: string) => {
    const number = keys.get(key) ?? keys.size + 1;
    keys.set(key, number);
    return number;
  };
  return JSON.parse(
    JSON.stringify(facts, (name, value) => {
      if (name === 'traceId' || name === 'spanId') return undefined;
      return name === 'idempotencyKey' && typeof value === 'string' ? numbered(value) : value;
    }),
  );
}
