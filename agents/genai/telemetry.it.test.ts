import { trace } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { afterAll, describe, expect, it } from 'vitest';
import { flush, startTelemetry } from './telemetry.ts';

/** An exporter that is as slow as the test says, and counts as OTLP's does what is under way. */
function slowExporter() {
  const arrived: string[] = [];
  const underWay = new Set<Promise<void>>();
  let gate = Promise.resolve();
  const exporter: SpanExporter = {
    export(spans: ReadableSpan[], done) {
      const sent = gate.then(() => {
        arrived.push(...spans.map(({ name }) => name));
        done({ code: 0 });
      });
      underWay.add(sent);
      void sent.then(() => underWay.delete(sent));
    },
    forceFlush: () => Promise.all(underWay).then(() => {}),
    shutdown: async () => {},
  };
  return {
    exporter,
    arrived,
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
  };
}

const slow = slowExporter();
const telemetry = startTelemetry({ name: 'test', version: '1' }, { exporter: slow.exporter });
afterAll(() => telemetry.shutdown());

describe('flush', () => {
  it('waits for spans that another flush is already sending', async () => {
    const release = slow.hold();
    trace.getTracer('test').startSpan('early').end();
    const first = flush();
    let settled = false;
    const second = flush().then(() => {
      settled = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(settled).toBe(false);
    release();
    await Promise.all([first, second]);
    expect(slow.arrived).toEqual(['early']);
  });

  it('does nothing where nothing is buffered', async () => {
    const before = slow.arrived.length;
    await flush();
    expect(slow.arrived).toHaveLength(before);
  });
});
