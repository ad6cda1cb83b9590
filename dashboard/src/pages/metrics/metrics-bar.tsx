import type { FormEvent } from 'react';
import type { RateBase } from '../../../../domain/outcome-cohort.ts';
import { OUTCOME_DIMENSIONS, type OutcomeDimension } from '../../../../domain/outcome-type.ts';
import { FoldedFilters } from '../../ui/folded-filters.tsx';
import { shownLabel } from '../../ui/shown-text.ts';
import {
  DIMENSION_LABELS,
  isNarrowed,
  type MetricsFilters,
  type MetricsRange,
  RANGES,
  REPLY_DAYS,
  stepOf,
} from './metrics-filters.ts';

type MetricsBarProps = {
  filters: MetricsFilters;
  /** What rates are over now, chosen or not. */
  base: RateBase;
  onChange: (part: Partial<MetricsFilters>) => void;
};

const nothing = { agentVersion: null, architecture: null, model: null, channel: null, campaign: null };

/** What the page is about. Its state is the address; text takes effect on Enter or on leaving the field. */
export function MetricsBar({ filters, base, onChange }: MetricsBarProps) {
  const setWhere = (name: OutcomeDimension, text: FormDataEntryValue | null) =>
    onChange({ where: { ...filters.where, [name]: textOf(text) } });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const where = OUTCOME_DIMENSIONS.map((name) => [name, textOf(form.get(name))]);
    onChange({ where: Object.fromEntries(where) });
  };
  return (
    <form className="filters" onSubmit={submit} aria-label="Choose what the figures are about">
      <label>
        <span>Sent</span>
        <select
          data-filter
          value={filters.range}
          onChange={({ target }) => onChange({ range: target.value as MetricsRange })}
        >
          {RANGES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <FoldedFilters chosen={chosenWords(filters)}>
        <label>
          <span>Answered within</span>
          <select value={filters.days} onChange={({ target }) => onChange({ days: Number(target.value) })}>
            {REPLY_DAYS.map((days) => (
              <option key={days} value={days}>
                {days} days
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>In steps of</span>
          <select
            value={stepOf(filters)}
            onChange={({ target }) => onChange({ step: target.value === 'week' ? 'week' : 'day' })}
          >
            <option value="day">a day</option>
            <option value="week">a week</option>
          </select>
        </label>
        <label>
          <span>Rate per</span>
          <select value={base} onChange={({ target }) => onChange({ base: target.value as RateBase })}>
            <option value="delivered">delivered message</option>
            <option value="sent">sent message</option>
            <option value="lead">contacted lead</option>
          </select>
        </label>
        <label>
          <span>Split by</span>
          <select
            value={filters.by ?? ''}
            onChange={({ target }) => onChange({ by: (target.value || null) as OutcomeDimension | null })}
          >
            <option value="">nothing</option>
            {OUTCOME_DIMENSIONS.map((name) => (
              <option key={name} value={name}>
                {DIMENSION_LABELS[name].toLowerCase()}
              </option>
            ))}
          </select>
        </label>
        {OUTCOME_DIMENSIONS.map((name) => (
          <label key={`${name} ${filters.where[name]}`}>
            <span>{DIMENSION_LABELS[name]}</span>
            <input
              name={name}
              defaultValue={filters.where[name] ?? ''}
              placeholder="any"
              spellCheck={false}
              autoComplete="off"
              onBlur={({ target }) => {
                if (textOf(target.value) !== filters.where[name]) setWhere(name, target.value);
              }}
              onKeyDown={({ key, currentTarget }) => {
                if (key === 'Escape') currentTarget.blur();
              }}
            />
          </label>
        ))}
        {isNarrowed(filters) && (
          <button type="button" className="quiet" onClick={() => onChange({ where: nothing })}>
            Clear
          </button>
        )}
      </FoldedFilters>
      <button type="submit" className="visually-hidden">
        Apply
      </button>
    </form>
  );
}

function chosenWords({ by, where }: MetricsFilters): string[] {
  const values = OUTCOME_DIMENSIONS.flatMap((name) => (where[name] === null ? [] : shownLabel(where[name])));
  return by === null ? values : [`by ${DIMENSION_LABELS[by].toLowerCase()}`, ...values];
}

function textOf(value: FormDataEntryValue | null): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
