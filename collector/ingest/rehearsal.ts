import { RunId, ScenarioId, TrialId } from '../../domain/ids.ts';
import { textOf } from '../dialects/attribute.ts';
import { attributeMap } from '../otlp/any-value.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';

/** To which trial of a rehearsal a span belongs: said by the span itself, or by its resource. */
export type Rehearsal = { runId: RunId | null; trialId: TrialId | null; scenarioId: ScenarioId | null };

/** An id that is not one is passed over: the span is kept, without its trial. */
export function rehearsalOf(span: OtlpSpan): Rehearsal {
  const own = attributeMap(span.attributes);
  const shared = attributeMap(span.resource.attributes);
  const named = (key: string) => textOf(own, key) ?? textOf(shared, key);
  return {
    runId: RunId.safeParse(named('rehearse.run.id')).data ?? null,
    trialId: TrialId.safeParse(named('rehearse.trial.id')).data ?? null,
    scenarioId: ScenarioId.safeParse(named('rehearse.scenario.id')).data ?? null,
  };
}
