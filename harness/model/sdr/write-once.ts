import type { JsonObject } from '../../../domain/json.ts';
import type { ChatMove } from '../simulated-model.ts';
import type { Observation } from './observations.ts';
import { allOf, latest, type Situation, type ToolUse, use } from './situation.ts';
import { report } from './wording.ts';

const ATTEMPTS = 2;

/** A write that has to happen exactly once. */
export type Write = {
  tool: string;
  /** Composed at the first attempt; later attempts repeat it word for word. */
  compose(): JsonObject;
  /** The look that shows whether an attempt without an answer took place after all. */
  check: ToolUse;
  holds(check: Observation, attempt: JsonObject): boolean;
};

/**
 * The next move towards the write, or `'done'`. After a failure that may have worked all the same it looks before it
 * tries again; with the fault `resends` it does not look.
 */
export function writeOnce(write: Write, { seen, random, misbehaves }: Situation): 'done' | ChatMove {
  const attempts = allOf(seen, write.tool);
  const last = attempts.at(-1);
  if (!last) return use({ tool: write.tool, arguments: write.compose() });
  if (!last.failure) return 'done';
  const again = use({ tool: write.tool, arguments: last.arguments });
  const giveUp = report.handOver(`${write.tool} failed (${last.failure.message}).`, random);
  if (!mayHaveWorked(last)) return giveUp;
  const isLastAttempt = attempts.length >= ATTEMPTS;
  if (misbehaves('resends')) return isLastAttempt ? giveUp : again;
  const check = latest(seen.slice(seen.indexOf(last) + 1), write.check.tool);
  if (!check) return use(write.check);
  if (check.failure) return giveUp;
  if (write.holds(check, last.arguments)) return 'done';
  return isLastAttempt ? giveUp : again;
}

/** A refusal (4xx) did nothing; a server's failure or silence says nothing. */
function mayHaveWorked({ failure }: Observation): boolean {
  return failure !== null && (failure.status === null || failure.status >= 500);
}
