import { jsonEqual } from '../../../domain/canonical-json.ts';
import type { Json } from '../../../domain/json.ts';
import type { Observation } from '../observe.ts';
import type { ChatMove } from '../simulated-model.ts';

/** All that a decision rests on. */
export type Scene = { seen: readonly Observation[]; random: () => number };

export type ToolUse = { tool: string; arguments: Record<string, Json> };

/** What a step comes to: it needs tools first, is done with something to say, or ends the work. */
export type Step<T> =
  | { kind: 'act'; uses: readonly ToolUse[] }
  | { kind: 'end'; text: string }
  | { kind: 'have'; value: T };

export function act(...uses: ToolUse[]): Step<never> {
  return { kind: 'act', uses };
}

/** Ends the work: a question, a hand-over, or that there is nothing to do. */
export function end(text: string): Step<never> {
  return { kind: 'end', text };
}

export function have<T>(value: T): Step<T> {
  return { kind: 'have', value };
}

export function moveOf(uses: readonly ToolUse[]): ChatMove {
  return { calls: uses.map(({ tool, arguments: args }) => ({ tool, arguments: args })) };
}

/** The last observation of exactly this use. */
export function seenOf({ seen }: Scene, use: ToolUse): Observation | undefined {
  return seen.findLast(({ tool, arguments: args }) => tool === use.tool && jsonEqual(args, use.arguments));
}

/** What these reads brought, together; those that are not yet made are made side by side. A failure ends the work. */
export function read(scene: Scene, ...uses: ToolUse[]): Step<Observation[]> {
  const found = uses.map((use) => seenOf(scene, use));
  const missing = uses.filter(
    (_, index) => found[index] === undefined || isWorthAnother(scene, found[index], uses[index]),
  );
  if (missing.length > 0) return act(...missing);
  const observations = found.filter((each) => each !== undefined);
  const broken = observations.find(({ failure }) => failure !== null);
  if (broken)
    return end(`I hand this over to you: ${broken.tool} does not work (${broken.failure?.message}).`);
  return have(observations);
}

/** A read that failed otherwise than by a refusal is made once more. */
function isWorthAnother({ seen }: Scene, { failure }: Observation, use: ToolUse | undefined): boolean {
  if (!failure || !use || (failure.status !== null && failure.status < 429)) return false;
  return (
    seen.filter(({ tool, arguments: args }) => tool === use.tool && jsonEqual(args, use.arguments)).length < 2
  );
}

/** Goes on with what a step has. */
export function andThen<T, U>(step: Step<T>, next: (value: T) => Step<U>): Step<U> {
  return step.kind === 'have' ? next(step.value) : step;
}

/** One of several ways to say a thing. */
export function oneOf(random: () => number, ...ways: [string, ...string[]]): string {
  return ways[Math.floor(random() * ways.length)] ?? ways[0];
}
