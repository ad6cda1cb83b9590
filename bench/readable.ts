/**
 * How long a span takes from being sent to being readable through the API, at 10,000 spans a second.
 *
 *   npm run bench -- readable [--seconds 30] [--rate 10000]
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeTraceRequest } from '../collector/otlp/protobuf-encoder.ts';
import { exampleSpan } from '../collector/testing/example-span.ts';
import { startCollectorProcess } from './collector-process.ts';
import { benchOptions, quantile, report } from './report.ts';
import { sendLoad } from './send-load.ts';

const options = benchOptions(process.argv);
const seconds = options.number('seconds') ?? (options.short ? 8 : 30);
const rate = options.number('rate') ?? 10_000;

/** Sends one span among the others and asks for it until it is there. Milliseconds. */
async function probe(url: string): Promise<number> {
  const traceId = randomBytes(16).toString('hex');
  const start = BigInt(Date.now()) * 1_000_000n;
  const body = encodeTraceRequest([
    exampleSpan({ traceId, startTimeUnixNano: start, endTimeUnixNano: start + 1_000_000n }),
  ]);
  const sent = performance.now();
  await fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf' },
    body: new Uint8Array(body),
  });
  for (;;) {
    const answer = await fetch(`${url}/api/traces/${traceId}`);
    await answer.arrayBuffer();
    if (answer.status === 200) return performance.now() - sent;
    await sleep(10);
  }
}

const collector = await startCollectorProcess();
let loading = true;
const load = sendLoad(collector.url, { spans: seconds * rate, rate }).finally(() => {
  loading = false;
});
const delays: number[] = [];
await sleep(2000); // The generator makes its requests first.
while (loading) {
  delays.push(await probe(collector.url));
  await sleep(20 + (delays.length % 7) * 13);
}
const { latencies, spans, seconds: took } = await load;
await collector.close();

report('readable', [
  { name: 'sent to readable, p50', value: quantile(delays, 0.5), unit: 'ms' },
  { name: 'sent to readable, p95', value: quantile(delays, 0.95), unit: 'ms', bar: 1000 },
  { name: 'sent to readable, most', value: Math.max(...delays), unit: 'ms' },
  { name: 'acknowledged, p95', value: quantile(latencies, 0.95), unit: 'ms' },
  { name: 'rate', value: spans / took, unit: 'spans/s' },
  { name: 'samples', value: delays.length, unit: '' },
]);
