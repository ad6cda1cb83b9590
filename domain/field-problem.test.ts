import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { schemaProblem } from './field-problem.ts';

function problem(schema: z.ZodType, input: unknown): string | null {
  const parsed = schema.safeParse(input);
  return parsed.success ? null : schemaProblem(parsed.error, input);
}

describe('schemaProblem', () => {
  const Rules = z.strictObject({
    limit: z.coerce.number().min(1).default(1),
    rules: z.array(z.strictObject({ on: z.enum(['error', 'silence']), above: z.number() })).default([]),
  });

  const circle: Record<string, unknown> = {};
  circle.self = circle;

  it.each([
    [{ limit: '0' }, 'limit: expected number to be >=1, got "0"'],
    [{ rules: [{ on: 'noise', above: 1 }] }, 'rules.0.on: expected one of "error"|"silence", got "noise"'],
    [{ rules: [{ on: 'error' }] }, 'rules.0.above: expected number, got nothing'],
    [{ rule: [] }, 'the whole: expected only the fields there are, got "rule"'],
    [[], 'the whole: expected object, got []'],
    [{ rules: 'x'.repeat(100) }, `rules: expected array, got "${'x'.repeat(59)}…`],
    [{ rules: () => {} }, 'rules: expected array, got a function'],
    [{ rules: circle }, 'rules: expected array, got an object'],
  ])('of %j', (input, told) => {
    expect(problem(Rules, input)).toBe(told);
  });

  it('speaks of the shape that a value comes nearest to', () => {
    const Setting = z.object({ redaction: z.union([z.literal('off'), Rules], 'expected "off" or rules') });
    expect(problem(Setting, { redaction: { rules: [{ on: 'error', above: 'x' }] } })).toBe(
      'redaction.rules.0.above: expected number, got "x"',
    );
    expect(problem(Setting, { redaction: 'on' })).toBe('redaction: expected "off" or rules, got "on"');
  });

  it('shows no password, token or other secret, wherever it stands in what came', () => {
    const Person = z.object({
      name: z.string(),
      password: z.string().min(12),
      tokens: z.array(z.string()).max(1),
    });
    const person = { name: 'nora', password: 'hunter2', tokens: [] };
    expect(problem(Person, person)).toBe('password: expected string to have >=12 characters, got "…"');
    const { name } = person;
    expect(problem(Person, { name, password: 'long enough it is', tokens: ['hunter2', 'x'] })).toBe(
      'tokens: expected array to have <=1 items, got ["…","…"]',
    );
    expect(problem(z.object({ people: z.string() }), { people: [person] })).toBe(
      'people: expected string, got [{"name":"nora","password":"…","tokens":[]}]',
    );
  });

  it('leaves words alone that say what came', () => {
    const Ratio = z
      .number()
      .refine((value) => value < 1, { error: ({ input }) => `expected a ratio, got ${input}` });
    expect(problem(Ratio, 9)).toBe('the whole: expected a ratio, got 9');
  });
});
