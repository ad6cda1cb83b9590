import { readdirSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Log } from '../observe/log.ts';
import { type ReadAt, scanFrames } from './frame.ts';
import type { Quarantine } from './quarantine.ts';
import { Segment, segmentSuffix } from './segment.ts';
import { timeOfSegment } from './segment-id.ts';

/**
 * The segments that an earlier process left, oldest first. The end of the newest that is no whole append was never
 * acknowledged and is cut off. Whatever else is damaged was acknowledged once: it is set aside, and what lies around
 * it is kept.
 */
export async function recoverSegments(
  directory: string,
  { quarantine, log }: { quarantine: Quarantine; log: Log },
): Promise<Segment[]> {
  const names = readdirSync(directory)
    .filter((name) => name.endsWith(segmentSuffix))
    .sort();
  const segments: Segment[] = [];
  for (const name of names) {
    const path = join(directory, name);
    const file = await open(path, 'r+');
    try {
      const { size } = await file.stat();
      const read = readerOf(file);
      const id = basename(name, segmentSuffix);
      let { frames, damaged, end } = await scanFrames(read, size);
      let bytes = size;
      if (name === names.at(-1) && end < size && damaged.every(({ from, to }) => to <= end || from >= end)) {
        bytes = end;
        await file.truncate(end);
        await file.sync();
        const cut = size - end;
        const told = `cut ${cut} bytes off ${path}: they were not written to their end, nor acknowledged`;
        log('segments.cut', told, { path, bytes: cut });
        frames = frames.filter(({ offset }) => offset < end);
        damaged = damaged.filter(({ from }) => from < end);
      }
      for (const { from, to } of damaged) {
        const reason = `bytes ${from} to ${to} of ${path} are damaged: their checksum does not hold`;
        await quarantine.damaged(`${id}.${from}`, await read(from, to - from), reason);
      }
      if (frames.length > 0) {
        segments.push(Segment.found({ directory, id, created: timeOfSegment(id) }, frames, bytes));
      }
    } finally {
      await file.close();
    }
    if (segments.at(-1)?.path !== path) await rm(path);
  }
  return segments;
}

function readerOf(file: FileHandle): ReadAt {
  return async (offset, length) => {
    const bytes = Buffer.allocUnsafe(length);
    const { bytesRead } = await file.read(bytes, 0, length, offset);
    return bytes.subarray(0, bytesRead);
  };
}
