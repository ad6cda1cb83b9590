import type { Effect, WorldCall } from '../../domain/effect.ts';
import { changesState } from '../../domain/net-changes.ts';
import type { SpanDetail } from '../../domain/span.ts';
import { micros, type NanoUsd, nanoUsd } from '../../domain/units.ts';
import type { Usage } from '../../domain/usage.ts';
import type { Step } from './detect-loops.ts';

/**
 * The steps of a trace: its tool spans by start time, each with the model calls since the step before. `null` where the
 * spans cannot tell progress from a loop: arguments and results were not captured, or a write of the journal (empty
 * for a production trace) belongs to none of the tool spans.
 */
export function stepsFromSpans(spans: readonly SpanDetail[], journal: readonly Effect[]): Step[] | null {
  const tools = spans.filter((span) => span.kind === 'tool');
  const captured = tools.some(({ payload }) => payload.toolArguments !== null || payload.toolResult !== null);
  const changing = changingSpans(spans, journal);
  if (!captured || changing === null) return null;

  const steps: Step[] = [];
  let tokens = 0;
  let cost: NanoUsd | null = nanoUsd(0);
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.kind === 'llm') {
      tokens += totalTokens(span.usage);
      cost = cost === null || span.cost === null ? null : nanoUsd(cost + span.cost);
    }
    if (span.kind !== 'tool') continue;
    steps.push({
      tool: span.tool ?? span.name,
      arguments: span.payload.toolArguments,
      result: span.payload.toolResult,
      changed: changing.has(span.spanId),
      start: span.start,
      end: micros(span.start + span.duration),
      tokens,
      cost,
      spanId: span.spanId,
    });
    tokens = 0;
    cost = nanoUsd(0);
  }
  return steps;
}

/** The steps of a world: its calls. Tokens and cost are not known there. */
export function stepsFromCalls(calls: readonly WorldCall[], journal: readonly Effect[]): Step[] {
  const changing = new Set(journal.filter(changesState).map((effect) => effect.call.number));
  return calls.map((call, index) => ({
    tool: call.operation,
    arguments: call.request,
    result: [call.status, call.response],
    changed: changing.has(call.number),
    start: call.at,
    end: calls[index + 1]?.at ?? call.at,
    tokens: 0,
    cost: null,
    spanId: call.spanId,
  }));
}

/** The tool spans that wrote something, directly or through a span below them; `null` if a write fits none. */
function changingSpans(spans: readonly SpanDetail[], journal: readonly Effect[]): Set<string> | null {
  const byId = new Map(spans.map((span) => [span.spanId as string, span]));
  const changing = new Set<string>();
  for (const effect of journal.filter(changesState)) {
    const passed = new Set<string>();
    let span = byId.get(effect.call.spanId ?? '');
    while (span && span.kind !== 'tool' && !passed.has(span.spanId)) {
      passed.add(span.spanId);
      span = byId.get(span.parentSpanId ?? '');
    }
    if (span?.kind !== 'tool') return null;
    changing.add(span.spanId);
  }
  return changing;
}

function totalTokens(usage: Usage | null): number {
  return Object.values(usage ?? {}).reduce<number>((sum, count) => sum + (count ?? 0), 0);
}
