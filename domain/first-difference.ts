import type { Json } from './json.ts';

/** Where two values part first, depth first: `calls[3].response.id`; `''` for the whole. `null` where they are equal. */
export type FirstDifference = { path: string; left: Json | undefined; right: Json | undefined };

/** Compares two values of JSON. Keys are compared by name, whatever their order; items by place. */
export function firstDifference(
  left: Json | undefined,
  right: Json | undefined,
  path = '',
): FirstDifference | null {
  if (left === right) return null;
  if (Array.isArray(left) && Array.isArray(right)) {
    return firstOf(
      Array.from(
        { length: Math.max(left.length, right.length) },
        (_, place) => () => firstDifference(left[place], right[place], `${path}[${place}]`),
      ),
    );
  }
  if (isObject(left) && isObject(right)) {
    const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
    return firstOf(
      [...keys].map(
        (key) => () => firstDifference(left[key], right[key], path === '' ? key : `${path}.${key}`),
      ),
    );
  }
  return { path, left, right };
}

function firstOf(looks: readonly (() => FirstDifference | null)[]): FirstDifference | null {
  for (const look of looks) {
    const found = look();
    if (found) return found;
  }
  return null;
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
