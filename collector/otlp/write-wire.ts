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
  if (field.form === 'attributes') {
    for (const pair of value as KeyValue[]) writeBytes(out, number, keyValue(pair));
  } else if (field.form === 'list') {
    for (const item of value as unknown[]) writeScalar(out, number, field.scalar, item);
  } else if (field.form === 'messages' || field.form === 'items') {
    for (const item of value as Values[]) writeBytes(out, number, writeMessage(field.type, item));
  } else if (value === absentValue(field) || isEmpty(value)) return;
  else if (field.form === 'message') writeBytes(out, number, writeMessage(field.type, value as Values));
  else if (field.form === 'enum') writeVarint(out, number, BigInt(value as number));
  else writeScalar(out, number, field.scalar, value);
}

/** Of a value of any type, that there is none. */
function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function writeScalar(out: ByteWriter, number: number, scalar: ScalarName, value: unknown): void {
  if (scalar === 'string') writeBytes(out, number, Buffer.from(value as string, 'utf8'));
  else if (scalar === 'id') writeBytes(out, number, Buffer.from(value as string, 'hex'));
  else if (scalar === 'anyValue') writeBytes(out, number, anyValue(value as AnyValue));
  else if (scalar === 'bool') writeVarint(out, number, value ? 1n : 0n);
  else if (scalar === 'sint32') writeVarint(out, number, BigInt(zigzag(value as number)));
  else if (scalar === 'uint32' || scalar === 'uint64') writeVarint(out, number, BigInt(value as number));
  else if (scalar === 'fixed32') {
    out.varint(number * 8 + FIXED32);
    out.uint32(value as number);
  } else {
    out.varint(number * 8 + FIXED64);
    if (scalar === 'double') out.double(value as number);
    else out.uint64(BigInt.asUintN(64, value as bigint));
  }
}

function zigzag(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0;
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
