import type { Score } from '../../domain/score.ts';
import type { Span } from '../../domain/span.ts';
import type { TrialRecord } from './scorer.ts';

/** Virtual seconds against the budget. */
export function scoreLatency({ scenario, figures }: TrialRecord): Score {
  const { seconds } = scenario.expect.budgets;
  if (seconds === undefined) return unscored('latency', 'the scenario sets no budget of seconds');
  return against('latency', figures.virtualDuration / 1e6, seconds, 's', (value) => `${trim(value)} s`);
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
  const atLeast = unpriced.length > 0 ? 'at least ' : '';
  return against('cost', cost, usd, 'usd', (value) => `$${trim(value)}`, atLeast);
}

/** Calls of the model against the budget. */
export function scoreModelCalls({ scenario, figures }: TrialRecord): Score {
  const { modelCalls } = scenario.expect.budgets;
  if (modelCalls === undefined) return unscored('model calls', 'the scenario sets no budget of model calls');
  if (figures.modelCalls === null) return unscored('model calls', 'the number of model calls is not known');
  return against('model calls', figures.modelCalls, modelCalls, 'calls', (value) => `${value} model calls`);
}

/** Embeddings cost too. */
function isPricedWork({ kind, operation }: Pick<Span, 'kind' | 'operation'>): boolean {
  return kind === 'llm' || operation === 'embeddings';
}

function against(
  scorer: string,
  value: number,
  budget: number,
  unit: string,
  say: (value: number) => string,
  atLeast = '',
): Score {
  const pass = value <= budget;
  const message = `took ${atLeast}${say(value)}, budget ${say(budget)}`;
  return {
    kind: 'scored',
    scorer,
    axis: 'budgets',
    pass,
    value,
    unit,
    findings: pass
      ? []
      : [{ failure: 'over-budget', message, expected: budget, actual: value, spanId: null }],
  };
}

function unscored(scorer: string, reason: string): Score {
  return { kind: 'unscored', scorer, axis: 'budgets', reason };
}

/** Three significant digits. */
function trim(value: number): string {
  return String(Number(value.toPrecision(3)));
}
