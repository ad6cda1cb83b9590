import type { Score } from '../../domain/score.ts';
import type { TrialRecord } from './scorer.ts';

/** Virtual seconds against the budget. */
export function scoreLatency({ scenario, figures }: TrialRecord): Score {
  const { seconds } = scenario.expect.budgets;
  if (seconds === undefined) return unscored('latency', 'the scenario sets no budget of seconds');
  return against('latency', figures.virtualDuration / 1e6, seconds, 's', (value) => `${trim(value)} s`);
}

/** US dollars for model calls against the budget; unscored where a call is unpriced, as unpriced is not free. */
export function scoreCost({ scenario, figures, spans }: TrialRecord): Score {
  const { usd } = scenario.expect.budgets;
  if (usd === undefined) return unscored('cost', 'the scenario sets no budget of dollars');
  const unpriced = spans?.filter((span) => span.kind === 'llm' && span.cost === null) ?? [];
  if (figures.cost === null || unpriced.length > 0) {
    const models = [...new Set(unpriced.map((span) => span.model ?? 'an unnamed model'))];
    return unscored(
      'cost',
      models.length > 0 ? `unpriced: ${models.join(', ')}` : 'no priced model call is known',
    );
  }
  return against('cost', figures.cost / 1e9, usd, 'usd', (value) => `$${trim(value)}`);
}

/** Calls of the model against the budget. */
export function scoreModelCalls({ scenario, figures }: TrialRecord): Score {
  const { modelCalls } = scenario.expect.budgets;
  if (modelCalls === undefined) return unscored('model calls', 'the scenario sets no budget of model calls');
  if (figures.modelCalls === null) return unscored('model calls', 'the number of model calls is not known');
  return against('model calls', figures.modelCalls, modelCalls, 'calls', (value) => `${value} model calls`);
}

function against(
  scorer: string,
  value: number,
  budget: number,
  unit: string,
  say: (value: number) => string,
): Score {
  const pass = value <= budget;
  const message = `took ${say(value)}, budget ${say(budget)}`;
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
