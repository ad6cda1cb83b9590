import { inspect } from 'node:util';

/** `TypeError: no such tool`; of what is no Error, the text or the value as Node prints it. */
export function describeThrown(thrown: unknown): string {
  if (thrown instanceof Error) return `${thrown.name}: ${thrown.message}`;
  return typeof thrown === 'string' ? thrown : inspect(thrown, { breakLength: Number.POSITIVE_INFINITY });
}
