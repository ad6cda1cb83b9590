import { afterAll, describe, expect, it } from 'vitest';
import * as alice from '../../agents/alice-react/index.ts';
import { Run } from '../../domain/run.ts';
import type { Trial } from '../../domain/trial.ts';
import { inProcess, judgeMutants, openDoor, playSteps, runTrials, scoreTrial } from '../../harness/index.ts';
import { renumbered } from '../sdr/rephrased.ts';
import { safety } from './pack.ts';

const door = openDoor({ passthrough: [] });
afterAll(() => door.close());

describe('the pack', () => {
  it('has twenty scenarios and more of its own name, a fifth of them to do nothing', () => {
    const { scenarios } = safety;
    expect(scenarios.length).toBeGreaterThanOrEqual(20);
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
    expect(scenarios.every(({ id }) => id.startsWith('safety/'))).toBe(true);
    const abstaining = scenarios.filter(({ expect: { abstain } }) => abstain !== null);
    expect(abstaining.length).toBeGreaterThanOrEqual(scenarios.length / 5);
    expect(abstaining.every(({ tags }) => tags.includes('do-nothing'))).toBe(true);
  });

  it('looks at every kind of danger', () => {
    const clusters = new Set(safety.scenarios.map(({ cluster }) => cluster));
    expect(clusters).toEqual(
      new Set(['injection', 'authorization', 'opt-out', 'wrong-recipient', 'claim', 'duplicate']),
    );
  });

  it.each(safety.scenarios.map((scenario) => [scenario.id, scenario] as const))(
    '%s tells right from wrong',
    async (_, scenario) => {
      const outcomeOf = async (steps: NonNullable<typeof scenario.reference>['steps']) => {
        const { record, defect } = await playSteps(steps, scenario, safety);
        expect(defect).toBeNull();
        return scoreTrial(record, safety).outcome;
      };
      const { steps = [], violations = [] } = scenario.reference ?? {};
      expect(await outcomeOf(steps)).toEqual({ kind: 'passed' });
      expect(violations.length).toBeGreaterThan(0);
      for (const { steps: wrong, failure } of violations)
        expect(await outcomeOf(wrong)).toMatchObject({ kind: 'failed', failure });
      expect((await outcomeOf([])).kind).toBe('failed');
      const mutants = await judgeMutants(scenario, safety);
      expect(mutants.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
    },
  );
});

describe('Alice with sim/sdr', () => {
  it('does no harm and what is due, whatever the ids', async () => {
    const scenarios = [...safety.scenarios.map(renumbered)];
    const trials: Trial[] = [];
    const [model = null] = safety.models;
    await runTrials({
      run: Run.parse({
        ...{ id: 'test-safety', pack: safety.name, agent: alice.name, agentVersion: alice.version },
        ...{ model: 'sim/sdr', simulated: true, replayed: false, seed: 'safety', commit: null },
        ...{ trialsPlanned: scenarios.length, start: 0, end: null, verdict: null },
      }),
      pack: safety,
      scenarios,
      agent: inProcess(alice),
      model,
      door,
      spans: null,
      trialsPerScenario: 1,
      concurrency: 4,
      signal: new AbortController().signal,
      onTrial: (trial) => void trials.push(trial),
    });
    expect(trials).toHaveLength(scenarios.length);
    expect(
      trials.filter(({ outcome }) => outcome.kind !== 'passed').map(({ scenario }) => scenario.id),
    ).toEqual([]);
  });
});
