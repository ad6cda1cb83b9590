import { describe, expect, it } from 'vitest';
import { ScenarioId, TrialId } from '../../../../domain/ids.ts';
import type { Outcome } from '../../../../domain/outcome.ts';
import { TrialSummary } from '../../../../domain/trial.ts';
import { scenarioRows } from './scenario-rows.ts';

const passed: Outcome = { kind: 'passed' };
const failed = (failure: 'harm' | 'looped', explanation: string = failure): Outcome => ({
  kind: 'failed',
  failure,
  explanation,
});
const voided: Outcome = { kind: 'void', cause: 'infrastructure', explanation: 'gone' };

function trial(scenario: string, index: number, outcome: Outcome, cost: number | null = 100): TrialSummary {
  return TrialSummary.parse({
    id: TrialId.parse(`${scenario}${index}`.padEnd(24, '0').replace(/[^0-9a-f]/g, 'f')),
    runId: 'run',
    digest: 'd',
    index,
    start: 0,
    outcome,
    traceId: null,
    figures: {
      duration: 1,
      virtualDuration: 10 + index,
      modelCalls: null,
      toolCalls: null,
      usage: null,
      cost,
    },
    scenarioId: ScenarioId.parse(scenario),
    title: scenario,
  });
}

describe('scenarioRows', () => {
  it('puts the worst first: by share of failures, then of voids, then by name', () => {
    const rows = scenarioRows([
      trial('b', 0, passed),
      trial('a', 0, passed),
      trial('c', 0, passed),
      trial('c', 1, voided),
      trial('d', 0, failed('harm')),
      trial('d', 1, passed),
      trial('e', 0, failed('harm')),
    ]);
    expect(rows.map((row) => row.scenarioId)).toEqual(['e', 'd', 'c', 'a', 'b']);
    expect(rows[1]).toMatchObject({ passed: 1, failed: 1, voided: 0, cost: 200, longest: 11 });
  });

  it('orders the trials by index, and tells each kind of failure once', () => {
    const [row] = scenarioRows([
      trial('a', 2, failed('looped')),
      trial('a', 1, failed('harm', 'another harm')),
      trial('a', 0, failed('harm')),
      trial('a', 3, voided, null),
    ]);
    expect(row?.trials.map((each) => each.index)).toEqual([0, 1, 2, 3]);
    expect(row?.explanations.map(({ outcome }) => outcome.explanation)).toEqual(['harm', 'looped', 'gone']);
    expect(row?.explanations[0]?.trialId).toBe(row?.trials[0]?.id);
    expect(row?.cost).toBe(300);
  });

  it('says that no cost is known, and has no rows without trials', () => {
    expect(scenarioRows([trial('a', 0, passed, null)])[0]?.cost).toBeNull();
    expect(scenarioRows([])).toEqual([]);
  });
});
