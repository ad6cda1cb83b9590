import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useLocation, useSearch } from 'wouter';
import type { AuditEntry } from '../../../../domain/access.ts';
import { api, body } from '../../api.ts';
import { formatMoment } from '../../ui/age.ts';
import { Icon } from '../../ui/icon.tsx';
import { Name } from '../../ui/name.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ScrolledTable } from '../../ui/scrolled-table.tsx';
import { shownText } from '../../ui/shown-text.ts';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { RANGES, type Range, startOf } from '../traces/trace-filters.ts';

/** Its state is the address. `before`: the page begins before that moment, in epoch milliseconds. */
type AuditFilters = { range: Range; before: string | null };

function auditQuery({ range, before }: AuditFilters) {
  return queryOptions({
    queryKey: ['audit', range, before],
    queryFn: ({ signal }) => {
      const from = String(Math.floor(startOf(range, Date.now()) / 1000));
      return body(
        api.audit.$get({ query: { from, ...(before === null ? {} : { before }) } }, { init: { signal } }),
      );
    },
    placeholderData: keepPreviousData,
  });
}

/** Who did what, when, to what? */
export function AuditPage() {
  const filters = filtersOf(new URLSearchParams(useSearch()));
  const [, navigate] = useLocation();
  const { data, error, refetch, isPlaceholderData } = useQuery(auditQuery(filters));
  return (
    <Page title="Audit log" heading="Audit log">
      <form className="filters" aria-label="Choose a time">
        <label>
          <span>Time</span>
          <select
            data-filter
            value={filters.range}
            onChange={({ target }) =>
              navigate(auditPath({ range: target.value as Range, before: null }), { replace: true })
            }
          >
            {RANGES.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </form>
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading what="the audit log" />
      ) : (
        <div className={isPlaceholderData ? 'stale' : undefined}>
          {data.entries.length === 0 ? <Nothing filters={filters} /> : <Entries entries={data.entries} />}
          <Pager
            before={filters.before}
            next={data.next === null ? null : String(data.next)}
            pathOf={(before) => auditPath({ ...filters, before })}
          />
        </div>
      )}
    </Page>
  );
}

/** Nothing in this time is another thing than nothing ever. */
function Nothing({ filters: { range, before } }: { filters: AuditFilters }) {
  if (range !== 'all' || before !== null) {
    return (
      <Empty title="No results: nothing was done in this time">
        <p>
          <Link href={auditPath({ range: 'all', before: null })}>Look at all time</Link>
        </p>
      </Empty>
    );
  }
  return (
    <Empty title="Nothing is written down yet">
      <p>
        Here stands who deletes, sets, makes and revokes what in this project, who speaks to agents, and the
        SQL of people. Who signs in stands in the project <code>default</code>.
      </p>
    </Empty>
  );
}

function Entries({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <ScrolledTable label="Entries">
      <table className="top audit">
        <caption className="visually-hidden">What was done, latest first</caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">What</th>
            <th scope="col">On what, or with what</th>
            <th scope="col" className="number">
              Answer
            </th>
          </tr>
        </thead>
        <tbody>
          {keyed(entries).map(({ key, entry: { at, actor, action, subject, status } }) => (
            <tr key={key}>
              <td>
                <time dateTime={new Date(at).toISOString()}>{formatMoment(at * 1000)}</time>
              </td>
              <th scope="row">
                <Name of={actor.replace(/^person:/, '').replace(':', ' ')} />
              </th>
              <td>
                <code>{action}</code>
              </td>
              <td className="wide">
                <Subject of={subject} />
              </td>
              <td className={status < 400 ? 'number muted' : 'number fail'}>
                {status >= 400 && <Icon name="warning" />} {status}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}

/** What stands in one line; of more the rest opens below it. */
const mostInLine = 160;

function Subject({ of }: { of: string }) {
  const text = shownText(of);
  if (text.length <= mostInLine && !text.includes('\n')) return <bdi className="mono">{text}</bdi>;
  return (
    <details>
      <summary>
        <bdi className="mono">{text.replaceAll('\n', ' ').slice(0, mostInLine)}</bdi> …
      </summary>
      <pre className="text">{text}</pre>
    </details>
  );
}

/** The same may be done twice in a millisecond. */
function keyed(entries: readonly AuditEntry[]): { key: string; entry: AuditEntry }[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const content = JSON.stringify(entry);
    const times = (seen.get(content) ?? 0) + 1;
    seen.set(content, times);
    return { key: `${content} ${times}`, entry };
  });
}

function filtersOf(search: URLSearchParams): AuditFilters {
  const before = search.get('before');
  return {
    range: RANGES.find(({ value }) => value === search.get('range'))?.value ?? 'all',
    before: before !== null && /^\d+$/.test(before) ? before : null,
  };
}

function auditPath({ range, before }: AuditFilters): string {
  const search = new URLSearchParams();
  if (range !== 'all') search.set('range', range);
  if (before !== null) search.set('before', before);
  return search.size === 0 ? '/audit' : `/audit?${search}`;
}
