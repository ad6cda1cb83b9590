import { describe, expect, it } from 'vitest';
import { momentLines } from './moment-lines.ts';

describe('momentLines', () => {
  const axis = { start: 1000, duration: 200 };

  it('has a line for each moment on the axis, at its place', () => {
    expect(momentLines([1050, 1200], axis).match(/calc\([\d.]+% - 1px\)/g)).toEqual([
      ...['calc(25% - 1px)', 'calc(25% - 1px)'],
      ...['calc(100% - 1px)', 'calc(100% - 1px)'],
    ]);
  });

  it('leaves out what lies beside it', () => {
    expect(momentLines([999, 1201], axis)).toBe('none');
    expect(momentLines([], axis)).toBe('none');
  });
});
