import { formatCost, formatDuration, formatPercent } from '../../domain/format.ts';
import type { Mean } from '../../domain/mean.ts';
import type { Rate } from '../../domain/rate.ts';
import { nanoUsd } from '../../domain/units.ts';
import type { Comparison } from './compare.ts';
import type { ComparedSetting } from './comparison.ts';

/** A figure and its interval, in words. */
export type Figure = { value: string; interval: string };

const NONE: Figure = { value: '-', interval: '' };

export function shareWords({ rate, low, high }: Rate): Figure {
  return { value: formatPercent(rate), interval: `${Math.round(low * 100)} to ${Math.round(high * 100)}` };
}

export function costWords(mean: Mean | null): Figure {
  return meanWords(mean, (value) => formatCost(nanoUsd(value)));
}

export function timeWords(mean: Mean): Figure {
  return meanWords(mean, (value) => formatDuration(Math.round(value)));
}

export function replyWords(mean: Mean | null): Figure {
  return meanWords(mean, (value) => `${(value * 100).toFixed(2)} %`);
}

function meanWords(mean: Mean | null, write: (value: number) => string): Figure {
  if (!mean) return NONE;
  const { value, low, high } = mean;
  return {
    value: write(value),
    interval: low === null || high === null ? '' : `${write(low)} to ${write(high)}`,
  };
}

/** What is shown of a setting, in the order of the columns. */
export const COLUMNS: readonly { title: string; about: string; of(setting: ComparedSetting): Figure }[] = [
  {
    title: 'right',
    about: 'trials with all effects that were due and none else',
    of: ({ right }) => shareWords(right),
  },
  { title: 'loops', about: 'trials in which the agent looped', of: ({ looped }) => shareWords(looped) },
  {
    title: 'limit ends',
    about: 'trials in which it, or a part of it, ended at a limit of steps',
    of: ({ hitLimit }) => shareWords(hitLimit),
  },
  { title: 'wasted', about: 'cost of looping, a trial', of: ({ wasted }) => costWords(wasted) },
  { title: 'cost', about: 'a trial', of: ({ cost }) => costWords(cost) },
  { title: 'latency', about: "a trial, on the world's clock", of: ({ latency }) => timeWords(latency) },
  {
    title: 'simulated replies',
    about: 'probability of a reply to a first message, by simulated prospects',
    of: ({ replyRate }) => replyWords(replyRate),
  },
];

/** What a reader has to know before the figures: that they are simulated, and what made them. */
export function preface(comparison: Comparison): string[] {
  const { simulated, settings, scenarios, trialsPerScenario, pack, seed } = comparison;
  const models = [...new Set(settings.map(({ model }) => model))];
  const trials = trialsPerScenario === 1 ? '1 trial' : `${trialsPerScenario} trials`;
  return [
    ...(simulated
      ? [
          'SIMULATED. The models are policies with planted faults, not language models: the figures show how these architectures differ under the parameters below, and say nothing of any real model.',
          ...models.filter((model) => model.startsWith('sim/')).map(parametersOf),
        ]
      : []),
    `Replies are simulated in any case: ${prospectWords(comparison)} (docs/reference/prospects.md).`,
    `Pack ${pack}: ${scenarios} scenarios, ${trials} of each, seed ${seed}; each world has all APIs of the pack. 95 % intervals: of shares Wilson's, of means Student's over clusters of scenarios.`,
  ];
}

function parametersOf(model: string): string {
  const [policy, ...faults] = model.split('+');
  if (faults.length === 0) return `${model}: the policy without a fault.`;
  return `${model}: the policy ${policy} with ${faults.map((fault) => fault.replace('=', ' ')).join(', ')} (docs/reference/simulated-models.md).`;
}

function prospectWords({ prospects }: Comparison): string {
  const { replyRate, relevanceFactor, trueClaimFactor, falseClaimFactor, bestWords, earlierTouchFactor } =
    prospects;
  return `${replyRate * 100} % at middling relevance, a factor of ${relevanceFactor} from none to full, ${trueClaimFactor} a true and ${falseClaimFactor} a false claim, best at ${bestWords} words, ${earlierTouchFactor} for each message before`;
}
