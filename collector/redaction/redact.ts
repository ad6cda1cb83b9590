import { credentials, isSecretName } from './credentials.ts';
import { EditList, varint } from './edit-list.ts';
import { FieldCursor, LENGTH, VARINT } from './field-cursor.ts';
import { redactSecret, redactText } from './redact-text.ts';
import { DROPPED_ATTRIBUTES } from './redaction-config.ts';
import type { RedactionRules } from './redaction-rules.ts';
import type { Rule } from './rule.ts';
import { REQUESTS, type Shape, type Signal } from './shapes.ts';
import type { Places } from './trigger-scan.ts';

export type Redacted = {
  /** The request itself where there was nothing to redact. */
  bytes: Buffer;
  /** By name of the rule how often it was applied; rules that were not are left out. */
  counts: Record<string, number>;
};

/** The attribute of a changed span or log record that says how many texts and attributes were taken out of it. */
export const REDACTED_ATTRIBUTE = 'rehearse.redacted';

/**
 * Takes out of an OTLP request, protobuf to protobuf, what the rules name: from names, messages, bodies, attributes of
 * resources, scopes, spans, events, links, log records and data points, and values nested in them. Ids, times, numbers,
 * keys, and values of bytes are left as they are.
 *
 * Never throws. From where a message is broken it is passed on as it is, for the decoder to refuse the whole of it.
 */
export function redact(request: Buffer, signal: Signal, rules: RedactionRules): Redacted {
  const places = rules.scan(request);
  if (places?.at.length === 0 && rules.custom.length === 0) return { bytes: request, counts: {} };
  const pass = new RedactionPass(request, rules, places);
  pass.message(REQUESTS[signal], 0, request.length);
  return pass.result();
}

/** Deeper than any decoder follows; it bounds the stack. */
const deepest = 400;

class RedactionPass {
  readonly #bytes: Buffer;
  readonly #rules: RedactionRules;
  /** `null`: there may be something everywhere. */
  readonly #places: Places | null;
  #nextPlace = 0;
  readonly #edits: EditList;
  readonly #counts: Record<string, number> = {};
  #total = 0;
  #depth = 0;

  constructor(bytes: Buffer, rules: RedactionRules, places: Places | null) {
    this.#bytes = bytes;
    this.#rules = rules;
    this.#places = places;
    this.#edits = new EditList(bytes);
  }

  result(): Redacted {
    return { bytes: this.#edits.isEmpty ? this.#bytes : this.#edits.apply(), counts: this.#counts };
  }

  message(shape: Shape, start: number, end: number): void {
    const before = this.#total;
    let absent = 0;
    let dropped = 0;
    const cursor = new FieldCursor(this.#bytes, start, end);
    while (cursor.next()) {
      if (cursor.type === VARINT && cursor.field === shape.droppedCount) absent = cursor.uint32();
      if (cursor.type !== LENGTH) continue;
      const field = shape.fields[cursor.field];
      if (field === undefined || !this.#mayHold(cursor)) continue;
      if (cursor.field === shape.attributes && this.#rules.isDropped(this.#keyOf(cursor))) {
        this.#edits.replace(cursor.tagAt, cursor.end, NONE);
        dropped++;
      } else if (field === 'text') this.#text(cursor, false);
      else if (field === 'keyValue') this.#within(cursor, () => this.#keyValue(cursor, false));
      else if (field === 'value') this.#within(cursor, () => this.#value(cursor, false));
      else this.#within(cursor, () => this.message(field, cursor.start, cursor.end));
    }
    if (dropped > 0) this.#count(DROPPED_ATTRIBUTES, dropped);
    // What is added behind a broken field could make it whole.
    if (cursor.broken) return;
    if (dropped > 0 && shape.droppedCount !== undefined) {
      this.#edits.replace(end, end, varintField(shape.droppedCount, Math.min(absent + dropped, 0xffff_ffff)));
    }
    if (shape.marked && shape.attributes !== undefined && this.#total > before) {
      this.#edits.replace(end, end, mark(shape.attributes, this.#total - before));
    }
  }

  #keyValue(field: FieldCursor, secret: boolean): void {
    const isSecret = secret || (this.#rules.secretNames && isSecretName(this.#keyOf(field)));
    const cursor = new FieldCursor(this.#bytes, field.start, field.end);
    while (cursor.next()) {
      if (cursor.field !== 2 || cursor.type !== LENGTH) continue;
      if (isSecret || this.#mayHold(cursor)) this.#within(cursor, () => this.#value(cursor, isSecret));
    }
  }

  /** An AnyValue; also the ArrayValue and the KeyValueList within it, which repeat their items in field 1. */
  #value(field: FieldCursor, secret: boolean): void {
    const cursor = new FieldCursor(this.#bytes, field.start, field.end);
    while (cursor.next()) {
      if (cursor.type !== LENGTH || !(secret || this.#mayHold(cursor))) continue;
      if (cursor.field === 1) this.#text(cursor, secret);
      else if (cursor.field === 5) this.#within(cursor, () => this.#items(cursor, secret, 'value'));
      else if (cursor.field === 6) this.#within(cursor, () => this.#items(cursor, secret, 'keyValue'));
    }
  }

  #items(field: FieldCursor, secret: boolean, kind: 'value' | 'keyValue'): void {
    const cursor = new FieldCursor(this.#bytes, field.start, field.end);
    while (cursor.next()) {
      if (cursor.field !== 1 || cursor.type !== LENGTH || !(secret || this.#mayHold(cursor))) continue;
      this.#within(cursor, () =>
        kind === 'value' ? this.#value(cursor, secret) : this.#keyValue(cursor, secret),
      );
    }
  }

  /** @param secret whether the text is secret as a whole. */
  #text({ payloadAt, start, end }: FieldCursor, secret: boolean): void {
    const before = this.#bytes.subarray(start, end);
    const count = (rule: string, times: number) => this.#count(rule, times);
    const after = secret
      ? redactSecret(before, credentials, count)
      : redactText(before, this.#rulesFor(start, end), count);
    if (after !== before)
      this.#edits.within(payloadAt, start, end, () => this.#edits.replace(start, end, after));
  }

  #within({ payloadAt, start, end }: FieldCursor, change: () => void): void {
    if (this.#depth === deepest) return;
    this.#depth++;
    this.#edits.within(payloadAt, start, end, change);
    this.#depth--;
  }

  /** Whether there may be something in the field. To be asked for one field after the other. */
  #mayHold({ start, end }: FieldCursor): boolean {
    if (this.#places === null) return true;
    this.#skipTo(start);
    return this.#rules.custom.length > 0 || this.#place() < end;
  }

  #rulesFor(start: number, end: number): Rule[] {
    if (this.#places === null) return [...this.#rules.custom, ...this.#rules.builtIn];
    let asked = 0;
    for (this.#skipTo(start); this.#place() < end; this.#nextPlace++) {
      asked |= this.#places.who[this.#nextPlace] ?? 0;
    }
    const builtIn = this.#rules.builtIn.filter((_, index) => (asked & (1 << index)) !== 0);
    return [...this.#rules.custom, ...builtIn];
  }

  #skipTo(start: number): void {
    while (this.#place() < start) this.#nextPlace++;
  }

  #place(): number {
    return this.#places?.at[this.#nextPlace] ?? Number.POSITIVE_INFINITY;
  }

  /** The key of a KeyValue; of several the last counts. */
  #keyOf({ start, end }: FieldCursor): string {
    let key = '';
    const cursor = new FieldCursor(this.#bytes, start, end);
    while (cursor.next()) {
      if (cursor.field === 1 && cursor.type === LENGTH) {
        key = this.#bytes.toString('utf8', cursor.start, cursor.end);
      }
    }
    return key;
  }

  #count(rule: string, times: number): void {
    this.#counts[rule] = (this.#counts[rule] ?? 0) + times;
    this.#total += times;
  }
}

const NONE = new Uint8Array();

function varintField(field: number, value: number): Uint8Array {
  return Buffer.concat([varint(field * 8 + VARINT), varint(value)]);
}

/** A KeyValue with an integer. */
function mark(field: number, times: number): Uint8Array {
  const key = Buffer.from(REDACTED_ATTRIBUTE);
  const value = varintField(3, times);
  const pair = Buffer.concat([lengthField(1, key), lengthField(2, value)]);
  return lengthField(field, pair);
}

function lengthField(field: number, value: Uint8Array): Buffer {
  return Buffer.concat([varint(field * 8 + LENGTH), varint(value.length), value]);
}
