/**
 * Spans a second that the collector acknowledges as stored: protobuf over HTTP, one process for collector and load,
 * ClickHouse beside it. Prints one line.
 *
 *   node bench/ingest.ts [spans]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeTraceRequest } from '../collector/otlp/protobuf-encoder.ts';
import { startCollector } from '../collector/server.ts';
import { attributes, exampleSpan } from '../collector/testing/example-span.ts';

const total = Number(process.argv[2] ?? 100_000);
const batchSize = 512;
const senders = 4;

const resource = { attributes: attributes({ 'service.name': 'bench' }), schemaUrl: '' };
const message = JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'word '.repeat(120) }] }]);

/** One of an agent's model calls: about 1.2 kB. */
function batch(number: number): Buffer {
  const traceId = (number + 1).toString(16).padStart(32, '0');
  const start = BigInt(Date.now()) * 1_000_000n;
  return encodeTraceRequest(
    Array.from({ length: batchSize }, (_, index) =>
      exampleSpan({
        traceId,
        resource,
        spanId: (index + 1).toString(16).padStart(16, '0'),
        startTimeUnixNano: start + BigInt(index) * 1_000_000n,
        endTimeUnixNano: start + BigInt(index + 1) * 1_000_000n,
        attributes: attributes({
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'openai',
          'gen_ai.request.model': 'gpt-4o-mini',
          'gen_ai.response.model': 'gpt-4o-mini-2024-07-18',
          'gen_ai.usage.input_tokens': 120 + index,
          'gen_ai.usage.output_tokens': 30,
          'gen_ai.response.finish_reasons': ['stop'],
          'gen_ai.input.messages': message,
        }),
      }),
    ),
  );
}

const dataDirectory = mkdtempSync(join(tmpdir(), 'rehearse-bench-'));
const began = performance.now();
const collector = await startCollector({ dataDirectory, port: 0, log: console.error });
const firstStart = performance.now() - began;

const bodies = Array.from({ length: Math.ceil(total / batchSize) }, (_, number) => batch(number));
const bytes = bodies.reduce((sum, body) => sum + body.length, 0);
const spans = bodies.length * batchSize;
const queue = bodies.values();
const sendBegan = performance.now();
await Promise.all(
  Array.from({ length: senders }, async () => {
    for (const body of queue) {
      const answer = await fetch(`${collector.url}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-protobuf' },
        body: new Uint8Array(body),
      });
      if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
    }
  }),
);
const seconds = (performance.now() - sendBegan) / 1000;
await collector.close();
const againBegan = performance.now();
const again = await startCollector({ dataDirectory, port: 0, log: console.error });
const restart = performance.now() - againBegan;
await again.close();
rmSync(dataDirectory, { recursive: true, force: true });

const rate = Math.round(spans / seconds);
console.log(
  `ingest: ${rate} spans/s acknowledged (${spans} spans of ${Math.round(bytes / spans)} bytes, ${senders} senders, batches of ${batchSize}); start ${Math.round(firstStart)} ms, restart ${Math.round(restart)} ms`,
);
