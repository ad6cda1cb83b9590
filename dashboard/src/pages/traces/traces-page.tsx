import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { counted, formatCount } from '../../../../domain/format.ts';
import { traceCountQuery, tracesQuery } from '../../queries.ts';
import { CopyLink } from '../../ui/copy-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Failure, Loading } from '../../ui/states.tsx';
import { FacetPanel } from './facet-panel.tsx';
import { FilterBar } from './filter-bar.tsx';
import { FilterChips } from './filter-chips.tsx';
import { NoTraces } from './no-traces.tsx';
import { filtersOf, searchOf, type TraceFilters, tracesPath } from './trace-filters.ts';
import { TracesTable } from './traces-table.tsx';
import { useLiveTraces } from './use-live-traces.ts';
import { ViewMenu } from './view-menu.tsx';

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
    <Page
      title="Traces"
      heading="Traces"
      actions={
        <>
          <ViewMenu page="traces" search={searchOf({ ...filters, before: null })} /> <CopyLink />
        </>
      }
    >
      <FilterBar
        filters={filters}
        onChange={change}
        onRefresh={() => void refetch()}
        live={newest ? live : null}
        onLive={setLive}
      />
      <FilterChips filters={filters} />
      <div className="faceted">
        <FacetPanel filters={filters} onChange={change} />
        {error ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <Loading what="the traces" />
        ) : data.traces.length === 0 ? (
          <NoTraces filters={filters} next={data.next} />
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
      </div>
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
      {counted(known, 'trace')}
    </p>
  );
}
