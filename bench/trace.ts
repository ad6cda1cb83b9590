/**
 * The structure of one trace of 50,000 spans over HTTP: until the last byte, and its size. The spans go through the
 * collector as any others.
 *
 *   npm run bench -- trace [--spans 50000]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { prettyLog } from '../collector/observe/log.ts';
import { encodeTraceRequest } from '../collector/otlp/protobuf-encoder.ts';
import { startCollector } from '../collector/server.ts';
import { attributes, exampleSpan } from '../collector/testing/example-span.ts';
import { benchOptions, type Figure, quantile, report } from './report.ts';

const options = benchOptions(process.argv);
const total = options.number('spans') ?? 50_000;
const rounds = options.short ? 8 : 25;
/** The first answers are slower: the engine compiles what it runs. They are shown as `first`. */
const warmUps = 5;
const batchSize = 1000;
const stepsOfTurn = 20;
const traceId = 'ab'.repeat(16);
const millisecond = 1_000_000n;
const begin = BigInt(Date.now()) * millisecond - 3_600_000n * millisecond;
const id = (number: number) => (number + 1).toString(16).padStart(16, '0');

/** Turns of an agent below one root, each of calls of the model and of tools. */
function span(number: number) {
  const turn = number - ((number - 1) % stepsOfTurn);
  const kind = number === 0 || number === turn ? 'agent' : number % 2 === 0 ? 'llm' : 'tool';
  const parent = number === 0 ? '' : number === turn ? id(0) : id(turn);
  const start = begin + BigInt(number) * 3n * millisecond;
  return exampleSpan({
    traceId,
    spanId: id(number),
    parentSpanId: parent,
    name:
      kind === 'agent'
        ? `invoke_agent reader-${turn}`
        : kind === 'llm'
          ? 'chat gpt-4o-mini'
          : 'execute_tool search',
    startTimeUnixNano: start,
    endTimeUnixNano: start + BigInt(1 + (number % 997)) * millisecond,
    attributes: attributes({
      'gen_ai.operation.name': { agent: 'invoke_agent', llm: 'chat', tool: 'execute_tool' }[kind],
      'gen_ai.agent.name': 'reader',
      ...(kind === 'tool' ? { 'gen_ai.tool.name': `search_${number % 7}` } : {}),
      ...(kind === 'llm'
        ? {
            'gen_ai.request.model': 'gpt-4o-mini',
            'gen_ai.usage.input_tokens': 500 + (number % 1000),
            'gen_ai.usage.output_tokens': number % 300,
            'gen_ai.input.messages': 'some words '.repeat(40),
          }
        : {}),
    }),
  });
}

function read(url: string, encoding: string): Promise<{ body: Buffer; seconds: number }> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    request(url, { headers: { 'accept-encoding': encoding } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ body: Buffer.concat(chunks), seconds: (performance.now() - began) / 1000 }),
      );
      response.on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

const figures: Figure[] = [];
const directory = mkdtempSync(join(tmpdir(), 'rehearse-bench-trace-'));
const collector = await startCollector({ dataDirectory: directory, port: 0, log: prettyLog(console.error) });
try {
  for (let first = 0; first < total; first += batchSize) {
    const spans = Array.from({ length: Math.min(batchSize, total - first) }, (_, i) => span(first + i));
    const answer = await fetch(`${collector.url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf' },
      body: new Uint8Array(encodeTraceRequest(spans)),
    });
    if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  }
  await collector.settled();

  const url = `${collector.url}/api/traces/${traceId}`;
  const times: Record<'plain' | 'gzip', number[]> = { plain: [], gzip: [] };
  const sizes = { plain: 0, gzip: 0 };
  const first = (await read(url, 'identity')).seconds * 1000;
  for (let round = 0; round < warmUps; round++) await read(url, 'gzip');
  for (let round = 0; round < rounds; round++) {
    for (const [name, encoding] of [
      ['plain', 'identity'],
      ['gzip', 'gzip'],
    ] as const) {
      const { body, seconds } = await read(url, encoding);
      times[name].push(seconds * 1000);
      sizes[name] = body.length;
      const { structure } = JSON.parse(String(name === 'gzip' ? gunzipSync(body) : body));
      if (structure.spanId.length !== total)
        throw new Error(`expected ${total} spans, got ${structure.spanId.length}`);
    }
  }
  figures.push({ name: 'first answer', value: first, unit: 'ms' });
  for (const name of ['plain', 'gzip'] as const) {
    figures.push(
      { name: `${name}, p50 to the last byte`, value: quantile(times[name], 0.5), unit: 'ms' },
      { name: `${name}, p95 to the last byte`, value: quantile(times[name], 0.95), unit: 'ms', bar: 500 },
      { name: `${name}, size`, value: sizes[name] / 1e6, unit: 'MB', bar: 4 },
    );
  }
} finally {
  await collector.close();
  rmSync(directory, { recursive: true, force: true });
}
report('trace', figures);
