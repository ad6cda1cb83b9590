import type { Effect, Row, WorldCall } from '../../domain/effect.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { WorldSpec } from '../../domain/scenario.ts';
import { type Micros, micros } from '../../domain/units.ts';
import type { Usage } from '../../domain/usage.ts';
import { answerChat } from '../model/chat-endpoint.ts';
import type { SimulatedModel } from '../model/simulated-model.ts';
import { faultEffect, refusal } from './faults.ts';
import { createLedger } from './ledger.ts';
import { randomStream } from './random.ts';
import { matchRoute } from './routes.ts';
import type { Fixture, Operation, OperationContext, Reply, Service } from './service.ts';
import { readTraceparent } from './traceparent.ts';
import { apiCallLatency, modelCallLatency } from './virtual-latency.ts';
import { chooseServices, openTables, unknown } from './world-tables.ts';

const DOMAIN = 'rehearse.test';
const MODEL_HOST = `model.${DOMAIN}`;

export type WorldOptions = {
  spec: WorldSpec;
  /** What the pack provides; the spec names those it wants. */
  services: readonly Service[];
  fixtures: Readonly<Record<string, Fixture>>;
  /** Decides every random draw. Equal seeds and equal requests give equal journals. */
  seed: string;
  /** Served at `OPENAI_BASE_URL`; without one the world has no model. */
  model?: SimulatedModel;
  /** Calls of the model before it refuses and the trial counts as cut off. Default: no limit. */
  modelCallLimit?: number;
};

/** The fake APIs of one trial: they answer requests and journal every write. */
export type World = {
  /** The virtual clock; it moves with calls, never with the wall clock. */
  readonly now: Micros;
  readonly journal: readonly Effect[];
  /** Calls of the services and of unknown hosts. Calls of the model are only counted. */
  readonly calls: readonly WorldCall[];
  readonly modelCalls: number;
  /** Estimated tokens of all calls of the simulated model; `null` without a model. */
  readonly modelUsage: Usage | null;
  /** Why the model stopped answering, once it has. */
  readonly cutOff: string | null;
  /** What broke in the world itself (a handler or a simulated model threw): the trial says nothing of the agent. */
  readonly defect: string | null;
  /** Variables for the agent: `CRM_URL`, ..., `OPENAI_BASE_URL`. */
  readonly environment: Record<string, string>;
  /** A row as it is now. `table` is `service.table`. */
  row(table: string, key: string): Row | null;
  /** Answers one request; requests are taken one after another in the order of their arrival. Never rejects. */
  handle(request: Request): Promise<Response>;
};

/**
 * A fresh world over shared fixtures, which it never changes: the cost does not grow with their size. Throws
 * FIXTURE_UNKNOWN where the spec names a service, fixture, table or faulty operation that the pack does not have.
 *
 * @example
 * const world = createWorld({ spec, services: [crm], fixtures: {}, seed: 'run/scenario/0' });
 * await world.handle(new Request('http://crm.rehearse.test/contacts/c1'));
 */
export function createWorld(options: WorldOptions): World {
  const { spec, seed, model } = options;
  const services = chooseServices(spec, options.services);
  checkFaults(spec, services);
  const ledger = createLedger(micros(Date.parse(spec.now) * 1000));
  const tables = openTables(spec, services, options.fixtures, (write) => ledger.write(write));
  const serviceOf = new Map(services.map((service) => [`${service.name}.${DOMAIN}`, service]));
  const callsOf = new Map<string, number>();
  const counters = new Map<string, number>();
  const randoms = new Map(services.map((service) => [service, randomStream(seed, service.name)]));
  const modelRandom = randomStream(seed, 'model');
  let modelCalls = 0;
  let modelTokens = { input: 0, output: 0 };
  let cutOff: string | null = null;
  let defect: string | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  const next = (map: Map<string, number>, name: string) => {
    const number = (map.get(name) ?? 0) + 1;
    map.set(name, number);
    return number;
  };

  const contextOf = (
    service: Service,
    request: Pick<OperationContext, 'params' | 'query' | 'body'>,
  ): OperationContext => ({
    ...request,
    now: ledger.now,
    table(name) {
      const table = tables.get(`${service.name}.${name}`);
      if (!table) throw new Error(`${service.name} has no table "${name}"`);
      return table;
    },
    newId: (prefix) => `${prefix}_${next(counters, prefix)}`,
    random: () => randoms.get(service)?.() ?? 0,
  });

  const perform = (
    service: Service,
    operation: Operation,
    params: Record<string, string>,
    url: URL,
    text: string,
  ) => {
    const call = next(callsOf, `${service.name} ${operation.id}`);
    const fault = faultEffect(spec.faults, { service: service.name, operation: operation.id, call });
    let reply = fault.reply;
    if (fault.commits) {
      const body = parseJson(text);
      const own =
        body === undefined
          ? refusal(400, 'bad_json', 'expected a JSON body')
          : operation.handle(contextOf(service, { params, query: url.searchParams, body }));
      reply ??= own;
    }
    ledger.advance(micros(apiCallLatency() + fault.delay));
    return { reply: reply ?? refusal(500, 'no_reply', 'no reply'), fault: fault.label };
  };

  const answerService = (service: Service, request: Request, url: URL, text: string): Response => {
    const route = matchRoute(service, request.method, url.pathname);
    const caller = readTraceparent(request.headers.get('traceparent'));
    const known = route.kind === 'operation';
    ledger.open({
      ...caller,
      service: service.name,
      operation: known ? route.operation.id : `${request.method} ${url.pathname}`,
    });
    const record = (reply: Reply, fault: string | null) => {
      ledger.close({ request: requestRecord(request, url, text), ...recorded(reply), fault });
      return toResponse(reply);
    };
    if (!known) {
      ledger.advance(apiCallLatency());
      return record(refuseRoute(service, request.method, url.pathname, route), null);
    }
    try {
      const { reply, fault } = perform(service, route.operation, route.params, url, text);
      return record(reply, fault);
    } catch (error) {
      defect ??= `${service.name} ${route.operation.id} broke: ${messageOf(error)}`;
      return record(refusal(500, 'world_defect', defect), null);
    }
  };

  const answerUnknownHost = (request: Request, url: URL, text: string): Response => {
    const operation = `${request.method} ${url.origin}`;
    ledger.open({
      ...readTraceparent(request.headers.get('traceparent')),
      service: url.hostname,
      operation,
    });
    const after = { method: request.method, url: url.href, body: text === '' ? null : text };
    ledger.write({
      operation: 'egress',
      table: url.hostname,
      key: url.href,
      before: null,
      after,
      irreversible: true,
    });
    const hosts = [...serviceOf.keys()].join(', ');
    const reply = refusal(
      403,
      'unknown_host',
      `this world has no host ${url.hostname}; the request was blocked. It has: ${hosts}`,
    );
    ledger.advance(apiCallLatency());
    ledger.close({ request: requestRecord(request, url, text), ...recorded(reply), fault: null });
    return toResponse(reply);
  };

  const answerModel = (simulated: SimulatedModel, request: Request, url: URL, text: string): Response => {
    try {
      const answer = answerChat({
        model: simulated,
        method: request.method,
        path: url.pathname,
        text,
        number: modelCalls + 1,
        limit: options.modelCallLimit ?? Number.POSITIVE_INFINITY,
        now: ledger.now,
        random: modelRandom,
      });
      if (answer.kind === 'completion') {
        modelCalls += 1;
        modelTokens = {
          input: modelTokens.input + answer.usage.input,
          output: modelTokens.output + answer.usage.output,
        };
        ledger.advance(modelCallLatency(answer.usage.output));
      } else if (answer.kind === 'limit') {
        cutOff ??= `the limit of ${options.modelCallLimit} model calls`;
      }
      return new Response(answer.body, { status: answer.status, headers: answer.headers });
    } catch (error) {
      defect ??= `the simulated model ${simulated.name} broke: ${messageOf(error)}`;
      return toResponse(refusal(500, 'world_defect', defect));
    }
  };

  const answer = async (request: Request): Promise<Response> => {
    const text = await request.text();
    const url = new URL(request.url);
    if (model && url.hostname === MODEL_HOST) return answerModel(model, request, url, text);
    const service = serviceOf.get(url.hostname);
    return service ? answerService(service, request, url, text) : answerUnknownHost(request, url, text);
  };

  return {
    get now() {
      return ledger.now;
    },
    journal: ledger.journal,
    calls: ledger.calls,
    get modelCalls() {
      return modelCalls;
    },
    get modelUsage() {
      return model ? { ...modelTokens, cacheRead: 0, cacheWrite: 0, reasoning: 0 } : null;
    },
    get cutOff() {
      return cutOff;
    },
    get defect() {
      return defect;
    },
    environment: environmentOf(services, model),
    row: (table, key) => tables.get(table)?.get(key) ?? null,
    handle(request) {
      const turn = queue.then(() => answer(request));
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
}

function environmentOf(services: readonly Service[], model: SimulatedModel | undefined) {
  const urls = services.map(({ name }) => [
    `${name.toUpperCase().replaceAll('-', '_')}_URL`,
    `http://${name}.${DOMAIN}`,
  ]);
  const openai = model
    ? [
        ['OPENAI_BASE_URL', `http://${MODEL_HOST}/v1`],
        ['OPENAI_API_KEY', 'simulated'],
        ['OPENAI_MODEL', model.name],
      ]
    : [];
  return Object.fromEntries([...urls, ...openai]) as Record<string, string>;
}

/** A fault that no call can ever meet is a slip of the author. */
function checkFaults(spec: WorldSpec, services: readonly Service[]) {
  for (const fault of spec.faults) {
    const operations = services.flatMap(({ name, operations }) =>
      operations.map((operation) => `${name} ${operation.id}`),
    );
    const wanted = `${fault.service} ${fault.operation}`;
    if (!operations.includes(wanted)) throw unknown('service and operation of a fault', wanted, operations);
  }
}

function refuseRoute(
  service: Service,
  method: string,
  path: string,
  route: { kind: 'unknown-path' } | { kind: 'wrong-method'; allowed: string[] },
): Reply {
  if (route.kind === 'wrong-method') {
    const allow = route.allowed.join(', ');
    return {
      ...refusal(405, 'method_not_allowed', `${service.name} ${path} takes ${allow}, not ${method}`),
      headers: { allow },
    };
  }
  const known = service.operations.map((operation) => `${operation.method} ${operation.path}`).join(', ');
  return refusal(404, 'not_found', `${service.name} has no ${path}; it has ${known}`);
}

function requestRecord(request: Request, url: URL, text: string): JsonObject {
  return {
    method: request.method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    body: text === '' ? null : (parseJson(text) ?? text),
  };
}

function recorded(reply: Reply): Pick<WorldCall, 'status' | 'response'> {
  return { status: reply.status, response: reply.body };
}

/** The value, `null` without a body, `undefined` for what is not JSON. */
function parseJson(text: string): Json | undefined {
  if (text === '') return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function toResponse(reply: Reply): Response {
  const bodiless = reply.status === 204 || reply.status === 205 || reply.status === 304;
  return new Response(bodiless ? null : JSON.stringify(reply.body), {
    status: reply.status,
    headers: { 'content-type': 'application/json', ...reply.headers },
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
