import type { Canonical, ResourceFacts, SpanFacts } from './canonical.ts';
import { classify } from './classify.ts';
import { errorSignalOf, errorTypeOf } from './failure.ts';
import type { FieldReader } from './field-reader.ts';
import { FIELD, type Field } from './fields.ts';
import { finishReasonsOf } from './finish-reasons.ts';
import { firstChunkOf } from './first-chunk.ts';
import { peopleOf } from './metadata.ts';
import { agentOf, toolOf, workflowOf } from './names.ts';
import { providerOf } from './provider.ts';
import { readUsage } from './read-usage.ts';
import { runIdOf, scenarioIdOf, trialIdOf } from './rehearsal-ids.ts';
import { reportedCost } from './reported-cost.ts';

/** Raised with every change of what the mapper makes of a span; a row keeps the number it was made with. */
export const MAPPER_VERSION = 2;

const NONE: readonly string[] = [];

/**
 * The canonical columns of a span, whatever its dialect. Pure, so that it can be run again over stored attributes; it
 * runs for every span that arrives, so what only a few dialects need is asked for only where it is present.
 */
export function deriveCanonical(
  fields: FieldReader<Field>,
  resource: ResourceFacts,
  span: SpanFacts,
): Canonical {
  const usage = readUsage(fields);
  const { kind, call } = classify(fields, span, usage);
  const finishReasons = fields.has(FIELD.finishReasons)
    ? finishReasonsOf(fields.list(FIELD.finishReasons), fields.has(FIELD.outputToolCall))
    : NONE;
  const answered = fields.has(FIELD.output) || fields.has(FIELD.responseId) || (usage?.output ?? 0) > 0;
  const errorSignal = errorSignalOf(fields, span, { ordinary: kind === 'other', answered, finishReasons });
  const agent = agentOf(fields, span, kind);
  let session = fields.text(FIELD.session);
  let user = fields.text(FIELD.user);
  if ((session === null || user === null) && fields.has(FIELD.metadata)) {
    const people = peopleOf(fields);
    session ??= people.session;
    user ??= people.user;
  }
  return {
    kind,
    operation: fields.text(FIELD.operation),
    agent,
    agentVersion:
      fields.text(FIELD.agentVersion) ??
      (kind === 'agent' ? fields.text(FIELD.entityVersion) : null) ??
      resource.version,
    workflow: workflowOf(fields, span, agent),
    provider: providerOf(fields.text(FIELD.provider), resource.service),
    modelRequested: fields.text(FIELD.modelRequested),
    modelResponded: fields.text(FIELD.modelResponded),
    tool: toolOf(fields, span, kind),
    session,
    user,
    environment: fields.text(FIELD.environment) ?? resource.environment,
    finishReasons,
    usage,
    usageEstimated: usage !== null && isEstimated(fields, span),
    call: call ? 'call' : usage === null ? 'none' : 'aggregate',
    costReported: reportedCost(fields),
    ttft: firstChunkOf(fields, span.startMs),
    failed: errorSignal !== null,
    errorSignal,
    errorType: errorSignal === null ? null : errorTypeOf(fields, span),
    errorMessage: errorSignal === null ? null : fields.text(FIELD.errorMessage),
    runId: runIdOf(fields.text(FIELD.runId)) ?? resource.runId,
    trialId: trialIdOf(fields.text(FIELD.trialId)) ?? resource.trialId,
    scenarioId: scenarioIdOf(fields.text(FIELD.scenarioId)) ?? resource.scenarioId,
  };
}

/**
 * Traceloop's JS client counts the tokens of a streamed answer itself. Only where the span says that it was streamed can
 * that be told.
 */
function isEstimated(fields: FieldReader<Field>, span: SpanFacts): boolean {
  return span.scopeName.startsWith('@traceloop/') && fields.text(FIELD.streamed) === 'true';
}
