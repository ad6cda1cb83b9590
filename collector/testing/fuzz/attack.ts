import { Agent } from 'node:http';
import { status as codes } from '@grpc/grpc-js';
import type { Signal } from '../../otlp/signal.ts';
import { grpcClient } from '../grpc-client.ts';
import { rawHttp } from '../raw-http.ts';
import { readPartial, readStatus } from '../read-status.ts';
import type { HostileRequest } from './hostile-request.ts';

const SERVICES: Record<Signal, string> = {
  traces: 'trace.v1.TraceService',
  logs: 'logs.v1.LogsService',
  metrics: 'metrics.v1.MetricsService',
};

/** What a receiver may say to a request that it has not failed at. */
const HTTP_STATUSES = new Set([200, 400, 413, 415]);
const GRPC_CODES = new Set<number>([codes.INVALID_ARGUMENT, codes.RESOURCE_EXHAUSTED]);

/** Sends requests to a collector and says what is wrong with its answers; `null` where nothing is. */
export function createAttack(collector: { url: string; grpcUrl: string }) {
  const agent = new Agent({ keepAlive: true });
  const options = { 'grpc.max_send_message_length': -1 };
  const plain = grpcClient(collector.grpcUrl, options);
  const gzip = grpcClient(collector.grpcUrl, { ...options, 'grpc.default_compression_algorithm': 2 });

  async function overHttp(
    path: string,
    headers: Record<string, string>,
    body: Buffer,
  ): Promise<string | null> {
    const answer = await rawHttp(collector.url + path, { headers, body, agent });
    if (!HTTP_STATUSES.has(answer.status)) return `${answer.status}: ${answer.body.toString().slice(0, 300)}`;
    const type = answer.headers['content-type'];
    const sent = headers['content-type'] ?? '';
    const expected = sent.startsWith('application/x-protobuf')
      ? 'application/x-protobuf'
      : 'application/json';
    if (type !== expected) return `expected ${expected}, got ${type}`;
    const read = type === 'application/json' ? readJson : readProtobuf;
    return faultOf(() => read(answer.status, answer.body));
  }

  return {
    async send(request: HostileRequest): Promise<string | null> {
      if (request.transport === 'http') {
        return await overHttp(`/v1/${request.signal}`, request.headers, request.body);
      }
      const client = request.gzip ? gzip : plain;
      const answer = await client.call(SERVICES[request.signal], request.body);
      if ('body' in answer) return faultOf(() => readPartial(answer.body));
      if (!GRPC_CODES.has(answer.code)) return `gRPC ${answer.code}: ${answer.message}`;
      return faultOf(() => answer.status && readStatus(answer.status));
    },

    /** A question to the JSON API, whose answer is data or an error in its own form. */
    async ask(method: string, path: string, body?: string): Promise<string | null> {
      const headers = { 'content-type': 'application/json' };
      const answer = await rawHttp(collector.url + path, {
        method,
        headers,
        agent,
        ...(body === undefined ? {} : { body }),
      });
      const text = answer.body.toString();
      if (answer.status >= 500) return `${method} ${path}: ${answer.status} ${text.slice(0, 300)}`;
      if (method === 'HEAD' || answer.status === 204) return null;
      return faultOf(() => {
        const parsed: unknown = JSON.parse(text);
        if (answer.status >= 400 && !isErrorBody(parsed)) throw new Error(`${path}: ${text.slice(0, 300)}`);
      });
    },

    close() {
      agent.destroy();
      plain.close();
      gzip.close();
    },
  };
}

export type Attack = ReturnType<typeof createAttack>;

function readProtobuf(status: number, body: Buffer): void {
  if (status === 200) readPartial(body);
  else if (readStatus(body).code === 0) throw new Error('expected a code in the status');
}

function readJson(status: number, body: Buffer): void {
  const parsed: unknown = JSON.parse(body.toString());
  const fields = typeof parsed === 'object' && parsed !== null ? Object.keys(parsed) : [];
  const expected = status === 200 ? ['partialSuccess'] : ['code', 'message', 'details'];
  const odd = fields.filter((field) => !expected.includes(field));
  if (odd.length > 0) throw new Error(`expected ${expected.join(', ')}, got ${odd.join(', ')}`);
  if (status !== 200 && !fields.includes('message')) throw new Error('expected a message in the status');
}

function isErrorBody(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'error' in value;
}

function faultOf(check: () => unknown): string | null {
  try {
    check();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
