import { type ClientResponse, hc } from 'hono/client';
import type { App } from '../../collector/app.ts';
import type { ErrorBody } from '../../domain/errors.ts';

/** The collector's JSON API, typed by its routes. */
export const { api } = hc<App>('/');

/** A refusal of the API, or an answer that did not come. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly hint: string;

  constructor({ code, message, hint }: { code: string; message: string; hint: string }) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

/** The body of an answer. @throws ApiError with the code, message and hint that the API gave. */
export async function body<T>(pending: Promise<ClientResponse<T>>): Promise<T> {
  return (await (await answered(pending)).json()) as T;
}

/** An answer that is no refusal. @throws ApiError */
export async function answered<T>(pending: Promise<ClientResponse<T>>): Promise<ClientResponse<T>> {
  const response = await pending.catch((cause: unknown) => {
    if (cause instanceof Error && cause.name === 'AbortError') throw cause;
    throw new ApiError({
      code: 'COLLECTOR_UNREACHABLE',
      message: `no answer from ${location.origin}`,
      hint: 'See whether `rehearse serve` still runs, then retry.',
    });
  });
  if (response.ok) return response;
  throw new ApiError(await refusal(response));
}

async function refusal(response: ClientResponse<unknown>): Promise<ErrorBody['error'] | UnknownRefusal> {
  const answer: unknown = await response.json().catch(() => null);
  if (isErrorBody(answer)) return answer.error;
  return {
    code: `HTTP_${response.status}`,
    message: `the answer was ${response.status} ${response.statusText}, without the body of an error`,
    hint: 'A proxy may stand between this page and the collector.',
  };
}

type UnknownRefusal = { code: string; message: string; hint: string };

function isErrorBody(value: unknown): value is ErrorBody {
  return typeof value === 'object' && value !== null && 'error' in value && typeof value.error === 'object';
}
