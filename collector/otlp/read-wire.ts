import { type AnyValue, doubleValue, type KeyValue, MAX_DEPTH } from './any-value.ts';
import { MemoryBudget, RECORD_BYTES, VALUE_BYTES } from './memory-budget.ts';
import {
  absentValue,
  type Decoded,
  type FieldType,
  type MessageType,
  type ScalarName,
} from './message-type.ts';
import type { Rejections } from './rejections.ts';
import { SpanRejected } from './trace-request.ts';
import { WireError, WireReader } from './wire-reader.ts';

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

const WIRE_TYPES: Record<ScalarName, number> = {
  string: LENGTH,
  bool: VARINT,
  uint32: VARINT,
  sint32: VARINT,
  fixed32: FIXED32,
  uint64: VARINT,
  fixed64: FIXED64,
  sfixed64: FIXED64,
  double: FIXED64,
  id: LENGTH,
  anyValue: LENGTH,
};

/** Numbers in one list: the buckets of a histogram are a few hundred at most. */
export const MAX_LIST = 10_000;

/**
 * Reads a message. Unknown fields, and known ones of another wire type, are passed over; of a field that is there
 * twice the last counts. An item that cannot be read is rejected, and its neighbours are kept.
 *
 * @throws WireError where the envelope of the items cannot be read; AppError BODY_TOO_LARGE
 */
export function readWire<Type extends MessageType>(
  type: Type,
  body: Buffer,
  rejections: Rejections,
): Decoded<Type> {
  return readMessage(type, new WireReader(body), { rejections, memory: new MemoryBudget() }) as Decoded<Type>;
}

type Values = Record<string, unknown>;

/** What one request is read with. */
type Reading = { rejections: Rejections; memory: MemoryBudget };

function readMessage(type: MessageType, reader: WireReader, reading: Reading): Values {
  reading.memory.take(RECORD_BYTES);
  const values: Values = {};
  for (const [name, field] of type.byNumber.values()) values[name] = absentValue(field);
  while (reader.next()) {
    const known = type.byNumber.get(reader.field);
    if (known !== undefined && readField(known, reader, values, reading)) continue;
    const { foreign } = type;
    if (foreign !== null && reader.is(foreign.number, foreign.wireType))
      throw new SpanRejected(foreign.reason);
    reader.skip();
  }
  return values;
}

/** `false` where the wire type is another: nothing was read then. */
function readField(
  [name, field]: readonly [string, FieldType],
  reader: WireReader,
  values: Values,
  reading: Reading,
): boolean {
  if (field.form === 'enum') {
    if (reader.type !== VARINT) return false;
    values[name] = reader.int32();
    return true;
  }
  if (field.form === 'plain' || field.form === 'optional') {
    if (reader.type !== WIRE_TYPES[field.scalar]) return false;
    values[name] = readScalar(field.scalar, reader, reading);
    return true;
  }
  if (field.form === 'list') return readNumbers(field.scalar, reader, values[name] as unknown[], name);
  if (reader.type !== LENGTH) return false;
  const inner = reader.message();
  if (field.form === 'message') values[name] = readMessage(field.type, inner, reading);
  else if (field.form === 'messages') list(values, name).push(readMessage(field.type, inner, reading));
  else if (field.form === 'attributes') list(values, name).push(readKeyValue(inner, 1, reading));
  else readItem(field.type, inner, list(values, name), reading);
  return true;
}

function list(values: Values, name: string): unknown[] {
  return values[name] as unknown[];
}

/** The item's bounds are known, so that bytes that make no sense within them spoil no other item. */
function readItem(type: MessageType, reader: WireReader, into: unknown[], reading: Reading): void {
  try {
    into.push(readMessage(type, reader, reading));
  } catch (error) {
    if (error instanceof SpanRejected) reading.rejections.add(error.message);
    else if (error instanceof WireError) reading.rejections.add(`undecodable (${error.message})`);
    else throw error;
  }
}

function readScalar(scalar: ScalarName, reader: WireReader, reading: Reading): unknown {
  switch (scalar) {
    case 'string':
      return reader.text();
    case 'bool':
      return reader.varint() !== 0n;
    case 'uint32':
      return reader.uint32();
    case 'sint32':
      return zigzag(reader.uint32());
    case 'fixed32':
      return reader.fixed32();
    case 'uint64':
      return reader.varint();
    case 'fixed64':
      return reader.fixed64();
    case 'sfixed64':
      return BigInt.asIntN(64, reader.fixed64());
    case 'double':
      return reader.double();
    case 'id':
      return reader.bytes().toString('hex');
    case 'anyValue':
      return readAnyValue(reader.message(), 1, reading);
  }
}

function zigzag(value: number): number {
  return (value >>> 1) ^ -(value & 1);
}

/** Packed into one field, as is usual, or a field each. */
function readNumbers(scalar: ScalarName, reader: WireReader, into: unknown[], name: string): boolean {
  const single = WIRE_TYPES[scalar];
  if (reader.type === single) into.push(readScalarNumber(scalar, reader));
  else if (reader.type === LENGTH) {
    const packed = reader.message();
    while (!packed.done && into.length <= MAX_LIST) into.push(readScalarNumber(scalar, packed));
  } else return false;
  if (into.length > MAX_LIST) throw new SpanRejected(`${name}: expected at most ${MAX_LIST} numbers`);
  return true;
}

function readScalarNumber(scalar: ScalarName, reader: WireReader): number | bigint {
  if (scalar === 'double') return reader.double();
  return scalar === 'uint64' ? reader.varint() : reader.fixed64();
}

function readKeyValue(reader: WireReader, depth: number, reading: Reading): KeyValue {
  reading.memory.take(VALUE_BYTES);
  const pair: KeyValue = { key: '', value: {} };
  while (reader.next()) {
    if (reader.is(1, LENGTH)) pair.key = reader.text();
    else if (reader.is(2, LENGTH)) pair.value = readAnyValue(reader.message(), depth, reading);
    else reader.skip();
  }
  return pair;
}

/** A `oneof`: of several members the last counts. */
function readAnyValue(reader: WireReader, depth: number, reading: Reading): AnyValue {
  if (depth > MAX_DEPTH) throw new WireError(`a value nested deeper than ${MAX_DEPTH}`);
  reading.memory.take(VALUE_BYTES);
  let value: AnyValue = {};
  while (reader.next()) {
    if (reader.is(1, LENGTH)) value = { stringValue: reader.text() };
    else if (reader.is(2, VARINT)) value = { boolValue: reader.varint() !== 0n };
    else if (reader.is(3, VARINT)) value = { intValue: BigInt.asIntN(64, reader.varint()).toString() };
    else if (reader.is(4, FIXED64)) value = doubleValue(reader.double());
    else if (reader.is(5, LENGTH)) {
      const values = readEach(reader.message(), (inner) => readAnyValue(inner, depth + 1, reading));
      value = { arrayValue: { values } };
    } else if (reader.is(6, LENGTH)) {
      const values = readEach(reader.message(), (inner) => readKeyValue(inner, depth + 1, reading));
      value = { kvlistValue: { values } };
    } else if (reader.is(7, LENGTH)) value = { bytesValue: reader.bytes().toString('base64') };
    else reader.skip();
  }
  return value;
}

/** The messages with the number 1. */
function readEach<T>(reader: WireReader, read: (inner: WireReader) => T): T[] {
  const values: T[] = [];
  while (reader.next()) {
    if (reader.is(1, LENGTH)) values.push(read(reader.message()));
    else reader.skip();
  }
  return values;
}
