import { AppError } from '../../domain/errors.ts';
import type { RunId } from '../../domain/ids.ts';
import type { ReferenceStep } from '../../domain/reference.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Agent } from '../drivers/agent.ts';
import type { Pack } from '../pack.ts';
import { trialIdOf } from '../runner/trial-plan.ts';
import { requestOf } from './step-request.ts';

/**
 * An agent without a model that does what the reference of each scenario says, over HTTP as any other. The conversation
 * of a trial has the trial's id, by which its scenario is found among those of the run.
 *
 * @throws AppError USAGE where a scenario has no reference
 */
export function referenceAgent(
  { scenarios, services }: Pick<Pack, 'scenarios' | 'services'>,
  run: { id: RunId; trialsPerScenario: number },
): Agent {
  const byTrial = new Map(
    scenarios.flatMap((scenario) =>
      Array.from({ length: run.trialsPerScenario }, (_, index): [string, Script] => [
        trialIdOf(run.id, scenario.id, index),
        { steps: [...turnsOf(scenario)] },
      ]),
    ),
  );
  return {
    name: 'reference',
    version: '1',
    async run({ conversationId }, environment, signal) {
      const said: string[] = [];
      for (const step of byTrial.get(conversationId)?.steps.shift() ?? []) {
        signal.throwIfAborted();
        if ('say' in step) said.push(step.say);
        else await (await fetch(requestOf(step.call, services, environment), { signal })).arrayBuffer();
      }
      return { said, finished: true };
    },
    flush: async () => {},
  };
}

/** What is still to be done, turn by turn. */
type Script = { steps: ReferenceStep[][] };

/** All steps at once where the user says nothing more; else up to the words that end each turn. */
function turnsOf({ id, user, reference }: Scenario): ReferenceStep[][] {
  if (!reference) throw new AppError('USAGE', `expected a reference in ${id}, got none`);
  if (user.kind === 'silent') return [[...reference.steps]];
  const turns: ReferenceStep[][] = [[]];
  for (const [place, step] of reference.steps.entries()) {
    const before = reference.steps[place - 1];
    if (before && 'say' in before && 'call' in step) turns.push([]);
    turns.at(-1)?.push(step);
  }
  return turns;
}
