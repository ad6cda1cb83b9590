import type { Rate } from '../../domain/rate.ts';
import { type Clustered, clusterBootstrap } from '../../domain/statistics/cluster-mean.ts';
import { percentile } from '../../domain/statistics/percentile.ts';
import { wilson } from '../../domain/wilson.ts';
import { randomStream } from '../../harness/world/random.ts';
import type { TrialMeasure } from './measure-trial.ts';

/** What was compared: an agent with so many tools and a model. */
export type Setting = { agent: string; version: string; tools: number; model: string };

/** A mean with its 95 % interval; the bounds are `null` where there is no spread to measure. */
export type Mean = { value: number; low: number | null; high: number | null; n: number };

/** The figures of one setting. Costs in nano-dollars, times in microseconds. */
export type ComparedSetting = Setting & {
  trials: number;
  voided: number;
  right: Rate;
  looped: Rate;
  hitLimit: Rate;
  /** A trial; `null`: nothing is priced. */
  cost: Mean | null;
  wasted: Mean | null;
  latency: Mean;
  /** Of first messages, simulated; `null` where none was sent. */
  replyRate: Mean | null;
};

const DRAWS = 1000;

/** Sums the trials of one setting up. */
export function comparedSetting(
  setting: Setting,
  measures: readonly (TrialMeasure | null)[],
): ComparedSetting | null {
  const valid = measures.filter((measure) => measure !== null);
  const rate = (holds: (measure: TrialMeasure) => boolean) =>
    wilson(valid.filter(holds).length, valid.length);
  const mean = (of: (measure: TrialMeasure) => readonly (number | null)[]) =>
    clusteredMean(
      valid.flatMap((measure) =>
        of(measure).flatMap((value) => (value === null ? [] : [{ cluster: measure.cluster, value }])),
      ),
    );
  const latency = mean(({ latency }) => [latency]);
  if (!latency) return null;
  return {
    ...setting,
    trials: valid.length,
    voided: measures.length - valid.length,
    right: rate(({ right }) => right),
    looped: rate(({ looped }) => looped),
    hitLimit: rate(({ hitLimit }) => hitLimit),
    cost: mean(({ cost }) => [cost]),
    wasted: mean(({ wasted }) => [wasted]),
    latency,
    replyRate: mean(({ replies }) => replies),
  };
}

/** The mean, and a bootstrap over clusters of scenarios: trials of one situation are alike. */
function clusteredMean(values: readonly Clustered[]): Mean | null {
  if (values.length === 0) return null;
  const value = values.reduce((sum, one) => sum + one.value, 0) / values.length;
  const several = new Set(values.map(({ cluster }) => cluster)).size > 1;
  const vectors = values.map((one) => ({ cluster: one.cluster, values: [one.value] }));
  const [drawn = []] = several ? clusterBootstrap(vectors, randomStream('compare', 'bootstrap'), DRAWS) : [];
  const means = [...drawn];
  return { value, low: percentile(means, 0.025), high: percentile(means, 0.975), n: values.length };
}
