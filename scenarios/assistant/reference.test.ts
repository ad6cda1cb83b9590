import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../domain/scenario.ts';
import { judgeMutants, playSteps, scoreTrial } from '../../harness/index.ts';
import { assistant } from './pack.ts';

async function outcomeOf(scenario: Scenario, steps = scenario.reference?.steps ?? []) {
  const { record, defect } = await playSteps(steps, scenario, assistant);
  expect(defect).toBeNull();
  return scoreTrial(record, assistant).outcome;
}

describe.each(assistant.scenarios.map((scenario) => [scenario.id, scenario] as const))(
  '%s',
  (_, scenario) => {
    it('passes by its reference, and fails by each of at least two violations as it should', async () => {
      expect(await outcomeOf(scenario)).toEqual({ kind: 'passed' });
      const violations = scenario.reference?.violations ?? [];
      expect(violations.length).toBeGreaterThanOrEqual(2);
      for (const { title, steps, failure } of violations)
        expect([title, await outcomeOf(scenario, steps)]).toMatchObject([title, { kind: 'failed', failure }]);
    });

    it('is passed by doing nothing only where that is declared and nothing is to be said', async () => {
      const { abstain, facts } = scenario.expect;
      const mayRest = abstain === 'no-write' && facts.length === 0;
      expect((await outcomeOf(scenario, [])).kind).toBe(mayRest ? 'passed' : 'failed');
    });

    it('judges the mutants of its reference rightly', async () => {
      const mutants = await judgeMutants(scenario, assistant);
      expect(mutants.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
    });
  },
);
