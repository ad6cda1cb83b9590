import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { RunId } from '../domain/ids.ts';
import type { Run } from '../domain/run.ts';
import { micros } from '../domain/units.ts';

/** An id that sorts by time, of a run or of a group of runs. */
export function newRunId(): RunId {
  const time = new Date().toISOString().slice(0, 19).toLowerCase().replaceAll(':', '-');
  return RunId.parse(`${time}-${randomBytes(2).toString('hex')}`);
}

/** A run that starts now, with an id that sorts by time. */
export function newRun(
  about: Pick<
    Run,
    'pack' | 'agent' | 'agentVersion' | 'model' | 'simulated' | 'replayed' | 'seed' | 'trialsPlanned'
  > &
    Partial<Pick<Run, 'group' | 'firstLook'>>,
): Run {
  return {
    group: null,
    firstLook: null,
    ...about,
    id: newRunId(),
    commit: currentCommit(),
    start: micros(Date.now() * 1000),
    end: null,
    verdict: null,
  };
}

/** The commit of the working directory, or `null` outside a repository. */
function currentCommit(): string | null {
  try {
    const head = execFileSync('git', ['rev-parse', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return head.trim();
  } catch {
    return null;
  }
}
