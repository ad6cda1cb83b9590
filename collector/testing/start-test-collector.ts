import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hc } from 'hono/client';
import type { App } from '../app.ts';
import { encodeTraceRequest } from '../otlp/protobuf-encoder.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import { type CollectorOptions, startCollector } from '../server.ts';

/** A collector on a free port over a data directory of its own, which goes when it is closed. */
export async function startTestCollector(options: Partial<CollectorOptions> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'rehearse-'));
  const collector = await startCollector({ dataDirectory: directory, port: 0, ...options });
  return {
    url: collector.url,
    grpcUrl: collector.grpcUrl ?? '',
    localKey: collector.localKey,
    directory,
    client: hc<App>(collector.url),
    send: (body: Buffer, headers: Record<string, string> = {}) =>
      fetch(`${collector.url}/v1/traces`, {
        method: 'POST',
        body: new Uint8Array(body),
        headers: { 'content-type': 'application/x-protobuf', ...headers },
      }),
    /** Resolves when what was acknowledged can be read. */
    settled: () => collector.settled(),
    /** Sends spans, and waits until they can be read. */
    async sendSpans(spans: readonly OtlpSpan[]) {
      const answer = await this.send(encodeTraceRequest(spans));
      if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
      await collector.settled();
    },
    async close() {
      await collector.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export type TestCollector = Awaited<ReturnType<typeof startTestCollector>>;
