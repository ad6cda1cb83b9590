import { type ClientResponse, hc } from 'hono/client';
import type { App } from '../collector/app.ts';
import { AppError, ERRORS, type ErrorBody } from '../domain/errors.ts';
import type { Run } from '../domain/run.ts';
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

/** Seconds that a trial's trace may stay incomplete before it is scored as it is. */
const patienceDefault = 10;

type ClientOptions = {
  lasting: boolean;
  patience?: number;
  /** Default: REHEARSE_KEY, where that is set. */
  key?: string | null;
};

/** @throws AppError the collector's own refusal, or COLLECTOR_UNREACHABLE */
export function collectorClient(
  url: string,
  { lasting, patience = patienceDefault, key = process.env.REHEARSE_KEY || null }: ClientOptions,
): CollectorClient {
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  const api = hc<App>(url, { headers }).api;
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
        const request = { param: { trialId }, query: { wait: String(patience) } };
        const response = await accepted(url, () =>
          api.trials[':trialId'].spans.$get(request, { init: { signal } }),
        );
        // Hono does not spell out the recursive type Json.
        return (await response.json()) as Awaited<ReturnType<SpanSource['spansOf']>>;
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

async function accepted<Answer extends ClientResponse<unknown>>(
  url: string,
  send: () => Promise<Answer>,
): Promise<Answer> {
  let response: Answer;
  try {
    // What is asked here can be asked twice; a connection that was kept may end just as it is used again.
    response = await send().catch((error: unknown) => {
      if (isAborted(error)) throw error;
      return send();
    });
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

function isAborted(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
