import { AppError } from '../../domain/errors.ts';
import { DEFAULT_PROJECT, type ProjectId } from '../../domain/ids.ts';
import type { PriceBook } from '../../domain/price-book.ts';
import { type PricedSpan, priceCall } from '../../domain/price-call.ts';
import { micros } from '../../domain/units.ts';
import { shardOf } from '../cluster/shard-of.ts';
import type { Deleted } from '../deletion/deleted.ts';
import type { Canonical } from '../dialects/canonical.ts';
import { deriveCanonical } from '../dialects/derive-canonical.ts';
import { Rejections } from '../otlp/rejections.ts';
import { SpanRejected } from '../otlp/trace-request.ts';
import { WireCursor } from '../otlp/wire-cursor.ts';
import { WireError } from '../otlp/wire-reader.ts';
import type { Block } from '../segments/block.ts';
import { type BufferPool, bufferPool } from '../store/buffer-pool.ts';
import { DecodedCache, resourceContext, scopeContext } from './context.ts';
import type { SpanContext } from './payload-columns.ts';
import type { SpanSample } from './span-columns.ts';
import { SpanRows } from './span-rows.ts';
import { type Place, SpanScan } from './span-scan.ts';
import { microsOf } from './span-time.ts';

export type SpanBatchOptions = {
  prices: PriceBook;
  /** Of the tables of known texts: one that clients do not know keeps them from slowing these down. Default 0. */
  seed?: number;
  /** Where the memory of blocks comes from. Default: anew for each. */
  pool?: BufferPool;
  /** What was deleted where the spans go: of that nothing is taken again. */
  deleted?: (project: ProjectId) => Deleted | null;
  /** Of the cluster that the spans go to. Default 1. */
  shards?: number;
};

/** About what a row takes besides what was sent. */
const rowBytes = 250;

/**
 * Spans on their way from OTLP to ClickHouse: protobuf is walked once, and each span becomes a row of `spans` and one of
 * `span_payloads`. Text that is only copied is never made into a string.
 *
 * A batch is filled, encoded, cleared and filled again; it keeps its room and the texts it knows.
 */
export class SpanBatch {
  readonly #prices: PriceBook;
  readonly #pool: BufferPool;
  readonly #deletedNow: (project: ProjectId) => Deleted | null;
  readonly #span: SpanScan;
  /** By shard. */
  readonly #shards: readonly SpanRows[];
  readonly #resources: DecodedCache<SpanContext['resource']>;
  readonly #scopes: DecodedCache<SpanContext['scope']>;
  #deleted: Deleted | null = null;
  #project = DEFAULT_PROJECT;
  #rows = 0;
  #bytes = 0;

  constructor(options: SpanBatchOptions) {
    const { prices, seed = 0, pool = bufferPool(0), deleted = () => null, shards = 1 } = options;
    this.#prices = prices;
    this.#deletedNow = deleted;
    this.#pool = pool;
    this.#span = new SpanScan({ seed });
    this.#resources = new DecodedCache(resourceContext, { seed });
    this.#scopes = new DecodedCache(scopeContext, { seed });
    this.#shards = Array.from({ length: shards }, () => new SpanRows());
  }

  get rows(): number {
    return this.#rows;
  }

  /** About what `encode` gives. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Takes the spans of an ExportTraceServiceRequest in protobuf, as those of a project. What is wrong within one span rejects that span and
   * spoils no other.
   *
   * @throws AppError BODY_UNDECODABLE where the envelope cannot be read. Whatever is thrown, the batch is as it was.
   */
  addTraces(body: Buffer, project: ProjectId): { accepted: number; rejections: Rejections } {
    const before = { rows: this.#rows, bytes: this.#bytes };
    for (const shard of this.#shards) shard.save();
    const rejections = new Rejections();
    this.#deleted = this.#deletedNow(project);
    this.#project = project;
    try {
      const cursor = new WireCursor(body);
      this.#readRequest(cursor, body.length, rejections);
    } catch (error) {
      for (const shard of this.#shards) shard.restore();
      [this.#rows, this.#bytes] = [before.rows, before.bytes];
      if (!(error instanceof WireError)) throw error;
      throw new AppError('BODY_UNDECODABLE', `expected protobuf: ${error.message}`, { cause: error });
    }
    return { accepted: this.#rows - before.rows, rejections };
  }

  /** The rows as blocks of the Native format, in the order in which they are to be inserted. None without rows. */
  encode(): Block[] {
    return this.#shards.flatMap((rows, shard) => rows.encode(shard, this.#pool));
  }

  /** The first spans of a project and how many more of it there are, for its live tail. */
  sample(project: ProjectId, limit: number): { spans: SpanSample[]; dropped: number } {
    const spans: SpanSample[] = [];
    let dropped = 0;
    for (const shard of this.#shards) {
      const rows = shard.rowsOf(project);
      const taken = rows.slice(0, limit - spans.length);
      spans.push(...shard.samples(taken));
      dropped += rows.length - taken.length;
    }
    return { spans, dropped };
  }

  /** Empties the batch. */
  clear(): void {
    for (const shard of this.#shards) shard.clear();
    this.#span.attributes.trim();
    this.#resources.trim();
    this.#scopes.trim();
    this.#rows = 0;
    this.#bytes = 0;
  }

  #readRequest(cursor: WireCursor, end: number, rejections: Rejections): void {
    while (cursor.at < end) {
      const tag = cursor.tag(end);
      if (tag === 10) this.#readResourceSpans(cursor, cursor.contentEnd(end), rejections);
      else cursor.skip(tag, end);
    }
  }

  /** The resource and the schema may come behind the spans, so that they are looked for first. */
  #readResourceSpans(cursor: WireCursor, end: number, rejections: Rejections): void {
    const { message, schemaUrl } = findContext(cursor, end);
    const resource = this.#resources.of(message.source, message.start, message.end);
    while (cursor.at < end) {
      const tag = cursor.tag(end);
      if (tag === 18) {
        const scopeEnd = cursor.contentEnd(end);
        const { message: inner, schemaUrl: scopeSchemaUrl } = findContext(cursor, scopeEnd);
        const scope = this.#scopes.of(inner.source, inner.start, inner.end);
        const context = { resource, resourceSchemaUrl: schemaUrl, scope, scopeSchemaUrl };
        this.#readSpans(cursor, scopeEnd, context, rejections);
      } else cursor.skip(tag, end);
    }
  }

  #readSpans(cursor: WireCursor, end: number, context: SpanContext, rejections: Rejections): void {
    this.#span.scopeName = context.scope.name;
    while (cursor.at < end) {
      const tag = cursor.tag(end);
      if (tag === 18) {
        const spanEnd = cursor.contentEnd(end);
        this.#readSpan(cursor, spanEnd, context, rejections);
        // The bounds of a span are known: bytes that make no sense within them spoil no other span.
        cursor.at = spanEnd;
      } else cursor.skip(tag, end);
    }
  }

  #readSpan(cursor: WireCursor, end: number, context: SpanContext, rejections: Rejections): void {
    const size = end - cursor.at;
    try {
      this.#span.read(cursor, end);
    } catch (error) {
      if (error instanceof SpanRejected) rejections.add(error.message);
      else if (error instanceof WireError) rejections.add(`span: undecodable (${error.message})`);
      else throw error;
      return;
    }
    const canonical = deriveCanonical(this.#span.fields, context.resource.facts, this.#span);
    if (this.#isDeleted(cursor, canonical)) return;
    this.#rowsOf(cursor).push(cursor, this.#span, {
      project: this.#project,
      canonical,
      priced: this.#priced(canonical),
      context,
    });
    this.#rows++;
    this.#bytes += size + rowBytes;
  }

  /** Those of the shard that the trace belongs to. */
  #rowsOf({ bytes }: WireCursor): SpanRows {
    const { traceId } = this.#span;
    const shard = shardOf(bytes, traceId.start, this.#shards.length);
    return this.#shards[shard] as SpanRows;
  }

  #isDeleted({ bytes }: WireCursor, { session, user }: Canonical): boolean {
    if (this.#deleted === null) return false;
    const { startHigh, startLow, traceId } = this.#span;
    return this.#deleted.covers({
      traceId: bytes.toString('hex', traceId.start, traceId.end),
      at: micros(microsOf(startHigh, startLow)),
      subjects: [session ?? '', user ?? ''],
    });
  }

  #priced(canonical: Canonical): PricedSpan {
    return priceCall(canonical, microsOf(this.#span.startHigh, this.#span.startLow), this.#prices);
  }
}

/** A message in the bytes of a request, or of its own. */
type Found = { message: { source: WireCursor } & Place; schemaUrl: string };

/**
 * The resource of a ResourceSpans, or the scope of a ScopeSpans: the two have the same numbers. The cursor is back at the
 * start then. Several such messages are one in pieces: protobuf merges what is put together.
 */
function findContext(cursor: WireCursor, end: number): Found {
  const begin = cursor.at;
  const pieces: Place[] = [];
  let schemaUrl = '';
  while (cursor.at < end) {
    const tag = cursor.tag(end);
    if (tag === 10 || tag === 26) {
      const contentEnd = cursor.contentEnd(end);
      if (tag === 10) pieces.push({ start: cursor.at, end: contentEnd });
      else schemaUrl = cursor.bytes.toString('utf8', cursor.at, contentEnd);
      cursor.at = contentEnd;
    } else cursor.skip(tag, end);
  }
  cursor.at = begin;
  const [first = { start: begin, end: begin }] = pieces;
  if (pieces.length <= 1) return { message: { source: cursor, ...first }, schemaUrl };
  const whole = Buffer.concat(
    pieces.map(({ start, end: pieceEnd }) => cursor.bytes.subarray(start, pieceEnd)),
  );
  return { message: { source: new WireCursor(whole), start: 0, end: whole.length }, schemaUrl };
}
