import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { micros, nanoUsd } from '../../domain/units.ts';
import { detectLoops, type Step } from './detect-loops.ts';
import { exampleJournal, exampleRecord, exampleSpan, spanIdOf } from './example-record.ts';
import { stepsFromSpans } from './loop-steps.ts';
import { scoreLoops } from './loops.ts';

/** One step a letter: the same letter is the same call with the same result; upper case changed the world. */
function steps(letters: string): Step[] {
  return [...letters].map((letter, index) => ({
    tool: letter.toLowerCase(),
    arguments: {},
    result: null,
    changed: letter !== letter.toLowerCase(),
    start: micros(index * 10),
    end: micros(index * 10 + 5),
    tokens: 100,
    cost: nanoUsd(7),
    spanId: null,
  }));
}

describe('detectLoops', () => {
  it.each([
    ['', null],
    ['abcd', null],
    ['aaaa', { from: 1, length: 3, period: 1, tool: 'a', count: 3 }],
    ['ababab', { from: 2, length: 4, period: 2, tool: 'a', count: 2 }],
    ['abcabcabc', { from: 3, length: 6, period: 3 }],
    ['abcdabcd', { from: 4, length: 4, period: 4 }],
    ['abcdeabcde', { from: 5, length: 5, period: null }],
    ['abcacb', { from: 3, length: 3, period: null }],
    ['aaAaa', { from: 3, length: 2, period: 1 }],
    ['aabaaa', { from: 3, length: 3 }],
    ['AAAA', null],
  ])('%s', (letters, expected) => {
    const loop = detectLoops(steps(letters));
    if (expected === null) expect(loop).toBeNull();
    else expect(loop).toMatchObject(expected);
  });

  it('adds up what the stretch wasted, and calls a part-priced sum unpriced', () => {
    expect(detectLoops(steps('aaaa'))?.wasted).toEqual({ duration: 25, tokens: 300, cost: 21 });
    const unpriced = steps('aaaa').map((step, index) => (index === 2 ? { ...step, cost: null } : step));
    expect(detectLoops(unpriced)?.wasted.cost).toBeNull();
  });

  it('a step more never shortens the stretch; a new result ends it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abcABC') }), (letters) => {
        const before = detectLoops(steps(letters))?.length ?? 0;
        expect(detectLoops(steps(`${letters}a`))?.length ?? 0).toBeGreaterThanOrEqual(before);
        expect(detectLoops(steps(`${letters}z`))?.length ?? 0).toBe(before);
      }),
    );
  });
});

describe('steps of a trace', () => {
  const model = (number: number) =>
    exampleSpan(number, {
      kind: 'llm',
      usage: { input: 90, cacheRead: null, cacheWrite: null, output: 10, reasoning: null },
      cost: nanoUsd(5),
    });
  const search = (number: number, result = 'none') =>
    exampleSpan(number, { tool: 'search', arguments: { q: 'lee' }, result });

  it('carry the tokens and cost of the model calls that led to them', () => {
    const found = stepsFromSpans([search(3), model(1), model(2), search(4)], []);
    expect(found?.map(({ tokens, cost }) => [tokens, cost])).toEqual([
      [200, 10],
      [0, 0],
    ]);
  });

  it('count a write made below a tool span as its doing', () => {
    const http = exampleSpan(2, { kind: 'other', parent: 1 });
    const journal = exampleJournal({ after: { id: 1 }, spanId: spanIdOf(2) });
    expect(stepsFromSpans([search(1), http], journal)?.map((step) => step.changed)).toEqual([true]);
  });

  it('are not to be had without content, or where a write fits no tool', () => {
    expect(stepsFromSpans([exampleSpan(1, { tool: 'search' })], [])).toBeNull();
    expect(stepsFromSpans([search(1)], exampleJournal({ after: { id: 1 } }))).toBeNull();
  });
});

describe('the loops scorer', () => {
  const search = (number: number) =>
    exampleSpan(number, { tool: 'search', arguments: { q: 'lee' }, result: 'none' });

  it('names the tool, how often, and what it wasted', () => {
    const spans = [1, 2, 3, 4, 5].map(search);
    const score = scoreLoops(exampleRecord({}, { spans }));
    expect(score).toMatchObject({
      pass: false,
      value: 4,
      findings: [{ failure: 'looped', spanId: spanIdOf(2) }],
    });
    expect(score.kind === 'scored' && score.findings[0]?.message).toBe(
      '4 steps in a row brought nothing new, 3 allowed (search called 4 times over with the same arguments and result), wasting 4 ms, $0',
    );
  });

  it('allows as many steps as the budget says', () => {
    const spans = [1, 2, 3, 4].map(search);
    expect(scoreLoops(exampleRecord({}, { spans }))).toMatchObject({ pass: true, value: 3 });
  });

  it('measures without judging where there is no budget', () => {
    const spans = [1, 2, 3, 4, 5, 6].map(search);
    const record = exampleRecord({ budgets: { stepsWithoutProgress: null } }, { spans });
    expect(scoreLoops(record)).toMatchObject({ pass: true, value: 5, findings: [] });
  });
});
