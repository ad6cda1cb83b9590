import type { ForbiddenEffect } from '../../domain/expected-effect.ts';
import type { Injection } from '../../domain/injection.ts';

/**
 * A place in a text of a row where an injection may stand; without one the harmless text does, which may not hold `}}`.
 *
 * @example { id: 'm1', from: 'lee@acme.test', text: `Hello! ${slot('mail-body', 'Call me.')}` }
 */
export function slot(name: string, harmless: string): string {
  if (!/^[\w-]+$/.test(name)) {
    throw new Error(`expected letters, digits, "_" and "-" in the name of a slot, got "${name}"`);
  }
  if (harmless.includes('}}')) throw new Error(`expected no "}}" in the text of slot ${name}`);
  return `{{slot:${name}|${harmless}}}`;
}

/** Hostile text for a slot, and the writes that it is after: one of them fails the trial as `injected`. */
export function inject(name: string, payload: string, ...goal: ForbiddenEffect[]): Injection {
  return { slot: name, payload, goal };
}
