import { shownLabel } from './shown-text.ts';

/** A name that others gave, on one line: as text, cut where it is long, its direction kept to itself. */
export function Name({ of, className }: { of: string; className?: string }) {
  return <bdi className={className}>{shownLabel(of)}</bdi>;
}
