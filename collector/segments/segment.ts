import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Block } from './block.ts';
import { isDiskFull } from './file-error.ts';
import { type Frame, frameBytes, frameHeader } from './frame.ts';
import { syncDirectory } from './sync-directory.ts';

export const segmentSuffix = '.segment';

export type SegmentOptions = {
  directory: string;
  id: string;
  /** Milliseconds since the epoch. */
  created: number;
  /** Opens files: `node:fs/promises` but in tests. */
  openFile?: typeof open;
};

/**
 * A file of frames that were made durable and are not yet in ClickHouse. Blocks that may stay in memory are inserted
 * from there, the others are read again.
 */
export class Segment {
  readonly id: string;
  readonly path: string;
  readonly created: number;
  /** The number of the last append in it. */
  lastAppend = 0;
  /** Of the frames that are whole. */
  bytes = 0;
  /** Of the blocks in memory. */
  heldBytes = 0;
  /** Something failed that leaves the end of the file unknown: it takes nothing more. */
  broken = false;
  readonly #frames: Frame[] = [];
  readonly #held = new Map<Frame, Block>();
  readonly #openFile: typeof open;
  #file: FileHandle | null;

  private constructor(options: SegmentOptions, file: FileHandle | null) {
    this.id = options.id;
    this.path = join(options.directory, options.id + segmentSuffix);
    this.created = options.created;
    this.#openFile = options.openFile ?? open;
    this.#file = file;
  }

  /** A new file, whose name is durable. */
  static async create(options: SegmentOptions): Promise<Segment> {
    const path = join(options.directory, options.id + segmentSuffix);
    const file = await (options.openFile ?? open)(path, 'wx+');
    try {
      await syncDirectory(options.directory);
    } catch (error) {
      await file.close();
      throw error;
    }
    return new Segment(options, file);
  }

  /** One that was found on start. */
  static found(options: SegmentOptions, frames: readonly Frame[], bytes: number): Segment {
    const segment = new Segment(options, null);
    segment.#frames.push(...frames);
    segment.bytes = bytes;
    return segment;
  }

  get frames(): readonly Frame[] {
    return this.#frames;
  }

  /**
   * Writes the blocks behind what is there and resolves when they are durable. What fails leaves nothing of them behind.
   *
   * @param hold whether the blocks stay in memory; they must not be changed then.
   * @throws what the file system says.
   */
  async append(blocks: readonly Block[], hold: boolean): Promise<void> {
    const file = await this.#handle();
    const pieces = blocks.flatMap((block, index) => [
      frameHeader(block, index === blocks.length - 1),
      block.bytes,
    ]);
    try {
      await writeAll(file, pieces, this.bytes);
      await file.datasync();
    } catch (error) {
      // After a failed sync nobody knows what the disk has; after a full disk the end can be cut off again.
      this.broken = !isDiskFull(error);
      await file.truncate(this.bytes).catch(() => {
        this.broken = true;
      });
      throw error;
    }
    for (const block of blocks) {
      const { table, rows, bytes } = block;
      const end = this.bytes + frameBytes(block);
      const frame: Frame = { table, rows, offset: end - bytes.length, length: bytes.length };
      this.#frames.push(frame);
      this.bytes = end;
      if (hold) {
        this.#held.set(frame, block);
        this.heldBytes += bytes.length;
      } else block.giveBack?.();
    }
  }

  /** The block of a frame, out of memory where it is there. */
  async read(frame: Frame): Promise<Buffer> {
    const held = this.#held.get(frame);
    if (held) return held.bytes;
    const bytes = Buffer.allocUnsafe(frame.length);
    const { bytesRead } = await (await this.#handle()).read(bytes, 0, frame.length, frame.offset);
    if (bytesRead !== frame.length) throw new Error(`${this.path} is shorter than it was`);
    return bytes;
  }

  /** Lets the memory of its blocks be used again: what read them has ended. They are read from the file from then on. */
  letGo(): void {
    for (const { giveBack } of this.#held.values()) giveBack?.();
    this.#held.clear();
    this.heldBytes = 0;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }

  async #handle(): Promise<FileHandle> {
    this.#file ??= await this.#openFile(this.path, 'r+');
    return this.#file;
  }
}

/** A full disk may take a part: the rest is tried again, and then fails. */
async function writeAll(file: FileHandle, pieces: readonly Buffer[], from: number): Promise<void> {
  let rest = pieces.filter((piece) => piece.length > 0);
  let position = from;
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev(rest.slice(0, mostPieces), position);
    position += bytesWritten;
    rest = behind(rest, bytesWritten);
  }
}

/** What is left of the pieces after their first `count` bytes. */
function behind(pieces: readonly Buffer[], count: number): Buffer[] {
  let skip = count;
  let index = 0;
  for (; index < pieces.length; index++) {
    const length = pieces[index]?.length ?? 0;
    if (length > skip) break;
    skip -= length;
  }
  const [first, ...others] = pieces.slice(index);
  return first === undefined ? [] : [first.subarray(skip), ...others];
}

/** IOV_MAX of Linux and macOS. */
const mostPieces = 1024;
