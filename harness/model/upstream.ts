import { AsyncLocalStorage } from 'node:async_hooks';
import { performance } from 'node:perf_hooks';
import { type Micros, micros } from '../../domain/units.ts';

/** A provider of models with OpenAI's API. */
export type Upstream = {
  /** `https://api.openai.com/v1` */
  url: string;
  /** `null`: none is sent. */
  apiKey: string | null;
};

/** A request for a model, with its path below the base URL: `/chat/completions`. */
export type ModelRequest = {
  method: string;
  path: string;
  search: string;
  headers: Headers;
  text: string;
};

/** A piece of an answer, and when it came, since the request. */
export type Chunk = { at: Micros; text: string };

export type ModelAnswer = {
  status: number;
  headers: Record<string, string>;
  chunks: AsyncIterable<Chunk>;
};

/** How a provider is asked. Rejects where no answer comes, and where `signal` is aborted. */
export type AskUpstream = (
  upstream: Upstream,
  request: ModelRequest,
  signal: AbortSignal,
) => Promise<ModelAnswer>;

/** As long as the openai package waits. */
const timeoutMillis = 600_000;

/** What a provider needs to see of the agent's headers. Keys are never among them. */
const sentHeaders = /^(?:content-type|accept|idempotency-key|user-agent|openai-beta)$/;

/** What an agent needs to see of the provider's. What names an account, or is a cookie, is not among them. */
const keptHeaders =
  /^(?:content-type|retry-after|retry-after-ms|x-should-retry|x-request-id|x-ratelimit-.*|openai-(?:model|version|processing-ms))$/;

/**
 * Makes the way to providers. Whoever calls this decides where the requests leave from: made outside any trial, they
 * are not taken for requests of its agent.
 */
export function directUpstream(): AskUpstream {
  const outside = AsyncLocalStorage.snapshot();
  return (upstream, request, signal) => outside(() => ask(upstream, request, signal));
}

async function ask(
  { url, apiKey }: Upstream,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const start = performance.now();
  const sent = [...request.headers].filter(([name]) => sentHeaders.test(name));
  const bodiless = request.method === 'GET' || request.method === 'HEAD';
  const response = await fetch(`${url.replace(/\/$/, '')}${request.path}${request.search}`, {
    method: request.method,
    headers: {
      ...Object.fromEntries(sent),
      ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
    },
    ...(bodiless ? {} : { body: request.text }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMillis)]),
  });
  return {
    status: response.status,
    headers: Object.fromEntries([...response.headers].filter(([name]) => keptHeaders.test(name))),
    chunks: timed(response.body, () => micros((performance.now() - start) * 1000)),
  };
}

async function* timed(body: ReadableStream<Uint8Array> | null, now: () => Micros): AsyncGenerator<Chunk> {
  const decoder = new TextDecoder();
  for await (const bytes of body ?? []) {
    const text = decoder.decode(bytes, { stream: true });
    if (text !== '') yield { at: now(), text };
  }
  const rest = decoder.decode();
  if (rest !== '') yield { at: now(), text: rest };
}

/** Milliseconds that an answer asks to be left alone; `null` where it does not say. `now`: epoch milliseconds. */
export function retryAfterOf(headers: Readonly<Record<string, string>>, now: number): number | null {
  const millis = Number.parseFloat(headers['retry-after-ms'] ?? '');
  if (Number.isFinite(millis)) return Math.max(0, millis);
  const text = headers['retry-after'];
  if (text === undefined) return null;
  const seconds = Number(text);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(text) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}
