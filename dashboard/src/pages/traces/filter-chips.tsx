import { Link } from 'wouter';
import { Icon } from '../../ui/icon.tsx';
import { Name } from '../../ui/name.tsx';
import { shownLabel } from '../../ui/shown-text.ts';
import { activeFilters, isNarrowed, NO_FILTERS, type TraceFilters, tracesPath } from './trace-filters.ts';

/** What narrows the list, each with the way to drop it; nothing where nothing does. */
export function FilterChips({ filters }: { filters: TraceFilters }) {
  if (!isNarrowed(filters)) return null;
  const without = (part: Partial<TraceFilters>) => tracesPath({ ...filters, before: null, ...part });
  return (
    <ul className="chips" aria-label="Filters">
      {activeFilters(filters).map(({ name, label, value }) => (
        <li key={name}>
          <Link
            href={without({ [name]: null })}
            replace
            className="chip"
            title={`Drop ${label}: ${shownLabel(value)}`}
          >
            <span className="muted">{label}</span> <Name of={value} className="chip-value" />
            <Icon name="cross" />
            <span className="visually-hidden">drop this filter</span>
          </Link>
        </li>
      ))}
      <li>
        <Link href={without(NO_FILTERS)} replace className="button quiet">
          Drop all
        </Link>
      </li>
    </ul>
  );
}
