import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { TrialId } from '../../domain/ids.ts';
import { Run } from '../../domain/run.ts';
import { Trial } from '../../domain/trial.ts';
import { Micros } from '../../domain/units.ts';

/** A line of a results file: first the run, then its trials as they ended, last the end. */
const Line = z.union([
  z.strictObject({ run: Run }),
  z.strictObject({ trial: Trial }),
  z.strictObject({ end: Micros }),
]);

/** What a results file holds. */
export type Results = {
  /** With its end, once it has one. */
  run: Run;
  /** By scenario and index, whatever the order in which they ended. */
  trials: Trial[];
  /** The run came to its end; else it was stopped and can be resumed. */
  complete: boolean;
};

/** The one writer of a results file. */
export type ResultsWriter = {
  /** Trials that the file held when it was opened. */
  done: ReadonlySet<TrialId>;
  /** Appends a trial; concurrent calls are written one after another. Throws DISK_FULL. */
  append(trial: Trial): Promise<void>;
  /** Writes the run's end and closes the file. */
  end(at: Micros): Promise<void>;
  /** Closes the file without an end: the run can be resumed. */
  close(): Promise<void>;
};

/**
 * Reads a results file. A last line without its line break was cut when the writer was killed, and is dropped; anything
 * else that is not as written throws RESULTS_UNREADABLE with the line.
 */
export async function readResults(path: string): Promise<Results> {
  const trials: Trial[] = [];
  const head = await readTrials(path, (trial) => trials.push(trial));
  trials.sort((a, b) => compare(a.scenario.id, b.scenario.id) || a.index - b.index);
  return { ...head, trials };
}

/**
 * Reads a results file trial by trial, in the order in which they ended, and keeps none: files may be larger than
 * memory. Waits for what `onTrial` returns. Throws as `readResults` does; trials before a broken line have then been given.
 */
export async function readTrials(
  path: string,
  onTrial: (trial: Trial) => unknown,
): Promise<Omit<Results, 'trials'>> {
  const { run, end } = await scan(path, onTrial);
  return { run: end === null ? run : { ...run, end }, complete: end !== null };
}

/**
 * Opens a results file for a run: a new one, or the one of the same run to be resumed, whose cut last line and end are
 * taken off. Throws RESULTS_UNREADABLE where the file is that of another run.
 *
 * @param onHeld called with each trial that the file holds already
 */
export async function openResults(
  path: string,
  run: Run,
  onHeld: (trial: Trial) => unknown = () => {},
): Promise<ResultsWriter> {
  const file = await open(path, 'a+').catch((error: unknown) => {
    throw unreadable(path, `cannot be opened: ${error instanceof Error ? error.message : error}`, error);
  });
  try {
    const { size } = await file.stat();
    const done = size > 0 ? await resume(file, path, run, onHeld) : new Set<TrialId>();
    if (size === 0) await writeLine(file, { run });
    return writer(file, done);
  } catch (error) {
    await file.close();
    throw error;
  }
}

function writer(file: FileHandle, done: ReadonlySet<TrialId>): ResultsWriter {
  // After a write that failed the file may end in half a line: nothing may follow it.
  let queue: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => {
    queue = queue.then(work);
    queue.catch(() => undefined);
    return queue;
  };
  return {
    done,
    append: (trial) => inTurn(() => writeLine(file, { trial })),
    async end(at) {
      await inTurn(() => writeLine(file, { end: at }));
      await file.close();
    },
    async close() {
      await queue.catch(() => undefined);
      await file.close();
    },
  };
}

async function resume(
  file: FileHandle,
  path: string,
  run: Run,
  onHeld: (trial: Trial) => unknown,
): Promise<Set<TrialId>> {
  const done = new Set<TrialId>();
  const held = await scan(path, (trial) => {
    done.add(trial.id);
    onHeld(trial);
  });
  if (held.run.id !== run.id) {
    throw unreadable(path, `expected the trials of run ${run.id}, got those of ${held.run.id}`);
  }
  await file.truncate(held.resumeAt);
  return done;
}

async function writeLine(file: FileHandle, line: z.input<typeof Line>): Promise<void> {
  try {
    await file.appendFile(`${JSON.stringify(line)}\n`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
      throw new AppError('DISK_FULL', 'no room for the next trial in the results file', { cause: error });
    }
    throw error;
  }
}

type Scan = {
  run: Run;
  end: Micros | null;
  /** Bytes up to the last trial. */
  resumeAt: number;
};

async function scan(path: string, onTrial: (trial: Trial) => unknown): Promise<Scan> {
  let run: Run | null = null;
  let end: Micros | null = null;
  let resumeAt = 0;
  let number = 0;
  for await (const { text, endsAt } of completeLines(path)) {
    number += 1;
    const line = parseLine(text, path, number);
    if ('run' in line !== (number === 1))
      throw unreadable(path, `line ${number}: expected the run first, and once`);
    if (end !== null) throw unreadable(path, `line ${number}: expected nothing after the end`);
    if ('run' in line) run = line.run;
    if ('trial' in line) await onTrial(line.trial);
    if ('end' in line) end = line.end;
    else resumeAt = endsAt;
  }
  if (!run) throw unreadable(path, 'expected a run in the first line, got an empty file');
  return { run, end, resumeAt };
}

function parseLine(text: string, path: string, number: number): z.infer<typeof Line> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(path, `line ${number} is not JSON`, error);
  }
  const line = Line.safeParse(value);
  if (!line.success)
    throw unreadable(path, `line ${number} is neither a run, a trial nor an end`, line.error);
  return line.data;
}

/** The lines that end in a line break, with the offset of the byte after it. */
async function* completeLines(path: string): AsyncGenerator<{ text: string; endsAt: number }> {
  let held: Buffer[] = [];
  let offset = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        held.push(chunk.subarray(from, at));
        yield { text: Buffer.concat(held).toString('utf8'), endsAt: offset + at + 1 };
        held = [];
        from = at + 1;
      }
      held.push(chunk.subarray(from));
      offset += chunk.length;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw unreadable(path, `cannot be read: ${error instanceof Error ? error.message : error}`, error);
  }
}

function unreadable(path: string, problem: string, cause?: unknown): AppError {
  return new AppError('RESULTS_UNREADABLE', `${path}: ${problem}`, cause === undefined ? {} : { cause });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
