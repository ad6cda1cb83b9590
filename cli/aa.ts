import { resampled } from '../ci/resampling.ts';
import { simulate } from '../ci/simulation.ts';
import { formatPercent } from '../domain/format.ts';
import { wilson } from '../domain/wilson.ts';
import { randomStream } from '../harness/index.ts';
import { loadGatePolicy } from './gate-config.ts';
import { readPool } from './read-pool.ts';

export type AaOptions = {
  files: readonly string[];
  config?: string;
  runs: number;
  depth: number;
  bar: number;
  seed: string;
};

/**
 * Prints how often the gate would fail an agent that did not change: baselines and candidates are both drawn from the
 * same stored trials. 1 where it is more often than `bar`.
 */
export async function aa({ files, config, runs, depth, bar, seed }: AaOptions): Promise<number> {
  const policy = await loadGatePolicy(config);
  const pool = await readPool(files);
  const scenarios = resampled(pool);
  const random = randomStream(seed, 'aa');
  const counts = { pass: 0, fail: 0, inconclusive: 0, 'cannot-measure': 0 };
  let extra = 0;
  for (let run = 0; run < runs; run++) {
    const { verdict, firstLook, played } = simulate(scenarios, depth, policy, random);
    counts[verdict.kind] += 1;
    extra += played - firstLook.length;
  }
  const { rate, low, high } = wilson(counts.fail, runs);
  const share = (count: number) => formatPercent(count / runs);
  console.log(
    `${pool.pack}: ${pool.agent} on ${pool.model}, ${scenarios.length} scenarios, ${policy.trials} trials of each against ${depth}, ${runs} resamples`,
  );
  console.log(
    `false alarms  ${formatPercent(rate)} (${counts.fail} of ${runs}; 95 % interval ${(low * 100).toFixed(1)} to ${(high * 100).toFixed(1)} %), at most ${formatPercent(bar)} wanted`,
  );
  console.log(`passed        ${share(counts.pass)}`);
  console.log(`inconclusive  ${share(counts.inconclusive)}`);
  console.log(`further trials ${(extra / runs).toFixed(1)} a run, on ${scenarios.length * policy.trials}`);
  return rate > bar ? 1 : 0;
}
