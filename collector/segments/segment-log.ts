import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, messageOf } from '../../domain/errors.ts';
import type { Log } from '../observe/log.ts';
import { bell } from './bell.ts';
import type { Block } from './block.ts';
import { milestones } from './milestones.ts';
import { openQuarantine } from './quarantine.ts';
import { recoverSegments } from './recover-segments.ts';
import type { Segment } from './segment.ts';
import { segmentFiles } from './segment-files.ts';
import type { BlockStore } from './ship-segment.ts';
import { shipSegments } from './shipper.ts';

export type SegmentLogOptions = {
  /** Holds `segments` and `quarantine`; made where it is missing. Nobody else may use it. */
  directory: string;
  store: BlockStore;
  log: Log;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Of segments and quarantine on disk. Default 1 GiB. */
  maxBytes?: number;
  /** A segment of this size is sealed though the one before it is still on its way. Default 32 MiB. */
  segmentBytes?: number;
  /** Of blocks that stay in memory until they are inserted; the others are read again. Default 64 MiB. */
  heldBytes?: number;
  /** Between the beginnings of two shipments, unless more than a segment waits. Default 500. */
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
  /** When the oldest file that waits was begun, in milliseconds since the epoch; `null` where none does. */
  oldest: number | null;
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
  /** Copies into a directory, until `end`, every segment that is there from now on, also those that are stored and removed. */
  keepShipped(directory: string): Promise<{ end(): Promise<void> }>;
  /** Waits for appends, ships what it can in a bounded time and leaves the rest for the next start. */
  close(): Promise<void>;
};

const MiB = 1024 * 1024;
/** Of segments and quarantine on disk. */
export const DEFAULT_MAX_SEGMENT_BYTES = 1024 * MiB;
/** Of refusals that follow one another closely, one is logged. */
const refusalLogMillis = 10_000;
/** Between two shipments while somebody waits for what they hold. */
const awaitedMillis = 50;

/**
 * Opens the durable log between the receiver and ClickHouse: blocks are appended to files, and the files are inserted
 * in order and removed. What an earlier process left is inserted first.
 *
 * @throws what the file system says against the directory.
 */
export async function openSegmentLog(options: SegmentLogOptions): Promise<SegmentLog> {
  const { store, log, now, openFile = open } = options;
  const { maxBytes = DEFAULT_MAX_SEGMENT_BYTES, segmentBytes = 32 * MiB, heldBytes = 64 * MiB } = options;
  const { shipEveryMillis = 500, closeMillis = 5000 } = options;
  const directory = join(options.directory, 'segments');
  mkdirSync(directory, { recursive: true });
  const quarantine = openQuarantine(join(options.directory, 'quarantine'), log);
  const found = await recoverSegments(directory, { quarantine, log });
  if (found.length > 0) {
    log('segments.recovered', `${found.length} segments of an earlier start are being stored`, {
      segments: found.length,
    });
  }

  let closing = false;
  let accepting = true;
  let refusalLogged = Number.NEGATIVE_INFINITY;
  const logRefusal = (error: unknown) => {
    if (!accepting || now() - refusalLogged < refusalLogMillis) return;
    refusalLogged = now();
    log('segments.refusing', `what comes is refused: ${messageOf(error)}`);
  };
  const work = bell();
  const ending = bell();
  const abandon = new AbortController();
  const stored = milestones();
  const listeners = new Set<(shipped: Shipped) => void>();
  const files = segmentFiles({
    directory,
    found,
    maxBytes,
    otherBytes: () => quarantine.stats().bytes,
    segmentBytes,
    heldBytes,
    pause: (millis) => (closing ? Promise.resolve() : ending.wait(millis)),
    now,
    openFile,
  });
  const shipping = shipSegments({
    files,
    store,
    quarantine,
    work,
    ending,
    isClosing: () => closing,
    signal: abandon.signal,
    everyMillis: () => (stored.isAwaited() ? Math.min(awaitedMillis, shipEveryMillis) : shipEveryMillis),
    onShipped(segment) {
      accepting = true;
      stored.reach(segment.lastAppend);
      const rows = rowsByTable(segment);
      for (const listener of listeners) listener({ segment: segment.id, rows });
    },
    now,
    log,
  });

  return {
    async append(blocks) {
      if (closing) throw new AppError('STORE_UNAVAILABLE', 'the collector is stopping');
      if (blocks.length === 0) return;
      try {
        await files.append(blocks);
        accepting = true;
      } catch (error) {
        logRefusal(error);
        accepting = false;
        throw error;
      }
      work.ring();
    },
    settled(signal) {
      const seen = stored.wait(files.appended(), signal);
      work.ring();
      return seen;
    },
    onShipped(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stats() {
      const { bytes, segments, oldest } = files.stats();
      const aside = quarantine.stats();
      return { bytes: bytes + aside.bytes, accepting, segments, quarantined: aside.files, oldest };
    },
    keepShipped: files.keepShipped,
    async close() {
      closing = true;
      ending.ring();
      const patience = setTimeout(() => abandon.abort(), closeMillis);
      await files.seal(); // After the appends under way.
      work.ring();
      await shipping;
      clearTimeout(patience);
      await files.close();
      const { segments } = files.stats();
      if (segments > 0) {
        log('segments.left', `${segments} segments stay on disk and are stored on the next start`, {
          segments,
        });
      }
    },
  };
}

function rowsByTable({ frames }: Segment): Map<string, number> {
  const rows = new Map<string, number>();
  for (const { table, rows: count } of frames) rows.set(table, (rows.get(table) ?? 0) + count);
  return rows;
}
