import type { Trial } from '../../domain/trial.ts';
import { type Micros, micros } from '../../domain/units.ts';
import type { TrialPlan } from './trial-plan.ts';

/** A trial of which nothing is known but that it was begun. */
export function voidTrial(plan: TrialPlan, digest: string, start: Micros, explanation: string): Trial {
  const { id, runId, scenario, index, seed, attempt } = plan;
  return {
    id,
    runId,
    scenario,
    digest,
    index,
    seed,
    attempts: attempt,
    start,
    outcome: { kind: 'void', cause: 'infrastructure', explanation },
    scores: [],
    journal: [],
    calls: [],
    turns: [],
    ending: null,
    traceId: null,
    traceComplete: false,
    replayed: false,
    figures: {
      duration: micros(0),
      virtualDuration: micros(0),
      modelCalls: null,
      toolCalls: null,
      usage: null,
      cost: null,
    },
  };
}
