import { type ReactNode, useEffect, useState } from 'react';
import { ApiError } from '../api.ts';
import { Icon } from './icon.tsx';

const skeletonDelayMillis = 150;

/** The geometry of what is to come, shown only when it takes long enough to notice. */
export function Loading({ rows = 12, what }: { rows?: number; what: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), skeletonDelayMillis);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{late ? `Loading ${what}` : ''}</span>
      {late &&
        Array.from({ length: rows }, (_, row) => row).map((row) => (
          <span key={row} className="skeleton-row" />
        ))}
    </div>
  );
}

/** Where the data would be: what went wrong, what to do, and a way to try again. */
export function Failure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const code = error instanceof ApiError ? error.code : 'PAGE_DEFECT';
  const hint =
    error instanceof ApiError
      ? error.hint
      : 'This is a defect of the page: please report it with the message.';
  return (
    <div className="state" role="alert">
      <h2>
        <Icon name="warning" className="fail" /> {error.message}
      </h2>
      <p>{hint}</p>
      <p className="state-actions">
        <button type="button" onClick={onRetry}>
          Retry
        </button>
        <code className="muted">{code}</code>
      </p>
    </div>
  );
}

/** There is nothing, and that is no error: say what would make something appear. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
