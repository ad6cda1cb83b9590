import type { Json } from '../../domain/json.ts';

/** `value` with another value at a JSON pointer (RFC 6901); `undefined` where it has no such member. */
export function replaceAt(value: Json, pointer: string, replacement: Json): Json | undefined {
  const steps = pointer.split('/').slice(1);
  return replaceAlong(
    value,
    steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')),
    replacement,
  );
}

function replaceAlong(value: Json, [step, ...rest]: readonly string[], replacement: Json): Json | undefined {
  if (step === undefined) return replacement;
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined;
  if (Array.isArray(value)) {
    // An array owns its length too.
    if (!/^\d+$/.test(step)) return undefined;
    const item = replaceAlong(value[Number(step)] ?? null, rest, replacement);
    return item === undefined ? undefined : value.with(Number(step), item);
  }
  const member = replaceAlong(value[step] ?? null, rest, replacement);
  return member === undefined ? undefined : { ...value, [step]: member };
}
