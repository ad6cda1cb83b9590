import { expect, it } from 'vitest';
import type { Scenario } from '../../domain/scenario.ts';
import { judgeMutants, playSteps, scoreTrial } from '../../harness/index.ts';
import { sdr } from './pack.ts';
import { RETOLD, renumbered, rephrased } from './rephrased.ts';

async function outcomeOf(scenario: Scenario) {
  const { record, defect } = await playSteps(scenario.reference?.steps ?? [], scenario, sdr);
  expect(defect).toBeNull();
  return scoreTrial(record, sdr).outcome;
}

it('each scenario told anew passes by its reference', async () => {
  for (const scenario of sdr.scenarios) {
    const anew = RETOLD.includes(scenario.id) ? rephrased : renumbered;
    expect([scenario.id, await outcomeOf(anew(scenario))]).toEqual([scenario.id, { kind: 'passed' }]);
  }
});

it('mutants decide nothing only where it is left to the agent, or where a second call does not do it again', async () => {
  const equivalent: string[] = [];
  for (const scenario of sdr.scenarios.filter(({ id }) => RETOLD.includes(id))) {
    for (const { kind, name, verdict } of await judgeMutants(scenario, sdr))
      if (['drop', 'double', 'alter'].includes(kind) && verdict === 'equivalent')
        equivalent.push(`${scenario.id}: ${name}`);
  }
  expect(equivalent).toEqual([
    'sdr/first-touch: alter step 3 mail messages.send at body.subject',
    'sdr/first-touch: double step 4 crm contacts.update',
    'sdr/reply/books-meeting: alter step 3 calendar events.create at body.title',
    'sdr/reply/books-meeting: alter step 4 mail messages.send at body.subject',
    'sdr/reply/books-meeting: double step 5 crm contacts.update',
    'sdr/reply/opts-out: double step 3 crm contacts.update',
    'sdr/send-times-out: alter step 2 mail messages.send at body.subject',
    'sdr/send-times-out: double step 4 crm contacts.update',
  ]);
});
