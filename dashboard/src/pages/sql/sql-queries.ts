import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../../api.ts';
import { readRows, type SqlRows } from './sql-rows.ts';

export const ROW_LIMITS = [100, 1000, 10_000] as const;
/** A download takes more than a page can show. */
export const DOWNLOAD_LIMIT = 1_000_000;

export type SqlAnswer = SqlRows & { millis: number };

/** Asked once: the same answer stays until the query is run again. */
export function sqlQuery(sql: string, limit: number) {
  return queryOptions({
    queryKey: ['sql', sql, limit],
    queryFn: async ({ signal }): Promise<SqlAnswer> => {
      const began = performance.now();
      // One more than is shown tells whether there are more.
      const response = await ask({ sql, format: 'rows', limit: limit + 1 }, signal);
      return { ...readRows(await response.text(), limit), millis: performance.now() - began };
    },
    enabled: sql.trim() !== '',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    refetchOnWindowFocus: false,
  });
}

/** Puts the rows of a query into a file. @throws ApiError */
export async function download(sql: string, format: 'csv' | 'json'): Promise<void> {
  const response = await ask({ sql, format, limit: DOWNLOAD_LIMIT });
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = format === 'csv' ? 'query.csv' : 'query.jsonl';
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 0);
}

type Ask = { sql: string; format: 'rows' | 'csv' | 'json'; limit: number };

async function ask(json: Ask, signal?: AbortSignal): Promise<Response> {
  const response = await answered(api.query.$post({ json }, { init: signal ? { signal } : {} }));
  return response as unknown as Response; // Its body is rows, which the type of the client does not know.
}
