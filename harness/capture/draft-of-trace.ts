import { canonicalJson } from '../../domain/canonical-json.ts';
import { AppError } from '../../domain/errors.ts';
import type { TraceId } from '../../domain/ids.ts';
import type { Message } from '../../domain/message.ts';
import type { SpanDetail } from '../../domain/span.ts';
import type { Pack } from '../pack.ts';
import { defineScenario } from '../scenario/define-scenario.ts';
import { insert } from '../scenario/effects.ts';
import { exact } from '../scenario/matchers.ts';
import { call } from '../scenario/steps.ts';
import { effectColumns, type RecordedAnswer, recorded } from '../world/recorded/recorded.ts';
import { capturedCalls } from './captured-calls.ts';
import { capturedModelCalls, type ModelCalls } from './captured-model-calls.ts';
import { noteOf } from './note.ts';

/** What a trace becomes. */
export type Draft = {
  /** Of its files: `alice-react-0af7651916cd43dd`. */
  name: string;
  /** One scenario with its world. */
  pack: Pack;
  /** What the model answered, in the form of a cassette. */
  cassette: ModelCalls;
  /** What a person has to look at, as Markdown. */
  note: string;
};

/**
 * Turns the spans of a trace into a draft: what was asked, the tools as a world that answers as it did then, and every
 * write as an expected effect. It expects what happened, be it right or wrong: the note says what to look at.
 *
 * @param spans by start; those of models and tools with what was said and done
 * @throws AppError CONTENT_NOT_CAPTURED where there is no message to begin with, or the arguments of no tool are there
 */
export function draftOfTrace(traceId: TraceId, spans: readonly SpanDetail[]): Draft {
  const models = modelSpans(spans);
  const message = firstMessage(models);
  const { answers, notes } = capturedCalls(spans);
  if (message === null) throw nothingCaptured(traceId, 'what the agent was asked');
  if (answers.length === 0 && notes.length > 0) throw nothingCaptured(traceId, 'the arguments of any tool');
  const name = nameOf(traceId, spans);
  const scenario = defineScenario({
    id: `captured/${name}`,
    title: titleOf(message),
    tags: ['captured', 'draft'],
    world: {
      now: new Date(Math.floor((spans[0]?.start ?? 0) / 1000)).toISOString(),
      services: [recorded.name],
      fixtures: ['trace'],
    },
    start: { message },
    expect: expectationsOf(answers),
    limits: {
      modelCalls: Math.max(10, models.length * 2),
      toolCalls: Math.max(20, answers.length * 2),
    },
    reference: {
      steps: withoutRepeats(answers).map((answer) =>
        call(recorded.name, 'tools.call', { params: { name: answer.tool }, body: answer.arguments }),
      ),
    },
  });
  const cassette = capturedModelCalls(models, scenario.id);
  const pack: Pack = {
    name: 'captured',
    services: [recorded],
    fixtures: { trace: { 'recorded.answers': answers } },
    scenarios: [scenario],
    models: [],
  };
  const note = noteOf({ traceId, name, message, said: lastWords(models), answers, notes, cassette });
  return { name, pack, cassette, note };
}

/** Those that asked a model themselves: a span around another model span tells the same call again. */
function modelSpans(spans: readonly SpanDetail[]): SpanDetail[] {
  const models = spans.filter(({ kind }) => kind === 'llm');
  const parents = new Set(models.map(({ parentSpanId }) => parentSpanId));
  return models.filter(({ spanId }) => !parents.has(spanId));
}

function firstMessage(models: readonly SpanDetail[]): string | null {
  const first = models.find(({ payload }) => payload.inputMessages !== null);
  const said = first?.payload.inputMessages?.filter(({ role }) => role === 'user').map(textOf) ?? [];
  return said.findLast((text) => text.trim() !== '') ?? null;
}

function lastWords(models: readonly SpanDetail[]): string {
  const said = models.flatMap(({ payload }) => (payload.outputMessages ?? []).map(textOf));
  return said.findLast((text) => text.trim() !== '') ?? '';
}

function textOf({ parts }: Message): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.content] : [])).join('\n');
}

function expectationsOf(answers: readonly RecordedAnswer[]) {
  const done = answers.filter(isEffect);
  if (done.length === 0) return { abstain: 'no-write' as const };
  return {
    effects: done.map(({ tool, arguments: given }) => {
      const columns = Object.entries(effectColumns(tool, given));
      return insert(
        'recorded.effects',
        Object.fromEntries(columns.map(([name, value]) => [name, exact(value)])),
      );
    }),
  };
}

function isEffect({ writes, error }: RecordedAnswer): boolean {
  return writes && error === null;
}

/** The way that it was done, without the questions whose answers were known: those are no example to anybody. */
function withoutRepeats(answers: readonly RecordedAnswer[]): RecordedAnswer[] {
  const known = new Set<string>();
  return answers.filter((answer) => {
    const { tool, arguments: given, result, error } = answer;
    const print = canonicalJson([tool, given, result, error]);
    if (known.has(print) && !isEffect(answer)) return false;
    known.add(print);
    return true;
  });
}

function titleOf(message: string): string {
  const line = message.trim().split('\n')[0] ?? '';
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function nameOf(traceId: TraceId, spans: readonly SpanDetail[]): string {
  const agent = spans.find((span) => span.agent !== null)?.agent ?? spans[0]?.service ?? '';
  const slug = agent
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `${slug || 'trace'}-${traceId.slice(0, 16)}`;
}

function nothingCaptured(traceId: TraceId, what: string): AppError {
  return new AppError(
    'CONTENT_NOT_CAPTURED',
    `expected a trace that tells ${what}, got ${traceId}, in which it was not captured`,
  );
}
