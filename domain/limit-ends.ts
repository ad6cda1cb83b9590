import type { Json } from './json.ts';
import type { LoopSpan } from './loop-steps.ts';
import type { LimitEnd } from './step.ts';
import { micros } from './units.ts';

/** Classes of exceptions, and `error.type`s, by which frameworks end an agent that takes too many steps. */
const STEP_LIMIT_TYPES =
  /\b(?:GraphRecursionError|Max(?:imum)?(?:Turns|Steps|Iterations|Rounds)(?:Exceeded|Reached)?(?:Error|Exception)?|AgentMaxStepsError|LlmCallsLimitExceededError|recursion_limit|(?:step|turn|iteration)_limit|max_(?:turns|steps|iterations|rounds|tool_calls)(?:_exceeded|_reached)?)\b/i;

/**
 * The same in words, which have to name a limit and what there are too many of: not tokens, time, retries, requests a
 * minute, nor the depth of a language's own stack.
 */
const STEP_LIMIT_WORDS = [
  /\brecursion[ _]limit\b/i,
  /\bmax(?:imum)?(?:[ _](?:number|count)(?: of)?)?[ _](?:agent[ _]|tool[ _]|reasoning[ _]|llm[ _]|model[ _]|react[ _])?(?:turns|steps|iterations|rounds|calls)\b/i,
  /\b(?:turn|step|iteration)[ _]limit\b/i,
];
const STEP_LIMIT_REASONS = /^(?:max|maximum)[ _-]?(?:turns|steps|iterations|rounds|tool[ _-]?calls)$/i;

/** The kinds of spans in which an agent's work ends; what a tool or a model says of limits is about its own. */
const WORK = new Set<LoopSpan['kind']>(['agent', 'step', 'other']);

/**
 * Where a limit ended the work: the innermost span of each agent or step that failed and names a limit of steps, and the
 * last model call, where its answer was cut for its length. O(spans).
 *
 * @param spans by start
 */
export function limitEnds(spans: readonly LoopSpan[]): LimitEnd[] {
  return [...stepLimits(spans), ...cutAnswer(spans)];
}

function stepLimits(spans: readonly LoopSpan[]): LimitEnd[] {
  const byId = new Map(spans.map((span) => [span.spanId as string, span]));
  const above = new Set<string>();
  const ends: LimitEnd[] = [];
  // From the last to the first: an exception that passes through the spans above is told once, where it was thrown.
  for (const span of spans.toReversed()) {
    const said = WORK.has(span.kind) ? stepLimitIn(span) : null;
    if (said === null || above.has(span.spanId)) continue;
    ends.unshift({ limit: 'steps', said, at: micros(span.start + span.duration), spanId: span.spanId });
    let parent = byId.get(span.parentSpanId ?? '');
    while (parent && !above.has(parent.spanId)) {
      above.add(parent.spanId);
      parent = byId.get(parent.parentSpanId ?? '');
    }
  }
  return ends;
}

function stepLimitIn({ status, errorType, statusMessage, payload }: LoopSpan): string | null {
  const reason = finishReasons(payload.attributes).find((word) => STEP_LIMIT_REASONS.test(word));
  if (reason) return reason;
  if (status !== 'error') return null;
  const thrown = payload.events
    .filter(({ name }) => name === 'exception')
    .map(({ attributes }) => attributes);
  const types = [errorType, ...thrown.map((exception) => textOf(exception['exception.type']))];
  const messages = [statusMessage, ...thrown.map((exception) => textOf(exception['exception.message']))];
  const type = types.find((word) => word && STEP_LIMIT_TYPES.test(word)) ?? null;
  const message = messages.find((text) => text && STEP_LIMIT_WORDS.some((words) => words.test(text))) ?? null;
  return message ?? (type && (messages.find((text) => text) || type));
}

function cutAnswer(spans: readonly LoopSpan[]): LimitEnd[] {
  const last = spans.findLast(({ kind }) => kind === 'llm' || kind === 'tool');
  if (last?.kind !== 'llm') return [];
  const cut = finishReasons(last.payload.attributes).find((reason) => CUT.test(reason));
  const at = micros(last.start + last.duration);
  return cut === undefined ? [] : [{ limit: 'tokens', said: cut, at, spanId: last.spanId }];
}

const CUT = /^(?:length|max_?(?:output_?)?tokens|model_length)$/i;

/** As emitters write them: a list, a list in a text, or a word. */
function finishReasons(attributes: Readonly<Record<string, Json>>): string[] {
  const told = FINISH_KEYS.flatMap((key) => attributes[key] ?? []);
  return told.flatMap((value) =>
    typeof value === 'string' ? value.split(/[[\]"',\s]+/).filter((word) => word !== '') : [],
  );
}

const FINISH_KEYS = [
  'gen_ai.response.finish_reasons',
  'gen_ai.response.finish_reason',
  'gen_ai.completion.0.finish_reason',
  'ai.response.finishReason',
  'llm.finish_reason',
];

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
