import type { LiveRow, RowState } from './live-rows.ts';

/** What the page is narrowed to; its address holds it. `null` does not filter. */
export type LiveFilters = { agent: string | null; service: string | null; only: Only | null };

export const ONLY = [
  { value: 'under-way', label: 'under way' },
  { value: 'looping', label: 'looping' },
  { value: 'errors', label: 'with errors' },
] as const;

type Only = (typeof ONLY)[number]['value'];

export function liveFiltersOf(search: URLSearchParams): LiveFilters {
  const text = (name: string) => search.get(name)?.trim() || null;
  return {
    agent: text('agent'),
    service: text('service'),
    only: ONLY.find(({ value }) => value === search.get('only'))?.value ?? null,
  };
}

export function livePath(filters: LiveFilters): string {
  const given = Object.entries(filters).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  const search = new URLSearchParams(given).toString();
  return search === '' ? '/live' : `/live?${search}`;
}

/** Texts match anywhere and in any case: names of agents are long, and this list is short. */
export function passes({ trace }: LiveRow, state: RowState, { agent, service, only }: LiveFilters): boolean {
  if (!contains(trace.agent ?? trace.name, agent) || !contains(trace.service, service)) return false;
  switch (only) {
    case null:
      return true;
    case 'under-way':
      return state === 'under way' || state === 'quiet';
    case 'looping':
      return trace.loops.kind === 'looped';
    case 'errors':
      return trace.errors > 0;
  }
}

function contains(text: string, part: string | null): boolean {
  return part === null || text.toLowerCase().includes(part.toLowerCase());
}
