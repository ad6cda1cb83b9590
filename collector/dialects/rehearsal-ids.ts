import { RunId, ScenarioId, TrialId } from '../../domain/ids.ts';

/** An id that is not one is passed over: the span is kept, without its trial. */
export function runIdOf(text: string | null): RunId | null {
  return text === null ? null : (RunId.safeParse(text).data ?? null);
}

export function trialIdOf(text: string | null): TrialId | null {
  return text === null ? null : (TrialId.safeParse(text).data ?? null);
}

export function scenarioIdOf(text: string | null): ScenarioId | null {
  return text === null ? null : (ScenarioId.safeParse(text).data ?? null);
}
