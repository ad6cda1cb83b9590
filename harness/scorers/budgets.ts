import { formatCount } from '../../domain/format.ts';
import type { SpanId } from '../../domain/ids.ts';
import { madeCalls } from '../../domain/made-calls.ts';
import type { Score } from '../../domain/score.ts';
import type { Span } from '../../domain/span.ts';
import { tokensOf } from '../../domain/tokens-of.ts';
import type { TrialRecord } from './scorer.ts';

/** Virtual seconds against the budget. */
export function scoreLatency({ scenario, figures, calls }: TrialRecord): Score {
  const { seconds } = scenario.expect.budgets;
  if (seconds === undefined) return unscored('latency', 'the scenario sets no budget of seconds');
  const end = Date.parse(scenario.world.now) * 1000 + seconds * 1e6;
  return against({
    scorer: 'latency',
    unit: 's',
    value: figures.virtualDuration / 1e6,
    budget: seconds,
    say: (value) => `${trim(value)} s of the world's time`,
    allow: (value) => `${trim(value)} s`,
    // The last call that began in time.
    spanId: calls.findLast(({ at }) => at <= end)?.spanId ?? null,
  });
}

/**
 * US dollars for model calls against the budget. Where a call is unpriced, what the others cost can show that the budget
 * was exceeded, but not that it was kept: unpriced is not free.
 */
export function scoreCost({ scenario, figures, spans }: TrialRecord): Score {
  const { usd } = scenario.expect.budgets;
  if (usd === undefined) return unscored('cost', 'the scenario sets no budget of dollars');
  const unpriced = spans?.filter((span) => isPricedWork(span) && span.cost === null) ?? [];
  const cost = figures.cost === null ? null : figures.cost / 1e9;
  if (cost === null || (unpriced.length > 0 && cost <= usd)) {
    const models = [...new Set(unpriced.map((span) => span.model ?? 'an unnamed model'))];
    return unscored(
      'cost',
      models.length > 0 ? `unpriced: ${models.join(', ')}` : 'no priced model call is known',
    );
  }
  return against({
    scorer: 'cost',
    unit: 'usd',
    value: cost,
    budget: usd,
    say: dollars,
    allow: dollars,
    atLeast: unpriced.length > 0,
    spanId: crossing(spans, (span) => span.cost ?? 0, usd * 1e9),
  });
}

/** Calls of the model against the budget. */
export function scoreModelCalls({ scenario, figures, spans }: TrialRecord): Score {
  const { modelCalls } = scenario.expect.budgets;
  if (modelCalls === undefined) return unscored('model calls', 'the scenario sets no budget of model calls');
  if (figures.modelCalls === null) return unscored('model calls', 'the number of model calls is not known');
  return against({
    scorer: 'model calls',
    unit: 'calls',
    value: figures.modelCalls,
    budget: modelCalls,
    say: counted('model call'),
    spanId: crossing(spans, (span) => Number(span.kind === 'llm'), modelCalls),
  });
}

/** Calls of tools against the budget; of the world's services where no spans tell of tools. */
export function scoreToolCalls({ scenario, figures, spans, calls }: TrialRecord): Score {
  const { toolCalls } = scenario.expect.budgets;
  if (toolCalls === undefined) return unscored('tool calls', 'the scenario sets no budget of tool calls');
  if (figures.toolCalls === null) return unscored('tool calls', 'the number of tool calls is not known');
  return against({
    scorer: 'tool calls',
    unit: 'calls',
    value: figures.toolCalls,
    budget: toolCalls,
    say: counted('tool call'),
    spanId: spans
      ? crossing(spans, (span) => Number(span.kind === 'tool'), toolCalls)
      : (calls[toolCalls]?.spanId ?? null),
  });
}

/** Calls of the world's services against the budget; what the network delivers twice is one. */
export function scoreApiCalls({ scenario, calls }: TrialRecord): Score {
  const { apiCalls } = scenario.expect.budgets;
  if (apiCalls === undefined) return unscored('api calls', 'the scenario sets no budget of API calls');
  const made = madeCalls(calls);
  return against({
    scorer: 'api calls',
    unit: 'calls',
    value: made.length,
    budget: apiCalls,
    say: counted('API call'),
    spanId: made[apiCalls]?.spanId ?? null,
  });
}

/** Tokens of all calls of the model against the budget. */
export function scoreTokens({ scenario, figures, spans }: TrialRecord): Score {
  const { tokens } = scenario.expect.budgets;
  if (tokens === undefined) return unscored('tokens', 'the scenario sets no budget of tokens');
  const used = figures.usage ? tokensOf(figures.usage) : null;
  if (used === null) return unscored('tokens', 'the number of tokens is not known');
  return against({
    scorer: 'tokens',
    unit: 'tokens',
    value: used,
    budget: tokens,
    say: counted('token'),
    spanId: crossing(spans, (span) => (span.usage ? (tokensOf(span.usage) ?? 0) : 0), tokens),
  });
}

/** Embeddings cost too. */
function isPricedWork({ kind, operation }: Pick<Span, 'kind' | 'operation'>): boolean {
  return kind === 'llm' || operation === 'embeddings';
}

/** The span that brought a sum above its budget, in order of time. */
function crossing(
  spans: readonly Span[] | null,
  amountOf: (span: Span) => number,
  budget: number,
): SpanId | null {
  let sum = 0;
  for (const span of [...(spans ?? [])].sort((a, b) => a.start - b.start)) {
    sum += amountOf(span);
    if (sum > budget) return span.spanId;
  }
  return null;
}

type Measure = {
  scorer: string;
  unit: string;
  value: number;
  budget: number;
  say(value: number): string;
  /** Of the budget, in short. Default: the number. */
  allow?(budget: number): string;
  /** The value is only a part of what it took. */
  atLeast?: boolean;
  spanId: SpanId | null;
};

function against({
  scorer,
  unit,
  value,
  budget,
  say,
  allow = formatCount,
  atLeast = false,
  spanId,
}: Measure): Score {
  const pass = value <= budget;
  const message = `took ${atLeast ? 'at least ' : ''}${say(value)}, ${allow(budget)} allowed`;
  return {
    kind: 'scored',
    scorer,
    axis: 'budgets',
    pass,
    value,
    unit,
    findings: pass ? [] : [{ failure: 'over-budget', message, expected: budget, actual: value, spanId }],
  };
}

function unscored(scorer: string, reason: string): Score {
  return { kind: 'unscored', scorer, axis: 'budgets', reason };
}

function counted(what: string): (count: number) => string {
  return (count) => `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
}

function dollars(usd: number): string {
  return `$${trim(usd)}`;
}

/** Three significant digits. */
function trim(value: number): string {
  return String(Number(value.toPrecision(3)));
}
