import { describe, expect, it } from 'vitest';
import { WorldCall } from '../../domain/effect.ts';
import { agentSpan, modelSpan, spanIdOf, toolSpan } from '../../domain/example-spans.ts';
import type { SpanDetail } from '../../domain/span.ts';
import { examplePack, exampleRecord } from './example-record.ts';
import { scoreLoops } from './loops.ts';

const search = (number: number, result = 'none', parent?: number) =>
  toolSpan(number, { tool: 'search', arguments: { q: 'lee' }, result }, parent);
const lookup = (number: number, result = 'none') => toolSpan(number, { tool: 'lookup', result });
const scored = (spans: SpanDetail[]) => scoreLoops(exampleRecord({}, { spans }), examplePack);
const message = (spans: SpanDetail[]) => {
  const score = scored(spans);
  return score.kind === 'scored' ? (score.findings[0]?.message ?? null) : null;
};

describe('the loops scorer', () => {
  it('names the tool, how often, what it wasted and the span that began it', () => {
    const spans = [1, 2, 3, 4, 5].map((number) => search(number));
    expect(scored(spans)).toMatchObject({
      pass: false,
      value: 4,
      findings: [
        { failure: 'looped', spanId: spanIdOf(2), expected: 3, actual: { kind: 'cycle', times: 5 } },
      ],
    });
    expect(message(spans)).toBe(
      '4 steps in a row brought nothing new, 3 allowed (search called x5 with the same result), wasting 4 ms',
    );
  });

  it('catches A-B-A-B by name, and not where a result changes', () => {
    expect(message([search(1), lookup(2), search(3), lookup(4)])).toBe(
      'cycle of search, lookup x2 to no avail: 4 steps with the round that began it, 3 allowed, wasting 2 ms',
    );
    const long = [1, 3, 5, 7].flatMap((number) => [
      modelSpan(number * 2, 'on'),
      search(number * 2 + 1),
      lookup(number * 2 + 2),
    ]);
    expect(message(long)).toBe(
      '6 steps in a row brought nothing new, 3 allowed (cycle of search, lookup x4), wasting 11 ms, 300 tokens, $0.000000015',
    );
    expect(scored([search(1), lookup(2), search(3), lookup(4, 'found')])).toMatchObject({ pass: true });
    expect(scored([search(1), lookup(2), search(3, 'lee'), lookup(4)])).toMatchObject({ pass: true });
  });

  it('catches a ping-pong by name, and not two delegations that bring something', () => {
    const team = (results: string[]) => [
      agentSpan(1, 'supervisor', 900),
      ...results.flatMap((result, round) => {
        const at = 10 * (round + 1);
        return [
          modelSpan(at, `try ${round}`, 1),
          agentSpan(at + 1, 'researcher', 5, 1),
          search(at + 2, result, at + 1),
        ];
      }),
    ];
    expect(message(team(['none', 'none', 'none']))).toMatch(
      /^ping-pong of supervisor and researcher x3 to no avail: 6 turns with the round that began it, 3 allowed, wasting/,
    );
    expect(scored(team(['none', 'lee']))).toMatchObject({ pass: true });
    expect(scored(team(['none', 'lee', 'lee, kim']))).toMatchObject({ pass: true });
  });

  it('lets poll what comes in the end', () => {
    expect(
      scored([1, 2, 3, 4].map((number) => search(number, number < 4 ? 'pending' : 'done'))),
    ).toMatchObject({
      pass: true,
      value: 2,
    });
  });

  it('allows as many steps as the budget says', () => {
    const spans = [1, 2, 3, 4].map((number) => search(number));
    expect(scored(spans)).toMatchObject({ pass: true, value: 3 });
  });

  it('measures without judging where there is no budget', () => {
    const spans = [1, 2, 3, 4, 5, 6].map((number) => search(number));
    const record = exampleRecord({ budgets: { stepsWithoutProgress: null } }, { spans });
    expect(scoreLoops(record, examplePack)).toMatchObject({ pass: true, value: 5, findings: [] });
  });

  it('goes by the calls of the world where the spans do not tell', () => {
    const blind = [1, 2].map((number) => toolSpan(number, { tool: 'search', arguments: null, result: null }));
    const call = {
      service: 'crm',
      operation: 'leads.get',
      traceId: null,
      spanId: null,
      fault: null,
      status: 404,
    };
    const calls = [1, 2, 3, 4, 5].map((number) =>
      WorldCall.parse({ ...call, number, at: number, request: { id: 'x' }, response: {} }),
    );
    expect(scoreLoops(exampleRecord({}, { spans: blind, calls }), examplePack)).toMatchObject({
      pass: false,
      value: 4,
    });
    expect(scoreLoops(exampleRecord({}, { spans: null, calls }), examplePack)).toMatchObject({
      pass: false,
      value: 4,
    });
    expect(scoreLoops(exampleRecord({}, { spans: [], calls: [] }), examplePack)).toMatchObject({
      pass: true,
      value: 0,
    });
  });

  it('names the limit beside the loop', () => {
    const ended = {
      ...agentSpan(1, 'alice', 99),
      status: 'error' as const,
      errorType: 'GraphRecursionError',
    };
    const spans = [ended, ...[2, 3, 4, 5, 6].map((number) => search(number, 'none', 1))];
    expect(message(spans)).toMatch(/; also ended by a limit of steps: GraphRecursionError$/);
    expect(scored([ended, search(2, 'none', 1)])).toMatchObject({ pass: true });
  });
});
