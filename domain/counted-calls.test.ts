import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Countable, countedCalls } from './counted-calls.ts';

const call = (spanId: string, parentSpanId: string | null, usageKnown = true): Countable => ({
  spanId,
  parentSpanId,
  call: 'call',
  usageKnown,
});
const wrapper = (spanId: string, parentSpanId: string | null): Countable => ({
  ...call(spanId, parentSpanId),
  call: 'aggregate',
});

/** Spans whose parents are any of them, so that there are cycles, missing parents and several roots. */
const anyTrace = fc
  .array(
    fc.record({
      parent: fc.option(fc.nat({ max: 14 }), { nil: null }),
      call: fc.constantFrom('none' as const, 'call' as const, 'aggregate' as const),
      usageKnown: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((spans) =>
    spans.map(
      ({ parent, ...rest }, index): Countable => ({
        spanId: `s${String(index).padStart(2, '0')}`,
        parentSpanId: parent === null ? null : `s${String(parent).padStart(2, '0')}`,
        ...rest,
      }),
    ),
  );
/** Parents come before their children: no cycles. */
const anyTree = anyTrace.map((spans) =>
  spans.map((span) =>
    span.parentSpanId !== null && span.parentSpanId >= span.spanId ? { ...span, parentSpanId: null } : span,
  ),
);

function hasAncestor(spans: readonly Countable[], from: Countable, spanId: string): boolean {
  const parent = spans.find((span) => span.spanId === from.parentSpanId);
  return parent !== undefined && (parent.spanId === spanId || hasAncestor(spans, parent, spanId));
}

describe('countedCalls', () => {
  it('counts the calls and not what repeats them', () => {
    const spans = [wrapper('agent', null), call('first', 'agent'), call('second', 'agent')];
    expect(countedCalls(spans)).toEqual(new Set(['first', 'second']));
  });

  it('counts the inner of two layers that trace one request', () => {
    const spans = [call('outer', null), wrapper('step', 'outer'), call('inner', 'step')];
    expect(countedCalls(spans)).toEqual(new Set(['inner']));
  });

  it('counts the outer layer too where the inner one does not tell its usage', () => {
    expect(countedCalls([call('outer', null), call('inner', 'outer', false)])).toEqual(
      new Set(['outer', 'inner']),
    );
  });

  it('counts one of a cycle', () => {
    expect(countedCalls([call('a', 'b'), call('b', 'a')]).size).toBe(1);
    expect(countedCalls([call('a', 'a')])).toEqual(new Set(['a']));
  });

  it('is what its definition says', () => {
    fc.assert(
      fc.property(anyTree, (spans) => {
        const expected = spans.filter(
          ({ spanId, call: kind }) =>
            kind === 'call' &&
            !spans.some(
              (other) => other.call === 'call' && other.usageKnown && hasAncestor(spans, other, spanId),
            ),
        );
        expect(countedCalls(spans)).toEqual(new Set(expected.map(({ spanId }) => spanId)));
      }),
    );
  });

  it('does not depend on the order of the spans, and loses no trace that has a call', () => {
    fc.assert(
      fc.property(
        anyTrace.chain((spans) =>
          fc.tuple(fc.constant(spans), fc.shuffledSubarray(spans, { minLength: spans.length })),
        ),
        ([spans, shuffled]) => {
          const counted = countedCalls(spans);
          expect(countedCalls(shuffled)).toEqual(counted);
          expect(counted.size > 0).toBe(spans.some((span) => span.call === 'call'));
        },
      ),
    );
  });
});
