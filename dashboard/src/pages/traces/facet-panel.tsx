import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Dimension } from '../../../../domain/chart.ts';
import { formatCount } from '../../../../domain/format.ts';
import { facetQuery } from '../../queries.ts';
import { FacetValues } from './facet-values.tsx';
import { RangeFields } from './range-fields.tsx';
import { FILTER_LABELS, type TraceFilters } from './trace-filters.ts';

type FacetProps = { filters: TraceFilters; onChange: (part: Partial<TraceFilters>) => void };

/** Dimensions whose values are listed; one of them names the filter as well. */
const LISTED = [
  'kind',
  'service',
  'environment',
  'agent',
  'agentVersion',
  'model',
  'tool',
] as const satisfies (Dimension | keyof TraceFilters)[];
const TYPED = ['session', 'user', 'runId'] as const;

/** Of a dimension; the others can be typed. */
const mostValues = 8;

const wide = '(min-width: 1100px)';

/** Ways to narrow the list, by the values that there are in its time. */
export function FacetPanel({ filters, onChange }: FacetProps) {
  const [open, setOpen] = useState(() => matchMedia(wide).matches);
  return (
    <details className="facets" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Filters</summary>
      {open && (
        <>
          <p className="muted">Counts are spans in the time above.</p>
          <FacetValues
            label="Status"
            values={[
              { value: 'error', words: 'with errors' },
              { value: 'ok', words: 'without errors' },
            ]}
            chosen={filters.status}
            onChoose={(status) => onChange({ status })}
          />
          <FacetValues
            label="Loops"
            values={[{ value: 'yes', words: 'looping' }]}
            chosen={filters.loops}
            onChoose={(loops) => onChange({ loops })}
          />
          {LISTED.map((name) => (
            <Facet key={name} name={name} filters={filters} onChange={onChange} />
          ))}
          <RangeFields filters={filters} onChange={onChange} />
          {TYPED.map((name) => (
            <fieldset key={name}>
              <legend>{FILTER_LABELS[name]}</legend>
              <ExactValue
                key={filters[name]}
                label={FILTER_LABELS[name]}
                value={filters[name]}
                onChoose={(value) => onChange({ [name]: value })}
              />
            </fieldset>
          ))}
        </>
      )}
    </details>
  );
}

function Facet({ name, filters, onChange }: FacetProps & { name: (typeof LISTED)[number] }) {
  const { data, error } = useQuery(facetQuery(name, filters.range, mostValues));
  const label = FILTER_LABELS[name];
  if (error) return <p className="fail">The values of {label} could not be read.</p>;
  const said = data?.facet.values.flatMap(({ value, spans, errors }) =>
    value === null ? [] : [{ value, words: value, count: spans, errors }],
  );
  const more = (data?.facet.distinct ?? 0) - (data?.facet.values.length ?? 0);
  return (
    <FacetValues
      label={label}
      values={said ?? []}
      chosen={filters[name]}
      onChoose={(value) => onChange({ [name]: value })}
    >
      {more > 0 && (
        <ExactValue
          key={filters[name]}
          label={`${label}: another of ${formatCount(more)} more`}
          value={null}
          onChoose={(value) => onChange({ [name]: value })}
        />
      )}
    </FacetValues>
  );
}

type ExactValueProps = { label: string; value: string | null; onChoose: (value: string | null) => void };

/** A value that has to be known: it is compared whole. */
function ExactValue({ label, value, onChoose }: ExactValueProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('value');
    onChoose(typeof typed === 'string' && typed.trim() !== '' ? typed.trim() : null);
  };
  return (
    <form onSubmit={submit}>
      <input
        name="value"
        aria-label={label}
        placeholder="whole value, Enter"
        defaultValue={value ?? ''}
        spellCheck={false}
        autoComplete="off"
      />
    </form>
  );
}
