import type { ReactNode } from 'react';

/** The figures at the head of a page: a name, a value, and what qualifies it. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className="figures">{children}</dl>;
}

export function Figure({ name, value, note }: { name: string; value: ReactNode; note?: ReactNode }) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd>
        <span className="figure-value">{value}</span>
        {note !== undefined && <span className="figure-note">{note}</span>}
      </dd>
    </div>
  );
}
