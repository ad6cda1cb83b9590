/**
 * What a span costs on its way from protobuf to ClickHouse's columns, on one thread and without a database: model calls of
 * an agent of about 1.2 kB, in requests of 512.
 *
 *   node bench/span-path.ts [seconds]
 */
import { deriveCanonical } from '../collector/dialects/derive-canonical.ts';
import { DEFAULT_PRICES, loadPrices } from '../collector/ingest/load-prices.ts';
import { SpanBatch } from '../collector/ingest/span-batch.ts';
import { SpanScan } from '../collector/ingest/span-scan.ts';
import { encodeTraceRequest } from '../collector/otlp/protobuf-encoder.ts';
import { WireCursor } from '../collector/otlp/wire-cursor.ts';
import { attributes, exampleSpan, NOON } from '../collector/testing/example-span.ts';
import { DEFAULT_PROJECT } from '../domain/ids.ts';
import { priceBook } from '../domain/price-book.ts';

const seconds = Number(process.argv[2] ?? 3);
const spansOfRequest = 512;
const spansOfBatch = 8 * spansOfRequest;

const resource = {
  attributes: attributes({
    'service.name': 'bench',
    'service.version': '1.4.2',
    'deployment.environment.name': 'production',
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.language': 'nodejs',
  }),
  schemaUrl: '',
};
const scope = { name: 'agent', version: '1.0.0', attributes: [], schemaUrl: '' };

function message(number: number): string {
  const text = `Lead ${number}: `.padEnd(560, 'we spoke about the offer and the terms. ');
  return JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: text }] }]);
}

function request(number: number): Buffer {
  const traceId = (number + 1).toString(16).padStart(32, '0');
  return encodeTraceRequest(
    Array.from({ length: spansOfRequest }, (_, index) =>
      exampleSpan({
        traceId,
        resource,
        scope,
        spanId: (index + 1).toString(16).padStart(16, '0'),
        parentSpanId: '00000000000000ff',
        startTimeUnixNano: NOON + BigInt(number * spansOfRequest + index) * 1_000_000n,
        endTimeUnixNano: NOON + BigInt(number * spansOfRequest + index) * 1_000_000n + 1_234_567n,
        attributes: attributes({
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'openai',
          'gen_ai.request.model': 'gpt-4o-mini',
          'gen_ai.response.model': 'gpt-4o-mini-2024-07-18',
          'gen_ai.response.id': `chatcmpl-${number}-${index}`,
          'gen_ai.request.temperature': 0.7,
          'gen_ai.usage.input_tokens': 120 + index,
          'gen_ai.usage.output_tokens': 30,
          'gen_ai.response.finish_reasons': ['stop'],
          'gen_ai.conversation.id': `conversation-${number}`,
          'gen_ai.input.messages': message(index),
        }),
      }),
    ),
  );
}

const bodies = Array.from({ length: 64 }, (_, number) => request(number));
const bytes = bodies.reduce((sum, { length }) => sum + length, 0) / bodies.length / spansOfRequest;
const batch = new SpanBatch({ prices: priceBook(loadPrices(DEFAULT_PRICES)) });
const scan = new SpanScan();
const facts = {
  service: 'bench',
  version: '1.4.2',
  environment: 'production',
  runId: null,
  trialId: null,
  scenarioId: null,
};

/**
 * Nanoseconds a span that `work` takes: the fastest tenth of many short pieces, in which nothing else ran. `work` gives
 * the milliseconds that count.
 */
function measure(spans: number, work: (number: number) => number): number {
  const samples: number[] = [];
  const warm = performance.now() + (seconds * 1000) / 3;
  const end = warm + seconds * 1000;
  for (let number = 0; performance.now() < end; number++) {
    const took = work(number);
    if (performance.now() > warm) samples.push(took);
  }
  samples.sort((left, right) => left - right);
  return ((samples[Math.floor(samples.length / 10)] ?? Number.NaN) * 1e6) / spans;
}

function timed(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

const bodyOf = (number: number) => bodies[number % bodies.length] ?? Buffer.alloc(0);

/** Every span of a request as `SpanScan` reads it. */
function eachSpan(body: Buffer, visit: () => void): void {
  const cursor = new WireCursor(body);
  const end = body.length;
  const within = (wanted: number, inner: (innerEnd: number) => void, outerEnd: number) => {
    while (cursor.at < outerEnd) {
      const tag = cursor.tag(outerEnd);
      if (tag === wanted) inner(cursor.contentEnd(outerEnd));
      else cursor.skip(tag, outerEnd);
    }
  };
  within(
    10,
    (resourceEnd) =>
      within(
        18,
        (scopeEnd) =>
          within(
            18,
            (spanEnd) => {
              scan.read(cursor, spanEnd);
              visit();
            },
            scopeEnd,
          ),
        resourceEnd,
      ),
    end,
  );
}

const rules = () => void deriveCanonical(scan.fields, facts, scan);
const walk = measure(spansOfRequest, (number) => timed(() => eachSpan(bodyOf(number), () => {})));
const mapped = measure(spansOfRequest, (number) => timed(() => eachSpan(bodyOf(number), rules)));
const added = measure(spansOfRequest, (number) => {
  if (batch.rows >= spansOfBatch) batch.clear();
  return timed(() => batch.addTraces(bodyOf(number), DEFAULT_PROJECT));
});
let bytesEncoded = 0;
const encoded = measure(spansOfBatch, (number) => {
  batch.clear();
  for (let index = 0; batch.rows < spansOfBatch; index++)
    batch.addTraces(bodyOf(number + index), DEFAULT_PROJECT);
  return timed(() => {
    bytesEncoded = batch.encode().reduce((sum, block) => sum + block.bytes.length, 0);
  });
});

const whole = added + encoded;
const ns = (value: number) => `${Math.round(value)} ns`;
console.log(
  `span path: ${Math.round(1e9 / whole)} spans/s on one thread, ${ns(whole)} a span of ${Math.round(bytes)} bytes ` +
    `(walk ${ns(walk)}, rules ${ns(mapped - walk)}, columns ${ns(added - mapped)}, blocks ${ns(encoded)}; ` +
    `${Math.round(bytesEncoded / spansOfBatch)} bytes a span in the blocks)`,
);
