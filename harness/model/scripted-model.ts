import { createHash } from 'node:crypto';
import { z } from 'zod';
import { JsonObject } from '../../domain/json.ts';
import type { ChatMessage, ChatMove, SimulatedModel } from './simulated-model.ts';

const Call = z.strictObject({ tool: z.string().min(1), arguments: JsonObject.default({}) });

/** One move of a scripted model. */
const Move = z
  .strictObject({
    /** A regular expression, flags `iu`, found in the latest message of the user or of a tool. Default: at any time. */
    when: z.string().refine(compiles, 'expected a regular expression').optional(),
    /** Calls a tool, or several at once. */
    call: z.union([Call, z.array(Call).min(1)]).optional(),
    /** Says something. */
    say: z.string().optional(),
  })
  .refine(({ call, say }) => (call === undefined) !== (say === undefined), 'expected either "call" or "say"');

/** Moves given as data, so that an agent with tools of its own can be rehearsed without a key. */
export const ModelScript = z.array(Move).min(1);
export type ModelScript = z.infer<typeof ModelScript>;

/** What it says when it has made all its moves, or when none of those that are left fits. */
const nothingLeft = 'The script has no further move.';

/**
 * Makes each move once: at every call the first that is left and whose `when` is found in the latest message. Which are
 * left is read from the conversation. A digest of the script is in its name, so that two scripts are told apart.
 */
export function scriptedModel(script: ModelScript): SimulatedModel {
  const digest = createHash('sha256').update(JSON.stringify(script)).digest('hex');
  return {
    name: `sim/script@${digest.slice(0, 8)}`,
    move({ messages }) {
      const left = [...script];
      for (const [index, message] of messages.entries()) {
        if (message.role === 'assistant') takeFrom(left, messages.slice(0, index));
      }
      return takeFrom(left, messages);
    },
  };
}

function takeFrom(left: ModelScript, heard: readonly ChatMessage[]): ChatMove {
  const latest = heard.findLast(({ role }) => role === 'user' || role === 'tool')?.content ?? '';
  const at = left.findIndex(({ when }) => when === undefined || new RegExp(when, 'iu').test(latest));
  const [move] = at < 0 ? [] : left.splice(at, 1);
  if (move?.call) return { calls: Array.isArray(move.call) ? move.call : [move.call] };
  return { text: move?.say ?? nothingLeft };
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'iu');
    return true;
  } catch {
    return false;
  }
}
