import { madeCalls } from '../../domain/made-calls.ts';
import type { ReferenceStep } from '../../domain/reference.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Turn } from '../../domain/trial.ts';
import { micros } from '../../domain/units.ts';
import type { ScoringPack, TrialRecord } from '../scorers/scorer.ts';
import { createWorld } from '../world/world.ts';
import { requestOf } from './step-request.ts';

/** What came of steps in a fresh world. */
export type Played = {
  record: TrialRecord;
  /** What broke in the world itself; the record then says nothing. */
  defect: string | null;
  /** With `canaries`: the slots whose text an answer has carried. */
  seenCanaries: readonly string[];
};

/**
 * Does steps in a fresh world of a scenario, as an agent without a model and without a network: the same steps always
 * give the same record. Its user says nothing more than the first message. With `canaries` nothing is injected and every
 * slot holds a text of its own.
 *
 * @throws AppError where a step names what the world has not, as `requestOf`
 */
export async function playSteps(
  steps: readonly ReferenceStep[],
  scenario: Scenario,
  { services, fixtures }: ScoringPack,
  { canaries = false }: { canaries?: boolean } = {},
): Promise<Played> {
  const world = createWorld({ spec: scenario.world, services, fixtures, seed: 'reference', canaries });
  const start = world.now;
  const turns: Turn[] = [{ from: 'user', text: scenario.start.message, at: start }];
  for (const step of steps) {
    if ('say' in step) turns.push({ from: 'agent', text: step.say, at: world.now });
    else await world.handle(requestOf(step.call, services, world.environment));
  }
  return {
    record: {
      scenario,
      journal: world.journal,
      calls: world.calls,
      turns,
      spans: null,
      figures: {
        duration: micros(0),
        virtualDuration: micros(world.now - start),
        modelCalls: null,
        toolCalls: madeCalls(world.calls).length,
        usage: null,
        cost: null,
      },
      ending: { kind: 'finished' },
    },
    defect: world.defect,
    seenCanaries: world.seenCanaries,
  };
}
