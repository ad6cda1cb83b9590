import { describe, expect, it } from 'vitest';
import type { History } from './condition-holds.ts';
import { WorldCall } from './effect.ts';
import { Milestone } from './expectations.ts';
import { milestoneCycle, progressOf } from './milestones.ts';
import { micros } from './units.ts';

const milestone = (id: string, ...after: string[]): Milestone =>
  Milestone.parse({ id, after, when: { on: 'call', service: 's', operation: id } });

/** A history of calls of these operations. */
const history = (...operations: string[]): History => ({
  start: micros(0),
  now: micros(1000),
  calls: operations.map((operation, index) =>
    WorldCall.parse({
      number: index + 1,
      at: index + 1,
      service: 's',
      operation,
      traceId: null,
      spanId: null,
      request: null,
      status: 200,
      response: null,
      fault: null,
    }),
  ),
  journal: [],
  turns: [],
  row: () => null,
});
const reached = (milestones: Milestone[], past: History) =>
  progressOf(milestones, past).map(({ milestone: { id }, moment, lacking }) => [
    id,
    moment?.call ?? null,
    ...lacking,
  ]);

describe('progressOf', () => {
  const chain = [milestone('read'), milestone('check', 'read'), milestone('send', 'check')];

  it('reaches milestones in their order', () => {
    expect(reached(chain, history('read', 'check', 'send'))).toEqual([
      ['read', 1],
      ['check', 2],
      ['send', 3],
    ]);
  });

  it('does not count what came too early, unless it comes again', () => {
    expect(reached(chain, history('send', 'read', 'check'))).toEqual([
      ['read', 2],
      ['check', 3],
      ['send', null],
    ]);
    expect(reached(chain, history('send', 'read', 'check', 'send'))[2]).toEqual(['send', 4]);
  });

  it('names what was lacking before one that was not reached', () => {
    expect(reached(chain, history('check', 'send'))).toEqual([
      ['read', null],
      ['check', null, 'read'],
      ['send', null, 'check'],
    ]);
  });

  it('waits for the later of two', () => {
    const joined = [milestone('a'), milestone('b'), milestone('c', 'a', 'b')];
    expect(reached(joined, history('a', 'c', 'b'))[2]).toEqual(['c', null]);
    expect(reached(joined, history('b', 'a', 'c'))[2]).toEqual(['c', 3]);
  });

  it('never reaches a circle', () => {
    expect(reached([milestone('a', 'b'), milestone('b', 'a')], history('a', 'b', 'a'))).toEqual([
      ['a', null, 'b'],
      ['b', null, 'a'],
    ]);
  });
});

describe('milestoneCycle', () => {
  it('names the circle, and only it', () => {
    const circle = [milestone('x', 'a'), milestone('a', 'b'), milestone('b', 'c'), milestone('c', 'a')];
    expect(milestoneCycle(circle)).toEqual(['a', 'b', 'c', 'a']);
    expect(milestoneCycle([milestone('a', 'a')])).toEqual(['a', 'a']);
    expect(milestoneCycle([milestone('a'), milestone('b', 'a'), milestone('c', 'a', 'b')])).toBeNull();
    expect(milestoneCycle([milestone('a', 'elsewhere')])).toBeNull();
  });
});
