import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Json } from '../../domain/json.ts';
import type { SpanDetail } from '../../domain/span.ts';
import type { RecordedAnswer } from '../world/recorded/recorded.ts';
import { writesByName } from './writes-by-name.ts';

/** The calls of tools in a trace, and what is not known of them. */
export type CapturedCalls = { answers: RecordedAnswer[]; notes: string[] };

/** Spans of tools as recorded answers, in their order. A call whose arguments were not captured cannot be asked again. */
export function capturedCalls(spans: readonly SpanDetail[]): CapturedCalls {
  const calls = withoutWrappers(spans.filter(({ kind }) => kind === 'tool')).map((span) => ({
    span,
    tool: span.tool ?? span.name,
    failed: span.status === 'error' || span.errorType !== null,
  }));
  const told = calls.filter(({ span }) => span.payload.toolArguments !== null);
  const answers = told.map(
    ({ span, tool, failed }, index): RecordedAnswer => ({
      id: `a${index + 1}`,
      tool,
      arguments: span.payload.toolArguments,
      result: span.payload.toolResult,
      writes: writesByName(tool),
      error: failed ? failureOf(span) : null,
    }),
  );
  const silent = calls.filter(({ span }) => span.payload.toolArguments === null);
  const empty = told.filter(({ span, failed }) => !failed && span.payload.toolResult === null);
  return {
    answers,
    notes: [
      ...(silent.length === 0
        ? []
        : [`Left out, for their arguments were not captured: ${counted(silent.map(({ tool }) => tool))}.`]),
      ...(empty.length === 0
        ? []
        : [
            `Answered with \`null\`, for their results were not captured or empty: ${counted(empty.map(({ tool }) => tool))}.`,
          ]),
    ],
  };
}

/** An agent that calls a tool by way of another library has two spans for one call; the inner one is left out. */
function withoutWrappers(spans: readonly SpanDetail[]): SpanDetail[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  return spans.filter((span) => {
    const parent = span.parentSpanId === null ? undefined : byId.get(span.parentSpanId);
    return !parent || parent.tool !== span.tool || !sameArguments(parent, span);
  });
}

function sameArguments(left: SpanDetail, right: SpanDetail): boolean {
  const [one, other] = [left.payload.toolArguments, right.payload.toolArguments];
  return one === null || other === null || canonicalJson(one) === canonicalJson(other);
}

function failureOf({ statusMessage, errorType, payload }: SpanDetail): string {
  return statusMessage || textOf(payload.toolResult) || errorType || 'it failed';
}

function textOf(value: Json): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `search x2, lookup` */
export function counted(names: readonly string[]): string {
  return [...Map.groupBy(names, (name) => name)]
    .map(([name, { length }]) => (length === 1 ? `\`${name}\`` : `\`${name}\` x${length}`))
    .join(', ');
}
