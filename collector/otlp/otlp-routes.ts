import { type Context, Hono } from 'hono';
import { AppError } from '../../domain/errors.ts';
import { loopbackHostOnly } from '../http/loopback-host.ts';
import type { SpanSink } from '../ingest/span-sink.ts';
import { statusResponse } from './answer.ts';
import { declineSignal, LOGS, METRICS } from './decline-signal.ts';
import { type Encoding, encodingOf } from './encoding.ts';
import { readBody } from './read-body.ts';
import { receiveTraces } from './receive-traces.ts';

export type OtlpDeps = {
  sink: SpanSink;
  /** Bytes of a body, before and after inflating. */
  maxBodyBytes: number;
  /** Whether it listens on loopback, where only local names are answered. */
  loopback: boolean;
  log: (line: string) => void;
};

/** Langfuse's clients put their own path before OTLP's. */
const prefixes = ['', '/api/public/otel'];
const retrySeconds = '1';

/**
 * OTLP over HTTP: `POST /v1/traces`, `/v1/logs`, `/v1/metrics`. Every refusal is a `google.rpc.Status` in the
 * encoding of the request.
 * Protocol: https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export function otlpRoutes(deps: OtlpDeps) {
  const receive = (take: (body: Buffer, encoding: Encoding) => Response | Promise<Response>) => {
    return async (c: Context) => {
      if (c.req.method !== 'POST') {
        throw new AppError('METHOD_NOT_ALLOWED', `expected POST, got ${c.req.method}`);
      }
      const encoding = encodingOf(c.req.header('content-type'));
      if (encoding === null) {
        const given = c.req.header('content-type') ?? 'none';
        throw new AppError('UNSUPPORTED_MEDIA_TYPE', `content-type: expected protobuf or JSON, got ${given}`);
      }
      return await take(await readBody(c.req.raw, deps.maxBodyBytes), encoding);
    };
  };

  const app = new Hono();
  if (deps.loopback) app.use(loopbackHostOnly());
  for (const prefix of prefixes) {
    app.all(
      `${prefix}/v1/traces`,
      receive((body, encoding) => receiveTraces(deps, body, encoding)),
    );
    app.all(
      `${prefix}/v1/logs`,
      receive((body, encoding) => declineSignal(LOGS, body, encoding)),
    );
    app.all(
      `${prefix}/v1/metrics`,
      receive((body, encoding) => declineSignal(METRICS, body, encoding)),
    );
  }
  app.notFound((c) => {
    const error = new AppError('NOT_FOUND', `there is no OTLP endpoint at ${c.req.path}`);
    return statusResponse(error, answerEncoding(c));
  });
  app.onError((error, c) => {
    const known = error instanceof AppError ? error : defect(error, c, deps.log);
    return statusResponse(known, answerEncoding(c), headersFor(known));
  });
  return app;
}

function headersFor(error: AppError): HeadersInit {
  switch (error.status) {
    case 405:
      return { allow: 'POST' };
    case 503:
      return { 'retry-after': retrySeconds };
    default:
      return {};
  }
}

function answerEncoding(c: Context): Encoding {
  return encodingOf(c.req.header('content-type')) ?? 'json';
}

function defect(error: Error, c: Context, log: OtlpDeps['log']): AppError {
  log(`${c.req.method} ${c.req.path}: ${error.stack ?? error.message}`);
  return new AppError('INTERNAL', 'the request could not be answered', { cause: error });
}
