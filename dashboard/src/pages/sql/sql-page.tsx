import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import { Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { Downloads } from './downloads.tsx';
import { ResultTable } from './result-table.tsx';
import { Running } from './running.tsx';
import { SqlEditor } from './sql-editor.tsx';
import { SqlError } from './sql-error.tsx';
import { ROW_LIMITS, sqlQuery } from './sql-queries.ts';
import { sqlReference } from './sql-reference.ts';
import { SqlTables } from './sql-tables.tsx';

/** docs/reference/sql.md, put in by the build. */
declare const SQL_REFERENCE: string;

/** Anything else, asked of the store itself. The address holds the query that was run. */
export function SqlPage() {
  const [search, setSearch] = useSearchParams();
  const asked = search.get('q') ?? '';
  const limit = ROW_LIMITS.find((rows) => String(rows) === search.get('limit')) ?? ROW_LIMITS[1];
  const [text, setText] = useState(asked);
  const [shown, setShown] = useState(asked);
  if (shown !== asked) {
    // The way back, or an example: the editor follows the address.
    setShown(asked);
    setText(asked);
  }
  const editor = useRef<HTMLTextAreaElement>(null);
  const reference = useMemo(() => sqlReference(SQL_REFERENCE), []);
  const client = useQueryClient();
  const query = sqlQuery(asked, limit);
  const { data, error, isFetching, refetch } = useQuery(query);

  const run = (sql: string) => {
    if (sql.trim() === '') return;
    if (sql === asked) void refetch();
    else setSearch({ q: sql, ...(limit === ROW_LIMITS[1] ? {} : { limit: String(limit) }) });
  };
  const insert = (name: string) => {
    const field = editor.current;
    if (!field) return;
    field.focus();
    field.setRangeText(name, field.selectionStart, field.selectionEnd, 'end');
    setText(field.value);
  };
  const select = (start: number, end: number) => {
    editor.current?.focus();
    editor.current?.setSelectionRange(start, end);
  };

  return (
    <Page title={asked ? `SQL: ${asked.replace(/\s+/g, ' ').slice(0, 60)}` : 'SQL'} heading="SQL">
      <div className="sql">
        <div className="sql-main">
          <SqlEditor
            editor={editor}
            text={text}
            limit={limit}
            running={isFetching}
            onText={setText}
            onRun={() => run(text)}
            onLimit={(rows) =>
              setSearch(
                (now) => {
                  now.set('limit', String(rows));
                  return now;
                },
                { replace: true },
              )
            }
          />
          {isFetching ? (
            <Running onCancel={() => void client.cancelQueries({ queryKey: query.queryKey })} />
          ) : error ? (
            <SqlError error={error} sql={asked} onRetry={() => void refetch()} onSelect={select} />
          ) : data ? (
            <section aria-label="Result">
              <ResultTable key={asked} answer={data} />
              <Downloads sql={asked} />
            </section>
          ) : (
            <Empty title={asked ? 'Stopped before it had an answer' : 'Ask the store anything'}>
              <p>
                {asked
                  ? 'Run it again, or ask for less.'
                  : 'Write SQL above, or take an example. The store is only read: 60 seconds and 2 GB a query.'}
              </p>
            </Empty>
          )}
        </div>
        <SqlTables reference={reference} onInsert={insert} onExample={run} />
      </div>
    </Page>
  );
}
