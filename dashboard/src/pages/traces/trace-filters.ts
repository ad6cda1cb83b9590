import { formatCost, formatDuration } from '../../../../domain/format.ts';

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

/** What narrows the list, by its name in the page's address and in the API, in the order of the page. */
export const FILTER_LABELS = {
  q: 'Text',
  status: 'Status',
  loops: 'Loops',
  kind: 'Kind',
  service: 'Service',
  environment: 'Environment',
  agent: 'Agent',
  agentVersion: 'Agent version',
  model: 'Model',
  tool: 'Tool',
  session: 'Session',
  user: 'User',
  runId: 'Run',
  minCost: 'Cost from',
  maxCost: 'Cost to',
  minDuration: 'Duration from',
  maxDuration: 'Duration to',
} as const;

export type FilterName = keyof typeof FILTER_LABELS;

export const FILTER_NAMES = Object.keys(FILTER_LABELS) as FilterName[];

export type TraceFilters = {
  range: Range;
  /** Cursor of the page. */
  before: string | null;
} & Record<FilterName, string | null>;

/** Nothing narrows. */
export const NO_FILTERS = Object.fromEntries(FILTER_NAMES.map((name) => [name, null])) as Record<
  FilterName,
  null
>;

/** How many of a unit of the page make one of the address: dollars are nano-dollars there, seconds microseconds. */
export const RANGE_UNITS = {
  minCost: 1e9,
  maxCost: 1e9,
  minDuration: 1e6,
  maxDuration: 1e6,
} as const satisfies Partial<Record<FilterName, number>>;

export type RangeName = keyof typeof RANGE_UNITS;

export function filtersOf(search: URLSearchParams): TraceFilters {
  const text = (name: string) => search.get(name)?.trim() || null;
  const range = RANGES.find(({ value }) => value === search.get('range'))?.value ?? defaultRange;
  const named = Object.fromEntries(FILTER_NAMES.map((name) => [name, text(name)]));
  return { ...NO_FILTERS, ...named, range, before: text('before') };
}

/** The address of the list with these filters; what is at its default is left out. */
export function tracesPath(filters: Partial<TraceFilters>): string {
  const search = searchOf(filters);
  return search ? `/traces?${search}` : '/traces';
}

/** The query of that address. */
export function searchOf(filters: Partial<TraceFilters>): string {
  const search = new URLSearchParams();
  if (filters.range && filters.range !== defaultRange) search.set('range', filters.range);
  for (const name of [...FILTER_NAMES, 'before'] as const) {
    const value = filters[name];
    if (value) search.set(name, value);
  }
  return search.toString();
}

/** The filters that narrow the list beside time, with what they say. */
export function activeFilters(filters: TraceFilters): { name: FilterName; label: string; value: string }[] {
  return FILTER_NAMES.flatMap((name) => {
    const value = filters[name];
    return value === null ? [] : [{ name, label: FILTER_LABELS[name], value: valueWords(name, value) }];
  });
}

/** Whether anything but time narrows the list. */
export function isNarrowed(filters: TraceFilters): boolean {
  return FILTER_NAMES.some((name) => filters[name] !== null);
}

function valueWords(name: FilterName, value: string): string {
  const number = Number(value);
  if (!(name in RANGE_UNITS) || !Number.isFinite(number)) return value;
  return name.endsWith('Cost') ? formatCost(number) : formatDuration(number);
}

/** What was typed of a range, in dollars or seconds, as the address has it; `null` where it says nothing above zero. */
export function rangeValue(name: RangeName, typed: string): string | null {
  const value = Math.round(Number(typed.replace(',', '.')) * RANGE_UNITS[name]);
  return Number.isSafeInteger(value) && value > 0 ? String(value) : null;
}

/** What the address has of a range, in dollars or seconds. */
export function typedRange(name: RangeName, value: string | null): string {
  return value === null || !Number.isFinite(Number(value)) ? '' : String(Number(value) / RANGE_UNITS[name]);
}

/** The start of the range in microseconds since the epoch: `nowMillis` is its end. */
export function startOf(range: Range, nowMillis: number): number {
  const hours = RANGES.find(({ value }) => value === range)?.hours ?? null;
  return hours === null ? 0 : (nowMillis - hours * 3_600_000) * 1000;
}

/** The request for a list: `nowMillis` is the end of the range. */
export function traceQueryOf({ range, ...filters }: TraceFilters, nowMillis: number): Record<string, string> {
  const given = Object.entries(filters).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return { from: String(startOf(range, nowMillis)), ...Object.fromEntries(given) };
}
