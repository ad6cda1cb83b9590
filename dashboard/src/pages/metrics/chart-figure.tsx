import { type ReactNode, useId } from 'react';
import { LazyChart } from '../../ui/lazy-chart.tsx';
import { dashOf, strokeOf } from './series-look.ts';

type ChartFigureProps = {
  caption: ReactNode;
  /** Names of the lines, in their order; one alone needs none. */
  labels: readonly string[];
  children: ReactNode;
  /** The same in figures. */
  table: ReactNode;
};

/** A chart with its legend, and its figures as a table beneath it. */
export function ChartFigure({ caption, labels, children, table }: ChartFigureProps) {
  const id = useId();
  return (
    <figure className="chart metrics-chart" aria-labelledby={id}>
      <figcaption id={id}>{caption}</figcaption>
      {labels.length > 1 && (
        <ul className="legend">
          {labels.map((label, index) => (
            <li key={label}>
              <svg width="28" height="10" aria-hidden="true">
                <path
                  d="M0 5h28"
                  stroke={strokeOf(index, labels.length)}
                  strokeWidth="2"
                  {...dashOf(index)}
                />
              </svg>
              {label}
            </li>
          ))}
        </ul>
      )}
      <LazyChart tall>
        <div className="chart-space tall" aria-hidden="true">
          {children}
        </div>
      </LazyChart>
      <details className="twin">
        <summary>Show as a table</summary>
        {table}
      </details>
    </figure>
  );
}
