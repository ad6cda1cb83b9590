import type { WorldCall } from '../../domain/effect.ts';
import type { Grants } from '../../domain/grant.ts';
import { unreadable, unwritable } from '../../domain/grant-breaches.ts';
import { createAnswerMemory } from './idempotency.ts';
import type { Ledger } from './ledger.ts';
import type { Operation, Reply, Service } from './service.ts';
import { openTransaction, type Transaction } from './transaction.ts';
import { refusal, requestBody, requestRecord, type WorldRequest } from './world-request.ts';
import type { WorldTables } from './world-tables.ts';

/** What a service works with, whatever happens to requests on their way. */
export type ServiceDeps = {
  service: Service;
  tables: WorldTables;
  grants: Grants | null;
  ledger: Ledger;
  newId(prefix: string): string;
  random(): number;
};

/** A request that has reached its operation. */
export type ServiceCall = {
  /** The number of the call in the ledger. */
  number: number;
  operation: Operation;
  params: Record<string, string>;
  request: WorldRequest;
  principal: string;
  /** Look at the rows of the start instead of those of now. */
  stale: boolean;
};

export type Served = { reply: Reply } & Pick<WorldCall, 'reads' | 'replayOf'>;

/**
 * The service behind its network: handles a request in a transaction, so that what breaks halfway or is refused for
 * want of a grant has written nothing, and handles one with a known idempotency key not at all.
 */
export function createServer(deps: ServiceDeps): (call: ServiceCall) => Served {
  const { service, tables, grants, ledger } = deps;
  const answers = createAnswerMemory();

  const handle = ({ operation, params, request }: ServiceCall, transaction: Transaction): Reply => {
    const body = requestBody(request);
    if (body === undefined) return refusal(400, 'bad_json', 'expected a JSON body, or the fields of a form');
    const reply = operation.handle({
      params,
      query: request.url.searchParams,
      body,
      table: (name) => transaction.table(`${service.name}.${name}`),
      now: ledger.now,
      newId: deps.newId,
      random: deps.random,
    });
    if (onlyReads(operation) && transaction.writes.length > 0) {
      throw new Error(`it wrote to ${transaction.writes[0]?.table}: declare it with readOnly: false`);
    }
    return reply;
  };

  const perform = (call: ServiceCall): Served => {
    const { operation, principal } = call;
    const transaction = openTransaction(tables, call.stale ? 'start' : 'now');
    const reply = handle(call, transaction);
    const reads = onlyReads(operation) ? [...transaction.reads] : [];
    if (grants?.enforced) {
      const table =
        unreadable(grants, principal, reads)[0] ??
        transaction.writes.find((write) => unwritable(grants, principal, write) !== null)?.table;
      if (table) return { reply: refuseAccess(operation, principal, table), reads: [], replayOf: null };
    }
    transaction.commit();
    for (const write of transaction.writes) ledger.write(write);
    return { reply, reads, replayOf: null };
  };

  return (call) => {
    const { operation, params, request, principal, number } = call;
    const key = request.idempotencyKey;
    if (key === null || onlyReads(operation)) return perform(call);
    const keyed = { principal, key, request: requestRecord(request, params) };
    const known = answers.recall(keyed);
    switch (known.kind) {
      case 'answered':
        return { reply: replayed(known.reply), reads: [], replayOf: known.call };
      case 'conflict':
        return { reply: refuseKey(key, known.call), reads: [], replayOf: null };
      case 'new': {
        const served = perform(call);
        if (served.reply.status < 400) answers.keep(keyed, { call: number, reply: served.reply });
        return served;
      }
    }
  };
}

/** What a service declares, or the method says. */
export function onlyReads({ readOnly, method }: Operation): boolean {
  return readOnly ?? method === 'GET';
}

function replayed(reply: Reply): Reply {
  return { ...reply, headers: { ...reply.headers, 'idempotency-replayed': 'true' } };
}

function refuseKey(key: string, call: number): Reply {
  const message = `the idempotency key "${key}" came with another request in call ${call}: take a new key for a new request`;
  return refusal(422, 'idempotency_key_reused', message);
}

function refuseAccess(operation: Operation, principal: string, table: string): Reply {
  const doing = onlyReads(operation) ? 'read' : 'write to';
  return refusal(403, 'forbidden', `${principal} may not ${doing} ${table}, as ${operation.id} would`);
}
