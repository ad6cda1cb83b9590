import { z } from 'zod';
import type { SpanDetail, SpanEvent, SpanLink, SpanPayload } from '../../domain/span.ts';
import { micros } from '../../domain/units.ts';
import { contentOf } from '../dialects/content.ts';
import { evaluationsOf } from '../dialects/evaluations.ts';
import type { ContentEvent } from '../dialects/message-events.ts';
import { type KeyValue, plainObject } from '../otlp/any-value.ts';
import { storedAttributes, storedList } from '../otlp/stored.ts';
import { SPAN_ROW, toSpan } from './span-shape.ts';

/** The columns of a span's text. */
export const PAYLOAD_ROW = z.object({
  attribute_keys: z.array(z.string()),
  attribute_values: z.array(z.string()),
  attribute_types: z.string(),
  resource: z.string(),
  scope_name: z.string(),
  scope_version: z.string(),
  events: z.string(),
  links: z.string(),
});

/** The columns that queries about spans with their text answer with. */
export const DETAIL_ROW = SPAN_ROW.extend(PAYLOAD_ROW.shape);

type StoredEvent = { name: string; timeUnixNano: string; attributes: KeyValue[] };
type StoredLink = { traceId: string; spanId: string; attributes: KeyValue[] };

/** @param logs the records that name the span, by time: its content may be in them. */
export function toDetail(row: z.output<typeof DETAIL_ROW>, logs: readonly ContentEvent[]): SpanDetail {
  return { ...toSpan(row), payload: toPayload(row, logs) };
}

export function toPayload(row: z.output<typeof PAYLOAD_ROW>, logs: readonly ContentEvent[]): SpanPayload {
  // Written by the sink from decoded spans: its shape is known.
  const attributes = storedAttributes(row.attribute_keys, row.attribute_values, row.attribute_types);
  const resource = JSON.parse(row.resource) as KeyValue[];
  const events = storedList(row.events) as StoredEvent[];
  const links = storedList(row.links) as StoredLink[];
  const told = [...events, ...logs];
  return {
    ...contentOf(attributes, told),
    evaluations: evaluationsOf(attributes, told),
    attributes: plainObject(attributes),
    resource: plainObject(resource),
    scope: { name: row.scope_name, version: row.scope_version },
    events: events.map(toEvent),
    links: links.map(toLink),
  };
}

function toEvent({ name, timeUnixNano, attributes }: StoredEvent): SpanEvent {
  const at = micros(Math.min(Number(BigInt(timeUnixNano) / 1000n), Number.MAX_SAFE_INTEGER));
  return { name, at, attributes: plainObject(attributes) };
}

function toLink({ traceId, spanId, attributes }: StoredLink): SpanLink {
  return { traceId, spanId, attributes: plainObject(attributes) };
}
