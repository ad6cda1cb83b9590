import type { SpanFacts } from '../dialects/canonical.ts';
import { FIELDS, type Field } from '../dialects/fields.ts';
import { attributeMap } from '../otlp/any-value.ts';
import { LOG_RECORD_REASON, readEvent, readLink } from '../otlp/protobuf.ts';
import { type OtlpEvent, type OtlpLink, SpanRejected } from '../otlp/trace-request.ts';
import type { WireCursor } from '../otlp/wire-cursor.ts';
import { WireReader } from '../otlp/wire-reader.ts';
import { AttributeFields, keysOf } from './attribute-fields.ts';
import { AttributeTable } from './attribute-table.ts';
import type { InternerOptions } from './interner.ts';
import { nanosOf, secondsOf } from './span-time.ts';

const traceIdBytes = 16;
const spanIdBytes = 8;
/** The last nanosecond that the store's signed 64 bits hold: in the year 2262. */
const [lastHigh, lastLow] = [0x7fff_ffff, 0xffff_ffff];

/** A part of the request. */
export type Place = { start: number; end: number };

/**
 * One span of a request as places in its bytes, checked and not yet taken. The same object reads one span after the
 * other.
 */
export class SpanScan implements SpanFacts {
  readonly attributes: AttributeTable;
  readonly fields: AttributeFields<Field>;
  scopeName = '';

  readonly traceId: Place = { start: 0, end: 0 };
  readonly spanId: Place = { start: 0, end: 0 };
  readonly parentId: Place = { start: 0, end: 0 };
  readonly namePlace: Place = { start: 0, end: 0 };
  readonly traceState: Place = { start: 0, end: 0 };
  readonly statusMessage: Place = { start: 0, end: 0 };
  root = true;
  otelKind = 0;
  statusCode = 0;
  flags = 0;
  /** Nanoseconds in two halves, no later than the store can hold. */
  startHigh = 0;
  startLow = 0;
  endHigh = 0;
  endLow = 0;
  events: OtlpEvent[] = [];
  links: OtlpLink[] = [];
  droppedAttributes = 0;
  droppedEvents = 0;
  droppedLinks = 0;
  /** Of attributes and events, as they were sent. */
  payloadBytes = 0;

  constructor(options: Pick<InternerOptions, 'seed'> = {}) {
    this.attributes = new AttributeTable(keysOf(FIELDS), options);
    this.fields = new AttributeFields<Field>(FIELDS, this.attributes);
  }

  /**
   * Reads the span that ends at `end`.
   *
   * @throws SpanRejected, WireError: what is wrong with this span. The cursor may be anywhere within it then.
   */
  read(cursor: WireCursor, end: number): void {
    this.#begin(cursor);
    while (cursor.at < end) this.#readField(cursor, end);
    checkId(cursor, this.traceId, 'traceId', traceIdBytes);
    checkId(cursor, this.spanId, 'spanId', spanIdBytes);
    this.root = isZero(cursor, this.parentId);
    if (!this.root) checkId(cursor, this.parentId, 'parentSpanId', spanIdBytes);
    if (this.startHigh > lastHigh) [this.startHigh, this.startLow] = [lastHigh, lastLow];
    if (this.endHigh > lastHigh) [this.endHigh, this.endLow] = [lastHigh, lastLow];
  }

  #begin(cursor: WireCursor): void {
    this.attributes.begin(cursor);
    this.fields.begin();
    empty(this.traceId);
    empty(this.spanId);
    empty(this.parentId);
    empty(this.namePlace);
    empty(this.traceState);
    empty(this.statusMessage);
    this.otelKind = 0;
    this.statusCode = 0;
    this.flags = 0;
    this.startHigh = 0;
    this.startLow = 0;
    this.endHigh = 0;
    this.endLow = 0;
    if (this.events.length > 0) this.events = [];
    if (this.links.length > 0) this.links = [];
    this.droppedAttributes = 0;
    this.droppedEvents = 0;
    this.droppedLinks = 0;
    this.payloadBytes = 0;
  }

  /** Fields by number and wire type; a known number of another type is an unknown field. */
  #readField(cursor: WireCursor, end: number): void {
    const fieldStart = cursor.at;
    const tag = cursor.tag(end);
    if (tag === 74) {
      this.attributes.read(cursor, cursor.contentEnd(end));
      this.fields.collect(this.attributes.count - 1);
      this.payloadBytes += cursor.at - fieldStart;
      return;
    }
    switch (tag) {
      case 10:
        takePlace(cursor, end, this.traceId);
        return;
      case 9:
        throw new SpanRejected(LOG_RECORD_REASON);
      case 18:
        takePlace(cursor, end, this.spanId);
        return;
      case 26:
        takePlace(cursor, end, this.traceState);
        return;
      case 34:
        takePlace(cursor, end, this.parentId);
        return;
      case 42:
        takePlace(cursor, end, this.namePlace);
        return;
      case 48:
        this.otelKind = cursor.varint(end) | 0;
        return;
      case 57: {
        const at = cursor.take(8, end);
        this.startLow = cursor.view.getUint32(at, true);
        this.startHigh = cursor.view.getUint32(at + 4, true);
        return;
      }
      case 65: {
        const at = cursor.take(8, end);
        this.endLow = cursor.view.getUint32(at, true);
        this.endHigh = cursor.view.getUint32(at + 4, true);
        return;
      }
      case 80:
        this.droppedAttributes = cursor.varint(end);
        return;
      case 90:
        this.events.push(readEvent(nested(cursor, end)));
        this.payloadBytes += cursor.at - fieldStart;
        return;
      case 96:
        this.droppedEvents = cursor.varint(end);
        return;
      case 106:
        this.links.push(readLink(nested(cursor, end)));
        return;
      case 112:
        this.droppedLinks = cursor.varint(end);
        return;
      case 122:
        this.#readStatus(cursor, cursor.contentEnd(end));
        return;
      case 133:
        this.flags = cursor.view.getUint32(cursor.take(4, end), true);
        return;
      default:
        cursor.skip(tag, end);
    }
  }

  #readStatus(cursor: WireCursor, end: number): void {
    while (cursor.at < end) {
      const tag = cursor.tag(end);
      if (tag === 18) takePlace(cursor, end, this.statusMessage);
      else if (tag === 24) this.statusCode = cursor.varint(end) | 0;
      else cursor.skip(tag, end);
    }
  }

  get name(): string {
    return this.attributes.name(this.namePlace.start, this.namePlace.end);
  }

  get startMs(): number {
    return secondsOf(this.startHigh, this.startLow) * 1000 + nanosOf(this.startHigh, this.startLow) / 1e6;
  }

  get exceptionType(): string | null {
    if (this.events.length === 0) return null;
    const exception = this.events.findLast((event) => event.name === 'exception');
    if (exception === undefined) return null;
    const type = attributeMap(exception.attributes).get('exception.type');
    return type && 'stringValue' in type ? type.stringValue : '';
  }
}

function empty(place: Place): void {
  place.start = 0;
  place.end = 0;
}

function takePlace(cursor: WireCursor, end: number, place: Place): void {
  place.end = cursor.contentEnd(end);
  place.start = cursor.at;
  cursor.at = place.end;
}

/** A reader of the message that is next; the cursor goes on behind it. */
function nested(cursor: WireCursor, end: number): WireReader {
  const messageEnd = cursor.contentEnd(end);
  const reader = new WireReader(cursor.bytes, cursor.at, messageEnd);
  cursor.at = messageEnd;
  return reader;
}

function checkId(cursor: WireCursor, place: Place, field: string, bytes: number): void {
  const length = place.end - place.start;
  if (length !== bytes) throw new SpanRejected(`${field}: expected ${bytes} bytes, got ${length}`);
  if (isZero(cursor, place)) throw new SpanRejected(`${field}: expected an id, got zeros only`);
}

function isZero({ bytes }: WireCursor, { start, end }: Place): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0) return false;
  return true;
}
