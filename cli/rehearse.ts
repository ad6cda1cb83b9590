import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { reportOf, type TrialReport } from '../ci/trial-report.ts';
import type { Run } from '../domain/run.ts';
import type { Trial } from '../domain/trial.ts';
import { type Micros, micros, type NanoUsd, nanoUsd } from '../domain/units.ts';
import {
  adaptiveThrottle,
  countOf,
  createProgress,
  fixedThrottle,
  type LanesEnd,
  openBudget,
  openResults,
  type Pack,
  type Play,
  type ResultsWriter,
  runLanes,
  type TrialCounts,
  trialIdOf,
} from '../harness/index.ts';
import type { CollectorClient } from './collector-client.ts';

/** A run with the file that its trials go to. */
export type Entry = {
  run: Run;
  /** JSONL; the trials of this run that it holds already are not run again. */
  resultsFile: string;
  /** Whose model it is: runs of one provider share what it bears. `null`: nobody's, a simulated one. */
  provider: string | null;
};

export type Rehearsal = {
  entries: readonly Entry[];
  pack: Pack;
  play: Play;
  trialsPerScenario: TrialCounts;
  /** Trials at the same time; of a real model at most. */
  concurrency: number;
  /** What the runs together may spend, those trials included that the files hold already; `null` for no limit. */
  maxCost?: NanoUsd | null;
  /** When the last trial may start; `null` for no limit. */
  until?: Micros | null;
  collector: Pick<CollectorClient, 'putRun' | 'putTrial'>;
  /** Called with each trial as it ends. */
  onTrial?(trial: Trial): void;
  signal: AbortSignal;
};

/** A run after its rehearsal. Without an end where trials were left out: it can be resumed. */
export type Rehearsed = Entry & { trials: TrialReport[] };

/**
 * Runs the trials that the results files lack, stores each in its file and in the collector as it ends, and gives the
 * whole runs, as far as they came.
 */
export async function rehearse(
  rehearsal: Rehearsal,
): Promise<{ runs: Rehearsed[]; stopped: LanesEnd['stopped'] }> {
  const { collector, pack, entries, trialsPerScenario, concurrency, signal } = rehearsal;
  const opened: (Rehearsed & { results: ResultsWriter; dearest: NanoUsd | null })[] = [];
  let spent = 0;
  for (const entry of entries) {
    const trials: TrialReport[] = [];
    let dearest: NanoUsd | null = null;
    await mkdir(dirname(entry.resultsFile), { recursive: true });
    const results = await openResults(entry.resultsFile, entry.run, (trial) => {
      trials.push(reportOf(trial));
      spent += trial.figures.cost ?? 0;
      dearest = nanoUsd(Math.max(dearest ?? 0, trial.figures.cost ?? 0)) || null;
    });
    opened.push({ ...entry, trials, results, dearest });
  }
  const byRun = new Map(opened.map((one) => [one.run.id, one]));
  const missing = opened.reduce((sum, { run, results }) => {
    const planned = pack.scenarios.flatMap((scenario) =>
      Array.from({ length: countOf(trialsPerScenario, scenario) }, (_, index) =>
        trialIdOf(run.id, scenario.id, index),
      ),
    );
    return sum + planned.filter((id) => !results.done.has(id)).length;
  }, 0);
  const throttles = throttlesOf(entries, concurrency);
  const progress = createProgress(process.stderr, missing, ({ runId }) => {
    const run = opened.length > 1 ? byRun.get(runId)?.run : undefined;
    return run ? ` (${run.agent}, ${run.model})` : '';
  });
  const ended: Rehearsed[] = [];
  try {
    for (const { run } of opened) await collector.putRun(run);
    const { stopped } = await runLanes({
      lanes: opened.map(({ run, results, dearest, provider }) => ({
        run,
        done: results.done,
        dearest,
        throttle: throttles(provider),
        play: rehearsal.play,
      })),
      scenarios: pack.scenarios,
      trialsPerScenario,
      budget: rehearsal.maxCost == null ? null : openBudget(rehearsal.maxCost, nanoUsd(spent)),
      until: rehearsal.until ?? null,
      clock: () => micros(Date.now() * 1000),
      signal,
      onStart: progress.begin,
      async onTrial(trial) {
        const entry = byRun.get(trial.runId);
        await entry?.results.append(trial);
        await collector.putTrial(trial);
        entry?.trials.push(reportOf(trial));
        rehearsal.onTrial?.(trial);
        progress.add(trial);
      },
    });
    for (const { results, dearest: _, ...entry } of opened) {
      const whole = entry.trials.length >= entry.run.trialsPlanned;
      const end = whole ? micros(Date.now() * 1000) : null;
      if (end !== null) await results.end(end);
      const replayed = entry.run.replayed || entry.trials.some((trial) => trial.replayed);
      ended.push({ ...entry, run: { ...entry.run, end, replayed } });
    }
    return { runs: ended, stopped };
  } finally {
    progress.stop();
    for (const { results, run } of opened) {
      if (!ended.some((entry) => entry.run.id === run.id && entry.run.end !== null)) await results.close();
    }
  }
}

/** One throttle a provider. */
function throttlesOf(entries: readonly Entry[], concurrency: number) {
  const providers = new Set(entries.map(({ provider }) => provider));
  const throttles = new Map(
    [...providers].map((provider) => [
      provider,
      provider === null ? fixedThrottle(concurrency) : adaptiveThrottle(concurrency, () => performance.now()),
    ]),
  );
  return (provider: string | null) => throttles.get(provider) ?? fixedThrottle(concurrency);
}
