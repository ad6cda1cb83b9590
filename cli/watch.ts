import { existsSync, statSync, watch as watchPath } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../domain/errors.ts';
import { readTrials } from '../harness/index.ts';
import { agentFile } from './agents.ts';
import type { CollectorClient } from './collector-client.ts';
import { rehearseProcess } from './rehearse-process.ts';
import { withCollector } from './with-collector.ts';

/** How each scenario went in a round: a sign a trial, in the order of the trials. */
export type Round = ReadonlyMap<string, string>;

export type WatchOptions = {
  /** Of `rehearse run`, without `--watch`. */
  args: readonly string[];
  pack: string;
  /** One. */
  agent: readonly string[];
  /** One, or none named. */
  model: readonly (string | undefined)[];
  data: string;
  signal: AbortSignal;
};

const SIGNS = { passed: '✓', failed: '✗', void: '○' } as const;
/** Editors write a file in several steps. */
const settleMillis = 200;

/**
 * Runs what `rehearse run` would, and again after each change of the files it depends on: in a process of its own each
 * time, so that code is read anew. Shows what differs from the round before. Ends with 0 when `signal` is aborted.
 */
export async function watch(options: WatchOptions): Promise<number> {
  const { signal } = options;
  if (options.agent.length * options.model.length !== 1)
    throw new AppError('USAGE', 'expected one agent and one model beside --watch, got several');
  const places = watchedPlaces(options.pack, options.agent[0] ?? '', options.model[0]);
  const directory = await mkdtemp(join(tmpdir(), 'rehearse-watch-'));
  const changes = watchChanges(places, signal);
  try {
    const rounds = async ({ url }: CollectorClient) => {
      let last: Round | null = null;
      for (let number = 1; !signal.aborted; number++) {
        const file = join(directory, `${number}.jsonl`);
        changes.clear();
        await rehearseProcess([...options.args, '--out', file], {
          collectorUrl: url,
          output: 'inherit',
          signal,
        });
        if (signal.aborted) break;
        const round = await roundOf(file);
        for (const line of last && round ? differences(last, round) : []) console.log(line);
        last = round ?? last;
        console.log(`\nwatching ${places.map(({ path }) => path).join(', ')} (Ctrl+C ends)`);
        await changes.next();
      }
      return 0;
    };
    return await withCollector(options.data, rounds, { lends: false });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** What differs between two rounds: a line for each scenario that went otherwise, is new or is gone. */
export function differences(before: Round, after: Round): string[] {
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  const lines = ids
    .filter((id) => before.get(id) !== after.get(id))
    .map((id) => `${id}  ${before.get(id) ?? 'new'} → ${after.get(id) ?? 'gone'}`);
  return ['', ...(lines.length > 0 ? ['since the last round', ...lines] : ['as in the last round'])];
}

type Place = { path: string; isFile: boolean };

/** The files that a round depends on and that an author changes: its scenarios, its agent, the moves of its model. */
function watchedPlaces(pack: string, agent: string, model: string | undefined): Place[] {
  const named = join(import.meta.dirname, '../scenarios', pack);
  const moves = /^script:(.+)$/.exec(model ?? '')?.[1];
  const paths = [
    existsSync(pack) ? resolve(pack) : named,
    dirname(agentFile(agent)),
    ...(moves ? [resolve(moves)] : []),
  ];
  return paths.filter((path) => existsSync(path)).map((path) => ({ path, isFile: statSync(path).isFile() }));
}

/** Tells of changes. A file is watched through its directory, since editors put another file in its place. */
function watchChanges(places: readonly Place[], signal: AbortSignal) {
  let changed = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => changed.resolve(), { once: true });
  for (const { path, isFile } of places) {
    const options = { recursive: !isFile, persistent: false, signal };
    const watcher = watchPath(isFile ? dirname(path) : path, options, (_, name) => {
      if (isFile ? name === basename(path) : !/(^|\/)(node_modules|\.)/.test(name ?? '')) changed.resolve();
    });
    watcher.on('error', () => {});
  }
  return {
    /** Forgets what has changed so far. */
    clear() {
      if (!signal.aborted) changed = Promise.withResolvers<void>();
    },
    /** Waits for a change since `clear`, and until it has settled. */
    async next() {
      const alive = setInterval(() => {}, 60_000);
      await changed.promise.finally(() => clearInterval(alive));
      if (!signal.aborted) await sleep(settleMillis);
    },
  };
}

/** `null` where a round wrote no results, since it could not begin. */
async function roundOf(file: string): Promise<Round | null> {
  if (!existsSync(file)) return null;
  const trials: { id: string; index: number; sign: string }[] = [];
  await readTrials(file, ({ scenario, index, outcome }) => {
    trials.push({ id: scenario.id, index, sign: SIGNS[outcome.kind] });
  });
  const byId = Map.groupBy(
    trials.sort((a, b) => a.index - b.index),
    ({ id }) => id,
  );
  return new Map([...byId].map(([id, some]) => [id, some.map(({ sign }) => sign).join('')]));
}
