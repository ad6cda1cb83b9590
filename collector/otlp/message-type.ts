import type { AnyValue, KeyValue } from './any-value.ts';

/**
 * Messages of opentelemetry-proto as data: what each field is, by its JSON name. One description serves all three
 * ways: bytes to values, JSON to values, values to bytes.
 */
export type MessageType = {
  fields: Readonly<Record<string, FieldType>>;
  byNumber: ReadonlyMap<number, readonly [string, FieldType]>;
  /** A field by which a message of another signal gives itself away. */
  foreign: Foreign | null;
};

type Foreign = { number: number; wireType: number; reason: string };

type Scalars = {
  string: string;
  bool: boolean;
  uint32: number;
  sint32: number;
  fixed32: number;
  uint64: bigint;
  fixed64: bigint;
  sfixed64: bigint;
  double: number;
  /** Hex digits. */
  id: string;
  anyValue: AnyValue;
};

export type ScalarName = keyof Scalars;

export type FieldType =
  /** Absent is the type's default: zero, empty. */
  | { number: number; form: 'plain'; scalar: ScalarName; bytes: number }
  /** Absent is `null`: `optional` fields and members of a `oneof`. */
  | { number: number; form: 'optional'; scalar: ScalarName }
  | { number: number; form: 'enum'; names: readonly string[] }
  | { number: number; form: 'list'; scalar: ScalarName }
  | { number: number; form: 'attributes' }
  /** Absent is `null`. */
  | { number: number; form: 'message'; type: MessageType }
  | { number: number; form: 'messages'; type: MessageType }
  /** Messages that are taken or rejected one by one. */
  | { number: number; form: 'items'; type: MessageType };

/** The values of a message; ids are lower-case hex, 64-bit integers bigints. */
export type Decoded<Type> = Type extends { fields: infer Fields }
  ? { [Name in keyof Fields]: DecodedField<Fields[Name]> }
  : never;

type DecodedField<Field> = Field extends { form: 'plain'; scalar: infer Name extends ScalarName }
  ? Scalars[Name]
  : Field extends { form: 'optional'; scalar: infer Name extends ScalarName }
    ? Scalars[Name] | null
    : Field extends { form: 'enum' }
      ? number
      : Field extends { form: 'list'; scalar: infer Name extends ScalarName }
        ? Scalars[Name][]
        : Field extends { form: 'attributes' }
          ? KeyValue[]
          : Field extends { form: 'message'; type: infer Type }
            ? Decoded<Type> | null
            : Field extends { form: 'messages' | 'items'; type: infer Type }
              ? Decoded<Type>[]
              : never;

export function message<const Fields extends Record<string, FieldType>>(
  fields: Fields,
  foreign: Foreign | null = null,
) {
  const byNumber = new Map(Object.entries(fields).map((entry) => [entry[1].number, entry] as const));
  return { fields, byNumber, foreign };
}

export function plain<const Name extends ScalarName>(number: number, scalar: Name) {
  return { number, form: 'plain', scalar, bytes: 0 } as const;
}

/** An id of so many bytes; hex in JSON. */
export function id(number: number, bytes: number) {
  return { number, form: 'plain', scalar: 'id', bytes } as const;
}

export function optional<const Name extends ScalarName>(number: number, scalar: Name) {
  return { number, form: 'optional', scalar } as const;
}

export function enumeration(number: number, names: readonly string[]) {
  return { number, form: 'enum', names } as const;
}

export function list<const Name extends ScalarName>(number: number, scalar: Name) {
  return { number, form: 'list', scalar } as const;
}

export function attributes(number: number) {
  return { number, form: 'attributes' } as const;
}

export function one<Type extends MessageType>(number: number, type: Type) {
  return { number, form: 'message', type } as const;
}

export function many<Type extends MessageType>(number: number, type: Type) {
  return { number, form: 'messages', type } as const;
}

export function items<Type extends MessageType>(number: number, type: Type) {
  return { number, form: 'items', type } as const;
}

/** What an absent field reads as. */
export function absentValue(field: FieldType): unknown {
  switch (field.form) {
    case 'plain':
      return DEFAULTS[field.scalar];
    case 'enum':
      return 0;
    case 'optional':
    case 'message':
      return null;
    default:
      return [];
  }
}

const DEFAULTS: Scalars = {
  string: '',
  bool: false,
  uint32: 0,
  sint32: 0,
  fixed32: 0,
  uint64: 0n,
  fixed64: 0n,
  sfixed64: 0n,
  double: 0,
  id: '',
  anyValue: {},
};
