import type { AppError } from '../../domain/errors.ts';
import { ByteWriter } from '../store/byte-writer.ts';
import { type Encoding, MEDIA_TYPES } from './encoding.ts';

/** Items that were not taken, and why. `field` is the signal's name for the count in OTLP's JSON encoding. */
export type Rejected = {
  field: 'rejectedSpans' | 'rejectedLogRecords' | 'rejectedDataPoints';
  count: number;
  message: string;
};

const longestMessage = 2000;

/** 200 with an Export*ServiceResponse: empty where everything was taken, else with its `partial_success`. */
export function exportResponse(encoding: Encoding, rejected: Rejected | null): Response {
  if (rejected === null) return answer(200, encoding, encoding === 'json' ? '{}' : Buffer.alloc(0));
  const message = rejected.message.slice(0, longestMessage);
  if (encoding === 'json') {
    const partialSuccess = { [rejected.field]: String(rejected.count), errorMessage: message };
    return answer(200, encoding, JSON.stringify({ partialSuccess }));
  }
  const partial = new ByteWriter();
  partial.varint(tag(1, 0));
  partial.varint(rejected.count);
  partial.varint(tag(2, 2));
  partial.text(message);
  const response = new ByteWriter();
  response.varint(tag(1, 2));
  response.varint(partial.bytes().length);
  return answer(200, encoding, Buffer.concat([response.bytes(), partial.bytes()]));
}

/** A refusal of the whole request as `google.rpc.Status`. */
export function statusResponse(error: AppError, encoding: Encoding, headers: HeadersInit = {}): Response {
  const code = RPC_CODES[error.status] ?? 13;
  const message = `${error.message}. ${error.hint}`.slice(0, longestMessage);
  if (encoding === 'json') {
    return answer(error.status, encoding, JSON.stringify({ code, message }), headers);
  }
  const out = new ByteWriter();
  out.varint(tag(1, 0));
  out.varint(code);
  out.varint(tag(2, 2));
  out.text(message);
  return answer(error.status, encoding, out.bytes(), headers);
}

/** google.rpc.Code for an HTTP status. */
const RPC_CODES: Record<number, number> = {
  400: 3,
  403: 7,
  404: 5,
  405: 12,
  413: 8,
  415: 3,
  500: 13,
  503: 14,
};

/** Field number and wire type. */
function tag(field: number, type: number): number {
  return field * 8 + type;
}

function answer(
  status: number,
  encoding: Encoding,
  body: string | Buffer,
  headers: HeadersInit = {},
): Response {
  const bytes = typeof body === 'string' ? body : new Uint8Array(body);
  return new Response(bytes, { status, headers: { ...headers, 'content-type': MEDIA_TYPES[encoding] } });
}
