import { Link } from 'wouter';
import type { Difference } from '../../../../domain/difference.ts';
import { formatCount, formatRateInterval, formatUnitCost } from '../../../../domain/format.ts';
import {
  type OutcomeSplit,
  type RateBase,
  rateDifference,
  rateOfSplit,
} from '../../../../domain/outcome-cohort.ts';
import type { OutcomeCosts, OutcomeReport } from '../../../../domain/outcome-report.ts';
import { costsPer } from './cost-figures.ts';
import { DIMENSION_LABELS, type MetricsFilters, metricsPath } from './metrics-filters.ts';
import { labelOf } from './rate-series.ts';
import { RateCell } from './reply-rate-section.tsx';

type SplitTableProps = {
  report: OutcomeReport;
  costs: OutcomeCosts | null;
  filters: MetricsFilters;
  base: RateBase;
};

/** Which of the versions did it: each value with its rate, and its difference to the one with the most messages. */
export function SplitTable({ report, costs, filters, base }: SplitTableProps) {
  const { by, splits } = report;
  const [reference] = splits;
  if (by === null || !reference) return null;
  return (
    <section>
      <h2>By {DIMENSION_LABELS[by].toLowerCase()}</h2>
      <div className="table-scroll">
        <table>
          <caption>
            Compared with {labelOf(reference.value)}, which sent the most. A difference whose interval holds 0
            may be chance.
          </caption>
          <thead>
            <tr>
              <th scope="col">{DIMENSION_LABELS[by]}</th>
              <th scope="col" className="number">
                Reply rate, 95 % interval
              </th>
              <th scope="col" className="number">
                Difference
              </th>
              <th scope="col" className="number">
                Sent
              </th>
              <th scope="col" className="number">
                Maturing
              </th>
              <th scope="col" className="number">
                Replied
              </th>
              <th scope="col" className="number">
                Positive
              </th>
              <th scope="col" className="number">
                Meetings
              </th>
              <th scope="col" className="number">
                Cost per reply
              </th>
            </tr>
          </thead>
          <tbody>
            {splits.map((split) => (
              <SplitRow
                key={labelOf(split.value)}
                split={split}
                difference={split === reference ? null : rateDifference(split, reference, base)}
                base={base}
                costs={costs}
                filters={filters}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type SplitRowProps = Omit<SplitTableProps, 'report'> & { split: OutcomeSplit; difference: Difference | null };

function SplitRow({ split, difference, base, costs, filters }: SplitRowProps) {
  const { value, mature, maturing } = split;
  const own = costs && costsPer({ points: costs.points.filter((point) => point.value === value) });
  return (
    <tr>
      <th scope="row">
        <Link
          data-row
          className="row-link"
          href={metricsPath({
            ...filters,
            shown: { stage: 'sent', start: null, value: value ?? '', within: null },
          })}
        >
          {labelOf(value)}
        </Link>
      </th>
      <td className="number">
        <RateCell rate={rateOfSplit(split, base)} />
      </td>
      <td className="number">
        <DifferenceCell difference={difference} />
      </td>
      <td className="number">{formatCount(mature.sent)}</td>
      <td className="number muted">{formatCount(maturing.sent)}</td>
      <td className="number">{formatCount(mature.replied)}</td>
      <td className="number">{formatCount(mature.positive)}</td>
      <td className="number">{formatCount(mature.meetings)}</td>
      <td className="number">{own?.perReply == null ? '' : formatUnitCost(own.perReply)}</td>
    </tr>
  );
}

/** `+0.62 pts, 0.2–1.1 %`: up and down by more than chance have their colours and words. */
function DifferenceCell({ difference }: { difference: Difference | null }) {
  if (!difference) return null;
  const { value, low, high } = difference;
  const sure = low > 0 ? 'pass' : high < 0 ? 'fail' : 'muted';
  const points = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(2)}`;
  return (
    <span title={`95 % interval ${formatRateInterval(difference)}`}>
      <span className={sure}>
        {points(value)} pts {low > 0 ? 'better' : high < 0 ? 'worse' : 'unsure'}
      </span>{' '}
      <span className="muted">
        {points(low)} to {points(high)}
      </span>
    </span>
  );
}
