import type { Json } from '../../domain/json.ts';
import { embeddedJson } from '../dialects/embedded-json.ts';
import type { FieldReader } from '../dialects/field-reader.ts';
import { countOf, numberOf } from '../dialects/plain-number.ts';
import type { AttributeTable } from './attribute-table.ts';

type Table = Readonly<Record<string, readonly string[]>>;

/** Every key of a table of fields once: their order is their number in `AttributeFields`. */
export function keysOf(table: Table): string[] {
  return [...new Set(Object.values(table).flat())];
}

/**
 * The fields of one span, over the places of its attributes. It is told each attribute as it is read and remembers, for
 * every field, the one that decides; values are decoded when a rule asks for them. The answers are those of
 * `attributeReader`.
 */
export class AttributeFields<F extends number> implements FieldReader<F> {
  readonly #attributes: AttributeTable;
  /** The places of key `id` lie from `#places[id]` to `#places[id + 1]` in the two lists. */
  readonly #places: Uint16Array;
  readonly #fieldOfPlace: Uint16Array;
  readonly #rankOfPlace: Uint16Array;
  readonly #known: number;
  /** Counts the spans: what was noted for another one is void, and nothing has to be emptied. */
  #span = 1;
  /** By field: the span for which an attribute was chosen, which one, and the rank of its key. */
  readonly #chosenFor: Float64Array;
  readonly #chosen: Uint32Array;
  readonly #ranks: Uint16Array;
  /** By field: the span for which the value was decoded, and the value. */
  readonly #decodedFor: Float64Array;
  readonly #values: Json[];

  /** @param attributes whose first keys are `keysOf(table)`. */
  constructor(table: Table, attributes: AttributeTable) {
    this.#attributes = attributes;
    const keys = keysOf(table);
    const fields = Object.values(table);
    const places = keys.map((key) =>
      fields.flatMap((names, field) => (names.includes(key) ? [{ field, rank: names.indexOf(key) }] : [])),
    );
    const all = places.flat();
    let end = 0;
    this.#places = Uint16Array.from([0, ...places.map(({ length }) => (end += length))]);
    this.#fieldOfPlace = Uint16Array.from(all.map(({ field }) => field));
    this.#rankOfPlace = Uint16Array.from(all.map(({ rank }) => rank));
    this.#known = keys.length;
    this.#chosenFor = new Float64Array(fields.length);
    this.#chosen = new Uint32Array(fields.length);
    this.#ranks = new Uint16Array(fields.length);
    this.#decodedFor = new Float64Array(fields.length);
    this.#values = fields.map(() => null);
  }

  /** Begins with another span. */
  begin(): void {
    this.#span++;
  }

  /** Takes note of attribute `index`. In the order in which they come: of a repeated key the last one decides. */
  collect(index: number): void {
    const key = this.#attributes.keyId(index);
    if (key >= this.#known || this.#attributes.isAbsent(index)) return;
    const end = this.#places[key + 1] as number;
    for (let place = this.#places[key] as number; place < end; place++) {
      const field = this.#fieldOfPlace[place] as number;
      const rank = this.#rankOfPlace[place] as number;
      if (this.#chosenFor[field] === this.#span && rank > (this.#ranks[field] as number)) continue;
      this.#chosenFor[field] = this.#span;
      this.#chosen[field] = index;
      this.#ranks[field] = rank;
    }
  }

  has(field: F): boolean {
    return this.#chosenFor[field] === this.#span;
  }

  text(field: F): string | null {
    const value = this.#plain(field);
    if (typeof value === 'string') return value;
    return value === null || typeof value === 'object' ? null : String(value);
  }

  count(field: F): number | null {
    return countOf(this.#plain(field));
  }

  number(field: F): number | null {
    return numberOf(this.#plain(field));
  }

  list(field: F): string[] {
    const value = this.#plain(field);
    return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
  }

  json(field: F): Json {
    return embeddedJson(this.#plain(field));
  }

  #plain(field: F): Json {
    if (this.#chosenFor[field] !== this.#span) return null;
    if (this.#decodedFor[field] === this.#span) return this.#values[field] ?? null;
    const value = this.#attributes.plain(this.#chosen[field] as number);
    this.#decodedFor[field] = this.#span;
    this.#values[field] = value;
    return value;
  }
}
