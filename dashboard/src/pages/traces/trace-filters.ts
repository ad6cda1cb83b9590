/** How far back the list looks. `all` has no start. */
export const RANGES = [
  { value: '1h', label: 'Last hour', hours: 1 },
  { value: '24h', label: 'Last 24 hours', hours: 24 },
  { value: '7d', label: 'Last 7 days', hours: 168 },
  { value: '30d', label: 'Last 30 days', hours: 720 },
  { value: 'all', label: 'All time', hours: null },
] as const;

export type Range = (typeof RANGES)[number]['value'];

const defaultRange: Range = '7d';

/** The fields of the filter that narrow the list; each is a parameter of the page's address. */
const FILTER_FIELDS = ['q', 'status', 'service', 'agent', 'model', 'runId', 'loops'] as const;

export type TraceFilters = {
  range: Range;
  /** Cursor of the page. */
  before: string | null;
} & Record<(typeof FILTER_FIELDS)[number], string | null>;

export function filtersOf(search: URLSearchParams): TraceFilters {
  const text = (name: string) => search.get(name)?.trim() || null;
  const range = RANGES.find(({ value }) => value === search.get('range'))?.value ?? defaultRange;
  return {
    range,
    before: text('before'),
    q: text('q'),
    status: text('status'),
    service: text('service'),
    agent: text('agent'),
    model: text('model'),
    runId: text('runId'),
    loops: text('loops'),
  };
}

/** The address of the list with these filters; what is at its default is left out. */
export function tracesPath(filters: Partial<TraceFilters>): string {
  const search = new URLSearchParams();
  if (filters.range && filters.range !== defaultRange) search.set('range', filters.range);
  for (const name of [...FILTER_FIELDS, 'before'] as const) {
    const value = filters[name];
    if (value) search.set(name, value);
  }
  const text = search.toString();
  return text ? `/traces?${text}` : '/traces';
}

/** Whether anything but time narrows the list. */
export function isNarrowed(filters: TraceFilters): boolean {
  return FILTER_FIELDS.some((name) => filters[name] !== null);
}

/** The request for a list: `nowMillis` is the end of the range. */
export function traceQueryOf({ range, ...filters }: TraceFilters, nowMillis: number): Record<string, string> {
  const hours = RANGES.find(({ value }) => value === range)?.hours ?? null;
  const from = hours === null ? 0 : (nowMillis - hours * 3_600_000) * 1000;
  const given = Object.entries(filters).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return { from: String(from), ...Object.fromEntries(given) };
}
