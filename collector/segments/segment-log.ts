import { mkdirSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { backoffMillis } from './backoff.ts';
import { bell } from './bell.ts';
import type { Block } from './block.ts';
import { asFileError } from './file-error.ts';
import { frameBytes } from './frame.ts';
import { slowDownMillis } from './pressure.ts';
import { openQuarantine } from './quarantine.ts';
import { recoverSegments } from './recover-segments.ts';
import { Segment } from './segment.ts';
import { newSegmentId } from './segment-id.ts';
import { type BlockStore, shipSegment } from './ship-segment.ts';
import { turns } from './turns.ts';

export type SegmentLogOptions = {
  /** Holds `segments` and `quarantine`; made where it is missing. Nobody else may use it. */
  directory: string;
  store: BlockStore;
  log: (line: string) => void;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Of segments and quarantine on disk. Default 1 GiB. */
  maxBytes?: number;
  /** A segment of this size is sealed though the one before it is still on its way. Default 32 MiB. */
  segmentBytes?: number;
  /** Of blocks that stay in memory until they are inserted; the others are read again. Default 64 MiB. */
  heldBytes?: number;
  /** Between the beginnings of two shipments, unless more than a segment waits. Default 200. */
  shipEveryMillis?: number;
  /** That `close` lets the rest take to be shipped. Default 5000. */
  closeMillis?: number;
  openFile?: typeof open;
};

/** What readers see from now on. */
export type Shipped = { segment: string; rows: ReadonlyMap<string, number> };

export type SegmentStats = {
  /** Of segments and quarantine on disk. */
  bytes: number;
  /** Whether the latest append was taken, or there is room again since. */
  accepting: boolean;
  /** Files that wait to be inserted. */
  segments: number;
  /** Files that were set aside. */
  quarantined: number;
};

export type SegmentLog = {
  /**
   * Resolves when the blocks are on disk, all of them: only then may they be acknowledged. They belong to the log from
   * then on and must not be changed. What it throws leaves nothing of them behind.
   *
   * @throws AppError INGEST_FULL, DISK_FULL, or STORE_UNAVAILABLE after `close`
   */
  append(blocks: readonly Block[]): Promise<void>;
  /** Resolves when readers see all that was appended before. @throws the reason of `signal` once it is aborted. */
  settled(signal?: AbortSignal): Promise<void>;
  /** @returns ends the listening. */
  onShipped(listener: (shipped: Shipped) => void): () => void;
  stats(): SegmentStats;
  /** Waits for appends, ships what it can in a bounded time and leaves the rest for the next start. */
  close(): Promise<void>;
};

const MiB = 1024 * 1024;

/**
 * Opens the durable log between the receiver and ClickHouse: blocks are appended to files, and the files are inserted
 * in order and removed. What an earlier process left is inserted first.
 *
 * @throws what the file system says against the directory.
 */
export async function openSegmentLog(options: SegmentLogOptions): Promise<SegmentLog> {
  const { store, log, now, openFile = open } = options;
  const { maxBytes = 1024 * MiB, segmentBytes = 32 * MiB, heldBytes = 64 * MiB } = options;
  const { shipEveryMillis = 200, closeMillis = 5000 } = options;
  const directory = join(options.directory, 'segments');
  mkdirSync(directory, { recursive: true });
  const quarantine = openQuarantine(join(options.directory, 'quarantine'), log);

  /** Oldest first; shipped from the front. */
  const sealed = await recoverSegments(directory, { quarantine, log });
  let current: Segment | null = null;
  let lastCreated = Math.max(0, ...sealed.map(({ created }) => created));
  /** Appends are counted, so that `settled` knows what was before it; a segment found on start counts as one. */
  let appended = 0;
  let shipped = 0;
  for (const segment of sealed) segment.lastAppend = ++appended;
  let closing = false;
  let accepting = true;
  let waiters: { upTo: number; resolve: () => void }[] = [];
  const listeners = new Set<(shipped: Shipped) => void>();
  const writing = turns();
  const work = bell();
  const ending = bell();
  const stop = new AbortController();
  if (sealed.length > 0) log(`${sealed.length} segments of an earlier start are being stored`);

  const all = () => (current ? [...sealed, current] : sealed);
  const used = () => quarantine.stats().bytes + all().reduce((sum, { bytes }) => sum + bytes, 0);
  const held = () => all().reduce((sum, segment) => sum + segment.heldBytes, 0);

  function seal(): void {
    if (current && current.bytes > 0) sealed.push(current);
    else void current?.close();
    current = null;
  }

  async function openSegment(): Promise<Segment> {
    if (current) return current;
    // Also where the clock goes back: segments are shipped in the order of their names.
    lastCreated = Math.max(now(), lastCreated + 1);
    current = await Segment.create({
      directory,
      id: newSegmentId(lastCreated),
      created: lastCreated,
      openFile,
    });
    return current;
  }

  function refuseBeyondBudget(size: number): void {
    const bytes = used();
    if (bytes + size <= maxBytes) return;
    throw new AppError(
      'INGEST_FULL',
      `expected at most ${maxBytes} bytes to wait for ClickHouse, got ${bytes + size}`,
    );
  }

  async function append(blocks: readonly Block[]): Promise<void> {
    if (closing) throw new AppError('STORE_UNAVAILABLE', 'the collector is stopping');
    if (blocks.length === 0) return;
    const size = blocks.reduce((sum, block) => sum + frameBytes(block), 0);
    try {
      await writing(() => write(blocks, size));
      accepting = true;
    } catch (error) {
      accepting = false;
      throw error;
    }
    work.ring();
  }

  async function write(blocks: readonly Block[], size: number): Promise<void> {
    refuseBeyondBudget(size);
    const wait = slowDownMillis(used() + size, maxBytes);
    if (wait > 0 && !closing) await ending.wait(wait);
    try {
      const segment = await openSegment();
      await segment.append(blocks, held() + size <= heldBytes);
      segment.lastAppend = ++appended;
      if (segment.bytes >= segmentBytes) seal();
    } catch (error) {
      if (current?.broken) seal();
      throw asFileError(error);
    }
  }

  /** Waits for something to ship; `null` when there is nothing and nothing can come. */
  async function nextSegment(lastBegan: number): Promise<Segment | null> {
    for (;;) {
      const [first] = sealed;
      if (first) return first;
      if (current === null || current.bytes === 0) {
        if (closing) return null;
        await work.wait();
        continue;
      }
      const wait = closing ? 0 : Math.min(shipEveryMillis, lastBegan + shipEveryMillis - now());
      if (wait > 0) await work.wait(wait);
      else await writing(async () => seal());
    }
  }

  async function finish(segment: Segment): Promise<void> {
    await segment.close();
    await rm(segment.path);
    sealed.shift();
    accepting = true;
    shipped = Math.max(shipped, segment.lastAppend);
    for (const { resolve } of waiters.filter(({ upTo }) => upTo <= shipped)) resolve();
    waiters = waiters.filter(({ upTo }) => upTo > shipped);
    const rows = rowsByTable(segment);
    for (const listener of listeners) listener({ segment: segment.id, rows });
  }

  async function shipAll(): Promise<void> {
    let lastBegan = Number.NEGATIVE_INFINITY;
    let failures = 0;
    const uncertain = new Set<Segment>(sealed);
    for (;;) {
      const segment = await nextSegment(lastBegan);
      if (segment === null || stop.signal.aborted) return;
      lastBegan = now();
      try {
        await shipSegment(segment, {
          store,
          quarantine,
          signal: stop.signal,
          uncertain: uncertain.has(segment),
        });
        uncertain.delete(segment);
        if (failures > 0) log('ClickHouse takes spans again');
        failures = 0;
        await finish(segment);
      } catch (error) {
        uncertain.add(segment);
        failures++;
        if (failures === 1 && !closing) log(`spans wait on disk: ${messageOf(error)}`);
        if (closing) return;
        await ending.wait(backoffMillis(failures));
      }
    }
  }

  const shipping = shipAll();

  return {
    append,
    settled(signal) {
      if (shipped >= appended) return Promise.resolve();
      if (signal?.aborted) return Promise.reject(signal.reason);
      return new Promise((resolve, reject) => {
        const waiter = { upTo: appended, resolve };
        waiters.push(waiter);
        signal?.addEventListener('abort', () => {
          waiters = waiters.filter((other) => other !== waiter);
          reject(signal.reason);
        });
      });
    },
    onShipped(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stats: () => ({
      bytes: used(),
      accepting,
      segments: all().filter(({ bytes }) => bytes > 0).length,
      quarantined: quarantine.stats().files,
    }),
    async close() {
      closing = true;
      ending.ring();
      await writing(async () => {});
      work.ring();
      const patience = setTimeout(() => stop.abort(), closeMillis);
      await shipping;
      clearTimeout(patience);
      const left = all();
      for (const segment of left) await segment.close();
      if (left.length > 0) log(`${left.length} segments stay on disk and are stored on the next start`);
    },
  };
}

function rowsByTable({ frames }: Segment): Map<string, number> {
  const rows = new Map<string, number>();
  for (const frame of frames) rows.set(frame.table, (rows.get(frame.table) ?? 0) + frame.rows);
  return rows;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
