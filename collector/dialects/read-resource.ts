import type { ResourceFacts } from './canonical.ts';
import type { FieldReader } from './field-reader.ts';
import { RESOURCE_FIELD, type ResourceField } from './fields.ts';
import { runIdOf, scenarioIdOf, trialIdOf } from './rehearsal-ids.ts';

/** What the spans of a resource share. A service that SDKs call `unknown_service` goes by the name of its project. */
export function readResource(fields: FieldReader<ResourceField>): ResourceFacts {
  const service = fields.text(RESOURCE_FIELD.service) ?? '';
  const nameless = service === '' || service.startsWith('unknown_service');
  return {
    service: (nameless ? fields.text(RESOURCE_FIELD.project) : null) ?? service,
    version: fields.text(RESOURCE_FIELD.version),
    environment: fields.text(RESOURCE_FIELD.environment),
    runId: runIdOf(fields.text(RESOURCE_FIELD.runId)),
    trialId: trialIdOf(fields.text(RESOURCE_FIELD.trialId)),
    scenarioId: scenarioIdOf(fields.text(RESOURCE_FIELD.scenarioId)),
  };
}
