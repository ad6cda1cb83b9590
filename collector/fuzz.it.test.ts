import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Attack, createAttack } from './testing/fuzz/attack.ts';
import { hostileQuestion } from './testing/fuzz/hostile-question.ts';
import { hostileRequest } from './testing/fuzz/hostile-request.ts';
import { readBack } from './testing/fuzz/read-back.ts';
import { worstRequests } from './testing/fuzz/worst-requests.ts';
import { type CheckedCollector, startCheckedCollector } from './testing/start-checked-collector.ts';

/** The short form, with a seed; the long one is `node bench/fuzz.ts <rounds>`. */

const seed = 20261122;
const MiB = 1024 * 1024;
const limit = MiB;

let collector: CheckedCollector;
let attack: Attack;
beforeAll(async () => {
  collector = await startCheckedCollector({ maxBodyBytes: limit });
  attack = createAttack(collector);
});
afterAll(async () => {
  attack.close();
  await collector.close();
});

/** Nothing was a defect, and it goes on serving. */
async function expectHealthy() {
  expect(collector.lines).toEqual([]);
  expect((await fetch(`${collector.url}/healthz`)).status).toBe(200);
}

async function sendHostile(requests: number, from: number) {
  const send = fc.asyncProperty(hostileRequest, async (request) => {
    expect(await attack.send(request)).toBeNull();
  });
  await fc.assert(send, { seed: from, numRuns: requests });
}

describe('the receiver', () => {
  it('answers any request in its own type', { timeout: 300_000 }, async () => {
    await sendHostile(600, seed);
    await expectHealthy();
  });

  it.each(worstRequests(limit))('withstands $name', { timeout: 300_000 }, async ({ requests }) => {
    for (const request of requests) expect(await attack.send(request)).toBeNull();
    await expectHealthy();
  });

  it('lets what it took be read', { timeout: 300_000 }, async () => {
    await collector.settled();
    expect(await readBack(collector.url, attack, 40)).toEqual([]);
    await expectHealthy();
  });
});

describe('the API', () => {
  it('answers any question with data or an error of its own form', { timeout: 300_000 }, async () => {
    const ask = fc.asyncProperty(hostileQuestion, async ({ method, path, body }) => {
      expect(await attack.ask(method, path, body)).toBeNull();
    });
    await fc.assert(ask, { seed, numRuns: 300 });
    await expectHealthy();
  });
});

describe('memory', () => {
  it('does not grow with what was refused or stored', { timeout: 300_000 }, async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heapAfter = async (round: number) => {
      await sendHostile(150, seed + round);
      await collector.settled();
      collect();
      return process.memoryUsage().heapUsed;
    };
    await heapAfter(1);
    const first = await heapAfter(2);
    for (const round of [3, 4]) await heapAfter(round);
    expect((await heapAfter(5)) - first).toBeLessThan(16 * MiB);
  });
});
