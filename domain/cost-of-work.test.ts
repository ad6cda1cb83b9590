import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOfWork, mergeCostRows, type WorkSpan } from './cost-of-work.ts';
import { nanoUsd } from './units.ts';

const span = (spanId: string, parentSpanId: string | null, fields: Partial<WorkSpan> = {}): WorkSpan => ({
  spanId,
  parentSpanId,
  name: spanId,
  kind: 'other',
  call: 'none',
  usageKnown: false,
  failed: false,
  cost: null,
  agent: null,
  agentVersion: null,
  model: null,
  tool: null,
  ...fields,
});
const call = (spanId: string, parent: string | null, cost: number | null, fields: Partial<WorkSpan> = {}) =>
  span(spanId, parent, {
    kind: 'llm',
    call: 'call',
    usageKnown: true,
    model: 'gpt-4o-mini',
    cost: cost === null ? null : nanoUsd(cost),
    ...fields,
  });

const team = [
  span('root', null, { kind: 'agent', agent: 'supervisor', agentVersion: '2' }),
  call('plan', 'root', 100, { model: 'gpt-4o' }),
  span('research', 'root', { kind: 'tool', tool: 'research' }),
  span('researcher', 'research', { kind: 'agent', agent: 'researcher' }),
  call('look', 'researcher', 10),
  span('draft', 'root', { kind: 'step', name: 'write the draft' }),
  call('write', 'draft', 20),
  call('unpriced', 'draft', null, { model: 'house-model' }),
];

describe('costOfWork', () => {
  it('tells each call by where it was made', () => {
    const { rows, cost, unpricedCalls } = costOfWork(team, null);
    const told = rows.map((row) => [row.model, row.role, row.tool, row.agent, row.agentVersion, row.cost]);
    expect(told).toEqual([
      ['gpt-4o', 'supervisor', null, 'supervisor', '2', 100],
      ['gpt-4o-mini', 'researcher', 'research', 'researcher', '2', 10],
      ['gpt-4o-mini', 'write the draft', null, 'supervisor', '2', 20],
      ['house-model', 'write the draft', null, 'supervisor', '2', 0],
    ]);
    expect([cost, unpricedCalls]).toEqual([130, 1]);
  });

  it('counts one request that two layers traced once', () => {
    const spans = [call('gateway', null, 7), call('sdk', 'gateway', 7)];
    expect(costOfWork(spans, null).cost).toBe(7);
  });

  it('wastes each part once: the whole of a failed trace, else loops, then calls that failed', () => {
    const spans = (failed: boolean) => [
      span('root', null, { kind: 'agent', failed }),
      call('first', 'root', 10, { failed: true }),
      call('second', 'root', 20),
    ];
    expect(costOfWork(spans(true), nanoUsd(15)).wasted).toEqual({ failures: 30, loops: 0, retries: 0 });
    expect(costOfWork(spans(false), nanoUsd(15)).wasted).toEqual({ failures: 0, loops: 15, retries: 10 });
    expect(costOfWork(spans(false), nanoUsd(25)).wasted).toEqual({ failures: 0, loops: 25, retries: 5 });
    expect(costOfWork(spans(false), null).wasted).toEqual({ failures: 0, loops: 0, retries: 10 });
  });

  it('has rows that sum up to the cost, and never wastes more, whatever the parents', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const drawn = fc.uniqueArray(
      fc.record({ id: name, parent: fc.option(name), cost: fc.nat({ max: 99 }), failed: fc.boolean() }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(drawn, fc.nat({ max: 500 }), (spans, loops) => {
        const calls = spans.map(({ id, parent, cost, failed }) => call(id, parent, cost, { failed }));
        const { rows, cost, wasted } = costOfWork(calls, nanoUsd(loops));
        expect(rows.reduce((sum, row) => sum + row.cost, 0)).toBe(cost);
        expect(wasted.failures + wasted.loops + wasted.retries).toBeLessThanOrEqual(cost);
      }),
    );
  });

  it('puts rows of several traces together, the dearest first', () => {
    const rows = costOfWork(team, null).rows;
    const merged = mergeCostRows([rows, rows]);
    expect(merged.map(({ cost, calls }) => [cost, calls])).toEqual([
      [200, 2],
      [40, 2],
      [20, 2],
      [0, 2],
    ]);
    expect(rows[0]?.cost).toBe(100);
  });
});
