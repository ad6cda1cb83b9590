/**
 * Sends spans to a collector and prints, as JSON, how many were acknowledged and how long each request took. A process
 * of its own, so that its cost is not the collector's.
 *
 *   node bench/load.ts <url> <spans> [spans a second, 0 for as fast as it goes] [connections]
 */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { spanRequest } from './agent-spans.ts';

const [url = '', spans = '100000', rate = '0', connections = '4'] = process.argv.slice(2);
const templates = Array.from({ length: 32 }, (_, seed) => spanRequest(seed));
const perRequest = templates[0]?.spans ?? 0;
const bytesPerSpan =
  templates.reduce((sum, template) => sum + template.bytes, 0) / perRequest / templates.length;
const requests = Math.ceil(Number(spans) / perRequest);
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const latencies: number[] = [];
const started = performance.now();
let next = 0;

/** Waits for the turn of request `number`, where a rate was asked for. */
async function turnOf(number: number): Promise<void> {
  if (Number(rate) === 0) return;
  const due = started + (number * perRequest * 1000) / Number(rate);
  const early = due - performance.now();
  if (early > 0) await sleep(early);
}

function send(body: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${url}/v1/traces`,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/x-protobuf', 'content-length': body.length },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`expected 200, got ${answer.statusCode}`)),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

await Promise.all(
  Array.from({ length: Number(connections) }, async () => {
    while (next < requests) {
      const number = next++;
      await turnOf(number);
      const template = templates[number % templates.length];
      if (template === undefined) continue;
      const sent = performance.now();
      await send(template.refresh());
      latencies.push(performance.now() - sent);
    }
  }),
);
const seconds = (performance.now() - started) / 1000;
agent.destroy();
console.log(JSON.stringify({ spans: requests * perRequest, seconds, bytesPerSpan, latencies }));
