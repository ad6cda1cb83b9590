import { formatCost, formatCount, formatDuration } from '../../../../domain/format.ts';
import type { Measures, RatioDifference, ShareDifference } from '../../../../domain/run-comparison.ts';
import { IntervalLine } from '../../ui/interval-line.tsx';
import { LeaningMark } from '../../ui/leaning-mark.tsx';
import { chanceWords, pointsWords, rateWords, ratioWords, reachWords } from './comparison-words.ts';

const SHARES = [
  { key: 'passed', name: 'Passed', about: 'all that a scenario asks for' },
  { key: 'right', name: 'Effects right', about: 'all effects that were due and none else' },
  { key: 'looped', name: 'Looped', about: 'more steps without progress than allowed' },
] as const satisfies readonly { key: keyof Measures; name: string; about: string }[];

const counted = (value: number) => formatCount(Math.round(value * 10) / 10);

const RATIOS = [
  { key: 'cost', name: 'Cost', about: 'a trial', words: (value: number) => formatCost(value) },
  {
    key: 'latency',
    name: 'Latency',
    about: "a trial, on the world's clock",
    words: (value: number) => formatDuration(Math.round(value)),
  },
  { key: 'modelCalls', name: 'Model calls', about: 'a trial', words: counted },
  { key: 'toolCalls', name: 'Tool calls', about: 'a trial', words: counted },
] as const satisfies readonly {
  key: keyof Measures;
  name: string;
  about: string;
  words: (value: number) => string;
}[];

/** Each measure on both sides, its difference, and whether that is more than noise. */
export function MeasureTable({ measures }: { measures: Measures }) {
  const shares = SHARES.flatMap((row) => {
    const found = measures[row.key];
    return found ? [{ ...row, found }] : [];
  });
  const ratios = RATIOS.flatMap((row) => {
    const found = measures[row.key];
    return found ? [{ ...row, found }] : [];
  });
  const shareReach = reachOf(
    shares.map(({ found }) => found.difference),
    0,
  );
  const ratioReach = reachOf(
    ratios.flatMap(({ found }) => found.ratio ?? []),
    1,
  );
  return (
    <div className="table-scroll">
      <table className="measures">
        <caption>
          Candidate against baseline: the mean over scenarios, each counting the same, with 95 % intervals
        </caption>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col" className="number">
              Baseline
            </th>
            <th scope="col" className="number">
              Candidate
            </th>
            <th scope="col" className="number">
              Difference
            </th>
            <th scope="col" className="number">
              95 % interval
            </th>
            <th scope="col">
              <span className="visually-hidden">Drawn</span>
            </th>
            <th scope="col" className="number" title="Exact, of a difference so large if nothing had changed">
              Chance
            </th>
            <th scope="col">The candidate is</th>
            <th scope="col" className="number">
              Scenarios
            </th>
          </tr>
        </thead>
        <tbody>
          {shares.map(({ key, name, about, found }) => (
            <ShareRow key={key} name={name} about={about} found={found} reach={shareReach} />
          ))}
          {ratios.map(({ key, found, ...row }) => (
            <RatioRow key={key} {...row} found={found} reach={ratioReach} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps<Found> = { name: string; about: string; found: Found; reach: number };

function ShareRow({ name, about, found, reach }: RowProps<ShareDifference>) {
  const { baseline, candidate, difference, p, leaning, scenarios } = found;
  return (
    <tr>
      <MeasureName name={name} about={about} />
      <td className="number">{rateWords(baseline)}</td>
      <td className="number">{rateWords(candidate)}</td>
      <td className="number strong">{pointsWords(difference.value)}</td>
      <td className="number muted">{reachWords(difference, pointsWords)}</td>
      <td>
        <IntervalLine interval={difference} none={0} reach={reach} />
      </td>
      <td className="number muted">{chanceWords(p)}</td>
      <td>
        <LeaningMark leaning={leaning} />
      </td>
      <td className="number muted">{formatCount(scenarios)}</td>
    </tr>
  );
}

type RatioRowProps = RowProps<RatioDifference> & { words: (value: number) => string };

function RatioRow({ name, about, found, reach, words }: RatioRowProps) {
  const { baseline, candidate, ratio, leaning, scenarios } = found;
  return (
    <tr>
      <MeasureName name={name} about={about} />
      <td className="number">{words(baseline)}</td>
      <td className="number">{words(candidate)}</td>
      <td className="number strong">{ratio && ratioWords(ratio.value)}</td>
      <td className="number muted">
        {ratio ? reachWords(ratio, ratioWords) : 'one scenario tells no spread'}
      </td>
      <td>{ratio && <IntervalLine interval={ratio} none={1} reach={reach} />}</td>
      <td />
      <td>
        <LeaningMark leaning={leaning} />
      </td>
      <td className="number muted">{formatCount(scenarios)}</td>
    </tr>
  );
}

function MeasureName({ name, about }: { name: string; about: string }) {
  return (
    <th scope="row">
      {name} <span className="muted roomy">{about}</span>
    </th>
  );
}

/** So far from "no difference" the farthest bound lies: all lines of a kind have one scale. */
function reachOf(intervals: readonly { low: number; high: number }[], none: number): number {
  return Math.max(
    0.01,
    ...intervals.flatMap(({ low, high }) => [Math.abs(low - none), Math.abs(high - none)]),
  );
}
