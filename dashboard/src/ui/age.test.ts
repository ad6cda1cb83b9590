import { describe, expect, it } from 'vitest';
import { formatAge } from './age.ts';

describe('formatAge', () => {
  const second = 1e6;
  it.each([
    [0, 'now'],
    [1 * second, '1 s'],
    [59 * second, '59 s'],
    [60 * second, '1 min'],
    [3599 * second, '59 min'],
    [3600 * second, '1 h'],
    [86_400 * second, '1 d'],
    [400 * 86_400 * second, '400 d'],
  ])('%i microseconds ago is %s', (ago, text) => {
    expect(formatAge(0, ago)).toBe(text);
  });

  it('takes a clock ahead of ours as now', () => {
    expect(formatAge(5 * second, 0)).toBe('now');
  });
});
