import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SpanId, TraceId } from '../../domain/ids.ts';
import { decodeJson } from '../otlp/json.ts';
import { capturesPresent, readAllCaptures } from '../testing/captures.ts';
import { JSON_SPAN, jsonRequest } from '../testing/example-span.ts';
import { JSON_LOG, logsRequest } from '../testing/signal-requests.ts';
import { startTestCollector, type TestCollector } from '../testing/start-test-collector.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector();
});
afterAll(() => collector.close());

async function post(signal: string, body: string | Buffer) {
  const answer = await fetch(`${collector.url}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  expect([answer.status, await answer.text()]).toEqual([200, '{}']);
}

async function spanOf(traceId: TraceId, spanId: SpanId) {
  await collector.settled();
  const answer = await collector.client.api.traces[':traceId'].spans[':spanId'].$get({
    param: { traceId, spanId },
  });
  return (await answer.json()).span;
}

describe('content that came as log records', () => {
  const event = (eventName: string, text: string, time: number) => ({
    ...JSON_LOG,
    eventName,
    timeUnixNano: String(time),
    body: { kvlistValue: { values: [{ key: 'content', value: { stringValue: text } }] } },
  });
  const records = [
    event('gen_ai.user.message', 'Hello', 1),
    event('gen_ai.assistant.message', 'Good day', 2),
    event('gen_ai.user.message', 'Who is Alice?', 3),
  ];
  const messages = ['Hello', 'Good day', 'Who is Alice?'];

  it.each(['before', 'after'])('is that of the span when it came %s it', async (order) => {
    const traceId = TraceId.parse((order === 'before' ? 'c' : 'd').repeat(32));
    const spanId = SpanId.parse(JSON_SPAN.spanId);
    const logs = JSON.stringify(logsRequest(...records.map((record) => ({ ...record, traceId }))));
    const spans = jsonRequest({ ...JSON_SPAN, traceId });
    const both = [() => post('logs', logs), () => post('traces', spans)];
    for (const send of order === 'before' ? both : both.toReversed()) {
      await send();
      await collector.settled();
    }
    const { payload } = await spanOf(traceId, spanId);
    const said = payload.inputMessages?.flatMap(({ parts }) =>
      parts.map((part) => (part.type === 'text' ? part.content : '')),
    );
    expect(said).toEqual(messages);
  });

  it.skipIf(!capturesPresent)('is found for the calls of a capture that have it only there', async () => {
    const capture = readAllCaptures().filter(({ file }) =>
      file.startsWith('otel-instrumentation-openai_http-json/'),
    );
    for (const { signal, body } of capture) await post(signal, body);
    const trace = capture.find(({ signal }) => signal === 'traces');
    const { spans } = decodeJson(trace?.body ?? Buffer.alloc(0));
    const told: string[] = [];
    for (const { traceId, spanId } of spans) {
      const { payload, kind } = await spanOf(TraceId.parse(traceId), SpanId.parse(spanId));
      if (kind === 'llm' && payload.inputMessages !== null) told.push(spanId);
    }
    expect(told).toHaveLength(7);
  });
});
