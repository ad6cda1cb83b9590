import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useSearch } from 'wouter';
import type { CostDimension } from '../../../../domain/cost-row.ts';
import { counted, formatCount } from '../../../../domain/format.ts';
import { type RateBase, rateOfSplit } from '../../../../domain/outcome-cohort.ts';
import type { OutcomeCosts, OutcomeReport } from '../../../../domain/outcome-report.ts';
import { Page } from '../../ui/page.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { CostSection } from './cost-section.tsx';
import { FunnelTable } from './funnel-table.tsx';
import { MessageSection } from './message-section.tsx';
import { MetricFigures } from './metric-figures.tsx';
import { MetricsBar } from './metrics-bar.tsx';
import {
  exportPath,
  filtersOf,
  isNarrowed,
  type MetricsFilters,
  metricsPath,
  type ShownMessages,
} from './metrics-filters.ts';
import { costsQuery, outcomesQuery } from './metrics-queries.ts';
import { OutcomeSetUp } from './outcome-set-up.tsx';
import { rateSentence } from './rate-words.ts';
import { ReplyRateSection } from './reply-rate-section.tsx';
import { ReplyTimeSection } from './reply-time-section.tsx';
import { SplitTable } from './split-table.tsx';

/** Is the reply rate up, is the cost per reply down, which agent version did it? */
export function MetricsPage() {
  const filters = filtersOf(new URLSearchParams(useSearch()));
  const [, navigate] = useLocation();
  const { data: report, error, refetch, isPlaceholderData } = useQuery(outcomesQuery(filters));
  const base = filters.base ?? (report ? usualBase(report) : 'delivered');
  const change = (part: Partial<MetricsFilters>) =>
    navigate(metricsPath({ ...filters, shown: null, ...part }), { replace: true });
  const nothing = report && report.cohorts.length === 0 && report.unattributed.outcomes === 0;
  return (
    <Page title="Metrics" heading="Metrics" actions={report && !nothing && <Exports filters={filters} />}>
      <MetricsBar filters={filters} base={base} onChange={change} />
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !report ? (
        <Loading what="the reply rates" />
      ) : nothing ? (
        <NoOutcomes filters={filters} />
      ) : (
        <div className={isPlaceholderData ? 'stale' : undefined}>
          <Report report={report} filters={filters} base={base} />
        </div>
      )}
    </Page>
  );
}

/** Per delivered message, unless nobody tells of deliveries. */
function usualBase({ overall: { mature, maturing } }: OutcomeReport): RateBase {
  return mature.delivered + maturing.delivered > 0 ? 'delivered' : 'sent';
}

type ReportProps = { report: OutcomeReport; filters: MetricsFilters; base: RateBase };

function Report({ report, filters, base }: ReportProps) {
  const costs = useQuery(costsQuery(filters));
  const [, navigate] = useLocation();
  const show = (shown: ShownMessages) => navigate(metricsPath({ ...filters, shown }));
  const { overall, unattributed, days } = report;
  const costBy = (by: CostDimension) => navigate(metricsPath({ ...filters, costBy: by }), { replace: true });
  const pick = (start: number, value: string | null = null) =>
    show({ stage: 'sent', start, value, within: null });
  return (
    <>
      <p className="lead">{rateSentence(overall, rateOfSplit(overall, base), base, days)}</p>
      <Caveats report={report} simulated={isSimulated(costs.data)} />
      <MetricFigures overall={overall} base={base} days={days} costs={costs.data ?? null} />
      {filters.shown && (
        <MessageSection
          key={JSON.stringify(filters.shown)}
          filters={filters}
          shown={filters.shown}
          step={report.step}
        />
      )}
      <ReplyRateSection report={report} filters={filters} base={base} onPick={pick} />
      <SplitTable report={report} costs={costs.data ?? null} filters={filters} base={base} />
      <FunnelTable mature={overall.mature} filters={filters} days={days} />
      <ReplyTimeSection
        filters={filters}
        base={base}
        onPick={(within) => show({ stage: 'replied', start: null, value: null, within })}
      />
      {costs.error ? (
        <section>
          <h2>What messages cost</h2>
          <Failure error={costs.error} onRetry={() => void costs.refetch()} />
        </section>
      ) : costs.data ? (
        <CostSection costs={costs.data} filters={filters} onPick={pick} onCostBy={costBy} />
      ) : (
        <Loading rows={6} what="the costs" />
      )}
      {unattributed.outcomes > 0 && (
        <p className="muted">
          In this range, {counted(unattributed.outcomes, 'outcome')} (
          {counted(unattributed.replies, 'reply', 'replies')}) of messages that nobody said were sent: counted
          nowhere until a <code>sent</code> comes.
        </p>
      )}
    </>
  );
}

/** What limits the figures. */
function Caveats({ report: { overall, days }, simulated }: { report: OutcomeReport; simulated: boolean }) {
  const { sent, aggregated } = overall.mature;
  return (
    <>
      {simulated && (
        <p className="muted">
          Some of this is simulated: models named <code>sim/</code>, and readers who answer by documented
          assumptions. It compares versions and foretells nothing.
        </p>
      )}
      {aggregated > 0 && (
        <p className="muted">
          {formatCount(aggregated)} of {formatCount(sent)} messages come as aggregates: what became of them
          has no times and is not cut at {days} days.
        </p>
      )}
    </>
  );
}

function isSimulated(costs: OutcomeCosts | undefined): boolean {
  return costs?.rows.some(({ model }) => model?.startsWith('sim/')) ?? false;
}

function Exports({ filters }: { filters: MetricsFilters }) {
  return (
    <span className="exports">
      <span className="muted">Rows:</span>{' '}
      <a href={exportPath(filters, 'cohorts', 'csv')} download>
        rates CSV
      </a>{' '}
      <a href={exportPath(filters, 'cohorts', 'json')} download="reply-rates.json">
        rates JSON
      </a>{' '}
      <a href={exportPath(filters, 'costs', 'csv')} download>
        costs CSV
      </a>{' '}
      <a href={exportPath(filters, 'costs', 'json')} download="costs.json">
        costs JSON
      </a>
    </span>
  );
}

/** Filtered to nothing is another thing than nothing yet. */
function NoOutcomes({ filters }: { filters: MetricsFilters }) {
  const everything = { ...filters, where: filtersOf(new URLSearchParams()).where, shown: null };
  const longest = metricsPath({ ...filters, range: '3y', shown: null });
  if (isNarrowed(filters)) {
    return (
      <Empty title="No results: no message in this range matches these filters">
        <p>
          <Link href={metricsPath(everything)}>Clear the filters</Link> or{' '}
          <Link href={longest}>look at three years</Link>
        </p>
      </Empty>
    );
  }
  return (
    <Empty title={filters.range === '3y' ? 'No outcomes yet' : 'No outcomes yet in this range'}>
      <OutcomeSetUp />
      {filters.range !== '3y' && (
        <p>
          Older ones may be there: <Link href={longest}>look at three years</Link>.
        </p>
      )}
    </Empty>
  );
}
