import { gzipSync } from 'node:zlib';
import type { AppError } from '../../domain/errors.ts';
import { type Encoding, MEDIA_TYPES } from './encoding.ts';
import { responseBytes, responseJson } from './export-response.ts';
import type { Rejections } from './rejections.ts';
import { RETRY_SECONDS, rpcStatus, statusBytes, statusJson } from './rpc-status.ts';
import type { Signal } from './signal.ts';

/** Shorter bodies grow by it. */
const worthZipping = 200;

/** How an answer is to be written: in the encoding of the request, gzipped where the client asks for it. */
export type AnswerForm = { encoding: Encoding; gzip: boolean };

/** 200, also where items were rejected: they are counted in the body. */
export function exportResponse(form: AnswerForm, signal: Signal, rejections: Rejections): Response {
  const body =
    form.encoding === 'json' ? Buffer.from(responseJson(signal, rejections)) : responseBytes(rejections);
  return answer(200, form, body);
}

/** A refusal of the whole request as `google.rpc.Status`. */
export function statusResponse(error: AppError, form: AnswerForm): Response {
  const status = rpcStatus(error);
  const body = form.encoding === 'json' ? Buffer.from(statusJson(status)) : statusBytes(status);
  return answer(error.status, form, body, refusalHeaders(error));
}

function refusalHeaders({ status, retryAfter }: AppError): Record<string, string> {
  if (status === 405) return { allow: 'POST, OPTIONS' };
  if (status === 401) return { 'www-authenticate': 'Bearer' };
  return status === 503 || status === 429 ? { 'retry-after': String(retryAfter ?? RETRY_SECONDS) } : {};
}

function answer(
  status: number,
  { encoding, gzip }: AnswerForm,
  body: Buffer,
  headers: Record<string, string> = {},
): Response {
  const zipped = gzip && body.length >= worthZipping;
  return new Response(new Uint8Array(zipped ? gzipSync(body) : body), {
    status,
    headers: {
      ...headers,
      'content-type': MEDIA_TYPES[encoding],
      ...(zipped ? { 'content-encoding': 'gzip' } : {}),
    },
  });
}
