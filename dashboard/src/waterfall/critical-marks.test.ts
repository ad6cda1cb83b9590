import { describe, expect, it } from 'vitest';
import { criticalMarks } from './critical-marks.ts';

const axis = { start: 0, duration: 1000 };

describe('criticalMarks', () => {
  it('marks each stretch on the axis, cut at its ends', () => {
    const stretches = [
      { start: -100, end: 100 },
      { start: 500, end: 750 },
      { start: 2000, end: 3000 },
    ];
    expect(criticalMarks(stretches, axis)).toEqual([
      { left: 0, width: 0.1 },
      { left: 0.5, width: 0.25 },
    ]);
  });

  it('makes one of what the eye takes for one, however many there are', () => {
    const many = Array.from({ length: 50_000 }, (_, i) => ({ start: i / 50, end: i / 50 + 0.01 }));
    expect(criticalMarks(many, axis)).toHaveLength(1);
    const apart = Array.from({ length: 50_000 }, (_, i) => ({ start: i * 3, end: i * 3 + 0.1 }));
    expect(criticalMarks(apart, { start: 0, duration: 1000 }).length).toBeLessThanOrEqual(500);
  });
});
