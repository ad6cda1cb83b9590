import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectLoops } from './detect-loops.ts';
import type { LoopReport } from './loop.ts';
import { loopsOf } from './loop-verdict.ts';
import { describeFinding } from './loop-wording.ts';
import type { CallStep, Step } from './step.ts';
import { micros, nanoUsd } from './units.ts';

/**
 * One call a letter: the same letter is the same call with the same result, upper case changed the world, `!` after it
 * reached a milestone.
 */
function calls(letters: string, agent: string | null = null): CallStep[] {
  return [...letters.matchAll(/(\w)(!?)/g)].map(([, letter = '', milestone], index) => ({
    kind: 'call',
    agent,
    tool: letter.toLowerCase(),
    arguments: {},
    result: null,
    changed: letter !== letter.toLowerCase(),
    milestone: milestone !== '',
    since: micros(index * 10),
    start: micros(index * 10 + 2),
    end: micros(index * 10 + 5),
    tokens: 100,
    cost: nanoUsd(7),
    spanId: null,
  }));
}

/** Turns such as `boss:x worker:ab boss:"again"`: calls, or words in quotes; steps follow one another in time. */
function turns(text: string): Step[] {
  const steps = [...text.matchAll(/(\w+):(?:"([^"]*)"|([\w!]+))/g)].flatMap(
    ([, agent = '', words, letters = '']): Step[] => {
      const [first, ...rest] = calls(letters === '' ? 'x' : letters, agent);
      if (words === undefined) return first ? [first, ...rest] : [];
      const { since, start, end, tokens, cost, spanId } = first as CallStep;
      return [{ kind: 'words', agent, words, since, start, end, tokens, cost, spanId }];
    },
  );
  return steps.map((step, index) => ({
    ...step,
    since: micros(index * 10),
    start: micros(index * 10 + 2),
    end: micros(index * 10 + 5),
  }));
}

const judge = (steps: readonly Step[]): LoopReport => detectLoops({ steps, limits: [] });
const found = (steps: readonly Step[]) => loopsOf(judge(steps)).map(describeFinding);
const ofKind = (report: LoopReport, kind: string) =>
  report.findings.filter((finding) => finding.kind === kind);

describe('a stretch without progress', () => {
  it.each([
    ['', 0],
    ['abcd', 0],
    ['aaaa', 3],
    ['ababab', 4],
    ['abcacb', 3],
    ['aaAaa', 2],
    ['aabaaa', 3],
    ['AAAA', 0],
    ['aaaa!aaa', 3],
    ['aaaBaaa', 2],
  ])('of %s is the longest of all: %i', (letters, longest) => {
    expect(judge(calls(letters)).longest).toBe(longest);
  });

  it('is one finding with its tool, how often that was called, and what it wasted', () => {
    expect(ofKind(judge(calls('abcdadbca')), 'stretch')).toEqual([
      {
        kind: 'stretch',
        tool: 'a',
        count: 2,
        steps: 5,
        spanId: null,
        spans: [],
        wasted: { duration: 45, tokens: 500, cost: 35 },
      },
    ]);
  });

  it('is unpriced where a part of it is', () => {
    const steps = calls('aaaa').map((step, index) => (index === 2 ? { ...step, cost: null } : step));
    expect(judge(steps).findings[0]?.wasted.cost).toBeNull();
  });

  it('is a loop of more than three steps; three identical reads after a write are none', () => {
    expect(found(calls('raaaa'))).toEqual([]);
    expect(found(calls('raaaaa'))).toEqual([
      'a called x5 with the same result',
      expect.stringMatching(/^4 steps/),
    ]);
    expect(found(calls('rWrrr'))).toEqual([]);
  });
});

describe('a cycle', () => {
  it.each([
    ['aaaaaaa', 'a called x7 with the same result'],
    ['abab', 'cycle of a, b x2'],
    ['xababababababab', 'cycle of a, b x7'],
    ['abcabcabc', 'cycle of a, b, c x3'],
    ['abcdabcd', 'cycle of a, b, c, d x2'],
  ])('of %s is caught: %s', (letters, words) => {
    expect(found(calls(letters))[0]).toBe(words);
  });

  it.each([
    ['ab', 'once'],
    ['aba', 'one and a half times'],
    ['abAb', 'with a change in it'],
    ['aba!b', 'with a milestone in it'],
    ['abacab', 'with something new in it'],
    ['abcdeabcde', 'of five calls'],
  ])('is not %s, %s', (letters) => {
    expect(ofKind(judge(calls(letters)), 'cycle')).toEqual([]);
  });

  it('is not one where a result changes', () => {
    const [first, second, third, fourth] = calls('abab');
    if (!first || !second || !third || !fourth) throw new Error('expected four steps');
    expect(found([first, second, third, { ...fourth, result: 'ready' }])).toEqual([]);
    expect(found([first, second, { ...third, result: 'ready' }, fourth])).toEqual([]);
  });

  it('is the shortest one only', () => {
    expect(ofKind(judge(calls('abababababab')), 'cycle')).toHaveLength(1);
    expect(ofKind(judge(calls('aaaaaaaa')), 'cycle')).toHaveLength(1);
  });

  it('is found in each stretch', () => {
    expect(found(calls('ababXcdcdcd'))).toEqual(
      expect.arrayContaining(['cycle of c, d x3', 'cycle of a, b x2']),
    );
  });
});

describe('a ping-pong', () => {
  it.each([
    ['of calls', 'boss:a worker:b boss:a worker:b', 'ping-pong of boss and worker x2'],
    ['of words and calls, however the words turn', 'boss:"do" worker:b boss:"do it" worker:b', 'x2'],
    ['of words', 'a:"you" b:"no, you" a:"you" b:"no, you" a:"you" b:"no, you"', 'ping-pong of a and b x3'],
    ['after good work', 'boss:a worker:bcd boss:"more" worker:b boss:"more!" worker:c', 'x3'],
  ])('%s is caught', (_, text, words) => {
    expect(found(turns(text)).join()).toContain(words);
    expect(ofKind(judge(turns(text)), 'ping-pong')).toHaveLength(1);
  });

  it.each([
    [
      'a supervisor that delegates twice with new results',
      'boss:"do" worker:b boss:"more" worker:c boss:"done"',
    ],
    ['one that delegates twice in the same words', 'boss:a worker:b boss:a worker:c boss:a worker:d'],
    ['a change on the way', 'boss:a worker:b boss:a worker:B boss:"done"'],
    ['a writer and a critic whose words are new', 'w:"one" c:"more" w:"two" c:"better" w:"three" c:"good"'],
    ['one agent alone', 'a:xyxyx'],
    ['three agents in turn', 'a:x b:y c:z a:x b:y c:z'],
    ['one answer and back', 'boss:a worker:b boss:a'],
  ])('is not %s', (_, text) => {
    expect(ofKind(judge(turns(text)), 'ping-pong')).toEqual([]);
  });

  it('is not two agents at work at the same time', () => {
    const together = turns('a:x b:y a:x b:y').map((step) => ({ ...step, since: micros(0), end: micros(90) }));
    expect(ofKind(judge(together), 'ping-pong')).toEqual([]);
  });

  it('is not claimed where what was said is not known', () => {
    const silent = turns('a:"1" b:"1" a:"1" b:"1"').map((step) => ({ ...step, words: null }) as Step);
    expect(judge(silent).findings).toEqual([]);
  });

  it('wastes its turns but those of the round that began it', () => {
    const [pingPong] = ofKind(judge(turns('a:"x" b:"y" a:"x" b:"y" a:"x"')), 'ping-pong');
    expect(pingPong).toMatchObject({ turns: 5, times: 2, steps: 3, wasted: { tokens: 300, duration: 25 } });
  });
});

describe('the rest of a report', () => {
  it('tells the work after the last progress as wasted where a limit ended it', () => {
    const end = {
      limit: 'steps',
      said: 'Recursion limit of 5 reached',
      at: micros(99),
      spanId: null,
    } as const;
    const { findings } = detectLoops({ steps: calls('abccc'), limits: [end] });
    expect(findings.filter(({ kind }) => kind === 'limit')).toMatchObject([
      { limit: 'steps', steps: 2, wasted: { duration: 15, tokens: 200 } },
    ]);
    const early = detectLoops({ steps: calls('abccc'), limits: [{ ...end, at: micros(9) }] });
    expect(early.findings.find(({ kind }) => kind === 'limit')).toMatchObject({ steps: 0 });
  });

  it('counts identical calls as others do, whatever they brought', () => {
    const polls = calls('papapa').map((step, index) => ({ ...step, result: index }));
    expect(judge(polls)).toMatchObject({ longest: 0, repeated: { tool: 'p', count: 3 } });
    expect(judge(calls('pp')).repeated).toBeNull();
  });

  it('says that it does not know', () => {
    expect(detectLoops({ steps: null, limits: [] })).toMatchObject({ calls: null, findings: [] });
  });

  it('stays small', () => {
    const report = judge(calls('abcd'.repeat(5_000)));
    expect(report).toMatchObject({ longest: 19_996, idle: 19_996 });
    expect(JSON.stringify(report).length).toBeLessThan(10_000);
    const many = Array.from({ length: 500 }, (_, index) =>
      calls('aaaa').map((s) => ({ ...s, result: index })),
    );
    expect(judge(many.flat()).findings.length).toBeLessThan(50);
  });
});

describe('the laws', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'abcdABC'), maxLength: 40 });
  const verdict = (report: LoopReport) =>
    report.findings.map((finding) => [finding.kind, finding.steps, 'times' in finding ? finding.times : 0]);

  it('a step more never makes less of a loop, and a new result adds none', () => {
    fc.assert(
      fc.property(letters, fc.constantFrom(...'abcdA'), (text, more) => {
        const before = judge(calls(text));
        const after = judge(calls(text + more));
        expect(after.longest).toBeGreaterThanOrEqual(before.longest);
        expect(after.idle).toBeGreaterThanOrEqual(before.idle);
        expect(loopsOf(after).length > 0 || loopsOf(before).length === 0).toBe(true);
        expect(verdict(judge(calls(`${text}z`)))).toEqual(verdict(before));
      }),
    );
  });

  it('the names of tools and agents do not matter', () => {
    fc.assert(
      fc.property(letters, (text) => {
        const renamed = calls(text).map((step) => ({ ...step, tool: `tool-${step.tool}`, agent: 'other' }));
        expect(verdict(judge(renamed))).toEqual(verdict(judge(calls(text))));
      }),
    );
  });

  it('progress within a stretch parts it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 30 }), (length, place) => {
        fc.pre(place < length);
        const text = `a${'a'.repeat(length)}`;
        const parted = `${text.slice(0, place + 1)}z${text.slice(place + 1)}`;
        expect(judge(calls(text)).longest).toBe(length);
        expect(judge(calls(parted)).longest).toBe(Math.max(place, length - place));
        expect(judge(calls(parted)).idle).toBe(length);
      }),
    );
  });

  it('work after other work, with other tools, is judged as by itself', () => {
    fc.assert(
      fc.property(letters, letters, (first, second) => {
        const other = calls(second).map((step) => ({ ...step, tool: `other-${step.tool}` }));
        const [one, two] = [judge(calls(first)), judge(other)];
        const both = judge([...calls(first), ...other]);
        expect(both.longest).toBe(Math.max(one.longest, two.longest));
        expect(both.idle).toBe(one.idle + two.idle);
        const cycles = (report: LoopReport) =>
          verdict({ ...report, findings: ofKind(report, 'cycle') } as LoopReport);
        expect(cycles(both).toSorted()).toEqual([...cycles(one), ...cycles(two)].toSorted());
      }),
    );
  });

  it('what a cycle or a stretch wastes is what its steps without progress took', () => {
    fc.assert(
      fc.property(letters, (text) => {
        for (const { steps, wasted } of judge(calls(text)).findings) expect(wasted.tokens).toBe(steps * 100);
      }),
    );
  });
});
