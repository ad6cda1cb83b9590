import { describe, expect, it } from 'vitest';
import { fill, SEQUENCE, stepDue } from './sequence.ts';

const reader = { name: 'Priya Nair', company: 'Ferrostack' };
const at = (day: number) => Date.parse('2026-03-02T09:00:00Z') + day * 86_400_000;
const sent = (step: number, day: number) => ({
  subject: fill(SEQUENCE[step]?.subject ?? '', reader),
  sent_at: new Date(at(day)).toISOString(),
});

describe('fill', () => {
  it('puts in first name and company, whatever they are made of', () => {
    expect(fill('{{first_name}} at {{company}}', reader)).toBe('Priya at Ferrostack');
    expect(fill('{{company}}', { name: 'x', company: '$& {{first_name}}' })).toBe('$& {{first_name}}');
    expect(fill('{{company}}', { name: 'x', company: null })).toBe('your company');
  });
});

describe('stepDue', () => {
  it('is the first step for who got none, whatever others sent', () => {
    expect(stepDue(reader, [], at(0))).toBe(SEQUENCE[0]);
    expect(stepDue(reader, [{ subject: 'Hello', sent_at: new Date(at(0)).toISOString() }], at(1))).toBe(
      SEQUENCE[0],
    );
  });

  it('is the next once its day has come, and none after the last', () => {
    expect(stepDue(reader, [sent(0, 0)], at(3))).toBeNull();
    expect(stepDue(reader, [sent(0, 0)], at(4))).toBe(SEQUENCE[1]);
    expect(stepDue(reader, [sent(1, 4), sent(0, 0)], at(9))).toBe(SEQUENCE[2]);
    expect(stepDue(reader, [sent(2, 9), sent(1, 4), sent(0, 0)], at(90))).toBeNull();
  });
});
