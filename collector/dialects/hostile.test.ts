import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyValue } from '../otlp/any-value.ts';
import { attributes, exampleSpan } from '../testing/example-span.ts';
import { ERROR_SIGNALS } from './canonical.ts';
import { contentOf } from './content.ts';
import { CONTENT_FIELDS } from './content-fields.ts';
import { FIELDS } from './fields.ts';
import { mapSpan } from './map-span.ts';

const KEYS = [...Object.values(FIELDS).flat(), ...Object.values(CONTENT_FIELDS).flat()];
const key = fc.oneof(
  fc.constantFrom(...KEYS),
  fc
    .tuple(fc.constantFrom(...KEYS.filter((name) => name.endsWith('.'))), fc.string())
    .map((parts) => parts.join('')),
);
const value = fc.oneof(
  fc.string().map((stringValue) => ({ stringValue })),
  fc.json().map((stringValue) => ({ stringValue })),
  fc
    .constantFrom('LLM', 'AGENT', 'TOOL', 'CHAIN', 'tool', 'chat', 'generation', 'tools/call', 'error')
    .map((stringValue) => ({ stringValue })),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((int) => ({ intValue: String(int) })),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((doubleValue) => ({ doubleValue })),
  fc.boolean().map((boolValue) => ({ boolValue })),
  fc.array(fc.string().map((stringValue) => ({ stringValue }))).map((values) => ({ arrayValue: { values } })),
  fc.constant({}),
);
const anyAttributes = fc.array(fc.record<KeyValue>({ key, value }), { maxLength: 30 });

describe('attributes that mean nothing', () => {
  it('give columns that hold what they may', () => {
    fc.assert(
      fc.property(anyAttributes, fc.nat({ max: 2 }), (list, code) => {
        const span = mapSpan(exampleSpan({ attributes: list, status: { code, message: '' } }));
        expect(span.failed).toBe(span.errorSignal !== null);
        expect([null, ...ERROR_SIGNALS]).toContain(span.errorSignal);
        expect(span.call === 'aggregate' && span.usage === null).toBe(false);
        const numbers = [span.ttft, span.costReported, ...Object.values(span.usage ?? {})];
        expect(numbers.every((n) => n === null || (Number.isSafeInteger(n) && n >= 0))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('give messages that have a role and parts', () => {
    fc.assert(
      fc.property(anyAttributes, anyAttributes, (list, ofEvent) => {
        const content = contentOf(list, [{ name: 'gen_ai.choice', attributes: ofEvent }]);
        const messages = [...(content.inputMessages ?? []), ...(content.outputMessages ?? [])];
        for (const message of messages) {
          expect(message.role).toBeTypeOf('string');
          expect(message.parts.every(({ type }) => type !== undefined)).toBe(true);
        }
        expect(JSON.stringify(content)).toBeTypeOf('string');
      }),
      { numRuns: 500 },
    );
  });

  it.each(['{"message":', '[', '{"role":"user","content":{"text":'])(
    'stay text where %s nests too deep',
    (open) => {
      const close = [...open]
        .reverse()
        .flatMap((char) => ({ '{': '}', '[': ']' })[char] ?? [])
        .join('');
      const deep = `${open.repeat(20_000)}1${close.repeat(20_000)}`;
      expect(() => JSON.parse(deep)).not.toThrow();
      expect(contentOf(attributes({ 'gen_ai.input.messages': deep }), []).inputMessages).toEqual([
        { role: 'user', parts: [{ type: 'text', content: deep }] },
      ]);
    },
  );
});
