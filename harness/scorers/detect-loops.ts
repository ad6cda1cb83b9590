import { canonicalJson } from '../../domain/canonical-json.ts';
import type { SpanId } from '../../domain/ids.ts';
import type { Json } from '../../domain/json.ts';
import { type Micros, micros, type NanoUsd, nanoUsd } from '../../domain/units.ts';

/** One tool call as the detector sees it, in a simulation or in production. */
export type Step = {
  tool: string;
  arguments: Json;
  result: Json;
  /** It left the world other than it was. Where that cannot be known: `false`. */
  changed: boolean;
  start: Micros;
  end: Micros;
  /** Tokens and cost of the model calls that led to it; cost is `null` where one is unpriced. */
  tokens: number;
  cost: NanoUsd | null;
  spanId: SpanId | null;
};

/** The longest stretch of steps that brought nothing. */
export type Loop = {
  /** Steps without progress, one after another. */
  length: number;
  /** Index of the first of them. */
  from: number;
  /** They repeat every 1 to 4 steps; `null` where they follow no such cycle. */
  period: number | null;
  /** The tool called most in the stretch, and how often. */
  tool: string;
  count: number;
  /** What the stretch took. */
  wasted: { duration: Micros; tokens: number; cost: NanoUsd | null };
  /** Of its first step. */
  spanId: SpanId | null;
};

const LONGEST_PERIOD = 4;

/**
 * Looks for loops by progress, not by repetition: a step makes progress if it changed the world or brought a (tool,
 * arguments, result) that was not seen before. Returns the longest stretch without any, the first of equals, or `null`
 * where every step made progress. O(steps).
 */
export function detectLoops(steps: readonly Step[]): Loop | null {
  const seen = new Set<string>();
  const prints = steps.map((step) => canonicalJson([step.tool, step.arguments, step.result]));
  let longest = { from: 0, length: 0 };
  let from = 0;
  for (const [index, step] of steps.entries()) {
    const print = prints[index] ?? '';
    if (step.changed || !seen.has(print)) from = index + 1;
    seen.add(print);
    if (index + 1 - from > longest.length) longest = { from, length: index + 1 - from };
  }
  if (longest.length === 0) return null;
  const stretch = steps.slice(longest.from, longest.from + longest.length);
  return {
    ...longest,
    period: smallestPeriod(prints, longest.from, longest.length),
    ...mostCalled(stretch),
    wasted: wasted(stretch),
    spanId: stretch[0]?.spanId ?? null,
  };
}

/**
 * The smallest p in 1 to 4 for which each step of the stretch is the one p steps before it. The first p steps of a
 * longer stretch may repeat something older: the cycle shows from then on.
 */
function smallestPeriod(prints: readonly string[], from: number, length: number): number | null {
  for (let period = 1; period <= LONGEST_PERIOD; period++) {
    const first = from + (length > period ? period : 0);
    const repeats = prints
      .slice(first, from + length)
      .every((print, offset) => print === prints[first + offset - period]);
    if (repeats) return period;
  }
  return null;
}

function mostCalled(stretch: readonly Step[]): { tool: string; count: number } {
  const counts = new Map<string, number>();
  for (const { tool } of stretch) counts.set(tool, (counts.get(tool) ?? 0) + 1);
  return [...counts]
    .map(([tool, count]) => ({ tool, count }))
    .reduce((best, next) => (next.count > best.count ? next : best));
}

function wasted(stretch: readonly Step[]): Loop['wasted'] {
  const start = Math.min(...stretch.map((step) => step.start));
  const end = Math.max(...stretch.map((step) => step.end));
  const priced = stretch.every((step) => step.cost !== null);
  return {
    duration: micros(end - start),
    tokens: stretch.reduce((sum, step) => sum + step.tokens, 0),
    cost: priced ? nanoUsd(stretch.reduce((sum, step) => sum + (step.cost ?? 0), 0)) : null,
  };
}
