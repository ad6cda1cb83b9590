import { useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { Link } from 'wouter';
import { counted, formatRate, formatRateInterval } from '../../../../domain/format.ts';
import type { EventShare } from '../../../../domain/kaplan-meier.ts';
import type { RateBase } from '../../../../domain/outcome-cohort.ts';
import type { ReplyCurve } from '../../../../domain/outcome-report.ts';
import { Failure, Loading } from '../../ui/states.tsx';
import { ChartFigure } from './chart-figure.tsx';
import { type MetricsFilters, metricsPath } from './metrics-filters.ts';
import { replyCurveQuery } from './metrics-queries.ts';
import { roundUp } from './rate-series.ts';

const RateLineChart = lazy(async () => ({
  default: (await import('./rate-line-chart.tsx')).RateLineChart,
}));

const hoursOfDay = 24;
const weeks = [0, 7, 14, 21, 28];
const tableDays = [1, 2, 3, 5, 7, 10, 14, 21, 30];

type Props = {
  filters: MetricsFilters;
  base: RateBase;
  /** Days after sending. */
  onPick: (days: number) => void;
};

/** When do replies come, and what will the young messages come to? */
export function ReplyTimeSection({ filters, base, onPick }: Props) {
  const over = base === 'delivered' ? 'delivered' : 'sent';
  const { data, error, refetch } = useQuery(replyCurveQuery(filters, over));
  return (
    <section>
      <h2>How replies come with time</h2>
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading rows={4} what="the times of replies" />
      ) : data.shares.length === 0 ? (
        <p className="muted">
          {data.messages === 0
            ? `No ${over} messages with times of their own in this range; aggregates have none.`
            : `${counted(data.messages, 'message')}, and no reply yet.`}
        </p>
      ) : (
        <CurveFigure curve={data} over={over} filters={filters} onPick={onPick} />
      )}
    </section>
  );
}

type CurveProps = Omit<Props, 'base'> & { curve: ReplyCurve; over: string };

function CurveFigure({ curve, over, filters, onPick }: CurveProps) {
  const { shares, horizon } = curve;
  const last = shares.at(-1);
  const end = last ? [{ ...last, time: horizon }] : [];
  const drawn = [{ time: 0, share: 0, low: 0, high: 0, atRisk: curve.messages }, ...shares, ...end];
  const top = Math.max(...shares.map(({ high }) => high)) * 1.1;
  return (
    <ChartFigure
      caption={
        <>
          Share of {counted(curve.messages, `${over} message`)} answered by so many days after sending, as
          Kaplan and Meier estimate it, with its 95 % interval: a young message counts for the days it has
          had. Click a day for what was answered by then.
        </>
      }
      labels={[]}
      table={<CurveTable shares={shares} horizon={horizon} filters={filters} />}
    >
      <RateLineChart
        places={drawn.map(({ time }) => time / hoursOfDay)}
        nameOf={(day) => `${Math.round(day)} d`}
        curves={[
          {
            label: 'answered',
            points: drawn.map(({ share, low, high }) => ({ value: share, low, high })),
          },
        ]}
        top={Math.min(1, roundUp(top))}
        ticks={weeks.filter((day) => day * hoursOfDay <= horizon)}
        steps
        onPick={(day) => onPick(Math.max(1, Math.ceil(day)))}
      />
    </ChartFigure>
  );
}

type CurveTableProps = { shares: readonly EventShare[]; horizon: number; filters: MetricsFilters };

function CurveTable({ shares, horizon, filters }: CurveTableProps) {
  const rows = tableDays
    .filter((day) => day * hoursOfDay <= horizon)
    .map((day) => ({ day, known: shares.findLast(({ time }) => time <= day * hoursOfDay) }));
  return (
    <div className="table-scroll">
      <table>
        <caption>Share answered by so many days after sending.</caption>
        <thead>
          <tr>
            <th scope="col">Days</th>
            <th scope="col" className="number">
              Answered
            </th>
            <th scope="col" className="number">
              95 % interval
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ day, known }) => (
            <tr key={day}>
              <th scope="row">
                <Link
                  className="row-link"
                  href={metricsPath({
                    ...filters,
                    shown: { stage: 'replied', start: null, value: null, within: day },
                  })}
                >
                  {day}
                </Link>
              </th>
              <td className="number">{formatRate(known?.share ?? 0)}</td>
              <td className="number">{known ? formatRateInterval(known) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
