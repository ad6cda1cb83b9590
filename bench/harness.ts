import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import type { Row } from '../domain/effect.ts';
import { Run } from '../domain/run.ts';
import { WorldSpec } from '../domain/world-spec.ts';
import {
  type Agent,
  createWorld,
  type Door,
  defineScenario,
  type Fixture,
  openDoor,
  openGateway,
  runTrials,
  type Service,
} from '../harness/index.ts';
import { benchOptions, type Figure, quantile, report } from './report.ts';

/**
 * What the harness itself costs: a fresh world over 5 MB of rows, and a trial of 10 API calls without a model through
 * each door (at the gateway, the client's side is counted too). Reads the tau-bench airline data where it is at hand,
 * else makes as many rows of its own. Options: --short.
 */

const TABLES = ['flights', 'reservations', 'users'];

const desk: Service = {
  name: 'desk',
  tables: Object.fromEntries([...TABLES, 'notes'].map((table) => [table, { key: 'id' }])),
  operations: [
    {
      id: 'reservations.get',
      method: 'GET',
      path: '/reservations/:id',
      handle: ({ params, table }) => ({ status: 200, body: table('reservations').get(params.id ?? '') }),
    },
    {
      id: 'notes.create',
      method: 'POST',
      path: '/notes',
      handle: ({ body, table, newId }) => ({
        status: 201,
        body: table('notes').insert({ ...(body as Row), id: newId('note') }),
      }),
    },
  ],
};

const { short } = benchOptions(process.argv);
const data = resolve(import.meta.dirname, '../../shared/data/tau-airline');
const { fixture, origin } = existsSync(data) ? readAirline(data) : makeRows();
const bytes = JSON.stringify(fixture).length;
const spec = WorldSpec.parse({ now: '2026-03-02T09:00:00Z', services: ['desk'], fixtures: ['rows'] });
const fresh = () => createWorld({ spec, services: [desk], fixtures: { rows: fixture }, seed: 'bench' });

const first = cpuMillis();
fresh();
const figures: Figure[] = [
  { name: 'rows that a world lies over', value: bytes / 1e6, unit: `MB, ${origin}` },
  { name: 'first world, which indexes them and looks for slots', value: cpuMillis() - first, unit: 'CPU ms' },
];
const many = cpuMillis();
const worlds = Array.from({ length: 1000 }, () => time(fresh));
figures.push(
  { name: 'fresh world', value: (cpuMillis() - many) / 1000, unit: 'CPU ms', bar: 5 },
  { name: 'fresh world, p95 by the clock', value: quantile(worlds, 0.95), unit: 'ms', bar: 5 },
);

const agent: Agent = {
  name: 'caller',
  version: '1',
  async run(_, environment, signal) {
    for (let call = 0; call < 10; call++) {
      const write = call % 2 === 0;
      const url = write ? `${environment.DESK_URL}/notes` : `${environment.DESK_URL}/reservations/4WQ150`;
      const init = write ? { method: 'POST', body: JSON.stringify({ call }), signal } : { signal };
      await (await fetch(url, init)).json();
    }
    return { said: ['Done.'], finished: true };
  },
  async flush() {},
};
const scenario = defineScenario({
  id: 'bench/ten-calls',
  title: 'Ten calls',
  world: spec,
  start: { message: 'Go.' },
  expect: { allow: ['desk.notes'] },
});
const run = Run.parse({
  id: 'bench',
  pack: 'bench',
  agent: agent.name,
  agentVersion: agent.version,
  model: 'none',
  simulated: true,
  replayed: false,
  seed: 'bench',
  commit: null,
  trialsPlanned: 0,
  start: 0,
  end: null,
  verdict: null,
});
const pack = {
  name: 'bench',
  scenarios: [scenario],
  services: [desk],
  fixtures: { rows: fixture },
  models: [],
};
const trialsOf = async (door: Door, trials: number, concurrency: number) => {
  const [clock, cpu] = [performance.now(), cpuMillis()];
  const tally = await runTrials({
    pack,
    scenarios: [scenario],
    agent,
    model: null,
    run,
    trialsPerScenario: trials,
    concurrency,
    door,
    spans: null,
    signal: new AbortController().signal,
    onTrial() {},
  });
  if (tally.passed !== trials) throw new Error(`expected ${trials} passes, got ${tally.passed}`);
  return { cpu: (cpuMillis() - cpu) / trials, clock: (performance.now() - clock) / trials };
};
for (const { name, bar, open } of [
  { name: 'in process', bar: { bar: 10 }, open: () => openDoor({ passthrough: [] }) },
  { name: 'through the gateway, agent included', bar: {}, open: () => openGateway({ direct: [] }) },
]) {
  const door = await open();
  await trialsOf(door, 100, 1);
  for (const concurrency of [1, 8]) {
    const cost = await trialsOf(door, short ? 200 : 1000, concurrency);
    const what = `trial of 10 calls ${name}, ${concurrency} at a time`;
    figures.push(
      { name: what, value: cost.cpu, unit: 'CPU ms', ...bar },
      { name: `${what}, by the clock`, value: 1000 / cost.clock, unit: 'trials/s' },
    );
  }
  door.close();
}
figures.push({
  name: 'ten such calls to a bare HTTP server, caller included',
  value: await bareCalls(short ? 200 : 1000),
  unit: 'CPU ms',
});
console.log(
  '  for comparison: promptfoo runs 500 tests of its echo provider, no calls, at 125 to 250 tests/s',
);
report('harness', figures);

/** What HTTP itself costs: both ends of ten calls. */
async function bareCalls(rounds: number): Promise<number> {
  const server = createServer((request, response) => {
    request
      .resume()
      .on('end', () => response.setHeader('content-type', 'application/json').end('{"id":"1"}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const environment = { DESK_URL: `http://127.0.0.1:${port}` };
  const { signal } = new AbortController();
  const started = cpuMillis();
  for (let round = 0; round < rounds; round++)
    await agent.run({ message: '', conversationId: '' }, environment, signal);
  const cost = (cpuMillis() - started) / rounds;
  server.close();
  server.closeAllConnections();
  return cost;
}

function readAirline(folder: string): { fixture: Fixture; origin: string } {
  const tables = TABLES.map((name) => {
    const rows = JSON.parse(readFileSync(resolve(folder, `${name}.json`), 'utf8')) as Record<string, Row>;
    return [`desk.${name}`, Object.entries(rows).map(([id, row]) => ({ ...row, id }))];
  });
  return { fixture: Object.fromEntries(tables), origin: 'tau-bench airline' };
}

function makeRows(): { fixture: Fixture; origin: string } {
  const rows = Array.from({ length: 25_000 }, (_, index) => ({ id: `row-${index}`, text: 'x'.repeat(180) }));
  return { fixture: { 'desk.reservations': [...rows, { id: '4WQ150', text: '' }] }, origin: 'made rows' };
}

function time(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** Of this process, with what collects its garbage. */
function cpuMillis(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
