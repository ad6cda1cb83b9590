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
    span_name: word,
    kind_number: fc.nat({ max: 7 }),
    status_number: fc.nat({ max: 2 }),
    error: word,
    service_name: word,
    operation_name: word,
    agent_name: word,
    provider_name: fc.constant(''),
    model: word,
    tool_name: word,
    call_number: fc.nat({ max: 2 }),
    tokens_input: count,
    tokens_cache_read: fc.constant(null),
    tokens_cache_write: fc.constant(null),
    tokens_output: count,
    tokens_reasoning: fc.constant(null),
    cost: fc.option(fc.nat().map(nanoUsd)),
    run: fc.constant(''),
    trial: fc.constant(''),
    scenario: fc.constant(''),
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
    span_name: pick('span_name'),
    kind_number: pick('kind_number'),
    status_number: pick('status_number'),
    error: pick('error'),
    service_name: pick('service_name'),
    operation_name: pick('operation_name'),
    agent_name: pick('agent_name'),
    provider_name: pick('provider_name'),
    model: pick('model'),
    tool_name: pick('tool_name'),
    call_number: pick('call_number'),
    tokens_input: pick('tokens_input'),
    tokens_cache_read: pick('tokens_cache_read'),
    tokens_cache_write: pick('tokens_cache_write'),
    tokens_output: pick('tokens_output'),
    tokens_reasoning: pick('tokens_reasoning'),
    cost: pick('cost'),
    run: pick('run'),
    trial: pick('trial'),
    scenario: pick('scenario'),
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
            name: span.span_name,
            kind: SPAN_KINDS[KIND_OF_NUMBER[span.kind_number] ?? 0],
            status: SPAN_STATUSES[span.status_number],
            start: span.start_micros,
            duration: span.duration_micros,
            errorType: absent(span.error),
            agent: absent(span.agent_name),
            provider: null,
            model: absent(span.model),
            tool: absent(span.tool_name),
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
