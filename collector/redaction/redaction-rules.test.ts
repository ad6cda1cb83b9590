import { describe, expect, it } from 'vitest';
import { redactText } from './redact-text.ts';
import { RedactionConfig } from './redaction-config.ts';
import { redactionRules } from './redaction-rules.ts';

/** The text after the rules of a configuration. */
function redacted(text: string, config: unknown = 'default'): string {
  const settings = RedactionConfig.parse(config);
  if (settings === 'off') throw new Error('redaction is off');
  const { custom, builtIn } = redactionRules(settings);
  return redactText(Buffer.from(text), [...custom, ...builtIn], () => {}).toString();
}

const hex = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const webToken = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_'.repeat(1)}`;

describe('api-keys', () => {
  it.each([
    'sk-proj-Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4z',
    'sk-ant-api03-Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4z-AA',
    'sk-lf-0d5c8b1e-4f1f-4a7e-9d3b-1f2e3d4c5b6a',
    ['sk', 'live', '51H8xKzAb3dEf6hIj9kLm2n'].join('_'),
    'AKIAIOSFODNN7EXAMPLE',
    'AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q',
    'ghp_Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4zAb3d',
    ['xoxb', '123456789012', 'Ab3dEf6hIj9kLm2n'].join('-'),
    'hf_Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4zAb',
  ])('%s', (key) => {
    expect(redacted(`use ${key}, please`)).toBe('use [redacted:api-key], please');
    expect(redacted(`"line\\n${key}"`)).toBe('"line\\n[redacted:api-key]"');
    expect(redacted(`?next%3D${key}`)).toBe('?next%3D[redacted:api-key]');
  });

  it.each([
    'class="sk-estimator-doc-link-and-more-words"',
    'risk-assessment-of-the-whole-2026-portfolio',
    'chatcmpl-9a8b7c6d5e4f3a2b1c0d',
    'call_fake0084',
    'gpt-4o-mini-2024-07-18',
    'the Asia desk',
    'next_page_token is empty',
    `sha256:${hex}`,
  ])('leaves %s', (text) => {
    expect(redacted(text)).toBe(text);
  });
});

describe('tokens', () => {
  it('finds JSON Web Tokens', () => {
    expect(redacted(`token ${webToken}.`)).toMatch(/^token \[redacted:token\]/);
    expect(redacted(`{"jwt":"${webToken}"}`)).toBe('{"jwt":"[redacted:token]"}');
  });

  it('leaves the scheme', () => {
    expect(redacted('Bearer abc123def456ghi789')).toBe('Bearer [redacted:token]');
    expect(redacted(`Basic ${btoa('aladdin:open sesame')}`)).toBe('Basic [redacted:token]');
  });

  it.each([
    'the bearer internationalization',
    'Basic information',
    'eyJ is how JSON begins in base64',
    'basic Y29sb3I=',
  ])('leaves %s', (text) => {
    expect(redacted(text)).toBe(text);
  });
});

describe('private-keys', () => {
  const lines = [
    '-----BEGIN RSA PRIVATE KEY-----',
    'MIIEow/IBAAK+CAQEA',
    'b2Zm==',
    '-----END RSA PRIVATE KEY-----',
  ];

  it('finds a whole one, a cut one, and one in JSON', () => {
    expect(redacted(`a ${lines.join('\n')} b`)).toBe('a [redacted:private-key] b');
    expect(redacted(lines.slice(0, 2).join('\n'))).toBe('[redacted:private-key]');
    for (const key of [
      JSON.stringify({ key: lines.join('\n') }),
      JSON.stringify(JSON.stringify(lines.join('\n'))),
    ]) {
      expect(redacted(key)).not.toContain('MIIE');
      expect(() => JSON.parse(redacted(key))).not.toThrow();
    }
  });

  it('leaves public keys and certificates', () => {
    const text = '-----BEGIN PUBLIC KEY-----\nMIIBIjAN\n-----END PUBLIC KEY-----';
    expect(redacted(text)).toBe(text);
  });
});

describe('credentials', () => {
  it.each([
    ['postgres://app:s3cret@db.internal:5432/x', 'postgres://app:[redacted:credential]@db.internal:5432/x'],
    ['POST /login?user=a&password=hunter2&x=1', 'POST /login?user=a&password=[redacted:credential]&x=1'],
    ['OPENAI_API_KEY=abc123', 'OPENAI_API_KEY=[redacted:credential]'],
    ['{"password": "a\\"b,c", "n": 1}', '{"password": "[redacted:credential]", "n": 1}'],
    ['{"x-api-key":"k\\\\"}', '{"x-api-key":"[redacted:credential]"}'],
    [
      String.raw`{"args":"{\"password\":\"a\\\"b\\\\\",\"n\":1}"}`,
      String.raw`{"args":"{\"password\":\"[redacted:credential]\",\"n\":1}"}`,
    ],
    ["{'client_secret': 'abc'}", "{'client_secret': '[redacted:credential]'}"],
    ['{"Authorization":"Bearer abc"}', '{"Authorization":"[redacted:credential]"}'],
    ['{"password":"cut of', '{"password":"[redacted:credential]'],
  ])('%s', (text, expected) => {
    expect(redacted(text)).toBe(expected);
    expect(redacted(expected)).toBe(expected);
  });

  it.each([
    'https://example.org:8443/path',
    '{"password":{"type":"string"}}',
    '{"password":""}',
    'password=None',
    'api_key=os.getenv("KEY")',
    'Forgot your password? Write to us.',
    '{"gen_ai.usage.output_tokens":30,"token_type":"bearer"}',
  ])('leaves %s', (text) => {
    expect(redacted(text)).toBe(text);
  });
});

describe('card-numbers', () => {
  it.each([
    '4242424242424242',
    '4242 4242 4242 4242',
    '5555-5555-5555-4444',
    '378282246310005',
    '3782 822463 10005',
    '6011111111111117',
    '30569309025904',
    '2223003122003222',
  ])('%s', (card) => {
    expect(redacted(`card ${card}.`)).toBe('card [redacted:card-number].');
    expect(redacted(`"a\\n${card}\\n"`)).toBe('"a\\n[redacted:card-number]\\n"');
  });

  it('keeps JSON JSON where the number is bare', () => {
    expect(redacted('{"card": 4242424242424242, "n": [4242424242424242]}')).toBe(
      '{"card": "[redacted:card-number]", "n": ["[redacted:card-number]"]}',
    );
    const nested = JSON.stringify({ args: JSON.stringify({ card: 4242424242424242, n: 1 }) });
    const { args } = JSON.parse(redacted(nested));
    expect(JSON.parse(args)).toEqual({ card: '[redacted:card-number]', n: 1 });
    expect(JSON.parse(redacted('{"text":"mine: 4242424242424242, yours?"}'))).toEqual({
      text: 'mine: [redacted:card-number], yours?',
    });
  });

  it.each([
    ['a wrong check digit', '4242424242424241'],
    ['no issuer', '9999999999999995'],
    ['nanoseconds', '1795348800000000000'],
    ['milliseconds', '1795348800000'],
    ['a decimal fraction', '0.4242424242424242'],
    ['a longer number', '42424242424242424242'],
    ['a UUID', '42424242-4242-4242-4242-424242424242'],
    ['hexadecimal', `a4242424242424242f`],
    ['a snowflake', '1790000000000000001'],
    ['a price', '4,242.42 4,242.42 4,242.42'],
    ['a hash', hex],
  ])('leaves %s', (_, text) => {
    expect(redacted(text)).toBe(text);
  });
});

describe('emails', () => {
  it.each([
    ['<alice.b+tag@mail.example.co.uk>', '<[redacted:email]>'],
    ['"a\\nalice@example.com\\n"', '"a\\n[redacted:email]\\n"'],
    ['\\u003calice@example.com\\u003e', '\\u003c[redacted:email]\\u003e'],
    ['?to=alice%40example.com&x', '?to=[redacted:email]&x'],
    ['josé@exämple.de', '[redacted:email]'],
    ['jos\\u00e9@example.com', '[redacted:email]'],
    ['联系alice@example.com吧', '联系[redacted:email]吧'],
    ["{'to': 'o'brien@example.com'}", "{'to': '[redacted:email]'}"],
    ['mailto:a@b.io, c@d.io', 'mailto:[redacted:email], [redacted:email]'],
  ])('%s', (text, expected) => {
    expect(redacted(text)).toBe(expected);
  });

  it.each([
    'git@github.com:owner/name.git',
    'icon@2x.png',
    'react@19.0.0-rc.one',
    '@scope/name',
    'user@localhost',
    'image@sha256:abc',
    '5 @ 3.20 EUR',
  ])('leaves %s', (text) => {
    expect(redacted(text)).toBe(text);
  });
});

describe('phone-numbers', () => {
  it('are left unless asked for', () => {
    const text = 'Call +1 (415) 555-2671 or +442071838750.';
    expect(redacted(text)).toBe(text);
    expect(redacted(text, { rules: { 'phone-numbers': true } })).toBe(
      'Call [redacted:phone-number] or [redacted:phone-number].',
    );
  });
});

describe('everything', () => {
  it.each([
    ['a UUID', '0d5c8b1e-4f1f-4a7e-9d3b-1f2e3d4c5b6a'],
    ['a time', '2026-11-22T12:00:00.123456789Z'],
    ['a trace parent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
    ['an image', `data:image/png;base64,${Buffer.from(hex.repeat(20), 'hex').toString('base64')}`],
    ['an address', 'https://api.openai.com/v1/chat/completions?limit=10#top'],
    ['prices', '{"total":1299.00,"currency":"EUR","items":[4242,4242,4242,4242]}'],
  ])('leaves %s', (_, text) => {
    expect(redacted(text, { rules: { 'phone-numbers': true } })).toBe(text);
  });

  it('can be switched off rule by rule', () => {
    expect(redacted('a@b.io 4242424242424242', { rules: { emails: false } })).toBe(
      'a@b.io [redacted:card-number]',
    );
  });
});

describe('custom rules', () => {
  it('come first, see text as it is written, and may say what to put instead', () => {
    const custom = [
      { name: 'customer', pattern: 'KUNDE-\\d{4,16}' },
      { name: 'street', pattern: '\\p{Lu}\\p{L}{1,30}straße \\d{1,4}', replacement: '(street)' },
      { name: 'word', pattern: 'geheim', ignoreCase: true },
    ];
    expect(redacted('KUNDE-4242424242424242, Äußere Mühlstraße 12: GEHEIM a@b.io', { custom })).toBe(
      '[redacted:customer], Äußere (street): [redacted:word] [redacted:email]',
    );
  });
});
