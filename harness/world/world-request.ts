import type { EffectCall } from '../../domain/effect.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import { fieldsOf, isForm } from './form-fields.ts';
import type { Reply } from './service.ts';
import { readTraceparent } from './traceparent.ts';

const JSON_TYPE = 'application/json';

/** A request that has arrived in a world, its body read. */
export type WorldRequest = {
  method: string;
  url: URL;
  headers: Headers;
  text: string;
  /** The caller's span. */
  caller: Pick<EffectCall, 'traceId' | 'spanId'>;
  authorization: string | null;
  idempotencyKey: string | null;
  /** Aborted when the caller has gone away. */
  signal?: AbortSignal;
};

/** A reply whose body may be a text that is no JSON. */
export type SentReply = Reply & { text?: string };

/** All that a world needs of a request: a door may hand one over that no `Request` can be made of, such as CONNECT. */
export type IncomingRequest = Pick<Request, 'method' | 'url' | 'headers' | 'text'> & {
  readonly signal?: AbortSignal;
};

export async function readWorldRequest(request: IncomingRequest): Promise<WorldRequest> {
  return {
    method: request.method,
    url: new URL(request.url),
    headers: request.headers,
    text: await request.text(),
    caller: readTraceparent(request.headers.get('traceparent')),
    authorization: request.headers.get('authorization'),
    idempotencyKey: request.headers.get('idempotency-key') || null,
    ...(request.signal ? { signal: request.signal } : {}),
  };
}

/** A request as the record of calls shows it; a body that is neither JSON nor a form is kept as text. */
export function requestRecord(request: WorldRequest, params: Record<string, string> = {}): JsonObject {
  const { method, url, text } = request;
  const body = requestBody(request);
  return {
    method,
    path: url.pathname,
    params,
    query: Object.fromEntries(url.searchParams),
    body: body === undefined ? text : body,
  };
}

/** JSON, or the fields of a form that a page sends; `null` without a body, `undefined` for anything else. */
export function requestBody({ headers, text }: Pick<WorldRequest, 'headers' | 'text'>): Json | undefined {
  return isForm(headers.get('content-type')) ? fieldsOf(text) : parseJson(text);
}

/** The value, `null` for nothing, `undefined` for what is not JSON. */
export function parseJson(text: string): Json | undefined {
  if (text === '') return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** An error answer of the world itself. */
export function refusal(status: number, code: string, message: string): Reply {
  return { status, body: { error: { code, message } } };
}

export function toResponse(reply: SentReply): Response {
  const headers = { 'content-type': JSON_TYPE, ...reply.headers };
  const text = hasBody(reply) ? (reply.text ?? bodyText(reply)) : null;
  return textResponse(reply.status, text, headers);
}

/** A body as it is sent: JSON, but for the text of a page. */
export function bodyText({ body, headers = {} }: Reply): string {
  const type = headers['content-type'] ?? JSON_TYPE;
  return typeof body === 'string' && type !== JSON_TYPE ? body : JSON.stringify(body);
}

export function hasBody({ status }: Reply): boolean {
  return status !== 204 && status !== 205 && status !== 304;
}

/**
 * A response that says how long it is, as servers do. Without it the end of the body can only be shown by ending the
 * connection, and every call would pay for a new one.
 */
export function textResponse(status: number, text: string | null, headers: Record<string, string>): Response {
  const length = text === null ? {} : { 'content-length': String(Buffer.byteLength(text)) };
  return new Response(text, { status, headers: { ...headers, ...length } });
}
