import { DEFAULT_PROJECT } from '../../domain/ids.ts';
import { priceBook } from '../../domain/price-book.ts';
import { SpanBatch } from '../ingest/span-batch.ts';
import { encodeTraceRequest } from '../otlp/protobuf-encoder.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import type { Store } from '../store/store.ts';

/** Writes spans with their text straight into the store, as a segment does. */
export async function storeOtlp(
  store: Pick<Store, 'insertBlocks'>,
  spans: readonly OtlpSpan[],
): Promise<void> {
  const batch = new SpanBatch({ prices: priceBook([]) });
  batch.addTraces(encodeTraceRequest(spans), DEFAULT_PROJECT);
  const { signal } = new AbortController();
  for (const { table, bytes } of batch.encode())
    await store.insertBlocks(table, once(bytes), { token: null, signal });
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
