import type { Block } from '../segments/block.ts';
import { groupCommit } from '../segments/group-commit.ts';
import type { SegmentLog } from '../segments/segment-log.ts';
import { encodeNativeBlock } from '../store/native-block.ts';
import { PAYLOAD_COLUMNS, SPAN_COLUMNS } from './span-columns.ts';
import type { SpanRecord } from './span-record.ts';

/** Where spans go. */
export type SpanSink = {
  /**
   * Resolves when the batch is durable: only then may it be acknowledged. A batch that failed may be sent again, in
   * whole or in part, and leads to the same rows.
   *
   * @throws AppError INGEST_FULL, DISK_FULL or STORE_UNAVAILABLE: nothing of the batch is stored.
   */
  append(batch: readonly SpanRecord[]): Promise<void>;
};

const maxBatchBytes = 8 * 1024 * 1024;

/**
 * Appends to the log; batches that come while the disk is busy are made durable together. `close` resolves when all
 * of them are.
 */
export function segmentSink(log: Pick<SegmentLog, 'append'>): SpanSink & { close(): Promise<void> } {
  const commits = groupCommit<{ blocks: Block[]; bytes: number }>({
    open: () => ({ blocks: [], bytes: 0 }),
    bytesOf: ({ bytes }) => bytes,
    commit: ({ blocks }) => log.append(blocks),
    maxBytes: maxBatchBytes,
  });
  return {
    async append(batch) {
      if (batch.length === 0) return;
      const blocks = blocksOf(batch);
      const size = blocks.reduce((sum, { bytes }) => sum + bytes.length, 0);
      await commits.add((open) => {
        open.blocks.push(...blocks);
        open.bytes += size;
      }, size);
    },
    close: () => commits.close(),
  };
}

function blocksOf(batch: readonly SpanRecord[]): Block[] {
  const rows = batch.length;
  return [
    { table: 'span_payloads', rows, bytes: encodeNativeBlock(PAYLOAD_COLUMNS, batch) },
    { table: 'spans', rows, bytes: encodeNativeBlock(SPAN_COLUMNS, batch) },
  ];
}
