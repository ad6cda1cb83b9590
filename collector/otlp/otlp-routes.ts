import type { IncomingMessage } from 'node:http';
import { type Context, Hono } from 'hono';
import { AppError } from '../../domain/errors.ts';
import type { AccessEnv } from '../access/guard.ts';
import { defectFields, type Log } from '../observe/log.ts';
import { type AnswerForm, exportResponse, statusResponse } from './answer.ts';
import type { BodyBudget } from './body-budget.ts';
import { encodingOf } from './encoding.ts';
import { readBody } from './read-body.ts';
import type { Receive } from './receiver.ts';
import { SIGNALS, type Signal } from './signal.ts';

export type OtlpDeps = {
  receive: Receive;
  /** Of all bodies under way together. */
  bodies: BodyBudget;
  /** Bytes of a body, before and after inflating. */
  maxBodyBytes: number;
  log: Log;
};

/** Node's request is there when Node serves; an app that is asked directly has no environment at all. */
export type OtlpEnv = AccessEnv & { Bindings: { incoming?: IncomingMessage } };

/** Where nothing else lies than OTLP. */
const ROOTS = ['/v1/*', '/v1development/*', '/api/public/otel/*'];

/** Langfuse's clients put their own path before OTLP's. */
const prefixes = ['', '/api/public/otel'];

/**
 * OTLP over HTTP: `POST /v1/traces`, `/v1/logs`, `/v1/metrics`. Every refusal is a `google.rpc.Status` in the
 * encoding of the request. No page of another origin may send: there are no CORS headers.
 * Protocol: https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export function otlpRoutes(deps: OtlpDeps) {
  const receive = (signal: Signal) => async (c: Context<OtlpEnv>) => {
    if (c.req.method === 'OPTIONS') return c.body(null, 204, { allow: 'POST, OPTIONS' });
    if (c.req.method !== 'POST') {
      throw new AppError('METHOD_NOT_ALLOWED', `expected POST, got ${c.req.method}`);
    }
    const encoding = encodingOf(c.req.header('content-type'));
    if (encoding === null) {
      const given = c.req.header('content-type') ?? 'none';
      throw new AppError('UNSUPPORTED_MEDIA_TYPE', `content-type: expected protobuf or JSON, got ${given}`);
    }
    const lease = deps.bodies.lease();
    try {
      const body = await readBody(c.req.raw, c.env?.incoming, deps.maxBodyBytes, lease);
      return exportResponse(
        formOf(c),
        signal,
        await deps.receive(c.var.access.project, signal, body, encoding),
      );
    } finally {
      lease.release();
    }
  };

  const app = new Hono<OtlpEnv>();
  for (const prefix of prefixes) {
    for (const signal of SIGNALS) app.all(`${prefix}/v1/${signal}`, receive(signal));
  }
  for (const path of ROOTS) {
    app.all(path, (c) => {
      throw new AppError('NOT_FOUND', `there is no OTLP endpoint at ${c.req.path}`);
    });
  }
  app.onError(onOtlpError(deps.log));
  return app;
}

/** Whether what is refused at an address is refused in OTLP's form. */
export function isOtlpPath(path: string): boolean {
  return path !== '/v1/outcomes' && ROOTS.some((root) => path.startsWith(root.slice(0, -1)));
}

/** Every refusal is a `google.rpc.Status`. */
export function onOtlpError(log: OtlpDeps['log']) {
  return (error: Error, c: Context) => {
    const known = error instanceof AppError ? error : defect(error, c, log);
    return statusResponse(known, formOf(c));
  };
}

function formOf(c: Context): AnswerForm {
  return {
    encoding: encodingOf(c.req.header('content-type')) ?? 'json',
    gzip: acceptsGzip(c.req.header('accept-encoding') ?? ''),
  };
}

/** `gzip`, `br, gzip;q=0.5`, but not `gzip;q=0`. */
function acceptsGzip(header: string): boolean {
  return header.split(',').some((part) => {
    const [name, ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    return name === 'gzip' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

function defect(error: Error, c: Context, log: OtlpDeps['log']): AppError {
  log('request.failed', `${c.req.method} ${c.req.path}: ${error.message}`, defectFields(error));
  return new AppError('INTERNAL', 'the request could not be answered', { cause: error });
}
