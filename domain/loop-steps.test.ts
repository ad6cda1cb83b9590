import { describe, expect, it } from 'vitest';
import { detectLoops } from './detect-loops.ts';
import { type Effect, WorldCall } from './effect.ts';
import { exampleJournal } from './example-journal.ts';
import { agentSpan, exampleSpan, modelSpan, spanIdOf, toolSpan } from './example-spans.ts';
import type { Json } from './json.ts';
import { workOfCalls, workOfSpans } from './loop-steps.ts';
import { loopsOf } from './loop-verdict.ts';
import { describeFinding } from './loop-wording.ts';
import type { SpanDetail } from './span.ts';

const search = (number: number, result: Json = 'none', parent?: number) =>
  toolSpan(number, { tool: 'search', arguments: { q: 'lee' }, result }, parent);

/** A write by the span of this number. */
const written = (number: number): Effect[] =>
  exampleJournal({ operation: 'insert', table: 'crm.leads', after: { id: 1 } }).map((effect) => ({
    ...effect,
    call: { ...effect.call, spanId: spanIdOf(number) as Effect['call']['spanId'] },
  }));

const foundIn = (spans: readonly SpanDetail[]) =>
  loopsOf(detectLoops(workOfSpans(spans))).map(describeFinding);

describe('the steps of a trace', () => {
  it('carry time, tokens and cost of the model calls that led to them', () => {
    const { steps } = workOfSpans([search(4), modelSpan(1, 'a'), modelSpan(2, 'b'), search(5)]);
    expect(steps).toMatchObject([
      { kind: 'call', since: 1000, start: 4000, end: 5000, tokens: 200, cost: 10 },
      { kind: 'call', since: 5000, tokens: 0, cost: 0 },
    ]);
  });

  it('count a model call once that two layers tell of, and take an unpriced one for unpriced', () => {
    const outer = { ...modelSpan(1, 'a'), duration: 3000 as SpanDetail['duration'] };
    expect(workOfSpans([outer, modelSpan(2, 'a', 1), search(4)]).steps).toMatchObject([
      { tokens: 100, cost: 5 },
    ]);
    const unpriced = { ...modelSpan(1, 'a'), cost: null };
    expect(workOfSpans([unpriced, search(4)]).steps).toMatchObject([{ tokens: 100, cost: null }]);
  });

  it('change the world where they, or a span below them, wrote something', () => {
    const http = exampleSpan(2, { parent: 1 });
    const world = { journal: written(2), milestones: [] };
    expect(workOfSpans([search(1), http], world).steps).toMatchObject([{ changed: true, milestone: false }]);
    const reached = { journal: [], milestones: [{ number: 1, spanId: spanIdOf(2) as SpanDetail['spanId'] }] };
    expect(workOfSpans([search(1), http], reached).steps).toMatchObject([
      { changed: false, milestone: true },
    ]);
  });

  it('are not to be had without content, or where a write fits no tool', () => {
    expect(workOfSpans([exampleSpan(1, { kind: 'tool', tool: 'search' })]).steps).toBeNull();
    const asked = toolSpan(1, { tool: 'search', arguments: { q: 'lee' }, result: null });
    expect(workOfSpans([asked, asked]).steps).toBeNull();
    expect(workOfSpans([search(1)], { journal: written(7), milestones: [] }).steps).toBeNull();
    expect(workOfSpans([modelSpan(1, 'hello')]).steps).not.toBeNull();
  });

  it('take a failure for what a tool brought', () => {
    const failing = [1, 2, 3, 4, 5].map((number) => ({
      ...toolSpan(number, { tool: 'send', arguments: { to: 'lee' }, result: null }),
      status: 'error' as const,
      errorType: '503',
    }));
    expect(foundIn(failing)[0]).toBe('send called x5 with the same result');
    const other = failing.map((span, index) => ({ ...span, statusMessage: `queue ${index}` }));
    expect(foundIn(other)).toEqual([]);
  });

  it('come in any order and of broken parents', () => {
    const spans = [1, 2, 3, 4, 5, 6].map((number) => search(number, 'none', number === 6 ? 1 : number + 1));
    expect(foundIn(spans.toReversed())).toEqual(foundIn(spans));
    expect(foundIn(spans)).not.toEqual([]);
  });
});

describe('what agents hand over', () => {
  /** A supervisor that asks a researcher by a tool, `rounds` times; the researcher searches once each time. */
  function team(rounds: number, found: (round: number) => Json): SpanDetail[] {
    const round = (number: number) => {
      const at = 10 + number * 10;
      return [
        modelSpan(at, `ask again, ${number}`, 1),
        toolSpan(
          at + 1,
          { tool: 'ask_researcher', arguments: { task: number }, result: `sorry ${number}` },
          1,
        ),
        agentSpan(at + 2, 'researcher', 6, at + 1),
        modelSpan(at + 3, null, at + 2),
        search(at + 4, found(number), at + 2),
        modelSpan(at + 5, `nothing found, ${number}`, at + 2),
      ];
    };
    return [
      agentSpan(1, 'supervisor', 999),
      ...Array.from({ length: rounds }, (_, number) => round(number)).flat(),
    ];
  }

  it('is a ping-pong by name where it goes on without a new result', () => {
    expect(foundIn(team(7, () => []))).toContain('ping-pong of supervisor and researcher x7');
    const [finding] = detectLoops(workOfSpans(team(7, () => []))).findings;
    expect(finding).toMatchObject({
      kind: 'ping-pong',
      turns: 14,
      spanId: spanIdOf(20),
      wasted: { cost: 6 * 15 },
    });
  });

  it('is none where each time brings something new', () => {
    expect(foundIn(team(7, (round) => [round]))).toEqual([]);
    expect(foundIn(team(2, (round) => [round]))).toEqual([]);
  });

  it('is told by the name of the nearest agent, whatever the spans below say', () => {
    const spans = team(3, () => []).map((span) => (span.kind === 'agent' ? span : { ...span, agent: 'app' }));
    expect(foundIn(spans)).toContain('ping-pong of supervisor and researcher x3');
    const unnamed = team(3, () => []).map((span) => ({ ...span, agent: null }));
    expect(foundIn(unnamed)).toContain('ping-pong of supervisor and researcher x3');
  });
});

describe('the steps of a world', () => {
  it('are its calls, of which some change it', () => {
    const call = { number: 1, service: 'crm', operation: 'leads.get', traceId: null, spanId: null };
    const calls = [
      WorldCall.parse({ ...call, at: 5, request: { id: 1 }, status: 200, response: {}, fault: null }),
    ];
    const world = { journal: written(1), milestones: [] };
    expect(workOfCalls(calls, world).steps).toMatchObject([
      { tool: 'leads.get', arguments: { id: 1 }, result: [200, {}], changed: true, cost: null },
    ]);
  });
});
