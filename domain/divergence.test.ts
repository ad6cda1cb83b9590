import { describe, expect, it } from 'vitest';
import { agentCalls, firstDivergence } from './divergence.ts';
import { WorldCall } from './effect.ts';

let number = 0;
const call = (operation: string, request: object = {}, more: object = {}) => {
  number += 1;
  return WorldCall.parse({
    number,
    service: 'mail',
    operation,
    traceId: null,
    spanId: null,
    at: number,
    request,
    status: 200,
    response: { ok: true },
    fault: null,
    ...more,
  });
};

describe('firstDivergence', () => {
  it('names the first call that asks for another thing, and where it does', () => {
    const left = [call('search'), call('send', { to: 'a', body: 'x' }), call('note')];
    const right = [call('search'), call('send', { to: 'b', body: 'y' })];
    expect(firstDivergence(left, right)).toEqual({
      place: 1,
      by: 'asked',
      difference: { path: 'request.to', left: 'a', right: 'b' },
    });
    expect(firstDivergence([call('search')], [call('list')])?.difference?.path).toBe('operation');
  });

  it('tells another answer, and an end, from another question', () => {
    const failed = call('search', {}, { status: 504 });
    expect(firstDivergence([call('search')], [failed])).toMatchObject({ by: 'answered', place: 0 });
    expect(firstDivergence([call('search')], [])).toEqual({ place: 0, by: 'ended', difference: null });
  });

  it('finds nothing between equals: neither times nor spans are compared', () => {
    expect(firstDivergence([call('search')], [call('search')])).toBeNull();
    expect(firstDivergence([], [])).toBeNull();
  });
});

describe('agentCalls', () => {
  it('leaves out what the network delivered again and what others did', () => {
    const calls = [
      call('send'),
      call('send', {}, { redeliveryOf: 1 }),
      call('read', {}, { principal: 'user' }),
      call('note'),
    ];
    expect(agentCalls(calls).map(({ operation }) => operation)).toEqual(['send', 'note']);
  });
});
