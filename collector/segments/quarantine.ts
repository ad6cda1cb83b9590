import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../observe/log.ts';
import type { Block } from './block.ts';
import { frameHeader } from './frame.ts';
import { segmentSuffix } from './segment.ts';
import { syncDirectory } from './sync-directory.ts';

/** What could not be stored, each in a file with its reason beside it. Setting the same thing aside again changes nothing. */
export type Quarantine = {
  /** A block that ClickHouse refuses, as a segment of its own: moved back, it is tried again on the next start. */
  refused(name: string, block: Block, reason: string): Promise<void>;
  /** Bytes of a segment that are no frame. */
  damaged(name: string, bytes: Buffer, reason: string): Promise<void>;
  /** Files, and bytes in them. */
  stats(): { files: number; bytes: number };
};

const damagedSuffix = '.damaged';

/** Opens the folder, made where it is missing. */
export function openQuarantine(directory: string, log: Log): Quarantine {
  mkdirSync(directory, { recursive: true });
  const sizes = new Map(
    readdirSync(directory)
      .filter((file) => file.endsWith(segmentSuffix) || file.endsWith(damagedSuffix))
      .map((file) => [file, statSync(join(directory, file)).size]),
  );

  async function setAside(file: string, pieces: readonly Buffer[], reason: string): Promise<void> {
    await write(`${file}.reason.txt`, [Buffer.from(`${reason}\n`)]);
    await write(file, pieces);
    await syncDirectory(directory);
    sizes.set(
      file,
      pieces.reduce((sum, piece) => sum + piece.length, 0),
    );
    const path = join(directory, file);
    log('segments.set-aside', `set aside ${path}: ${reason}`, { path });
  }

  /** Under another name first: a file that is there is whole. */
  async function write(name: string, pieces: readonly Buffer[]): Promise<void> {
    const draft = join(directory, `${name}.draft`);
    const file = await open(draft, 'w');
    try {
      for (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(directory, name));
  }

  return {
    refused: (name, block, reason) =>
      setAside(name + segmentSuffix, [frameHeader(block, true), block.bytes], reason),
    damaged: (name, bytes, reason) => setAside(name + damagedSuffix, [bytes], reason),
    stats: () => ({ files: sizes.size, bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0) }),
  };
}
