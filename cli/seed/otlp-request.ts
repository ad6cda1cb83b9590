/** The part of OTLP's JSON encoding that seeds send. Times are epoch microseconds, as everywhere else. */
export type SentSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  start: number;
  duration: number;
  attributes?: Attributes;
  error?: { type: string; message: string };
  events?: { name: string; at: number; attributes: Attributes }[];
};

export type Attributes = Record<string, string | number | boolean>;

/** The body of one `POST /v1/traces`. */
export function traceRequest(resource: Attributes, spans: readonly SentSpan[]) {
  return {
    resourceSpans: [
      {
        resource: { attributes: keyValues(resource) },
        scopeSpans: [{ scope: { name: 'dashboard-e2e', version: '1' }, spans: spans.map(otlpSpan) }],
      },
    ],
  };
}

function otlpSpan({ start, duration, attributes = {}, error, events = [], ...ids }: SentSpan) {
  return {
    ...ids,
    kind: 1,
    startTimeUnixNano: nanos(start),
    endTimeUnixNano: nanos(start + duration),
    attributes: keyValues(error ? { ...attributes, 'error.type': error.type } : attributes),
    status: error ? { code: 2, message: error.message } : {},
    events: events.map((event) => ({
      name: event.name,
      timeUnixNano: nanos(event.at),
      attributes: keyValues(event.attributes),
    })),
  };
}

function nanos(micros: number): string {
  return `${BigInt(micros) * 1000n}`;
}

function keyValues(attributes: Attributes) {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: string | number | boolean) {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
