import type { WorldCall } from '../../domain/effect.ts';
import type { Fault } from '../../domain/fault.ts';
import { type Micros, micros } from '../../domain/units.ts';
import { type FaultKind, type FaultPlan, planFaults } from './faults.ts';
import { openApiDescription } from './openapi.ts';
import { AGENT, type Principals } from './principals.ts';
import { matchRoute, type RouteMatch } from './routes.ts';
import { createServer, type ServiceCall, type ServiceDeps } from './serve-operation.ts';
import type { Operation, Reply, Service } from './service.ts';
import { spoilAnswer } from './spoil-answer.ts';
import { apiCallLatency } from './virtual-latency.ts';
import { refusal, requestRecord, type SentReply, toResponse, type WorldRequest } from './world-request.ts';

/** What a service in a world works with. */
export type ServiceHostDeps = ServiceDeps & {
  faults: readonly Fault[];
  /** The start of the world's clock. */
  start: Micros;
  principals: Principals;
  /** Told when a handler throws: that is the world's own defect, not the agent's doing. */
  onDefect(explanation: string): void;
};

/** A request as the ledger names it. */
type Visit = Pick<WorldCall, 'operation' | 'principal'> & {
  request: WorldRequest;
  params: Record<string, string>;
  redeliveryOf: number | null;
};
type Result = { reply: SentReply } & Partial<Pick<WorldCall, 'fault' | 'reads' | 'replayOf'>>;

/** Serves one service of one world: every request becomes a call in the ledger, whatever comes of it. */
export function createServiceHost(deps: ServiceHostDeps): (request: WorldRequest) => Response {
  const { service, ledger, principals } = deps;
  const serve = createServer(deps);
  const callsOf = new Map<Operation, number>();

  const plan = (operation: Operation): FaultPlan => {
    const call = (callsOf.get(operation) ?? 0) + 1;
    callsOf.set(operation, call);
    const seconds = (ledger.now - deps.start) / 1e6;
    return planFaults(deps.faults, { service: service.name, operation: operation.id, call, seconds });
  };

  /** One call in the ledger, from its opening to its close. */
  const record = (visit: Visit, work: (number: number) => Result): { number: number; reply: SentReply } => {
    const { request, params, operation, principal, redeliveryOf } = visit;
    const number = ledger.open({ ...request.caller, service: service.name, operation, principal });
    const { reply, ...result } = guard(operation, () => work(number));
    ledger.close({
      request: requestRecord(request, params),
      status: reply.status,
      response: reply.text ?? reply.body,
      idempotencyKey: request.idempotencyKey,
      redeliveryOf,
      ...result,
    });
    return { number, reply };
  };

  const guard = (operation: string, work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      const explanation = `${service.name} ${operation} broke: ${error instanceof Error ? error.message : error}`;
      deps.onDefect(explanation);
      return { reply: refusal(500, 'world_defect', explanation) };
    }
  };

  const refuse = (visit: Visit, reply: Reply): Response => {
    record(visit, () => {
      ledger.advance(apiCallLatency());
      return { reply };
    });
    return toResponse(reply);
  };

  const pass = (call: ServiceCall, faults: FaultPlan): Result => {
    const served = faults.arrives ? serve(call) : null;
    ledger.advance(micros(apiCallLatency() + faults.delay + (served?.reply.takes ?? 0)));
    const answer = faults.answer ?? served?.reply;
    if (!answer) throw new Error('a fault that keeps a request from the service has to answer it');
    const { reply, by } = spoilAnswer(answer, faults.faults);
    return {
      reads: served?.reads ?? [],
      replayOf: served?.replayOf ?? null,
      reply,
      fault: label(faults, by),
    };
  };

  return (request) => {
    const route = matchRoute(service, request.method, request.url.pathname);
    if (route.kind === 'unknown-path' && asksForDescription(request))
      return toResponse({ status: 200, body: openApiDescription(service) });
    const principal = principals.identify(request.authorization);
    const visit: Visit = {
      request,
      operation:
        route.kind === 'operation' ? route.operation.id : `${request.method} ${request.url.pathname}`,
      params: route.kind === 'operation' ? route.params : {},
      principal: principal ?? AGENT,
      redeliveryOf: null,
    };
    if (principal === null) return refuse(visit, unknownToken());
    if (route.kind !== 'operation') return refuse(visit, refuseRoute(service, request, route));
    const faults = plan(route.operation);
    const { operation, params } = route;
    const call = { operation, params, request, principal, stale: faults.stale };
    const first = record(visit, (number) => pass({ ...call, number }, faults));
    if (faults.twice && faults.arrives) {
      record({ ...visit, redeliveryOf: first.number }, (number) => {
        return { ...serve({ ...call, number }), fault: 'duplicate' };
      });
    }
    return toResponse(first.reply);
  };
}

/** The kinds of the faults that this call met. The second delivery is a call of its own and bears its fault itself. */
function label({ faults, arrives }: FaultPlan, spoiledBy: readonly FaultKind[]): string | null {
  const met = faults.filter((fault) => {
    switch (fault.kind) {
      case 'duplicate':
        return false;
      case 'stale':
        return arrives;
      case 'false':
      case 'cut-page':
      case 'malformed':
        return spoiledBy.includes(fault);
      default:
        return true;
    }
  });
  return [...new Set(met.map(({ kind }) => kind))].join('+') || null;
}

function unknownToken(): Reply {
  const reply = refusal(401, 'unknown_token', 'nobody has this bearer token');
  return { ...reply, headers: { 'www-authenticate': 'Bearer' } };
}

/** Reading how to call a service is no call of it: it takes no time and stands in no record. */
function asksForDescription({ method, url }: WorldRequest): boolean {
  return method === 'GET' && url.pathname === '/openapi.json';
}

function refuseRoute(
  service: Service,
  { method, url }: WorldRequest,
  route: Exclude<RouteMatch, { kind: 'operation' }>,
): Reply {
  const path = url.pathname;
  if (route.kind === 'wrong-method') {
    const allow = route.allowed.join(', ');
    const reply = refusal(405, 'method_not_allowed', `${service.name} ${path} takes ${allow}, not ${method}`);
    return { ...reply, headers: { allow } };
  }
  const known = service.operations.map((operation) => `${operation.method} ${operation.path}`).join(', ');
  return refusal(404, 'not_found', `${service.name} has no ${path}; it has ${known}`);
}
