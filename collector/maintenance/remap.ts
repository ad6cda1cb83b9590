import { MAPPER_VERSION } from '../dialects/derive-canonical.ts';
import { SpanBatch } from '../ingest/span-batch.ts';
import { encodeTraceRequest } from '../otlp/protobuf-encoder.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import type { Store } from '../store/store.ts';
import type { MaintenanceDeps, MaintenanceStep } from './maintenance.ts';
import { storedSpans } from './stored-spans.ts';
import type { Window } from './window.ts';

export type RemapDeps = Pick<MaintenanceDeps, 'prices' | 'deleted' | 'project'> & {
  store: Pick<Store, 'each' | 'insertBlocks'>;
};

export type RemapOptions = Window & {
  /** Spans of the window: of each 50,000 their light rows are held in memory at once. */
  spans: number;
  /** Also those that this version of the mapper has read. */
  all: boolean;
};

const spansOfSlice = 50_000;
const spansAtOnce = 2000;
const bytesAtOnce = 8 * 1024 * 1024;
/** Trace ids are told apart by their first two bytes. */
const prefixes = 65_536;

/**
 * Reads the stored spans of a window again with the mapper of now, prices included, and stores what came out. It may be
 * cut off and be run again at any time: what is done is left out then.
 */
export async function* remap(
  deps: RemapDeps,
  options: RemapOptions,
  signal: AbortSignal,
): AsyncGenerator<MaintenanceStep> {
  const { store, project } = deps;
  const { from, to, all } = options;
  const batch = new SpanBatch({ prices: deps.prices, ...(deps.deleted && { deleted: deps.deleted }) });
  const storeBatch = async (): Promise<MaintenanceStep> => {
    const blocks = batch.encode().filter(({ table }) => table === 'spans');
    const written = batch.rows;
    batch.clear();
    for (const { bytes } of blocks) await store.insertBlocks('spans', once(bytes), { token: null, signal });
    return { read: written, written };
  };
  for (const { first, last } of slices(options.spans)) {
    const params = { project, from, to, all, first, last, mapper: MAPPER_VERSION };
    let spans: OtlpSpan[] = [];
    for await (const span of store.each(storedSpans, params, { signal })) {
      spans.push(span);
      if (spans.length < 100) continue;
      batch.addTraces(encodeTraceRequest(spans), project);
      spans = [];
      if (batch.rows >= spansAtOnce || batch.bytes >= bytesAtOnce) yield await storeBatch();
    }
    batch.addTraces(encodeTraceRequest(spans), project);
    yield await storeBatch();
  }
}

/** Ranges of trace ids, each with about the same share of the spans. */
function* slices(spans: number): Generator<{ first: string; last: string }> {
  const count = Math.min(prefixes, Math.max(1, Math.ceil(spans / spansOfSlice)));
  const bound = (slice: number) => Math.floor((slice * prefixes) / count);
  const prefix = (value: number) => value.toString(16).padStart(4, '0');
  for (let slice = 0; slice < count; slice++) {
    yield {
      first: prefix(bound(slice)).padEnd(32, '0'),
      last: prefix(bound(slice + 1) - 1).padEnd(32, 'f'),
    };
  }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
