import { madeCalls } from '../../domain/made-calls.ts';
import type { SpanDetail } from '../../domain/span.ts';
import type { TrialFigures } from '../../domain/trial.ts';
import { type NanoUsd, nanoUsd } from '../../domain/units.ts';
import type { Usage } from '../../domain/usage.ts';
import type { World } from '../world/world.ts';

type Counted = Omit<TrialFigures, 'duration' | 'virtualDuration'>;

/** Calls, tokens and cost by the agent's own spans, counted as in `TraceSummary`. */
export function figuresFromSpans(spans: readonly SpanDetail[]): Counted {
  const models = spans.filter((span) => span.kind === 'llm');
  return {
    modelCalls: models.length,
    toolCalls: spans.filter((span) => span.kind === 'tool').length,
    usage: sumUsage(models.flatMap((span) => (span.usage ? [span.usage] : []))),
    cost: sumCost(spans.flatMap((span) => (span.cost === null ? [] : [span.cost]))),
  };
}

/** The same by the world, where no spans are to be had: its calls, and what was counted of its model. */
export function figuresFromWorld(
  world: Pick<World, 'calls' | 'modelCalls' | 'modelUsage'> & Pick<Counted, 'cost'>,
): Counted {
  return {
    modelCalls: world.modelUsage ? world.modelCalls : null,
    toolCalls: madeCalls(world.calls).length,
    usage: world.modelUsage,
    cost: world.cost,
  };
}

/** Bucket by bucket; `null` where no call said anything. */
function sumUsage(usages: readonly Usage[]): Usage | null {
  const sum = (bucket: keyof Usage) =>
    usages.reduce<number | null>(
      (total, usage) => (usage[bucket] === null ? total : (total ?? 0) + usage[bucket]),
      null,
    );
  return usages.length === 0
    ? null
    : {
        input: sum('input'),
        cacheRead: sum('cacheRead'),
        cacheWrite: sum('cacheWrite'),
        output: sum('output'),
        reasoning: sum('reasoning'),
      };
}

function sumCost(costs: readonly NanoUsd[]): NanoUsd | null {
  return costs.length === 0 ? null : nanoUsd(costs.reduce((total, cost) => total + cost, 0));
}
