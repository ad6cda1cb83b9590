import { existsSync } from 'node:fs';
import { AppError } from '../domain/errors.ts';
import { counted, formatTrial } from '../domain/format.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Run } from '../domain/run.ts';
import type { SpanDetail } from '../domain/span.ts';
import type { Trial } from '../domain/trial.ts';
import { micros } from '../domain/units.ts';
import { openResults, type Pack, readTrials, scoreStored } from '../harness/index.ts';
import { collectorClient } from './collector-client.ts';
import { loadPack } from './packs.ts';
import { type StoreOptions, withStore } from './store-access.ts';

export type ScoreOptions = StoreOptions & {
  results: string;
  /** Default: the pack that the run names. */
  pack?: string;
  /** Results file to write. Default: none. */
  out?: string;
  signal: AbortSignal;
};

type SpansOf = (trial: Trial) => Promise<readonly SpanDetail[] | null>;

/**
 * Judges stored trials again, with the scorers and the pack's checks of this version and without agents, and says which
 * outcomes changed and why. Spans come from the store where the trace is there and was complete; else a trial is judged
 * without. Trials that were void for want of a world or a user stay void.
 */
export async function score(options: ScoreOptions): Promise<number> {
  const { run } = await readTrials(options.results, () => {});
  const pack = await loadPack(options.pack ?? run.pack);
  if (options.out !== undefined && existsSync(options.out)) {
    throw new AppError('USAGE', `${options.out} exists: expected a new file to write`);
  }
  const url = options.url ?? process.env.REHEARSE_URL;
  if (!url && !existsSync(options.data)) return judged(options, run, pack, async () => null);
  return withStore(options, async ({ url, key }) => {
    const { spans } = collectorClient(url, { lasting: true, patience: 0, key });
    return judged(options, run, pack, async (trial) => {
      if (!trial.traceComplete) return null;
      const found = await spans.spansOf(trial.id, options.signal);
      return found.complete ? found.spans : null;
    });
  });
}

async function judged(options: ScoreOptions, run: Run, pack: Pack, spansOf: SpansOf): Promise<number> {
  const writer = options.out === undefined ? null : await openResults(options.out, { ...run, end: null });
  const counts = { trials: 0, changed: 0, withSpans: 0, missingSpans: 0 };
  const judgeAgain = async (trial: Trial) => {
    options.signal.throwIfAborted();
    const spans = await spansOf(trial);
    const again = scoreStored(trial, spans, pack);
    counts.trials += 1;
    if (spans) counts.withSpans += 1;
    else if (trial.traceComplete) counts.missingSpans += 1;
    if (named(trial.outcome) !== named(again.outcome)) {
      counts.changed += 1;
      const name = formatTrial(trial.scenario.id, trial.index);
      console.log(`${name}\n  was ${named(trial.outcome)}\n  is  ${named(again.outcome)}`);
    }
    await writer?.append(again);
  };
  try {
    const { complete } = await readTrials(options.results, judgeAgain);
    if (writer && complete) await writer.end(run.end ?? micros(Date.now() * 1000));
    else await writer?.close();
  } catch (error) {
    await writer?.close();
    throw error;
  }
  const { trials, changed, withSpans, missingSpans } = counts;
  const without = missingSpans === 0 ? '' : `, ${missingSpans} without the spans they had`;
  console.log(
    `${counted(trials, 'trial')} judged again, ${withSpans} with their spans${without}: ${counted(changed, 'outcome')} changed`,
  );
  return 0;
}

/** `failed (harm): sent twice`. */
function named(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'passed':
      return 'passed';
    case 'failed':
      return `failed (${outcome.failure}): ${outcome.explanation}`;
    case 'void':
      return `void (${outcome.cause}): ${outcome.explanation}`;
  }
}
