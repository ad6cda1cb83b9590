import type { Fault } from '../../domain/fault.ts';

type FaultKind = Fault['fault'];
/** The kinds that need nothing said but their name. */
type BareKind = {
  [Kind in FaultKind['kind']]: { kind: Kind } extends Extract<FaultKind, { kind: Kind }> ? Kind : never;
}[FaultKind['kind']];

/**
 * Something that goes wrong: on each call of the operation, on the nth, or for a while.
 *
 * @example fault('mail', 'messages.send', 'timeout-after-commit', { call: 1 })
 * @example fault('crm', 'contacts.search', { kind: 'cut-page', items: 5 })
 */
export function fault(
  service: string,
  operation: string,
  what: BareKind | FaultKind,
  when: Pick<Fault, 'call' | 'during'> = {},
): Fault {
  return { service, operation, ...when, fault: typeof what === 'string' ? { kind: what } : what };
}
