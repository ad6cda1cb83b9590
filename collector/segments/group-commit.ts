import { AppError } from '../../domain/errors.ts';

export type GroupCommitOptions<Batch> = {
  /** An empty batch. */
  open(): Batch;
  bytesOf(batch: Batch): number;
  /** Makes the batch durable. Called for one batch at a time, in the order in which they were opened. */
  commit(batch: Batch): Promise<void>;
  /** A batch that has reached this size takes nothing more: what comes waits for the next one. */
  maxBytes: number;
  /** Of all that waits for the next batch, as its callers weigh it. Default 256 MiB. */
  maxWaitingBytes?: number;
};

export type GroupCommit<Batch> = {
  /**
   * Runs `fill` on the open batch, at once or when there is room, and resolves with its value when that batch is
   * durable. Batches are filled in the order of the calls. A `fill` that throws rejects its own caller only; it must
   * have left the batch as it was.
   *
   * @param weight bytes that the caller holds while it waits.
   * @throws AppError INGEST_FULL when too much waits, STORE_UNAVAILABLE after `close`, what `fill` throws, and what
   * the commit of its batch throws.
   */
  add<T>(fill: (batch: Batch) => T, weight?: number): Promise<T>;
  /** Resolves when all that was added is committed or refused; nothing is taken any more. */
  close(): Promise<void>;
};

/** Someone whose values are in a batch, or wait for one. */
type Caller<Batch> = {
  weight: number;
  fill(batch: Batch): void;
  resolve(): void;
  reject(error: unknown): void;
};

const defaultWaitingBytes = 256 * 1024 * 1024;

/**
 * Natural group commit: while one batch is made durable the next one fills, and an idle log commits at once. So the
 * batches grow with the load, and nobody waits for a clock.
 */
export function groupCommit<Batch>(options: GroupCommitOptions<Batch>): GroupCommit<Batch> {
  const { maxBytes, maxWaitingBytes = defaultWaitingBytes } = options;
  let batch = options.open();
  let inBatch: Caller<Batch>[] = [];
  let waiting: Caller<Batch>[] = [];
  let waitingBytes = 0;
  let committing: Promise<void> | null = null;
  let closed = false;

  function place(caller: Caller<Batch>): void {
    try {
      caller.fill(batch);
      inBatch.push(caller);
    } catch (error) {
      caller.reject(error);
    }
  }

  function placeWaiting(): void {
    let placed = 0;
    for (const caller of waiting) {
      if (options.bytesOf(batch) >= maxBytes) break;
      waitingBytes -= caller.weight;
      place(caller);
      placed++;
    }
    waiting = waiting.slice(placed);
  }

  async function commitAll(): Promise<void> {
    // What is added in the same turn of the event loop shares the first batch.
    await Promise.resolve();
    while (inBatch.length > 0 || waiting.length > 0) {
      const [content, callers] = [batch, inBatch];
      [batch, inBatch] = [options.open(), []];
      const outcome = callers.length > 0 ? attempt(() => options.commit(content)) : null;
      placeWaiting();
      const failure = await outcome;
      for (const caller of callers) failure ? caller.reject(failure.error) : caller.resolve();
    }
    committing = null;
  }

  return {
    add<T>(fill: (batch: Batch) => T, weight = 0): Promise<T> {
      if (closed) return Promise.reject(new AppError('STORE_UNAVAILABLE', 'the collector is stopping'));
      const full = waiting.length > 0 || options.bytesOf(batch) >= maxBytes;
      if (full && waitingBytes + weight > maxWaitingBytes) {
        const message = `expected at most ${maxWaitingBytes} bytes to wait for the disk, got more`;
        return Promise.reject(new AppError('INGEST_FULL', message));
      }
      return new Promise<T>((resolve, reject) => {
        let value: T;
        const caller: Caller<Batch> = {
          weight,
          fill(content) {
            value = fill(content);
          },
          resolve: () => resolve(value),
          reject,
        };
        if (full) {
          waiting.push(caller);
          waitingBytes += weight;
        } else {
          place(caller);
        }
        committing ??= commitAll();
      });
    },
    async close() {
      closed = true;
      await committing;
    },
  };
}

/** `null` when it went well. A commit may throw before its first await, too. */
async function attempt(work: () => Promise<void>): Promise<{ error: unknown } | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return { error };
  }
}
