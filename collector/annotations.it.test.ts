import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SpanId, TraceId } from '../domain/ids.ts';
import { PinId } from '../domain/pin.ts';
import { startTestCollector, type TestCollector } from './testing/start-test-collector.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector();
});
afterAll(() => collector.close());

const traceId = TraceId.parse('0af7651916cd43dd8448eb211c80319c');
const spanId = SpanId.parse('b7ad6b7169203331');
const hostile = '<script>alert(1)</script> \u202e\u0000 \ud83d\ude45';

async function pinsOf(trace: TraceId) {
  const answer = await collector.client.api.pins[':traceId'].$get({ param: { traceId: trace } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()).pins;
}

const putPin = (pinId: PinId, note: string) =>
  collector.client.api.pins[':traceId'][':pinId'].$put({
    param: { traceId, pinId },
    json: { spanId, note, author: 'Kim' },
  });

async function viewsOf(page: 'traces' | 'metrics') {
  const answer = await collector.client.api.views[':page'].$get({ param: { page } });
  return (await answer.json()).views;
}

describe('pins', () => {
  const pinId = PinId.parse('a'.repeat(24));

  it('is one pin however often it is sent, with the moment of the first time and the last words', async () => {
    await putPin(pinId, 'Look');
    const [first] = await pinsOf(traceId);
    await putPin(pinId, hostile);
    await putPin(pinId, hostile);
    expect(await pinsOf(traceId)).toEqual([
      { id: pinId, traceId, spanId, note: hostile, author: 'Kim', pinnedAt: first?.pinnedAt },
    ]);
    expect(await pinsOf(TraceId.parse('1'.repeat(32)))).toEqual([]);
  });

  it('stays off once it was taken off, also when it is sent late', async () => {
    const param = { traceId, pinId };
    await collector.client.api.pins[':traceId'][':pinId'].$delete({ param });
    await collector.client.api.pins[':traceId'][':pinId'].$delete({ param });
    await putPin(pinId, 'late');
    expect(await pinsOf(traceId)).toEqual([]);
  });

  it('refuses a note of nothing, and says what was expected', async () => {
    const answer = await putPin(PinId.parse('b'.repeat(24)), '  ');
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('json: note');
  });
});

describe('saved views', () => {
  const put = (name: string, search: string) =>
    collector.client.api.views[':page'][':name'].$put({
      param: { page: 'traces', name: encodeURIComponent(name) },
      json: { search },
    });

  it('are kept by page and name, and replaced by the same name', async () => {
    await put('Failing / dear', 'status=error');
    await put('Failing / dear', 'status=error&minCost=1000');
    await put(hostile.replace('\u0000', ''), 'q=%3Cb%3E');
    expect(await viewsOf('traces')).toEqual([
      { page: 'traces', name: hostile.replace('\u0000', ''), search: 'q=%3Cb%3E' },
      { page: 'traces', name: 'Failing / dear', search: 'status=error&minCost=1000' },
    ]);
    expect(await viewsOf('metrics')).toEqual([]);
  });

  it('can be deleted and saved again', async () => {
    const param = { page: 'traces' as const, name: encodeURIComponent('Failing / dear') };
    await collector.client.api.views[':page'][':name'].$delete({ param });
    expect((await viewsOf('traces')).map(({ name }) => name)).not.toContain('Failing / dear');
    await put('Failing / dear', 'status=ok');
    expect((await viewsOf('traces')).map(({ search }) => search)).toContain('status=ok');
  });
});
