import { ByteWriter } from '../store/byte-writer.ts';
import type { AnyValue, KeyValue } from './any-value.ts';
import {
  absentValue,
  type Decoded,
  type FieldType,
  type MessageType,
  type ScalarName,
} from './message-type.ts';

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/** Writes a message as protobuf: fields by number, what has its default left out. */
export function writeWire<Type extends MessageType>(type: Type, values: Decoded<Type>): Buffer {
  return writeMessage(type, values as Values);
}

type Values = Record<string, unknown>;

function writeMessage(type: MessageType, values: Values): Buffer {
  const out = new ByteWriter();
  for (const [name, field] of type.byNumber.values()) writeField(out, field, values[name]);
  return out.bytes();
}

function writeField(out: ByteWriter, field: FieldType, value: unknown): void {
  const { number } = field;
  switch (field.form) {
    case 'plain':
      if (field.scalar === 'anyValue' ? isEmpty(value) : value === absentValue(field)) return;
      return writeScalar(out, number, field.scalar, value);
    case 'optional':
      return value === null ? undefined : writeScalar(out, number, field.scalar, value);
    case 'enum':
      return value === 0 ? undefined : writeVarint(out, number, BigInt(value as number));
    case 'list':
      for (const item of value as unknown[]) writeScalar(out, number, field.scalar, item);
      return;
    case 'attributes':
      for (const pair of value as KeyValue[]) writeBytes(out, number, keyValue(pair));
      return;
    case 'message':
      return value === null ? undefined : writeBytes(out, number, writeMessage(field.type, value as Values));
    default:
      for (const item of value as Values[]) writeBytes(out, number, writeMessage(field.type, item));
  }
}

function isEmpty(value: unknown): boolean {
  return Object.keys(value as AnyValue).length === 0;
}

function writeScalar(out: ByteWriter, number: number, scalar: ScalarName, value: unknown): void {
  switch (scalar) {
    case 'string':
      return writeBytes(out, number, Buffer.from(value as string, 'utf8'));
    case 'bool':
      return writeVarint(out, number, value ? 1n : 0n);
    case 'uint32':
    case 'uint64':
      return writeVarint(out, number, BigInt(value as number | bigint));
    case 'sint32': {
      const signed = value as number;
      return writeVarint(out, number, BigInt(((signed << 1) ^ (signed >> 31)) >>> 0));
    }
    case 'fixed32':
      out.varint(number * 8 + FIXED32);
      return out.uint32(value as number);
    case 'fixed64':
    case 'sfixed64':
      out.varint(number * 8 + FIXED64);
      return out.uint64(BigInt.asUintN(64, value as bigint));
    case 'double':
      out.varint(number * 8 + FIXED64);
      return out.double(value as number);
    case 'id':
      return writeBytes(out, number, Buffer.from(value as string, 'hex'));
    case 'anyValue':
      return writeBytes(out, number, anyValue(value as AnyValue));
  }
}

function keyValue({ key, value }: KeyValue): Buffer {
  const out = new ByteWriter();
  if (key !== '') writeBytes(out, 1, Buffer.from(key, 'utf8'));
  writeBytes(out, 2, anyValue(value));
  return out.bytes();
}

function anyValue(value: AnyValue): Buffer {
  const out = new ByteWriter();
  if ('stringValue' in value) writeBytes(out, 1, Buffer.from(value.stringValue, 'utf8'));
  else if ('boolValue' in value) writeVarint(out, 2, value.boolValue ? 1n : 0n);
  else if ('intValue' in value) writeVarint(out, 3, BigInt(value.intValue));
  else if ('doubleValue' in value) writeScalar(out, 4, 'double', Number(value.doubleValue));
  else if ('arrayValue' in value) {
    writeBytes(out, 5, each(value.arrayValue.values.map(anyValue)));
  } else if ('kvlistValue' in value) {
    writeBytes(out, 6, each(value.kvlistValue.values.map(keyValue)));
  } else if ('bytesValue' in value) writeBytes(out, 7, Buffer.from(value.bytesValue, 'base64'));
  return out.bytes();
}

function each(messages: readonly Buffer[]): Buffer {
  const out = new ByteWriter();
  for (const bytes of messages) writeBytes(out, 1, bytes);
  return out.bytes();
}

function writeBytes(out: ByteWriter, number: number, bytes: Buffer): void {
  out.varint(number * 8 + LENGTH);
  out.varint(bytes.length);
  out.raw(bytes);
}

/** As 64 bits: a negative number takes ten bytes. */
function writeVarint(out: ByteWriter, number: number, value: bigint): void {
  out.varint(number * 8 + VARINT);
  let rest = BigInt.asUintN(64, value);
  while (rest > 0x7fn) {
    out.byte(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  out.byte(Number(rest));
}
