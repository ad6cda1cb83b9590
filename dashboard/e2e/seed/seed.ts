import { type Attributes, type SentSpan, traceRequest } from '../../../cli/seed/otlp-request.ts';
import { agentSpans } from './agent-trace.ts';
import { traceIdOf } from './ids.ts';
import { type RunSeed, seededRuns } from './runs.ts';
import { liveSpans, orphanSpans, trialSpans } from './traces.ts';

const batchSpans = 1000;
const plainTraces = 60;
const fewTraces = 6;

/** Sends what most tests look at through the collector's own doors. `now`: epoch microseconds. */
export async function seed(url: string, now: number): Promise<void> {
  await sendRuns(url, now);
  const ofTrials = seededRuns(now).flatMap(({ trials }) => trials.flatMap(trialSpans));
  await sendSpans(url, { 'service.name': 'alice' }, ofTrials);
  await sendTraces(url, now, plainTraces);
}

export async function sendRuns(url: string, now: number): Promise<void> {
  for (const seeded of seededRuns(now)) await sendRun(url, seeded);
}

/** Traces of each kind, in less than a page. */
export async function sendFewTraces(url: string, now: number): Promise<void> {
  await sendTraces(url, now, fewTraces);
}

async function sendTraces(url: string, now: number, plain: number): Promise<void> {
  await sendSpans(url, { 'service.name': 'browser-bot' }, liveSpans(now - 90e6));
  await sendSpans(url, { 'service.name': 'pinger' }, orphanSpans(now - 400e6));
  const others = Array.from({ length: plain }, (_, index) =>
    agentSpans({
      traceId: traceIdOf('plain', index),
      start: now - 3600e6 - index * 60e6,
      model: index % 3 === 0 ? 'gpt-4o' : 'gpt-4o-mini',
      asked: `Question ${index}`,
      answered: `Answer ${index}`,
      steps: Array.from({ length: index % 4 }, () => ({
        tool: 'look_up',
        arguments: { index },
        result: index,
      })),
    }),
  );
  await sendSpans(url, { 'service.name': 'helpdesk' }, others.flat());
}

export async function sendRun(url: string, { run, trials }: RunSeed): Promise<void> {
  await send(url, `/api/runs/${run.id}`, 'PUT', run);
  await send(url, `/api/runs/${run.id}/trials`, 'POST', { trials });
}

export async function sendSpans(
  url: string,
  resource: Attributes,
  spans: readonly SentSpan[],
): Promise<void> {
  for (let first = 0; first < spans.length; first += batchSpans) {
    await send(url, '/v1/traces', 'POST', traceRequest(resource, spans.slice(first, first + batchSpans)));
  }
}

export async function send(url: string, path: string, method: 'PUT' | 'POST', body: unknown): Promise<void> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
}
