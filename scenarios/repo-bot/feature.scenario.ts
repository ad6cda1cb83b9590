import { defineScenario } from '../../harness/index.ts';
import { featureRequest } from './feature-request.ts';
import { TASKS } from './repositories.ts';

/** Two of every three tasks; those that are left meet faults (mishap.scenario.ts), or are for the bench alone. */
export const features = TASKS.filter((_, place) => place % 3 !== 2).map((task) =>
  defineScenario(featureRequest(task).scenario),
);
