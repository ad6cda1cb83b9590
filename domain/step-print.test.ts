import { describe, expect, it } from 'vitest';
import type { Json } from './json.ts';
import { stepPrints } from './step-print.ts';
import { micros } from './units.ts';

/** Whether a second call tells nothing beside the first. */
function same(first: [arguments: Json, result: Json], second: [arguments: Json, result: Json]): boolean {
  const [one, two] = stepPrints(
    [first, second].map(([asked, result]) => ({
      kind: 'call',
      agent: null,
      tool: 'search',
      arguments: asked,
      result,
      changed: false,
      milestone: false,
      since: micros(0),
      start: micros(0),
      end: micros(0),
      tokens: 0,
      cost: null,
      spanId: null,
    })),
  );
  return one === two;
}

const ID = '0b8e3b5e-6a0f-4f6e-9d0a-1c2d3e4f5a6b';
const OTHER = '7f1d2c3b-0a9e-4c8d-b7a6-958473625140';

describe('two calls are one', () => {
  it.each<[string, Json, Json]>([
    ['whatever the order of the keys', { a: 1, b: 2 }, { b: 2, a: 1 }],
    [
      'with another time of a clock',
      { q: 'lee', asOf: '2026-03-02T09:00:01.5Z' },
      { q: 'lee', asOf: '2026-03-02T09:01:07Z' },
    ],
    ['with another time in a text', { q: 'at 2026-03-02 09:00:01' }, { q: 'at 2026-03-02 09:00:02' }],
    ['with another fresh UUID', { q: 'lee', id: ID }, { q: 'lee', id: OTHER }],
    ['at another attempt', { q: 'lee', attempt: 1 }, { q: 'lee', attempt: 2 }],
    ['with another retry_count, deep down', { o: { retry_count: 1 } }, { o: { retry_count: 2 } }],
    ['with another idempotency key', { 'Idempotency-Key': 'a' }, { 'Idempotency-Key': 'b' }],
    ['with a cursor that brought nothing', { q: 'lee', cursor: 'a' }, { q: 'lee', cursor: 'b' }],
    ['with another page that is the same', { q: 'lee', page: 1 }, { q: 'lee', page: 2 }],
    ['as plain texts', 'lee', 'lee'],
  ])('%s', (_, first, second) => {
    expect(same([first, 'none'], [second, 'none'])).toBe(true);
  });

  it('where results differ in what tells of the answer itself', () => {
    const result = (number: number) => ({
      items: [],
      requestId: `r${number}`,
      took_ms: number,
      timestamp: number,
    });
    expect(same([{}, result(1)], [{}, result(2)])).toBe(true);
  });
});

describe('two calls are two', () => {
  it.each<[string, Json, Json]>([
    ['for two people', { q: 'lee' }, { q: 'kim' }],
    ['for two slots of a calendar', { start: '2026-03-02T09:00:00Z' }, { start: '2026-03-02T10:00:00Z' }],
    ['for two numbers', { id: 1 }, { id: 2 }],
    ['for a text and a number', { id: 1 }, { id: '1' }],
  ])('%s with the same result', (_, first, second) => {
    expect(same([first, 'none'], [second, 'none'])).toBe(false);
  });

  it('for two ids that a result has given', () => {
    const listed = { leads: [ID, OTHER.toUpperCase()] };
    expect(same([{}, listed], [{}, listed])).toBe(true);
    expect(same([{ id: ID }, listed], [{ id: OTHER }, listed])).toBe(false);
  });

  it.each<[string, Json, Json]>([
    ['a status', { status: 'pending' }, { status: 'done' }],
    ['a further page', { items: ['a'], next: 'b' }, { items: ['c'], next: null }],
    ['an id', { id: ID }, { id: OTHER }],
    ['a failure', { error: '503' }, 'none'],
  ])('where the result is another: %s', (_, first, second) => {
    const asked = { page: 1, attempt: 1 };
    expect(same([asked, first], [asked, second])).toBe(false);
  });
});
