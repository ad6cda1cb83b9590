import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { createAttack } from '../collector/testing/fuzz/attack.ts';
import { hostileQuestion } from '../collector/testing/fuzz/hostile-question.ts';
import { hostileRequest } from '../collector/testing/fuzz/hostile-request.ts';
import { readBack } from '../collector/testing/fuzz/read-back.ts';
import { worstRequests } from '../collector/testing/fuzz/worst-requests.ts';
import { startCheckedCollector } from '../collector/testing/start-checked-collector.ts';

/**
 * Attacks a collector at its real limits: the worst requests known, then rounds of a thousand mutated ones, each
 * followed by questions and by reading what was taken. `node bench/fuzz.ts [rounds] [seed]`; every failure names the
 * seed that shows it again.
 */
const [rounds = 1, seed = 1] = process.argv.slice(2).map(Number);
const requestsOfRound = 1000;
const limit = 64 * 1024 * 1024;
const MiB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const collector = await startCheckedCollector({ maxBodyBytes: limit });
const attack = createAttack(collector);
const faults: string[] = [];
const note = (where: string, fault: string | null) => {
  if (fault === null) return;
  faults.push(fault);
  console.log(`${where}: ${fault}`);
};

let requests = 0;
for (const { name, requests: worst } of worstRequests(limit)) {
  const began = performance.now();
  for (const request of worst) note(name, await attack.send(request));
  requests += worst.length;
  console.log(`${name}: ${worst.length} requests, ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

const heaps: number[] = [];
for (let round = 0; round < rounds; round++) {
  const options = { seed: seed + round, numRuns: requestsOfRound };
  for (const request of fc.sample(hostileRequest, options)) {
    note(`seed ${options.seed}`, await attack.send(request));
  }
  const questions = fc.sample(hostileQuestion, { ...options, numRuns: requestsOfRound / 10 });
  for (const { method, path, body } of questions) {
    note(`seed ${options.seed}`, await attack.ask(method, path, body));
  }
  await collector.settled();
  for (const fault of await readBack(collector.url, attack, 100)) note('reading', fault);
  requests += requestsOfRound + questions.length;
  collectGarbage();
  heaps.push(process.memoryUsage().heapUsed);
  console.log(`round ${round + 1}: heap ${((heaps.at(-1) ?? 0) / MiB).toFixed(0)} MiB`);
}
for (const line of collector.lines) note('log', line);
attack.close();
await collector.close();

/** The first round fills what is kept for good. */
const growth = heaps.length < 3 ? 0 : ((heaps.at(-1) ?? 0) - (heaps[1] ?? 0)) / MiB;
const figures = [
  { name: 'requests', value: requests, unit: 'requests', bar: null, ok: true },
  {
    name: 'wrong answers and logged defects',
    value: faults.length,
    unit: 'faults',
    bar: 0,
    ok: faults.length === 0,
  },
  { name: 'growth of the heap after two rounds', value: growth, unit: 'MiB', bar: 16, ok: growth <= 16 },
];
console.table(figures);
console.log(JSON.stringify({ bench: 'fuzz', figures }));
process.exitCode = figures.every(({ ok }) => ok) ? 0 : 1;
