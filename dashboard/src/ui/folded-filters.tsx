import { type ReactNode, useState } from 'react';

const roomy = '(min-width: 900px)';

type FoldedFiltersProps = {
  /** What is chosen among them, in words: it stands in their place while they are folded. */
  chosen: readonly string[];
  children: ReactNode;
};

/** Filters after the first: in line where there is room, else folded, so that the figures come before them. */
export function FoldedFilters({ chosen, children }: FoldedFiltersProps) {
  const [open, setOpen] = useState(() => matchMedia(roomy).matches);
  return (
    <details
      className="folded-filters"
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{['More filters', ...chosen].join(', ')}</summary>
      <div>{children}</div>
    </details>
  );
}
