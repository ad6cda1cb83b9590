import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyValue } from '../otlp/any-value.ts';
import { decodeJson } from '../otlp/json.ts';
import { decodeProtobuf } from '../otlp/protobuf.ts';
import {
  bytes,
  encodeTraceRequest,
  field,
  fixed64,
  message,
  text,
  varint,
} from '../otlp/protobuf-encoder.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import { arbitrarySpan } from '../testing/arbitrary-span.ts';
import { capturesPresent, readCaptures } from '../testing/captures.ts';
import { attributes, exampleSpan } from '../testing/example-span.ts';
import { REDACTED_ATTRIBUTE, redact } from './redact.ts';
import { RedactionConfig } from './redaction-config.ts';
import { redactionRules } from './redaction-rules.ts';

function rulesOf(config: unknown) {
  const settings = RedactionConfig.parse(config);
  if (settings === 'off') throw new Error('redaction is off');
  return redactionRules(settings);
}

const defaults = rulesOf('default');

/** By rule something that it finds, and what stays in its place. */
const SECRETS = [
  ['api-keys', 'sk-proj-Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4z', '[redacted:api-key]'],
  ['tokens', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP', '[redacted:token]'],
  ['private-keys', '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----', '[redacted:private-key]'],
  ['card-numbers', '4242 4242 4242 4242', '[redacted:card-number]'],
  ['emails', 'alice@example.com', '[redacted:email]'],
] as const;

/** Each place of a span that holds text, as a function that puts a text there. */
const PLACES: Record<string, (value: string) => Partial<OtlpSpan>> = {
  name: (name) => ({ name }),
  traceState: (traceState) => ({ traceState }),
  'status message': (value) => ({ status: { code: 2, message: value } }),
  attribute: (value) => ({ attributes: attributes({ a: 1, content: value, z: true }) }),
  'array in a list': (value) => ({
    attributes: [
      {
        key: 'nested',
        value: {
          kvlistValue: {
            values: [
              { key: 'k', value: { arrayValue: { values: [{ intValue: '1' }, { stringValue: value }] } } },
            ],
          },
        },
      },
    ],
  }),
  event: (value) => ({ events: [{ ...event, attributes: attributes({ 'exception.message': value }) }] }),
  'event name': (value) => ({ events: [{ ...event, name: value }] }),
  link: (value) => ({ links: [{ ...link, attributes: attributes({ x: value }) }] }),
  'link state': (value) => ({ links: [{ ...link, traceState: value }] }),
  resource: (value) => ({ resource: { attributes: attributes({ 'service.name': value }), schemaUrl: '' } }),
  'schema url': (value) => ({ resource: { attributes: [], schemaUrl: value } }),
  scope: (value) => ({
    scope: { name: 's', version: '', attributes: attributes({ x: value }), schemaUrl: '' },
  }),
  'scope name': (value) => ({ scope: { name: value, version: '', attributes: [], schemaUrl: '' } }),
};
const event = { name: 'e', timeUnixNano: 1n, attributes: [], droppedAttributesCount: 0 };
const link = {
  ...{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceState: '' },
  ...{ attributes: [], droppedAttributesCount: 0, flags: 0 },
};

const decode = (body: Buffer) => decodeProtobuf(body).spans;
const withoutMark = (span: OtlpSpan): OtlpSpan => ({
  ...span,
  attributes: span.attributes.filter(({ key }) => key !== REDACTED_ATTRIBUTE),
});
const markOf = ({ attributes: list }: OtlpSpan): KeyValue | undefined =>
  list.find(({ key }) => key === REDACTED_ATTRIBUTE);

describe('redact', () => {
  describe.each(Object.entries(PLACES))('%s', (_, put) => {
    it.each(SECRETS)('%s', (rule, secret, marker) => {
      const neighbour = exampleSpan({ spanId: '00f067aa0ba902b7' });
      const around = (value: string) => `${'ä'.repeat(70)} "${value}", `;
      const request = encodeTraceRequest([exampleSpan(put(around(secret))), neighbour]);
      const { bytes: redacted, counts } = redact(request, 'traces', defaults);
      expect(redacted.includes(secret)).toBe(false);
      expect(counts).toEqual({ [rule]: 1 });
      expect(decode(redacted).map(withoutMark)).toEqual(
        decode(encodeTraceRequest([exampleSpan(put(around(marker))), neighbour])),
      );
    });
  });

  it('lets no secret through, wherever it stands among whatever spans', () => {
    const planted = fc.constantFrom(...Object.values(PLACES));
    const secrets = fc.constantFrom(...SECRETS.map(([, secret]) => secret));
    const before = fc
      .tuple(fc.string({ unit: 'binary' }), fc.constantFrom(' ', '"', '\n', ': '))
      .map((two) => two.join(''));
    fc.assert(
      fc.property(
        fc.array(arbitrarySpan),
        arbitrarySpan,
        planted,
        secrets,
        before,
        (spans, span, put, secret, head) => {
          const body = encodeTraceRequest([...spans, { ...span, ...put(`${head}${secret} `) }, ...spans]);
          const { bytes: redacted } = redact(body, 'traces', defaults);
          expect(redacted.includes(secret)).toBe(false);
          expect(decode(redacted)).toHaveLength(2 * spans.length + 1);
        },
      ),
    );
  });

  it('gives the same request back where nothing is found', () => {
    fc.assert(
      fc.property(fc.array(arbitrarySpan), (spans) => {
        const body = encodeTraceRequest(spans);
        const { bytes: redacted, counts } = redact(body, 'traces', rulesOf({ dropAttributes: ['absent.*'] }));
        fc.pre(Object.keys(counts).length === 0);
        expect(redacted).toBe(body);
      }),
    );
  });

  it('changes nothing the second time', () => {
    const rules = rulesOf({ custom: [{ name: 'vowel', pattern: '[äöü]' }], dropAttributes: ['aaa*'] });
    const secrets = fc.constantFrom(
      ...SECRETS.map(([, secret]) => secret),
      'ä',
      'password=x',
      '{"api_key":"x"}',
    );
    fc.assert(
      fc.property(
        arbitrarySpan,
        fc.constantFrom(...Object.values(PLACES)),
        fc.array(secrets),
        (span, put, some) => {
          const once = redact(
            encodeTraceRequest([{ ...span, ...put(some.join(' ')) }]),
            'traces',
            rules,
          ).bytes;
          const twice = redact(once, 'traces', rules);
          expect(twice.bytes).toBe(once);
          expect(twice.counts).toEqual({});
        },
      ),
    );
  });

  it('finds as much where there is so much that places are not kept', () => {
    const text = 'a@b.io '.repeat(10_000);
    const request = encodeTraceRequest([exampleSpan({ attributes: attributes({ text }) })]);
    const { bytes: redacted, counts } = redact(request, 'traces', defaults);
    expect(counts).toEqual({ emails: 10_000 });
    expect(redacted.includes('@')).toBe(false);
  });

  it('replaces a text whole that has more matches than anybody writes', () => {
    for (const text of ['a@b.io ', '"password":"x" ', '4242424242424242 ']) {
      const request = encodeTraceRequest([exampleSpan({ name: text.repeat(100_001) })]);
      const [span] = decode(redact(request, 'traces', defaults).bytes);
      expect(span?.name).toMatch(/^\[redacted:[a-z-]+\]$/);
    }
  });

  it('says on a span how much was taken out of it', () => {
    const touched = exampleSpan({ name: 'to a@b.io', attributes: attributes({ x: 'c@d.io, e@f.io' }) });
    const other = exampleSpan({ spanId: '00f067aa0ba902b7' });
    const spans = decode(redact(encodeTraceRequest([touched, other]), 'traces', defaults).bytes);
    expect(spans.map(markOf)).toEqual([{ key: REDACTED_ATTRIBUTE, value: { intValue: '3' } }, undefined]);
  });

  it('replaces values whose name says that they are secret, in arrays and lists, too', () => {
    const span = exampleSpan({
      attributes: attributes({
        'http.request.header.authorization': ['Custom one', 'Custom two'],
        'db.password': 'x',
        'token.count': 'x',
      }),
    });
    const { bytes: redacted, counts } = redact(encodeTraceRequest([span]), 'traces', defaults);
    expect(counts).toEqual({ credentials: 3 });
    expect(decode(redacted)[0]?.attributes.slice(0, 3)).toEqual(
      attributes({
        'http.request.header.authorization': ['[redacted:credential]', '[redacted:credential]'],
        'db.password': '[redacted:credential]',
        'token.count': 'x',
      }),
    );
  });

  it('drops attributes by key and by beginning, and counts them', () => {
    const rules = rulesOf({ dropAttributes: ['user.full_name', 'http.request.*', 'Größe'] });
    const list = attributes({
      'user.full_name': 'A',
      kept: 1,
      'http.request.header.x': 'B',
      'user.full_name.x': 'C',
      Größe: 1,
    });
    const span = exampleSpan({
      attributes: list,
      droppedAttributesCount: 2,
      events: [{ ...event, attributes: list }],
      resource: { attributes: list, schemaUrl: '' },
    });
    const { bytes: redacted, counts } = redact(encodeTraceRequest([span]), 'traces', rules);
    const [after] = decode(redacted);
    const kept = attributes({ kept: 1, 'user.full_name.x': 'C' });
    expect(counts).toEqual({ 'dropped-attributes': 9 });
    expect(after?.resource.attributes).toEqual(kept);
    expect(after?.events).toEqual([{ ...event, attributes: kept, droppedAttributesCount: 3 }]);
    expect(after).toMatchObject({ droppedAttributesCount: 5 });
    expect(after && withoutMark(after).attributes).toEqual(kept);
  });

  it('leaves ids, times, numbers, keys and bytes', () => {
    const span = exampleSpan({
      attributes: [
        { key: 'alice@example.com', value: { intValue: '4242424242424242' } },
        { key: 'blob', value: { bytesValue: Buffer.from('alice@example.com').toString('base64') } },
      ],
    });
    const body = encodeTraceRequest([span]);
    expect(redact(body, 'traces', defaults)).toEqual({ bytes: body, counts: {} });
  });

  it('takes secrets out of log records', () => {
    const body = message((out) =>
      field(out, 1, (resourceLogs) =>
        field(resourceLogs, 2, (scopeLogs) =>
          field(scopeLogs, 2, (record) => {
            fixed64(record, 1, 1n);
            text(record, 3, 'INFO');
            field(record, 5, (any) => text(any, 1, 'mail to a@b.io'));
            field(record, 6, (pair) => {
              text(pair, 1, 'x');
              field(pair, 2, (any) => text(any, 1, 'c@d.io'));
            });
          }),
        ),
      ),
    );
    const { bytes: redacted, counts } = redact(body, 'logs', defaults);
    expect(counts).toEqual({ emails: 2 });
    expect(redacted.toString('latin1')).toContain('mail to [redacted:email]');
    expect(redacted.includes(REDACTED_ATTRIBUTE)).toBe(true);
    expect(redacted.includes('@')).toBe(false);
  });

  it('takes secrets out of data points, and adds nothing to their identity', () => {
    const point = (out: Parameters<Parameters<typeof message>[0]>[0]) =>
      field(out, 7, (pair) => {
        text(pair, 1, 'user');
        field(pair, 2, (any) => text(any, 1, 'a@b.io'));
      });
    const body = message((out) =>
      field(out, 1, (resourceMetrics) =>
        field(resourceMetrics, 2, (scopeMetrics) =>
          field(scopeMetrics, 2, (metric) => {
            text(metric, 1, 'requests');
            field(metric, 7, (sum) => field(sum, 1, point));
            field(metric, 11, (summary) => field(summary, 1, point));
          }),
        ),
      ),
    );
    const { bytes: redacted, counts } = redact(body, 'metrics', defaults);
    expect(counts).toEqual({ emails: 2 });
    expect(redacted.includes('a@b.io')).toBe(false);
    expect(redacted.includes(REDACTED_ATTRIBUTE)).toBe(false);
  });
});

describe('a broken request', () => {
  const secret = 'alice@example.com';
  const rules = rulesOf({ dropAttributes: ['user.*'] });
  const span = exampleSpan({
    attributes: attributes({
      'user.name': 'A',
      one: secret,
      two: [`x ${secret}`],
      three: `{"a":"${secret}"}`,
    }),
    events: [{ ...event, attributes: attributes({ x: secret }) }],
    status: { code: 2, message: secret },
  });
  const body = encodeTraceRequest([span, { ...span, spanId: '00f067aa0ba902b7' }]);

  it('is never made readable with a secret in it', () => {
    const change = fc.record({ at: fc.nat({ max: body.length - 1 }), byte: fc.nat({ max: 255 }) });
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.nat({ max: body.length }),
        (changes, cut) => {
          const broken = Buffer.from(body.subarray(0, cut % 4 === 0 ? cut : body.length));
          for (const { at, byte } of changes) if (at < broken.length) broken[at] = byte;
          const { bytes: redacted } = redact(broken, 'traces', rules);
          const texts = (from: Buffer) =>
            JSON.stringify(readable(from), (_, value) => (typeof value === 'bigint' ? `${value}` : value));
          // A change may have made a key, or bytes, of what was a text: those are left.
          const asText = texts(redacted).match(
            /"(?:stringValue|message|name|traceState)":"[^"]*alice@example\.com/,
          );
          expect(asText).toBeNull();
        },
      ),
      { numRuns: 2000 },
    );
  });

  function readable(from: Buffer): OtlpSpan[] {
    try {
      return decodeProtobuf(from).spans;
    } catch {
      return [];
    }
  }

  it('is passed on from where it is broken, for the decoder to refuse', () => {
    const cutOff = message((out) =>
      field(out, 1, (resourceSpans) =>
        field(resourceSpans, 2, (scopeSpans) =>
          field(scopeSpans, 2, (inner) => {
            bytes(
              inner,
              9,
              message((pair) => text(pair, 1, 'user.name')),
            );
            inner.varint(9 * 8 + 2);
            inner.varint(60);
            inner.raw(Buffer.from(`\n\x01a\x12\x13\n\x11${secret}`));
          }),
        ),
      ),
    );
    const { bytes: redacted } = redact(cutOff, 'traces', rules);
    expect(decodeProtobuf(redacted)).toEqual({
      spans: [],
      rejections: [expect.stringContaining('undecodable')],
    });
  });

  it('does not fill the stack', () => {
    let nested = message((out) => text(out, 1, secret));
    for (let depth = 0; depth < 5000; depth++) {
      const inner = nested;
      nested = message((out) => field(out, 5, (array) => bytes(array, 1, inner)));
    }
    const deep = message((out) =>
      field(out, 1, (logs) =>
        field(logs, 2, (scope) => field(scope, 2, (record) => bytes(record, 5, nested))),
      ),
    );
    expect(redact(deep, 'logs', rules).bytes).toBe(deep);
  });

  it('reads groups, long tags and repeated members as far as any decoder would', () => {
    const odd = message((out) =>
      field(out, 1, (resourceSpans) =>
        field(resourceSpans, 2, (scopeSpans) =>
          field(scopeSpans, 2, (inner) => {
            inner.varint(40 * 8 + 3);
            varint(inner, 1, 2n ** 63n);
            inner.varint(40 * 8 + 4);
            inner.raw(Buffer.from([0xaa, 0x80, 0x80, 0x00, secret.length])); // field 5, the tag longer than need be
            inner.raw(Buffer.from(secret));
            text(inner, 5, `and ${secret}`);
          }),
        ),
      ),
    );
    expect(redact(odd, 'traces', rules).counts).toEqual({ emails: 2 });
  });
});

describe.skipIf(!capturesPresent)('requests of real clients (need ../shared/data/otlp-captures)', () => {
  it.each(readCaptures().map((capture) => [capture.name, capture] as const))(
    '%s',
    (_, { body, contentType }) => {
      const spans = contentType.endsWith('json') ? decodeJson(body).spans : decodeProtobuf(body).spans;
      const request = encodeTraceRequest(spans);
      const { bytes: redacted, counts } = redact(request, 'traces', defaults);
      const written = (list: readonly OtlpSpan[]) =>
        JSON.stringify(list, (_key, value) => (typeof value === 'bigint' ? `${value}` : value));
      const addresses = written(spans).match(/[a-z]+@[a-z.]+\.[a-z]+/g) ?? [];
      // Nothing but the addresses of leads is in there, and nothing else is taken for a secret.
      expect(counts).toEqual(addresses.length === 0 ? {} : { emails: addresses.length });
      expect(written(decode(redacted).map(withoutMark))).toBe(
        written(spans).replaceAll(/[a-z]+@[a-z.]+\.[a-z]+/g, '[redacted:email]'),
      );
    },
  );
});
