import { lazy, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { CostDimension } from '../../../../domain/cost-row.ts';
import { counted, formatCost, formatCount, formatRate, formatUnitCost } from '../../../../domain/format.ts';
import type { OutcomeCosts } from '../../../../domain/outcome-report.ts';
import { tracePath } from '../../paths.ts';
import { Cost } from '../../ui/cost.tsx';
import { tracesPath } from '../traces/trace-filters.ts';
import { ChartFigure } from './chart-figure.tsx';
import { costsBy, costsPer, sumPoints, tellingDimensions } from './cost-figures.ts';
import { DayHead, dayName } from './day-head.tsx';
import type { MetricsFilters } from './metrics-filters.ts';

const CostChart = lazy(async () => ({ default: (await import('./cost-chart.tsx')).CostChart }));

const COST_LABELS: Record<CostDimension, string> = {
  model: 'Model',
  role: 'Role',
  tool: 'Tool',
  agent: 'Agent',
  agentVersion: 'Agent version',
};
const mostShown = 5;

type CostSectionProps = {
  costs: OutcomeCosts;
  filters: MetricsFilters;
  onPick: (start: number) => void;
  onCostBy: (by: CostDimension) => void;
};

/** Is the cost per reply down, where does the money go, and what of it bought nothing? */
export function CostSection({ costs, filters, onPick, onCostBy }: CostSectionProps) {
  const { traces } = costs;
  if (traces.named === 0) {
    return (
      <section>
        <h2>What messages cost</h2>
        <p className="muted">
          No message names the trace in which it was written: send <code>traceId</code> with <code>sent</code>
          .
        </p>
      </section>
    );
  }
  const all = costsPer(costs);
  return (
    <section>
      <h2>What messages cost</h2>
      <p className="prose">
        {formatCost(all.cost)} for {counted(all.messages, 'mature message')} with a stored trace:{' '}
        <Per cost={all.perMessage} what="message" />, <Per cost={all.perReply} what="reply" />,{' '}
        <Per cost={all.perMeeting} what="meeting" />.
        {traces.missing > 0 && ` Named by messages, but not stored: ${counted(traces.missing, 'trace')}.`}
        {traces.named > traces.read &&
          ` Only the newest ${formatCount(traces.read)} of ${formatCount(traces.named)} traces were read.`}
      </p>
      <CostOverTime costs={costs} filters={filters} onPick={onPick} />
      <div className="columns">
        <CostTable costs={costs} filters={filters} onCostBy={onCostBy} />
        <WasteTable costs={costs} />
      </div>
    </section>
  );
}

function Per({ cost, what }: { cost: number | null; what: string }): ReactNode {
  return (
    <>
      <strong>{cost === null ? 'nothing known' : formatUnitCost(cost)}</strong> a {what}
    </>
  );
}

function CostOverTime({ costs, filters, onPick }: Omit<CostSectionProps, 'onCostBy'>) {
  const mature = costs.points.filter(({ maturing }) => !maturing);
  const byStart = [...Map.groupBy(mature, ({ start }) => start)].map(([start, points]) => ({
    start,
    ...costsPer({ points }),
  }));
  if (byStart.length < 2) return null;
  return (
    <ChartFigure
      caption="Cost per reply by the time of sending; where nobody answered there is none. Click a bar for its messages."
      labels={[]}
      table={
        <div className="table-scroll">
          <table>
            <caption>Messages that name a stored trace, mature ones alone.</caption>
            <thead>
              <tr>
                <th scope="col">Sent</th>
                <th scope="col" className="number">
                  Cost per reply
                </th>
                <th scope="col" className="number">
                  Cost
                </th>
                <th scope="col" className="number">
                  Messages
                </th>
                <th scope="col" className="number">
                  Replied
                </th>
              </tr>
            </thead>
            <tbody>
              {byStart.map(({ start, perReply, cost, messages, replied }) => (
                <tr key={start}>
                  <DayHead filters={filters} start={start} />
                  <td className="number">{perReply === null ? 'none' : formatUnitCost(perReply)}</td>
                  <td className="number">{formatCost(cost)}</td>
                  <td className="number">{formatCount(messages)}</td>
                  <td className="number">{formatCount(replied)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      }
    >
      <CostChart
        points={byStart.map(({ start, perReply }) => ({ start, cost: perReply }))}
        nameOf={dayName}
        onPick={onPick}
      />
    </ChartFigure>
  );
}

function CostTable({ costs, filters, onCostBy }: Omit<CostSectionProps, 'onPick'>) {
  const telling = tellingDimensions(costs);
  const by = filters.costBy ?? telling[0] ?? 'model';
  const rows = costsBy(costs, by);
  const whole = rows.reduce((sum, { cost }) => sum + cost, 0);
  return (
    <div>
      <div className="filters">
        <label>
          <span>Cost by</span>
          <select value={by} onChange={({ target }) => onCostBy(target.value as CostDimension)}>
            {Object.entries(COST_LABELS).map(([name, label]) => (
              <option key={name} value={name}>
                {label.toLowerCase()}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="table-scroll">
        <table>
          <caption>All model calls of the traces, maturing messages and declined work included.</caption>
          <thead>
            <tr>
              <th scope="col">{COST_LABELS[by]}</th>
              <th scope="col" className="number">
                Cost
              </th>
              <th scope="col" className="number">
                Share
              </th>
              <th scope="col" className="number">
                Calls
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ value, cost, calls, unpricedCalls }) => (
              <tr key={value ?? ''}>
                <th scope="row">
                  {value !== null && by !== 'role' ? (
                    <Link
                      className="row-link"
                      href={tracesPath({ range: tracesRange(filters), [by]: value })}
                    >
                      {value}
                    </Link>
                  ) : (
                    (value ?? (by === 'tool' ? 'outside of tools' : 'not said'))
                  )}
                </th>
                <td className="number">
                  <Cost cost={cost > 0 || unpricedCalls === 0 ? cost : null} unpricedCalls={unpricedCalls} />
                </td>
                <td className="number">{whole > 0 ? formatRate(cost / whole) : ''}</td>
                <td className="number">{formatCount(calls)}</td>
              </tr>
            ))}
            <tr className="total">
              <th scope="row">Together</th>
              <td className="number">{formatCost(whole)}</td>
              <td />
              <td className="number">{formatCount(rows.reduce((sum, { calls }) => sum + calls, 0))}</td>
            </tr>
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** As far back as the list of traces goes, to hold this range. */
function tracesRange({ range }: MetricsFilters) {
  return range === '7d' || range === '30d' ? range : 'all';
}

const WASTE_WORDS = {
  failures: 'Traces that failed',
  loops: 'Loops without progress',
  retries: 'Calls that failed and were made again',
} as const;

function WasteTable({ costs }: { costs: OutcomeCosts }) {
  const { cost, wasted } = sumPoints(costs.points);
  return (
    <div>
      <h3>Wasted</h3>
      <div className="table-scroll">
        <table>
          <caption>
            Part of the cost, each dollar once.
            {costs.unjudged > 0 && ` Not known to loop or not: ${counted(costs.unjudged, 'trace')}.`}
          </caption>
          <thead>
            <tr>
              <th scope="col">On</th>
              <th scope="col" className="number">
                Cost
              </th>
              <th scope="col" className="number">
                Share
              </th>
              <th scope="col">Dearest traces</th>
            </tr>
          </thead>
          <tbody>
            {(['failures', 'loops', 'retries'] as const).map((kind) => (
              <tr key={kind}>
                <th scope="row">{WASTE_WORDS[kind]}</th>
                <td className="number">{formatCost(wasted[kind])}</td>
                <td className="number">{cost > 0 ? formatRate(wasted[kind] / cost) : ''}</td>
                <td>
                  {costs.wasteful
                    .filter((trace) => trace.wasted[kind] > 0)
                    .slice(0, mostShown)
                    .map(({ traceId }) => (
                      <Link
                        key={traceId}
                        className="row-link mono apart"
                        href={tracePath(traceId)}
                        title={traceId}
                      >
                        {traceId.slice(0, 8)}
                      </Link>
                    ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
