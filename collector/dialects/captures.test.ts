import { describe, expect, it } from 'vitest';
import { decodeJson } from '../otlp/json.ts';
import { decodeProtobuf } from '../otlp/protobuf.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import { type Capture, capturesPresent, readCaptures } from '../testing/captures.ts';
import { mapSpan } from './map-span.ts';

function decode({ body, contentType }: Capture): OtlpSpan[] {
  const { spans, rejections } =
    contentType === 'application/json' ? decodeJson(body.toString('utf8')) : decodeProtobuf(body);
  expect(rejections).toEqual([]);
  return spans;
}

const speaksGenAi = ['otel-instrumentation-openai_http-json', 'vercel-ai-7_genai'];

describe.skipIf(!capturesPresent)('requests of real clients (../shared/data/otlp-captures)', () => {
  it.each(readCaptures())('$name: every span is read', (capture) => {
    const spans = decode(capture);
    expect(spans).toHaveLength(capture.facts.spans);
    expect(new Set(spans.map((span) => span.traceId)).size).toBe(capture.facts.traces);
    expect(spans.filter((span) => span.parentSpanId === '')).toHaveLength(capture.facts.roots);
  });

  it.each(readCaptures().filter(({ name }) => speaksGenAi.includes(name)))(
    '$name: kinds and tokens are those that happened',
    (capture) => {
      const mapped = decode(capture).map((span) => mapSpan(span));
      const calls = mapped.filter(({ kind }) => kind === 'llm');
      const sum = (count: (usage: NonNullable<(typeof calls)[0]['usage']>) => number) =>
        calls.reduce((total, { usage }) => total + (usage ? count(usage) : 0), 0);
      expect(calls).toHaveLength(capture.facts.byKind.llm ?? 0);
      expect(mapped.filter(({ kind }) => kind === 'tool')).toHaveLength(capture.facts.byKind.tool ?? 0);
      expect({
        input: sum(({ input, cacheRead, cacheWrite }) => (input ?? 0) + (cacheRead ?? 0) + (cacheWrite ?? 0)),
        output: sum(({ output, reasoning }) => (output ?? 0) + (reasoning ?? 0)),
        cacheRead: sum(({ cacheRead }) => cacheRead ?? 0),
        reasoning: sum(({ reasoning }) => reasoning ?? 0),
      }).toEqual(capture.facts.reportedLeafTokens);
    },
  );
});
