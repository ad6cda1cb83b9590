import type { FormEvent } from 'react';
import { RANGES, type Range, type TraceFilters } from './trace-filters.ts';

type FilterBarProps = {
  filters: TraceFilters;
  onChange: (part: Partial<TraceFilters>) => void;
  onRefresh: () => void;
  /** Whether new traces show as they come; `null` where they cannot. */
  live: boolean | null;
  onLive: (live: boolean) => void;
};

/** What is searched and when, and how it is kept up to date. The filters by value stand beside it: see FacetPanel. */
export function FilterBar({ filters, onChange, onRefresh, live, onLive }: FilterBarProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onChange({ q: textOf(new FormData(event.currentTarget).get('q')) });
  };
  return (
    <form className="filters" onSubmit={submit} aria-label="Search the traces">
      <label key={filters.q} className="filter-text">
        <span>Text</span>
        <input
          name="q"
          type="search"
          defaultValue={filters.q ?? ''}
          placeholder='words, "a phrase"'
          spellCheck={false}
          autoComplete="off"
          maxLength={500}
          data-filter
          onBlur={({ target }) => {
            const q = textOf(target.value);
            if (q !== filters.q) onChange({ q });
          }}
          onKeyDown={({ key, currentTarget }) => {
            if (key === 'Escape') currentTarget.blur();
          }}
        />
      </label>
      <label>
        <span>Time</span>
        <select value={filters.range} onChange={({ target }) => onChange({ range: target.value as Range })}>
          {RANGES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="visually-hidden">
        Search
      </button>
      <button type="button" onClick={onRefresh}>
        Refresh
      </button>
      {live !== null && (
        <button type="button" aria-pressed={live} onClick={() => onLive(!live)}>
          {live ? 'Live: on' : 'Live: off'}
        </button>
      )}
    </form>
  );
}

function textOf(value: FormDataEntryValue | null): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
