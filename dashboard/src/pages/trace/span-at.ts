type Timed = { start: number; duration: number };

/** What was at work at a moment: of the spans under way what began last; where none is, of all that had begun. */
export function spanAt<S extends Timed>(spans: readonly S[], at: number): S | null {
  const begun = spans.filter(({ start }) => start <= at).toSorted((left, right) => left.start - right.start);
  return begun.findLast(({ start, duration }) => start + duration > at) ?? begun.at(-1) ?? spans[0] ?? null;
}
