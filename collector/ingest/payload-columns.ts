import type { ByteSource } from '../store/byte-source.ts';
import type { Column } from '../store/column.ts';
import { Uint32Column } from '../store/fixed-columns.ts';
import { LowCardinalityColumn, TextMapColumn } from '../store/low-cardinality-columns.ts';
import { TextColumn } from '../store/text-column.ts';
import { type AttributeTable, STRING } from './attribute-table.ts';
import type { ResourceContext, ScopeContext } from './context.ts';
import type { KeyColumns } from './key-columns.ts';
import type { SpanScan } from './span-scan.ts';

/** What a span shares with others: its resource, its scope, and the schemas of the two. */
export type SpanContext = {
  resource: ResourceContext;
  resourceSchemaUrl: string;
  scope: ScopeContext;
  scopeSchemaUrl: string;
};

/** The columns of `span_payloads`. */
export class PayloadColumns {
  readonly #attributes = new TextMapColumn('attributes');
  readonly #attributeTypes = new TextColumn('attribute_types');
  readonly #resource = new LowCardinalityColumn('resource');
  readonly #resourceSchemaUrl = new LowCardinalityColumn('resource_schema_url');
  readonly #scopeName = new LowCardinalityColumn('scope_name');
  readonly #scopeVersion = new LowCardinalityColumn('scope_version');
  readonly #scopeAttributes = new LowCardinalityColumn('scope_attributes');
  readonly #scopeSchemaUrl = new LowCardinalityColumn('scope_schema_url');
  readonly #events = new TextColumn('events');
  readonly #links = new TextColumn('links');
  readonly #traceState = new TextColumn('trace_state');
  readonly #flags = new Uint32Column('flags');
  readonly #droppedAttributes = new Uint32Column('dropped_attributes');
  readonly #droppedEvents = new Uint32Column('dropped_events');
  readonly #droppedLinks = new Uint32Column('dropped_links');

  /** In the order of the table. */
  readonly columns: readonly Column[];
  /** By the number of a key in the table of attributes: its number in the column + 1, 0 where it has none yet. */
  #keyIndexes = new Uint32Array(1024);

  constructor(keys: KeyColumns) {
    this.columns = [
      keys.project,
      keys.traceId,
      keys.bucket,
      keys.spanId,
      keys.version,
      this.#attributes,
      this.#attributeTypes,
      this.#resource,
      this.#resourceSchemaUrl,
      this.#scopeName,
      this.#scopeVersion,
      this.#scopeAttributes,
      this.#scopeSchemaUrl,
      this.#events,
      this.#links,
      this.#traceState,
      this.#flags,
      this.#droppedAttributes,
      this.#droppedEvents,
      this.#droppedLinks,
    ];
  }

  push(source: ByteSource, span: SpanScan, context: SpanContext): void {
    this.#pushAttributes(source, span.attributes);
    this.#resource.push(context.resource.attributes);
    this.#resourceSchemaUrl.push(context.resourceSchemaUrl);
    this.#scopeName.push(context.scope.name);
    this.#scopeVersion.push(context.scope.version);
    this.#scopeAttributes.push(context.scope.attributes);
    this.#scopeSchemaUrl.push(context.scopeSchemaUrl);
    this.#events.push(otlpJson(span.events));
    this.#links.push(otlpJson(span.links));
    this.#traceState.pushOf(source, span.traceState.start, span.traceState.end);
    this.#flags.push(span.flags);
    this.#droppedAttributes.push(span.droppedAttributes);
    this.#droppedEvents.push(span.droppedEvents);
    this.#droppedLinks.push(span.droppedLinks);
  }

  #pushAttributes(source: ByteSource, attributes: AttributeTable): void {
    for (let index = 0; index < attributes.count; index++) {
      const type = attributes.type(index);
      this.#attributes.key(this.#keyIndex(attributes, attributes.keyId(index)));
      if (type === STRING) this.#attributes.valueOf(source, attributes.start(index), attributes.end(index));
      else this.#attributes.value(attributes.text(index));
    }
    this.#attributes.endRow();
    this.#attributeTypes.pushBytes(attributes.types(), attributes.count);
  }

  #keyIndex(attributes: AttributeTable, keyId: number): number {
    if (keyId >= this.#keyIndexes.length) this.#growKeyIndexes(keyId);
    const known = this.#keyIndexes[keyId] as number;
    if (known !== 0) return known - 1;
    const index = this.#attributes.keyIndex(attributes.keys.text(keyId));
    this.#keyIndexes[keyId] = index + 1;
    return index;
  }

  #growKeyIndexes(keyId: number): void {
    const larger = new Uint32Array(Math.max(this.#keyIndexes.length * 2, keyId + 1));
    larger.set(this.#keyIndexes);
    this.#keyIndexes = larger;
  }

  /** To be called where the columns were restored or cleared. */
  forgetKeys(): void {
    this.#keyIndexes.fill(0);
  }
}

/** OTLP's JSON of events or links, 64-bit integers as decimal text; empty for none. */
function otlpJson(list: readonly unknown[]): string {
  if (list.length === 0) return '';
  return JSON.stringify(list, (_, member) => (typeof member === 'bigint' ? member.toString() : member));
}
