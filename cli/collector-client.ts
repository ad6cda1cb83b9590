import { setTimeout as sleep } from 'node:timers/promises';
import { hc } from 'hono/client';
import type { App } from '../collector/app.ts';
import { AppError, ERRORS, type ErrorBody } from '../domain/errors.ts';
import type { Run } from '../domain/run.ts';
import { SpanDetail } from '../domain/span.ts';
import type { Trial } from '../domain/trial.ts';
import type { SpanSource } from '../harness/index.ts';

/** What the command line asks of a collector, over its public API. */
export type CollectorClient = {
  url: string;
  /** It stays up after this command: its pages can be named. */
  lasting: boolean;
  putRun(run: Run): Promise<void>;
  putTrial(trial: Trial): Promise<void>;
  spans: SpanSource;
};

/** How long a trial's trace may stay incomplete before it is scored as it is. */
const deadlineMillis = 10_000;
const quietMillis = 100;

/** @throws AppError the collector's own refusal, or COLLECTOR_UNREACHABLE */
export function collectorClient(url: string, { lasting }: { lasting: boolean }): CollectorClient {
  const api = hc<App>(url).api;
  return {
    url,
    lasting,
    async putRun(run) {
      await accepted(url, () => api.runs[':runId'].$put({ param: { runId: run.id }, json: run }));
    },
    async putTrial(trial) {
      const param = { runId: trial.runId };
      await accepted(url, () => api.runs[':runId'].trials.$post({ param, json: { trials: [trial] } }));
    },
    spans: {
      async spansOf(trialId, signal) {
        const deadline = Date.now() + deadlineMillis;
        let seen = -1;
        for (;;) {
          const response = await accepted(url, () =>
            api.trials[':trialId'].spans.$get({ param: { trialId } }),
          );
          const spans = SpanDetail.array().parse(((await response.json()) as { spans: unknown }).spans);
          const complete = spans.length === seen && spans.some((span) => span.parentSpanId === null);
          if (complete || Date.now() > deadline) return { spans, complete };
          seen = spans.length;
          await sleep(quietMillis, undefined, { signal });
        }
      },
    },
  };
}

/** Whether a Rehearse collector answers at `url`. */
export async function collectorAnswers(url: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(2000) });
    return response.ok && 'clickhouse' in ((await response.json()) as object);
  } catch {
    return false;
  }
}

async function accepted(url: string, send: () => Promise<Response>): Promise<Response> {
  let response: Response;
  try {
    response = await send();
  } catch (cause) {
    throw new AppError('COLLECTOR_UNREACHABLE', `expected a collector at ${url}, but it does not answer`, {
      cause,
    });
  }
  if (response.ok) return response;
  const refusal = (await response.json().catch(() => null)) as Partial<ErrorBody> | null;
  const error = refusal?.error;
  if (error && error.code in ERRORS) throw new AppError(error.code, error.message);
  throw new AppError('COLLECTOR_UNREACHABLE', `the collector at ${url} answered ${response.status}`);
}
