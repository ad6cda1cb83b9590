import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encodeTraceRequest } from './otlp/protobuf-encoder.ts';
import { startCollectorProcess } from './testing/collector-process.ts';
import { crashRounds } from './testing/crash-rounds.ts';
import { exampleSpan } from './testing/example-span.ts';

/** The child of a process is found in /proc. The long form is `npm run bench -- crash --rounds 50`. */
describe.skipIf(!existsSync('/proc/self/task'))('kill -9 under load (needs /proc, so Linux)', () => {
  it('of the collector and of ClickHouse loses and doubles nothing that was acknowledged', async () => {
    const result = await crashRounds({ rounds: 3, seed: 11 });
    expect(result).toMatchObject({ lost: 0, doubled: 0, quarantined: 0 });
    expect(result.acknowledged).toBeGreaterThan(0);
    expect(result.collectorKills + result.clickHouseKills).toBe(3);
  });

  it('of ClickHouse again and again for seconds refuses nothing, and all is there in the end', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'rehearse-away-'));
    const lines: string[] = [];
    const collector = await startCollectorProcess(directory, (line) => lines.push(line));
    onTestFinished(async () => {
      await collector.kill();
      rmSync(directory, { recursive: true, force: true });
    });
    const send = async (number: number) => {
      const traceId = (number + 1).toString(16).padStart(32, '0');
      const answer = await fetch(`${collector.url}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-protobuf' },
        body: new Uint8Array(encodeTraceRequest([exampleSpan({ traceId })])),
      });
      expect(answer.status).toBe(200);
      return traceId;
    };
    const traceIds: string[] = [];
    for (const end = Date.now() + 2000; Date.now() < end; ) {
      collector.killClickHouse();
      traceIds.push(await send(traceIds.length));
    }
    expect(lines.join('\n')).toMatch(/ClickHouse ended \(SIGKILL\) and is started again; its log is .*\.log/);

    await expect
      .poll(async () => (await fetch(`${collector.url}/healthz`)).json(), { interval: 100 })
      .toMatchObject({ status: 'ok', clickhouse: 'up', segments: { bytes: 0, segments: 0, quarantined: 0 } });
    for (const traceId of new Set([traceIds.at(0), traceIds.at(traceIds.length / 2), traceIds.at(-1)])) {
      const answer = await fetch(`${collector.url}/api/traces/${traceId}`);
      expect([answer.status, await answer.json()]).toMatchObject([200, { structure: { total: 1 } }]);
    }
    const listed = await fetch(`${collector.url}/api/traces?limit=500&from=0`);
    expect((await listed.json()) as object).toMatchObject({
      traces: { length: Math.min(500, traceIds.length) },
    });
  });
});
