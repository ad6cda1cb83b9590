import { clusteredMean, type Mean } from '../../domain/mean.ts';
import type { Rate } from '../../domain/rate.ts';
import { wilson } from '../../domain/wilson.ts';
import type { TrialMeasure } from './measure-trial.ts';

/** What was compared: an agent with so many tools and a model. */
export type Setting = { agent: string; version: string; tools: number; model: string };

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
