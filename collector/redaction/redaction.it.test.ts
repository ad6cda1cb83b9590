import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeTraceRequest } from '../otlp/protobuf-encoder.ts';
import { attributes, exampleSpan, JSON_SPAN } from '../testing/example-span.ts';
import { startTestCollector, type TestCollector } from '../testing/start-test-collector.ts';
import { RedactionConfig } from './redaction-config.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector({ redaction: RedactionConfig.parse('default') });
});
afterAll(() => collector.close());

describe('a collector with redaction on', () => {
  it('stores what is left, and counts what it took out', async () => {
    const span = exampleSpan({
      attributes: attributes({ 'gen_ai.output.messages': 'Mail alice@example.com' }),
    });
    expect((await collector.send(encodeTraceRequest([span]))).status).toBe(200);
    const address = `${collector.url}/api/traces/${span.traceId}/spans/${span.spanId}`;
    await expect.poll(async () => (await fetch(address)).status).toBe(200);
    const stored = await (await fetch(address)).text();
    expect(stored).toContain('Mail [redacted:email]');
    expect(stored).toContain('rehearse.redacted');
    expect(stored).not.toContain('alice');
    const health: unknown = await (await fetch(`${collector.url}/healthz`)).json();
    expect(health).toMatchObject({ redacted: { emails: 1, 'api-keys': 0, 'dropped-attributes': 0 } });
  });

  it('reads JSON too, and the other signals', async () => {
    const post = (path: string, body: unknown) =>
      fetch(`${collector.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const traceId = '5b8efff798038103d269b633813fc60c';
    const span = {
      ...JSON_SPAN,
      traceId,
      attributes: [{ key: 'note', value: { stringValue: 'Mail bob@example.com' } }],
    };
    expect((await post('/v1/traces', { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })).status).toBe(
      200,
    );
    const record = {
      traceId,
      spanId: span.spanId,
      timeUnixNano: JSON_SPAN.startTimeUnixNano,
      body: { stringValue: 'carol@example.com wrote' },
    };
    const logs = { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] };
    expect((await post('/v1/logs', logs)).status).toBe(200);
    await collector.settled();
    const stored = await (await fetch(`${collector.url}/api/traces/${traceId}/spans/${span.spanId}`)).text();
    expect(stored).toContain('Mail [redacted:email]');
    const records = await (await fetch(`${collector.url}/api/traces/${traceId}/logs`)).text();
    expect(records).toContain('[redacted:email] wrote');
    expect(stored + records).not.toMatch(/bob|carol/);
  });

  it('leaves nothing to be found of what it took out, of logs neither', async () => {
    const found = async (q: string) => {
      const query = new URLSearchParams({ from: '0', q });
      const answer = await fetch(`${collector.url}/api/traces?${query}`);
      return ((await answer.json()) as { traces: unknown[] }).traces.length;
    };
    expect(await found('mail')).toBe(2);
    expect(await found('"redacted email wrote"')).toBe(1);
    for (const secret of ['alice', 'bob', 'carol', 'example.com']) {
      expect([secret, await found(secret)]).toEqual([secret, 0]);
    }
  });
});
