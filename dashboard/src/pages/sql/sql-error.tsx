import { ApiError } from '../../api.ts';
import { Icon } from '../../ui/icon.tsx';
import { Failure } from '../../ui/states.tsx';
import { errorPlace } from './error-place.ts';

type SqlErrorProps = {
  error: Error;
  sql: string;
  onRetry: () => void;
  onSelect: (start: number, end: number) => void;
};

/** What the store says is wrong and where it stands; what is no mistake of the SQL may be tried again. */
export function SqlError({ error, sql, onRetry, onSelect }: SqlErrorProps) {
  if (!(error instanceof ApiError) || error.code !== 'SQL_REFUSED') {
    return <Failure error={error} onRetry={onRetry} />;
  }
  const place = errorPlace(sql, error.message);
  return (
    <div className="sql-error" role="alert">
      <p>
        <Icon name="warning" className="fail" /> {error.message}
      </p>
      {place && (
        <>
          <pre>
            {sql.split('\n')[place.line - 1]}
            {'\n'}
            <span className="fail">
              {' '.repeat(place.column - 1)}
              {'^'.repeat(Math.max(1, place.end - place.start))}
            </span>
          </pre>
          <p>
            <button type="button" onClick={() => onSelect(place.start, place.end)}>
              Go to line {place.line}, column {place.column}
            </button>
          </p>
        </>
      )}
      <p className="muted">
        {error.hint} <code>{error.code}</code>
      </p>
    </div>
  );
}
