import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTriggerScan } from './trigger-scan.ts';

const triggers = new Map([
  ['@', 1],
  ['%40', 1],
  ['secret', 2],
  ['sk-', 4],
]);
const search = createTriggerScan({ triggers, digits: 8 });

function scan(bytes: Uint8Array) {
  const found = search(bytes);
  if (found === null) throw new Error('too many places');
  return found;
}

describe('the scan for triggers', () => {
  it('finds each trigger, in either case, wherever it stands, at a place within it', () => {
    const written = fc
      .constantFrom(...triggers.keys())
      .chain((trigger) =>
        fc.constantFrom([trigger, trigger] as const, [trigger, trigger.toUpperCase()] as const),
      );
    fc.assert(
      fc.property(fc.uint8Array(), written, fc.uint8Array(), (before, [trigger, text], after) => {
        const found = scan(Buffer.concat([before, Buffer.from(text), after]));
        const who = triggers.get(trigger);
        const within = found.at.filter(
          (at, index) => found.who[index] === who && at >= before.length && at < before.length + text.length,
        );
        expect(within.length).toBeGreaterThan(0);
      }),
    );
  });

  it.each(['42424242424242', '4242 4242 4242 4242', '3782-822463-10005'])('finds the digits %s', (digits) => {
    for (const before of ['', 'x', '1', '12']) {
      const found = scan(Buffer.from(`${before}${digits}`));
      expect(found.at.some((at) => at >= before.length && at <= before.length + 1)).toBe(true);
      expect(new Set(found.who)).toEqual(new Set([8]));
    }
  });

  it.each(['', 'nothing here', '123456789012', '12  34  56  78  90  12  34', 'risk and task'])(
    'finds nothing in "%s"',
    (text) => {
      expect(scan(Buffer.from(text))).toEqual({ at: [], who: [] });
    },
  );

  it('keeps no list of places that would be as large as the request', () => {
    expect(search(Buffer.alloc(100_000, '@'))).toBeNull();
  });
});
