import { useState } from 'react';
import { formatCount } from '../../../../domain/format.ts';
import { DOWNLOAD_LIMIT, download } from './sql-queries.ts';

/** All rows of the query as a file; it is run again for that. */
export function Downloads({ sql }: { sql: string }) {
  const [state, setState] = useState<{ kind: 'idle' | 'busy' } | { kind: 'failed'; message: string }>({
    kind: 'idle',
  });
  const get = async (format: 'csv' | 'json') => {
    setState({ kind: 'busy' });
    try {
      await download(sql, format);
      setState({ kind: 'idle' });
    } catch (error) {
      setState({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  };
  const busy = state.kind === 'busy';
  return (
    <p className="sql-status">
      <button type="button" disabled={busy} onClick={() => void get('csv')}>
        Download CSV
      </button>
      <button type="button" disabled={busy} onClick={() => void get('json')}>
        Download JSON lines
      </button>
      <span className="muted" role="status">
        {busy ? 'Fetching' : `runs it again, for at most ${formatCount(DOWNLOAD_LIMIT)} rows`}
      </span>
      {state.kind === 'failed' && (
        <span className="fail" role="alert">
          {state.message}
        </span>
      )}
    </p>
  );
}
