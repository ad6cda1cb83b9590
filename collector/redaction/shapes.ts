/** The signals of OTLP. */
export type Signal = 'traces' | 'logs' | 'metrics';

/** A message of opentelemetry-proto, as far as it holds text: by field number what is there. */
export type Shape = {
  /** `keyValue` and `value` are gone into by the pass itself. */
  fields: readonly (Field | undefined)[];
  /** The field of its attributes, of which some may be dropped. */
  attributes?: number;
  /** The field that counts those which are not there. */
  droppedCount?: number;
  /** Whether an attribute says how much was taken out. */
  marked?: boolean;
};

export type Field = 'text' | 'keyValue' | 'value' | Shape;

type Options = Omit<Shape, 'fields'>;

function shape(fields: Record<number, Field>, options: Options = {}): Shape {
  const list: Field[] = [];
  for (const [number, field] of Object.entries(fields)) list[Number(number)] = field;
  return { fields: list, ...options };
}

const text = 'text';
const keyValue = 'keyValue';

const resource = shape({ 1: keyValue }, { attributes: 1, droppedCount: 2 });
const scope = shape({ 1: text, 2: text, 3: keyValue }, { attributes: 3, droppedCount: 4 });

const event = shape({ 2: text, 3: keyValue }, { attributes: 3, droppedCount: 4 });
const link = shape({ 3: text, 4: keyValue }, { attributes: 4, droppedCount: 5 });
const status = shape({ 2: text });
const span = shape(
  { 3: text, 5: text, 9: keyValue, 11: event, 13: link, 15: status },
  { attributes: 9, droppedCount: 10, marked: true },
);

const logRecord = shape(
  { 3: text, 5: 'value', 6: keyValue, 12: text },
  { attributes: 6, droppedCount: 7, marked: true },
);

// The attributes of a data point are its identity: none is added to say that another was changed.
const exemplar = shape({ 7: keyValue }, { attributes: 7 });
const number = shape({ 5: exemplar, 7: keyValue }, { attributes: 7 });
const histogram = shape({ 8: exemplar, 9: keyValue }, { attributes: 9 });
const exponentialHistogram = shape({ 1: keyValue, 11: exemplar }, { attributes: 1 });
const summary = shape({ 7: keyValue }, { attributes: 7 });
const metric = shape(
  {
    ...{ 1: text, 2: text, 3: text, 12: keyValue },
    ...{ 5: shape({ 1: number }), 7: shape({ 1: number }), 9: shape({ 1: histogram }) },
    ...{ 10: shape({ 1: exponentialHistogram }), 11: shape({ 1: summary }) },
  },
  { attributes: 12 },
);

/** All three requests are alike: resources, in them scopes, in them what was measured. */
function request(item: Shape): Shape {
  const ofScope = shape({ 1: scope, 2: item, 3: text });
  return shape({ 1: shape({ 1: resource, 2: ofScope, 3: text }) });
}

/** Field numbers of https://github.com/open-telemetry/opentelemetry-proto, 1.x. */
export const REQUESTS: Record<Signal, Shape> = {
  traces: request(span),
  logs: request(logRecord),
  metrics: request(metric),
};
