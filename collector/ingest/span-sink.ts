import type { Store } from '../store/store.ts';
import { PAYLOAD_COLUMNS, SPAN_COLUMNS } from './span-columns.ts';
import type { SpanRecord } from './span-record.ts';

/** Where spans go. */
export type SpanSink = {
  /**
   * Resolves when the batch is durable: only then may it be acknowledged. A batch that failed may be sent again, in
   * whole or in part, and leads to the same rows.
   *
   * @throws AppError STORE_UNAVAILABLE or DISK_FULL: nothing of the batch is visible, or all of it will be.
   */
  append(batch: readonly SpanRecord[]): Promise<void>;
};

/**
 * Inserts each batch into ClickHouse and waits. The payload goes first: a span is visible once its light row is there,
 * and never without its text. A retry after a failure between the two replaces what the first attempt left.
 */
export function clickHouseSink(store: Store): SpanSink {
  return {
    async append(batch) {
      await store.insert('span_payloads', PAYLOAD_COLUMNS, batch);
      await store.insert('spans', SPAN_COLUMNS, batch);
    },
  };
}
