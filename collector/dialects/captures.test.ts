import { describe, expect, it } from 'vitest';
import { countedCalls } from '../../domain/counted-calls.ts';
import { decodeJson } from '../otlp/json.ts';
import { decodeProtobuf } from '../otlp/protobuf.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import { type Capture, capturesPresent, readCaptures } from '../testing/captures.ts';
import type { Canonical } from './canonical.ts';
import { contentOf } from './content.ts';
import { mapSpan } from './map-span.ts';

function decode({ body, contentType }: Capture): OtlpSpan[] {
  const { spans, rejections } = contentType === 'application/json' ? decodeJson(body) : decodeProtobuf(body);
  expect(rejections).toEqual([]);
  return spans;
}

/** Of the captures' README: what a mapper must reach. `input` and `output` are inclusive there. */
const TRUTH: Record<
  string,
  { llm: number; tool: number; tokens: number[]; signals: Record<string, number> }
> = {
  'otel-instrumentation-openai_http-json': {
    llm: 7,
    tool: 0,
    tokens: [600, 150, 0, 0],
    signals: { status: 1 },
  },
  'openinference-langgraph': { llm: 3, tool: 2, tokens: [360, 90, 192, 24], signals: { status: 1 } },
  'vercel-ai-7_genai': { llm: 8, tool: 3, tokens: [840, 210, 448, 0], signals: { status: 4 } },
  'traceloop-node': { llm: 6, tool: 1, tokens: [365, 104, 0, 0], signals: {} },
  'langfuse-otel': { llm: 9, tool: 2, tokens: [720, 180, 384, 48], signals: { level: 2 } },
};

function sumOf(calls: readonly Canonical[]): number[] {
  const sum = (count: (usage: NonNullable<Canonical['usage']>) => number) =>
    calls.reduce((total, { usage }) => total + (usage ? count(usage) : 0), 0);
  return [
    sum(({ input, cacheRead, cacheWrite }) => (input ?? 0) + (cacheRead ?? 0) + (cacheWrite ?? 0)),
    sum(({ output, reasoning }) => (output ?? 0) + (reasoning ?? 0)),
    sum(({ cacheRead }) => cacheRead ?? 0),
    sum(({ reasoning }) => reasoning ?? 0),
  ];
}

function countBy(words: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...new Set(words)].map((word) => [word, words.filter((w) => w === word).length]),
  );
}

describe.skipIf(!capturesPresent)('requests of real clients (../shared/data/otlp-captures)', () => {
  it.each(readCaptures())('$name: every span is read', (capture) => {
    const spans = decode(capture);
    expect(spans).toHaveLength(capture.facts.spans);
    expect(new Set(spans.map((span) => span.traceId)).size).toBe(capture.facts.traces);
    expect(spans.filter((span) => span.parentSpanId === '')).toHaveLength(capture.facts.roots);
  });

  it.each(readCaptures())('$name: calls, tools, tokens and failures are those that happened', (capture) => {
    const mapped = decode(capture).map((span) => ({ ...mapSpan(span), span }));
    const counted = countedCalls(
      mapped.map(({ span, call, usage }) => ({
        spanId: span.spanId,
        parentSpanId: span.parentSpanId || null,
        call,
        usageKnown: usage !== null,
      })),
    );
    const calls = mapped.filter(({ kind, span }) => kind === 'llm' && counted.has(span.spanId));
    const truth = TRUTH[capture.name];
    expect({
      llm: calls.length,
      tool: mapped.filter(({ kind }) => kind === 'tool').length,
      tokens: sumOf(calls),
      signals: countBy(mapped.flatMap(({ errorSignal }) => errorSignal ?? [])),
    }).toEqual(truth);
    expect(Object.values(truth?.signals ?? {}).reduce((sum, count) => sum + count, 0)).toBe(
      capture.facts.statusError + capture.facts.otherErrorSignal,
    );
  });

  it('names the model, the agent, the session and the user in each of them', () => {
    const found = readCaptures().map((capture) => {
      const mapped = decode(capture).map((span) => mapSpan(span));
      const all = (
        field: 'modelRequested' | 'agent' | 'session' | 'user' | 'provider' | 'tool' | 'workflow',
      ) => [...new Set(mapped.flatMap((span) => span[field] ?? []))].sort().join(' ');
      return [
        capture.name,
        all('agent'),
        all('session'),
        all('user'),
        all('provider'),
        all('tool'),
        all('workflow'),
      ];
    });
    expect(found.sort()).toEqual([
      ['langfuse-otel', 'alice', 'sess-42', 'user-7', '', 'crm_lookup send_email', 'handle lead'],
      ['openinference-langgraph', '', 'sess-42', 'user-7', '', 'crm_lookup send_email', 'email_writer'],
      ['otel-instrumentation-openai_http-json', '', '', '', 'openai', '', ''],
      ['traceloop-node', 'alice', 'sess-42', 'user-7', 'openai', 'send_email', 'handle_lead'],
      ['vercel-ai-7_genai', 'alice boom crm email_writer say', '', '', 'openai', 'crm_lookup send_email', ''],
    ]);
  });

  it('reads what was said: every model call that has content has messages with roles', () => {
    for (const capture of readCaptures().filter(({ name }) => !name.startsWith('otel-instrumentation'))) {
      const calls = decode(capture).filter((span) => mapSpan(span).kind === 'llm' && !mapSpan(span).failed);
      for (const span of calls) {
        const { inputMessages } = contentOf(span.attributes, span.events);
        const odd = (inputMessages ?? []).filter(
          ({ role, parts }) =>
            !['system', 'user', 'assistant', 'tool'].includes(role) ||
            parts.some(({ type }) => type === 'other'),
        );
        expect(inputMessages, `${capture.name} ${span.spanId}`).not.toBeNull();
        expect(odd, `${capture.name} ${span.spanId}`).toEqual([]);
      }
    }
  });
});
