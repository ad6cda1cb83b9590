import type { Json } from '../../domain/json.ts';

/** A chat message as the OpenAI API has it. */
export type ChatMessage = {
  role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  content: string | null;
  tool_calls?: { id: string; type: 'function'; function: { name: string; arguments: string } }[];
  tool_call_id?: string;
};

export type ChatRequest = {
  messages: ChatMessage[];
  tools: string[];
  /** JSON schemas of the tools' arguments, by name, where the request has them. */
  schemas?: Readonly<Record<string, Json>>;
};

/** What a model does next: say something, or call tools. */
export type ChatMove = { text: string } | { calls: { tool: string; arguments: Record<string, Json> }[] };

/**
 * Stands in for a model so that harness, scorers and gate can be exercised and measured. It sees what a model sees, the
 * conversation and the tools, and nothing of the world. No claim about a real model rests on it.
 */
export type SimulatedModel = {
  /** `sim/<policy>`, with `+<fault>` for each planted misbehaviour: `sim/sdr+loops`. */
  name: string;
  /** How many times the usual time its answers take. Default: 1. */
  slowness?: number;
  /** `random` is seeded by run, scenario and trial. */
  move(request: ChatRequest, random: () => number): ChatMove;
};

/**
 * The name under which a simulated model also answers, in half the time: that of its small sibling, for agents that give
 * their simple work to a cheaper model.
 *
 * @example smallNameOf('sim/sdr+slow=3') // 'sim/sdr-small+slow=3'
 */
export function smallNameOf(name: string): string {
  return name.replace(/^[^+@]*/, '$&-small');
}

/** A policy: what a simulated model does, without its name. */
export type Policy = SimulatedModel['move'];
