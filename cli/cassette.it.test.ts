import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startTestCollector } from '../collector/testing/start-test-collector.ts';
import { startProvider } from '../harness/model/fake-provider.ts';
import { commandHere } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'rehearse-cassette-'));
const provider = await startProvider();
const collector = await startTestCollector();
let runs = 0;
afterAll(async () => {
  provider.close();
  await collector.close();
  rmSync(folder, { recursive: true, force: true });
});

const key = 'sk-nobody-may-see-this';
const cassette = join(folder, 'cassette');
const play = (environment: Record<string, string>, ...options: string[]) =>
  commandHere(
    [
      ...['run', 'sdr', '--scenario', 'sdr/nobody-found', '--trials', '2', '--model', 'gpt-4.1-mini'],
      ...['--cassette', cassette, '--out', join(folder, `${++runs}.jsonl`), ...options],
    ],
    { OPENAI_API_KEY: '', OPENAI_BASE_URL: '', REHEARSE_URL: collector.url, ...environment },
  );

describe('rehearse run --cassette', () => {
  it('records a real model, and replays it without key and provider', { timeout: 300_000 }, async () => {
    const recorded = await play({ OPENAI_API_KEY: key, OPENAI_BASE_URL: provider.url });
    expect(recorded.out).toMatch(/sdr\/nobody-found +✓✓/);
    expect(recorded.out).not.toContain('[replayed]');
    expect(provider.seen).toHaveLength(2);
    expect(provider.seen[0]?.headers.authorization).toBe(`Bearer ${key}`);
    const file = readFileSync(join(cassette, 'sdr/nobody-found.jsonl'), 'utf8');
    expect(file).not.toContain(key);

    const replayed = await play({}, '--cassette-mode', 'strict');
    expect(replayed.out).toMatch(/sdr\/nobody-found +✓✓/);
    expect(replayed.out).toContain('[replayed]');
    expect(replayed.exit).toBe(3);
    expect(provider.seen).toHaveLength(2);

    const missed = await play({}, '--cassette-mode', 'strict', '--trials', '3');
    expect(missed.error).toMatch(
      /void \(infrastructure\) sdr\/nobody-found #3.*the same request is recorded for sdr\/nobody-found #1 only/,
    );
  });

  it('needs a key, or something to replay', async () => {
    const keyless = await play({});
    expect([keyless.exit, keyless.error]).toEqual([2, expect.stringContaining('UNKNOWN_MODEL')]);
    const none = await play({}, '--cassette', join(folder, 'none'), '--cassette-mode', 'strict');
    expect([none.exit, none.error]).toEqual([2, expect.stringContaining('CASSETTE_UNREADABLE')]);
  });
});
