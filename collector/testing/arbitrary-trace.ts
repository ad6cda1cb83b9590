import fc from 'fast-check';
import { SpanId, TraceId } from '../../domain/ids.ts';
import { SPAN_KINDS } from '../../domain/span-kind.ts';
import { micros, nanoUsd } from '../../domain/units.ts';
import type { StoredSpan } from './stored-spans.ts';

const minute = 60e6;
const longestNesting = 10 * minute;

type Draft = {
  parent: number;
  kind: number;
  call: StoredSpan['call'];
  offset: number;
  duration: number;
  failed: boolean;
  tokens: number | null;
  cost: number | null;
  agent: string | null;
  model: string | null;
  tool: string | null;
};

const draft: fc.Arbitrary<Draft> = fc.record({
  parent: fc.nat(),
  kind: fc.nat(SPAN_KINDS.length - 1),
  call: fc.constantFrom('none', 'call', 'call', 'aggregate'),
  // Most spans lie close together; some hours after.
  offset: fc.oneof(
    { weight: 5, arbitrary: fc.nat(5 * minute) },
    { weight: 1, arbitrary: fc.nat(200 * minute) },
  ),
  duration: fc.nat(90e6),
  failed: fc.boolean(),
  tokens: fc.option(fc.nat(1000)),
  cost: fc.option(fc.nat(1_000_000)),
  agent: fc.constantFrom(null, 'alice', 'bob'),
  model: fc.constantFrom(null, 'gpt', 'claude'),
  tool: fc.constantFrom(null, 'send', 'search'),
});

/**
 * A trace of up to a dozen spans within a few hours of `from` (microseconds since the epoch); its first span is the root,
 * starts first and ends last. Calls may lie within calls, and start no more than ten minutes after the outermost of them:
 * within a quarter of an hour charts see them together (docs/decisions/0006).
 */
export function arbitraryTrace(from: number): fc.Arbitrary<StoredSpan[]> {
  return fc
    .record({
      id: fc.bigInt({ min: 1n, max: 2n ** 128n - 1n }),
      start: fc.nat(300 * minute),
      drafts: fc.array(draft, { minLength: 1, maxLength: 12 }),
    })
    .map(({ id, start, drafts }) => {
      const traceId = TraceId.parse(id.toString(16).padStart(32, '0'));
      const spanIdOf = (place: number) => SpanId.parse((place + 1).toString(16).padStart(16, '0'));
      const offsets = offsetsOf(drafts);
      const last = Math.max(...drafts.map(({ duration }, place) => (offsets[place] ?? 0) + duration));
      return drafts.map((span, place): StoredSpan => {
        const first = place === 0;
        return {
          traceId,
          spanId: spanIdOf(place),
          parentSpanId: first ? null : spanIdOf(span.parent % place),
          name: `span ${place}`,
          kind: SPAN_KINDS[span.kind] ?? 'other',
          start: micros(from + start + (offsets[place] ?? 0)),
          duration: micros(first ? last : span.duration),
          status: span.failed ? 'error' : 'unset',
          statusMessage: '',
          errorType: null,
          service: 'service',
          operation: null,
          agent: span.agent,
          provider: null,
          model: span.model,
          tool: span.tool,
          session: null,
          usage:
            span.tokens === null
              ? null
              : { input: span.tokens, cacheRead: null, cacheWrite: null, output: null, reasoning: null },
          cost: span.call === 'call' && span.cost !== null ? nanoUsd(span.cost) : null,
          runId: null,
          trialId: null,
          scenarioId: null,
          call: span.call,
          version: 1,
        };
      });
    });
}

/** Microseconds after the start of the trace. */
function offsetsOf(drafts: readonly Draft[]): number[] {
  const offsets: number[] = [];
  /** Of each span the outermost call around it, or itself. */
  const outermost: (number | null)[] = [];
  drafts.forEach(({ parent, call, offset }, place) => {
    const around = place === 0 ? null : (outermost[parent % place] ?? null);
    outermost.push(around ?? (call === 'call' ? place : null));
    if (place === 0) offsets.push(0);
    else offsets.push(around === null ? offset : (offsets[around] ?? 0) + (offset % longestNesting));
  });
  return offsets;
}
