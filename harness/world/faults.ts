import type { Fault } from '../../domain/fault.ts';
import { type Micros, micros } from '../../domain/units.ts';
import type { Reply } from './service.ts';
import { gatewayTimeout } from './virtual-latency.ts';
import { refusal } from './world-request.ts';

/** What the faults planned for one call do to it. */
export type FaultEffect = {
  /** For the record of the call: the kinds, or `null` for an undisturbed call. */
  label: string | null;
  /** Added to the call's virtual time. */
  delay: Micros;
  /** The service handles the call, whatever is answered. */
  commits: boolean;
  /** Answered instead of what the service says; `null` leaves that as it is. */
  reply: Reply | null;
};

/** Joins the faults that a scenario plans for the nth call of an operation: delays add up, the first answer counts. */
export function faultEffect(
  faults: readonly Fault[],
  call: { service: string; operation: string; call: number },
) {
  const due = faults.filter(
    (fault) =>
      fault.service === call.service &&
      fault.operation === call.operation &&
      (fault.call ?? call.call) === call.call,
  );
  return due.map(effectOf).reduce<FaultEffect>(
    (joined, next) => ({
      label: joined.label === null ? next.label : `${joined.label}+${next.label}`,
      delay: micros(joined.delay + next.delay),
      commits: joined.commits && next.commits,
      reply: joined.reply ?? next.reply,
    }),
    { label: null, delay: micros(0), commits: true, reply: null },
  );
}

function effectOf({ fault, operation }: Fault): FaultEffect {
  const base = { label: fault.kind, delay: micros(0), commits: false };
  switch (fault.kind) {
    case 'error':
      return { ...base, reply: refusal(fault.status, 'injected_error', `${operation} failed`) };
    case 'rate-limit':
      return {
        ...base,
        reply: {
          ...refusal(429, 'rate_limited', `too many calls of ${operation}`),
          headers: { 'retry-after': String(fault.retryAfterSeconds) },
        },
      };
    case 'timeout-before-commit':
    case 'timeout-after-commit':
      return {
        label: fault.kind,
        delay: gatewayTimeout(),
        commits: fault.kind === 'timeout-after-commit',
        reply: refusal(504, 'gateway_timeout', `${operation} gave no answer in time`),
      };
    case 'latency':
      return { ...base, delay: micros(fault.seconds * 1e6), commits: true, reply: null };
    default:
      throw new Error(`the world cannot do ${fault.kind} yet`);
  }
}
