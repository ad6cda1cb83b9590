import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type CollectorConfig, loadConfig } from './config.ts';
import { encodeTraceRequest } from './otlp/protobuf-encoder.ts';
import { createRedactor } from './redaction/redactor.ts';
import { attributes, exampleSpan } from './testing/example-span.ts';

const directory = mkdtempSync(join(tmpdir(), 'rehearse-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

function load(text: string): CollectorConfig {
  const file = join(directory, 'rehearse.config.json');
  writeFileSync(file, text);
  return loadConfig(file);
}

describe('loadConfig', () => {
  it('has redaction off unless asked for', () => {
    expect(load('{}').redaction).toBe('off');
    expect(load('{"redaction":"off"}').redaction).toBe('off');
    expect(createRedactor(load('{}').redaction)).toBeNull();
  });

  it('names the rule of alerts that is wrong', () => {
    const alerts = {
      rules: [
        { name: 'a', on: 'silence', above: 9 },
        { name: 'b', on: 'error-rate', above: 9 },
      ],
    };
    expect(() => load(JSON.stringify({ alerts }))).toThrow(
      'alerts.rules.1.above: expected a ratio below 1 for error-rate, got 9',
    );
  });

  it('leaves the policy of the gate to the gate', () => {
    expect(load('{"gate":{"margin":0.2}}').redaction).toBe('off');
  });

  it('takes "default" for the rules that are on by default', () => {
    expect(load('{"redaction":"default"}')).toEqual(load('{"redaction":{}}'));
    expect(load('{"redaction":"default"}').redaction).toMatchObject({
      rules: { emails: true, 'phone-numbers': false },
      custom: [],
      dropAttributes: [],
    });
  });

  it.each([
    ['{', 'expected JSON'],
    ['[]', 'the whole: expected object, got []'],
    ['{"redact":"on"}', 'the whole: expected only the fields there are, got "redact"'],
    ['{"redaction":"on"}', 'redaction: expected "off", "default" or an object, got "on"'],
    ['{"redaction":{"rule":{}}}', 'redaction: expected only the fields there are, got "rule"'],
    [
      '{"redaction":{"rules":{"mails":true}}}',
      'redaction.rules: expected only the fields there are, got "mails"',
    ],
    ['{"redaction":{"rules":{"emails":"no"}}}', 'redaction.rules.emails: expected boolean, got "no"'],
    ['{"redaction":{"dropAttributes":["*"]}}', 'redaction.dropAttributes.0: expected a key'],
    [
      '{"redaction":{"custom":[{"name":"emails","pattern":"a"}]}}',
      'redaction.custom.0.name: expected a name that no built-in rule has',
    ],
    [
      '{"redaction":{"custom":[{"name":"a","pattern":"("}]}}',
      'redaction.custom.0.pattern: expected a regular expression',
    ],
    [
      '{"redaction":{"custom":[{"name":"a","pattern":"(a+)+"}]}}',
      'redaction.custom.0.pattern: expected a bounded pattern, got +',
    ],
    [
      '{"redaction":{"custom":[{"name":"a","pattern":"a?"}]}}',
      'redaction.custom.0.pattern: expected a pattern that takes a character',
    ],
    [
      '{"redaction":{"custom":[{"name":"a","pattern":"a","replacement":"\\""}]}}',
      'redaction.custom.0.replacement: expected no quotes',
    ],
    [
      '{"redaction":{"custom":[{"name":"a","pattern":"a"},{"name":"a","pattern":"b"}]}}',
      'redaction.custom: expected distinct names',
    ],
  ])('refuses %s', (text, message) => {
    expect(() => load(text)).toThrow(
      expect.objectContaining({ code: 'CONFIG_UNREADABLE', message: expect.stringContaining(message) }),
    );
  });

  it('refuses a file that is named and not there', () => {
    expect(() => loadConfig(join(directory, 'absent.json'))).toThrow(/absent\.json: expected a file to read/);
  });
});

describe('docs/how-to/redact-secrets.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/how-to/redact-secrets.md'), 'utf8');
  const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(
    ([, text]) => load(text ?? '').redaction,
  );

  it('shows the shortest configuration, and a whole one that does what it says', () => {
    const [shortest, whole] = examples;
    expect(shortest).toEqual(load('{"redaction":"default"}').redaction);
    const redactor = createRedactor(whole ?? 'off');
    const given = attributes({
      note: 'CUST-123456 of Project Osprey, a@b.io, +1 415 555 2671',
      'http.request.header.x': 'y',
      'user.full_name': 'Alice',
    });
    const body = redactor?.redact(encodeTraceRequest([exampleSpan({ attributes: given })]), 'traces');
    expect(body?.toString('latin1')).toContain(
      '[redacted:customer-number] of (project), a@b.io, [redacted:phone-number]',
    );
    expect(redactor?.counts()).toMatchObject({
      ...{ 'customer-number': 1, project: 1, 'phone-numbers': 1, 'dropped-attributes': 2, tokens: 0 },
    });
    expect(redactor?.counts()).not.toHaveProperty('emails');
  });
});
