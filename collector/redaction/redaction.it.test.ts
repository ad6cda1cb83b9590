import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attributes, exampleSpan } from '../testing/example-span.ts';
import { encodeTraceRequest } from '../testing/protobuf-encoder.ts';
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

  it('refuses what it cannot read', async () => {
    const answer = await collector.send(Buffer.from('{}'), { 'content-type': 'application/json' });
    expect(answer.status).toBe(415);
  });
});
