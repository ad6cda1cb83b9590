import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import { schemaProblem } from '../../../domain/field-problem.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { answerFacts } from '../answer-facts.ts';
import type { Chunk, ModelRequest } from '../upstream.ts';
import { type CassetteFile, openCassetteFile } from './cassette-file.ts';
import { describeMiss } from './nearest.ts';
import { keyOf, type Place, type Recording, takeApart } from './recording.ts';
import { CassetteRules, canonicalRequest, digestOf } from './rules.ts';

/**
 * `auto`: what is recorded is replayed, the rest is asked for and recorded. `record`: everything is asked for, and
 * replaces what was recorded. `strict`: nothing is asked for.
 */
export const CASSETTE_MODES = ['auto', 'record', 'strict'] as const;
export type CassetteMode = (typeof CASSETTE_MODES)[number];

/** Recordings of a model's answers. */
export type Cassette = {
  readonly mode: CassetteMode;
  /** The recordings of one trial, counted from the first. */
  tape(place: Omit<Place, 'occurrence'>): Tape;
  /** Lines that were cut when a writer was killed. */
  readonly cutLines: number;
  close(): Promise<void>;
};

/** What one trial has recorded, or replays. */
export type Tape = {
  /** What is to be done with a request. */
  take(request: Omit<ModelRequest, 'headers'>): Promise<Taken>;
};

export type Taken =
  | { kind: 'replay'; recording: Recording }
  | {
      kind: 'ask';
      /** Writes the whole answer down. */
      keep(answer: Pick<Recording, 'status' | 'headers'> & { chunks: readonly Chunk[] }): Promise<void>;
      /** The answer is not worth keeping: the next request like this one takes its place. */
      release(): void;
    }
  /** `strict`, and nothing is recorded. */
  | { kind: 'miss'; explanation: string };

/**
 * Opens a cassette: a directory with one file a scenario, or, where `path` ends in `.jsonl`, one file for all. The rules
 * by which requests are compared lie beside it, in `<directory>/rules.json` or `<file>.rules.json`, where there are any.
 *
 * @param secrets API keys; they reach the disk neither in a request nor in an answer
 * @throws AppError CASSETTE_UNREADABLE; with `strict` also where nothing is there
 */
export async function openCassette(
  path: string,
  options: { mode: CassetteMode; secrets: readonly string[]; now(): Date },
): Promise<Cassette> {
  const isFile = path.endsWith('.jsonl');
  if (options.mode === 'strict') await expectThere(path);
  const rules = await readRules(isFile ? path.replace(/\.jsonl$/, '.rules.json') : join(path, 'rules.json'));
  const rulesDigest = digestOf(rules);
  const files = new Map<string, Promise<CassetteFile>>();
  const opened: CassetteFile[] = [];
  const fileOf = (scenario: string): Promise<CassetteFile> => {
    const name = isFile ? path : join(path, `${scenario}.jsonl`);
    const file =
      files.get(name) ??
      openCassetteFile(name, { rulesDigest }).then((ready) => {
        opened.push(ready);
        return ready;
      });
    files.set(name, file);
    return file;
  };
  if (isFile) await fileOf('');
  const deps = { ...options, rules };
  return {
    mode: options.mode,
    tape: (place) => createTape(() => fileOf(place.scenario), place, deps),
    get cutLines() {
      return opened.reduce((sum, file) => sum + file.cutLines, 0);
    },
    async close() {
      for (const file of opened) await file.close();
    },
  };
}

function createTape(
  openFile: () => Promise<CassetteFile>,
  place: Omit<Place, 'occurrence'>,
  deps: { mode: CassetteMode; rules: CassetteRules; secrets: readonly string[]; now(): Date },
): Tape {
  const { mode } = deps;
  /** Occurrences that are taken, by request. */
  const taken = new Map<string, Set<number>>();
  const clean = (text: string) =>
    deps.secrets.reduce((rest, secret) => rest.replaceAll(secret, '[api key]'), text);
  const reserve = (request: JsonObject) => {
    const digest = digestOf(request);
    const numbers = taken.get(digest) ?? new Set();
    taken.set(digest, numbers);
    let occurrence = 0;
    while (numbers.has(occurrence)) occurrence += 1;
    numbers.add(occurrence);
    return { place: { ...place, occurrence }, release: () => void numbers.delete(occurrence) };
  };

  return {
    async take(asked) {
      const request = canonicalRequest({ ...asked, text: clean(asked.text) }, deps.rules);
      const reserved = reserve(request);
      const file = await openFile();
      if (mode !== 'record') {
        const recording = await file.find(keyOf(reserved.place, takeApart(request).request));
        if (recording) return { kind: 'replay', recording };
      }
      if (mode === 'strict') {
        return {
          kind: 'miss',
          explanation: describeMiss({ place: reserved.place, request }, await file.all()),
        };
      }
      return {
        kind: 'ask',
        release: reserved.release,
        keep: ({ status, headers, chunks }) =>
          file.append({
            place: reserved.place,
            request,
            status,
            headers,
            chunks: chunks.map(({ at, text }) => [at, clean(text)]),
            ...answerFacts(chunks.map(({ text }) => text).join('')),
            recordedAt: deps.now().toISOString(),
          }),
      };
    },
  };
}

async function readRules(path: string): Promise<CassetteRules> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '{}';
    throw new AppError('CASSETTE_UNREADABLE', `${path}: cannot be read: ${error.message}`, { cause: error });
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AppError('CASSETTE_UNREADABLE', `${path}: expected JSON`, { cause: error });
  }
  const rules = CassetteRules.safeParse(value);
  if (rules.success) return rules.data;
  throw new AppError('CASSETTE_UNREADABLE', `${path}: ${schemaProblem(rules.error, value)}`);
}

async function expectThere(path: string): Promise<void> {
  await stat(path).catch((error: unknown) => {
    throw new AppError('CASSETTE_UNREADABLE', `${path}: expected a cassette to replay, found none`, {
      cause: error,
    });
  });
}
