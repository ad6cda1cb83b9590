import { crc32 } from 'node:zlib';
import type { Block } from './block.ts';

/** Where a block lies in a segment file. */
export type Frame = {
  table: string;
  rows: number;
  /** Of the block's first byte. */
  offset: number;
  /** Of the block. */
  length: number;
};

/** What a reader found: the frames that are whole, and the stretches of the file that are no frame. */
export type Scan = {
  frames: Frame[];
  damaged: { from: number; to: number }[];
  /** Where the last whole append ends: beyond it lies nothing that was acknowledged, if this is where writing stopped. */
  end: number;
};

/** Reads `length` bytes at `offset`, or fewer at the end of the file. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>;

const magic = Buffer.from('RSEG');
const version = 1;
/** The fields below, before the name of the table. */
const fixedBytes = 20;
const checkedBytes = 16;
const lastOfAppend = 1;
const searchBytes = 1024 * 1024;

/**
 * The header of a block in a segment file; the block itself follows.
 *
 *   0 "RSEG" | 4 version | 5 flags (1: last of its append) | 6 length of the table's name, 16 bits | 8 rows, 32 bits
 *   12 length of the block, 32 bits | 16 CRC-32 of bytes 0 to 16, name and block | 20 name
 */
export function frameHeader({ table, rows, bytes }: Block, last: boolean): Buffer {
  const name = Buffer.from(table);
  const header = Buffer.alloc(fixedBytes + name.length);
  magic.copy(header);
  header.writeUInt8(version, 4);
  header.writeUInt8(last ? lastOfAppend : 0, 5);
  header.writeUInt16LE(name.length, 6);
  header.writeUInt32LE(rows, 8);
  header.writeUInt32LE(bytes.length, 12);
  header.set(name, fixedBytes);
  header.writeUInt32LE(checksum(header, bytes), checkedBytes);
  return header;
}

/** Of a block in the file, with its header. */
export function frameBytes({ table, bytes }: Block): number {
  return fixedBytes + Buffer.byteLength(table) + bytes.length;
}

/** Reads a whole segment and checks every frame. */
export async function scanFrames(read: ReadAt, size: number): Promise<Scan> {
  const scan: Scan = { frames: [], damaged: [], end: 0 };
  let offset = 0;
  while (offset < size) {
    const found = await frameAt(read, offset, size);
    if (found === null) {
      const next = await nextFrame(read, offset + 1, size);
      scan.damaged.push({ from: offset, to: next });
      offset = next;
      continue;
    }
    scan.frames.push(found.frame);
    offset = found.frame.offset + found.frame.length;
    if (found.last) scan.end = offset;
  }
  return scan;
}

async function frameAt(
  read: ReadAt,
  offset: number,
  size: number,
): Promise<{ frame: Frame; last: boolean } | null> {
  const fixed = await read(offset, fixedBytes);
  if (fixed.length < fixedBytes || !fixed.subarray(0, 4).equals(magic)) return null;
  if (fixed.readUInt8(4) !== version) return null;
  const nameLength = fixed.readUInt16LE(6);
  const length = fixed.readUInt32LE(12);
  if (offset + fixedBytes + nameLength + length > size) return null;
  const whole = await read(offset, fixedBytes + nameLength + length);
  const header = whole.subarray(0, fixedBytes + nameLength);
  const bytes = whole.subarray(header.length);
  if (bytes.length !== length || checksum(header, bytes) !== fixed.readUInt32LE(checkedBytes)) return null;
  const frame: Frame = {
    table: header.toString('utf8', fixedBytes),
    rows: fixed.readUInt32LE(8),
    offset: offset + header.length,
    length,
  };
  return { frame, last: (fixed.readUInt8(5) & lastOfAppend) !== 0 };
}

/** The first whole frame at or after `from`, or the end of the file. */
async function nextFrame(read: ReadAt, from: number, size: number): Promise<number> {
  let offset = from;
  while (offset < size) {
    const piece = await read(offset, searchBytes);
    const place = piece.indexOf(magic);
    if (place >= 0) {
      if (await frameAt(read, offset + place, size)) return offset + place;
      offset += place + 1;
    } else {
      // The magic may lie across two pieces.
      offset += Math.max(1, piece.length - magic.length + 1);
    }
  }
  return size;
}

function checksum(header: Buffer, bytes: Buffer): number {
  const fixed = crc32(header.subarray(0, checkedBytes));
  return crc32(bytes, crc32(header.subarray(fixedBytes), fixed));
}
