import type { Ledger } from './ledger.ts';
import { apiCallLatency } from './virtual-latency.ts';
import { refusal, requestRecord, toResponse, type WorldRequest } from './world-request.ts';

/** Blocks a request to a host that the world does not have, and journals it as an egress effect. */
export function blockEgress(ledger: Ledger, hosts: readonly string[], request: WorldRequest): Response {
  const { method, url, text, caller } = request;
  ledger.open({ ...caller, principal: 'agent', service: url.hostname, operation: `${method} ${url.origin}` });
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
