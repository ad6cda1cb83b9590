import type { SpanId } from './ids.ts';
import type { Json } from './json.ts';
import type { Micros, NanoUsd } from './units.ts';

type Timed = {
  /** The agent at work; `null` where it has no name. */
  agent: string | null;
  /** Start of the first model call that led to it; its own where none did. */
  since: Micros;
  start: Micros;
  end: Micros;
  /** Tokens and cost of the model calls that led to it; cost is `null` where one is unpriced. */
  tokens: number;
  cost: NanoUsd | null;
  spanId: SpanId | null;
};

/** A call of a tool, in a simulation or in production. */
export type CallStep = Timed & {
  kind: 'call';
  tool: string;
  arguments: Json;
  result: Json;
  /** It left the world other than it was. Where that cannot be known: `false`. */
  changed: boolean;
  /** It reached a milestone of its scenario. */
  milestone: boolean;
};

/** An agent's turn in which it called no tool and only spoke, to another agent or to the user. */
export type WordsStep = Timed & {
  kind: 'words';
  /** What it said in the end; `null` where that was not captured. */
  words: Json;
};

/** One step of an agent's work as the loop detector sees it. */
export type Step = CallStep | WordsStep;

/** The work of an agent or a team of them. */
export type Work = {
  /** By start; `null` where it was not captured what the tools brought. */
  steps: readonly Step[] | null;
  /** Where a limit ended the work of an agent. */
  limits: readonly LimitEnd[];
};

export type LimitEnd = { limit: 'steps' | 'tokens'; said: string; at: Micros; spanId: SpanId | null };
