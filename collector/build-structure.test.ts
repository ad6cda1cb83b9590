import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SpanId, TraceId } from '../domain/ids.ts';
import { SPAN_KINDS, SPAN_STATUSES } from '../domain/span-kind.ts';
import { spansOfStructure } from '../domain/trace-structure.ts';
import { micros, nanoUsd } from '../domain/units.ts';
import { buildStructure } from './build-structure.ts';
import { KIND_OF_NUMBER, type StructureRow } from './queries/trace-structure.ts';

const hexId = (number: number) => SpanId.parse(number.toString(16).padStart(16, '0'));
const word = fc.constantFrom('', 'chat', 'search');
const count = fc.option(fc.nat({ max: 1000 }));

const row = (id: number): fc.Arbitrary<StructureRow> =>
  fc.record({
    span_id_hex: fc.constant(hexId(id)),
    parent: fc.option(fc.integer({ min: 1, max: 12 }).map(hexId), { nil: '' }),
    start_micros: fc.nat({ max: 10_000 }).map(micros),
    duration_micros: fc.nat({ max: 10_000 }).map(micros),
    name: word,
    kind_number: fc.nat({ max: 7 }),
    status_number: fc.nat({ max: 2 }),
    error_type: word,
    service: word,
    operation: word,
    agent: word,
    provider: fc.constant(''),
    model_requested: word,
    model_responded: word,
    tool: word,
    call_number: fc.nat({ max: 2 }),
    tokens_input: count,
    tokens_cache_read: fc.constant(null),
    tokens_cache_write: fc.constant(null),
    tokens_output: count,
    tokens_reasoning: fc.constant(null),
    cost: fc.option(fc.nat().map(nanoUsd)),
    run_id: fc.constant(''),
    trial_id: fc.constant(''),
    scenario_id: fc.constant(''),
  });

const rows = fc
  .nat({ max: 9 })
  .chain((length) => fc.tuple(...Array.from({ length }, (_, index) => row(index + 1))))
  .map((spans) => spans.toSorted((a, b) => a.start_micros - b.start_micros));

function columnsOf(spans: readonly StructureRow[]) {
  const pick = <Name extends keyof StructureRow>(name: Name) => spans.map((span) => span[name]);
  return {
    span_id_hex: pick('span_id_hex'),
    parent: pick('parent'),
    start_micros: pick('start_micros'),
    duration_micros: pick('duration_micros'),
    name: pick('name'),
    kind_number: pick('kind_number'),
    status_number: pick('status_number'),
    error_type: pick('error_type'),
    service: pick('service'),
    operation: pick('operation'),
    agent: pick('agent'),
    provider: pick('provider'),
    model_requested: pick('model_requested'),
    model_responded: pick('model_responded'),
    tool: pick('tool'),
    call_number: pick('call_number'),
    tokens_input: pick('tokens_input'),
    tokens_cache_read: pick('tokens_cache_read'),
    tokens_cache_write: pick('tokens_cache_write'),
    tokens_output: pick('tokens_output'),
    tokens_reasoning: pick('tokens_reasoning'),
    cost: pick('cost'),
    run_id: pick('run_id'),
    trial_id: pick('trial_id'),
    scenario_id: pick('scenario_id'),
  };
}

const traceId = TraceId.parse('a'.repeat(32));
const absent = (text: string) => text || null;

describe('buildStructure', () => {
  it('gives the spans back as they are stored', () => {
    fc.assert(
      fc.property(rows, (stored) => {
        const structure = JSON.parse(
          JSON.stringify(buildStructure(traceId, columnsOf(stored), stored.length)),
        );
        expect(structure.total).toBe(stored.length);
        expect(spansOfStructure(structure)).toMatchObject(
          stored.map((span) => ({
            spanId: span.span_id_hex,
            parentSpanId: absent(span.parent),
            name: span.name,
            kind: SPAN_KINDS[KIND_OF_NUMBER[span.kind_number] ?? 0],
            status: SPAN_STATUSES[span.status_number],
            start: span.start_micros,
            duration: span.duration_micros,
            errorType: absent(span.error_type),
            agent: absent(span.agent),
            provider: null,
            model: absent(span.model_responded || span.model_requested),
            tool: absent(span.tool),
            cost: span.cost,
            usage:
              span.tokens_input === null && span.tokens_output === null
                ? null
                : { input: span.tokens_input, cacheRead: null, output: span.tokens_output, reasoning: null },
          })),
        );
      }),
    );
  });

  it('writes nothing for a column in which nothing is present', () => {
    fc.assert(
      fc.property(rows, (stored) => {
        const structure = buildStructure(traceId, columnsOf(stored), stored.length);
        expect([structure.provider, structure.usage.cacheRead, structure.usage.reasoning]).toEqual([
          [],
          [],
          [],
        ]);
      }),
    );
  });
});
