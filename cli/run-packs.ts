import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import PQueue from 'p-queue';
import { alignedLines } from '../ci/aligned-lines.ts';
import { formatDuration, formatPercent } from '../domain/format.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Pack } from '../harness/index.ts';
import { readTrials } from '../harness/index.ts';
import type { CollectorClient } from './collector-client.ts';
import { newRunId } from './new-run.ts';
import { agentOf } from './packs.ts';
import { rehearseProcess } from './rehearse-process.ts';
import { withCollector } from './with-collector.ts';
import { worstExit } from './worst-exit.ts';

export type RunPacksOptions = {
  packs: readonly Pack[];
  trials: number;
  seed: string;
  /** Directory of the results files, one a pack; default: in <data>/results. */
  out?: string | undefined;
  data: string;
  signal: AbortSignal;
  /** Runs the command of one pack; default: in a process of its own. */
  rehearse?: typeof rehearseProcess;
};

type Played = { pack: Pack; exit: number; outcomes: Outcome['kind'][]; millis: number };

/**
 * Rehearses on several packs the agent that each is for, in a process a pack, as many at a time as there are cores, and
 * prints a line for each. Tells what a pack's run prints where it is no pass.
 */
export async function runPacks({
  packs,
  trials,
  seed,
  out,
  data,
  signal,
  rehearse = rehearseProcess,
}: RunPacksOptions): Promise<number> {
  const directory = out ?? join(data, 'results', newRunId());
  const rehearseAll = async ({ url, lasting }: CollectorClient) => {
    const play = async (pack: Pack): Promise<Played> => {
      const start = Date.now();
      const file = join(directory, `${pack.name}.jsonl`);
      const chosen = ['--trials', String(trials), '--seed', seed, '--data', data];
      const args = ['run', pack.name, ...chosen, '--out', file];
      const ended = await rehearse(args, { collectorUrl: url, output: 'pipe', signal });
      if (ended.exit !== 0) console.log(`${pack.name}\n${ended.out}${ended.out === '' ? ended.error : ''}`);
      const outcomes: Outcome['kind'][] = [];
      if (existsSync(file)) await readTrials(file, ({ outcome }) => void outcomes.push(outcome.kind));
      return { pack, exit: ended.exit ?? 3, outcomes, millis: Date.now() - start };
    };
    // The longest first, so that none of them is alone at the end.
    const order = packs.toSorted((a, b) => b.scenarios.length - a.scenarios.length);
    const queue = new PQueue({ concurrency: availableParallelism() });
    const played = await queue.addAll(order.map((pack) => () => play(pack)));
    console.log(packTable(played));
    console.log(`results    ${directory}`);
    console.log(`dashboard  ${lasting ? `${url}/runs` : 'rehearse serve'}`);
    return worstExit(played.map(({ exit }) => exit));
  };
  return withCollector(data, rehearseAll, { lends: false });
}

function packTable(played: readonly Played[]): string {
  const rows = played.map(({ pack, outcomes, millis }) => {
    const count = (kind: Outcome['kind']) => outcomes.filter((one) => one === kind).length;
    const judged = outcomes.length - count('void');
    return [
      pack.name,
      agentOf(pack.name),
      String(pack.scenarios.length),
      String(count('passed')),
      String(count('failed')),
      String(count('void')),
      judged === 0 ? '-' : formatPercent(count('passed') / judged),
      formatDuration(millis * 1000),
    ];
  });
  const header = ['pack', 'agent', 'scenarios', 'pass', 'fail', 'void', 'pass rate', 'took'];
  const named = 2;
  return `${alignedLines([header, ...rows], (column) => column < named).join('\n')}\n`;
}
