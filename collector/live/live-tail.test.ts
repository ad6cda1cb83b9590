import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_PROJECT, ProjectId } from '../../domain/ids.ts';
import type { SpanSample } from '../ingest/span-columns.ts';
import { liveQueue } from './live-queue.ts';
import { type LiveBatch, LiveTail } from './live-tail.ts';

const span = (spanId: string): SpanSample => ({
  traceId: 'a',
  spanId,
  parentSpanId: null,
  name: 'chat',
  kind: 'llm',
  status: 'ok',
  start: 0,
  duration: 1,
  service: 'shop',
  agent: null,
  model: null,
  tool: null,
  cost: null,
});
const batchOf = (rows: number, of: ProjectId = DEFAULT_PROJECT) => ({
  sample: vi.fn((project: ProjectId, limit: number) => {
    const own = project === of ? rows : 0;
    const spans = Array.from({ length: Math.min(limit, own) }, (_, index) => span(String(index)));
    return { spans, dropped: own - spans.length };
  }),
});
const listen = (tail: LiveTail, listener: (batch: LiveBatch | null) => void, project = DEFAULT_PROJECT) =>
  tail.listen(project, listener);
const queueOf = (tail: LiveTail) => liveQueue({ listen: (listener) => listen(tail, listener) });

describe('LiveTail', () => {
  it('computes nothing while nobody listens', () => {
    const tail = new LiveTail({ now: () => 0 });
    const batch = batchOf(3);
    expect(tail.offer(batch)).toBeNull();
    const leave = listen(tail, () => {});
    leave();
    expect(tail.offer(batch)).toBeNull();
    expect(batch.sample).not.toHaveBeenCalled();
  });

  it('shows a batch when it is told to, not before', () => {
    const tail = new LiveTail({ now: () => 0 });
    const seen: (LiveBatch | null)[] = [];
    listen(tail, (batch) => seen.push(batch));
    const show = tail.offer(batchOf(2));
    expect(seen).toEqual([]);
    show?.();
    expect(seen).toEqual([{ spans: [span('0'), span('1')], dropped: 0 }]);
  });

  it('shows so many spans a second and counts the others', () => {
    let now = 5000;
    const tail = new LiveTail({ now: () => now, perSecond: 5 });
    const seen: number[][] = [];
    listen(tail, (batch) => batch && seen.push([batch.spans.length, batch.dropped]));
    for (const [at, rows] of [
      [5000, 3],
      [5400, 4],
      [5999, 2],
      [6000, 9],
    ] as const) {
      now = at;
      tail.offer(batchOf(rows))?.();
    }
    expect(seen).toEqual([
      [3, 0],
      [2, 2],
      [0, 2],
      [5, 4],
    ]);
  });

  it('shows nobody what comes into another project, nor how much', () => {
    const tail = new LiveTail({ now: () => 0, perSecond: 5 });
    const seen: (LiveBatch | null)[] = [];
    listen(tail, (batch) => seen.push(batch));
    listen(tail, () => {}, ProjectId.parse('other'));
    tail.offer(batchOf(9, ProjectId.parse('other')))?.();
    expect(seen).toEqual([]);
    tail.offer(batchOf(3))?.();
    expect(seen).toMatchObject([{ spans: [{}, {}, {}], dropped: 0 }]);
  });

  it('lets listeners go when it ends', () => {
    const tail = new LiveTail({ now: () => 0 });
    const seen: unknown[] = [];
    listen(tail, (batch) => seen.push(batch));
    tail.close();
    expect([seen, tail.listeners]).toEqual([[null], 0]);
  });
});

describe('liveQueue', () => {
  it('gives what came since, together, and waits where nothing came', async () => {
    const tail = new LiveTail({ now: () => 0 });
    const queue = queueOf(tail);
    expect(await queue.next(1)).toBeNull();
    tail.offer(batchOf(1))?.();
    tail.offer(batchOf(2))?.();
    expect((await queue.next(1))?.spans).toHaveLength(3);
    const waiting = queue.next(60_000);
    tail.offer(batchOf(1))?.();
    expect((await waiting)?.spans).toHaveLength(1);
  });

  it('keeps a bounded number for a listener that is slow', async () => {
    const tail = new LiveTail({ now: () => 0, perSecond: 10_000 });
    const queue = queueOf(tail);
    for (let i = 0; i < 7; i++) tail.offer(batchOf(100))?.();
    const batch = await queue.next(1);
    expect([batch?.spans.length, batch?.dropped]).toEqual([500, 200]);
  });

  it('ends with the tail, and frees its place when it is closed', async () => {
    const tail = new LiveTail({ now: () => 0 });
    const [one, other] = [queueOf(tail), queueOf(tail)];
    one.close();
    expect([one.ended(), other.ended(), tail.listeners]).toEqual([true, false, 1]);
    const waiting = other.next(60_000);
    tail.close();
    expect([await waiting, other.ended(), tail.listeners]).toEqual([null, true, 0]);
  });
});
