import { describe, expect, it } from 'vitest';
import { rasterOf, runsOf, TONES } from './minimap-raster.ts';

const whole = { start: 100, duration: 10 };
const span = (start: number, duration: number, kind: 'llm' | 'tool' = 'llm', status = 'ok') => ({
  start: 100 + start,
  duration,
  kind,
  status,
});
const drawn = (spans: ReturnType<typeof span>[], size: { width: number; height: number; dot: number }) =>
  [...runsOf(rasterOf(spans, whole, size), size.width)].map(
    ({ tone, x, y, length }) => `${TONES[tone]} ${x}+${length} in ${y}`,
  );

describe('the minimap', () => {
  it('has a bar for each span at its time, from top to bottom', () => {
    expect(drawn([span(0, 10), span(2, 3, 'tool')], { width: 10, height: 2, dot: 1 })).toEqual([
      'llm 0+10 in 0',
      'tool 2+3 in 1',
    ]);
  });

  it('keeps what has no length in sight, also at the end', () => {
    expect(drawn([span(10, 0)], { width: 10, height: 2, dot: 2 })).toEqual(['llm 8+2 in 0', 'llm 8+2 in 1']);
  });

  it('shows one that failed before the thousand that share its pixel', () => {
    const many = Array.from({ length: 1000 }, (_, index) =>
      span(5, 1, 'llm', index === 500 ? 'error' : 'ok'),
    );
    expect(drawn(many, { width: 10, height: 2, dot: 1 })).toEqual(['llm 5+1 in 0', 'error 5+1 in 1']);
  });
});
