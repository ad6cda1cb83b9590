import { embeddedJson } from './embedded-json.ts';
import type { FieldReader } from './field-reader.ts';
import { FIELD, type Field } from './fields.ts';

/**
 * From the start of the span to the first piece of the answer, in nanoseconds. Sent as seconds, as milliseconds, or as a
 * point in time; one that lies before the start is dropped.
 */
export function firstChunkOf(fields: FieldReader<Field>, startMs: number): number | null {
  if (fields.has(FIELD.firstChunkSeconds)) return nanoseconds(fields.number(FIELD.firstChunkSeconds), 1e9);
  if (fields.has(FIELD.firstChunkMilliseconds)) {
    return nanoseconds(fields.number(FIELD.firstChunkMilliseconds), 1e6);
  }
  if (!fields.has(FIELD.firstChunkAt)) return null;
  const at = timeOf(fields.text(FIELD.firstChunkAt) ?? '');
  return at === null ? null : nanoseconds(at - startMs, 1e6);
}

function nanoseconds(value: number | null, factor: number): number | null {
  if (value === null || value < 0) return null;
  const rounded = Math.round(value * factor);
  return Number.isSafeInteger(rounded) ? rounded : null;
}

/** Milliseconds since the epoch. Langfuse quotes the text twice; a time without a zone is taken for UTC. */
function timeOf(text: string): number | null {
  const iso = embeddedJson(text);
  if (typeof iso !== 'string' || !/^\d{4}-\d{2}-\d{2}[T ]/.test(iso)) return null;
  const at = Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(at) ? null : at;
}
