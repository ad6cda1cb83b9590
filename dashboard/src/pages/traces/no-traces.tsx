import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { formatCount } from '../../../../domain/format.ts';
import { traceCountQuery } from '../../queries.ts';
import { SetUp } from '../../ui/set-up.tsx';
import { Empty } from '../../ui/states.tsx';
import {
  activeFilters,
  isNarrowed,
  NO_FILTERS,
  RANGES,
  type TraceFilters,
  tracesPath,
} from './trace-filters.ts';

type NoTracesProps = {
  filters: TraceFilters;
  /** Where the list was given up for lack of time; `null` where all was looked through. */
  next: string | null;
};

/** Filtered to nothing is another thing than nothing yet, and than nothing found in the time that there was. */
export function NoTraces({ filters, next }: NoTracesProps) {
  if (next !== null) {
    return (
      <Empty title="Nothing found so far">
        <p>
          There was no time to look through all of it.{' '}
          <Link href={tracesPath({ ...filters, before: next })}>Look further</Link>
        </p>
      </Empty>
    );
  }
  const range = RANGES.find(({ value }) => value === filters.range);
  const within = filters.range === 'all' ? '' : ` in the ${range?.label.toLowerCase()}`;
  const allTime = <Link href={tracesPath({ ...filters, before: null, range: 'all' })}>Look at all time</Link>;
  if (isNarrowed(filters)) {
    return (
      <Empty title={`No results: no trace${within} matches these filters`}>
        <WhatToDrop filters={filters} />
        <p>
          <Link href={tracesPath({ ...NO_FILTERS, range: filters.range })}>Clear the filters</Link>
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

/** How many traces there would be without each filter. */
function WhatToDrop({ filters }: { filters: TraceFilters }) {
  const active = activeFilters(filters);
  if (active.length < 2) return null;
  return (
    <ul>
      {active.map(({ name, label, value }) => (
        <li key={name}>
          <Dropped filters={{ ...filters, [name]: null }} words={`Without ${label} ${value}`} />
        </li>
      ))}
    </ul>
  );
}

/** Nothing found in the time that there was is not a nothing. */
function totalWords({ count, exact }: { count: number; exact: boolean }): string {
  if (!exact && count === 0) return 'not counted within a second';
  return `${exact ? '' : 'at least '}${formatCount(count)} ${count === 1 ? 'trace' : 'traces'}`;
}

function Dropped({ filters, words }: { filters: TraceFilters; words: string }) {
  const { data } = useQuery(traceCountQuery(filters));
  const total = data?.total;
  return (
    <>
      <Link href={tracesPath({ ...filters, before: null })}>{words}</Link>{' '}
      <span className="muted">{total && totalWords(total)}</span>
    </>
  );
}
