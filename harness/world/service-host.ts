import type { Fault } from '../../domain/fault.ts';
import { micros } from '../../domain/units.ts';
import { faultEffect } from './faults.ts';
import type { Ledger } from './ledger.ts';
import { matchRoute, type RouteMatch } from './routes.ts';
import type { Operation, OperationContext, Reply, Service, Table } from './service.ts';
import { apiCallLatency } from './virtual-latency.ts';
import { parseJson, refusal, requestRecord, toResponse, type WorldRequest } from './world-request.ts';

/** What a service in a world works with. */
export type ServiceHostDeps = {
  service: Service;
  faults: readonly Fault[];
  ledger: Ledger;
  table(name: string): Table;
  newId(prefix: string): string;
  random(): number;
  /** Told when a handler throws: that is the world's own defect, not the agent's doing. */
  onDefect(explanation: string): void;
};

/** Serves one service of one world: every request becomes a call in the ledger, whatever comes of it. */
export function createServiceHost(deps: ServiceHostDeps): (request: WorldRequest) => Response {
  const { service, ledger } = deps;
  const callsOf = new Map<Operation, number>();

  const handle = (operation: Operation, params: Record<string, string>, request: WorldRequest): Reply => {
    const body = parseJson(request.text);
    if (body === undefined) return refusal(400, 'bad_json', 'expected a JSON body');
    const { table, newId, random } = deps;
    const context: OperationContext = {
      params,
      query: request.url.searchParams,
      body,
      table,
      now: ledger.now,
      newId,
      random,
    };
    return operation.handle(context);
  };

  const perform = (operation: Operation, params: Record<string, string>, request: WorldRequest) => {
    const call = (callsOf.get(operation) ?? 0) + 1;
    callsOf.set(operation, call);
    const fault = faultEffect(deps.faults, { service: service.name, operation: operation.id, call });
    const answers = fault.commits ? [handle(operation, params, request)] : [];
    const [reply] = fault.reply ? [fault.reply] : answers;
    ledger.advance(micros(apiCallLatency() + fault.delay));
    if (!reply) throw new Error('a fault that does not commit has to answer');
    return { reply, fault: fault.label };
  };

  return (request) => {
    const { method, url, caller } = request;
    const route = matchRoute(service, method, url.pathname);
    const operation = route.kind === 'operation' ? route.operation.id : `${method} ${url.pathname}`;
    ledger.open({ ...caller, principal: 'agent', service: service.name, operation });
    const params = route.kind === 'operation' ? route.params : {};
    const answer = (reply: Reply, fault: string | null) => {
      const response = toResponse(reply);
      ledger.close({
        request: requestRecord(request, params),
        status: reply.status,
        response: reply.body,
        fault,
      });
      return response;
    };
    try {
      if (route.kind === 'operation') {
        const { reply, fault } = perform(route.operation, route.params, request);
        return answer(reply, fault);
      }
      ledger.advance(apiCallLatency());
      return answer(refuseRoute(service, method, url.pathname, route), null);
    } catch (error) {
      const explanation = `${service.name} ${operation} broke: ${error instanceof Error ? error.message : error}`;
      deps.onDefect(explanation);
      return answer(refusal(500, 'world_defect', explanation), null);
    }
  };
}

function refuseRoute(
  service: Service,
  method: string,
  path: string,
  route: Exclude<RouteMatch, { kind: 'operation' }>,
): Reply {
  if (route.kind === 'wrong-method') {
    const allow = route.allowed.join(', ');
    const reply = refusal(405, 'method_not_allowed', `${service.name} ${path} takes ${allow}, not ${method}`);
    return { ...reply, headers: { allow } };
  }
  const known = service.operations.map((operation) => `${operation.method} ${operation.path}`).join(', ');
  return refusal(404, 'not_found', `${service.name} has no ${path}; it has ${known}`);
}
