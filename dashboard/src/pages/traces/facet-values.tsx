import type { ReactNode } from 'react';
import { formatCount } from '../../../../domain/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Name } from '../../ui/name.tsx';
import { shownLabel } from '../../ui/shown-text.ts';

type FacetValuesProps = {
  label: string;
  values: readonly { value: string; words: string; count?: number; errors?: number }[];
  chosen: string | null;
  onChoose: (value: string | null) => void;
  children?: ReactNode;
};

/** The values of one facet; the chosen one is pressed, and pressing it again drops it. Nothing where there are none. */
export function FacetValues({ label, values, chosen, onChoose, children }: FacetValuesProps) {
  if (values.length === 0) return null;
  return (
    <fieldset>
      <legend>{label}</legend>
      <ul>
        {values.map(({ value, words, count, errors = 0 }) => (
          <li key={value}>
            <button
              type="button"
              className="facet-value"
              aria-pressed={value === chosen}
              title={shownLabel(words)}
              onClick={() => onChoose(value === chosen ? null : value)}
            >
              <Name of={words} className="facet-words" />
              {errors > 0 && (
                <span className="fail" title={`${formatCount(errors)} failed`}>
                  <Icon name="warning" />
                  <span className="visually-hidden">some failed</span>
                </span>
              )}
              {count !== undefined && <span className="muted">{formatCount(count)}</span>}
            </button>
          </li>
        ))}
      </ul>
      {children}
    </fieldset>
  );
}
