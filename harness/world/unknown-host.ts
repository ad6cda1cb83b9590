import type { Ledger } from './ledger.ts';
import { AGENT, type Principals } from './principals.ts';
import { apiCallLatency } from './virtual-latency.ts';
import { refusal, requestRecord, toResponse, type WorldRequest } from './world-request.ts';

/** Blocks a request to a host that the world does not have, and journals it as an egress effect. */
export function blockEgress(
  deps: { ledger: Ledger; hosts: readonly string[]; principals: Principals },
  request: WorldRequest,
): Response {
  const { ledger, hosts, principals } = deps;
  const { method, url, text, caller } = request;
  const principal = principals.identify(request.authorization) ?? AGENT;
  ledger.open({ ...caller, principal, service: url.hostname, operation: `${method} ${url.origin}` });
  ledger.write({
    operation: 'egress',
    table: url.hostname,
    key: url.href,
    before: null,
    after: { method, url: url.href, body: text === '' ? null : text },
    irreversible: true,
  });
  ledger.advance(apiCallLatency());
  const reply = refusal(
    403,
    'unknown_host',
    `this world has no host ${url.hostname}; the request was blocked. It has ${hosts.join(', ')}`,
  );
  ledger.close({ request: requestRecord(request), status: reply.status, response: reply.body });
  return toResponse(reply);
}
