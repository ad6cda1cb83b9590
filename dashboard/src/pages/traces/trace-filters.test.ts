import { describe, expect, it } from 'vitest';
import { filtersOf, isNarrowed, RANGES, traceQueryOf, tracesPath } from './trace-filters.ts';

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

describe('traceQueryOf', () => {
  it('asks from the start of the range, and for what narrows only', () => {
    expect(traceQueryOf(of('range=1h&agent=x'), 7_200_000)).toEqual({ from: '3600000000', agent: 'x' });
    expect(traceQueryOf(of('range=all'), 7_200_000)).toEqual({ from: '0' });
  });

  it('knows every range', () => {
    for (const { value } of RANGES) expect(of(`range=${value}`).range).toBe(value);
  });
});
