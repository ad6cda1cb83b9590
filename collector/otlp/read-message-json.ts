import { AppError } from '../../domain/errors.ts';
import {
  anyValue,
  attributes,
  boolean,
  double,
  enumeration,
  id,
  integer,
  list,
  members,
  text,
  uint32,
} from './json-value.ts';
import {
  absentValue,
  type Decoded,
  type FieldType,
  type MessageType,
  type ScalarName,
} from './message-type.ts';
import { MAX_LIST } from './read-wire.ts';
import type { Rejections } from './rejections.ts';
import { SpanRejected } from './trace-request.ts';

type Values = Record<string, unknown>;

/**
 * Reads a message in OTLP's JSON encoding. Unknown fields are ignored at every level. An item that cannot be read is
 * rejected, and its neighbours are kept; what is wrong around items rejects them all.
 *
 * @throws AppError BODY_UNDECODABLE where it is not the envelope that was expected
 */
export function readMessageJson<Type extends MessageType>(
  type: Type,
  parsed: unknown,
  rejections: Rejections,
): Decoded<Type> {
  try {
    return readMessage(type, parsed, 'the request', rejections) as Decoded<Type>;
  } catch (error) {
    if (error instanceof SpanRejected) throw new AppError('BODY_UNDECODABLE', error.message);
    throw error;
  }
}

function readMessage(type: MessageType, value: unknown, name: string, rejections: Rejections): Values {
  const given = members(value, name);
  const fields = Object.entries(type.fields).map(([member, field]) => {
    return [member, readField(field, given[member], member, rejections)];
  });
  return Object.fromEntries(fields);
}

function readField(field: FieldType, value: unknown, name: string, rejections: Rejections): unknown {
  if (value === undefined || value === null) return absentValue(field);
  switch (field.form) {
    case 'plain':
      return field.scalar === 'id' ? id(value, field.bytes, name) : readScalar(field.scalar, value, name);
    case 'optional':
      return readScalar(field.scalar, value, name);
    case 'enum':
      return enumeration(value, field.names, name);
    case 'list':
      return numbers(value, name).map((item) => readScalar(field.scalar, item, name));
    case 'attributes':
      return attributes(value, name);
    case 'message':
      return readEnvelope(field.type, value, name, rejections);
    case 'messages':
      return list(value, name).flatMap((item) => readEnvelope(field.type, item, name, rejections) ?? []);
    case 'items':
      return list(value, name).flatMap((item) => readItem(field.type, item, name, rejections) ?? []);
  }
}

/** `null` where something around the items cannot be read: each of them is rejected then. */
function readEnvelope(
  type: MessageType,
  value: unknown,
  name: string,
  rejections: Rejections,
): Values | null {
  const before = rejections.count;
  try {
    return readMessage(type, value, name, rejections);
  } catch (error) {
    const within = countItems(type, value);
    if (!(error instanceof SpanRejected) || within === 0) throw error;
    rejections.add(error.message, within - (rejections.count - before));
    return null;
  }
}

function readItem(type: MessageType, value: unknown, name: string, rejections: Rejections): Values | null {
  try {
    return readMessage(type, value, name, rejections);
  } catch (error) {
    if (!(error instanceof SpanRejected)) throw error;
    rejections.add(error.message);
    return null;
  }
}

function countItems(type: MessageType, value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const given = value as Values;
  const counts = Object.entries(type.fields).map(([name, field]) => {
    const inner = given[name];
    if (field.form === 'message') return countItems(field.type, inner);
    if (!Array.isArray(inner)) return 0;
    if (field.form === 'items') return inner.length;
    return field.form === 'messages'
      ? inner.reduce<number>((sum, item) => sum + countItems(field.type, item), 0)
      : 0;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

function numbers(value: unknown, name: string): unknown[] {
  const given = list(value, name);
  if (given.length > MAX_LIST) throw new SpanRejected(`${name}: expected at most ${MAX_LIST} numbers`);
  return given;
}

function readScalar(scalar: ScalarName, value: unknown, name: string): unknown {
  switch (scalar) {
    case 'string':
      return text(value, name);
    case 'bool':
      return boolean(value, name);
    case 'uint32':
    case 'fixed32':
      return uint32(value, name);
    case 'sint32':
      return Number(BigInt.asIntN(32, integer(value, name)));
    case 'uint64':
    case 'fixed64':
      return BigInt.asUintN(64, integer(value, name));
    case 'sfixed64':
      return BigInt.asIntN(64, integer(value, name));
    case 'double':
      return double(value, name);
    case 'id':
      return text(value, name);
    case 'anyValue':
      return anyValue(value, name);
  }
}
