import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { formatCount } from '../../../../domain/format.ts';
import { traceCountQuery, tracesQuery } from '../../queries.ts';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { SetUp } from '../../ui/set-up.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { FilterBar } from './filter-bar.tsx';
import { filtersOf, isNarrowed, RANGES, type TraceFilters, tracesPath } from './trace-filters.ts';
import { TracesTable } from './traces-table.tsx';
import { useLiveTraces } from './use-live-traces.ts';

/** Which traces are slow, dear or failing? */
export function TracesPage() {
  const filters = filtersOf(new URLSearchParams(useSearch()));
  const [, navigate] = useLocation();
  const { data, error, refetch, isPlaceholderData } = useQuery(tracesQuery(filters));
  const [live, setLive] = useState(false);
  // An older page does not change.
  const newest = filters.before === null;
  useLiveTraces(live && newest, () => void refetch());
  const change = (part: Partial<TraceFilters>) =>
    navigate(tracesPath({ ...filters, before: null, ...part }), { replace: true });

  return (
    <Page title="Traces" heading="Traces">
      <FilterBar
        filters={filters}
        onChange={change}
        onRefresh={() => void refetch()}
        live={newest ? live : null}
        onLive={setLive}
      />
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading what="the traces" />
      ) : data.traces.length === 0 ? (
        <NoTraces filters={filters} />
      ) : (
        <div className={isPlaceholderData ? 'stale' : undefined}>
          <TracesTable traces={data.traces} />
          <Shown shown={data.traces.length} filters={filters} />
          <Pager
            before={filters.before}
            next={data.next}
            pathOf={(before) => tracesPath({ ...filters, before })}
          />
        </div>
      )}
    </Page>
  );
}

/** How many of the traces this page shows; of how many is counted up to a second, and said so where that was not enough. */
function Shown({ shown, filters }: { shown: number; filters: TraceFilters }) {
  const { data } = useQuery(traceCountQuery(filters));
  if (!data) return null;
  const { count, exact } = data.total;
  const known = Math.max(count, shown);
  return (
    <p className="muted">
      Showing {formatCount(shown)} of {exact ? '' : 'at least '}
      {formatCount(known)} traces
    </p>
  );
}

/** Filtered to nothing is another thing than nothing yet. */
function NoTraces({ filters }: { filters: TraceFilters }) {
  const range = RANGES.find(({ value }) => value === filters.range);
  const within = filters.range === 'all' ? '' : ` in the ${range?.label.toLowerCase()}`;
  const allTime = <Link href={tracesPath({ ...filters, before: null, range: 'all' })}>Look at all time</Link>;
  if (isNarrowed(filters)) {
    return (
      <Empty title={`No results: no trace${within} matches these filters`}>
        <p>
          <Link href={tracesPath({ range: filters.range })}>Clear the filters</Link>
          {filters.range !== 'all' && <> or {allTime}</>}
        </p>
      </Empty>
    );
  }
  if (filters.before !== null) return <Empty title="No older traces" />;
  return (
    <Empty title={filters.range === 'all' ? 'No traces yet' : `No traces yet${within}`}>
      <SetUp />
      {filters.range !== 'all' && <p>Older ones may be there: {allTime}.</p>}
    </Empty>
  );
}
