import { alignedLines } from '../ci/aligned-lines.ts';
import { type Damage, oneBroken, resampled, uniformDrop } from '../ci/resampling.ts';
import { simulate } from '../ci/simulation.ts';
import { formatPercent } from '../domain/format.ts';
import { randomStream } from '../harness/index.ts';
import { loadGatePolicy } from './gate-config.ts';
import { readPool } from './read-pool.ts';

export type PowerOptions = {
  files: readonly string[];
  config?: string;
  runs: number;
  depth: number;
  seed: string;
};

/** Prints how often the gate would catch changes for the worse, planted into resamples of stored trials. */
export async function power({ files, config, runs, depth, seed }: PowerOptions): Promise<number> {
  const policy = await loadGatePolicy(config);
  const pool = await readPool(files);
  const changes: (readonly [string, Damage])[] = [
    ['nothing changed', () => 0],
    ...[0.05, 0.1, 0.15, 0.2].map(
      (drop) => [`all worse by ${drop * 100} points`, uniformDrop(pool, drop)] as const,
    ),
    ['the most reliable scenario passes 3 times in 20', oneBroken(pool)],
  ];
  const rows = changes.map(([name, damage]) => {
    const scenarios = resampled(pool, damage);
    const random = randomStream(seed, name);
    const counts = { pass: 0, fail: 0, inconclusive: 0, 'cannot-measure': 0 };
    let played = 0;
    for (let run = 0; run < runs; run++) {
      const simulated = simulate(scenarios, depth, policy, random);
      counts[simulated.verdict.kind] += 1;
      played += simulated.played;
    }
    const share = (count: number) => formatPercent(count / runs);
    return [
      name,
      share(counts.fail),
      share(counts.pass),
      share(counts.inconclusive),
      (played / runs).toFixed(0),
    ];
  });
  console.log(
    `${pool.pack}: ${pool.agent} on ${pool.model}, ${Object.keys(pool.scenarios).length} scenarios, ${policy.trials} trials of each against ${depth}, ${runs} resamples a line\n`,
  );
  console.log(alignedLines([['change', 'fail', 'pass', 'inconclusive', 'trials'], ...rows]).join('\n'));
  return 0;
}
