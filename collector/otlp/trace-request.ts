import type { KeyValue } from './any-value.ts';

export type OtlpResource = { attributes: KeyValue[]; schemaUrl: string };

export type OtlpScope = { name: string; version: string; attributes: KeyValue[]; schemaUrl: string };

export type OtlpEvent = {
  name: string;
  timeUnixNano: bigint;
  attributes: KeyValue[];
  droppedAttributesCount: number;
};

export type OtlpLink = {
  traceId: string;
  spanId: string;
  traceState: string;
  attributes: KeyValue[];
  droppedAttributesCount: number;
  flags: number;
};

/** A span as it was sent, whatever the encoding. Ids are lower-case hex; an absent field has protobuf's default. */
export type OtlpSpan = {
  traceId: string;
  spanId: string;
  /** Empty for a root. */
  parentSpanId: string;
  traceState: string;
  flags: number;
  name: string;
  /** SpanKind: 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  kind: number;
  startTimeUnixNano: bigint;
  endTimeUnixNano: bigint;
  attributes: KeyValue[];
  droppedAttributesCount: number;
  events: OtlpEvent[];
  droppedEventsCount: number;
  links: OtlpLink[];
  droppedLinksCount: number;
  /** Code 0 unset, 1 ok, 2 error. */
  status: { code: number; message: string };
  resource: OtlpResource;
  scope: OtlpScope;
};

/** A decoded request. A span that breaks the contract is counted with its reason; the others are kept. */
export type TraceRequest = { spans: OtlpSpan[]; rejections: string[] };

/** Why one span cannot be taken. Caught at the span: its neighbours go on. */
export class SpanRejected extends Error {
  override readonly name = 'SpanRejected';
}

export function emptySpan(resource: OtlpResource, scope: OtlpScope): OtlpSpan {
  return {
    traceId: '',
    spanId: '',
    parentSpanId: '',
    traceState: '',
    flags: 0,
    name: '',
    kind: 0,
    startTimeUnixNano: 0n,
    endTimeUnixNano: 0n,
    attributes: [],
    droppedAttributesCount: 0,
    events: [],
    droppedEventsCount: 0,
    links: [],
    droppedLinksCount: 0,
    status: { code: 0, message: '' },
    resource,
    scope,
  };
}

export function emptyResource(): OtlpResource {
  return { attributes: [], schemaUrl: '' };
}

export function emptyScope(): OtlpScope {
  return { name: '', version: '', attributes: [], schemaUrl: '' };
}
