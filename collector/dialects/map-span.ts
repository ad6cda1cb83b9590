import { attributeMap } from '../otlp/any-value.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import { attributeReader } from './attribute-reader.ts';
import type { Canonical, ResourceFacts } from './canonical.ts';
import { deriveCanonical } from './derive-canonical.ts';
import { FIELDS, type Field, RESOURCE_FIELDS, type ResourceField } from './fields.ts';
import { readResource } from './read-resource.ts';

const readSpanFields = attributeReader<Field>(FIELDS);
const readResourceFields = attributeReader<ResourceField>(RESOURCE_FIELDS);

/** The canonical columns of a decoded span. */
export function mapSpan(span: OtlpSpan, resource: ResourceFacts = resourceOf(span)): Canonical {
  return deriveCanonical(readSpanFields(span.attributes), resource, {
    name: span.name,
    root: span.parentSpanId === '',
    otelKind: span.kind,
    statusCode: span.status.code,
    startMs: Number(span.startTimeUnixNano / 1000n) / 1000,
    exceptionType: exceptionType(span),
    scopeName: span.scope.name,
  });
}

/** The facts that a decoded span takes from its resource. */
export function resourceOf({ resource }: OtlpSpan): ResourceFacts {
  return readResource(readResourceFields(resource.attributes));
}

function exceptionType({ events }: OtlpSpan): string | null {
  const exception = events.findLast((event) => event.name === 'exception');
  if (exception === undefined) return null;
  const type = attributeMap(exception.attributes).get('exception.type');
  return type && 'stringValue' in type ? type.stringValue : '';
}
