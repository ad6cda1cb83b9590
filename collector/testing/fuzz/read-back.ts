import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Attack } from './attack.ts';

const listed = z.object({ traces: z.array(z.object({ traceId: z.string() })), next: z.string().nullable() });
const trace = z.object({ structure: z.object({ spanId: z.array(z.string()) }) });

const wholeTime = 'from=0&to=9007199254740991&limit=100';

/**
 * Reads traces of any time with their spans, text and log records, as the dashboard does: what was taken must be
 * readable.
 *
 * @returns what is wrong with the answers.
 */
export async function readBack(url: string, attack: Attack, mostTraces: number): Promise<string[]> {
  const faults: (string | null)[] = [];
  const get = async (path: string): Promise<unknown> => (await fetch(url + path)).json();
  const page = listed.safeParse(await get(`/api/traces?${wholeTime}`));
  if (!page.success) return [`/api/traces: ${page.error.message}`];
  for (const { traceId } of page.data.traces.slice(0, mostTraces)) {
    const found = trace.safeParse(await get(`/api/traces/${traceId}`));
    faults.push(found.success ? null : `/api/traces/${traceId}: ${found.error.message}`);
    faults.push(await attack.ask('GET', `/api/traces/${traceId}/logs`));
    for (const spanId of found.data?.structure.spanId.slice(0, 3) ?? []) {
      faults.push(await attack.ask('GET', `/api/traces/${traceId}/spans/${spanId}`));
    }
    await sleep(0);
  }
  return faults.filter((fault) => fault !== null);
}
