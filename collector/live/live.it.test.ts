import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { exampleSpan } from '../testing/example-span.ts';
import { startTestCollector, type TestCollector } from '../testing/start-test-collector.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector();
});
afterAll(() => collector?.close());

/** The events of a live tail as they come. */
async function listen() {
  const leaving = new AbortController();
  const response = await fetch(`${collector.url}/api/live`, {
    headers: { 'last-event-id': '7' },
    signal: leaving.signal,
  });
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })().catch(() => {});
  const events = () =>
    [...text.matchAll(/^event: (\w+)\ndata: (.*)$/gm)].map(([, event = '', data = '']) => ({
      event,
      data: JSON.parse(data),
    }));
  return { type: response.headers.get('content-type'), events, reading, leave: () => leaving.abort() };
}

describe('GET /api/live', () => {
  it('tells of spans and traces once they can be read', async () => {
    const tail = await listen();
    expect(tail.type).toMatch(/^text\/event-stream/);
    const root = exampleSpan({ parentSpanId: '', name: 'root of a live trace' });
    const child = exampleSpan({ spanId: 'c'.repeat(16), parentSpanId: root.spanId });
    await collector.sendSpans([root, child]);
    await vi.waitFor(() => expect(tail.events().map(({ event }) => event)).toContain('trace'), 10_000);
    const found = await collector.client.api.traces[':traceId'].$get({ param: { traceId: root.traceId } });
    expect(found.status).toBe(200);
    const [spans, traces] = tail.events();
    expect(spans?.data).toMatchObject({
      dropped: 0,
      spans: [{ spanId: root.spanId }, { spanId: child.spanId }],
    });
    expect(traces?.data.traces).toMatchObject([{ traceId: root.traceId, name: 'root of a live trace' }]);
    tail.leave();
    await tail.reading;
    const ids = `${root.traceId},${'e'.repeat(32)}`;
    const named = await collector.client.api.traces.named.$get({ query: { ids } });
    expect((await named.json()).traces).toMatchObject([
      { traceId: root.traceId, spans: 2, rootReceived: true, loops: { kind: 'none' } },
    ]);
    const refused = await collector.client.api.traces.named.$get({ query: { ids: 'nothing' } });
    expect(refused.status).toBe(400);
  });

  it('ends when the collector closes, without waiting for who listens', async () => {
    const other = await startTestCollector();
    const response = await fetch(`${other.url}/api/live`);
    const body = response.text();
    await other.close();
    expect(await body).toMatch(/^retry: 2000/);
  });
});
