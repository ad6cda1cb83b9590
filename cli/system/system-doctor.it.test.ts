import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCollector, type TestCollector } from '../../collector/testing/start-test-collector.ts';
import type { Check } from './check.ts';
import { examineSystem, type SystemOptions } from './system-doctor.ts';

let collector: TestCollector;
const folder = mkdtempSync(join(tmpdir(), 'rehearse-system-'));
const { signal } = new AbortController();

beforeAll(async () => {
  collector = await startTestCollector();
});
afterAll(async () => {
  await collector?.close();
  rmSync(folder, { recursive: true });
});

/** What was found, by name; of this machine's disk and memory nothing is asked. */
async function examine(options: Partial<SystemOptions>): Promise<Record<string, Check>> {
  const checks = await examineSystem({ data: folder, port: 0, grpcPort: 'off', env: {}, signal, ...options });
  return Object.fromEntries(checks.map((check) => [check.name, check]));
}

describe('rehearse doctor --system', () => {
  it('asks the collector that runs on the directory', async () => {
    const port = Number(new URL(collector.url).port);
    const found = await examine({ data: collector.directory, port });
    expect(found[`port ${port}`]).toMatchObject({ status: 'ok', found: expect.stringMatching(/in use/) });
    expect(found.collector).toMatchObject({ status: 'ok', found: expect.stringMatching(/^ok at http/) });
    expect(found.ClickHouse).toMatchObject({
      status: 'ok',
      found: expect.stringMatching(/^\d+\.\d+.*its own$/),
    });
    expect(found.schema).toMatchObject({ status: 'ok', found: expect.stringMatching(/^version \d+$/) });
    expect(found.clock?.status).toBe('ok');
    expect(found.Rehearse?.status).toBe('ok');
  });

  it('starts a server for a moment where none runs, and leaves nothing in an empty folder', async () => {
    const data = join(folder, 'not-yet');
    const found = await examine({ data });
    expect(found.ClickHouse?.status).toBe('ok');
    expect(found.schema?.found).toMatch(/^none yet/);
    expect(found['data directory']?.found).toBe(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says what is wrong all at once', async () => {
    const config = join(folder, 'rehearse.config.json');
    writeFileSync(config, '{"redaction": 7}');
    const port = Number(new URL(collector.url).port);
    const env = { CLICKHOUSE_URL: 'http://ann:secret@127.0.0.1:9/agents' };
    const found = await examine({ config, port, env, host: '0.0.0.0' });
    const failed = Object.values(found).filter(({ status }) => status === 'fail');
    expect(failed.map(({ name }) => name)).toEqual(['configuration', `port ${port}`, 'ClickHouse', 'reach']);
    expect(failed.every(({ cure }) => cure !== null)).toBe(true);
    expect(JSON.stringify(found)).not.toContain('secret');
  });
});
