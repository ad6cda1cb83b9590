import type { PricedSpan } from '../../domain/price-call.ts';
import type { SpanKind } from '../../domain/span-kind.ts';
import type { Call, Canonical } from '../dialects/canonical.ts';
import { MAPPER_VERSION } from '../dialects/derive-canonical.ts';
import type { ByteSource } from '../store/byte-source.ts';
import type { Column } from '../store/column.ts';
import {
  ByteColumn,
  FixedBytesColumn,
  Int64Column,
  NullableInt64Column,
  Uint16Constant,
  Uint32Column,
} from '../store/fixed-columns.ts';
import { LowCardinalityColumn, TextArrayColumn } from '../store/low-cardinality-columns.ts';
import { TextColumn } from '../store/text-column.ts';
import type { KeyColumns } from './key-columns.ts';
import type { SpanScan } from './span-scan.ts';

const KIND_NUMBERS: Readonly<Record<SpanKind, number>> = {
  other: 0,
  agent: 1,
  llm: 2,
  tool: 3,
  retrieval: 4,
  guardrail: 5,
  human: 6,
  step: 7,
};
const OTEL_KIND_NUMBERS = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 };
const STATUS_NUMBERS = { unset: 0, ok: 1, error: 2 };
const CALL_NUMBERS: Readonly<Record<Call, number>> = { none: 0, call: 1, aggregate: 2 };

/** The columns of `spans`, but for those that its payload has too. */
export class SpanColumns {
  readonly #parent = new FixedBytesColumn('parent_span_id', 8);
  readonly #start = new Int64Column('start', "DateTime64(9, 'UTC')");
  readonly #duration = new Int64Column('duration', 'Int64');
  readonly #name = new TextColumn('name');
  readonly #kind = new ByteColumn('kind', enum8(KIND_NUMBERS));
  readonly #otelKind = new ByteColumn('otel_kind', enum8(OTEL_KIND_NUMBERS));
  readonly #status = new ByteColumn('status', enum8(STATUS_NUMBERS));
  readonly #statusMessage = new TextColumn('status_message');
  readonly #errorType = new LowCardinalityColumn('error_type');
  readonly #errorSignal = new LowCardinalityColumn('error_signal');
  readonly #service = new LowCardinalityColumn('service');
  readonly #environment = new LowCardinalityColumn('environment');
  readonly #agentVersion = new LowCardinalityColumn('agent_version');
  readonly #operation = new LowCardinalityColumn('operation');
  readonly #agent = new LowCardinalityColumn('agent');
  readonly #workflow = new LowCardinalityColumn('workflow');
  readonly #provider = new LowCardinalityColumn('provider');
  readonly #modelRequested = new LowCardinalityColumn('model_requested');
  readonly #modelResponded = new LowCardinalityColumn('model_responded');
  readonly #tool = new LowCardinalityColumn('tool');
  readonly #session = new TextColumn('session');
  readonly #user = new TextColumn('user');
  readonly #finishReasons = new TextArrayColumn('finish_reasons');
  readonly #input = new NullableInt64Column('tokens_input');
  readonly #cacheRead = new NullableInt64Column('tokens_cache_read');
  readonly #cacheWrite = new NullableInt64Column('tokens_cache_write');
  readonly #output = new NullableInt64Column('tokens_output');
  readonly #reasoning = new NullableInt64Column('tokens_reasoning');
  readonly #usageEstimated = new ByteColumn('usage_estimated', 'Bool');
  readonly #call = new ByteColumn('call', enum8(CALL_NUMBERS));
  readonly #cost = new NullableInt64Column('cost');
  readonly #costReported = new NullableInt64Column('cost_reported');
  readonly #price = new LowCardinalityColumn('price');
  readonly #ttft = new NullableInt64Column('ttft');
  readonly #runId = new LowCardinalityColumn('run_id');
  readonly #trialId = new TextColumn('trial_id');
  readonly #scenarioId = new LowCardinalityColumn('scenario_id');
  readonly #payloadBytes = new Uint32Column('payload_bytes');

  /** In the order of the table. */
  readonly columns: readonly Column[];
  readonly #keys: KeyColumns;

  constructor(keys: KeyColumns) {
    this.#keys = keys;
    this.columns = [
      keys.project,
      keys.bucket,
      keys.traceId,
      keys.spanId,
      this.#parent,
      keys.version,
      this.#start,
      this.#duration,
      this.#name,
      this.#kind,
      this.#otelKind,
      this.#status,
      this.#statusMessage,
      this.#errorType,
      this.#errorSignal,
      this.#service,
      this.#environment,
      this.#agentVersion,
      this.#operation,
      this.#agent,
      this.#workflow,
      this.#provider,
      this.#modelRequested,
      this.#modelResponded,
      this.#tool,
      this.#session,
      this.#user,
      this.#finishReasons,
      this.#input,
      this.#cacheRead,
      this.#cacheWrite,
      this.#output,
      this.#reasoning,
      this.#usageEstimated,
      this.#call,
      this.#cost,
      this.#costReported,
      this.#price,
      this.#ttft,
      this.#runId,
      this.#trialId,
      this.#scenarioId,
      this.#payloadBytes,
      new Uint16Constant('mapper_version', MAPPER_VERSION),
    ];
  }

  push(source: ByteSource, span: SpanScan, canonical: Canonical, service: string, priced: PricedSpan): void {
    if (span.root) this.#parent.pushZero();
    else this.#parent.push(source, span.parentId.start);
    this.#pushTimes(span);
    this.#name.pushOf(source, span.namePlace.start, span.namePlace.end);
    this.#kind.push(KIND_NUMBERS[canonical.kind]);
    this.#otelKind.push(
      span.otelKind >= 1 && span.otelKind <= 5 ? span.otelKind : OTEL_KIND_NUMBERS.internal,
    );
    this.#pushStatus(source, span, canonical);
    this.#service.push(service);
    this.#environment.push(canonical.environment ?? '');
    this.#agentVersion.push(canonical.agentVersion ?? '');
    this.#operation.push(canonical.operation ?? '');
    this.#agent.push(canonical.agent ?? '');
    this.#workflow.push(canonical.workflow ?? '');
    this.#provider.push(canonical.provider ?? '');
    this.#modelRequested.push(canonical.modelRequested ?? '');
    this.#modelResponded.push(canonical.modelResponded ?? '');
    this.#tool.push(canonical.tool ?? '');
    this.#session.push(canonical.session ?? '');
    this.#user.push(canonical.user ?? '');
    this.#finishReasons.push(canonical.finishReasons);
    this.#pushUsage(canonical);
    this.#cost.push(priced.cost);
    this.#costReported.push(canonical.costReported);
    this.#price.push(priced.price);
    this.#ttft.push(canonical.ttft);
    this.#runId.push(canonical.runId ?? '');
    this.#trialId.push(canonical.trialId ?? '');
    this.#scenarioId.push(canonical.scenarioId ?? '');
    this.#payloadBytes.push(span.payloadBytes);
  }

  #pushTimes({ startHigh, startLow, endHigh, endLow }: SpanScan): void {
    this.#start.push(startHigh, startLow);
    const borrowed = endLow < startLow ? 1 : 0;
    this.#duration.push(endHigh - startHigh - borrowed, endLow - startLow);
  }

  #pushStatus(source: ByteSource, span: SpanScan, canonical: Canonical): void {
    const said = span.statusCode === STATUS_NUMBERS.ok ? STATUS_NUMBERS.ok : STATUS_NUMBERS.unset;
    this.#status.push(
      canonical.failed || span.statusCode === STATUS_NUMBERS.error ? STATUS_NUMBERS.error : said,
    );
    const { start, end } = span.statusMessage;
    if (start === end && canonical.errorMessage !== null) this.#statusMessage.push(canonical.errorMessage);
    else this.#statusMessage.pushOf(source, start, end);
    this.#errorType.push(canonical.errorType ?? '');
    this.#errorSignal.push(canonical.errorSignal ?? '');
  }

  #pushUsage({ usage, usageEstimated, call }: Canonical): void {
    this.#input.push(usage === null ? null : usage.input);
    this.#cacheRead.push(usage === null ? null : usage.cacheRead);
    this.#cacheWrite.push(usage === null ? null : usage.cacheWrite);
    this.#output.push(usage === null ? null : usage.output);
    this.#reasoning.push(usage === null ? null : usage.reasoning);
    this.#usageEstimated.push(usageEstimated ? 1 : 0);
    this.#call.push(CALL_NUMBERS[call]);
  }

  /** Rows in ascending order, as they are shown while they are on their way. */
  samples(rows: readonly number[]): SpanSample[] {
    const names = this.#name.first((rows.at(-1) ?? -1) + 1);
    return rows.map((row) => ({
      traceId: this.#keys.traceId.hexAt(row),
      spanId: this.#keys.spanId.hexAt(row),
      parentSpanId: present(this.#parent.hexAt(row).replace(/^0+$/, '')),
      name: names[row] ?? '',
      kind: named(KIND_NUMBERS, this.#kind.at(row)),
      status: named(STATUS_NUMBERS, this.#status.at(row)),
      start: Math.floor(this.#start.at(row) / 1000),
      duration: Math.max(0, Math.floor(this.#duration.at(row) / 1000)),
      service: this.#service.textAt(row),
      agent: present(this.#agent.textAt(row)),
      model: present(this.#modelResponded.textAt(row) || this.#modelRequested.textAt(row)),
      tool: present(this.#tool.textAt(row)),
      cost: this.#cost.at(row),
    }));
  }
}

/** A span as a live tail shows it. Times in microseconds, cost in nano-dollars. */
export type SpanSample = {
  traceId: string;
  spanId: string;
  /** `null` for a root. */
  parentSpanId: string | null;
  name: string;
  kind: SpanKind;
  status: keyof typeof STATUS_NUMBERS;
  start: number;
  duration: number;
  service: string;
  agent: string | null;
  model: string | null;
  tool: string | null;
  cost: number | null;
};

function present(text: string): string | null {
  return text === '' ? null : text;
}

function named<Name extends string>(numbers: Readonly<Record<Name, number>>, value: number): Name {
  const [name] = Object.entries(numbers).find(([, number]) => number === value) ?? Object.keys(numbers);
  return name as Name;
}

/** The type's text as ClickHouse writes it. */
function enum8(numbers: Readonly<Record<string, number>>): string {
  const members = Object.entries(numbers).map(([name, number]) => `'${name}' = ${number}`);
  return `Enum8(${members.join(', ')})`;
}
