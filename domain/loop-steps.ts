import { countedCalls } from './counted-calls.ts';
import type { Effect, EffectCall, WorldCall } from './effect.ts';
import type { Json } from './json.ts';
import { limitEnds } from './limit-ends.ts';
import { madeCalls } from './made-calls.ts';
import { changesState } from './net-changes.ts';
import type { SpanDetail } from './span.ts';
import { agentsAtWork } from './span-agents.ts';
import type { Step, Work } from './step.ts';
import { tokensOf } from './tokens-of.ts';
import { type Micros, micros, type NanoUsd, nanoUsd } from './units.ts';

/** What of a trace's spans the loop detector reads. */
export type LoopSpan = Pick<
  SpanDetail,
  | 'spanId'
  | 'parentSpanId'
  | 'name'
  | 'kind'
  | 'start'
  | 'duration'
  | 'status'
  | 'statusMessage'
  | 'errorType'
  | 'agent'
  | 'tool'
  | 'usage'
  | 'cost'
> & {
  payload: Pick<
    SpanDetail['payload'],
    'outputMessages' | 'toolArguments' | 'toolResult' | 'attributes' | 'events'
  >;
};

/** What is known of a trial beside its spans; a production trace has none of it. */
export type WorldSide = {
  journal: readonly Effect[];
  /** The calls that reached a milestone. */
  milestones: readonly Pick<EffectCall, 'number' | 'spanId'>[];
};
const NO_WORLD: WorldSide = { journal: [], milestones: [] };

/**
 * The work that a trace shows: its tool calls by start, each with the model calls since the step before, and the turns
 * of agents that only spoke. A tool span around the span of another agent is a hand-over and no step, since what it
 * brings is what that agent says. Steps are `null` where the spans cannot tell progress from a loop: what the tools
 * brought was not captured, or a write of the journal belongs to none of the tool spans. O(spans log spans).
 */
export function workOfSpans(spans: readonly LoopSpan[], world: WorldSide = NO_WORLD): Work {
  const ordered = spans.toSorted((a, b) => a.start - b.start || (a.spanId < b.spanId ? -1 : 1));
  const limits = limitEnds(ordered);
  const tools = ordered.filter(({ kind }) => kind === 'tool');
  const changing = toolSpansOf(
    spans,
    world.journal.filter(changesState).map(({ call }) => call),
  );
  if (!isCaptured(tools) || changing === null) return { steps: null, limits };
  const reaching = toolSpansOf(spans, world.milestones) ?? new Set();
  return { steps: stepsOf(ordered, { changing, reaching }), limits };
}

/** The work of a world's calls, but for those that nobody made. Tokens and cost are not known there, nor are agents. */
export function workOfCalls(calls: readonly WorldCall[], world: WorldSide): Work {
  const changing = new Set(world.journal.filter(changesState).map(({ call }) => call.number));
  const reaching = new Set(world.milestones.map(({ number }) => number));
  const made = madeCalls(calls);
  const steps = made.map(
    (call, index): Step => ({
      kind: 'call',
      agent: null,
      tool: call.operation,
      arguments: call.request,
      result: [call.status, call.response],
      changed: changing.has(call.number),
      milestone: reaching.has(call.number),
      since: call.at,
      start: call.at,
      end: made[index + 1]?.at ?? call.at,
      tokens: 0,
      cost: null,
      spanId: call.spanId,
    }),
  );
  return { steps, limits: [] };
}

type Marked = { changing: ReadonlySet<string>; reaching: ReadonlySet<string> };

function stepsOf(ordered: readonly LoopSpan[], { changing, reaching }: Marked): Step[] {
  const agentOf = agentsAtWork(ordered);
  const counted = countedCalls(
    ordered.map(({ spanId, parentSpanId, kind, usage }) => ({
      spanId,
      parentSpanId,
      call: kind === 'llm' ? 'call' : 'none',
      usageKnown: usage !== null,
    })),
  );
  const handOvers = spansAroundAgents(ordered);
  const steps: Step[] = [];
  let pending = noModelCalls();
  /** The last answer of a turn that has called no tool so far. */
  let spoken: LoopSpan | null = null;
  let turn: { agent: string | null; calls: number } | null = null;
  const took = (span: LoopSpan) => {
    const { since, tokens, cost } = pending;
    pending = noModelCalls();
    const end = micros(span.start + span.duration);
    return { since: since ?? span.start, start: span.start, end, tokens, cost, spanId: span.spanId };
  };
  const endTurn = () => {
    if (turn?.calls === 0 && spoken) {
      steps.push({ kind: 'words', agent: turn.agent, words: wordsOf(spoken), ...took(spoken) });
    }
    spoken = null;
  };
  for (const span of ordered) {
    const isCall = span.kind === 'tool' && !handOvers.has(span.spanId);
    if (span.kind !== 'llm' && !isCall) continue;
    const agent = agentOf.get(span.spanId) ?? null;
    if (turn === null || turn.agent !== agent) {
      endTurn();
      turn = { agent, calls: 0 };
    }
    if (!isCall) {
      pending = withModelCall(pending, span, counted.has(span.spanId));
      spoken = span;
      continue;
    }
    turn.calls++;
    steps.push({
      kind: 'call',
      agent,
      tool: span.tool ?? span.name,
      arguments: span.payload.toolArguments,
      result: resultOf(span),
      changed: changing.has(span.spanId),
      milestone: reaching.has(span.spanId),
      ...took(span),
    });
  }
  endTurn();
  return steps;
}

type ModelCalls = { since: Micros | null; tokens: number; cost: NanoUsd | null };

function noModelCalls(): ModelCalls {
  return { since: null, tokens: 0, cost: nanoUsd(0) };
}

function withModelCall(calls: ModelCalls, span: LoopSpan, counts: boolean): ModelCalls {
  const since = calls.since ?? span.start;
  if (!counts) return { ...calls, since };
  const cost = calls.cost === null || span.cost === null ? null : nanoUsd(calls.cost + span.cost);
  return { since, tokens: calls.tokens + (span.usage ? (tokensOf(span.usage) ?? 0) : 0), cost };
}

/**
 * Whether it is known what the tools brought. A failure is known without a result where the arguments are there. No
 * tools, nothing to know.
 */
function isCaptured(tools: readonly LoopSpan[]): boolean {
  if (tools.length === 0 || tools.some(({ payload }) => payload.toolResult !== null)) return true;
  const asked = tools.some(({ payload }) => payload.toolArguments !== null);
  return asked && tools.every(({ status }) => status === 'error');
}

function resultOf({ payload, status, errorType, statusMessage }: LoopSpan): Json {
  if (payload.toolResult !== null || status !== 'error') return payload.toolResult;
  return { error: [errorType, statusMessage] };
}

/** Text and calls of an answer, without the ids that are new in every answer. */
function wordsOf({ payload }: LoopSpan): Json {
  if (payload.outputMessages === null) return null;
  return payload.outputMessages.flatMap(({ parts }) =>
    parts.flatMap((part): Json[] => {
      if (part.type === 'text') return [part.content.trim().replace(/\s+/g, ' ')];
      return part.type === 'tool_call' ? [[part.name, part.arguments]] : [];
    }),
  );
}

/** The tool spans beneath which another agent works. */
function spansAroundAgents(spans: readonly LoopSpan[]): Set<string> {
  const byId = new Map(spans.map((span) => [span.spanId as string, span]));
  const around = new Set<string>();
  const passed = new Set<string>();
  for (const { kind, parentSpanId } of spans) {
    let above = kind === 'agent' ? byId.get(parentSpanId ?? '') : undefined;
    while (above && !passed.has(above.spanId)) {
      passed.add(above.spanId);
      if (above.kind === 'tool') around.add(above.spanId);
      above = byId.get(above.parentSpanId ?? '');
    }
  }
  return around;
}

/** The tool spans that made these calls, directly or through a span below them; `null` if one fits none. */
function toolSpansOf(
  spans: readonly LoopSpan[],
  calls: readonly Pick<EffectCall, 'spanId'>[],
): Set<string> | null {
  const byId = new Map(spans.map((span) => [span.spanId as string, span]));
  const found = new Set<string>();
  for (const { spanId } of calls) {
    const passed = new Set<string>();
    let span = byId.get(spanId ?? '');
    while (span && span.kind !== 'tool' && !passed.has(span.spanId)) {
      passed.add(span.spanId);
      span = byId.get(span.parentSpanId ?? '');
    }
    if (span?.kind !== 'tool') return null;
    found.add(span.spanId);
  }
  return found;
}
