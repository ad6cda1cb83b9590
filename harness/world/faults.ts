import type { Fault } from '../../domain/fault.ts';
import { type Micros, micros } from '../../domain/units.ts';
import type { Reply } from './service.ts';
import { gatewayTimeout } from './virtual-latency.ts';
import { refusal } from './world-request.ts';

/** What goes wrong, of a fault. */
export type FaultKind = Fault['fault'];

/** What the faults planned for one call do on the way to the service and back. */
export type FaultPlan = {
  /** In the order of the scenario. */
  faults: readonly FaultKind[];
  /** Added to the call's virtual time. */
  delay: Micros;
  /** The request reaches the service, whatever is answered. */
  arrives: boolean;
  /** Answered instead of what the service says; `null` leaves that as it is. */
  answer: Reply | null;
  /** The service looks at the rows of the start. */
  stale: boolean;
  /** The request reaches the service a second time. */
  twice: boolean;
};

/**
 * Joins the faults that a scenario plans for the nth call of an operation at a time in seconds since the start: delays
 * add up, the first answer counts, and one that keeps the request from the service does so whatever else is planned.
 */
export function planFaults(
  faults: readonly Fault[],
  call: { service: string; operation: string; call: number; seconds: number },
): FaultPlan {
  const due = faults
    .filter(
      (fault) =>
        fault.service === call.service &&
        fault.operation === call.operation &&
        (fault.call ?? call.call) === call.call &&
        (!fault.during || (fault.during.from <= call.seconds && call.seconds < fault.during.to)),
    )
    .map(({ fault }) => fault);
  const answers = due.flatMap((fault) => answerOf(fault, call.operation) ?? []);
  const has = (...kinds: FaultKind['kind'][]) => due.some(({ kind }) => kinds.includes(kind));
  return {
    faults: due,
    delay: micros(due.reduce((sum, fault) => sum + delayOf(fault), 0)),
    arrives: !has('error', 'rate-limit', 'timeout-before-commit'),
    answer: answers[0] ?? null,
    stale: has('stale'),
    twice: has('duplicate'),
  };
}

function answerOf(fault: FaultKind, operation: string): Reply | null {
  switch (fault.kind) {
    case 'error':
      return refusal(fault.status, 'injected_error', `${operation} failed`);
    case 'rate-limit':
      return {
        ...refusal(429, 'rate_limited', `too many calls of ${operation}`),
        headers: { 'retry-after': String(fault.retryAfterSeconds) },
      };
    case 'timeout-before-commit':
    case 'timeout-after-commit':
      return refusal(504, 'gateway_timeout', `${operation} gave no answer in time`);
    default:
      return null;
  }
}

function delayOf(fault: FaultKind): number {
  switch (fault.kind) {
    case 'timeout-before-commit':
    case 'timeout-after-commit':
      return gatewayTimeout();
    case 'latency':
      return fault.seconds * 1e6;
    default:
      return 0;
  }
}
