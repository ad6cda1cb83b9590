import fc from 'fast-check';
import {
  absentValue,
  type Decoded,
  type FieldType,
  type MessageType,
  type ScalarName,
} from '../otlp/message-type.ts';
import { LOGS_REQUEST, METRICS_REQUEST } from '../otlp/opentelemetry-proto.ts';
import { arbitraryPairs, arbitraryValue } from './arbitrary-span.ts';

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const uint32 = fc.nat({ max: 0xffff_ffff });
/** JSON knows no negative zero. */
const double = fc.double().map((value) => (value === 0 ? 0 : value));

const SCALARS: Record<Exclude<ScalarName, 'id'>, fc.Arbitrary<unknown>> = {
  string: fc.string({ unit: 'binary' }),
  bool: fc.boolean(),
  uint32,
  sint32: fc.integer(),
  fixed32: uint32,
  uint64,
  fixed64: uint64,
  sfixed64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  double,
  anyValue: arbitraryValue,
};

function arbitraryField(field: FieldType): fc.Arbitrary<unknown> {
  const absent = fc.constant(absentValue(field));
  switch (field.form) {
    case 'plain':
      if (field.scalar !== 'id') return fc.oneof(absent, SCALARS[field.scalar]);
      return fc
        .uint8Array({ minLength: field.bytes, maxLength: field.bytes })
        .map((bytes) => Buffer.from(bytes).toString('hex'));
    case 'optional':
      return field.scalar === 'id' ? absent : fc.oneof(absent, SCALARS[field.scalar]);
    case 'enum':
      return fc.nat({ max: field.names.length - 1 });
    case 'list':
      return field.scalar === 'id' ? absent : fc.array(SCALARS[field.scalar], { maxLength: 4 });
    case 'attributes':
      return arbitraryPairs;
    case 'message':
      return fc.oneof(absent, arbitraryMessage(field.type));
    default:
      return fc.array(arbitraryMessage(field.type), { maxLength: 2 });
  }
}

function arbitraryMessage<Type extends MessageType>(type: Type): fc.Arbitrary<Decoded<Type>> {
  const fields = Object.entries(type.fields).map(([name, field]) => [name, arbitraryField(field)] as const);
  return fc.record(Object.fromEntries(fields)) as fc.Arbitrary<Decoded<Type>>;
}

/** Any request of logs, and any of metrics, made from the description of the messages. */
export const arbitraryLogs = arbitraryMessage(LOGS_REQUEST);
export const arbitraryMetrics = arbitraryMessage(METRICS_REQUEST);
