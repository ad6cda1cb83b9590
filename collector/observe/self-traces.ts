import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { AppError, messageOf } from '../../domain/errors.ts';
import { ProjectId } from '../../domain/ids.ts';
import { isMiddleware } from '../access/guard.ts';
import type { OtlpEnv } from '../otlp/otlp-routes.ts';
import { encodeTraceRequest } from '../otlp/protobuf-encoder.ts';
import type { Receive } from '../otlp/receiver.ts';
import { ownVersion } from '../own-version.ts';
import type { Store } from '../store/store.ts';
import { otlpAttributes, otlpSpan } from './otlp-span.ts';

/** Where Rehearse keeps the traces of itself. */
export const SELF_PROJECT = ProjectId.parse('rehearse');

/**
 * Rehearse's traces of itself: a span for each request, and in it one for what was received and one for each question to
 * ClickHouse. What goes into their own project makes none, or each would make the next.
 */
export type SelfTraces = {
  requests: MiddlewareHandler<OtlpEnv>;
  receive(receive: Receive): Receive;
  /** Of questions that a request asks; what housekeeping asks makes no spans. */
  store(store: Store): Store;
  /** Sends what is left. */
  close(): Promise<void>;
};

/** Makes no spans at all. */
export const NO_SELF_TRACES: SelfTraces = {
  requests: (_c, next) => next(),
  receive: (receive) => receive,
  store: (store) => store,
  close: async () => {},
};

const sendEveryMillis = 1000;
const longestStatement = 4000;

/**
 * Has its own provider and context, since the agents of a rehearsal in this process may have registered theirs.
 *
 * @param send takes the spans; those of a request that it refuses are lost
 */
export function openSelfTraces(send: Receive): SelfTraces {
  const identity = { 'service.name': 'rehearse', 'service.version': ownVersion() };
  const resource = { attributes: otlpAttributes(identity), schemaUrl: '' };
  const exporter = {
    export(spans: Parameters<typeof otlpSpan>[0][], done: (result: { code: 0 | 1 }) => void) {
      const body = encodeTraceRequest(spans.map((span) => otlpSpan(span, resource)));
      send(SELF_PROJECT, 'traces', body, 'protobuf').then(
        () => done({ code: 0 }),
        () => done({ code: 1 }),
      );
    },
    shutdown: async () => {},
  };
  const provider = new TracerProvider({
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: sendEveryMillis })],
  });
  const tracer = provider.getTracer('rehearse', ownVersion());
  const contexts = new AsyncLocalStorage<Context>();

  /** Does `work` in a span, that ends with it. */
  async function traced<T>(
    name: string,
    options: { kind: SpanKind; attributes: Attributes },
    work: (span: Span) => Promise<T>,
  ): Promise<T> {
    const parent = contexts.getStore() ?? ROOT_CONTEXT;
    const span = tracer.startSpan(name, options, parent);
    try {
      return await contexts.run(trace.setSpan(parent, span), () => work(span));
    } catch (error) {
      failed(span, error);
      throw error;
    } finally {
      span.end();
    }
  }
  /** A question to ClickHouse, where a request asks it. */
  function asked<T>(operation: string, statement: string, ask: () => Promise<T>): Promise<T> {
    if (contexts.getStore() === undefined) return ask();
    const attributes = {
      'db.system.name': 'clickhouse',
      'db.operation.name': operation,
      'db.query.text': statement.slice(0, longestStatement),
    };
    return traced(`clickhouse ${operation}`, { kind: SpanKind.CLIENT, attributes }, ask);
  }

  return {
    async requests(c, next) {
      const attributes = { 'http.request.method': c.req.method };
      const span = tracer.startSpan(c.req.method, { kind: SpanKind.SERVER, attributes }, ROOT_CONTEXT);
      await contexts.run(trace.setSpan(ROOT_CONTEXT, span), next);
      const route = matchedRoutes(c).find((matched) => !isMiddleware(matched))?.path ?? 'none';
      const { access } = c.var;
      // Never ended, and so never sent.
      if (access?.project === SELF_PROJECT && /\/v1\//.test(route)) return;
      span.updateName(`${c.req.method} ${route}`);
      span.setAttributes({ 'http.route': route, 'http.response.status_code': c.res.status });
      if (access) {
        span.setAttributes({
          'rehearse.project': access.project,
          'rehearse.principal': access.principal.kind,
        });
      }
      if (c.res.status >= 500) failed(span, c.error);
      span.end();
    },
    receive: (receive) => (project, signal, body, encoding) => {
      if (project === SELF_PROJECT) return receive(project, signal, body, encoding);
      const attributes = {
        'rehearse.project': project,
        'rehearse.signal': signal,
        'rehearse.bytes': body.length,
      };
      return traced(`receive ${signal}`, { kind: SpanKind.INTERNAL, attributes }, async (span) => {
        const rejections = await receive(project, signal, body, encoding);
        if (rejections.count > 0) span.setAttribute('rehearse.rejected', rejections.count);
        return rejections;
      });
    },
    store: (store) => ({
      ...store,
      rows: (query, ...rest) => asked('rows', query.sql, () => store.rows(query, ...rest)),
      columns: (query, params) => asked('columns', query.sql, () => store.columns(query, params)),
      maybeOne: (query, params) => asked('maybeOne', query.sql, () => store.maybeOne(query, params)),
      insert: (table, columns, rows, options) =>
        asked('insert', `INSERT INTO ${table}`, () => store.insert(table, columns, rows, options)),
      command: (sql, params) => asked('command', sql, () => store.command(sql, params)),
      derive: (sql, params) => asked('derive', sql, () => store.derive(sql, params)),
    }),
    close: () => provider.shutdown(),
  };
}

function failed(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: error === undefined ? '' : messageOf(error) });
  if (error !== undefined)
    span.setAttribute('error.type', error instanceof AppError ? error.code : 'INTERNAL');
}
