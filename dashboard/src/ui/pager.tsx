import { Link } from 'wouter';

type PagerProps = {
  /** Cursor of this page; `null` on the first. */
  before: string | null;
  /** Cursor of the page after it; `null` on the last. */
  next: string | null;
  pathOf: (cursor: string | null) => string;
};

/** Pages are addresses: the browser's own way back works. */
export function Pager({ before, next, pathOf }: PagerProps) {
  if (before === null && next === null) return null;
  return (
    <nav className="pager" aria-label="Pages">
      {before !== null && (
        <Link href={pathOf(null)} className="button">
          Newest
        </Link>
      )}
      {next !== null && (
        <Link href={pathOf(next)} className="button">
          Older
        </Link>
      )}
      {next === null && <span className="muted">These are the oldest.</span>}
    </nav>
  );
}
