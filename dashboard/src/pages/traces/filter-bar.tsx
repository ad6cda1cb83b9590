import type { FormEvent } from 'react';
import { isNarrowed, RANGES, type Range, type TraceFilters } from './trace-filters.ts';

type FilterBarProps = {
  filters: TraceFilters;
  onChange: (part: Partial<TraceFilters>) => void;
  onRefresh: () => void;
  /** Whether new traces show as they come; `null` where they cannot. */
  live: boolean | null;
  onLive: (live: boolean) => void;
};

const textFields = [
  { name: 'service', label: 'Service', placeholder: 'any' },
  { name: 'agent', label: 'Agent', placeholder: 'any' },
  { name: 'model', label: 'Model', placeholder: 'any' },
  { name: 'runId', label: 'Run', placeholder: 'any' },
  { name: 'q', label: 'Text', placeholder: 'words, "a phrase"' },
] as const;

const nothing = { q: null, status: null, service: null, agent: null, model: null, runId: null, loops: null };

/** The filters of the list. Their state is the page's address; text takes effect on Enter or on leaving the field. */
export function FilterBar({ filters, onChange, onRefresh, live, onLive }: FilterBarProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onChange(Object.fromEntries(textFields.map(({ name }) => [name, textOf(form.get(name))])));
  };
  return (
    <form className="filters" onSubmit={submit} aria-label="Filter the traces">
      {textFields.map(({ name, label, placeholder }, index) => (
        <label key={`${name} ${filters[name]}`}>
          <span>{label}</span>
          <input
            name={name}
            defaultValue={filters[name] ?? ''}
            placeholder={placeholder}
            spellCheck={false}
            autoComplete="off"
            data-filter={index === 0 || undefined}
            onBlur={({ target }) => {
              const value = textOf(target.value);
              if (value !== filters[name]) onChange({ [name]: value });
            }}
            onKeyDown={({ key, currentTarget }) => {
              if (key === 'Escape') currentTarget.blur();
            }}
          />
        </label>
      ))}
      <label>
        <span>Status</span>
        <select
          value={filters.status ?? ''}
          onChange={({ target }) => onChange({ status: textOf(target.value) })}
        >
          <option value="">any</option>
          <option value="ok">without errors</option>
          <option value="error">with errors</option>
        </select>
      </label>
      <label>
        <span>Loops</span>
        <select
          value={filters.loops ?? ''}
          onChange={({ target }) => onChange({ loops: textOf(target.value) })}
        >
          <option value="">any</option>
          <option value="yes">looping</option>
        </select>
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
        Apply
      </button>
      <button type="button" onClick={onRefresh}>
        Refresh
      </button>
      {live !== null && (
        <button type="button" aria-pressed={live} onClick={() => onLive(!live)}>
          {live ? 'Live: on' : 'Live: off'}
        </button>
      )}
      {isNarrowed(filters) && (
        <button type="button" className="quiet" onClick={() => onChange(nothing)}>
          Clear
        </button>
      )}
    </form>
  );
}

function textOf(value: FormDataEntryValue | null): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
