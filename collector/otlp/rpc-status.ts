import type { AppError } from '../../domain/errors.ts';
import { ByteWriter } from '../store/byte-writer.ts';

/** A refusal as `google.rpc.Status`. */
export type RpcStatus = {
  /** Seconds to wait, where `detail` says so. */
  retryAfter: number;
  /** google.rpc.Code */
  code: number;
  message: string;
  /** What is wrong with the request, or when to send it again. */
  detail: 'BadRequest' | 'RetryInfo' | null;
};

/** What a refusal lets the sender wait before it sends again. */
export const RETRY_SECONDS = 1;

/** google.rpc.Code for an HTTP status: https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
const CODES: Record<number, number> = {
  400: 3,
  403: 7,
  404: 5,
  405: 12,
  401: 16,
  413: 8,
  415: 3,
  429: 8,
  503: 14,
};
const INTERNAL = 13;

export const LONGEST_MESSAGE = 2000;

export function rpcStatus({ status, message, hint, retryAfter }: AppError): RpcStatus {
  return {
    retryAfter: retryAfter ?? RETRY_SECONDS,
    code: CODES[status] ?? INTERNAL,
    message: `${message}. ${hint}`.slice(0, LONGEST_MESSAGE),
    detail: status === 400 ? 'BadRequest' : status === 503 || status === 429 ? 'RetryInfo' : null,
  };
}

/** In protobuf's JSON. */
export function statusJson({ code, message, detail, retryAfter }: RpcStatus): string {
  if (detail === null) return JSON.stringify({ code, message });
  const value =
    detail === 'BadRequest'
      ? { fieldViolations: [{ description: message }] }
      : { retryDelay: `${retryAfter}s` };
  return JSON.stringify({ code, message, details: [{ '@type': typeUrl(detail), ...value }] });
}

export function statusBytes({ code, message, detail, retryAfter }: RpcStatus): Buffer {
  const status = new ByteWriter();
  status.varint(tag(1, 0));
  status.varint(code);
  text(status, 2, message);
  if (detail !== null) {
    const any = new ByteWriter();
    text(any, 1, typeUrl(detail));
    nested(any, 2, detail === 'BadRequest' ? badRequest(message) : retryInfo(retryAfter));
    nested(status, 3, any.bytes());
  }
  return status.bytes();
}

function typeUrl(name: string): string {
  return `type.googleapis.com/google.rpc.${name}`;
}

/** One violation: its description. */
function badRequest(description: string): Buffer {
  const violation = new ByteWriter();
  text(violation, 2, description);
  const out = new ByteWriter();
  nested(out, 1, violation.bytes());
  return out.bytes();
}

/** A duration: its seconds. */
function retryInfo(seconds: number): Buffer {
  const delay = new ByteWriter();
  delay.varint(tag(1, 0));
  delay.varint(seconds);
  const out = new ByteWriter();
  nested(out, 1, delay.bytes());
  return out.bytes();
}

/** Field number and wire type. */
export function tag(field: number, type: number): number {
  return field * 8 + type;
}

export function text(out: ByteWriter, field: number, value: string): void {
  out.varint(tag(field, 2));
  out.text(value);
}

export function nested(out: ByteWriter, field: number, bytes: Buffer): void {
  out.varint(tag(field, 2));
  out.varint(bytes.length);
  out.raw(bytes);
}
