import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { RunId } from '../domain/ids.ts';
import type { Run } from '../domain/run.ts';
import type { Trial } from '../domain/trial.ts';
import { micros } from '../domain/units.ts';
import {
  type Agent,
  appendResults,
  openDoor,
  type Pack,
  progress,
  type Results,
  readResultsIfAny,
  runTrials,
  type SimulatedModel,
} from '../harness/index.ts';
import type { CollectorClient } from './collector-client.ts';

export type Rehearsal = {
  pack: Pack;
  /** The agent of a trial: the same for all, or for a replay the recording of that trial. */
  agent: Agent;
  model: SimulatedModel | null;
  trials: number;
  concurrency: number;
  seed: string;
  collector: CollectorClient;
  resultsFile: string;
  title: string;
  signal: AbortSignal;
};

/** Runs the trials that the results file lacks, stores run, trials and traces in the collector, and gives them all. */
export function newRunId(now: Date): RunId {
  const time = now.toISOString().slice(0, 19).toLowerCase().replaceAll(':', '-');
  return RunId.parse(`${time}-${randomBytes(2).toString('hex')}`);
}

/** The commit of the working directory, or `null` outside a repository. */
export function currentCommit(): string | null {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}
