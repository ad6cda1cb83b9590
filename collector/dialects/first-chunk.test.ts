import { describe, expect, it } from 'vitest';
import { attributes } from '../testing/example-span.ts';
import { attributeReader } from './attribute-reader.ts';
import { FIELDS, type Field } from './fields.ts';
import { firstChunkOf } from './first-chunk.ts';

const START = Date.parse('2026-11-22T12:00:00Z');
const read = attributeReader<Field>(FIELDS);
const firstChunk = (key: string, value: string | number) =>
  firstChunkOf(read(attributes({ [key]: value })), START);
const AT = 'langfuse.observation.completion_start_time';

describe('firstChunkOf', () => {
  it.each([
    ['gen_ai.response.time_to_first_chunk', 0.015, 15_000_000],
    ['gen_ai.response.time_to_first_chunk', 1, 1_000_000_000],
    ['gen_ai.response.time_to_first_chunk', '0.5', 500_000_000],
    ['ai.response.msToFirstChunk', 15.25, 15_250_000],
    [AT, '2026-11-22T12:00:00.250Z', 250_000_000],
    [AT, '"2026-11-22T12:00:00.250Z"', 250_000_000],
    [AT, '2026-11-22T13:00:00.250+01:00', 250_000_000],
    [AT, '2026-11-22T12:00:00.250', 250_000_000],
  ])('reads %s = %s', (key, value, nanoseconds) => {
    expect(firstChunk(key, value)).toBe(nanoseconds);
  });

  it.each([
    ['gen_ai.response.time_to_first_chunk', -1],
    ['gen_ai.response.time_to_first_chunk', 'soon'],
    ['ai.response.msToFirstChunk', 1e300],
    [AT, '2026-11-22T11:59:59Z'],
    [AT, 'noon'],
    [AT, '2026-99-99T00:00:00Z'],
  ])('does not believe %s = %s', (key, value) => {
    expect(firstChunk(key, value)).toBeNull();
  });
});
