import { lazy } from 'react';
import { Link } from 'wouter';
import { formatCount, formatRate, formatRateInterval } from '../../../../domain/format.ts';
import type { RateBase } from '../../../../domain/outcome-cohort.ts';
import type { OutcomeReport } from '../../../../domain/outcome-report.ts';
import type { Rate } from '../../../../domain/rate.ts';
import { ChartFigure } from './chart-figure.tsx';
import { DayHead, dayName } from './day-head.tsx';
import { type MetricsFilters, metricsPath } from './metrics-filters.ts';
import { stepWord } from './metrics-queries.ts';
import { type RateChart, rateChart, topOf } from './rate-series.ts';
import { BASE_WORDS, HUMAN_REPLY_RATE } from './rate-words.ts';
import { MOST_SERIES } from './series-look.ts';

const RateLineChart = lazy(async () => ({
  default: (await import('./rate-line-chart.tsx')).RateLineChart,
}));

const mostTicks = 8;

type Props = {
  report: OutcomeReport;
  filters: MetricsFilters;
  base: RateBase;
  /** `value`: of the dimension of the page, where one of several lines was picked. */
  onPick: (start: number, value?: string | null) => void;
};

/** Is the reply rate up? */
export function ReplyRateSection({ report, filters, base, onPick }: Props) {
  const values = report.by === null ? [null] : report.splits.slice(0, MOST_SERIES).map(({ value }) => value);
  const chart = rateChart(report.cohorts, { base, values, step: report.step });
  const word = stepWord(report.step);
  const left = report.splits.length - values.length;
  return (
    <section>
      <h2>Reply rate by {word} of sending</h2>
      <ChartFigure
        caption={
          <>
            Replies per {BASE_WORDS[base].one} within {report.days} days, with 95 % intervals; each message
            counts in the {word} it was sent in.
            {report.by !== null && left > 0 && ` The ${MOST_SERIES} with the most messages are drawn.`} Click
            a {word} for its messages{report.by !== null && ', a point for those of its line'}.
          </>
        }
        labels={chart.series.map(({ label }) => label)}
        table={<RateTable chart={chart} filters={filters} days={report.days} word={word} />}
      >
        <RateLineChart
          places={chart.starts}
          ticks={someOf(chart.starts)}
          nameOf={dayName}
          curves={chart.series.map(({ label, rates }) => ({
            label,
            points: rates.map((rate) => rate && { value: rate.rate, low: rate.low, high: rate.high }),
          }))}
          top={topOf(chart, HUMAN_REPLY_RATE)}
          reference={{ value: HUMAN_REPLY_RATE, label: `human ${formatRate(HUMAN_REPLY_RATE)}` }}
          pale={chart.maturingFrom === null ? null : { from: chart.maturingFrom, label: 'maturing' }}
          onPick={(start, line) => onPick(start, line === null ? null : valueShown(chart, line))}
        />
      </ChartFigure>
    </section>
  );
}

/** So many of the steps that their names have room. */
function someOf(starts: readonly number[]): number[] {
  const every = Math.ceil(starts.length / mostTicks);
  return starts.filter((_, place) => place % every === 0);
}

type RateTableProps = { chart: RateChart; filters: MetricsFilters; days: number; word: string };

function RateTable({ chart, filters, days, word }: RateTableProps) {
  const several = chart.series.length > 1;
  return (
    <div className="table-scroll">
      <table>
        <caption>A rate is of messages sent at least {days} days ago.</caption>
        <thead>
          <tr>
            <th scope="col">{word === 'day' ? 'Day' : 'Week from'}</th>
            {chart.series.map(({ label }) => (
              <th key={label} scope="col" className="number">
                {several ? label : 'Reply rate'}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chart.starts.map((start, place) => (
            <tr key={start}>
              <DayHead filters={filters} start={start} />
              {chart.series.map(({ label, rates }, line) => {
                const rate = rates[place] ?? null;
                const value = valueShown(chart, line);
                return (
                  <td key={label} className="number">
                    {rate && value !== null ? (
                      <Link
                        className="row-link"
                        href={metricsPath({
                          ...filters,
                          shown: { stage: 'sent', start, value, within: null },
                        })}
                      >
                        <RateCell rate={rate} />
                      </Link>
                    ) : (
                      <RateCell rate={rate} />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Of which value a line's messages are, where it is one of several. */
function valueShown({ series }: RateChart, line: number): string | null {
  return series.length > 1 ? (series[line]?.value ?? '') : null;
}

/** `2.05 % (1.6–2.6 %), 61 of 2,980` */
export function RateCell({ rate }: { rate: Rate | null }) {
  if (!rate) return <span className="muted">none</span>;
  return (
    <>
      <strong>{formatRate(rate.rate)}</strong>{' '}
      <span className="muted">
        {formatRateInterval(rate)}, {formatCount(rate.successes)} of {formatCount(rate.n)}
      </span>
    </>
  );
}
