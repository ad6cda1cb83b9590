import { describe, expect, it } from 'vitest';
import {
  activeFilters,
  FILTER_NAMES,
  filtersOf,
  isNarrowed,
  RANGES,
  rangeValue,
  traceQueryOf,
  tracesPath,
  typedRange,
} from './trace-filters.ts';

const of = (search: string) => filtersOf(new URLSearchParams(search));

describe('the filters of the traces', () => {
  it('come back from the address that they give', () => {
    for (const search of ['', 'range=all&status=error&service=a+b&model=gpt-4o', 'runId=r%2F1&before=abc']) {
      expect(filtersOf(new URL(tracesPath(of(search)), 'http://x').searchParams)).toEqual(of(search));
    }
  });

  it('leave out of the address what is at its default', () => {
    expect(tracesPath(of('range=7d&service=&status='))).toBe('/traces');
  });

  it('take an unknown range as the default', () => {
    expect(of('range=century').range).toBe('7d');
  });

  it('narrow by anything but time and page', () => {
    expect(isNarrowed(of('range=1h&before=x'))).toBe(false);
    expect(isNarrowed(of('agent=x'))).toBe(true);
  });
});

describe('activeFilters', () => {
  it('name each filter that there is, in words', () => {
    for (const name of FILTER_NAMES)
      expect(activeFilters(of(`${name}=1`)).map((one) => one.name)).toEqual([name]);
    const words = activeFilters(of('status=error&minCost=20000000&maxDuration=1500000&minDuration=soon'));
    expect(words.map(({ label, value }) => `${label}: ${value}`)).toEqual([
      'Status: error',
      'Cost from: $0.02',
      'Duration from: soon',
      'Duration to: 1.5 s',
    ]);
  });
});

describe('a range', () => {
  it('is typed in dollars and seconds, and comes back as it was typed', () => {
    expect(rangeValue('minCost', '0.02')).toBe('20000000');
    expect(rangeValue('maxDuration', '1,5')).toBe('1500000');
    for (const typed of ['0.02', '3', '12.25']) {
      expect(typedRange('minDuration', rangeValue('minDuration', typed))).toBe(typed);
    }
  });

  it('is none where nothing was typed that can be one', () => {
    for (const typed of ['', ' ', 'cheap', '0', '-1', '1e300', 'NaN']) {
      expect(rangeValue('minCost', typed)).toBeNull();
    }
  });
});

describe('traceQueryOf', () => {
  it('asks from the start of the range, and for what narrows only', () => {
    expect(traceQueryOf(of('range=1h&agent=x'), 7_200_000)).toEqual({ from: '3600000000', agent: 'x' });
    expect(traceQueryOf(of('range=all'), 7_200_000)).toEqual({ from: '0' });
  });

  it('knows every range', () => {
    for (const { value } of RANGES) expect(of(`range=${value}`).range).toBe(value);
  });
});
