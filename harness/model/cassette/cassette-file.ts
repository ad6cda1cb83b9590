import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import type { Json } from '../../../domain/json.ts';
import { CassetteLine, keyOf, type Recording, takeApart } from './recording.ts';

/**
 * One file of recordings: JSON lines that are only ever appended, each in one write, so that several trials and several
 * processes may record into it at once, and a crash costs a line at most. The last recording of a place counts.
 */
export type CassetteFile = {
  /** The recording with this key, or `null`. */
  find(key: string): Promise<Recording | null>;
  append(recording: Recording): Promise<void>;
  /** All recordings that count, and the parts of their requests, read from the disk. */
  all(): Promise<{ recordings: Recording[]; parts: ReadonlyMap<string, Json> }>;
  /** Lines that were cut when their writer was killed. */
  readonly cutLines: number;
  close(): Promise<void>;
};

/**
 * Opens a file, which need not be there. Only where its recordings are is kept in memory.
 *
 * @param rulesDigest of the rules by which requests are compared; a file that was recorded by others is refused
 * @throws AppError CASSETTE_UNREADABLE
 */
export async function openCassetteFile(
  path: string,
  options: { rulesDigest: string },
): Promise<CassetteFile> {
  const places = new Map<string, { offset: number; length: number }>();
  const known = new Set<string>();
  let cutLines = 0;
  let endsWell = true;
  let isNew = true;
  for await (const { line, offset, length, whole } of readLines(path, options.rulesDigest)) {
    endsWell = whole;
    if (!line) cutLines += 1;
    else if ('cassette' in line) isNew = false;
    else if ('part' in line) known.add(line.part);
    else if ('recording' in line)
      places.set(keyOf(line.recording.place, line.recording.request), { offset, length });
  }

  let file: FileHandle | null = null;
  let queue: Promise<void> = Promise.resolve();
  const write = async (text: string) => {
    if (!file) {
      await mkdir(dirname(path), { recursive: true });
      file = await open(path, 'a');
    }
    await file.appendFile(text);
  };
  const linesOf = (recording: Recording): string => {
    const { request, parts } = takeApart(recording.request);
    const fresh = [...parts].filter(([digest]) => !known.has(digest));
    for (const [digest] of fresh) known.add(digest);
    const lines: CassetteLine[] = [
      ...(isNew ? [{ cassette: 1 as const, rules: options.rulesDigest }] : []),
      ...fresh.map(([part, value]) => ({ part, value })),
      { recording: { ...recording, request } },
    ];
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    return endsWell ? text : `\n${text}`;
  };

  return {
    async find(key) {
      const place = places.get(key);
      if (!place) return null;
      const source = await open(path);
      try {
        const { buffer } = await source.read(Buffer.alloc(place.length), 0, place.length, place.offset);
        const line = parseLine(buffer.toString('utf8'), path);
        return line && 'recording' in line ? line.recording : null;
      } finally {
        await source.close();
      }
    },
    append(recording) {
      const turn = queue.then(async () => {
        await write(linesOf(recording));
        isNew = false;
        endsWell = true;
      });
      queue = turn.catch(() => undefined);
      return turn.catch((error: unknown) => {
        throw diskProblem(error);
      });
    },
    async all() {
      const recordings = new Map<string, Recording>();
      const parts = new Map<string, Json>();
      for await (const { line } of readLines(path, options.rulesDigest)) {
        if (line && 'part' in line) parts.set(line.part, line.value);
        if (line && 'recording' in line) {
          recordings.set(keyOf(line.recording.place, line.recording.request), line.recording);
        }
      }
      return { recordings: [...recordings.values()], parts };
    },
    get cutLines() {
      return cutLines;
    },
    async close() {
      await queue;
      await file?.close();
      file = null;
    },
  };
}

type ReadLine = { line: CassetteLine | null; offset: number; length: number; whole: boolean };

/** What is in the file, line by line; `line` is `null` for one that was cut. None where there is no file. */
async function* readLines(path: string, rulesDigest: string): AsyncGenerator<ReadLine> {
  let number = 0;
  let headed = false;
  for await (const { text, offset, length, whole } of rawLines(path)) {
    number += 1;
    const line = whole ? parseLine(text, `${path}: line ${number}`) : null;
    headed ||= line !== null && 'cassette' in line;
    if (!headed && (line || (whole && number === 1))) {
      throw unreadable(`${path}: expected a cassette, which begins with {"cassette":1,...}`);
    }
    if (line && 'cassette' in line && line.rules !== rulesDigest) {
      throw unreadable(`${path}: recorded by other rules than those that lie beside it now; record it again`);
    }
    yield { line, offset, length, whole };
  }
}

/** `null` for what is no JSON: a writer was killed, and another went on behind it. */
function parseLine(text: string, where: string): CassetteLine | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const line = CassetteLine.safeParse(value);
  if (!line.success) throw unreadable(`${where}: neither a recording nor a part of one`, line.error);
  return line.data;
}

type RawLine = { text: string; offset: number; length: number; whole: boolean };

async function* rawLines(path: string): AsyncGenerator<RawLine> {
  let held: Buffer[] = [];
  let offset = 0;
  const take = (whole: boolean): RawLine => {
    const bytes = Buffer.concat(held);
    const line = { text: bytes.toString('utf8'), offset, length: bytes.length, whole };
    held = [];
    offset += bytes.length + 1;
    return line;
  };
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        held.push(chunk.subarray(from, at));
        yield take(true);
        from = at + 1;
      }
      if (from < chunk.length) held.push(chunk.subarray(from));
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    if (error instanceof AppError) throw error;
    throw unreadable(`${path}: cannot be read: ${error instanceof Error ? error.message : error}`, error);
  }
  if (held.length > 0) yield take(false);
}

function unreadable(message: string, cause?: unknown): AppError {
  return new AppError('CASSETTE_UNREADABLE', message, cause === undefined ? {} : { cause });
}

function diskProblem(error: unknown): unknown {
  const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
  return full ? new AppError('DISK_FULL', 'no room for the next recording', { cause: error }) : error;
}
