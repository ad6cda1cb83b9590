import type { ReferenceStep } from '../../../domain/reference.ts';
import { Scenario } from '../../../domain/scenario.ts';
import type { Fixture } from '../service.ts';
import type { Task } from './data-files.ts';
import { scenarioIdOf } from './recording.ts';
import { AIRLINE_WORLD, expectedEffects, stepsOf, worldAfter } from './reference.ts';

/** Steps after which the recorded runs were cut. */
const STEP_LIMIT = 30;

/**
 * A task as a scenario. Right is what the task's reference calls bring about in a fresh world, no more and no less, with
 * its facts said. Loops and budgets are measured but not judged, for the third party judged neither.
 */
export async function scenarioOf(number: number, task: Task, fixture: Fixture): Promise<Scenario> {
  const { journal } = await worldAfter(task.actions, fixture);
  const effects = expectedEffects(journal);
  return Scenario.parse({
    id: scenarioIdOf(number),
    title: `tau-bench airline, task ${number}`,
    tags: effects.length === 0 ? ['tau-bench', 'no-write'] : ['tau-bench'],
    world: AIRLINE_WORLD,
    // The whole brief of the simulated user; the recorded conversations give it out piece by piece.
    start: { message: task.instruction },
    expect: {
      effects,
      abstain: effects.length === 0 ? 'no-write' : null,
      facts: task.outputs,
      budgets: { stepsWithoutProgress: null },
    },
    limits: { modelCalls: STEP_LIMIT },
    reference: { steps: [...stepsOf(task.actions), ...task.outputs.map((say): ReferenceStep => ({ say }))] },
  });
}
