import type { JsonObject } from '../../../domain/json.ts';
import type { Observation } from '../observe.ts';
import { act, end, have, type Scene, type Step, seenOf, type ToolUse } from './scene.ts';

const ATTEMPTS = 2;

/** A write that has to happen once. */
export type Write = {
  tool: string;
  arguments: JsonObject;
  /** Tells an attempt at this write from one at another. */
  isThis(args: JsonObject): boolean;
  /** The look that shows whether an attempt without an answer worked after all. */
  check: ToolUse;
  holds(check: Observation): boolean;
};

export type Performed = { kind: 'done' } | { kind: 'refused'; status: number; message: string };

/**
 * The next step towards a write. After a failure that may have worked all the same it looks before it tries again; what
 * was refused for its rate is tried again, any other refusal is told to the caller.
 */
export function perform(write: Write, scene: Scene): Step<Performed> {
  const attempts = scene.seen.filter(
    ({ tool, arguments: args }) => tool === write.tool && write.isThis(args),
  );
  const last = attempts.at(-1);
  if (!last) return act({ tool: write.tool, arguments: write.arguments });
  // Word for word: the same deed.
  const again = act({ tool: write.tool, arguments: last.arguments });
  const giveUp = end(
    `I hand this over to you: ${write.tool} does not work (${last.failure?.message ?? 'no clear answer'}).`,
  );
  const status = last.failure?.status ?? null;
  if (!last.failure && typeof last.result === 'object') return have({ kind: 'done' });
  if (status === 429) return attempts.length < ATTEMPTS ? again : giveUp;
  if (last.failure && status !== null && status < 500)
    return have({ kind: 'refused', status, message: last.failure.message });
  const later = { ...scene, seen: scene.seen.slice(scene.seen.indexOf(last) + 1) };
  const check = seenOf(later, write.check);
  if (!check) return act(write.check);
  if (check.failure) return giveUp;
  if (write.holds(check)) return have({ kind: 'done' });
  return attempts.length < ATTEMPTS ? again : giveUp;
}
