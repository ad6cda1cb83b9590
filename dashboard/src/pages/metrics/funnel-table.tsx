import { Link } from 'wouter';
import { formatCount } from '../../../../domain/format.ts';
import { type OutcomeCounts, rateOf } from '../../../../domain/outcome-cohort.ts';
import type { MessageStage } from '../../../../domain/sent-message.ts';
import { type MetricsFilters, metricsPath } from './metrics-filters.ts';
import { RateCell } from './reply-rate-section.tsx';

type FunnelTableProps = { mature: OutcomeCounts; filters: MetricsFilters; days: number };

/** How far messages came. Each row is of the messages sent. */
export function FunnelTable({ mature, filters, days }: FunnelTableProps) {
  const stages: { stage: MessageStage; name: string; count: number }[] = [
    { stage: 'sent', name: 'Sent', count: mature.sent },
    { stage: 'delivered', name: 'Delivered, as told', count: mature.delivered },
    { stage: 'replied', name: 'Replied', count: mature.replied },
    { stage: 'positive', name: 'Replied positively', count: mature.positive },
    { stage: 'meeting', name: 'Meeting booked', count: mature.meetings },
    { stage: 'bounced', name: 'Bounced', count: mature.bounced },
    { stage: 'opted-out', name: 'Opted out', count: mature.optedOut },
  ];
  return (
    <section>
      <h2>How far messages came</h2>
      <div className="table-scroll">
        <table>
          <caption>
            Messages sent at least {days} days ago, with what came within {days} days.
          </caption>
          <thead>
            <tr>
              <th scope="col">Stage</th>
              <th scope="col" className="number">
                Messages
              </th>
              <th scope="col" className="funnel-space">
                Of those sent
              </th>
              <th scope="col" className="number">
                Share, 95 % interval
              </th>
            </tr>
          </thead>
          <tbody>
            {stages.map(({ stage, name, count }) => (
              <tr key={stage}>
                <th scope="row">
                  <Link
                    data-row
                    className="row-link"
                    href={metricsPath({
                      ...filters,
                      shown: { stage, start: null, value: null, within: null },
                    })}
                  >
                    {name}
                  </Link>
                </th>
                <td className="number">{formatCount(count)}</td>
                <td className="funnel-space">
                  <FunnelBar share={mature.sent === 0 ? 0 : count / mature.sent} />
                </td>
                <td className="number">
                  {count === 0 ? (
                    <span className="muted">none told</span>
                  ) : (
                    stage !== 'sent' && <RateCell rate={rateOf(count, mature.sent)} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Decoration: the share stands beside it in figures. */
function FunnelBar({ share }: { share: number }) {
  const width = Math.min(100, share * 100);
  return (
    <svg className="funnel-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect width={width} height="10" />
    </svg>
  );
}
