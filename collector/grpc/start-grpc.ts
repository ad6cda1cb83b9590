import {
  logVerbosity,
  type Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
  setLogVerbosity,
} from '@grpc/grpc-js';
import { AppError } from '../../domain/errors.ts';
import type { Authenticate } from '../access/access.ts';
import { admit } from '../access/admit.ts';
import type { Limits } from '../access/limits.ts';
import type { Log } from '../observe/log.ts';
import type { BodyBudget } from '../otlp/body-budget.ts';
import { responseBytes } from '../otlp/export-response.ts';
import type { Receive } from '../otlp/receiver.ts';
import { SIGNALS, type Signal } from '../otlp/signal.ts';
import { asCallError } from './call-error.ts';
import { exportService } from './export-service.ts';

export type GrpcOptions = {
  authenticate: Authenticate;
  limits: Pick<Limits, 'take'>;
  receive: Receive;
  /** Of all bodies under way together. */
  bodies: BodyBudget;
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** Bytes of a message, before and after inflating. */
  maxBodyBytes: number;
  log: Log;
};

export type GrpcServer = {
  /** `http://127.0.0.1:4317`, as OTEL_EXPORTER_OTLP_ENDPOINT takes it. */
  url: string;
  /** Answers what is under way, then stops. */
  close(): Promise<void>;
};

const graceMilliseconds = 10_000;
/** Of one connection; further ones wait for their turn. */
const concurrentCalls = 100;

/**
 * OTLP over gRPC: the service `Export` of each signal, unary. Messages stay bytes: what decodes them is what decodes
 * the bodies of HTTP.
 * Protocol: https://opentelemetry.io/docs/specs/otlp/#otlpgrpc
 *
 * @throws AppError PORT_IN_USE
 */
export async function startGrpc(options: GrpcOptions): Promise<GrpcServer> {
  // What it says on standard error is less than what is thrown.
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server({
    'grpc.max_receive_message_length': options.maxBodyBytes,
    'grpc.max_concurrent_streams': concurrentCalls,
  });
  for (const signal of SIGNALS) {
    server.addService(exportService(signal), { Export: exportCall(signal, options) });
  }
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  const port = await bind(server, host, options.port);
  return { url: `http://${host}:${port}`, close: () => shutDown(server) };
}

/** The library names no reason, but a port of this machine's own address is free or taken. */
function bind(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else
        reject(new AppError('PORT_IN_USE', `expected port ${port} of ${host} to be free`, { cause: error }));
    });
  });
}

function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.forceShutdown(), graceMilliseconds);
    server.tryShutdown(() => {
      clearTimeout(cut);
      resolve();
    });
  });
}

function exportCall(signal: Signal, { authenticate, limits, receive, bodies, log }: GrpcOptions) {
  const answer = async (body: Buffer, metadata: Metadata): Promise<Buffer> => {
    const { project, principal } = await admit(authenticate, headersOf(metadata), 'ingest');
    limits.take(principal, body.length);
    const lease = bodies.lease();
    try {
      lease.take(body.length);
      return responseBytes(await receive(project, signal, body, 'protobuf'));
    } finally {
      lease.release();
    }
  };
  return ({ request, metadata }: ServerUnaryCall<Buffer, Buffer>, reply: sendUnaryData<Buffer>) => {
    answer(request, metadata).then(
      (response) => reply(null, response),
      (error: unknown) => reply(asCallError(error, log)),
    );
  };
}

/** Metadata as the headers that they are on the wire. */
function headersOf(metadata: Metadata): Headers {
  const texts = Object.entries(metadata.getMap()).filter(([, value]) => typeof value === 'string');
  return new Headers(texts as [string, string][]);
}
