import { copyFile, open, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { Block } from './block.ts';
import { asFileError } from './file-error.ts';
import { frameBytes } from './frame.ts';
import { slowDownMillis } from './pressure.ts';
import { Segment } from './segment.ts';
import { newSegmentId } from './segment-id.ts';
import { turns } from './turns.ts';

export type SegmentFilesOptions = {
  directory: string;
  /** What an earlier process left, oldest first. */
  found: readonly Segment[];
  /** Of all files and of what `otherBytes` counts. */
  maxBytes: number;
  otherBytes: () => number;
  /** A file of this size is sealed. */
  segmentBytes: number;
  /** Of blocks that stay in memory. */
  heldBytes: number;
  /** Lets a writer wait, and may end early. */
  pause: (millis: number) => Promise<void>;
  now: () => number;
  openFile?: typeof open;
};

/** The files of the log: appended to at the back, taken from the front. */
export type SegmentFiles = {
  /** One at a time. @throws AppError INGEST_FULL before anything is written, DISK_FULL, and what the file system says */
  append(blocks: readonly Block[]): Promise<void>;
  /** The number of the last append; a segment that was found on start counts as one. */
  appended(): number;
  /** The oldest that takes nothing more. */
  oldest(): Segment | null;
  /** Whether there is something in the file that is still appended to. */
  isFilling(): boolean;
  seal(): Promise<void>;
  /** Of the oldest, which is stored elsewhere now. */
  remove(segment: Segment): Promise<void>;
  stats(): { bytes: number; segments: number; oldest: number | null };
  /** See `SegmentLog.keepShipped`. */
  keepShipped(directory: string): Promise<{ end(): Promise<void> }>;
  /** After the appends under way. The files stay. */
  close(): Promise<void>;
};

export function segmentFiles(options: SegmentFilesOptions): SegmentFiles {
  const { directory, maxBytes, otherBytes, segmentBytes, heldBytes, pause, now, openFile = open } = options;
  const sealed = [...options.found];
  let current: Segment | null = null;
  let lastCreated = Math.max(0, ...sealed.map(({ created }) => created));
  let appended = 0;
  const kept = new Set<string>();
  for (const segment of sealed) segment.lastAppend = ++appended;
  const inTurn = turns();

  const all = () => (current ? [...sealed, current] : sealed);
  const used = () => otherBytes() + sum(all().map(({ bytes }) => bytes));
  const held = () => sum(all().map((segment) => segment.heldBytes));

  function seal(): void {
    if (current && current.bytes > 0) sealed.push(current);
    else void current?.close();
    current = null;
  }

  async function openSegment(): Promise<Segment> {
    if (current) return current;
    // Also where the clock goes back: segments are taken in the order of their names.
    lastCreated = Math.max(now(), lastCreated + 1);
    const id = newSegmentId(lastCreated);
    current = await Segment.create({ directory, id, created: lastCreated, openFile });
    return current;
  }

  async function write(blocks: readonly Block[]): Promise<void> {
    const size = sum(blocks.map(frameBytes));
    const bytes = used() + size;
    if (bytes > maxBytes) {
      const message = `expected at most ${maxBytes} bytes to wait for ClickHouse, got ${bytes}`;
      throw new AppError('INGEST_FULL', message);
    }
    const wait = slowDownMillis(bytes, maxBytes);
    if (wait > 0) await pause(wait);
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

  return {
    append: (blocks) => inTurn(() => write(blocks)),
    appended: () => appended,
    oldest: () => sealed[0] ?? null,
    isFilling: () => current !== null && current.bytes > 0,
    seal: () => inTurn(async () => seal()),
    async remove(segment) {
      await segment.close();
      for (const place of kept) await copyInto(place, segment);
      await rm(segment.path, { force: true });
      if (sealed[0] === segment) sealed.shift();
    },
    stats() {
      const waiting = all().filter(({ bytes }) => bytes > 0);
      const oldest = waiting[0]?.created ?? null;
      return { bytes: used() - otherBytes(), segments: waiting.length, oldest };
    },
    async keepShipped(place) {
      kept.add(place);
      return {
        // Between two appends: the file that is appended to ends with a whole one.
        end: () =>
          inTurn(async () => {
            try {
              for (const segment of all()) await copyInto(place, segment);
            } finally {
              kept.delete(place);
            }
          }),
      };
    },
    close: () =>
      inTurn(async () => {
        for (const segment of all()) await segment.close();
      }),
  };
}

async function copyInto(directory: string, { path, bytes }: Segment): Promise<void> {
  if (bytes > 0) await copyFile(path, join(directory, basename(path)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
