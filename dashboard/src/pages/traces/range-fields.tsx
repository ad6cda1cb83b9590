import type { FormEvent } from 'react';
import { type RangeName, rangeValue, type TraceFilters, typedRange } from './trace-filters.ts';

type RangeFieldsProps = { filters: TraceFilters; onChange: (part: Partial<TraceFilters>) => void };

const ROWS = [
  { legend: 'Cost in $', from: 'minCost', to: 'maxCost' },
  { legend: 'Duration in s', from: 'minDuration', to: 'maxDuration' },
] as const satisfies { legend: string; from: RangeName; to: RangeName }[];

/** From and to, of cost and of duration; both count when Enter is pressed or the field is left. */
export function RangeFields({ filters, onChange }: RangeFieldsProps) {
  return ROWS.map(({ legend, from, to }) => {
    const submit = (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      const form = new FormData(event.currentTarget);
      onChange({
        [from]: rangeValue(from, String(form.get(from))),
        [to]: rangeValue(to, String(form.get(to))),
      });
    };
    return (
      <fieldset key={legend}>
        <legend>{legend}</legend>
        <form className="range-fields" onSubmit={submit}>
          {([from, to] as const).map((name) => (
            <input
              key={`${name} ${filters[name]}`}
              name={name}
              inputMode="decimal"
              aria-label={`${legend}, ${name === from ? 'from' : 'to'}`}
              placeholder={name === from ? 'from' : 'to'}
              defaultValue={typedRange(name, filters[name])}
              autoComplete="off"
              onBlur={({ target }) => {
                const value = rangeValue(name, target.value);
                if (value !== filters[name]) onChange({ [name]: value });
              }}
            />
          ))}
          <button type="submit" className="visually-hidden">
            Apply
          </button>
        </form>
      </fieldset>
    );
  });
}
