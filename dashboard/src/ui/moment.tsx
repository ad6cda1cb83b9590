import { formatAge, formatMoment } from './age.ts';

/** How long ago, with the moment itself on hover. `at` in epoch microseconds. */
export function Moment({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at / 1000).toISOString()} title={formatMoment(at)}>
      {formatAge(at, Date.now() * 1000)}
    </time>
  );
}
