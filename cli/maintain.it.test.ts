import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attributes, exampleSpan } from '../collector/testing/example-span.ts';
import { startTestCollector, type TestCollector } from '../collector/testing/start-test-collector.ts';
import { commandHere } from './command.ts';

let collector: TestCollector;

beforeAll(async () => {
  collector = await startTestCollector();
  await collector.sendSpans([
    exampleSpan({
      attributes: attributes({
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'gpt-4o-mini',
        'gen_ai.usage.input_tokens': 1_000_000,
        'gen_ai.usage.output_tokens': 0,
      }),
    }),
    exampleSpan({ spanId: 'c'.repeat(16) }),
  ]);
});
afterAll(() => collector?.close());

const run = (...args: string[]) => commandHere([...args, '--data', collector.directory]);

describe('rehearse remap and reprice', () => {
  it('say what they read, what they stored anew and what that changed', async () => {
    const { exit, out, error } = await run('remap', '--all');
    expect([exit, error]).toEqual([0, '']);
    expect(out).toMatch(/^remap: 2 spans read, 2 stored anew$/m);
    expect(out).toMatch(/^cost +\$0\.150000 +\$0\.150000$/m);
    expect((await run('remap')).out).toMatch(/^remap: 0 spans read, 0 stored anew$/m);
    expect((await run('reprice')).out).toMatch(/^reprice: 1 span read, 0 stored anew$/m);
  });

  it('keep to a window', async () => {
    expect((await run('reprice', '--from', '2090-01-01')).out).toMatch(/^reprice: 0 spans read/m);
    const { exit, error } = await run('reprice', '--from', 'yesterday');
    expect([exit, error]).toEqual([2, expect.stringMatching(/expected a date or a time/)]);
  });

  it('say where no collector is', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'rehearse-maintain-'));
    const { exit, error } = await commandHere(['remap', '--url', 'http://127.0.0.1:9', '--data', empty]);
    expect([exit, error]).toEqual([3, expect.stringMatching(/^rehearse: COLLECTOR_UNREACHABLE/)]);
    await rm(empty, { recursive: true });
  });
});
