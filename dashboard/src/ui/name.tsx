import { shownLabel } from './shown-text.ts';

/** Characters for which a cell has room (table.css). */
const mostInCell = 40;

/** A name that others gave, on one line: as text, cut where it is long, its direction kept to itself. */
export function Name({ of, className }: { of: string; className?: string }) {
  const label = shownLabel(of);
  return (
    <bdi className={className} title={label.length > mostInCell ? label : undefined}>
      {label}
    </bdi>
  );
}
