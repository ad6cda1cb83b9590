import type { LiveTail } from '../live/live-tail.ts';
import { type GroupCommit, groupCommit } from '../segments/group-commit.ts';
import type { SegmentLog } from '../segments/segment-log.ts';
import { bufferPool } from '../store/buffer-pool.ts';
import { SpanBatch, type SpanBatchOptions } from './span-batch.ts';

/**
 * Where spans go: `add` runs `fill` on a batch and resolves with its value when the batch is durable. Only then may it be
 * acknowledged. What failed may be sent again, in whole or in part, and leads to the same rows.
 */
export type SpanSink = Pick<GroupCommit<SpanBatch>, 'add'>;

export type SegmentSinkOptions = SpanBatchOptions & {
  log: Pick<SegmentLog, 'append' | 'settled'>;
  /** Shown what has become readable. */
  live?: Pick<LiveTail, 'offer'>;
};

/** Of memory for blocks that waits for the next ones. */
const idleBytes = 32 * 1024 * 1024;
const maxBatchBytes = 8 * 1024 * 1024;
/** A batch that one request made larger than this is not kept for its room. */
const maxKeptBytes = 2 * maxBatchBytes;

/** Requests that come while the disk is busy are made durable together. `close` resolves when all of them are. */
export function segmentSink({
  log,
  live,
  ...options
}: SegmentSinkOptions): SpanSink & Pick<GroupCommit<SpanBatch>, 'close'> {
  const idle: SpanBatch[] = [];
  const pool = bufferPool(idleBytes);
  return groupCommit<SpanBatch>({
    open: () => idle.pop() ?? new SpanBatch({ ...options, pool }),
    bytesOf: (batch) => batch.bytes,
    commit: async (batch) => {
      const show = live?.offer(batch) ?? null;
      const blocks = batch.encode();
      const keep = batch.bytes <= maxKeptBytes;
      batch.clear();
      if (keep) idle.push(batch);
      await log.append(blocks);
      // Who listens waits for what readers see; who sent the spans does not.
      if (show) log.settled().then(show, () => {});
    },
    maxBytes: maxBatchBytes,
  });
}
