import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as alice from '../../agents/alice-react/index.ts';
import { type Door, inProcess, openDoor } from '../../harness/index.ts';
import { failuresOf, play } from '../testing/play.ts';
import { sdr } from './pack.ts';

/** What came in over OTLP; protobuf keeps text as it is, so that ids can be looked for in it. */
let received = '';
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received += Buffer.concat(chunks).toString('latin1');
    response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
  });
});
let door: Door;
let telemetry: { shutdown(): Promise<void> };

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', origin);
  telemetry = alice.startTelemetry();
  door = openDoor({ passthrough: [], telemetry: [`${origin}/v1/traces`] });
});

afterAll(async () => {
  await telemetry.shutdown();
  door.close();
  vi.unstubAllEnvs();
  await new Promise((resolve) => server.close(resolve));
});

const mentions = (text: string) => received.split(text).length - 1;

describe('spans over OTLP during a run', () => {
  it('have all arrived when the flush of their trial returns, with many trials at a time', async () => {
    const atFlush = new Map<string, number>();
    const trials = await play({
      pack: sdr,
      agent: inProcess(alice),
      scenarios: sdr.scenarios.slice(0, 10),
      trialsPerScenario: 2,
      door,
      spans: {
        async spansOf(trialId) {
          atFlush.set(trialId, mentions(trialId));
          return { spans: [], complete: false };
        },
      },
    });
    await alice.flush();
    expect(failuresOf(trials)).toEqual([]);
    expect(
      trials.flatMap(({ journal }) => journal).filter(({ operation }) => operation === 'egress'),
    ).toEqual([]);
    expect(atFlush.size).toBe(20);
    for (const [trialId, count] of atFlush) {
      expect(count).toBeGreaterThan(4);
      expect(count).toBe(mentions(trialId));
    }
  });
});
