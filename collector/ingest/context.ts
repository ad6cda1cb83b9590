import { attributeReader } from '../dialects/attribute-reader.ts';
import type { ResourceFacts } from '../dialects/canonical.ts';
import { RESOURCE_FIELDS, type ResourceField } from '../dialects/fields.ts';
import { readResource } from '../dialects/read-resource.ts';
import { readResource as decodeResource, readScope as decodeScope } from '../otlp/protobuf.ts';
import { emptyResource, emptyScope } from '../otlp/trace-request.ts';
import { WireReader } from '../otlp/wire-reader.ts';
import type { ByteSource } from '../store/byte-source.ts';
import { Interner, type InternerOptions } from './interner.ts';

/** What the spans of a resource share: the facts of it, and its attributes as OTLP's JSON. */
export type ResourceContext = { facts: ResourceFacts; attributes: string };

/** What the spans of an instrumentation scope share. */
export type ScopeContext = { name: string; version: string; attributes: string };

const readFields = attributeReader<ResourceField>(RESOURCE_FIELDS);

/** A `Resource` of OTLP. @throws WireError */
export function resourceContext({ bytes }: ByteSource, start: number, end: number): ResourceContext {
  const resource = emptyResource();
  decodeResource(new WireReader(bytes, start, end), resource);
  return {
    facts: readResource(readFields(resource.attributes)),
    attributes: JSON.stringify(resource.attributes),
  };
}

/** An `InstrumentationScope` of OTLP. @throws WireError */
export function scopeContext({ bytes }: ByteSource, start: number, end: number): ScopeContext {
  const scope = emptyScope();
  decodeScope(new WireReader(bytes, start, end), scope);
  const { name, version, attributes } = scope;
  return { name, version, attributes: JSON.stringify(attributes) };
}

/** What bytes decode to, remembered: the same resource and scope come with every request of an exporter. */
export class DecodedCache<T> {
  readonly #decode: (source: ByteSource, start: number, end: number) => T;
  readonly #ids: Interner;
  #values: (T | undefined)[] = [];

  constructor(
    decode: (source: ByteSource, start: number, end: number) => T,
    options: Pick<InternerOptions, 'seed'> = {},
  ) {
    this.#decode = decode;
    this.#ids = new Interner({ ...options, maxEntries: 10_000, maxBytes: 4 * 1024 * 1024 });
  }

  /** @throws what decoding throws. */
  of(source: ByteSource, start: number, end: number): T {
    const id = this.#ids.id(source, start, end);
    const value = this.#values[id] ?? this.#decode(source, start, end);
    this.#values[id] = value;
    return value;
  }

  /** Forgets all once there is too much. */
  trim(): void {
    if (this.#ids.trim()) this.#values = [];
  }
}
