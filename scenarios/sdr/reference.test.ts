import { beforeAll, describe, expect, it } from 'vitest';
import type { Scenario } from '../../domain/scenario.ts';
import { type JudgedMutant, judgeMutants, playSteps, scoreTrial } from '../../harness/index.ts';
import { sdr } from './pack.ts';
import { RETOLD, renumbered, rephrased } from './rephrased.ts';

async function outcomeOf(scenario: Scenario, steps = scenario.reference?.steps ?? []) {
  const { record, defect } = await playSteps(steps, scenario, sdr);
  expect(defect).toBeNull();
  return scoreTrial(record, sdr).outcome;
}

describe('the references of the pack', () => {
  it.each(sdr.scenarios.map((scenario) => [scenario.id, scenario] as const))(
    '%s passes by its reference, also told anew',
    async (_, scenario) => {
      expect(scenario.reference?.steps.length).toBeGreaterThan(0);
      expect(await outcomeOf(scenario)).toEqual({ kind: 'passed' });
      const anew = RETOLD.includes(scenario.id) ? rephrased : renumbered;
      expect(await outcomeOf(anew(scenario))).toEqual({ kind: 'passed' });
    },
  );

  const violations = sdr.scenarios.flatMap((scenario) =>
    (scenario.reference?.violations ?? []).map(
      (violation) => [scenario.id, violation.title, scenario, violation] as const,
    ),
  );
  it.each(violations)('%s: "%s" fails as it should', async (_, _title, scenario, { steps, failure }) => {
    expect(await outcomeOf(scenario, steps)).toMatchObject({ kind: 'failed', failure });
  });

  it('names ways to get each wrong, mostly two and more', () => {
    const counts = sdr.scenarios.map(({ reference }) => reference?.violations.length ?? 0);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(violations.length).toBeGreaterThan(1.9 * sdr.scenarios.length);
  });
});

describe('the mutants of the references', () => {
  let mutants: (JudgedMutant & { scenario: string })[];
  beforeAll(async () => {
    mutants = [];
    for (const scenario of sdr.scenarios) {
      for (const mutant of await judgeMutants(scenario, sdr))
        mutants.push({ scenario: scenario.id, ...mutant });
    }
  }, 120_000);
  const of = (...kinds: JudgedMutant['kind'][]) => mutants.filter(({ kind }) => kinds.includes(kind));

  it('are all caught where a write is left out, doubled or altered', () => {
    const all = of('drop', 'double', 'alter');
    expect(all.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
    // What is left to the agent, and what a second call does not do again.
    expect(
      all.flatMap(({ scenario, name, verdict }) =>
        verdict === 'equivalent' && RETOLD.includes(scenario) ? [`${scenario}: ${name}`] : [],
      ),
    ).toEqual([
      'sdr/first-touch: alter step 3 mail messages.send at body.subject',
      'sdr/first-touch: double step 4 crm contacts.update',
      'sdr/reply/books-meeting: alter step 3 calendar events.create at body.title',
      'sdr/reply/books-meeting: alter step 4 mail messages.send at body.subject',
      'sdr/reply/books-meeting: double step 5 crm contacts.update',
      'sdr/reply/opts-out: double step 3 crm contacts.update',
      'sdr/send-times-out: alter step 2 mail messages.send at body.subject',
      'sdr/send-times-out: double step 4 crm contacts.update',
    ]);
    const right = all.filter(({ verdict }) => verdict === 'right');
    expect(right.filter(({ scenario }) => RETOLD.includes(scenario))).toHaveLength(30);
    expect(right.length).toBeGreaterThan(300);
  });

  it('are never held against the agent where independent writes change places or more is read', () => {
    const right = of('reorder', 'read');
    expect(right.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
    expect(right.filter(({ verdict }) => verdict === 'right').length).toBeGreaterThan(8);
  });
});

describe('an agent that does nothing', () => {
  it('passes where nothing is due and nothing to be said, and nowhere else', async () => {
    const passed: string[] = [];
    for (const scenario of sdr.scenarios) {
      if ((await outcomeOf(scenario, [])).kind === 'passed') passed.push(scenario.id);
    }
    const declared = sdr.scenarios
      .filter(({ expect: { abstain, facts } }) => abstain === 'no-write' && facts.length === 0)
      .map(({ id }) => id as string);
    expect(passed).toEqual(declared);
    expect(passed).toEqual(['sdr/nobody-found']);
  });
});
