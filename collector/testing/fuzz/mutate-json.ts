import fc from 'fast-check';

/** What no decoder expects in a place, and what clients send there all the same. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, false, '', 0, -1, 1.5, 1e300, -1e-300, 2 ** 63, '18446744073709551616', '-5', '0x10'],
    ...[
      'NaN',
      'Infinity',
      '\ud800',
      '\u0000',
      '0'.repeat(32),
      'ff'.repeat(16),
      '\u202e',
      [],
      {},
      [[]],
      [null],
    ],
    ...[
      { key: null },
      { stringValue: 5 },
      { intValue: {} },
      { arrayValue: [] },
      { kvlistValue: { values: {} } },
    ],
    nested(120),
    nested(5000),
  ),
  fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown>,
  fc.string({ unit: 'binary', maxLength: 50 }),
);

/** A value of attributes, so deep. */
function nested(depth: number): unknown {
  let value: unknown = {};
  for (let i = 0; i < depth; i++) value = { arrayValue: { values: [value] } };
  return value;
}

/** JSON with values replaced, keys renamed, members doubled, at any depth. */
export function distorted(base: string): fc.Arbitrary<string> {
  const steps = fc.array(
    fc.record({
      path: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
      change: fc.constantFrom('replace', 'rename', 'drop', 'double'),
      name: fc.constantFrom('__proto__', 'constructor', 'toString', 'attributes', 'key', 'value', 'x'),
      value: odd,
    }),
    { minLength: 1, maxLength: 4 },
  );
  return steps.map((changes) => {
    const root: unknown = JSON.parse(base);
    for (const { path, change, name, value } of changes) {
      alter(root, path, (container, key) => {
        if (Array.isArray(container)) {
          const at = Number(key);
          if (change === 'drop') container.splice(at, 1);
          else if (change === 'double') container.splice(at, 0, container[at]);
          else container[at] = value;
          return;
        }
        if (change === 'replace' || change === 'double') put(container, key, value);
        else {
          if (change === 'rename') put(container, name, container[key]);
          delete container[key];
        }
      });
    }
    return stringify(root);
  });
}

type Container = Record<string, unknown> | unknown[];

/** As JSON.parse does: `__proto__` is a member like any other. */
function put(container: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
}

function alter(
  value: unknown,
  [step = 0, ...rest]: readonly number[],
  change: (container: Container & Record<string, unknown>, key: string) => void,
): void {
  if (typeof value !== 'object' || value === null) return;
  const keys = Object.keys(value);
  if (keys.length === 0) return;
  const key = keys[step % keys.length] ?? '';
  const inner = (value as Record<string, unknown>)[key];
  if (rest.length > 0 && typeof inner === 'object' && inner !== null) alter(inner, rest, change);
  else change(value as Container & Record<string, unknown>, key);
}

/** Deep values are cut, not thrown: they have tests of their own. */
function stringify(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return '[[[[';
  }
}
