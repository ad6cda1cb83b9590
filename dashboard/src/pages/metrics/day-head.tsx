import { Link } from 'wouter';
import { type MetricsFilters, metricsPath } from './metrics-filters.ts';

type DayHeadProps = {
  filters: MetricsFilters;
  /** Epoch microseconds. */
  start: number;
};

/** The head of a row for what was sent from a day on: it leads to those messages. */
export function DayHead({ filters, start }: DayHeadProps) {
  const shown = { stage: 'sent', start, value: null, within: null } as const;
  return (
    <th scope="row">
      <Link className="row-link" href={metricsPath({ ...filters, shown })}>
        {dayName(start)}
      </Link>
    </th>
  );
}

/** `12 Nov`, with the year where it is another. */
export function dayName(micros: number): string {
  const day = new Date(micros / 1000);
  const year = day.getUTCFullYear() === new Date().getUTCFullYear() ? {} : ({ year: 'numeric' } as const);
  return day.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC', ...year });
}
